"""A paid call on fakes in memory: what is charged, what is given back, what stays in doubt."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from fakes.ledger import a_call
from fakes.services import FakeCallBook, FakeModel, NoPace
from inedit.errors import ProviderFailure, StoreError
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.client import Completion
from inedit.generation.errors import MaybeBilled, NotServed, PromptFiltered
from inedit.ledger import Ledger
from inedit.model import Message, Outcome, Prompt, Usage
from inedit.pipeline.metered_call import MAX_TRIALS, MeteredModel, RunCancelled
from inedit.pipeline.services import CallBook
from inedit.store import open_store

PROMPT = Prompt((Message("user", "Write."),), "email", "sha")
USED = Usage("stub", 10, 0, 5, 0, 0.1)


def answered(outcome: Outcome = Outcome.ANSWERED) -> Completion:
    return Completion("text", USED, "id-1", "stop", outcome)


async def call(model: FakeModel, book: FakeCallBook, stop: asyncio.Event | None = None) -> Completion:
    metered = MeteredModel(
        model,
        book,
        AdaptiveConcurrencyLimiter(1),
        NoPace(),
        first_wait_seconds=0.0,  # type: ignore[arg-type]
    )
    return await metered.call(
        PROMPT, a_call(), seed=1, claim=lambda _: None, persist=lambda *_: None, stop=stop
    )


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_every_answer_is_charged_with_how_it_ended(outcome: Outcome) -> None:
    """A cut or empty answer costs as much as a good one."""
    book = FakeCallBook()
    await call(FakeModel([answered(outcome)]), book)
    assert [entry.outcome for entry in book.entries.values()] == [outcome]


async def test_what_was_not_served_is_given_back_and_tried_again() -> None:
    book = FakeCallBook()
    await call(FakeModel([NotServed("down"), answered()]), book)
    assert list(book.states.values()) == ["voided", "settled"]


async def test_a_lost_answer_stays_in_doubt_and_is_tried_again() -> None:
    book = FakeCallBook()
    await call(FakeModel([MaybeBilled("lost"), answered()]), book)
    assert list(book.states.values()) == ["possibly_billed", "settled"]


async def test_a_filtered_prompt_is_given_back_and_not_tried_again() -> None:
    book = FakeCallBook()
    with pytest.raises(PromptFiltered):
        await call(FakeModel([PromptFiltered("policy"), answered()]), book)
    assert list(book.states.values()) == ["voided"]


async def test_a_provider_that_is_down_ends_after_so_many_trials() -> None:
    book = FakeCallBook()
    model = FakeModel([NotServed("down")] * (MAX_TRIALS + 1))
    with pytest.raises(ProviderFailure, match=f"after {MAX_TRIALS} trials"):
        await call(model, book)
    assert len(model.asked) == MAX_TRIALS


async def test_a_stopped_run_sends_nothing() -> None:
    book, stop = FakeCallBook(), asyncio.Event()
    stop.set()
    with pytest.raises(RunCancelled):
        await call(FakeModel([answered()]), book, stop)
    assert book.states == {}


@pytest.mark.parametrize("kind", ["fake", "real"])
def test_a_book_of_calls_keeps_its_contract(kind: str, tmp_path: Path) -> None:
    """Charged twice is charged once; what was given back cannot be charged; the outcome is kept."""
    book: CallBook = (
        FakeCallBook() if kind == "fake" else Ledger(open_store(f"sqlite:///{tmp_path / 'l.db'}"))
    )
    seen: list[str] = []
    reservation = book.reserve(a_call(), 10, 5, within_transaction=lambda _: seen.append("reserved"))
    first = book.settle(
        reservation, USED, "a", outcome="cut", within_transaction=lambda _: seen.append("charged")
    )
    again = book.settle(
        reservation, USED, "a", outcome="cut", within_transaction=lambda _: seen.append("twice")
    )
    assert (first.outcome, again.id, seen) == ("cut", first.id, ["reserved", "charged"])
    other = book.reserve(a_call(attempt=2), 10, 5)
    book.void(other, "down")
    with pytest.raises(StoreError):
        book.settle(other, USED, "b")
