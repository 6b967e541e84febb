"""Sums that are kept while rows are written: what a report reads is what the entries add up to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay, tampering
from inedit.ledger import Ledger
from inedit.model import VariantSpec
from inedit.store import Store
from inedit.store.seals import seal_piece
from inedit.store.tables import attempts, pieces


def rest(store: Store, spec: VariantSpec, status: str, tried: int) -> None:
    """A piece comes to rest."""
    with store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{spec.key}-1", run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, brief_sha="b",
                scope="s", status=status, spec="{}", parts="{}", text="t", verdict="{}", attempts=tried,
                created_at="2026-11-22T09:00:00.000Z",
            )
        )  # fmt: skip
        seal_piece(connection, f"{spec.key}-1")


def answer(store: Store, spec: VariantSpec, attempt: int, refused_for: str | None = None) -> None:
    """The text of a draft is kept, judged or not."""
    with store.write() as connection:
        connection.execute(
            attempts.insert().values(
                run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, attempt=attempt, spec="{}", usage="{}",
                created_at="2026-11-22T09:00:00.000Z", refused_for=refused_for,
            )
        )  # fmt: skip


def refused(ledger: Ledger) -> dict[str, int]:
    assert ledger.verify().flaws == ()
    return {refusal.reason: refusal.drafts for refusal in ledger.summary().rejected_for}


def test_a_draft_is_refused_once_its_piece_rests_and_for_the_reason_it_was_judged(
    ledger: Ledger, store: Store
) -> None:
    """Before, it is under way; a verdict that comes later moves it to its reason."""
    for attempt in (1, 2):
        pay(ledger, a_call(attempt=attempt))
        answer(store, a_spec(), attempt, "figures" if attempt == 1 else None)
    assert refused(ledger) == {}
    rest(store, a_spec(), "parked", 2)
    assert refused(ledger) == {"figures": 1, "": 1}
    with store.write() as connection:
        connection.execute(attempts.update().where(attempts.c.attempt == 2).values(refused_for="echo"))
        seal_piece(connection, f"{a_spec().key}-1")
    assert refused(ledger) == {"figures": 1, "echo": 1}


def test_a_person_who_accepts_a_parked_piece_moves_its_last_draft(ledger: Ledger, store: Store) -> None:
    """It is refused no more; whoever takes the piece away takes both away."""
    for attempt in (1, 2):
        pay(ledger, a_call(attempt=attempt))
        answer(store, a_spec(), attempt, "figures")
    rest(store, a_spec(), "parked", 2)
    with store.write() as connection:
        connection.execute(pieces.update().values(status="accepted", decided_by="Ana"))
        seal_piece(connection, f"{a_spec().key}-1")
    assert refused(ledger) == {"figures": 1}
    assert ledger.summary().by["channel"][0].accepted_pieces == 1
    with store.write() as connection:
        connection.execute(pieces.delete())
    assert {line.reason: line.drafts for line in ledger.summary().rejected_for} == {}
    assert [flaw.rule for flaw in ledger.verify().flaws] == ["piece"]  # it was recorded, and is gone


def test_drafts_of_a_parked_piece_that_is_tried_again_are_refused_too(ledger: Ledger, store: Store) -> None:
    """Until it comes to rest anew; corrections go where their call is."""
    pay(ledger, a_call())
    answer(store, a_spec(), 1, "figures")
    rest(store, a_spec(), "parked", 1)
    second = pay(ledger, a_call(attempt=2))
    answer(store, a_spec(), 2)
    assert refused(ledger) == {"figures": 1, "": 1}
    ledger.correct(second.id, 1000, "USD", "invoice")
    assert ledger.summary().rejected_micros == {"USD": 1602}
    with store.write() as connection:
        connection.execute(pieces.update().values(status="accepted", attempts=2))
        seal_piece(connection, f"{a_spec().key}-1")
    assert refused(ledger) == {"figures": 1}
    assert (ledger.summary().rejected_micros, ledger.summary().accepted_micros) == (
        {"USD": 602},
        {"USD": 1000},
    )


def test_a_lost_answer_that_was_billed_never_became_a_piece(ledger: Ledger, store: Store) -> None:
    """The provider's statement has it beside the draft of the same attempt that came back."""
    lost = ledger.reserve(a_call(), 1000, 600)
    pay(ledger, a_call())
    rest(store, a_spec(), "accepted", 1)
    ledger.settle(lost, a_usage(), "found", outcome="reconciled")
    assert refused(ledger) == {"answer lost": 1}
    assert sum(line.accepted_pieces for line in ledger.summary().by["model"]) == 1


def test_a_correction_makes_an_unknown_price_known_in_its_own_month(
    ledger: Ledger, store: Store, clock: Clock
) -> None:
    """Also when the correction itself is booked a month later; a second one changes nothing."""
    clock.turn_to(2026, 10, 5)
    entry = pay(ledger, a_call(provider="localhost:8000", model="llama"))
    clock.turn_to(2026, 11, 5)
    ledger.close_month("2026-10", "Ana")
    unknown = {line.name: line.unknown_price_calls for line in ledger.summary().by["period"]}
    assert unknown == {"2026-10": 1}
    ledger.correct(entry.id, 500, "EUR", "electricity")
    ledger.correct(entry.id, 700, "EUR", "electricity, second bill")
    lines = {
        line.name: (line.unknown_price_calls, line.cost_micros) for line in ledger.summary().by["period"]
    }
    assert lines == {"2026-10": (0, {}), "2026-11": (0, {"EUR": 700})}
    assert ledger.verify().flaws == ()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("entry_sums", "cost_micros = cost_micros - 1"),
        ("entry_sums", "calls = calls + 1"),
        ("draft_sums", "reason = 'echo'"),
        ("draft_sums", "drafts = 0"),
        ("saving_sums", "work_seconds = 0"),
        ("saving_sums", "since = '2026-01-01'"),
    ],
)
def test_a_sum_that_was_edited_is_named(ledger: Ledger, store: Store, table: str, change: str) -> None:
    """A report would show it: verify says which sum is wrong, and by how much."""
    pay(ledger)
    answer(store, a_spec(), 1, "figures")
    rest(store, a_spec(), "parked", 1)
    rest(store, a_spec(1), "accepted", 1)
    ledger.record_saving(a_spec(1), a_baseline(), run_id="run-1")
    assert ledger.verify().holds
    with store.write() as connection:
        connection.execute(text(f"UPDATE {table} SET {change} WHERE 1 = 1"))  # noqa: S608  # ours
    flaws = ledger.verify().flaws
    assert {flaw.rule for flaw in flaws} == {"sums"}
    assert all(flaw.where.startswith(table) and "off in" in flaw.message for flaw in flaws)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO ledger_entries SELECT * FROM forged",
        "INSERT OR REPLACE INTO reservations (id, reserved_at, state, period, call)"
        " SELECT id, 't', 'open', '2026-11', '{}' FROM reservations LIMIT 1",
        "INSERT OR REPLACE INTO closings SELECT period, closed_at, 'somebody else', last_seq, last_hash FROM closings",
    ],
)
def test_nothing_can_be_replaced_on_the_way_in(
    ledger: Ledger, store: Store, clock: Clock, statement: str
) -> None:
    """SQLite's INSERT OR REPLACE removes what stands in its way without asking the triggers on removal."""
    clock.turn_to(2026, 10, 5)
    pay(ledger)
    clock.turn_to(2026, 11, 5)
    ledger.close_month("2026-10", "Ana")
    last = pay(ledger)
    with store.write() as connection:
        connection.execute(text("CREATE TABLE forged AS SELECT * FROM ledger_entries WHERE seq = 1"))
        forged = {"seq": 3, "prev": last.hash}
        connection.execute(
            text("UPDATE forged SET seq = :seq, prev_hash = :prev, hash = 'x', period = '2026-11'"), forged
        )
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(text(statement))
    assert ledger.verify().holds


def test_sums_of_one_run_come_from_its_own_entries(ledger: Ledger, store: Store) -> None:
    """A run's report and everything's agree where there is one run only, savings and refusals included."""
    for attempt in (1, 2):
        pay(ledger, a_call(attempt=attempt))
        answer(store, a_spec(), attempt, "figures" if attempt == 1 else None)
    rest(store, a_spec(), "accepted", 2)
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.record_review(a_spec(), Decimal(4), by="Ana", run_id="run-1")
    everything, run = ledger.summary().as_json(), ledger.summary(run_id="run-1").as_json()
    assert {**run, "scope": ""} == {**everything, "scope": ""}


def test_a_ledger_whose_guards_are_off_is_not_summed_in_secret(ledger: Ledger, store: Store) -> None:
    """Rows written while the triggers were away are missing in the sums, and verify says so."""
    pay(ledger)
    with tampering(store) as connection:
        connection.execute(text("UPDATE ledger_entries SET cost_micros = 1"))
    assert {"chain", "price", "balance", "sums"} == {flaw.rule for flaw in ledger.verify().flaws}
