"""What somebody with write access to the database can do with plain SQL while the triggers are off, and what is said.

Each attack names the row and says in a sentence what is wrong, on SQLite and on Postgres. Those of :data:`REWRITTEN`
seal the whole chain anew afterwards, as only a program can: without a head that was kept outside nobody can tell.
"""

# ruff: noqa: S608, E501  # the statements are written here, from constants; a table has long lines

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from fakes.copies import written_once
from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, rest, tampering
from inedit.archive.attempts import PaidAnswer, put_attempt, put_verdict
from inedit.archive.generic_texts import put
from inedit.archive.pieces import seal_again
from inedit.archive.reviews import close_request, open_request
from inedit.archive.slots import Slot
from inedit.cli import app
from inedit.ledger import Call, Ledger
from inedit.ledger.journal.chain import columns_of, hash_of
from inedit.ledger.journal.reading import Scope, read_entries
from inedit.model import Finding, Piece, Severity, Status, VariantSpec, Verdict
from inedit.model.errors import StoreError
from inedit.store import Store, open_store
from inedit.store.tables import ledger_entries
from inedit.store.views import made_views

ANSWER, GENERIC = "L’atelier met l’eau froide d’abord.", "Discover our unique coffee."
PLACE = Slot("0" * 64, "gpt-5-mini", 0)
ACCEPTED, PARKED = f"{a_spec(0).key}-1", f"{a_spec(1).key}-1"


@pytest.fixture(scope="module")
def template(empty: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The books, written once."""
    with written_once(empty, tmp_path_factory.mktemp("books")) as (address, ledger, clock):
        write_books(ledger, clock)
    return address


@pytest.fixture
def books(ledger: Ledger, clock: Clock) -> Ledger:
    """A copy of them, an hour later."""
    clock.turn_to(2026, 11, 2)
    clock.now += timedelta(hours=1)
    return ledger


def write_books(ledger: Ledger, clock: Clock) -> None:
    """Two months, the first closed: drafts with their texts, a generic text, an accepted and a parked piece, an
    approval; calls given back, possibly billed and under way; a correction, an adjustment, minutes measured."""
    clock.turn_to(2026, 10, 30)
    october = paid(ledger, a_call(), ANSWER, "r1")
    clock.turn_to(2026, 11, 2)
    ledger.close_month("2026-10", "Ana")
    paid(ledger, a_call(attempt=2), ANSWER + " Puis le sel.", "r2")
    paid(ledger, a_call(a_spec(1)), ANSWER + " Deux tours.", "r3")
    shared = Call("baseline", "openai", "gpt-5-mini", run_id="run-1", campaign_id="spring", place=PLACE.name)
    ledger.settle(
        ledger.reserve(shared, 900, 200), a_usage(), "r4", answer=GENERIC,
        within_transaction=lambda connection: put(
            connection, PLACE, campaign_id="spring", channel="email", language="fr", run_id="run-1", text=GENERIC,
            response_id="r4", usage=a_usage(),
        ),
    )  # fmt: skip
    store = ledger.store
    refuse(store, a_spec(), 1)
    rest(store, wording="Froide d’abord.", tried=2)
    rest(store, a_spec(1), "parked", wording="Deux tours de main.")
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    request = open_request(store, "run-1", now=clock())
    with ledger.transaction() as connection:
        close_request(
            connection, request, answered_at=clock(), decision="Approve all", reviewer="Bruno", seconds=90, comment="",
        )  # fmt: skip
    ledger.correct(october, 700, "USD", "invoice 12")
    ledger.adjust(
        a_call(), 5000, "USD", occurred_at=clock(), source="costs.json", reason="billed", request_id="r9"
    )
    ledger.void(ledger.reserve(a_call(attempt=3), 10, 10), "Throttled")
    ledger.doubt(ledger.reserve(a_call(attempt=4), 1000, 600), "timeout")
    ledger.reserve(a_call(attempt=5), 1000, 600)
    paid(ledger, a_call(attempt=6), ANSWER + " Enfin.", "r5")
    assert ledger.verify().flaws == ()


def refuse(store: Store, spec: VariantSpec, attempt: int, check: str = "figures") -> None:
    """The guard refuses a draft; a piece that is there already is sealed with it."""
    verdict = Verdict((Finding(check, Severity.BLOCK, "Whose 12 % is it?"),))
    refused = Piece(f"{spec.key}-1", "run-1", spec, Status.PARKED, {"body": ANSWER}, verdict, attempt)
    with store.write() as connection:
        put_verdict(connection, refused)
        seal_again(connection, spec, 1)


def paid(ledger: Ledger, call: Call, answer: str, response: str) -> str:
    """A draft that was charged, with its text kept: the entry's id."""
    spec = a_spec(0) if call.spec_key == a_spec(0).key else a_spec(1)

    def keep(connection: Connection) -> None:
        paid_for = PaidAnswer(spec, call.attempt or 1, answer, response, a_usage())
        put_attempt(connection, paid_for, run_id="run-1", revision_number=1)

    reservation = ledger.reserve(call, 900, 200)
    return ledger.settle(reservation, a_usage(), response, answer=answer, within_transaction=keep).id


@dataclass(frozen=True)
class Attack:
    """SQL, and what is said of it: the rule, the row (a part of its name), a part of the sentence."""

    name: str
    sql: tuple[str, ...]
    rule: str
    where: str
    says: str


def attack(name: str, sql: str | tuple[str, ...], rule: str, where: str, says: str) -> Attack:
    return Attack(name, (sql,) if isinstance(sql, str) else sql, rule, where, says)


PENDING = "state IN ('open', 'possibly_billed')"
VOIDED = "state = 'voided', closed_at = '2026-11-02T09:00:00.000000Z', reason = 'not billed'"
NOTHING_ASIDE = "UPDATE balances SET reserved_micros = 0"
HALVED = made_views(sqlite=True)["finance_months"].replace("SUM(e.cost_micros)", "SUM(e.cost_micros) / 2")
LAST = "(SELECT MAX(seq) FROM ledger_entries)"

ATTACKS = [
    attack("a finance view is replaced", ("DROP VIEW finance_months", HALVED), "view", "view finance_months",
           "is another one than was made"),
    attack("a finance view is taken off", "DROP VIEW finance_savings", "view", "view finance_savings", "is missing"),
    attack("a call possibly billed is closed", (
        f"UPDATE reservations SET {VOIDED} WHERE state = 'possibly_billed'", NOTHING_ASIDE,
        "UPDATE balances SET reserved_micros = (SELECT COALESCE(SUM(estimate_micros), 0) FROM reservations"
        " WHERE state = 'open')"), "reservation", "reservation ", "was closed by hand"),
    attack("a call under way is closed", (f"UPDATE reservations SET {VOIDED} WHERE state = 'open'",),
           "reservation", "reservation ", "was closed by hand"),
    attack("calls possibly billed are removed", (f"DELETE FROM reservations WHERE {PENDING}", NOTHING_ASIDE),
           "reservation", "reservation number 7", "is missing: a call that was set aside was removed"),
    attack("what is set aside for a call is lowered", (
        f"UPDATE reservations SET estimate_micros = 0 WHERE {PENDING}", NOTHING_ASIDE), "reservation", "reservation ",
        "what was set aside does not match its hash"),
    attack("a call possibly billed gets another reason",
           "UPDATE reservations SET reason = 'refused' WHERE state = 'possibly_billed'", "reservation", "reservation ",
           "its state or its reason was edited"),
    attack("a call given back gets another reason", "UPDATE reservations SET reason = 'x' WHERE state = 'voided'",
           "reservation", "reservation ", "was edited after it was given back"),
    attack("a call given back is under way again",
           "UPDATE reservations SET state = 'open', closed_at = NULL WHERE state = 'voided'", "reservation",
           "reservation ", "though entry"),
    attack("the moment of a call is moved",
           "UPDATE reservations SET reserved_at = '2026-09-01T00:00:00.000000Z' WHERE number = 2", "reservation",
           "reservation ", "what was set aside does not match its hash"),
    attack("a reservation is put in", "INSERT INTO reservations (id, reserved_at, state, period, call)"
           " VALUES ('forged', '2026-11-02T09:00:00.000000Z', 'open', '2026-11', '{}')", "reservation",
           "reservation forged", "was put in by hand"),
    attack("a parked piece is turned accepted", f"UPDATE pieces SET status = 'accepted' WHERE id = '{PARKED}'",
           "piece", f"piece {PARKED}", "was turned accepted by hand: entry"),
    attack("an accepted piece is turned parked", f"UPDATE pieces SET status = 'parked' WHERE id = '{ACCEPTED}'",
           "piece", f"piece {ACCEPTED}", "was turned parked by hand"),
    attack("the text of a piece is edited", f"UPDATE pieces SET text = 'Le meilleur café.' WHERE id = '{ACCEPTED}'",
           "piece", f"piece {ACCEPTED}", "says another text than entry"),
    attack("the parts of a piece are edited", "UPDATE pieces SET parts = '{\"title\":\"x\"}'", "piece",
           f"piece {ACCEPTED}", "its parts, its verdict, or who decided and when"),
    attack("the verdict on a piece is edited", f"UPDATE pieces SET verdict = '[]' WHERE id = '{PARKED}'", "piece",
           f"piece {PARKED}", "was edited after entry"),
    attack("somebody else decided on a piece", f"UPDATE pieces SET decided_by = 'Ana' WHERE id = '{PARKED}'", "piece",
           f"piece {PARKED}", "who decided and when"),
    attack("the moment of a piece is moved", "UPDATE pieces SET created_at = '2026-01-01T00:00:00.000Z'", "piece",
           f"piece {ACCEPTED}", "was edited after entry"),
    attack("a piece is removed", f"DELETE FROM pieces WHERE id = '{ACCEPTED}'", "piece", f"piece {ACCEPTED}", "is gone"),
    attack("a piece is put in", "INSERT INTO pieces (id, run_id, campaign_id, spec_key, edition, brief_sha, scope, status,"
           " spec, parts, text, verdict, attempts, created_at) SELECT 'forged', run_id, campaign_id, 'forged', 1,"
           f" brief_sha, scope, status, spec, parts, text, verdict, 1, created_at FROM pieces WHERE id = '{ACCEPTED}'",
           "piece", "piece forged", "was put in by hand as accepted"),
    attack("an answer is edited", "UPDATE attempts SET raw = 'better' WHERE attempt = 2", "answer",
           f"answer 2 of piece {ACCEPTED}", "was edited: it is not the text that entry"),
    attack("an answer is removed", "DELETE FROM attempts WHERE attempt = 2", "answer", f"answer 2 of piece {ACCEPTED}",
           "is gone: entry"),
    attack("an answer is put in", "INSERT INTO attempts (run_id, campaign_id, spec_key, attempt, spec, raw, usage,"
           " created_at) SELECT run_id, campaign_id, spec_key, 9, spec, 'free', usage, created_at FROM attempts"
           " WHERE attempt = 2", "answer", f"answer 9 of piece {ACCEPTED}", "no entry was charged for it"),
    attack("what the guard said of a draft is edited", "UPDATE attempts SET verdict = NULL, refused_for = NULL"
           " WHERE attempt = 1", "draft", f"draft 1 of piece {ACCEPTED}", "was edited after entry 6: its parts, what the guard"),
    attack("the reason for refusing a draft is another", ("UPDATE attempts SET refused_for = 'luck' WHERE attempt = 1",
           "UPDATE draft_sums SET reason = 'luck' WHERE reason = 'figures'"), "draft", f"draft 1 of piece {ACCEPTED}",
           "what the guard said of it"),
    attack("the parts of a draft are edited", "UPDATE attempts SET parts = '{\"body\":\"x\"}' WHERE attempt = 2", "draft",
           f"draft 2 of piece {ACCEPTED}", "was edited after entry 6: its parts"),
    attack("the id beside an answer is another", "UPDATE attempts SET response_id = 'r99' WHERE attempt = 2", "draft",
           f"draft 2 of piece {ACCEPTED}", "its id, or what it used"),
    attack("what an answer used is edited", "UPDATE attempts SET \"usage\" = '{}' WHERE attempt = 2", "draft",
           f"draft 2 of piece {ACCEPTED}", "or what it used"),
    attack("a generic text goes to another campaign", "UPDATE baselines SET campaign_id = 'autumn'", "generic_text",
           PLACE.name, "was edited: entry 5 was charged for it to campaign spring as r4"),
    attack("the id beside a generic text is another", "UPDATE baselines SET response_id = 'r99'", "generic_text",
           PLACE.name, "to campaign spring as r4"),
    attack("a call that was charged gets a reason", "UPDATE reservations SET reason = 'free' WHERE number = 2",
           "reservation", "reservation ", "charged it: when it was closed, or why"),
    attack("the end of a call that was charged is moved", "UPDATE reservations SET closed_at ="
           " '2026-11-03T09:00:00.000000Z' WHERE number = 2", "reservation", "reservation ", "when it was closed, or why"),
    attack("a generic text is edited", "UPDATE baselines SET text = 'nothing like it'", "generic_text", PLACE.name,
           "was edited"),
    attack("a generic text is removed", "DELETE FROM baselines", "generic_text", PLACE.name, "is gone"),
    attack("the closer of a month is forged", "UPDATE closings SET closed_by = 'Bruno'", "closing",
           "closing of 2026-10", "says that Bruno closed it, but entry 2 records Ana"),
    attack("the moment of a closing is moved", "UPDATE closings SET closed_at = '2026-12-01T00:00:00.000000Z'",
           "closing", "closing of 2026-10", "was edited"),
    attack("a closing is removed", "DELETE FROM closings", "closing", "closing of 2026-10", "is gone: entry 2 records it"),
    attack("a closing is put in", "INSERT INTO closings SELECT '2026-09', closed_at, closed_by, last_seq, last_hash"
           " FROM closings", "closing", "closing of 2026-09", "was put in by hand"),
    attack("an approval is forged", "UPDATE reviews SET reviewer = 'Ana', seconds = 9000", "approval",
           "approval 1 of run run-1", "records 'Approve all' by Bruno"),
    attack("an approval is removed", "DELETE FROM reviews", "approval", "approval 1 of run run-1", "is gone"),
    attack("a cost is lowered", "UPDATE ledger_entries SET cost_micros = 1 WHERE seq = 3", "chain", "entry 3 ",
           "was edited: its content does not match its hash"),
    attack("a price is changed", "UPDATE ledger_entries SET input_price = '0.01' WHERE seq = 3", "price", "entry 3 ",
           "but its tokens at its prices make"),
    attack("a rate is changed", "UPDATE ledger_entries SET details = REPLACE(details, '\"hourly_rate\":\"48\"',"
           " '\"hourly_rate\":\"480\"') WHERE purpose = 'saving'", "memo", "entry 8 ", "but its hourly rate makes"),
    attack("the time that was saved is changed", "UPDATE ledger_entries SET saved_seconds_expected = 99999,"
           " saved_seconds_high = 99999 WHERE purpose = 'saving'", "memo", "entry 8 ", "but its baseline makes"),
    attack("two entries change places", ("UPDATE ledger_entries SET seq = 1000 WHERE seq = 3",
           "UPDATE ledger_entries SET seq = 3 WHERE seq = 4", "UPDATE ledger_entries SET seq = 4 WHERE seq = 1000"),
           "chain", "entry 3 ", "was replaced, inserted or moved"),
    attack("the newest entries are removed", f"DELETE FROM ledger_entries WHERE seq > {LAST} - 3", "reservation",
           "reservation ", "was not recorded so"),
    attack("the baseline of a saving cannot be read", "UPDATE ledger_entries SET details = '{}' WHERE purpose = 'saving'",
           "memo", "entry 8 ", "does not keep the baseline"),
    attack("the details of all entries cannot be read", "UPDATE ledger_entries SET details = '[1'", "chain", "entry 1 ",
           "was edited"),
    attack("the details of all entries are a number", "UPDATE ledger_entries SET details = '7'", "chain", "entry 1 ",
           "was edited"),
    attack("what entries seal is no text", "UPDATE ledger_entries SET details = '{\"answer\": [1], \"place\": [2],"
           " \"digest\": [3]}'", "chain", "entry 1 ", "was edited"),
    attack("a price is no number", "UPDATE ledger_entries SET input_price = 'Infinity' WHERE seq = 3", "price", "entry 3 ",
           "has a price that is not a number"),
    attack("a price is beyond any number", "UPDATE ledger_entries SET input_price = '1e9999' WHERE seq = 3", "price",
           "entry 3 ", "has a price that is not a number"),
    attack("the clock of an entry is moved", "UPDATE ledger_entries SET recorded_at = '2026-11-01T00:00:00.000000Z'"
           " WHERE seq = 4", "chain", "entry 4 ", "was edited"),
    attack("the clock of an adjustment is moved", "UPDATE ledger_entries SET occurred_at ="
           " '2026-11-20T00:00:00.000000Z' WHERE purpose = 'adjustment'", "chain", "entry 11 ", "was edited"),
    attack("an adjustment is changed", "UPDATE ledger_entries SET cost_micros = 50 WHERE purpose = 'adjustment'",
           "chain", "entry 11 ", "was edited"),
    attack("an entry in the middle is removed", "DELETE FROM ledger_entries WHERE seq = 4", "chain", "entry 4",
           "is missing"),
    attack("the newest entry is removed", f"DELETE FROM ledger_entries WHERE seq = {LAST}", "reservation",
           "reservation ", "was settled, but its entry is missing"),
    attack("the saving of an accepted piece is removed", "DELETE FROM ledger_entries WHERE purpose = 'saving'", "chain",
           "entry 8", "is missing"),
    attack("the record of a piece is removed", "DELETE FROM ledger_entries WHERE seq = 7", "chain", "entry 7",
           "is missing"),
    attack("a budget is freed", "UPDATE balances SET settled_micros = 0, reserved_micros = 0 WHERE scope = 'month'",
           "balance", "balance of month 2026-11 USD", "says 0 charged"),
    attack("a sum that reports read is lowered", "UPDATE entry_sums SET cost_micros = 1 WHERE purpose = 'draft'", "sums",
           "entry_sums of ", "is not what its entries add up to"),
    attack("a reason for refusals is changed", "UPDATE draft_sums SET reason = 'luck' WHERE reason = 'figures'", "sums", "draft_sums of ",
           "is not what its entries add up to"),
]  # fmt: skip


PAGE = Path(__file__).parents[4] / "docs" / "ledger-attacks.md"


def table() -> str:
    """The attacks as the rows of the page: what is done, the rule, the row, what is said of it."""
    return "\n".join(
        f"| {one.name} | `{one.rule}` | {named_row(one.where)} | … {one.says} … |" for one in ATTACKS
    )


def named_row(where: str) -> str:
    """The beginning of a row's name, the made-up ids of these books left out."""
    for own, meant in ((ACCEPTED, "…"), (PARKED, "…"), (PLACE.name, "baseline …"), ("forged", "…")):
        where = where.replace(own, meant)
    return where.strip()


def test_the_page_names_each_attack_and_what_is_said_of_it() -> None:
    """Written by hand above its table, and by :func:`table` from there on."""
    assert table() in PAGE.read_text(encoding="utf-8"), f"write this into {PAGE.name}:\n{table()}"


@pytest.mark.parametrize("one", ATTACKS, ids=lambda one: one.name.replace(" ", "-"))
def test_an_attack_is_named(books: Ledger, store: Store, one: Attack) -> None:
    """The rule, the row, and what is wrong with it in a sentence."""
    with tampering(store) as connection:
        for statement in one.sql:
            connection.execute(text(statement))
    flaws = books.verify().flaws
    assert any(
        flaw.rule == one.rule and flaw.where.startswith(one.where) and one.says in flaw.message
        for flaw in flaws
    ), [str(flaw) for flaw in flaws]


def test_a_draft_that_the_guard_judges_again_is_no_attack(books: Ledger, store: Store) -> None:
    """Its piece is sealed with what is said of it now."""
    before = books.head().seq
    refuse(store, a_spec(), 1, "promises")
    assert books.head().seq == before + 1
    assert books.verify().flaws == ()


def test_an_entry_written_by_hand_is_named(books: Ledger, store: Store) -> None:
    """A foreign adjustment with a hash that is right, linked to the last entry, its sums and balances kept."""
    newest = list(books.entries())[-1]
    with tampering(store) as connection:
        connection.execute(
            text(
                "INSERT INTO reservations (id, reserved_at, closed_at, state, period, call) VALUES"
                " ('forged', '2026-11-02T09:00:00.000000Z', '2026-11-02T09:00:00.000000Z', 'settled', '2026-11', '{}')"
            )
        )
        linked = replace(
            newest, seq=newest.seq + 1, id="forged", reservation_id="forged", response_id="forged", details=None,
            prev_hash=newest.hash,
        )  # fmt: skip
        connection.execute(
            ledger_entries.insert(), [columns_of(replace(linked, hash=hash_of(columns_of(linked))))]
        )
    told = {(flaw.rule, flaw.where, flaw.message) for flaw in books.verify().flaws}
    assert ("reservation", "reservation forged", "was put in by hand: it has no number") in told
    assert (
        "reservation", f"entry {linked.seq} (forged)",
        "has a reservation that it does not seal: the entry was written by hand",
    ) in told  # fmt: skip


def test_a_foreign_entry_in_another_place_is_named(books: Ledger, store: Store) -> None:
    """Its hash is right, its sequence is not."""
    newest = list(books.entries())[-1]
    linked = replace(
        newest, seq=newest.seq + 5, id="f", reservation_id="f", response_id="f", prev_hash="0" * 64
    )
    with tampering(store) as connection:
        connection.execute(
            ledger_entries.insert(), [columns_of(replace(linked, hash=hash_of(columns_of(linked))))]
        )
    told = [str(flaw) for flaw in books.verify().flaws]
    gap = f"entry {newest.seq + 1} to {newest.seq + 4}: is missing: it was removed, or the next one was renumbered"
    assert f"{gap} [chain]" in told


def test_a_saving_without_an_accepted_piece_is_named(books: Ledger) -> None:
    """Also where the ledger itself wrote it: only accepted pieces save time."""
    memo = books.record_saving(a_spec(1), a_baseline(), run_id="run-1")
    (flaw,) = books.verify().flaws
    assert (flaw.rule, flaw.where) == ("saving", f"entry {memo.seq} ({memo.id})")
    assert f"piece {PARKED} saved, but that piece is parked" in flaw.message


def test_a_saving_of_no_piece_is_named(books: Ledger) -> None:
    """Nor does a piece that was never written."""
    memo = books.record_saving(a_spec(7), a_baseline(), run_id="run-1")
    (flaw,) = books.verify().flaws
    assert flaw.where == f"entry {memo.seq} ({memo.id})" and "is not there" in flaw.message


def rewrite(connection: Connection, change: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """Change entries and seal the whole chain anew."""
    last = ""
    for entry in list(read_entries(connection, Scope())):
        row = change(columns_of(entry)) | {"prev_hash": last}
        row["hash"] = last = hash_of(row)
        connection.execute(ledger_entries.update().where(ledger_entries.c.seq == entry.seq).values(row))


def later(row: dict[str, object]) -> dict[str, object]:
    """The moments of recording are moved by a day."""
    return row | {"recorded_at": str(row["recorded_at"]).replace("-02T", "-03T")}


def another_reason(row: dict[str, object]) -> dict[str, object]:
    """A correction is made for another reason."""
    return row | {"note": str(row["note"]).replace("12", "13")} if row["kind"] == "correction" else row


def other_closer(row: dict[str, object]) -> dict[str, object]:
    """The record of a closing says what the forged closing says."""
    details = str(row["details"]).replace('"closed_by":"Ana"', '"closed_by":"Bruno"')
    return row | {"details": details} if row["purpose"] == "closing" else row


REWRITTEN = [later, another_reason, other_closer]


@pytest.mark.parametrize("change", REWRITTEN)
def test_a_chain_that_was_sealed_anew_is_seen_by_a_head_that_was_kept_outside(
    books: Ledger, store: Store, change: Callable[[dict[str, object]], dict[str, object]]
) -> None:
    """Nobody can tell from the database alone, once whoever owns it has computed every hash again."""
    kept = books.head()
    with tampering(store) as connection:
        rewrite(connection, change)
        if change is later:  # what was charged was closed at that moment, too
            moved = "UPDATE reservations SET closed_at = REPLACE(closed_at, '-02T', '-03T') WHERE state = 'settled'"
            connection.execute(text(moved))
        first = connection.execute(text("SELECT hash FROM ledger_entries WHERE seq = 1")).scalar()
        by = "Bruno" if change is other_closer else "Ana"
        connection.execute(
            text("UPDATE closings SET last_hash = :first, closed_by = :by"), {"first": first, "by": by}
        )
        closing = dict(connection.execute(text("SELECT * FROM closings")).mappings().one())
        digest = hash_of(closing)

        def sealed(row: dict[str, object]) -> dict[str, object]:
            told = json.loads(str(row["details"])) if row["purpose"] == "closing" else {}
            return row | ({"details": json.dumps(told | {"digest": digest})} if told else {})

        rewrite(connection, sealed)
    assert books.verify().flaws == ()
    assert [flaw.rule for flaw in books.verify(kept).flaws] == ["anchor"]


def test_a_ledger_that_was_cut_off_is_seen_by_a_head_that_was_kept_outside(
    books: Ledger, store: Store, tmp_path: Path
) -> None:
    """An older copy in the place of the ledger is whole in itself."""
    if not store.is_sqlite:
        pytest.skip("a file is copied")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM INTO ?", (str(tmp_path / "older.db"),))
    paid(books, a_call(attempt=7), "Encore.", "r7")
    kept = books.head()
    older = open_store(f"sqlite:///{tmp_path / 'older.db'}")
    assert Ledger(older).verify().flaws == ()
    (flaw,) = Ledger(older).verify(kept).flaws
    assert (flaw.rule, flaw.where) == ("anchor", f"entry {kept.seq}")
    older.close()


def test_the_command_names_the_row_in_a_sentence_and_as_json(
    books: Ledger, store: Store, demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, for people and for scripts."""
    with tampering(store) as connection:
        connection.execute(text(f"UPDATE pieces SET status = 'accepted' WHERE id = '{PARKED}'"))
    monkeypatch.setenv("INEDIT_DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COLUMNS", "200")
    run = CliRunner().invoke(app, ["ledger", "verify", "--project", str(demo_root)])
    assert run.exit_code == 2
    assert f"✗ piece {PARKED}: was turned accepted by hand: entry 7 records it as parked [piece]" in " ".join(
        run.stdout.split()
    )
    run = CliRunner().invoke(app, ["ledger", "verify", "--project", str(demo_root), "--json"])
    told = json.loads(run.stdout)
    assert run.exit_code == 2 and not told["holds"]
    assert {
        "rule": "piece", "where": f"piece {PARKED}",
        "message": "was turned accepted by hand: entry 7 records it as parked",
    } in told["flaws"]  # fmt: skip


@pytest.mark.parametrize("address", ["{path}", "sqlite:///file:{path}?mode=ro&uri=true"])
def test_a_copy_that_cannot_be_written_is_verified(
    books: Ledger, store: Store, tmp_path: Path, address: str
) -> None:
    """A file of mode 0444 in a folder of mode 0555: nothing is written beside it."""
    if not store.is_sqlite:
        pytest.skip("a file is copied")
    kept = books.head()
    store.close()
    folder = tmp_path / "kept by the auditor"
    folder.mkdir()
    copy = Path(shutil.copy(str(store.engine.url.database), folder / "inedit.db"))
    if address == "{path}":
        copy.chmod(0o444)
        folder.chmod(0o555)
    given = address.format(path=copy)
    run = CliRunner().invoke(app, ["ledger", "verify", "--database", given, "--anchor", str(kept)])
    assert run.exit_code == 0, run.output
    assert "nothing wrong. 1 head that was kept outside agrees" in run.stdout
    assert [path.name for path in folder.iterdir()] == ["inedit.db"]
    opened = open_store(given if "://" in given else f"sqlite:///{given}")
    with pytest.raises(StoreError, match="Cannot write"), opened.write() as connection:
        connection.execute(text("DELETE FROM pace"))
    opened.close()
    folder.chmod(0o755)


def test_a_copy_of_an_older_version_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """It has to be migrated first, which needs a copy that can be written."""
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    older = Path(__file__).parents[3] / "data" / "ledgers" / "0011.sql"
    connection.executescript(older.read_text(encoding="utf-8"))
    connection.close()
    path.chmod(0o444)
    with pytest.raises(StoreError, match=r"schema 0011; this one needs \d+\) and cannot be written here"):
        open_store(f"sqlite:///{path}")
