"""An advisor on the real guard, store and ledger, with a stub in the place of both models."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.advice import AdviceKey
from inedit.bootstrap import DEFAULT_MODEL
from inedit.brand.load import Project
from inedit.brand.schema import Campaign
from inedit.ledger.journal.reading import Scope
from inedit.model import Severity, Status
from inedit.pipeline import run_campaign
from inedit.pipeline.advice_answers import is_advisor_finding, is_unadvised
from inedit.pipeline.advice_forecast import Advising, advice_load
from inedit.pipeline.run_report import report_of
from inedit.pipeline.task import Options, Pipeline
from inedit.planning import plan

MakePosts = Callable[..., Campaign]


def is_question(request: Request) -> bool:
    """Whether the advisor is asked, and not the writer."""
    return "not said by any fact" in request["messages"][0]["content"]


def advising(answer: Callable[[str], str]) -> Callable[[Request, int], str]:
    """A stub that writes honestly, and advises by ``answer`` of the message with the text."""

    def both(request: Request, number: int) -> str:
        if is_question(request):
            return answer(request["messages"][-1]["content"])
        return tell_the_insight(request, number)

    return both


def doubts(asked: str) -> str:
    """Marks the last words of the first part, and what nobody wrote."""
    words = asked.split("<<<")[1].split(">>>", maxsplit=1)[0].split()
    quote = " ".join(words[-3:])
    entry = {"quote": quote, "fact": "", "problem": "not said by any fact", "why": "Rien ne le dit."}
    return json.dumps({"findings": [entry, {**entry, "quote": "never written"}]})


def purposes(line: Pipeline) -> list[str]:
    return sorted(entry.purpose for entry in line.ledger.entries(Scope()) if entry.kind == "call")


async def test_the_advice_is_booked_and_a_person_decides(open_line: Any, posts: MakePosts) -> None:
    """What it doubts is parked with a finding to review; each call is in the ledger for its piece; asked as JSON."""
    answers = advising(doubts)
    async with StubOpenAI(answer=answers) as stub, open_line(stub, advisor=DEFAULT_MODEL) as line:
        run = await run_campaign(posts(), line, Options(mirror=0))
        report = report_of(run, line)
    doubted = [piece for piece in run.pieces if any(map(is_advisor_finding, piece.verdict.findings))]
    assert doubted, [(piece.spec.label, piece.reason) for piece in run.pieces]
    for piece in doubted:
        assert piece.status is Status.PARKED
        (finding,) = (found for found in piece.verdict.findings if found.check == "advisor")
        assert finding.severity is Severity.REVIEW
        assert finding.span is not None
        assert finding.span.of(piece.text) in piece.text
    asked = [request for request in stub.requests if is_question(request)]
    assert len(asked) == len(doubted) == purposes(line).count("advice")
    assert all(request["response_format"]["type"] == "json_schema" for request in asked)
    assert all(line.ledger.piece_costs(run_id=run.id).get((p.spec.key, 1)) for p in doubted)
    (fact,) = (fact for fact in report.facts() if fact.name == "advisor")
    assert fact.text == f"stub has something to say of {len(doubted)} pieces"
    assert report.as_json()["totals"]["doubted_by_advisor"] == len(doubted)


async def test_an_answer_that_cannot_be_read_loses_no_draft(open_line: Any, posts: MakePosts) -> None:
    """The pieces are accepted as without an advisor; the run says how many have no advice."""
    answers = advising(lambda _: "I would rather not.")
    async with StubOpenAI(answer=answers) as stub, open_line(stub, advisor=DEFAULT_MODEL) as line:
        run = await run_campaign(posts(), line, Options(mirror=0))
        report = report_of(run, line)
    accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED]
    assert accepted
    assert all(any(map(is_unadvised, piece.verdict.findings)) for piece in accepted)
    (fact,) = (fact for fact in report.facts() if fact.name == "advisor")
    assert fact.alarming
    assert f"{len(accepted)} without its advice" in fact.text
    assert purposes(line).count("advice") == len(accepted)


async def test_a_run_that_goes_on_asks_nothing_twice(
    open_line: Any, posts: MakePosts, monkeypatch: Any
) -> None:
    """Killed after the advice was paid and before the piece was admitted: both answers are read again."""
    campaign, answers = posts(variants_per_cell=1, segments=("families",), tones=("warm",)), advising(doubts)

    class Killed(BaseException): ...

    def killed(*_: Any) -> None:
        raise Killed

    async with StubOpenAI(answer=answers) as stub:
        async with open_line(stub, advisor=DEFAULT_MODEL) as line:
            with monkeypatch.context() as patched:
                patched.setattr("inedit.pipeline.advisor.advice_in", killed)
                with suppress(Killed):
                    await run_campaign(campaign, line, Options(mirror=0))
        paid = len(stub.served)
        assert paid == 2, "a draft that the guard accepts, and the advice on it"
        async with open_line(stub, advisor=DEFAULT_MODEL) as line:
            run = await run_campaign(campaign, line, Options(mirror=0))
        assert len(stub.served) == paid
        assert any(is_advisor_finding(finding) for piece in run.pieces for finding in piece.verdict.findings)
        assert purposes(line) == ["advice", "draft"]


async def test_without_an_advisor_nobody_is_asked(open_line: Any, posts: MakePosts) -> None:
    """As ever."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(posts(), line, Options(mirror=0))
        assert not any(fact.name == "advisor" for fact in report_of(run, line).facts())
    assert not any(map(is_question, stub.requests))


async def test_the_plan_counts_the_question(open_line: Any, posts: MakePosts, project: Project) -> None:
    """As long as it really is, to a fifth."""
    campaign = posts()
    async with StubOpenAI(answer=advising(doubts)) as stub, open_line(stub, advisor=DEFAULT_MODEL) as line:
        specs = plan(campaign, project.brand, line.today)
        expected, _ = advice_load(
            specs, project.brand, campaign, line.templates, line.ledger, Advising("stub", "embedded"), line.today, 1
        )  # fmt: skip
        await run_campaign(campaign, line, Options(mirror=0))
    asked = [
        sum(len(message["content"]) for message in request["messages"])
        for request in stub.requests
        if is_question(request)
    ]
    mean = sum(asked) / len(asked) / 3
    assert (expected.calls, expected.cost_micros) == (len(specs), 0)
    assert abs(expected.input_tokens / len(specs) - 64 - mean) < mean / 5


def test_the_question_is_in_every_new_project() -> None:
    """The same as in the repository."""
    root = Path(__file__).parents[2]
    for language in ("fr", "en", "de", "es", "it"):
        path = Path("prompts") / "_partials" / language / "advisor.md.j2"
        shipped = root / "src" / "inedit" / "brand" / "starter" / path
        assert shipped.read_text("utf-8") == (root / path).read_text("utf-8")
    assert AdviceKey("p-1", 1, "0" * 32, "m").name == f"advice p-1:1 {'0' * 32} m"
