"""Reading the journal: scopes, costs of pieces, what the past tells."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay
from inedit.ledger import Call, Ledger
from inedit.ledger.journal.reading import (
    PieceCost,
    Scope,
    added_up,
    entries_of_piece,
    months,
    piece_costs,
)
from inedit.model import Outcome
from inedit.model.errors import WrongInput
from inedit.store.rollups import ENTRIES


def test_a_scope_chooses_entries(ledger: Ledger, clock: Clock) -> None:
    """By run, campaign and month, and any of them together; in the order of their numbers."""
    first = pay(ledger)
    second = pay(ledger, a_call(run_id="run-2"))
    shared = pay(ledger, a_call(attempt=2))
    clock.turn_to(2026, 12, 1)
    later = pay(ledger, a_call(attempt=3))

    def ids(scope: Scope) -> list[str]:
        return [entry.id for entry in ledger.entries(scope)]

    assert ids(Scope()) == [first.id, second.id, shared.id, later.id]
    assert ids(Scope("run-1")) == [first.id, shared.id, later.id]
    assert ids(Scope(campaign_id="autumn")) == []
    assert ids(Scope(period="2026-12")) == [later.id]
    assert ids(Scope("run-1", "spring", "2026-11")) == [first.id, shared.id]
    assert next(iter(ledger.entries())) == first
    assert months(ledger.store) == ("2026-12", "2026-11")


def test_a_scope_says_what_it_is() -> None:
    """In words, and refuses what is not a month."""
    assert str(Scope()) == "everything"
    assert str(Scope("r", "c", "2026-11")) == "run r, campaign c, month 2026-11"
    assert str(Scope(period="2026-11")) == "month 2026-11"
    assert Scope("r", None, "2026-11").values() == {"run_id": "r", "period": "2026-11"}
    Scope(period="2026-11").check()
    Scope().check()
    with pytest.raises(WrongInput, match="not a month"):
        Scope(period="2026-13").check()


def test_what_a_piece_cost_is_all_its_calls_and_their_corrections(ledger: Ledger) -> None:
    """Adjustments cost and are not calls; memos cost nothing; another edition is another piece."""
    entry = pay(ledger)
    pay(ledger, a_call(attempt=2))
    pay(ledger, a_call(revision_number=2))
    pay(ledger, a_call(a_spec(1)))
    ledger.correct(entry.id, 700, "USD", "invoice")
    ledger.adjust(a_call(), 9, "USD", occurred_at=datetime(2026, 11, 1, tzinfo=UTC), source="s", reason="r")
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    costs = ledger.piece_costs()
    assert costs == {
        (a_spec().key, 1): PieceCost(2, 700 + 602 + 9, "USD"),
        (a_spec().key, 2): PieceCost(1, 602, "USD"),
        (a_spec(1).key, 1): PieceCost(1, 602, "USD"),
    }
    assert ledger.piece_costs(run_id="run-2") == {}
    assert ledger.piece_costs(campaign_id="spring") == costs


def test_an_unknown_price_makes_the_cost_of_a_piece_unknown(ledger: Ledger) -> None:
    """Until it is corrected; so does a second currency."""
    place = (a_spec().key, 1)
    unknown = pay(ledger, a_call(provider="localhost:11434", model="llama"))
    pay(ledger, a_call(attempt=2))
    assert ledger.piece_costs()[place] == PieceCost(2, None, "USD")
    ledger.correct(unknown.id, 8, "USD", "measured")
    assert ledger.piece_costs()[place] == PieceCost(2, 610, "USD")
    other = pay(ledger, a_call(attempt=3, provider="localhost:11434", model="llama"))
    ledger.correct(other.id, 5, "EUR", "measured")
    assert ledger.piece_costs()[place] == PieceCost(3, None, "EUR")
    with ledger.store.read() as connection:
        assert piece_costs(connection, Scope("run-9")) == {}


def test_the_past_tells_what_a_draft_takes(ledger: Ledger) -> None:
    """The means over drafts of this very model: neither judges, nor other models, nor memos."""
    pay(ledger, usage=a_usage(tokens_in=1000, cached=100, out=200))
    pay(ledger, a_call(attempt=2), a_usage(tokens_in=500, cached=0, out=100))
    pay(ledger, a_call(purpose="judge"), a_usage(tokens_in=9000, cached=0, out=9000))
    pay(ledger, a_call(model="gpt-5"), a_usage("gpt-5", tokens_in=9000, cached=0, out=9000))
    means = ledger.history.mean_usage(provider="openai", model="gpt-5-mini")
    assert means is not None
    assert (means.calls, means.input_tokens, means.cached_tokens, means.output_tokens) == (2, 750, 50, 150)
    assert means.latency_seconds == pytest.approx(1.25)
    assert ledger.history.mean_usage(provider="azure", model="gpt-5-mini") is None


def test_the_past_cannot_tell_how_long_an_answer_in_a_batch_took(ledger: Ledger) -> None:
    """It counts for the tokens; for the time, only those that somebody waited for, and none is no time."""
    batched = replace(a_usage(), latency_seconds=0.0)
    pay(ledger, usage=batched)
    means = ledger.history.mean_usage(provider="openai", model="gpt-5-mini")
    assert means is not None
    assert (means.calls, means.latency_seconds) == (1, 0.0)
    pay(ledger, a_call(attempt=2), a_usage())
    means = ledger.history.mean_usage(provider="openai", model="gpt-5-mini")
    assert means is not None
    assert (means.calls, means.latency_seconds) == (2, 1.25)


def test_the_past_tells_how_answers_ended(ledger: Ledger) -> None:
    """Drafts alone, and only ends that this version knows."""
    for attempt, outcome, purpose in ((1, "cut", "draft"), (2, "answered", "judge"), (3, "strange", "draft")):
        reservation = ledger.reserve(a_call(attempt=attempt, purpose=purpose), 10, 10)
        ledger.settle(reservation, a_usage(tokens_in=10, cached=0, out=10), f"r{attempt}", outcome=outcome)
    assert ledger.history.draft_outcomes("spring", a_spec().key, 1) == {1: Outcome.CUT}


def test_the_past_tells_what_each_piece_saved(ledger: Ledger) -> None:
    """In minutes, reviews included; what a team put back saves no piece anything."""
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.record_saving(a_spec(1), a_baseline(), run_id="run-1")
    ledger.record_review(a_spec(), Decimal(20), by="Ada", run_id="run-1")
    ledger.record_reinvested(Decimal(5), by="Ada", campaign_id="spring")
    pay(ledger)
    assert ledger.history.minutes_saved("spring") == {(a_spec().key, 1): 40.0, (a_spec(1).key, 1): 10.0}
    assert ledger.history.minutes_saved("autumn") == {}


def test_sums_are_read_by_key(ledger: Ledger, clock: Clock) -> None:
    """Of everything from the sums that are kept, of a run from its facts; both say the same."""
    pay(ledger)
    pay(ledger, a_call(attempt=2))
    clock.turn_to(2026, 12, 1)
    pay(ledger, a_call(run_id="run-2"))
    with ledger.store.read() as connection:

        def calls(scope: Scope, **where: str) -> list[tuple[object, ...]]:
            return [
                tuple(row) for row in added_up(connection, ENTRIES, scope, ["period"], ["calls"], **where)
            ]

        assert calls(Scope()) == [("2026-11", 2), ("2026-12", 1)]
        assert calls(Scope("run-1")) == [("2026-11", 2)]
        assert calls(Scope("run-2")) == [("2026-12", 1)]
        assert calls(Scope(period="2026-12")) == [("2026-12", 1)]
        assert calls(Scope(campaign_id="autumn")) == []
        assert calls(Scope(), purpose="judge") == []
        assert calls(Scope(), purpose="draft") == calls(Scope())
        (everything,) = added_up(connection, ENTRIES, Scope(), [])
        assert (everything.calls, everything.cost_micros) == (3, 3 * 602)


def test_calls_for_several_texts_have_means_of_their_own(ledger: Ledger) -> None:
    """Four texts at once take more than one: each number asked for is averaged apart, and its entry says it."""
    told = {}
    for attempt, (candidates, tokens) in enumerate(((1, 100), (2, 200), (2, 400), (3, 900)), start=1):
        usage = a_usage(tokens_in=tokens, cached=0, out=tokens)
        entry = pay(ledger, a_call(attempt=attempt, candidates=candidates, prompts="full"), usage)
        told[candidates] = json.loads(entry.details or "{}").get("candidates")
    assert told == {1: None, 2: 2, 3: 3}

    def means(candidates: int) -> tuple[int, float] | None:
        found = ledger.history.mean_usage(provider="openai", model="gpt-5-mini", candidates=candidates)
        return None if found is None else (found.calls, found.output_tokens)

    assert [means(candidates) for candidates in range(1, 5)] == [(1, 100), (2, 300), (1, 900), None]
    default = ledger.history.mean_usage(provider="openai", model="gpt-5-mini")
    assert default is not None and (default.calls, default.output_tokens) == (1, 100)


def test_a_piece_with_one_call_in_one_currency_has_a_cost(ledger: Ledger) -> None:
    """One is not a mixture; a call that is free costs zero, which is known."""
    pay(ledger)
    pay(ledger, a_call(a_spec(1), provider="embedded", model="qwen"))
    costs = ledger.piece_costs()
    assert costs[a_spec().key, 1] == PieceCost(1, 602, "USD")
    assert (costs[a_spec(1).key, 1].calls, costs[a_spec(1).key, 1].cost_micros) == (1, 0)


def test_what_belongs_to_no_piece_is_in_no_piece_and_in_the_sums(ledger: Ledger) -> None:
    """A call that its campaign shares, and one that belongs to nothing."""
    pay(ledger, Call("coding", "openai", "gpt-5-mini", run_id="run-1", campaign_id="spring"))
    pay(ledger, Call("coding", "openai", "gpt-5-mini"))
    assert ledger.piece_costs() == {}
    with ledger.store.read() as connection:
        (everything,) = added_up(connection, ENTRIES, Scope(), [])
        (of_spring,) = added_up(connection, ENTRIES, Scope(campaign_id="spring"), [])
        assert entries_of_piece(connection, "spring", a_spec().key, 1) == ()
    assert (everything.calls, of_spring.calls) == (2, 1)


def test_everything_that_is_booked_for_a_piece_is_told_in_order(ledger: Ledger) -> None:
    """Calls, corrections, adjustments and memos, by campaign, variant and revision."""
    entry = pay(ledger)
    pay(ledger, a_call(a_spec(1)))
    ledger.correct(entry.id, 700, "USD", "invoice")
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    pay(ledger, a_call(attempt=2))
    pay(ledger, a_call(revision_number=2))
    with ledger.store.read() as connection:
        booked = entries_of_piece(connection, "spring", a_spec().key, 1)
        assert [one.spec_key for one in entries_of_piece(connection, "spring", a_spec(1).key, 1)] == [
            a_spec(1).key
        ]
        assert [one.edition for one in entries_of_piece(connection, "spring", a_spec().key, 2)] == [2]
        assert entries_of_piece(connection, "autumn", a_spec().key, 1) == ()
    assert [(one.kind, one.seq) for one in booked] == [
        ("call", 1),
        ("correction", 3),
        ("memo", 4),
        ("call", 5),
    ]
    assert booked[0] == entry
