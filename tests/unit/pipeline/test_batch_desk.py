"""The desk of batches by itself: when it looks, what it says, what it makes of each line, and what it takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from fakes.batches import FakeBatchingModel, FakeBatchProvider, LedgerBesideStore, answered
from fakes.ledger import a_call
from fakes.pipeline import a_variant
from fakes.services import FakeArchive
from inedit.archive.provider_batches import ProviderBatch, open_batches
from inedit.generation.batch_api import QUEUE_FULL, BatchLine, BatchStatus
from inedit.generation.errors import MaybeBilled, NotServed, ProviderThrottled, Uncounted
from inedit.generation.reading import Completion
from inedit.ledger import LimitReached
from inedit.model import Message, Outcome, Prompt, Sampling, Usage
from inedit.model.errors import IneditError, ProviderFailure, WrongInput
from inedit.pipeline import batch_desk
from inedit.pipeline.answer_targets import DraftTarget
from inedit.pipeline.batch_books import BatchBooks, OpenBatch
from inedit.pipeline.batch_desk import PAUSES, BatchDesk, Pauses
from inedit.pipeline.batch_requests import Asked, files, why_unanswered
from inedit.store import Store

PROMPT = Prompt((Message("user", "Write."),), "email", "sha", sampling=Sampling(0.5, 1.0, 70))
AT_ONCE = Pauses(step=0, look_around=0, first_look=0, longest=0, arrival=0, quiet=0)


def batch(name: str = "b-1", **changes: Any) -> ProviderBatch:
    told = {
        "run_id": "run-1",
        "campaign_id": "dawn",
        "round": 2,
        "address": "http://provider.test/v1",
        "model": "stub",
    }
    return ProviderBatch(**{"id": name, **told, "prepared_at": "2026-11-22T09:00:00.000Z", **changes})


def opened(name: str = "b-1", **changes: Any) -> OpenBatch:
    return OpenBatch(batch(name, provider_id=f"p-{name}", **changes), {}, {})


class Desk:
    """A desk on a store, a provider in memory and a ledger beside the store; what it says and asks again is kept."""

    def __init__(
        self, store: Store, lines: Any = answered, *, pauses: Pauses = AT_ONCE, most: int = 10
    ) -> None:
        self.archive, self.ledger = FakeArchive(store=store), LedgerBesideStore(store=store)
        self.provider, self.model = FakeBatchProvider(lines), FakeBatchingModel()
        self.said: list[str] = []
        self.again: list[Asked] = []
        self.stopped = False
        self.desk = BatchDesk(
            self.model, self.provider, BatchBooks(self.archive, self.ledger, self.archive.leases()), "dawn",
            self.said.append, self.again.extend, lambda: self.stopped, pauses, most,
        )  # fmt: skip

    def asked(self, index: int = 0, times: int = 0) -> Asked:
        spec = a_variant(index=index)
        place = DraftTarget(self.archive, spec, 1, 1, "run-1")
        return Asked(
            PROMPT, a_call(spec, tier="batch"), 7, lambda _: None, place, 90,
            asyncio.get_running_loop().create_future(), times=times,
        )  # fmt: skip

    async def given(
        self, count: int = 1, *, name: str = "b-1", times: int = 0, first: int = 0
    ) -> list[Asked]:
        """So many calls, given as one batch."""
        asked = [self.asked(first + index, times) for index in range(count)]
        (part,) = files(asked, self.model, count)
        await self.desk.give(batch(name), part)
        return asked

    async def ended(self, ending: BatchStatus | None = None) -> None:
        """Every open batch comes to its end, and is looked at."""
        self.provider.endings = [ending] if ending else []
        for one in list(self.desk.open.values()):
            self.provider.looked[one.batch.provider_id] = 1
            await self.desk.look_at(one)

    @property
    def reasons(self) -> list[str]:
        return list(self.ledger.reasons.values())


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    yield Desk(store, lambda id, _: answered(id, f"text {id}"))


# ---- when it looks


async def test_it_looks_less_and_less_often_while_nothing_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After five seconds, then half as long again each time, once a minute at last; when something changes, anew."""
    now = 1000.0
    monkeypatch.setattr("inedit.pipeline.batch_desk.time.monotonic", lambda: now)
    at = Desk(store, pauses=PAUSES)
    await at.given()
    (one,) = at.desk.open.values()
    waits = [one.look_at - now]
    for _ in range(8):
        at.provider.looked["p-b-1"] = 0  # in progress
        now = one.look_at
        await at.desk.look_at(one)
        waits.append(one.look_at - now)
    assert waits == [5, 5, 7.5, 11.25, 16.875, 25.3125, 37.96875, 56.953125, 60]
    at.provider.given["b-1"] *= 2
    at.provider.looked["p-b-1"] = 0
    now = one.look_at
    await at.desk.look_at(one)
    assert one.look_at - now == 5, "two of two are in progress now: something changed"
    assert [said for said in at.said if "answered" in said] == [
        "Batch p-b-1: 0 of 1 answered, 0 failed (in_progress).",
        "Batch p-b-1: 0 of 2 answered, 0 failed (in_progress).",
    ]


async def test_an_order_that_is_not_taken_waits_longer_each_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five seconds, then ten, then fifteen; three times in all."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(batch_desk.asyncio, "sleep", sleep)
    desk.desk.pauses = PAUSES
    desk.provider.refuses = [NotServed("503"), ProviderThrottled("429"), NotServed("504")]
    (asked,) = await desk.given()
    assert waited == [5, 10, 15]
    assert str(asked.answered.exception()) == "The provider did not take a batch in 3 trials: 504"


async def test_a_batch_counts_as_lost_when_it_is_missing_for_a_minute(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a moment before: lists of a provider are late. Then its money comes back, and its calls are asked again."""
    now = 0.5
    monkeypatch.setattr("inedit.pipeline.batch_desk.time.monotonic", lambda: now)
    desk.desk.pauses = PAUSES
    desk.provider.loses_orders = 1
    (asked,) = await desk.given()
    assert desk.said == ["The answer to the order of a batch was lost: looking for it at the provider."]
    (one,) = desk.desk.open.values()
    there = desk.provider.given.pop("b-1")
    for moment, lost in ((0.5, False), (60.4, False), (60.5, True)):
        now = moment
        await desk.desk.look_at(one)
        assert (desk.desk.open == {}) is lost
    assert there and desk.again == [asked]
    assert desk.reasons == ["never reached the provider"]
    assert desk.said[1:] == ["A batch of run run-1 never reached the provider: its requests are asked again."]
    assert open_batches(desk.archive.store) == []


async def test_a_lost_order_that_arrived_is_gone_on_with(desk: Desk) -> None:
    """Under the provider's id, which is written down; it is looked at in the same moment."""
    desk.provider.loses_orders = 1
    (asked,) = await desk.given()
    assert open_batches(desk.archive.store)[0].provider_id == ""
    await desk.desk.look_at(next(iter(desk.desk.open.values())))
    assert open_batches(desk.archive.store)[0].provider_id == "p-b-1"
    assert desk.said[1:] == [
        "Batch p-b-1 had reached the provider: going on with it.",
        "Batch p-b-1: 0 of 1 answered, 0 failed (in_progress).",
    ]
    await desk.ended()
    assert asked.answered.result().text.startswith("text")


# ---- what it gives


async def test_what_is_given_is_told_and_waited_for(desk: Desk) -> None:
    """How many requests, under which name, in which round; where there is no room for all, how many wait."""
    reserve, trouble = desk.ledger.reserve, [None, LimitReached("full", may_fit_later=True)]

    def limited(*asked: Any, **more: Any) -> Any:
        if trouble and (refused := trouble.pop(0)):
            raise refused
        return reserve(*asked, **more)

    desk.ledger.reserve = limited  # type: ignore[method-assign]
    first, second, third = await desk.given(3)
    assert desk.said == [
        "Round 2: 1 requests are at the provider as batch p-b-1, for at most 24 hours. Stop here at any time: the same "
        "command goes on with it. 2 more wait until there is room in the budget."
    ]
    assert desk.desk.waiting == {first.id: first} and desk.again == []
    await desk.ended()
    assert desk.again == [second, third], "in their order: nobody overtakes"
    await desk.given(name="b-2")
    assert desk.said[-1].endswith("the same command goes on with it.")


@pytest.mark.parametrize(
    ("later", "others_open", "waits"), [(True, True, True), (True, False, False), (False, True, False)]
)
async def test_a_call_without_room_waits_only_when_room_will_come(
    desk: Desk, later: bool, others_open: bool, waits: bool
) -> None:
    """From another batch that is open, or from one that was given before it; otherwise its piece is told."""
    if others_open:
        await desk.given(name="b-0", first=7)
    desk.ledger.refuses = [LimitReached("full", may_fit_later=later)]
    (asked,) = await desk.given(name="b-1")
    assert asked.answered.done() is not waits
    assert list(desk.desk.open) == ["b-0"] * others_open, "there was nothing to give"
    assert [one.id for one in open_batches(desk.archive.store)] == ["b-0"] * others_open
    await desk.ended()
    assert desk.again == [asked] * waits


async def test_when_no_order_is_taken_those_who_wait_for_room_are_told_too(desk: Desk) -> None:
    """Nobody is left waiting for a batch that there is not."""
    reserve, trouble = desk.ledger.reserve, [None, LimitReached("full", may_fit_later=True)]

    def limited(*asked: Any, **more: Any) -> Any:
        if trouble and (refused := trouble.pop(0)):
            raise refused
        return reserve(*asked, **more)

    desk.ledger.reserve = limited  # type: ignore[method-assign]
    desk.provider.refuses = [ProviderFailure("no Batch API")]
    asked = await desk.given(2)
    assert [str(one.answered.exception()) for one in asked] == ["no Batch API"] * 2
    assert desk.reasons == ["the provider did not take the batch"]
    assert (desk.desk.open, desk.desk.waiting, desk.said) == ({}, {}, [])
    await desk.given(name="b-2")
    await desk.ended()
    assert desk.again == []


# ---- what it makes of each line


async def test_every_answer_is_counted_charged_and_told(desk: Desk) -> None:
    """Once each; the batch is then over, and held by nobody."""
    asked = await desk.given(3)
    await desk.ended()
    assert [one.answered.result().text for one in asked] == [f"text {one.id}" for one in asked]
    assert (desk.desk.answered, list(desk.ledger.states.values())) == (3, ["settled"] * 3)
    assert (desk.desk.open, desk.desk.waiting, desk.archive.holders) == ({}, {}, {})
    assert desk.desk.room_to_think == 0


async def test_who_has_gone_keeps_no_answer_from_being_charged(desk: Desk) -> None:
    """Cancelled while it waited."""
    gone, other = await desk.given(2)
    gone.answered.cancel()
    await desk.ended()
    assert list(desk.ledger.states.values()) == ["settled"] * 2
    assert other.answered.result().text == f"text {other.id}"


async def test_a_model_that_only_thought_gets_more_room(store: Store) -> None:
    """Twice what it spent."""
    thoughts = Completion("", Usage("stub", 10, 0, 3000, 3000, 0.0), "id", "length", Outcome.CUT)
    at = Desk(store, lambda id, _: BatchLine(id, thoughts))
    await at.given()
    await at.ended()
    assert at.desk.room_to_think == 6000


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (NotServed("busy"), "voided", "NotServed"),
        (ProviderThrottled("slow"), "voided", "ProviderThrottled"),
        (MaybeBilled("cut", "resp-1"), "possibly_billed", "MaybeBilled resp-1"),
        (MaybeBilled("cut"), "possibly_billed", "MaybeBilled"),
        (None, "voided", "NotServed"),
    ],
)
async def test_what_may_go_better_is_asked_three_times(
    store: Store, error: IneditError | None, state: str, reason: str
) -> None:
    """Its money comes back, or stays in doubt under the id that the provider gave; the third time its piece is told."""
    at = Desk(store, lambda id, _: BatchLine(id, error=error))
    (asked,) = await at.given(times=1)
    await at.ended()
    assert at.again == [asked] and not asked.answered.done()
    assert (list(at.ledger.states.values()), at.reasons) == ([state], [reason])
    (last,) = await at.given(name="b-2", times=2)
    await at.ended()
    assert at.again == [asked]
    assert str(last.answered.exception()).startswith("The model did not answer in 3 batches: ")


async def test_an_answer_whose_tokens_nobody_counted_is_not_asked_again(store: Store) -> None:
    """It was served: what it cost is in doubt, and a second one would be paid twice."""
    at = Desk(store, lambda id, _: BatchLine(id, error=Uncounted("no usage", "resp-7")))
    (asked,) = await at.given()
    await at.ended()
    assert (at.again, at.reasons) == ([], ["Uncounted resp-7"])
    assert isinstance(asked.answered.exception(), ProviderFailure)
    assert "no usage" in str(asked.answered.exception())


async def test_lines_that_nobody_waits_for_leave_the_others_alone(store: Store) -> None:
    """An answer, an error and a line that is missing, of a process that is gone."""
    kinds = iter(("answer", "error", "missing"))

    def lines(request_id: str, _: Any) -> BatchLine | None:
        kind = next(kinds)
        if kind == "missing":
            return None
        return (
            answered(request_id, "x") if kind == "answer" else BatchLine(request_id, error=MaybeBilled("cut"))
        )

    at = Desk(store, lines)
    await at.given(3)
    at.desk.waiting.clear()
    await at.ended()
    assert sorted(at.ledger.states.values()) == ["possibly_billed", "possibly_billed", "settled"]
    assert (at.again, at.desk.open) == ([], {})


async def test_lines_of_other_requests_are_passed_over(store: Store) -> None:
    """What is not in the batch, or was taken before, is charged to nobody."""
    at = Desk(store, lambda id, _: answered(f"other-{id}", "x"))
    (asked,) = await at.given()
    await at.ended()
    assert list(at.ledger.states.values()) == ["possibly_billed"]
    assert at.again == [asked]
    assert at.reasons == ["Batch p-b-1 has no line for a request."]


async def test_a_run_that_is_stopped_reads_no_further(desk: Desk) -> None:
    """What was read is charged, the rest stays open for the next process."""
    asked = await desk.given(3)
    charge = desk.desk.books.charge

    def charge_and_stop(*given: Any) -> None:
        charge(*given)
        desk.stopped = True

    desk.desk.books = BooksThat(desk.desk.books, charge_and_stop)  # type: ignore[assignment]
    await desk.ended()
    assert sorted(desk.ledger.states.values()) == ["open", "open", "settled"]
    assert [one.answered.done() for one in asked].count(True) == 1
    assert list(desk.desk.open) == ["b-1"] and len(open_batches(desk.archive.store)) == 1


class BooksThat:
    """Books that charge in another way."""

    def __init__(self, books: BatchBooks, charge: Any) -> None:
        self._books, self.charge = books, charge

    def __getattr__(self, name: str) -> Any:
        return getattr(self._books, name)


# ---- batches that end badly


@pytest.mark.parametrize(("left", "most"), [(5, 2), (4, 2), (3, 1), (2, 1), (1, 10)])
async def test_a_full_queue_halves_what_is_given_at_once(store: Store, left: int, most: int) -> None:
    """One request at least; one that is alone and does not fit never will."""
    at = Desk(store, lambda *_: None)
    asked = await at.given(left)
    await at.ended(BatchStatus("", "failed", errors=(("other", "x"), (QUEUE_FULL, "Limit: 9 tokens."))))
    assert at.desk.most_requests == most
    told = [said for said in at.said if "queue is full" in said]
    halved = [f"The provider's queue is full: the next batches hold at most {most} requests."]
    assert told == halved * (left > 1)
    assert len(at.again) == (left if left > 1 else 0)
    assert [one.answered.done() for one in asked] == [left == 1] * left
    assert at.reasons == ["batch failed"] * left


@pytest.mark.parametrize("status", ["expired", "cancelled"])
async def test_a_queue_is_full_only_for_batches_that_failed(store: Store, status: str) -> None:
    """Whatever else is told of an expired or cancelled one."""
    at = Desk(store, lambda *_: None)
    await at.given(2)
    await at.ended(BatchStatus("", status, errors=((QUEUE_FULL, "Limit."),)))
    assert at.desk.most_requests == 10
    assert len(at.again) == (2 if status == "expired" else 0)


FULL = (QUEUE_FULL, "Limit: 9 tokens.")


@pytest.mark.parametrize(
    ("status", "errors", "is_alone", "kind", "says"),
    [
        ("failed", (), False, ProviderFailure, "did not work on batch b: it says nothing more"),
        ("failed", (("x", "Wrong."),), False, ProviderFailure, "did not work on batch b: Wrong."),
        ("failed", (FULL,), False, NotServed, "batch b failed: Limit: 9 tokens."),
        ("failed", (("x", "Wrong."), FULL), False, NotServed, "batch b failed: Wrong.; Limit: 9 tokens."),
        ("failed", (FULL,), True, ProviderFailure, "did not work on batch b: Limit: 9 tokens."),
        ("expired", (), False, NotServed, "batch b expired"),
        ("expired", (FULL,), True, NotServed, "batch b expired: Limit: 9 tokens."),
        ("cancelled", (FULL,), False, ProviderFailure, "Batch b was cancelled at the provider"),
    ],
)
def test_a_request_without_an_answer_is_asked_again_when_that_can_help(
    status: str, errors: tuple[tuple[str, str], ...], is_alone: bool, kind: type[IneditError], says: str
) -> None:
    """After a full queue, unless it was alone in its batch, and after a day that was too short."""
    reason = why_unanswered(BatchStatus("b", status, errors=errors), is_alone=is_alone)
    assert type(reason) is kind
    assert says in str(reason)


async def test_what_a_provider_says_for_good_ends_the_waiting_and_not_the_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that no longer holds: who waits is told, the batch stays for the next process."""

    async def look(_: str) -> BatchStatus:
        raise ProviderFailure("wrong key")

    monkeypatch.setattr(desk.provider, "look", look)
    asked = await desk.given(2)
    await desk.ended()
    assert [str(one.answered.exception()) for one in asked] == ["wrong key"] * 2
    assert list(desk.ledger.states.values()) == ["open"] * 2
    assert list(desk.desk.open) == ["b-1"] and desk.desk.waiting == {}


async def test_a_look_that_fails_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its reason; everybody goes on waiting."""

    async def look(_: str) -> BatchStatus:
        raise NotServed("away")

    monkeypatch.setattr(desk.provider, "look", look)
    (asked,) = await desk.given()
    await desk.ended()
    assert desk.said[-1] == "Batch p-b-1 cannot be seen just now: away"
    assert not asked.answered.done() and list(desk.desk.open) == ["b-1"]


# ---- what it takes over


async def test_every_batch_that_was_left_behind_is_taken_over(store: Store) -> None:
    """One that is open here already, one of a living process and one to adopt, in any order; each is told once."""
    at = Desk(store, lambda id, _: answered(id, "x"))
    await at.given(name="b-2")
    for name in ("b-1", "b-3", "b-4"):
        other = BatchBooks(at.archive, at.ledger, at.archive.leases())
        lost = at.asked(int(name[-1]))
        (part,) = files([lost], at.model, 1)
        other.set_aside(batch(name), part, at.model, room_later=False)
        if name != "b-3":
            at.archive.holders.pop(f"batch {name}")
    at.said.clear()
    for _ in range(2):
        await at.desk.look_around()
    assert set(at.desk.open) == {"b-1", "b-2", "b-4"}
    assert at.said == [
        "Going on with batch b-1 (not known at the provider) of run run-1: 1 requests, prepared at "
        "2026-11-22T09:00:00.000Z.",
        "Batch b-3 is another process's still: waiting for it.",
        "Going on with batch b-4 (not known at the provider) of run run-1: 1 requests, prepared at "
        "2026-11-22T09:00:00.000Z.",
    ]
    del at.archive.holders["batch b-3"]
    await at.desk.look_around()
    assert "b-3" in at.desk.open
    await at.desk.close()
    assert at.archive.holders == {}, "they are left to the next process"
    assert len(open_batches(store)) == 4


# ---- what goes into a file


async def test_a_file_holds_as_many_requests_and_bytes_as_it_may(desk: Desk) -> None:
    """To the last byte; a request that is too large by itself goes alone."""
    size = len(next(files([desk.asked()], desk.model, 1))[0][1])

    def parts(count: int, most: int, most_bytes: int) -> list[int]:
        asked = [desk.asked(index) for index in range(count)]
        return [len(part) for part in files(asked, desk.model, most, most_bytes)]

    assert parts(5, 2, 10**6) == [2, 2, 1]
    assert parts(4, 2, 10**6) == [2, 2]
    assert parts(5, 10, 2 * size) == [2, 2, 1]
    assert parts(5, 10, 2 * size - 1) == [1] * 5
    assert parts(3, 10, 1) == [1] * 3
    assert parts(0, 10, 10**6) == []


async def test_each_order_of_a_call_is_a_request_of_its_own(desk: Desk) -> None:
    """Under a new id, counted; what was sent is remembered without its text."""
    asked = desk.asked()
    first = asked.request(desk.model), asked.id
    second = asked.request(desk.model), asked.id
    assert first[1] != second[1] and asked.times == 2
    assert asked.sent == {"seed": 7, "max_tokens": 90, "messages": [{"role": "user"}]}
    assert asked.most_tokens(desk.model) == (2 + 64, 90)


def test_a_batch_is_known_by_the_providers_name_where_there_is_one() -> None:
    """Ours says that the provider does not know it."""
    assert opened().name == "p-b-1"
    assert replace(opened(), batch=batch()).name == "b-1 (not known at the provider)"


async def test_what_was_given_back_by_hand_is_not_charged(desk: Desk) -> None:
    """Somebody voided the reservation meanwhile: the answer is in doubt, and the rest of the batch is read."""
    first, second = await desk.given(2)
    (one,) = desk.desk.open.values()
    del one.reservations[first.id]
    await desk.ended()
    assert desk.ledger.states == {first.id: "open", second.id: "settled"}
    assert one.requests == {}


@pytest.mark.parametrize("error", [NotServed("busy"), MaybeBilled("cut")])
async def test_what_was_given_back_by_hand_is_neither_voided_nor_doubted_again(
    store: Store, error: IneditError
) -> None:
    """The books stay as somebody left them; the call is asked again."""
    at = Desk(store, lambda id, _: BatchLine(id, error=error))
    (asked,) = await at.given()
    (one,) = at.desk.open.values()
    one.reservations.clear()
    await at.ended()
    assert (list(at.ledger.states.values()), at.reasons, at.again) == (["open"], [], [asked])
    assert at.desk.open == {}


async def test_every_change_is_told_and_nothing_twice(desk: Desk) -> None:
    """More answers, fewer in a provider's corrected count, another word for the same state."""
    steps = [
        (9, "in_progress"),
        (10, "in_progress"),
        (10, "in_progress"),
        (8, "in_progress"),
        (8, "finalizing"),
    ]
    await desk.given()
    (one,) = desk.desk.open.values()

    async def look(_: str) -> BatchStatus:
        answered, state = steps.pop(0)
        return BatchStatus("p-b-1", state, 12, answered)

    desk.provider.look = look  # type: ignore[method-assign]
    while steps:
        await desk.desk.look_at(one)
    assert [said.removeprefix("Batch p-b-1: ") for said in desk.said[1:]] == [
        "9 of 12 answered, 0 failed (in_progress).",
        "10 of 12 answered, 0 failed (in_progress).",
        "8 of 12 answered, 0 failed (in_progress).",
        "8 of 12 answered, 0 failed (finalizing).",
    ]


@pytest.mark.parametrize("address", ["http://a.test/v1", "http://z.test/v1"])
async def test_a_batch_is_fetched_where_it_was_given(store: Store, address: str) -> None:
    """And nowhere else, whatever the model's address is now; it is named with the batch."""
    at = Desk(store)
    await at.given()
    at.desk.open.clear()
    at.model.address = address
    with pytest.raises(
        WrongInput, match=f"waits at http://provider.test/v1, and the model's address is {address} now"
    ):
        await at.desk.look_around()
