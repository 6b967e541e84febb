"""The workers of one process on fakes: order, leases, and what ends a run."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fakes.brand import tiny_campaign
from fakes.pipeline import Line, a_variant, answer, line, until
from fakes.services import FakeLedger, FakeModel, accepted
from inedit.archive.attempts import PaidAnswer
from inedit.archive.pieces import Standing, lease_key
from inedit.model import Approval, Piece, Status, Usage, VariantSpec
from inedit.model.errors import BudgetReached, ProviderFailure
from inedit.pipeline import shard
from inedit.pipeline.batches import CountingThreads
from inedit.pipeline.candidates import evaluate_each
from inedit.pipeline.judging import JudgeHere
from inedit.pipeline.metered_call import MeteredModel
from inedit.pipeline.piece import produce_piece
from inedit.pipeline.shard import ShardResult, task_for, written_again
from inedit.pipeline.task import Event, Options
from inedit.pipeline.worker_pool import WorkerPool, gather_all

pytestmark = pytest.mark.usefixtures("guard")
CAMPAIGN = tiny_campaign()
SPECS = tuple(a_variant(index=index) for index in range(8))


class Endless(FakeModel):
    """Answers every call, each with another text; fails for good where it is told to, by number of the call.

    No call is answered before ``meeting`` calls have been under way at once; that never comes if fewer are made.
    """

    def __init__(self, *fails: int, meeting: int = 1) -> None:
        super().__init__([])
        self.fails = fails
        self.at_once = self.most_at_once = 0
        self.meeting, self.met = meeting, asyncio.Event()

    async def complete(self, *args: Any, **more: Any) -> Any:
        number = len(self.asked)
        failing = number in self.fails
        self.answers.append(ProviderFailure(f"failure {number}") if failing else answer(f"Texte {number}."))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once >= self.meeting:
            self.met.set()
        async with asyncio.timeout(30):
            await self.met.wait()
        await asyncio.sleep(0.001)
        self.at_once -= 1
        return await super().complete(*args, **more)


def with_model(model: FakeModel, made: Line | None = None, concurrency: int = 1) -> Line:
    made = made or line(concurrency=concurrency)
    made.pipeline.metered_model.model = model
    return replace(made, model=model)


def pool_of(made: Line, **options: Any) -> WorkerPool:
    chosen = Options(**{"mirror": 0, "concurrency": 1, "max_attempts": 2, **options})
    return WorkerPool(made.pipeline, chosen, on_event=made.events.append, stop=made.stop)


async def written(
    made: Line, specs: tuple[VariantSpec, ...] = SPECS, **options: Any
) -> tuple[ShardResult, WorkerPool]:
    pool = pool_of(made, **options)
    return await pool.write("run-1", CAMPAIGN, specs), pool


async def test_a_shard_is_looked_at_when_its_turn_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of it is read when few pieces wait, not when the run begins; shards that are done keep nobody."""
    made = with_model(Endless())
    pool = pool_of(made)
    pending, seen = shard.Shard.pending_tasks, list[tuple[str, int]]()

    async def watched(one: shard.Shard, specs: Any) -> Any:
        seen.append((specs[0].key, len(made.model.asked)))
        return await pending(one, specs)

    monkeypatch.setattr(shard.Shard, "pending_tasks", watched)
    parts = (SPECS[:4], SPECS[4:6], SPECS[6:])
    results = await gather_all(pool.write("run-1", CAMPAIGN, part) for part in parts)
    assert [result.left for result in results] == [0, 0, 0]
    assert [key for key, _ in seen] == [part[0].key for part in parts]
    assert [asked > 0 for _, asked in seen] == [False, True, True]
    seen.clear()
    await gather_all(pool.write("run-1", CAMPAIGN, part) for part in parts)
    assert len(seen) == 3


async def test_a_shard_ends_when_all_is_fetched_that_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """In batches there may be answers at the provider for which no piece waits."""
    made = with_model(Endless())
    told: list[tuple[asyncio.Event, int]] = []

    async def fetched(_: MeteredModel, stop: asyncio.Event) -> None:
        told.append((stop, len([event for event in made.events if event.kind == "completed"])))

    monkeypatch.setattr(MeteredModel, "fetched", fetched)
    await written(made)
    assert told == [(made.stop, 8)]


async def test_every_cell_gets_its_text() -> None:
    """Each is told of when it is complete, and nothing is held afterwards."""
    made = with_model(Endless())
    result, pool = await written(made)
    assert result == ShardResult(8, 0, {"accepted": 8})
    assert (result.left, pool.stopped, pool.failure) == (0, "", "")
    completed = [event for event in made.events if event.kind == "completed"]
    assert [event.piece.spec for event in completed if event.piece] == list(SPECS)
    assert [event.attempt for event in completed] == [1] * 8
    assert made.archive.holders == {}


async def test_only_places_that_something_was_paid_for_are_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One look tells a shard which."""
    asked: list[str] = []
    made = with_model(Endless())
    read = type(made.archive).paid_answers

    def paid_answers(archive: Any, spec: VariantSpec, revision_number: int) -> Any:
        asked.append(spec.key)
        return read(archive, spec, revision_number)

    monkeypatch.setattr(type(made.archive), "paid_answers", paid_answers)
    theirs = PaidAnswer(SPECS[3], 1, answer("Un texte payé.").text, "id-3", Usage("m", 10, 0, 5, 0, 0.5))
    made.archive.keep_answer(None, theirs, run_id="run-0", revision_number=1)
    result, _ = await written(made)
    assert (dict(result.made), asked) == ({"accepted": 8}, [SPECS[3].key])
    assert len(made.model.asked) == 7  # what was paid is read again


@pytest.mark.parametrize("attempts", [1, 2])
async def test_what_is_paid_after_that_look_is_found_when_its_claim_is_refused(
    monkeypatch: pytest.MonkeyPatch, attempts: int
) -> None:
    """By another pool, which ended before it concluded the piece: the answer is used, and not paid again."""
    made = with_model(Endless())
    monkeypatch.setattr(shard, "LOOK_AGAIN_SECONDS", 0.01)
    pending_tasks = shard.Shard.pending_tasks

    async def paid_meanwhile(asked: shard.Shard, specs: Any) -> Any:
        tasks = await pending_tasks(asked, specs)
        for attempt in range(1, attempts + 1):
            usage = Usage("m", 10, 0, 5, 0, 0.5)
            theirs = PaidAnswer(SPECS[5], attempt, answer("Un texte payé.").text, "id-3", usage)
            made.archive.keep_answer(None, theirs, run_id="run-0", revision_number=1)
        return tasks

    monkeypatch.setattr(shard.Shard, "pending_tasks", paid_meanwhile)
    result, _ = await asyncio.wait_for(written(made), 60)
    assert (dict(result.made), len(made.model.asked)) == ({"accepted": 8}, 7)


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_so_many_pieces_are_made_at_once(concurrency: int) -> None:
    """Over all shards of the pool. The first calls wait for one another, however slow the machine."""
    model = Endless(meeting=concurrency)
    made = with_model(model, concurrency=8)
    pool = pool_of(made, concurrency=concurrency)
    await gather_all(pool.write("run-1", CAMPAIGN, part) for part in (SPECS[:4], SPECS[4:]))
    assert model.most_at_once == concurrency


async def test_what_was_refused_is_in_the_result() -> None:
    """By variant, revision and attempt; what the drafts say is in the store."""
    made = line("a !", "b !", "c !", "d")
    result, _ = await written(made, SPECS[:2])
    assert result.made == {"parked": 1, "accepted": 1}
    assert result.refused == (
        (SPECS[0].key, 1, 1), (SPECS[0].key, 1, 2), (SPECS[1].key, 1, 1),
    )  # fmt: skip


# ---- what ends a run


async def test_a_provider_that_fails_from_the_start_is_not_asked_again() -> None:
    """Nothing suggests that the next piece would fare better."""
    made = with_model(Endless(0, 1, 2, 3))
    result, pool = await written(made)
    assert (len(made.model.asked), result.failure, pool.stopped) == (1, "failure 0", "provider")
    assert (result.made, result.left, result.stopped) == ({"failed": 1}, 7, "provider")
    there = made.archive.standing(CAMPAIGN.id)[SPECS[0].key].piece
    assert (there.reason, there.attempts, there.status, there.parts) == ("failure 0", 0, Status.FAILED, {})


async def test_three_failures_in_a_row_end_the_run() -> None:
    """Not two: a piece that works in between begins the count anew. The first failure of the row is told."""
    made = with_model(Endless(1, 2, 4, 5, 6))
    result, _ = await written(made)
    assert len(made.model.asked) == 7
    assert (result.made, result.left, result.failure) == ({"accepted": 2, "failed": 5}, 1, "failure 6")


async def test_two_failures_in_a_row_do_not_end_it() -> None:
    """They are set aside, to be tried by the next run."""
    result, _ = await written(with_model(Endless(1, 2, 4, 5)))
    assert (result.made, result.failure, result.stopped) == ({"accepted": 4, "failed": 4}, "", "")


async def test_a_piece_that_was_there_counts_as_one_that_worked() -> None:
    """The provider worked in an earlier run."""
    made = with_model(Endless(0, 1))
    made.archive._put(accepted(SPECS[0], "Le lin."), CAMPAIGN.sha)
    result, _ = await written(made, SPECS[:4])
    assert (result.kept, result.made, result.failure) == (1, {"failed": 2, "accepted": 1}, "")


async def test_a_budget_ends_the_run() -> None:
    """What exists is kept; the reason is told."""
    made = with_model(Endless(), line(ledger=FakeLedger(refuses=[BudgetReached("spent")])))
    result, pool = await written(made)
    assert (result.stopped, result.left, result.failure, result.made) == ("spent", 8, "", {})
    assert pool.stop.is_set()
    assert made.archive.holders == {}


async def test_the_first_reason_is_the_one_that_is_told() -> None:
    """What follows from it is no news."""
    pool = pool_of(line())
    pool.halt("budget")
    pool.halt("provider")
    assert (pool.stopped, pool.stop.is_set()) == ("budget", True)


async def test_a_run_that_a_person_stops_was_interrupted() -> None:
    """Calls under way are finished."""
    made = with_model(Endless())

    def stop_after_two(event: Event) -> None:
        if event.kind == "completed" and event.spec == SPECS[1]:
            made.stop.set()

    pool = WorkerPool(
        made.pipeline, Options(mirror=0, concurrency=1), on_event=stop_after_two, stop=made.stop
    )
    result = await pool.write("run-1", CAMPAIGN, SPECS)
    assert (result.stopped, result.left, result.made) == ("interrupted", 6, {"accepted": 2})


async def test_a_fault_of_ours_is_raised_when_the_others_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """No new piece is begun; what is under way comes to its end; nothing stays held."""
    ended: list[str] = []
    failing, under_way = asyncio.Event(), asyncio.Event()

    async def produce(task: Any, pipeline: Any, context: Any) -> Piece | None:
        if task.spec == SPECS[0]:
            context.leases.take(None, lease_key(task.piece_id))
            await under_way.wait()
            failing.set()
            raise KeyError("a fault")
        under_way.set()
        await failing.wait()
        await asyncio.sleep(0.01)
        ended.append(task.spec.key)
        return await produce_piece(task, pipeline, context)

    monkeypatch.setattr(shard, "produce_piece", produce)
    made = with_model(Endless(), concurrency=2)
    pool = pool_of(made, concurrency=2)
    with pytest.raises(KeyError, match="a fault"):
        await pool.write("run-1", CAMPAIGN, SPECS)
    assert ended == [SPECS[1].key]
    assert "a fault" in pool.stopped
    assert made.archive.holders == {}


async def test_leases_are_renewed_while_a_shard_is_written() -> None:
    """And given back at its end."""
    made = with_model(Endless())
    pool = pool_of(made)
    seen: list[int] = []
    pool.on_event = lambda _: seen.append(pool.leases.renewing)  # type: ignore[attr-defined]
    await pool.write("run-1", CAMPAIGN, SPECS[:2])
    assert set(seen) == {1}
    assert pool.leases.renewing == 0  # type: ignore[attr-defined]


async def test_gathering_waits_for_all_and_raises_the_first_error() -> None:
    """Nobody is left running: what fails does so while the other one still waits for it."""
    done: list[str] = []
    failed = asyncio.Event()

    async def part(name: str, *, fails: bool = False, after: asyncio.Event | None = None) -> str:
        if after is not None:
            await after.wait()
            await asyncio.sleep(0.01)
        done.append(name)
        if fails:
            failed.set()
            raise ValueError(name)
        return name

    assert await gather_all([part("a"), part("b")]) == ["a", "b"]
    with pytest.raises(ValueError, match="c"):
        await gather_all([part("c", fails=True), part("d", after=failed)])
    assert done == ["a", "b", "c", "d"]


# ---- what is there already, or in other hands


async def test_what_another_run_made_is_kept() -> None:
    """And told; nothing is paid for it."""
    made = with_model(Endless())
    there = accepted(SPECS[0], "Le lin.", run_id="run-0")
    made.archive._put(there, CAMPAIGN.sha)
    made.ledger.savings[(CAMPAIGN.id, SPECS[0].key, 1)] = "run-0"
    result, _ = await written(made, SPECS[:2])
    assert (result.kept, result.made, result.left) == (1, {"accepted": 1}, 0)
    assert made.events[0] == Event("skipped", SPECS[0], piece=there)
    assert made.ledger.savings[(CAMPAIGN.id, SPECS[0].key, 1)] == "run-0"


async def test_a_saving_that_was_lost_is_written_down_later() -> None:
    """The process was killed between a piece and its memo; parked pieces save nothing."""
    made = line()
    made.archive._put(accepted(SPECS[0], "Le lin.", run_id="run-0"), CAMPAIGN.sha)
    made.archive._put(accepted(SPECS[1], "Le vent.", status=Status.PARKED), CAMPAIGN.sha)
    await written(made, SPECS[:2])
    assert made.ledger.savings == {(CAMPAIGN.id, SPECS[0].key, 1): "run-0"}


async def test_what_another_pool_makes_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is there: then it is kept."""
    monkeypatch.setattr(shard, "LOOK_AGAIN_SECONDS", 0.002)
    made = with_model(Endless())
    made.archive.leases().take_attempt(None, SPECS[0], 1, 1)

    async def other() -> None:
        await until(
            lambda: bool(made.model.asked)
        )  # the pool has met the claim and gone on to the next piece
        made.archive._put(accepted(SPECS[0], "Leur texte."), CAMPAIGN.sha)

    (result, _), _ = await asyncio.gather(written(made, SPECS[:2]), other())
    assert (result.kept, result.made) == (1, {"accepted": 1})
    assert made.archive.standing(CAMPAIGN.id)[SPECS[0].key].piece.text == "Leur texte."


async def test_what_another_pool_abandons_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lease ran out, and the piece is not there."""
    monkeypatch.setattr(shard, "LOOK_AGAIN_SECONDS", 0.002)
    made = with_model(Endless())
    theirs = made.archive.leases()
    theirs.take_attempt(None, SPECS[0], 1, 1)

    async def other() -> None:
        await until(
            lambda: bool(made.model.asked)
        )  # the pool has met the claim and gone on to the next piece
        theirs.release([lease_key(f"{SPECS[0].key}-1")])

    (result, _), _ = await asyncio.gather(written(made, SPECS[:2]), other())
    assert (result.kept, result.made, result.left) == (0, {"accepted": 2}, 0)


async def test_who_is_stopped_does_not_wait_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their pieces are left to them."""
    monkeypatch.setattr(shard, "LOOK_AGAIN_SECONDS", 60)
    made = with_model(Endless())
    made.archive.leases(timedelta(hours=1)).take_attempt(None, SPECS[0], 1, 1)
    asyncio.get_running_loop().call_later(0.01, made.stop.set)
    result, _ = await asyncio.wait_for(written(made, SPECS[:1]), 5)
    assert (result.left, result.stopped) == (1, "interrupted")


@pytest.mark.parametrize(
    ("first_attempt", "revision", "there", "done"),
    [
        (1, 1, accepted(SPECS[0], "x"), True),
        (1, 1, accepted(SPECS[0], "x", status=Status.FAILED), False),
        (1, 2, accepted(SPECS[0], "x"), False),
        (1, 1, accepted(SPECS[0], "x", revision_number=2, attempts=0), True),
        (4, 1, accepted(SPECS[0], "x", status=Status.PARKED, attempts=3), False),
        (4, 1, accepted(SPECS[0], "x", status=Status.PARKED, attempts=4), True),
    ],
)
def test_a_task_is_done_when_something_newer_stands_there(
    first_attempt: int, revision: int, there: Piece, done: bool
) -> None:
    """Newer than what the task was to follow."""
    from fakes.pipeline import task

    to_make = task(SPECS[0], first_attempt=first_attempt, revision_number=revision)
    assert shard._done(to_make, Standing(there.revision_number, "sha", there)) is done


async def test_one_of_each_kind_comes_first() -> None:
    """Its prompt is read once; the cache serves the rest."""
    english = tuple(a_variant("en", index=index) for index in range(2))
    made = with_model(Endless())
    await written(made, (*SPECS[:2], *english))
    asked = [event.spec for event in made.events if event.kind == "requested"]
    assert asked == [SPECS[0], english[0], SPECS[1], english[1]]


# ---- what is to be done about a cell

NOW, EARLIER = "run-2", "run-1"
WAITS = accepted(SPECS[0], "x", status=Status.PARKED, approval=Approval.PENDING)
PARKED = accepted(SPECS[0], "x", status=Status.PARKED, attempts=3)
FAILED = accepted(SPECS[0], "", status=Status.FAILED, attempts=0)
CHANGES_REQUESTED = accepted(
    SPECS[0], "x", status=Status.PARKED, approval=Approval.CHANGES_REQUESTED, attempts=2, comment="Shorter.",
    decided_by="Ada",
)  # fmt: skip


def asked(
    piece: Piece | None, sha: str = CAMPAIGN.sha, run_id: str = NOW, **options: Any
) -> tuple[Any, ...] | None:
    """Revision, first attempt, and whether it was sent back."""
    found = None if piece is None else Standing(piece.revision_number, sha, piece)
    task = task_for(SPECS[0], CAMPAIGN, found, Options(**options), run_id)
    if task is None:
        return None
    assert (task.run_id, task.campaign, task.spec) == (run_id, CAMPAIGN, SPECS[0])
    return task.revision_number, task.first_attempt, task.sent_back is not None


def test_an_empty_cell_is_written() -> None:
    """Unless only some pieces are to be written again."""
    assert asked(None) == (1, 1, False)
    assert asked(None, only_rewrite=True) is None


def test_what_stands_stays() -> None:
    """Accepted, waiting or parked."""
    for piece in (accepted(SPECS[0], "x"), WAITS, PARKED):
        assert asked(piece) is None


def test_what_failed_is_tried_again() -> None:
    """In the same revision, from its first attempt."""
    assert asked(FAILED) == (1, 1, False)
    assert asked(FAILED, only_rewrite=True) is None


def test_what_was_sent_back_is_written_with_the_comment() -> None:
    """Behind the attempts that were made; the comment is its last finding."""
    assert asked(CHANGES_REQUESTED) == (1, 3, True)
    assert asked(CHANGES_REQUESTED, only_rewrite=True) is None
    task = task_for(SPECS[0], CAMPAIGN, Standing(1, CAMPAIGN.sha, CHANGES_REQUESTED), Options(), NOW)
    assert task is not None
    assert task.sent_back is not None
    assert [finding.message for finding in task.sent_back.verdict.findings] == ["Ada: Shorter."]


def test_parked_pieces_get_a_new_series_when_it_is_asked_for() -> None:
    """One in each run; those that stand do not."""
    assert asked(PARKED, retry_parked=True) == (1, 4, False)
    assert asked(PARKED, retry_parked=True, run_id=EARLIER) is None
    assert asked(WAITS, retry_parked=True) is None
    assert asked(accepted(SPECS[0], "x"), retry_parked=True) is None


def test_what_was_written_for_another_brief_is_written_again_on_demand() -> None:
    """As the next revision; so is what is named."""
    there = accepted(SPECS[0], "x", revision_number=2)
    assert asked(there, sha="older") is None
    assert asked(there, sha="older", refresh=True) == (3, 1, False)
    assert asked(there, refresh=True) is None
    assert asked(there, rewrite=(there.id,)) == (3, 1, False)
    assert asked(there, rewrite=(there.id,), only_rewrite=True) == (3, 1, False)
    assert asked(there, rewrite=("another-1",)) is None
    assert written_again(Standing(2, "older", there), CAMPAIGN, Options(refresh=True))


# ---- pieces that wait for batches


async def test_in_batches_all_pieces_are_asked_at_once() -> None:
    """However few are made at once otherwise: whoever asked later would wait a day longer."""
    model = Endless(meeting=8)
    made = with_model(model, concurrency=8)
    result, _ = await written(made, batch=True, concurrency=1)
    assert (model.most_at_once, result.left) == (8, 0)


async def test_in_batches_generic_texts_are_asked_for_with_the_first_drafts() -> None:
    """Once for each channel and language before any piece needs them; otherwise by the pieces alone."""
    english = tuple(a_variant("en", index=index) for index in range(2))
    batched, usual = with_model(Endless()), with_model(Endless())
    await written(batched, (*SPECS[:2], *english), batch=True, mirror=3)
    await written(usual, (*SPECS[:2], *english), mirror=3)
    assert usual.generic.asked == [3] * 4
    assert batched.generic.asked == [3] * (2 + 4)


async def test_generic_texts_that_cannot_be_had_end_no_run_by_themselves() -> None:
    """Whoever needs them asks again, and is told."""
    made = with_model(Endless())
    baselines, troubles = made.generic.baselines, [ProviderFailure("away")]

    async def troubled(*asked: Any, **more: Any) -> Any:
        if troubles:
            raise troubles.pop()
        return await baselines(*asked, **more)

    made.generic.baselines = troubled  # type: ignore[method-assign]
    result, _ = await written(made, SPECS[:1], batch=True, mirror=1)
    assert (result.made, result.failure, troubles) == ({"accepted": 1}, "", [])


async def test_one_draft_is_evaluated_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads judge: they would only take the interpreter from one another."""
    at_once = most = 0

    def watched(*arguments: Any) -> Any:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.01)
        at_once -= 1
        return evaluate_each(*arguments)

    monkeypatch.setattr("inedit.pipeline.judging.evaluate_each", watched)
    made = with_model(Endless(meeting=4), concurrency=4)
    pool = pool_of(made, concurrency=4)
    pool.judges = CountingThreads(4, "judge")
    result = await pool.write("run-1", CAMPAIGN, SPECS)
    assert (most, sum(result.made.values())) == (1, len(SPECS))


@pytest.mark.parametrize(("batch", "begun"), [(False, 1), (True, 0)])
async def test_a_judge_gets_ready_while_the_first_answers_are_waited_for(batch: bool, begun: int) -> None:
    """Not in batches, whose answers take hours, nor where there is nothing to write."""
    made, times = with_model(Endless()), list[int]()

    class Watched(JudgeHere):
        def begin(self) -> None:
            times.append(len(made.model.asked))

    made = replace(made, pipeline=replace(made.pipeline, judging=Watched(made.pipeline.encoder)))
    await written(made, SPECS[:2], batch=batch)
    assert times == [0] * begun
    await written(made, SPECS[:2], batch=batch)
    assert len(times) == begun, "all is there"


async def test_nothing_is_begun_once_a_run_is_stopped() -> None:
    """A piece that waited for its turn is left, unclaimed and unasked."""
    made = with_model(Endless())
    made.stop.set()
    result, pool = await written(made, SPECS[:2])
    assert (made.model.asked, made.events, made.archive.holders) == ([], [], {})
    assert (result.left, result.stopped, pool.stopped) == (2, "interrupted", "")
