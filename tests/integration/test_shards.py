"""A run in three steps: begun, written shard by shard by whoever has time, concluded from the store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.runs import end_run
from inedit.brand.schema import Campaign
from inedit.model import Status
from inedit.model.errors import ProviderFailure, StoreError, WrongInput
from inedit.pipeline import WorkerPool, begin_run, conclude_run, run_campaign
from inedit.pipeline.task import Event, Options
from inedit.planning import shards

MakePosts = Callable[..., Campaign]


async def test_shards_written_by_two_teams_make_one_run(open_line, posts: MakePosts) -> None:
    """Two processes (two lines on one database) write half of the shards each: the result is that of one process."""
    campaign, options = posts(languages=("fr", "en"), tones=("plain", "warm")), Options(max_attempts=2)
    async with (
        StubOpenAI(answer=tell_the_insight) as stub,
        open_line(stub) as first,
        open_line(stub) as second,
    ):
        begun = begin_run(campaign, first, options)
        teams = (WorkerPool(first, options), WorkerPool(second, options))
        parts = []
        for position, shard in enumerate(shards(begun.specs, 2)):
            written = await teams[position % 2].write(begun.run_id, campaign, shard)
            parts.append(written)
        run = conclude_run(begun, campaign, first, options, parts)
    assert [piece.spec.key for piece in run.pieces] == [spec.key for spec in begun.specs]
    assert run.count(Status.ACCEPTED) == sum(part.made.get("accepted", 0) for part in parts) > 0
    assert sum(len(part.refused) for part in parts) == len(run.refusals)
    assert all(event.findings for event in run.refusals)
    assert (run.kept, run.stopped, sum(part.left for part in parts)) == (0, "", 0)


async def test_a_shard_that_is_written_again_makes_no_call(open_line, posts: MakePosts) -> None:
    """Dispatched a second time, a shard finds its pieces, and its run does not count them as kept."""
    campaign, options = posts(), Options(max_attempts=2, retry_parked=True)
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        begun = begin_run(campaign, line, options)
        first = await WorkerPool(line, options).write(begun.run_id, campaign, begun.specs)
        served = len(stub.served)
        again = await WorkerPool(line, options).write(begun.run_id, campaign, begun.specs)
        run = conclude_run(begun, campaign, line, options, [again])
    assert len(stub.served) == served
    assert again.kept == again.planned == sum(first.made.values())
    assert run.kept == 0


async def test_an_interrupted_run_is_rejoined_under_its_own_id(open_line, posts: MakePosts) -> None:
    """Going on with a run keeps its id; one that the campaign does not have is refused."""
    campaign, options = posts(), Options(max_attempts=2)
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        begun = begin_run(campaign, line, options)
        await WorkerPool(line, options).write(begun.run_id, campaign, begun.specs[:1])
        end_run(line.archive.store, begun.run_id, "interrupted")
        run = await run_campaign(campaign, line, options, run_id=begun.run_id)
        assert (run.id, run.kept, len(run.pieces)) == (begun.run_id, 0, run.planned)
        with pytest.raises(WrongInput, match="no run 'yesterday'"):
            begin_run(campaign, line, options, run_id="yesterday")


async def test_a_fault_in_one_piece_ends_the_run_once_the_others_are_recorded(
    open_line, posts: MakePosts
) -> None:
    """What is not foreseen is raised, and no call that was under way is left in doubt."""
    campaign = posts(tones=("plain", "warm"), variants_per_cell=4)

    def full_disk(event: Event) -> None:
        if event.kind == "completed":
            raise StoreError("The disk is full: make room and try again.")

    async with (
        StubOpenAI(answer=tell_the_insight, latency_seconds=0.1) as stub,
        open_line(stub, concurrency=4) as line,
    ):
        with pytest.raises(StoreError, match="make room"):
            await run_campaign(campaign, line, Options(concurrency=4, mirror=0), on_event=full_disk)
        assert list(line.ledger.pending()) == []
        assert len(stub.served) < 12


async def test_a_provider_that_fails_a_shard_ends_the_run(open_line, posts: MakePosts) -> None:
    """The shard's result says so, and concluding raises it with the provider's words."""
    campaign, options = posts(tones=("plain", "warm")), Options()
    async with StubOpenAI(status=500, error="down") as stub, open_line(stub) as line:
        begun = begin_run(campaign, line, options)
        written = await WorkerPool(line, options).write(begun.run_id, campaign, begun.specs)
        assert "down" in written.failure
        assert written.stopped == "provider"
        with pytest.raises(ProviderFailure, match="down"):
            conclude_run(begun, campaign, line, options, [written])
