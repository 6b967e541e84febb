"""How an answer ended decides what comes next: a cut is asked again once with more room, a filter not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight
from inedit.brand.schema import Campaign
from inedit.model import Status
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Options
from inedit.pipeline.unfinished_answers import CUT_RAISE

MakePosts = Callable[..., Campaign]
ONE = {"segments": ("families",), "tones": ("plain",)}
CUT_TEXT = '{"hook": "Une nappe'


def limit_of(request: Request) -> int:
    """The most tokens that a request allows."""
    return int(request.get("max_tokens") or request["max_completion_tokens"])


async def test_a_cut_answer_is_asked_again_once_with_more_room_and_then_parked(
    open_line, posts: MakePosts
) -> None:
    """Two calls, not three, the second with a higher limit; the person reads that the answer was cut."""
    async with (
        StubOpenAI(answer=CUT_TEXT, finish_reason="length") as stub,
        open_line(stub) as line,
    ):
        run = await run_campaign(posts(**ONE), line, Options(mirror=0, max_attempts=5))
        outcomes = [entry.outcome for entry in line.ledger.entries() if entry.kind == "call"]
    first, second = (limit_of(request) for request in stub.requests)
    assert second == CUT_RAISE * first
    (piece,) = run.pieces
    assert (piece.status, piece.attempts) == (Status.PARKED, 2)
    assert piece.reason == f"The answer was cut off again, at the raised limit of {second:,} tokens."
    assert outcomes == ["cut", "cut"]
    assert [event.findings[0].check for event in run.refusals] == ["cut", "cut"]


async def test_more_room_is_enough_for_an_answer_that_was_only_long(open_line, posts: MakePosts) -> None:
    """The usual limit cuts it, the raised one does not: the second answer is read as any other."""
    limits: set[int] = set()

    def ends(request: Request) -> str:
        limits.add(limit_of(request))
        return "stop" if limit_of(request) > min(limits) else "length"

    def answer(request: Request, number: int) -> str:
        return tell_the_insight(request, number) if number else CUT_TEXT

    async with StubOpenAI(answer=answer, finish_reason=ends) as stub, open_line(stub) as line:
        run = await run_campaign(posts(**ONE), line, Options(mirror=0))
        outcomes = [entry.outcome for entry in line.ledger.entries() if entry.kind == "call"]
    assert outcomes == ["cut", "answered"]
    assert run.count(Status.ACCEPTED) == 1, run.pieces


async def test_an_answer_that_is_whole_at_the_limit_is_read(open_line, posts: MakePosts) -> None:
    """The limit fell on its last brace: the ledger says cut, and the text is judged all the same."""
    async with StubOpenAI(answer=tell_the_insight, finish_reason="length") as stub, open_line(stub) as line:
        run = await run_campaign(posts(**ONE), line, Options(mirror=0))
    assert run.count(Status.ACCEPTED) == 1, run.pieces
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("ending", "said", "outcome"),
    [
        (
            {"finish_reason": "content_filter"},
            "The provider's content filter stopped the answer.",
            "filtered",
        ),
        (
            {"refusal": "I cannot write that."},
            "The model declined to write it: “I cannot write that.”",
            "refused",
        ),
    ],
)
async def test_what_is_filtered_or_declined_is_parked_with_its_reason(
    open_line, posts: MakePosts, ending: dict[str, str], said: str, outcome: str
) -> None:
    """One call is paid; no retry follows that would end the same way."""
    async with StubOpenAI(**ending) as stub, open_line(stub) as line:  # type: ignore[arg-type]
        run = await run_campaign(posts(**ONE), line, Options(mirror=0))
        outcomes = [entry.outcome for entry in line.ledger.entries() if entry.kind == "call"]
        again = await run_campaign(posts(**ONE), line, Options(mirror=0))
    assert (outcomes, len(stub.requests)) == ([outcome], 1)
    assert [(piece.status, piece.reason) for piece in run.pieces] == [(Status.PARKED, said)]
    assert again.kept == 1


async def test_a_question_that_the_filter_refuses_costs_nothing_and_is_parked(
    open_line, posts: MakePosts
) -> None:
    """A 400 with the filter's code: nothing is billed, nothing is asked again, and the run goes on."""
    refusing = StubOpenAI(status=400, error="The prompt triggered the policy.", error_code="content_filter")
    async with refusing as stub, open_line(stub) as line:
        run = await run_campaign(posts(tones=("plain", "warm")), line, Options(mirror=0))
        assert line.ledger.pending() == []
        assert [entry for entry in line.ledger.entries() if entry.kind == "call"] == []
    assert (len(stub.requests), run.stopped) == (run.planned, "")
    assert all("The prompt triggered the policy." in piece.reason for piece in run.pieces)
    assert run.count(Status.PARKED) == run.planned


async def test_an_interrupted_run_knows_how_its_paid_answers_ended(open_line, posts: MakePosts) -> None:
    """The second process reads the first one's cut from the ledger and asks with more room at once."""
    async with StubOpenAI(answer=CUT_TEXT, finish_reason="length") as stub, open_line(stub) as line:
        await run_campaign(posts(**ONE), line, Options(mirror=0, max_attempts=1))
        await run_campaign(posts(**ONE), line, Options(mirror=0, max_attempts=2, retry_parked=True))
    assert len({limit_of(request) for request in stub.requests}) == 2
