"""A paid call on fakes in memory: what is charged, what is given back, what stays in doubt."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from fakes.ledger import a_call
from fakes.pipeline import until
from fakes.services import FakeCallBook, FakeModel, NoPace
from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
from inedit.generation.client import Completion
from inedit.generation.errors import MaybeBilled, NotServed, PromptFiltered, ProviderThrottled, Uncounted
from inedit.generation.rate_limiter import RateLimited
from inedit.ledger import LimitReached
from inedit.model import Message, Outcome, Prompt, Sampling, Usage
from inedit.model.errors import ProviderFailure
from inedit.pipeline import metered_call
from inedit.pipeline.metered_call import MAX_TRIALS, MeteredModel, RunCancelled

PROMPT = Prompt((Message("user", "Write."),), "email", "sha")
USED = Usage("stub", 10, 0, 5, 0, 0.1)


def answered(outcome: Outcome = Outcome.ANSWERED) -> Completion:
    return Completion("text", USED, "id-1", "stop", outcome)


class Open:
    """A throttle that lets everybody in."""

    pause_seconds = 0.0

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *_: object) -> None: ...


def metered_by(
    model: FakeModel, book: FakeCallBook, pace: NoPace | None = None, at_once: int = 1
) -> MeteredModel:
    return MeteredModel(
        model, book, AdaptiveConcurrencyLimiter(at_once), pace or NoPace(), first_wait_seconds=0.0
    )


async def call(
    model: FakeModel, book: FakeCallBook, stop: asyncio.Event | None = None, *, prompt: Prompt = PROMPT,
    pace: NoPace | None = None, max_tokens: int | None = None,
) -> Completion:  # fmt: skip
    return await metered_by(model, book, pace).call(
        prompt,
        a_call(),
        seed=1,
        claim=lambda _: None,
        persist=lambda *_: None,
        stop=stop,
        max_tokens=max_tokens,
    )


async def _pay(metered: MeteredModel) -> Completion:
    return await metered.call(PROMPT, a_call(), seed=1, claim=lambda _: None, persist=lambda *_: None)


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


async def test_the_most_that_a_call_can_cost_is_set_aside() -> None:
    """A token for every three characters of the prompt and 64 for its frame; the answer's limit is its own."""
    book = FakeCallBook()
    long = Prompt((Message("user", "x" * 300),), "email", "sha", sampling=Sampling(0.5, 1.0, 70))
    await call(FakeModel([answered()]), book, prompt=long)
    assert book.reserved == [(100 + 64, 70)]
    await call(FakeModel([answered()]), book, prompt=long, max_tokens=280)
    assert book.reserved[1] == (164, 280)


async def test_the_limit_asked_for_is_the_limit_sent() -> None:
    """Without one, the prompt's own."""
    model = FakeModel([answered(), answered()])
    book = FakeCallBook()
    await call(model, book, max_tokens=9)
    await call(model, book)
    assert model.asked == [9, PROMPT.sampling.max_tokens]


async def test_an_answer_without_a_count_is_not_tried_again() -> None:
    """Its cost cannot be told: it stays in doubt, under the id that the provider gave it."""
    book = FakeCallBook()
    with pytest.raises(ProviderFailure, match="no usage"):
        await call(FakeModel([Uncounted("no usage", "resp-7"), answered()]), book)
    assert list(book.states.values()) == ["possibly_billed"]
    assert list(book.reasons.values()) == ["Uncounted resp-7"]


async def test_a_call_that_is_cancelled_stays_in_doubt() -> None:
    """It may have been served; nobody waits for it."""
    book, under_way = FakeCallBook(), asyncio.Event()

    class Slow(FakeModel):
        async def complete(self, *args: object, **more: object) -> Completion:
            under_way.set()
            await asyncio.sleep(60)
            raise AssertionError

    waiting = asyncio.create_task(call(Slow([]), book))
    await under_way.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert list(book.states.values()) == ["possibly_billed"]
    assert list(book.reasons.values()) == ["abandoned while under way"]


async def test_a_wrong_key_is_not_tried_again() -> None:
    """No retry can help."""
    book, model = FakeCallBook(), FakeModel([ProviderFailure("wrong key"), answered()])
    with pytest.raises(ProviderFailure, match="wrong key"):
        await call(model, book)
    assert len(model.asked) == 1
    assert list(book.states.values()) == ["voided"]


async def test_who_is_throttled_makes_everybody_wait() -> None:
    """As long as the server asks, then it is tried again; no word from the server is no pause."""
    pace, book = NoPace(), FakeCallBook()
    metered = metered_by(
        FakeModel([ProviderThrottled("slow", 0.01), ProviderThrottled("slow"), answered()]), book, pace
    )
    metered.limiter = Open()  # type: ignore[assignment]  # the real one waits a second
    await _pay(metered)
    assert pace.pauses == [("openai", "gpt-5-mini", 0.01), ("openai", "gpt-5-mini", 0.0)]
    assert list(book.states.values()) == ["voided", "voided", "settled"]


async def test_trouble_of_every_kind_counts_as_a_trial() -> None:
    """And the last one is told."""
    trouble = [NotServed("down"), MaybeBilled("lost"), ProviderThrottled("slow", 0.0)] * 2
    metered = metered_by(FakeModel([*trouble, answered()]), FakeCallBook())
    metered.limiter = Open()  # type: ignore[assignment]
    with pytest.raises(ProviderFailure, match="after 6 trials: slow"):
        await _pay(metered)


async def test_what_is_claimed_and_kept_is_in_the_calls_transactions() -> None:
    """The claim before anything is sent, the text when it is charged."""
    seen: list[str] = []
    metered = metered_by(FakeModel([answered()]), FakeCallBook())
    await metered.call(
        PROMPT, a_call(), seed=1,
        claim=lambda _: seen.append("claimed"), persist=lambda _, said: seen.append(said.text),
    )  # fmt: skip
    assert seen == ["claimed", "text"]
    assert metered.answered == 1


async def test_the_pace_is_asked_with_all_tokens() -> None:
    """Those of the prompt and the most of the answer; who must wait waits and takes its turn."""
    asked: list[tuple[object, ...]] = []

    class Slow(NoPace):
        limits = ("one",)  # type: ignore[assignment]

        def take(self, connection: object, *what: object) -> None:
            asked.append(what)
            if len(asked) == 1:
                raise RateLimited(0.001)

    long = Prompt((Message("user", "x" * 300),), "email", "sha", sampling=Sampling(0.5, 1.0, 70))
    book = FakeCallBook()
    await call(FakeModel([answered()]), book, prompt=long, pace=Slow())
    assert asked == [("openai", "gpt-5-mini", 234)] * 2
    assert list(book.states.values()) == ["settled"]


async def test_a_run_that_is_stopped_while_it_waits_for_its_turn_sends_nothing() -> None:
    """However long the provider makes it wait."""
    stop = asyncio.Event()

    class Never(NoPace):
        def take(self, *_: object) -> None:
            stop.set()
            raise RateLimited(60.0)

    model = FakeModel([answered()])
    with pytest.raises(RunCancelled):
        await asyncio.wait_for(call(model, FakeCallBook(), stop, pace=Never()), 5)
    assert model.asked == []


async def test_a_budget_that_is_full_for_the_moment_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a call of ours is under way, whose estimate may be given back; without one, it is full."""
    monkeypatch.setattr("inedit.pipeline.metered_call.WAIT_FOR_ROOM_SECONDS", 0.001)
    full = LimitReached("full", may_fit_later=True)
    with pytest.raises(LimitReached):
        await call(FakeModel([answered()]), FakeCallBook(refuses=[full]))
    book, release = FakeCallBook(), asyncio.Event()

    class Waits(FakeModel):
        async def complete(self, *args: Any, **more: Any) -> Completion:
            await release.wait()
            return await super().complete(*args, **more)

    metered = metered_by(Waits([answered(), answered()]), book, at_once=2)
    first = asyncio.create_task(_pay(metered))
    await until(lambda: bool(book.states))
    book.refuses = [full, full]
    second = asyncio.create_task(_pay(metered))
    await until(lambda: not book.refuses)
    release.set()
    await asyncio.gather(first, second)
    assert list(book.states.values()) == ["settled", "settled"]
    assert metered.answered == 2
    book.refuses = [LimitReached("spent", may_fit_later=False)]
    with pytest.raises(LimitReached, match="spent"):
        await _pay(metered)


async def test_a_budget_that_is_spent_is_not_waited_for() -> None:
    """Even with calls under way: what they give back would not do."""
    book, release = FakeCallBook(), asyncio.Event()

    class Waits(FakeModel):
        async def complete(self, *args: Any, **more: Any) -> Completion:
            await release.wait()
            return await super().complete(*args, **more)

    metered = metered_by(Waits([answered()]), book, at_once=2)
    first = asyncio.create_task(_pay(metered))
    await until(lambda: bool(book.states))
    book.refuses = [LimitReached("spent", may_fit_later=False)]
    with pytest.raises(LimitReached, match="spent"):
        await asyncio.wait_for(_pay(metered), 5)
    release.set()
    await first


async def test_each_trial_waits_longer_than_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at first, then half a second or up to half as much less, doubled each time, half a minute at most."""
    metered = metered_by(FakeModel([]), FakeCallBook())
    metered.first_wait_seconds = 0.5
    for share in (0.5, 1.0):
        monkeypatch.setattr("random.uniform", lambda low, high, share=share: share)
        assert [metered._wait_seconds(trial) for trial in (0, 1, 2, 3)] == [0, 0.5 * share, share, 2 * share]
        assert metered._wait_seconds(40) == 30 * share
    bounds: list[tuple[float, float]] = []
    monkeypatch.setattr("random.uniform", lambda low, high: bounds.append((low, high)) or high)
    metered._wait_seconds(1)
    assert bounds == [(0.5, 1.0)]


async def test_a_call_waits_before_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the number of its trial."""
    waited: list[float] = []

    async def wait(seconds: float, stop: asyncio.Event) -> None:
        waited.append(seconds)

    monkeypatch.setattr("inedit.pipeline.metered_call._wait", wait)
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    metered = metered_by(FakeModel([NotServed("down"), NotServed("down"), answered()]), FakeCallBook())
    metered.first_wait_seconds = 0.5
    await _pay(metered)
    assert [seconds for seconds in waited if seconds] == [0.5, 1.0]


def test_waits_are_what_the_documentation_says() -> None:
    """Six trials, half a second at first, half a minute at most."""
    assert (metered_call.MAX_TRIALS, metered_call.FIRST_WAIT_SECONDS) == (6, 0.5)
    assert (metered_call.LONGEST_WAIT_SECONDS, metered_call.WAIT_FOR_ROOM_SECONDS) == (30.0, 0.2)


@pytest.mark.parametrize(
    ("room", "outcome", "text", "reasoned", "out", "after"),
    [
        (0, Outcome.ANSWERED, "text", 900, 1000, 0),
        (700, Outcome.ANSWERED, "", 900, 1000, 700),
        (0, Outcome.CUT, "half", 900, 1000, 0),
        (0, Outcome.CUT, " \n", 10, 20, 2000),
        (0, Outcome.CUT, "", 1000, 1000, 2000),
        (0, Outcome.CUT, "", 1001, 1000, 2002),
        (0, Outcome.CUT, "", 1000, 1001, 2002),
        (5000, Outcome.CUT, "", 1500, 1500, 5000),
    ],
)
def test_a_model_that_only_thought_gets_more_room(
    room: int, outcome: Outcome, text: str, reasoned: int, out: int, after: int
) -> None:
    """Twice what it spent, two thousand tokens at least, and never less than it had; no other answer changes it."""
    used = Usage("stub", 10, 0, out, reasoned, 0.1)
    assert metered_call.more_room_to_think(room, Completion(text, used, "id", "length", outcome)) == after


async def test_the_room_to_think_is_in_every_later_call() -> None:
    """In what is asked for and in what is set aside."""
    thoughts = Completion("", Usage("stub", 10, 0, 1500, 1500, 0.1), "id", "length", Outcome.CUT)
    model, book = FakeModel([thoughts, answered(), answered()]), FakeCallBook()
    metered = metered_by(model, book)
    assert metered.room_to_think == 0
    for _ in range(3):
        await _pay(metered)
    usual = PROMPT.sampling.max_tokens
    assert model.asked == [usual, usual + 3000, usual + 3000]
    assert [out for _, out in book.reserved] == model.asked


async def test_nobody_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wait, no turn of the event loop; a stopped run is told at once."""
    waited: list[float] = []

    async def wait_for(waiting: Any, seconds: float) -> None:
        waiting.close()
        waited.append(seconds)
        raise TimeoutError

    monkeypatch.setattr("inedit.pipeline.metered_call.asyncio.wait_for", wait_for)
    stop = asyncio.Event()
    await metered_call._wait(0.0, stop)
    assert waited == []
    await metered_call._wait(0.25, stop)
    assert waited == [0.25]
    stop.set()
    with pytest.raises(RunCancelled):
        await metered_call._wait(0.0, stop)


async def test_the_pause_of_the_limiter_is_kept_where_it_is_longer() -> None:
    """Whatever the trial."""
    metered = metered_by(FakeModel([]), FakeCallBook())
    metered.first_wait_seconds = 0.5
    metered.limiter = Open()  # type: ignore[assignment]
    metered.limiter.pause_seconds = 7.0  # type: ignore[misc]
    assert [metered._wait_seconds(trial) for trial in (0, 1)] == [7.0, 7.0]
