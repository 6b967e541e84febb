"""One call's way through the ledger."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from fakes.ledger import MODEL, Clock, a_baseline, a_call, a_spec, a_usage, pay, rest
from inedit.ledger import Call, Ledger
from inedit.ledger.journal.calls import why_unconfirmed
from inedit.ledger.journal.chain import Head, append_all
from inedit.ledger.journal.entries import blank_entry
from inedit.model import Piece, Status, Usage, Verdict
from inedit.model.errors import StoreError, WrongInput
from inedit.store import Store
from inedit.store.tables import ledger_entries, runs

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def balance(store: Store, scope: str, scope_id: str) -> tuple[int, int]:
    """Charged and set aside."""
    query = text(
        "SELECT settled_micros, reserved_micros FROM balances WHERE scope = :scope AND scope_id = :id"
    )
    with store.read() as connection:
        row = connection.execute(query, {"scope": scope, "id": scope_id}).one()
    return row[0], row[1]


def test_a_call_is_set_aside_before_and_charged_after(ledger: Ledger, store: Store) -> None:
    """The estimate is committed first; the entry then says what it was, what it used and what it cost."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    assert reservation.estimate_micros == 1450
    assert balance(store, "run", "run-1") == (0, 1450)
    entry = ledger.settle(reservation, a_usage(), "response-a", outcome="stop")
    assert (entry.cost_micros, entry.currency) == (602, "USD")
    assert (entry.input_tokens, entry.cached_tokens, entry.output_tokens, entry.reasoning_tokens) == (
        900, 100, 200, 50,
    )  # fmt: skip
    assert (entry.input_price, entry.cached_price, entry.output_price) == ("0.25", "0.025", "2")
    assert (entry.price_date, entry.price_tier) == ("2026-11-22", "standard")
    assert entry.price_source is not None and entry.price_source.endswith("openai/gpt-5-mini")
    assert (entry.spec_key, entry.language, entry.attempt) == (a_spec().key, "fr", 1)
    assert (entry.outcome, entry.latency_ms, entry.response_id) == ("stop", 1250, "response-a")
    assert balance(store, "run", "run-1") == balance(store, "campaign", "spring") == (602, 0)
    assert balance(store, "month", "2026-11") == (602, 0)
    assert list(ledger.pending()) == []


def test_the_chain_can_be_recomputed_by_hand(ledger: Ledger) -> None:
    """SHA-256 of the canonical JSON of the columns, the hash left out and empty columns too."""
    first, second = pay(ledger), pay(ledger)
    for entry, before in ((first, ""), (second, first.hash)):
        assert entry.prev_hash == before
        columns = {k: v for k, v in asdict(entry).items() if v is not None and k != "hash"}
        canonical = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry.hash == hashlib.sha256(canonical.encode()).hexdigest()
    assert ledger.head() == Head(2, second.hash)
    assert Head.of(f" {ledger.head()}\n") == ledger.head()
    with pytest.raises(WrongInput, match="not a head of a ledger"):
        Head.of("2:short")
    with pytest.raises(WrongInput, match="not a head of a ledger"):
        Head.of(f"{'9' * 5_000}:{'0' * 64}")


def test_several_entries_are_sealed_one_after_the_other(ledger: Ledger, store: Store) -> None:
    """A group in one transaction makes the same chain as one by one; the database refuses any other order."""
    paid = pay(ledger)
    notes = [
        blank_entry("memo", a_call(), recorded=NOW, occurred=NOW, period="2026-11"),
        blank_entry("memo", a_call(), recorded=NOW, occurred=NOW, period="2026-11"),
    ]
    nothing = {
        f"saved_{what}_{end}": 0 for what in ("seconds", "micros") for end in ("low", "expected", "high")
    }
    with store.write() as connection:
        first, second = append_all(connection, [replace(note, **nothing) for note in notes])  # type: ignore[arg-type]
    assert (first.seq, first.prev_hash, second.seq, second.prev_hash) == (2, paid.hash, 3, first.hash)
    assert ledger.head() == Head(3, second.hash)


def test_settling_twice_charges_once(ledger: Ledger) -> None:
    """A process that is not sure whether it has settled may settle again."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    once = ledger.settle(reservation, a_usage(), "response-a")
    again = ledger.settle(reservation, a_usage(), "response-a")
    assert again == once
    assert ledger.summary().calls == 1


def test_each_call_that_is_settled_again_gives_its_own_entry(ledger: Ledger) -> None:
    """Whatever was charged before and after it."""
    reservations = [ledger.reserve(a_call(attempt=number), 1000, 600) for number in range(1, 5)]
    entries = [ledger.settle(one, a_usage(), f"r-{one.id}") for one in reservations]
    assert [ledger.settle(one, a_usage(), "again") for one in reservations] == entries
    assert ledger.head().seq == 4


def test_text_and_charge_are_written_together_or_not_at_all(ledger: Ledger, store: Store) -> None:
    """When keeping the text fails, nothing is charged, and the call shows up as possibly billed."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    values = {"campaign_id": "c", "brief_sha": "b", "started_at": "t", "state": "s", "model": "m"}

    def keep(connection: Connection) -> None:
        connection.execute(runs.insert().values(id="same", **values))

    def keep_twice(connection: Connection) -> None:
        keep(connection)
        keep(connection)

    with pytest.raises(IntegrityError):
        ledger.settle(reservation, a_usage(), "response-a", within_transaction=keep_twice)
    assert ledger.summary().calls == 0
    assert [pending.id for pending in ledger.pending("run-1")] == [reservation.id]
    ledger.settle(reservation, a_usage(), "response-a", within_transaction=keep)
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM runs")).scalar_one() == 1


def test_a_call_that_was_not_billed_is_voided(ledger: Ledger, store: Store) -> None:
    """Its money is free again; it can be voided twice, and never charged afterwards."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    ledger.void(reservation, "Throttled")
    ledger.void(reservation, "Throttled")
    assert balance(store, "run", "run-1") == (0, 0)
    with pytest.raises(StoreError, match="was voided"):
        ledger.settle(reservation, a_usage(), "response-a")
    paid = ledger.reserve(a_call(), 1000, 600)
    ledger.settle(paid, a_usage(), "response-b")
    with pytest.raises(StoreError, match="was charged"):
        ledger.void(paid, "Throttled")


def test_a_call_that_may_have_been_billed_stays_until_it_is_reconciled(
    ledger: Ledger, store: Store, clock: Clock
) -> None:
    """A crash leaves an open reservation, a lost connection a doubtful one; both can be settled."""
    crashed, lost = ledger.reserve(a_call(), 1000, 600), ledger.reserve(a_call(attempt=2), 1000, 600)
    ledger.doubt(lost, "timeout after 60 s")
    summary = ledger.summary(run_id="run-1")
    assert (summary.possibly_billed, summary.possibly_billed_micros) == (2, {"USD": 2900})
    found = {pending.id: pending for pending in ledger.pending()}
    assert found[lost.id].reason == "timeout after 60 s"
    assert (found[crashed.id].call, found[crashed.id].state) == (a_call(), "open")
    ledger.settle(found[lost.id], a_usage(), "response-a")
    ledger.void(found[crashed.id], "the provider's usage does not have it")
    assert ledger.summary().possibly_billed == 0
    assert balance(store, "month", "2026-11") == (602, 0)


def test_a_response_id_that_comes_twice_is_charged_and_noted(ledger: Ledger) -> None:
    """Each reservation is a call that was sent: each is charged, and finance sees the repetition."""
    ids = [pay(ledger, response="same").response_id for _ in range(3)]
    assert ids == ["same", "same~2", "same~3"]
    assert pay(ledger, a_call(provider="azure"), response="same").response_id == "same"
    doubts = {doubt.what: doubt.count for doubt in ledger.summary().doubts}
    assert doubts["calls whose response id came twice"] == 2
    assert ledger.verify().holds


def test_the_database_itself_refuses_the_same_response_twice(ledger: Ledger, store: Store) -> None:
    """One response of a provider is one entry, whatever a program tries."""
    pay(ledger, response="same")
    entry = pay(ledger, response="other")
    columns = replace(
        entry, seq=3, id="x", reservation_id="y", response_id="same", prev_hash=entry.hash, hash="h"
    )
    with pytest.raises(IntegrityError, match="response_id"), store.write() as connection:
        connection.execute(ledger_entries.insert(), asdict(columns))


def test_a_call_without_a_response_id_is_charged_and_shown(ledger: Ledger) -> None:
    """It cannot be matched with the provider's records, which finance is told."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    assert ledger.settle(reservation, a_usage(), "").response_id is None
    assert "calls without a response id" in {doubt.what for doubt in ledger.summary().doubts}


@pytest.mark.parametrize(("cached", "reasoning"), [(901, 0), (-1, 0), (0, 201), (0, -1)])
def test_counts_that_contradict_one_another_are_refused(ledger: Ledger, cached: int, reasoning: int) -> None:
    """More cached than input, or more reasoning than output: the money stays set aside."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    with pytest.raises(ValueError, match="contradict"):
        ledger.settle(reservation, Usage(MODEL, 900, cached, 200, reasoning, 1.0), "response-a")
    assert ledger.summary().possibly_billed == 1


def test_the_price_of_the_model_that_answered_counts(ledger: Ledger) -> None:
    """Where the answer names a model that no list knows, the one that was asked for gives the price."""
    dated = pay(ledger, usage=a_usage("gpt-5-mini-2025-08-07"))
    assert (dated.model, dated.cost_micros) == ("gpt-5-mini-2025-08-07", 602)
    for deployment in ("deployment-7", "our-model"):
        alias = pay(ledger, usage=a_usage(deployment))
        assert (alias.model, alias.cost_micros, alias.price_note) == (
            deployment, 602, "priced as gpt-5-mini, which was asked for",
        )  # fmt: skip


def test_a_call_that_another_model_answered_costs_what_that_one_costs(ledger: Ledger) -> None:
    """A provider that routes a call to a dearer model bills the dearer one; nothing is noted, both prices are known."""
    asked, answered = pay(ledger), pay(ledger, usage=a_usage("gpt-5"))
    assert (answered.model, answered.price_note) == ("gpt-5", None)
    assert (asked.cost_micros, answered.cost_micros) == (602, 3012)
    assert (answered.input_price, answered.output_price) == ("1.25", "10")


def test_an_unknown_price_is_counted_apart_until_it_is_corrected(ledger: Ledger) -> None:
    """The cost is unknown, not zero; a correction makes it known."""
    entry = pay(ledger, a_call(provider="localhost:11434", model="llama"))
    assert entry.cost_micros is None
    summary = ledger.summary()
    assert (summary.unknown_price_calls, summary.cost_micros) == (1, {})
    assert ledger.piece_costs()[a_spec().key, 1].cost_micros is None
    ledger.correct(entry.id, 500, "EUR", "our own server, by the electricity bill")
    summary = ledger.summary()
    assert (summary.unknown_price_calls, summary.cost_micros) == (0, {"EUR": 500})
    assert ledger.piece_costs()[a_spec().key, 1].cost_micros == 500
    assert ledger.verify().holds


def test_a_correction_is_a_new_entry_that_carries_the_difference(ledger: Ledger, store: Store) -> None:
    """The corrected entry stays as it was; two corrections of it add up."""
    entry = pay(ledger)
    first = ledger.correct(entry.id, 700, "USD", "invoice 12")
    second = ledger.correct(entry.id, 650, "USD", "credit note 3")
    assert (first.cost_micros, second.cost_micros) == (98, -50)
    assert first.corrects == second.corrects == entry.id
    assert (first.note, first.spec_key, first.attempt) == ("invoice 12", entry.spec_key, entry.attempt)
    assert next(iter(ledger.entries())) == entry
    assert ledger.summary().cost_micros == {"USD": 650}
    assert balance(store, "campaign", "spring") == (650, 0)
    assert ledger.verify().holds


def test_only_a_call_in_its_own_currency_can_be_corrected(ledger: Ledger) -> None:
    """What does not exist, or would mix currencies, is refused in a sentence."""
    entry = pay(ledger)
    correction = ledger.correct(entry.id, 1, "USD", "x")
    for wrong in ("nothing", correction.id):
        with pytest.raises(WrongInput, match="no call"):
            ledger.correct(wrong, 1, "USD", "x")
    with pytest.raises(WrongInput, match="charged in USD"):
        ledger.correct(entry.id, 1, "EUR", "x")


def test_a_closed_month_takes_no_more_entries(ledger: Ledger, store: Store, clock: Clock) -> None:
    """What belongs to it and comes late is booked in the present month, with a reference."""
    clock.turn_to(2026, 10, 31)
    october, late = pay(ledger), ledger.reserve(a_call(attempt=2), 1000, 600)
    with pytest.raises(WrongInput, match="a month that is over"):
        ledger.close_month("2026-10", "Ana")
    clock.turn_to(2026, 11, 2)
    head = ledger.close_month("2026-10", "Ana")  # whose entry seals the closing
    assert head.seq == 2 and [entry.hash for entry in ledger.entries()] == [october.hash, head.hash]
    entry = ledger.settle(late, a_usage(), "late", occurred_at=late.reserved_at)
    assert (entry.period, entry.occurred_at[:7]) == ("2026-11", "2026-10")
    assert entry.note == "belongs to 2026-10, which is closed"
    correction = ledger.correct(october.id, 1, "USD", "refund")
    assert (correction.period, correction.note) == ("2026-11", "refund; belongs to 2026-10, which is closed")
    assert balance(store, "month", "2026-10") == (602, 0)
    assert ledger.verify().holds
    with pytest.raises(WrongInput, match="closed already"):
        ledger.close_month("2026-10", "Ana")
    for nonsense in ("2026-13", "last", "2026-11", "2027-01", "2026-1"):
        with pytest.raises(WrongInput, match="cannot be closed"):
            ledger.close_month(nonsense, "Ana")


def test_what_was_paid_is_booked_though_a_clock_is_in_a_closed_month(ledger: Ledger, clock: Clock) -> None:
    """A call under way while another machine, whose clock is right, closes the month; so are a correction, an
    adjustment, a saving and minutes put back: the first open month has them, none is lost to a database error."""
    clock.turn_to(2026, 10, 31)
    paid, under_way = pay(ledger), ledger.reserve(a_call(attempt=2), 900, 200)
    clock.turn_to(2026, 12, 1)
    for month in ("2026-10", "2026-11"):
        ledger.close_month(month, "Ana")
    clock.turn_to(2026, 10, 31)
    written = [
        ledger.settle(under_way, a_usage(), "response-late"),
        ledger.correct(paid.id, 1, "USD", "refund"),
        ledger.adjust(
            a_call(purpose="adjustment"),
            10,
            "USD",
            occurred_at=clock(),
            source="statement",
            reason="usage.csv",
        ),
        ledger.record_saving(a_spec(), a_baseline(), run_id="run-1"),
        ledger.record_reinvested(Decimal(1), by="Ana"),
    ]
    rest(ledger.store)
    assert {entry.period for entry in written if entry} == {"2026-12"}
    assert all("belongs to 2026-10, which is closed" in (entry.note or "") for entry in written if entry)
    assert ledger.verify().flaws == ()


def test_a_month_that_is_open_still_takes_what_comes_late(ledger: Ledger, clock: Clock) -> None:
    """Until finance closes it, a call is booked in the month in which it happened."""
    clock.turn_to(2026, 10, 31)
    late = ledger.reserve(a_call(), 1000, 600)
    clock.turn_to(2026, 11, 2)
    assert ledger.settle(late, a_usage(), "late", occurred_at=late.reserved_at).period == "2026-10"
    assert ledger.verify().holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET cost_micros = 0",
        "DELETE FROM ledger_entries",
        "UPDATE closings SET closed_by = 'x'",
        "DELETE FROM closings",
        "DELETE FROM reservations",
        "UPDATE reservations SET state = 'open', closed_at = NULL",
        "UPDATE reservations SET estimate_micros = 0",
        "INSERT INTO ledger_entries SELECT * FROM ledger_entries",
        "INSERT OR REPLACE INTO ledger_entries SELECT * FROM ledger_entries",
        "UPDATE human_reviews SET sources = 1",
        "DELETE FROM human_reviews",
    ],
)
def test_the_database_refuses_to_change_the_past(
    ledger: Ledger, store: Store, clock: Clock, statement: str
) -> None:
    """Triggers abort what would alter or remove an entry, a closing, a review, or a reservation that is closed."""
    clock.turn_to(2026, 10, 5)
    pay(ledger)
    ledger.record_human_review(
        Piece("p-1", "run-1", a_spec(), Status.ACCEPTED, {}, Verdict(), 1), by="Anne", checked=("accuracy",),
        seconds=90, decision="approved", at=clock(),
    )  # fmt: skip
    clock.turn_to(2026, 11, 5)
    ledger.close_month("2026-10", "Ana")
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(text(statement))
    assert ledger.verify().holds


def test_an_entry_for_a_closed_month_is_refused_by_the_database(
    ledger: Ledger, store: Store, clock: Clock
) -> None:
    """Even a program that knows nothing of closings cannot add to a closed month."""
    clock.turn_to(2026, 10, 5)
    entry = pay(ledger)
    clock.turn_to(2026, 11, 5)
    ledger.close_month("2026-10", "Ana")
    columns = replace(
        entry, seq=2, id="x", reservation_id="y", response_id="z", prev_hash=entry.hash, hash="h"
    )
    with pytest.raises(IntegrityError, match="closed"), store.write() as connection:
        connection.execute(ledger_entries.insert(), asdict(columns))


def test_a_call_survives_being_written_down_and_read() -> None:
    """What a reservation keeps of its call is all of it."""
    call = a_call(tier="batch", revision_number=3)
    assert Call.from_text(call.as_text()) == call


def test_what_was_written_to_the_cache_is_charged_at_its_price(ledger: Ledger, store: Store) -> None:
    """The entry keeps the tokens and the price; entries without any keep the form that they always had."""
    luna = "gpt-5.6-luna"
    used = Usage(luna, 1000, 200, 500, 0, 1.0, cache_write_tokens=300)
    entry = pay(ledger, a_call(model=luna), used)
    assert (entry.cost_micros, entry.cache_write_tokens, entry.cache_write_price) == (779, 300, "0.25")
    plain = pay(ledger)
    assert (plain.cache_write_tokens, plain.cache_write_price) == (None, None)
    with store.read() as connection:
        row = connection.execute(
            text("SELECT cache_write_tokens, cache_write_price FROM finance_calls")
        ).first()
    assert row is not None and tuple(row) == (300, "0.25")
    assert ledger.verify().flaws == ()
    too_many = Usage(luna, 1000, 800, 500, 0, 1.0, cache_write_tokens=300)
    with pytest.raises(ValueError, match="300 written to the cache of 1000"):
        ledger.settle(ledger.reserve(a_call(model=luna), 1000, 500), too_many, "x")
    columns = replace(
        entry,
        seq=3,
        id="x",
        reservation_id="y",
        response_id="z",
        prev_hash=plain.hash,
        hash="h",
        cached_tokens=800,
    )
    with pytest.raises(IntegrityError, match="cache_write"), store.write() as connection:
        connection.execute(ledger_entries.insert(), asdict(columns))


def test_the_tier_of_the_answer_prices_the_call(ledger: Ledger) -> None:
    """A call that the provider says it processed as batch costs batch prices; an unknown word changes nothing."""
    prices = []
    for tier in ("", "default", "batch"):
        reservation = ledger.reserve(a_call(), 900, 200)
        entry = ledger.settle(reservation, a_usage(), f"r-{tier}", tier=tier)
        prices.append((entry.price_tier, entry.cost_micros))
    assert prices[0] == prices[1] == ("standard", 602)
    assert prices[2][0] == "batch" and prices[2][1] < 602
    assert ledger.verify().holds


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("MaybeBilled", "sent, and no answer came"),
        ("Uncounted resp-7", "answered, and not counted (resp-7)"),
        ("timeout", "timeout"),
        ("", ""),
    ],
)
def test_why_a_call_is_in_doubt_is_told_in_words(kept: str, told: str) -> None:
    """The provider's id stays readable; what the ledger keeps is not altered."""
    assert why_unconfirmed(kept) == told
