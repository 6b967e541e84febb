"""Several texts in one call: paid once, each judged, and the acceptable one least like its siblings is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fakes.stub_openai import StubOpenAI
from inedit.archive.paid_before import PaidBefore
from inedit.brand.schema import Campaign
from inedit.ledger.journal.reading import Scope
from inedit.model import Status
from inedit.pipeline import run_campaign
from inedit.pipeline.forecast import forecast
from inedit.pipeline.run_report import report_of
from inedit.pipeline.task import Options
from inedit.planning import plan

MakePosts = Callable[..., Campaign]
TORN = (
    "Regardez de plus près.",
    "Une chaise a coincé la nappe, et la voilà déchirée au même endroit que toutes les autres.",
)
PULLED = (
    "Un pan de nappe sous un pied de chaise.",
    "Quelqu’un se lève, la chaise tient le tissu, il cède : c’est là que la plupart se déchirent.",
)
WRONG = (
    "Regardez de plus près.",
    "Depuis 1950, 99 % des nappes se déchirent là où une chaise les a coincées.",
)
BRIEF: dict[str, Any] = {
    "insights": ("chair-tear",),
    "claims": ("repair-for-life",),
    "segments": ("families",),
}


def several(*texts: tuple[str, str], alone: bool = False) -> Callable[[Any, int], str]:
    """Answers every request with these texts, each in the parts that the request's schema asks for; ``alone`` with the
    first one whatever was asked."""

    def answer(request: Any, _: int) -> str:
        schema = request["response_format"]["json_schema"]["schema"]
        listed = schema["properties"].get("candidates")
        one = listed["items"] if listed else schema
        made = [_parts(one["properties"], text) for text in texts]
        return json.dumps({"candidates": made} if listed and not alone else made[0], ensure_ascii=False)

    return answer


def _parts(properties: dict[str, Any], text: tuple[str, str]) -> dict[str, str]:
    free = [name for name, allowed in properties.items() if "enum" not in allowed]
    words = dict(zip(free, text, strict=True))
    return {name: words.get(name) or allowed["enum"][0] for name, allowed in properties.items()}


async def test_the_faulty_one_is_passed_over_and_the_call_is_paid_once(open_line, posts: MakePosts) -> None:
    """The second text gets in at the first attempt; one ledger row says how many texts were asked for."""
    async with StubOpenAI(answer=several(WRONG, TORN)) as stub, open_line(stub) as line:
        run = await run_campaign(posts(**BRIEF), line, Options(mirror=0, candidates=2))
        calls = [entry for entry in line.ledger.entries(Scope()) if entry.kind == "call"]
        report = report_of(run, line)
    [piece] = run.pieces
    assert (piece.status, piece.attempts) == (Status.ACCEPTED, 1), piece.reason
    assert "coincé la nappe" in piece.text
    assert len(calls) == len(stub.requests) == 1
    details = json.loads(calls[0].details or "{}")
    assert (details["prompts"], details["candidates"]) == ("small", 2)
    assert report.as_json()["candidates"] == 2
    assert any("2 texts per call" in fact.text for fact in report.facts())
    [request] = stub.requests
    assert "2 textes" in request["messages"][-1]["content"]


async def test_the_one_least_like_its_siblings_is_kept(open_line, posts: MakePosts) -> None:
    """Beside a sibling that tells of the torn cloth, the other retelling is taken, though it stands second."""
    async with StubOpenAI(answer=several(TORN)) as stub, open_line(stub) as line:
        await run_campaign(posts(**BRIEF), line, Options(mirror=0))
        stub.answer = several(("Regardez bien.", TORN[1].replace("voilà", "retrouve")), PULLED)
        two = posts(**BRIEF, variants_per_cell=2)
        run = await run_campaign(two, line, Options(mirror=0, candidates=2))
    newest = next(piece for piece in run.pieces if piece.spec.index == 1)
    assert newest.status is Status.ACCEPTED, newest.reason
    assert newest.attempts == 1
    assert "tient le tissu" in newest.text


async def test_none_acceptable_goes_back_with_the_nearest_ones_findings(open_line, posts: MakePosts) -> None:
    """The refused draft is the one with the fewest faults; the next answer may be of one text."""
    async with StubOpenAI(answer=several(WRONG, WRONG)) as stub, open_line(stub) as line:
        run = await run_campaign(posts(**BRIEF), line, Options(mirror=0, candidates=2, max_attempts=2))
        assert len(stub.requests) == 2
    [piece] = run.pieces
    assert piece.status is Status.PARKED
    assert any(finding.check == "figures" for finding in piece.verdict.findings)


async def test_an_answer_of_one_text_is_taken_as_it_is(open_line, posts: MakePosts) -> None:
    """A model that ignores the request for several has written one."""
    async with StubOpenAI(answer=several(TORN, alone=True)) as stub, open_line(stub) as line:
        run = await run_campaign(posts(**BRIEF), line, Options(mirror=0, candidates=3))
    assert run.count(Status.ACCEPTED) == 1


async def test_the_forecast_counts_every_text(open_line, posts: MakePosts) -> None:
    """Before any call by the length of the examples; afterwards by the calls that asked for as many."""
    campaign = posts(**BRIEF)
    async with StubOpenAI(answer=several(TORN)) as stub, open_line(stub) as line:
        specs = plan(campaign, line.brand, line.today)

        def drafts(count: int) -> Any:
            return forecast(
                specs, line.brand, campaign, line.templates, PaidBefore(line.ledger.store), line.ledger,
                provider=line.provider, model="stub", today=line.today, max_attempts=1, concurrency=1, candidates=count,
            )  # fmt: skip

        one, four = drafts(1), drafts(4)
        assert four.drafts.output_tokens == 4 * one.drafts.output_tokens
        assert four.drafts.calls == one.drafts.calls
        assert four.as_json()["candidates"] == 4
        assert any("4 texts per call" in value for _, value in four.sentences())
        await run_campaign(campaign, line, Options(mirror=0, candidates=2))
        assert line.ledger.history.mean_usage(provider=line.provider, model="stub", candidates=2) is not None
        assert line.ledger.history.mean_usage(provider=line.provider, model="stub") is None
