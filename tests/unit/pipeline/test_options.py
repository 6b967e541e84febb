"""What a run does unless somebody says otherwise, and how its tasks and events begin."""

from __future__ import annotations

from fakes.brand import tiny_campaign
from fakes.pipeline import a_variant, task
from inedit.model import Status, Verdict
from inedit.pipeline.shard import ShardResult
from inedit.pipeline.task import Event, Options, PieceTask
from inedit.planning import Narrowing


def test_a_run_is_cautious_unless_somebody_says_otherwise() -> None:
    """Two pieces at once, three attempts in all (README), five generic texts, one text per call; nothing that is there
    is written again, nobody is asked to approve, nothing waits for a batch."""
    assert Options() == Options(
        concurrency=2, max_attempts=3, refresh=False, rewrite=(), only_rewrite=False, retry_parked=False,
        require_approval=False, mirror=5, candidates=1, batch=False, by_turn=False, narrowing=Narrowing(),
    )  # fmt: skip


def test_a_task_begins_with_its_first_attempt() -> None:
    """And makes as many as the run allows, from wherever it begins."""
    first = PieceTask("run-1", tiny_campaign(), a_variant(), 2)
    assert list(first.attempts(Options())) == [1, 2, 3]
    assert list(task(first_attempt=4).attempts(Options(max_attempts=2))) == [4, 5]
    assert first.piece_id == f"{a_variant().key}-2"
    nothing = first.piece(a_variant(), 3, Verdict())
    assert (nothing.status, nothing.parts, nothing.attempts, nothing.id) == (
        Status.PARKED,
        {},
        3,
        first.piece_id,
    )


def test_an_event_says_no_more_than_it_knows() -> None:
    """Of what another run made there is no attempt."""
    event = Event("skipped", a_variant())
    assert (event.attempt, event.findings, event.piece, event.text) == (0, (), None, "")


def test_cells_without_a_text_are_counted() -> None:
    """Of so many planned, less what was there and what was made, however it ended."""
    assert ShardResult(5).left == 5
    assert ShardResult(5, kept=1).left == 4
    assert ShardResult(5, kept=1, made={"accepted": 2, "failed": 1}).left == 1
