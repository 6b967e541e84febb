"""Each rule of the ledger, broken by somebody who owns the file, and seen to be caught."""

# ruff: noqa: S608  # the statements are written here, from constants

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from fakes.copies import written_once
from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay, rest, tampering
from inedit.ledger import Head, Ledger
from inedit.ledger.journal.chain import COLUMNS, columns_of, hash_of, hash_rows_of
from inedit.ledger.journal.reading import Scope, read_entries
from inedit.model import LedgerEntry
from inedit.store import Store
from inedit.store.tables import ledger_entries


@pytest.fixture(scope="module")
def template(empty: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The history, written once."""
    with written_once(empty, tmp_path_factory.mktemp("history")) as (address, ledger, clock):
        write_history(ledger, clock)
    return address


@pytest.fixture
def history(ledger: Ledger, clock: Clock) -> list[LedgerEntry]:
    """The entries of a copy of it, an hour later."""
    clock.turn_to(2026, 11, 2)
    clock.now += timedelta(hours=1)
    return list(ledger.entries())


def write_history(ledger: Ledger, clock: Clock) -> None:
    """Five calls over two months, the first month closed; a correction, a piece with
    what it saved, a void and an open call."""
    clock.turn_to(2026, 10, 30)
    october = pay(ledger)
    clock.turn_to(2026, 11, 2)
    ledger.close_month("2026-10", "Ana")
    for attempt in range(2, 5):
        pay(ledger, a_call(attempt=attempt))
    pay(ledger, a_call(a_spec(1), provider="embedded", model="qwen"))
    ledger.correct(october.id, 700, "USD", "invoice 12")
    rest(ledger.store)
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.void(ledger.reserve(a_call(), 10, 10), "Throttled")
    ledger.reserve(a_call(), 1000, 600)
    assert ledger.verify().holds


def flaws(ledger: Ledger, *anchors: Head) -> dict[str, list[str]]:
    """What is wrong, by rule, with the row."""
    found: dict[str, list[str]] = {}
    for flaw in ledger.verify(*anchors).flaws:
        found.setdefault(flaw.rule, []).append(flaw.where)
    return found


def named(entry: LedgerEntry) -> str:
    return f"entry {entry.seq} ({entry.id})"


def reseal(connection: Connection, start: int) -> None:
    """Recompute the chain from a row to its end, as somebody would who wants to hide a change."""
    last = ""
    for entry in list(read_entries(connection, Scope())):
        if entry.seq >= start:
            linked = replace(entry, prev_hash=last)
            sealed = replace(linked, hash=hash_of(columns_of(linked)))
            connection.execute(
                ledger_entries.update()
                .where(ledger_entries.c.seq == entry.seq)
                .values(prev_hash=f"{sealed.prev_hash}", hash=sealed.hash)
            )
            last = sealed.hash
        else:
            last = entry.hash


def test_an_untouched_ledger_holds(ledger: Ledger, history: list[LedgerEntry]) -> None:
    """Nothing is wrong, and the head is the newest entry's."""
    assert [hash_of(columns_of(entry)) for entry in history] == [
        hash_rows_of(COLUMNS)(list(columns_of(entry).values())) for entry in history
    ]
    proof = ledger.verify(Head(3, history[2].hash))
    assert proof.holds and proof.entries == len(history) == 10
    assert proof.head == Head(10, history[-1].hash)


@pytest.mark.parametrize("column", ["output_tokens", "note", "campaign_id", "recorded_at", "currency"])
def test_an_edited_row_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry], column: str
) -> None:
    """Whatever column was changed, the row does not match its hash any more."""
    with tampering(store) as connection:
        value = "7" if column == "output_tokens" else "'changed'"
        connection.execute(text(f"UPDATE ledger_entries SET {column} = {value} WHERE seq = 3"))
    assert named(history[2]) in flaws(ledger)["chain"]


def test_an_edited_row_with_a_new_hash_is_found_by_the_next_one(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """Whoever seals the edited row anew breaks the link that the following row holds."""
    with tampering(store) as connection:
        edited = replace(history[2], note="changed")
        connection.execute(
            ledger_entries.update()
            .where(ledger_entries.c.seq == 3)
            .values(note="changed", hash=hash_of(columns_of(edited)))
        )
    found = flaws(ledger)
    assert found["chain"] == [named(history[3])]


def test_a_chain_that_was_rewritten_to_its_end_is_found_by_the_anchor(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """Only a head that was kept outside can tell; it tells which row."""
    anchor = ledger.head()
    with tampering(store) as connection:
        connection.execute(text("UPDATE ledger_entries SET note = 'changed' WHERE seq = 5"))
        reseal(connection, 5)
    assert flaws(ledger) == {}
    assert flaws(ledger, anchor) == {"anchor": [named(history[9])]}
    older = Head(3, history[2].hash)  # which says that what came before it is as it was
    assert flaws(ledger, older) == {}
    assert flaws(ledger, older, anchor) == {"anchor": [named(history[9])]}


def test_a_removed_row_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """The gap in the numbers, the reservation without its entry, and the balances all tell."""
    with tampering(store) as connection:
        connection.execute(text("DELETE FROM ledger_entries WHERE seq = 3"))
    found = flaws(ledger)
    assert found["chain"] == ["entry 3"]
    assert found["reservation"] == [f"reservation {history[2].reservation_id}"]
    assert "balance of run run-1 USD" in found["balance"]


def test_rows_cut_off_at_the_end_are_found(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """The chain itself ends cleanly; reservations, balances and the anchor know better."""
    anchor = ledger.head()
    with tampering(store) as connection:
        connection.execute(text("DELETE FROM ledger_entries WHERE seq >= 4"))
    found = flaws(ledger, anchor)
    assert found["anchor"] == ["entry 4"]
    assert len(found["reservation"]) == 4
    assert "balance" in found


def test_reordered_rows_are_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """Two rows that changed places match neither their hashes nor their neighbours."""
    with tampering(store) as connection:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            connection.execute(text(f"UPDATE ledger_entries SET seq = {new} WHERE seq = {old}"))
    assert {f"entry 3 ({history[3].id})", f"entry 4 ({history[2].id})"} <= set(flaws(ledger)["chain"])


def test_an_inserted_row_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """A row added by hand, even well sealed, was not reserved and is not in the balances."""
    linked = replace(
        history[2],
        seq=11,
        id="forged",
        response_id="forged",
        reservation_id="forged",
        prev_hash=history[9].hash,
    )
    forged = replace(linked, hash=hash_of(columns_of(linked)))
    with tampering(store) as connection:
        connection.execute(ledger_entries.insert(), asdict(forged))
    found = flaws(ledger)
    assert found["reservation"] == [named(forged)]
    assert "balance of campaign spring USD" in found["balance"]


def test_a_row_inserted_in_the_middle_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """Those behind it had to move, and do not match their hashes."""
    with tampering(store) as connection:
        for seq in range(10, 3, -1):
            connection.execute(text(f"UPDATE ledger_entries SET seq = {seq + 1} WHERE seq = {seq}"))
        linked = replace(
            history[2],
            seq=4,
            id="forged",
            response_id="forged",
            reservation_id="f",
            prev_hash=history[2].hash,
        )
        connection.execute(text("UPDATE ledger_entries SET prev_hash = 'x' WHERE seq = 5"))
        connection.execute(ledger_entries.insert(), asdict(replace(linked, hash=hash_of(columns_of(linked)))))
    assert f"entry 5 ({history[3].id})" in flaws(ledger)["chain"]


RULES = [
    ("tokens", "cached_tokens = 901"),
    ("tokens", "cache_write_tokens = 801"),
    ("price", "cache_write_tokens = 10, cache_write_price = '7'"),
    ("tokens", "reasoning_tokens = output_tokens + 1"),
    ("price", "cost_micros = 601"),
    ("price", "output_price = '1'"),
    ("price", "output_price = 'two'"),
    ("price", "output_price = NULL"),
    ("price", "price_tier = 'bacth'"),
    ("price", "price_source = NULL"),
    ("price", "cost_micros = NULL"),
    ("price", "input_price = '0', cached_price = '0', output_price = '0', cost_micros = 0"),
    ("price", "input_price = NULL, cached_price = NULL, output_price = NULL, cost_micros = NULL"),
    ("period", "period = '2026-12'"),
    ("period", "period = 'soon'"),
    ("closing", "period = '2026-10', occurred_at = '2026-10-30T09:00:00.000000Z'"),
    ("money", "currency = NULL"),
]


@pytest.mark.parametrize(("rule", "change"), RULES)
def test_a_row_that_breaks_a_rule_is_named_even_when_it_was_sealed_anew(
    ledger: Ledger, store: Store, history: list[LedgerEntry], rule: str, change: str
) -> None:
    """The chain is whole again, and the row still contradicts itself."""
    with tampering(store) as connection:
        connection.execute(text(f"UPDATE ledger_entries SET {change} WHERE seq = 3"))
        reseal(connection, 3)
    found = flaws(ledger)
    assert named(history[2]) in found[rule]
    assert "chain" not in found


def test_a_zero_without_its_reason_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """The embedded model is free for a reason; without the reason, a zero is a flaw."""
    with tampering(store) as connection:
        connection.execute(text("UPDATE ledger_entries SET price_note = NULL WHERE seq = 6"))
        reseal(connection, 6)
    assert flaws(ledger) == {"price": [named(history[5])]}


def test_a_memo_with_a_cost_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """Time saved is never netted with money."""
    with tampering(store) as connection:
        connection.execute(text("UPDATE ledger_entries SET cost_micros = -5 WHERE purpose = 'saving'"))
        reseal(connection, 9)
    assert flaws(ledger)["memo"] == [named(history[8])]


def test_a_correction_of_nothing_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """A correction must name an earlier call."""
    with tampering(store) as connection:
        change = text("UPDATE ledger_entries SET corrects = id WHERE kind = 'correction'")
        connection.execute(change)
        reseal(connection, 7)
    assert flaws(ledger)["correction"] == [named(history[6])]


def test_a_response_charged_twice_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """Also where somebody made the table anew, without its constraints."""
    if not store.is_sqlite:
        with tampering(store) as connection:
            connection.execute(
                text("UPDATE ledger_entries SET response_id = :same WHERE seq = 4"),
                {"same": history[2].response_id},
            )
            reseal(connection, 4)
        assert flaws(ledger)["response"] == ["entry 4"]
        return
    with tampering(store) as connection:
        connection.execute(text("CREATE TABLE copy AS SELECT * FROM ledger_entries"))
        made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")).all()
        for view in made:
            connection.execute(text(f"DROP VIEW {view.name}"))
        connection.execute(text("DROP TABLE ledger_entries"))
        connection.execute(text("ALTER TABLE copy RENAME TO ledger_entries"))
        for view in made:
            connection.execute(text(view.sql))
        change = text("UPDATE ledger_entries SET response_id = :same WHERE seq = 4")
        connection.execute(change, {"same": history[2].response_id})
        reseal(connection, 4)
    assert flaws(ledger)["response"] == ["entry 4"]


def test_a_balance_that_was_edited_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """Budgets are checked against the sums of the entries, not against wishes."""
    with store.write() as connection:
        connection.execute(text("UPDATE balances SET settled_micros = 0 WHERE scope = 'run'"))
        connection.execute(text("UPDATE balances SET reserved_micros = 0 WHERE scope = 'month'"))
    assert flaws(ledger) == {"balance": ["balance of month 2026-11 USD", "balance of run run-1 USD"]}


def test_a_reservation_that_was_reopened_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """A call that is charged cannot at the same time be under way."""
    with tampering(store) as connection:
        connection.execute(
            text("UPDATE reservations SET state = 'open', closed_at = NULL WHERE id = :id"),
            {"id": history[2].reservation_id},
        )
    assert flaws(ledger)["reservation"] == [named(history[2])]


def test_a_closing_that_was_edited_is_named(ledger: Ledger, store: Store, history: list[LedgerEntry]) -> None:
    """The head that a month was closed with is still in the chain, or somebody lies."""
    with tampering(store) as connection:
        connection.execute(text("UPDATE closings SET last_hash = 'x'"))
    assert sorted(flaws(ledger)["closing"]) == ["closing of 2026-10", "entry 1"]


def test_a_closing_that_was_removed_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """An entry that came too late for a month is the witness that the month was closed."""
    with tampering(store) as connection:
        connection.execute(text("DELETE FROM closings"))
    assert flaws(ledger) == {"closing": [named(history[6]), "closing of 2026-10"]}


def test_a_trigger_that_was_taken_off_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """A database that no longer refuses changes is not trusted."""
    with store.write() as connection:
        table = "" if store.is_sqlite else " ON ledger_entries"
        connection.execute(text(f"DROP TRIGGER ledger_entries_no_update{table}"))
    assert flaws(ledger) == {"trigger": ["trigger ledger_entries_no_update"]}


def test_a_call_that_was_never_closed_is_no_flaw(ledger: Ledger) -> None:
    """A crash leaves an open reservation: shown as possibly billed, not as tampering."""
    ledger.reserve(a_call(), 1000, 600)
    assert ledger.verify().holds
    ledger.settle(ledger.pending()[-1], a_usage(), "late")
    assert ledger.verify().holds


def test_a_trigger_that_was_made_harmless_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """One of the same name that does nothing is not what was made."""
    with store.write() as connection:
        if store.is_sqlite:
            connection.execute(text("DROP TRIGGER ledger_entries_no_update"))
            change = (
                "CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT 1; END"
            )
        else:
            change = (
                "CREATE OR REPLACE FUNCTION inedit_entry_follows() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN NEW; END $$"
            )
        connection.execute(text(change))
    name = "ledger_entries_no_update" if store.is_sqlite else "ledger_entries_in_order"
    assert flaws(ledger) == {"trigger": [f"trigger {name}"]}


def test_a_saving_that_its_own_basis_does_not_make_is_named(
    ledger: Ledger, store: Store, history: list[LedgerEntry]
) -> None:
    """Sealed anew or not: the baseline that is kept with it makes another figure."""
    with tampering(store) as connection:
        change = "saved_seconds_expected = saved_seconds_expected + 60, saved_seconds_high = saved_seconds_high + 60"
        connection.execute(text(f"UPDATE ledger_entries SET {change} WHERE purpose = 'saving'"))
        reseal(connection, 9)
    assert flaws(ledger)["memo"] == [named(history[8])]
