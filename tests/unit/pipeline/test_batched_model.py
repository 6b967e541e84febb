"""Asking in batches: rounds, what goes wrong in them, and what the next process makes of what this one left."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from fakes.batches import FakeBatchingModel, FakeBatchProvider, LedgerBesideStore, answered
from fakes.ledger import a_call
from fakes.pipeline import Guard, Line, a_variant, line, task, until
from inedit.archive.leases import AlreadyClaimed
from inedit.archive.pieces import lease_key
from inedit.archive.provider_batches import open_batches, outstanding
from inedit.generation.batch_api import QUEUE_FULL, BatchLine, BatchStatus, FilesGone
from inedit.generation.errors import MaybeBilled, NotServed, ProviderThrottled
from inedit.generation.reading import Completion
from inedit.generation.refusals import Refusal
from inedit.ledger import LimitReached
from inedit.model import Message, Outcome, Piece, Prompt, Status, Usage
from inedit.model.errors import BudgetReached, ProviderFailure, WrongInput
from inedit.pipeline.answer_targets import DraftTarget
from inedit.pipeline.batch_desk import PAUSES, Pauses
from inedit.pipeline.batch_requests import why_unanswered
from inedit.pipeline.batched_model import BatchedModel
from inedit.pipeline.campaign import begin_run
from inedit.pipeline.metered_call import RunCancelled
from inedit.pipeline.piece import produce_piece
from inedit.pipeline.task import Options
from inedit.pipeline.worker_pool import WorkerPool, gather_all
from inedit.store import Store

QUICK = Pauses(step=0.001, look_around=0.002, first_look=0.001, longest=0.001, arrival=0.0)


class Batched:
    """A line whose model is asked in batches; another one on the same archive and ledger is the next process."""

    def __init__(self, store: Store, provider: FakeBatchProvider, before: Batched | None = None, **more: Any):
        self.line: Line = before.line if before else line(ledger=LedgerBesideStore(store=store))
        self.line.archive.store = store
        self.line.stop = asyncio.Event()
        self.said: list[str] = []
        self.provider, self.campaign_id = provider, task().campaign.id
        self.model = BatchedModel(
            FakeBatchingModel(), provider, self.line.ledger, self.line.archive, self.campaign_id,
            tell=self.said.append, pauses=QUICK, **more,
        )  # fmt: skip
        self.pipeline = replace(self.line.pipeline, metered_model=self.model)
        self.context = self.line.context(batch=True)

    async def make(self, count: int = 1, seconds: float = 10) -> list[Piece | BaseException | None]:
        """So many pieces, side by side."""

        async def one(index: int) -> Piece | None:
            with self.model.working():
                return await produce_piece(task(a_variant(index=index)), self.pipeline, self.context)

        async with self.model.opened():
            async with asyncio.timeout(seconds):
                return await asyncio.gather(*(one(n) for n in range(count)), return_exceptions=True)

    @property
    def states(self) -> list[str]:
        return sorted(self.line.ledger.states.values())


def numbered(request_id: str, body: dict[str, Any]) -> BatchLine:
    """Another text for each request."""
    return answered(request_id, f"text {request_id}")


async def test_all_pieces_are_one_batch_and_refused_ones_the_next(store: Store, guard: Guard) -> None:
    """Three pieces, one of which the guard refuses: two rounds, four calls, each charged once."""

    def lines(request_id: str, body: dict[str, Any]) -> BatchLine:
        first = len(provider.given) == 1 and request_id == provider.requests_of(0)[0]
        return answered(request_id, f"{'! ' if first else ''}text {request_id}")

    provider = FakeBatchProvider(lines)
    run = Batched(store, provider)
    made = await run.make(3)
    assert [piece.status for piece in made if isinstance(piece, Piece)] == [Status.ACCEPTED] * 3
    assert [len(given) for given in provider.given.values()] == [3, 1]
    assert run.states == ["settled"] * 4
    assert {entry.attempt for entry in run.line.ledger.entries.values()} == {1, 2}
    assert {one.call.tier for one in run.line.ledger.reservations.values()} == {"batch"}
    assert "Fix: Write more." in provider.bodies(1)[0]
    assert open_batches(store, run.campaign_id) == []
    assert any("0 of 3 answered" in said for said in run.said)
    assert run.model.answered == 4


async def test_a_round_is_cut_into_files(store: Store, guard: Guard) -> None:
    """No more requests in one than a file may hold."""
    run = Batched(store, FakeBatchProvider(numbered), most_requests=2)
    await run.make(5)
    assert [len(given) for given in run.provider.given.values()] == [2, 2, 1]


async def test_all_shards_of_a_campaign_are_one_batch(store: Store, guard: Guard) -> None:
    """None waits for another one's answers, which would come a day later, however few places the pool has."""
    run = Batched(store, FakeBatchProvider(numbered))
    specs = tuple(a_variant(index=index) for index in range(6))
    pool = WorkerPool(
        run.pipeline, Options(mirror=0, concurrency=1, max_attempts=2, batch=True), stop=run.line.stop
    )
    async with run.model.opened(), asyncio.timeout(10):
        results = await gather_all(
            pool.write("run-1", task().campaign, specs[first : first + 2]) for first in (0, 2, 4)
        )
    assert [result.left for result in results] == [0, 0, 0]
    assert [len(given) for given in run.provider.given.values()] == [6]


async def test_a_lost_order_is_found_and_not_given_again(store: Store, guard: Guard) -> None:
    """The provider has the batch; we never heard so."""
    run = Batched(store, FakeBatchProvider(numbered, loses_orders=1))
    await run.make(2)
    assert len(run.provider.given) == 1 and run.states == ["settled"] * 2


async def test_what_a_killed_process_left_is_gone_on_with(store: Store, guard: Guard) -> None:
    """Killed while it waited: the next one asks for nothing anew, and each answer is charged once."""
    provider = FakeBatchProvider(numbered)
    first = Batched(store, provider)
    provider.endings = [BatchStatus("", "in_progress")] * 10_000
    made = asyncio.create_task(first.make(2))
    await until(lambda: any("0 of 2" in said for said in first.said))
    made.cancel()
    with suppress(asyncio.CancelledError):
        await made
    there = outstanding(store, first.campaign_id)
    assert there is not None and there.requests == 2 and first.states == ["open"] * 2
    with pytest.raises(WrongInput, match=r"--batch"):
        begin_run(task().campaign, first.pipeline, Options())
    provider.endings = []
    first.line.archive.holders.clear()  # their leases ran out
    second = Batched(store, provider, first)
    written = await second.make(2)
    assert [type(one) for one in written] == [Piece, Piece], written
    assert len(provider.given) == 1 and second.states == ["settled"] * 2
    assert "Going on with batch" in second.said[0]


async def test_answers_are_kept_where_nobody_waits(store: Store, guard: Guard) -> None:
    """The next command leaves one of the pieces out: its answer is charged and kept all the same."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    first.line.archive.holders.clear()
    second = Batched(store, provider, first)
    await second.make(1)
    assert second.states == ["settled"] * 2 and len(second.line.archive.answers) == 2


async def test_a_run_ends_when_nothing_is_left_at_the_provider(store: Store, guard: Guard) -> None:
    """Nobody waits for what the process before it asked: it is fetched, charged and kept all the same."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    first.line.archive.holders.clear()
    second = Batched(store, provider, first)
    async with second.model.opened(), asyncio.timeout(10):
        await second.model.fetched(second.line.stop)
    assert open_batches(store, second.campaign_id) == []
    assert second.states == ["settled"] * 2 and len(second.line.archive.answers) == 2


async def test_what_cannot_be_fetched_is_not_waited_for(store: Store, guard: Guard) -> None:
    """The provider refuses for good, another process is at it, or the run is stopped: it stays for the next one."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    (batch,) = open_batches(store, first.campaign_id)
    first.line.archive.holders[batch.lease_key] = first.line.archive.leases()  # it gave up its own at its end
    held = Batched(store, provider, first)
    held.model.pauses = replace(QUICK, others=0.0)
    async with held.model.opened(), asyncio.timeout(10):
        await held.model.fetched(held.line.stop)
    first.line.archive.holders.clear()
    stopped = Batched(store, provider, first)
    stopped.line.stop.set()
    async with stopped.model.opened(), asyncio.timeout(10):
        await stopped.model.fetched(stopped.line.stop)
    first.line.archive.holders.clear()
    second = Batched(store, provider, first)

    async def refuse(*_: Any) -> BatchStatus:
        raise ProviderFailure("The key is not valid.")

    provider.look = refuse  # type: ignore[method-assign]
    async with second.model.opened(), asyncio.timeout(10):
        await second.model.fetched(second.line.stop)
    assert sum("cannot be fetched now" in said for said in second.said) == 1
    assert len(open_batches(store, second.campaign_id)) == 1 and second.states == ["open"] * 2


async def test_a_run_that_may_not_look_at_its_end_says_why(store: Store, guard: Guard) -> None:
    """A batch waits at another address."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    first.line.archive.holders.clear()
    second = Batched(store, provider, first)
    second.model.model.address = "http://other.test/v1"
    with pytest.raises(WrongInput, match="OPENAI_BASE_URL"):
        async with second.model.opened(), asyncio.timeout(10):
            await second.model.fetched(second.line.stop)


async def test_a_batch_that_never_arrived_is_asked_again(store: Store, guard: Guard) -> None:
    """Killed between the reservations and the order: the money is given back, and set aside anew."""
    provider = FakeBatchProvider(numbered)
    first = Batched(store, provider)
    await _until_prepared(first)
    assert first.states == ["open"] * 2
    del provider.submit  # type: ignore[method-assign]
    first.line.archive.holders.clear()
    second = Batched(store, provider, first)
    await second.make(2)
    assert second.states == ["settled"] * 2 + ["voided"] * 2
    assert any("never reached the provider" in said for said in second.said)


async def _until_prepared(run: Batched) -> None:
    asked = asyncio.create_task(run.make(2))

    async def wait(*_: Any) -> BatchStatus:
        await asyncio.sleep(60)
        raise AssertionError

    run.provider.submit = wait  # type: ignore[method-assign]
    await until(lambda: len(run.states) == 2)
    asked.cancel()
    with suppress(asyncio.CancelledError):
        await asked


@pytest.mark.parametrize(
    ("first", "state", "batches"),
    [
        (BatchLine("", error=NotServed("expired")), "voided", 2),
        (BatchLine("", error=MaybeBilled("cut", "resp-1")), "possibly_billed", 2),
        (BatchLine("", error=ProviderFailure("no seed"), refusal=Refusal(400, "no seed")), "voided", 2),
        (None, "possibly_billed", 2),
    ],
)
async def test_lines_without_an_answer_are_asked_again(
    store: Store, guard: Guard, first: BatchLine | None, state: str, batches: int
) -> None:
    """What may go better, or what the model has learnt from; a line that is missing may have been billed."""

    def lines(request_id: str, body: dict[str, Any]) -> BatchLine | None:
        if len(provider.given) == 1:
            return first and replace(first, request_id=request_id)
        return numbered(request_id, body)

    provider = FakeBatchProvider(lines)
    run = Batched(store, provider)
    made = await run.make(1)
    assert isinstance(made[0], Piece) and made[0].status is Status.ACCEPTED
    assert run.states == sorted([state, "settled"]) and len(provider.given) == batches


async def test_an_expired_batch_is_paid_for_as_far_as_it_came(store: Store, guard: Guard) -> None:
    """One of two was answered: it is charged; the other one is given back and asked in the next round."""

    def lines(request_id: str, body: dict[str, Any]) -> BatchLine | None:
        late = len(provider.given) == 1 and request_id == provider.requests_of(0)[0]
        return None if late else numbered(request_id, body)

    provider = FakeBatchProvider(lines, endings=[BatchStatus("", "expired")])
    run = Batched(store, provider)
    await run.make(2)
    assert run.states == ["settled", "settled", "voided"]
    assert [len(given) for given in provider.given.values()] == [2, 1]


@pytest.mark.parametrize("status", ["failed", "cancelled"])
async def test_what_no_retry_helps_is_told(store: Store, guard: Guard, status: str) -> None:
    """A batch that is not worked on, or that somebody cancelled: nothing is asked again by itself."""
    ending = BatchStatus("", status, errors=(("invalid", "Line 1 is wrong."),))
    run = Batched(store, FakeBatchProvider(lambda *_: None, endings=[ending]))
    (failure,) = await run.make(1)
    assert isinstance(failure, ProviderFailure)
    assert ("cancelled at the provider" if status == "cancelled" else "Line 1 is wrong.") in str(failure)
    assert run.states == ["voided"] and len(run.provider.given) == 1


def test_the_first_three_reasons_of_a_provider_are_told() -> None:
    """A file of many wrong lines has as many errors."""
    errors = tuple(("invalid", f"Line {number} is wrong.") for number in range(1, 6))
    failure = why_unanswered(BatchStatus("b-1", "failed", errors=errors), is_alone=False)
    assert str(failure) == (
        "The provider did not work on batch b-1: Line 1 is wrong.; Line 2 is wrong.; Line 3 is wrong."
    )
    expired = why_unanswered(BatchStatus("b-1", "expired"), is_alone=True)
    assert isinstance(expired, NotServed) and str(expired) == "batch b-1 expired"


async def test_a_full_queue_makes_smaller_batches(store: Store, guard: Guard) -> None:
    """The organisation's limit of waiting tokens: halved until it fits."""
    provider = FakeBatchProvider(
        lambda id, body: numbered(id, body) if len(provider.given) > 1 else None,
        endings=[BatchStatus("", "failed", errors=((QUEUE_FULL, "Limit: 2,000,000 enqueued tokens."),))],
    )
    run = Batched(store, provider)
    await run.make(4)
    assert [len(given) for given in provider.given.values()] == [4, 2, 2]


async def test_calls_wait_for_room_in_the_budget(store: Store, guard: Guard) -> None:
    """The second does not fit beside the first, but after it; the third would not fit at all."""
    run = Batched(store, FakeBatchProvider(numbered))
    book, reserve = run.line.ledger, run.line.ledger.reserve
    trouble = [
        None,
        LimitReached("full", may_fit_later=True),
        None,
        LimitReached("spent", may_fit_later=False),
    ]

    def limited(*asked: Any, **more: Any) -> Any:
        if trouble and (refused := trouble.pop(0)):
            raise refused
        return reserve(*asked, **more)

    book.reserve = limited  # type: ignore[method-assign]
    made = await run.make(3)
    assert [len(given) for given in run.provider.given.values()] == [1, 1]
    refused = [end for end in made if not isinstance(end, Piece)]  # whichever of the three asks last
    assert [type(end) for end in refused] == [LimitReached]
    assert isinstance(refused[0], BudgetReached)


async def test_a_provider_that_takes_no_batches_costs_nothing(store: Store, guard: Guard) -> None:
    """The money is given back, and the pieces are told why."""
    refuses: Sequence[Exception] = [ProviderFailure("no Batch API")]
    run = Batched(store, FakeBatchProvider(numbered, refuses=list(refuses)))
    (failure,) = await run.make(1)
    assert isinstance(failure, ProviderFailure) and run.states == ["voided"]
    assert outstanding(store, run.campaign_id) is None


# ---- the provider's troubles


async def test_a_provider_that_takes_the_third_order_costs_two_waits(store: Store, guard: Guard) -> None:
    """Busy, then away: the same batch is given again, with the whole file."""
    refuses: list[Exception] = [NotServed("503"), ProviderThrottled("429")]
    run = Batched(store, FakeBatchProvider(numbered, refuses=refuses))
    (piece,) = await run.make(1)
    assert isinstance(piece, Piece) and piece.status is Status.ACCEPTED
    assert [len(given) for given in run.provider.given.values()] == [1] and run.states == ["settled"]


async def test_a_provider_that_takes_no_order_is_asked_three_times(store: Store, guard: Guard) -> None:
    """Then the money is given back, and the last reason is told."""
    refuses: list[Exception] = [
        NotServed("503"),
        NotServed("504"),
        NotServed("the last"),
        NotServed("never met"),
    ]
    run = Batched(store, FakeBatchProvider(numbered, refuses=refuses))
    (failure,) = await run.make(1)
    assert isinstance(failure, ProviderFailure)
    assert str(failure) == "The provider did not take a batch in 3 trials: the last"
    assert run.states == ["voided"] and run.provider.given == {}


async def test_a_request_is_given_three_times(store: Store, guard: Guard) -> None:
    """One that nobody answers: its piece has failed, and each time its money came back."""
    run = Batched(store, FakeBatchProvider(lambda id, _: BatchLine(id, error=NotServed("busy"))))
    (failure,) = await run.make(1)
    assert isinstance(failure, ProviderFailure)
    assert str(failure) == "The model did not answer in 3 batches: busy"
    assert run.states == ["voided"] * 3 and len(run.provider.given) == 3


async def test_what_the_provider_refuses_is_not_asked_again(store: Store, guard: Guard) -> None:
    """The request is wrong, and the model learns nothing from it."""
    wrong = BatchLine("", error=ProviderFailure("no such model"), refusal=Refusal(404, "no such model"))
    run = Batched(store, FakeBatchProvider(lambda id, _: replace(wrong, request_id=id)))
    (failure,) = await run.make(1)
    assert isinstance(failure, ProviderFailure) and str(failure) == "no such model"
    assert run.states == ["voided"] and len(run.provider.given) == 1


async def test_a_look_that_fails_is_made_again(store: Store, guard: Guard) -> None:
    """Nothing is lost, and the person is told once of the same trouble."""
    provider = FakeBatchProvider(numbered)
    look, troubles = provider.look, [NotServed("away"), NotServed("away"), MaybeBilled("cut")]

    async def troubled(batch_id: str) -> BatchStatus:
        if troubles:
            raise troubles.pop(0)
        return await look(batch_id)

    provider.look = troubled  # type: ignore[method-assign]
    run = Batched(store, provider)
    assert [type(piece) for piece in await run.make(1)] == [Piece]
    assert run.states == ["settled"] and len(provider.given) == 1


async def test_lost_files_may_be_on_the_bill(store: Store, guard: Guard) -> None:
    """The batch has ended and its answers are gone: what it cost is in doubt, and nothing is asked twice."""
    provider = FakeBatchProvider(numbered)

    async def gone(_: str) -> BatchStatus:
        raise FilesGone("The files of the batch are gone.")

    provider.look = gone  # type: ignore[method-assign]
    run = Batched(store, provider)
    failures = await run.make(2)
    assert [str(failure) for failure in failures] == ["The files of the batch are gone."] * 2
    assert run.states == ["possibly_billed"] * 2 and open_batches(store, run.campaign_id) == []


# ---- several processes


async def _left_behind(store: Store, provider: FakeBatchProvider) -> Batched:
    """A process that is stopped while its batch is worked on."""
    provider.endings = [BatchStatus("", "in_progress")] * 10_000
    first = Batched(store, provider)
    made = asyncio.create_task(first.make(2))
    await until(lambda: any("0 of 2" in said for said in first.said))
    first.line.stop.set()
    assert await made == [None, None]
    provider.endings = []
    return first


async def test_a_batch_of_a_living_process_is_left_to_it(store: Store, guard: Guard) -> None:
    """It is told once, and nothing in it is asked again; when the other is no more, it is gone on with."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    (batch,) = open_batches(store, first.campaign_id)
    first.line.archive.holders.clear()
    first.line.archive.holders[batch.lease_key] = first.line.archive.leases()
    second = Batched(store, provider, first)
    assert [type(error) for error in await second.make(2)] == [AlreadyClaimed] * 2
    assert [said for said in second.said if "another process's" in said] == [
        f"Batch {batch.provider_id} is another process's still: waiting for it."
    ]
    assert second.states.count("open") == 2 and "settled" not in second.states
    first.line.archive.holders.clear()
    third = Batched(store, provider, first)
    assert [type(piece) for piece in await third.make(2)] == [Piece, Piece]
    assert len(provider.given) == 1 and third.states == ["settled"] * 2


async def test_a_batch_at_another_address_is_told(store: Store, guard: Guard) -> None:
    """The model's address was changed: it is fetched where it was given."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    first.line.archive.holders.clear()
    second = Batched(store, provider, first)
    second.model.desk.model.address = "http://elsewhere.test/v1"  # type: ignore[misc]
    failures = await second.make(1)
    assert [type(failure) for failure in failures] == [WrongInput]
    assert "waits at http://provider.test/v1" in str(failures[0])
    assert "Set OPENAI_BASE_URL as it was" in str(failures[0])
    assert second.states == ["open"] * 2


async def test_a_database_that_cannot_be_written_keeps_no_money(store: Store, guard: Guard) -> None:
    """What was set aside before is given back, and whoever waits is told why."""
    run = Batched(store, FakeBatchProvider(numbered))
    reserve, calls = run.line.ledger.reserve, iter(range(100))

    def failing(*asked: Any, **more: Any) -> Any:
        if next(calls) == 1:
            raise OSError("disk full")
        return reserve(*asked, **more)

    run.line.ledger.reserve = failing  # type: ignore[method-assign]
    failures = await run.make(2)
    assert [str(failure) for failure in failures] == ["disk full"] * 2
    assert run.states == ["voided"] and run.provider.given == {}
    assert open_batches(store, run.campaign_id) == []


async def test_more_room_is_asked_for_after_thinking_alone(store: Store, guard: Guard) -> None:
    """A model that reasoned to its limit and wrote nothing gets more tokens in the next round."""

    def lines(request_id: str, body: dict[str, Any]) -> BatchLine:
        if len(provider.given) > 1:
            return numbered(request_id, body)
        usage = Usage("stub", 10, 0, body["max_tokens"], body["max_tokens"], 0.0)
        return BatchLine(request_id, Completion("", usage, f"id-{request_id}", "length", Outcome.CUT))

    provider = FakeBatchProvider(lines)
    run = Batched(store, provider)
    (piece,) = await run.make(1)
    assert isinstance(piece, Piece) and piece.status is Status.ACCEPTED
    first, second = (given[0]["body"]["max_tokens"] for given in provider.given.values())
    assert second > first
    assert run.states == ["settled"] * 2


# ---- when a round is closed


async def test_a_round_waits_for_whoever_may_still_ask(store: Store, guard: Guard) -> None:
    """Until they have been quiet for too long: then the others are not kept waiting for them."""
    patient, hasty = Batched(store, FakeBatchProvider(numbered)), Batched(store, FakeBatchProvider(numbered))
    hasty.model.pauses = replace(QUICK, quiet=0.05)
    with patient.model.working(), pytest.raises(TimeoutError):
        await patient.make(1, seconds=0.3)
    assert patient.provider.given == {} and patient.states == []
    with hasty.model.working():
        assert [type(end) for end in await hasty.make(1)] == [Piece]
    assert len(hasty.provider.given) == 1


async def test_rounds_are_numbered_within_their_run(store: Store, guard: Guard) -> None:
    """The files of one round have its number; the next round has the next one."""

    def lines(request_id: str, body: dict[str, Any]) -> BatchLine:
        return answered(request_id, f"{'! ' if len(provider.given) < 3 else ''}text {request_id}")

    provider = FakeBatchProvider(lines)
    submit, rounds = provider.submit, list[tuple[str, int]]()

    async def noted(file: Any, name: str, run_id: str, number: int) -> BatchStatus:
        rounds.append((run_id, number))
        return await submit(file, name, run_id, number)

    provider.submit = noted  # type: ignore[method-assign]
    run = Batched(store, provider, most_requests=2)
    await run.make(3)
    assert rounds == [("run-1", 1)] * 2 + [("run-1", 2)] * (len(rounds) - 2)
    assert len(rounds) > 2
    told = [said for said in run.said if said.startswith("Round")]
    assert [said.split(":")[0] for said in told] == [f"Round {number}" for _, number in rounds]


async def test_who_asks_after_the_run_was_stopped_is_told_at_once(store: Store, guard: Guard) -> None:
    """Nothing is set aside, and nobody waits."""
    run = Batched(store, FakeBatchProvider(numbered))
    run.line.stop.set()
    assert await run.make(2) == [None, None]
    place = DraftTarget(run.line.archive, a_variant(), 1, 1, "run-1")
    prompt = (
        run.line.model.prompts[0]
        if run.line.model.prompts
        else Prompt((Message("user", "x"),), "email", "sha")
    )
    with pytest.raises(RunCancelled):
        async with asyncio.timeout(5):
            await run.model.call(
                prompt, a_call(), seed=1, claim=lambda _: None, persist=place, stop=run.line.stop
            )
    assert run.states == [] and run.provider.given == {}


async def test_a_request_that_somebody_else_waits_for_is_left_to_them(store: Store, guard: Guard) -> None:
    """Its batch was taken over, and its piece is another pool's now: who asks for it is told so, the other goes on."""
    provider = FakeBatchProvider(numbered)
    first = await _left_behind(store, provider)
    first.line.archive.holders.clear()
    theirs = lease_key(f"{a_variant(index=0).key}-1")
    first.line.archive.holders[theirs] = first.line.archive.leases()
    second = Batched(store, provider, first)
    ends = await second.make(2)
    assert [type(end) for end in ends] == [AlreadyClaimed, Piece]
    assert second.states == ["settled"] * 2, "both answers were charged and kept"


def test_looks_at_a_provider_are_what_the_documentation_says() -> None:
    """After five seconds, once a minute at last; a batch is missing after a minute, a round is closed after two."""
    assert (PAUSES.first_look, PAUSES.longest, PAUSES.arrival, PAUSES.quiet) == (5.0, 60.0, 60.0, 120.0)
