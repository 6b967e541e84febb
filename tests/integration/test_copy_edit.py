"""A copy edit on the real guard, store and ledger, with a stub in the place of the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.paid_before import PaidBefore
from inedit.brand.load import Project
from inedit.brand.schema import Campaign
from inedit.ledger.journal.reading import Scope
from inedit.model import Status
from inedit.model.errors import WrongInput
from inedit.pipeline import run_campaign
from inedit.pipeline.forecast import forecast
from inedit.pipeline.run_report import report_of
from inedit.pipeline.task import Options, Pipeline
from inedit.planning import plan
from inedit.prompting import Templates

MakePosts = Callable[..., Campaign]
EDITING = Options(mirror=0, copy_edit=True)
QUESTIONS = (
    "# La relecture", "# The second reading", "# Das Gegenlesen", "# La segunda lectura", "# La rilettura",
)  # fmt: skip


def is_edit(request: Request) -> bool:
    """Whether a copy edit is asked for, and not a draft."""
    return request["messages"][-1]["content"].startswith(QUESTIONS)


def shortened(request: Request) -> str:
    """The draft with another end to its first line."""
    parts = json.loads(request["messages"][-2]["content"])
    return json.dumps({**parts, "hook": parts["hook"].rstrip(".!?") + "."}, ensure_ascii=False)


def editing(edit: Callable[[Request], str]) -> Callable[[Request, int], str]:
    """A stub that writes honestly, and edits by ``edit`` of the request."""

    def both(request: Request, number: int) -> str:
        return edit(request) if is_edit(request) else tell_the_insight(request, number)

    return both


def purposes(line: Pipeline) -> list[str]:
    return sorted(entry.purpose for entry in line.ledger.entries(Scope()) if entry.kind == "call")


async def test_the_edited_text_is_in_the_archive_and_each_edit_in_the_books(
    open_line: Any, posts: MakePosts
) -> None:
    """One edit per accepted piece, whose text is the edited one; nothing is amiss in the ledger."""

    def edited(request: Request) -> str:
        parts = json.loads(request["messages"][-2]["content"])
        return json.dumps({**parts, "hook": f"{parts['hook'].rstrip('.')} …"}, ensure_ascii=False)

    async with StubOpenAI(answer=editing(edited)) as stub, open_line(stub) as line:
        run = await run_campaign(posts(), line, EDITING)
        report = report_of(run, line)
        accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED]
        assert accepted, [(piece.spec.label, piece.reason) for piece in run.pieces]
        assert all(piece.parts["hook"].endswith("…") for piece in accepted)
        edits = [request for request in stub.requests if is_edit(request)]
        assert len(edits) == purposes(line).count("copy-edit") >= len(accepted)
        assert all(request["response_format"]["type"] == "json_schema" for request in edits)
        assert line.ledger.verify().flaws == ()
    (fact,) = (fact for fact in report.facts() if fact.name == "copy edit")
    count = len(accepted)
    assert fact.text == f"{count} of {count} pieces accepted or awaiting approval have the edited text"
    told = report.as_json()
    assert (told["copy_edit"], told["totals"]["copy_edited"]) == (True, count)


@pytest.mark.parametrize(
    "edit",
    ["I would rather not.", '{"hook": "Gratis, 90 % billiger!"}', '{"hook": "', ""],
)
async def test_an_edit_that_is_no_text_of_ours_changes_nothing(
    open_line: Any, posts: MakePosts, edit: str
) -> None:
    """What cannot be read, or would not be accepted, leaves the draft as it was."""
    async with StubOpenAI(answer=editing(lambda _: edit)) as stub, open_line(stub) as line:
        run = await run_campaign(posts(), line, EDITING)
    accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED]
    assert accepted
    assert not any("billiger" in piece.text for piece in accepted)
    assert run.tally.copy_edited == 0
    assert {piece.attempts for piece in accepted} == {1}


async def test_a_run_that_goes_on_asks_nothing_twice(
    open_line: Any, posts: MakePosts, monkeypatch: Any
) -> None:
    """Killed after the edit was paid and before the piece was admitted: both answers are read again."""
    campaign = posts(variants_per_cell=1, segments=("families",), tones=("warm",))

    class Killed(BaseException): ...

    def killed(*_: Any) -> None:
        raise Killed

    async with StubOpenAI(answer=editing(shortened)) as stub:
        async with open_line(stub) as line:
            with monkeypatch.context() as patched:
                patched.setattr("inedit.pipeline.attempt._admit_or_refuse", killed)
                with suppress(Killed):
                    await run_campaign(campaign, line, EDITING)
        paid = len(stub.served)
        assert paid == 2, "a draft that the guard accepts, and the edit of it"
        async with open_line(stub) as line:
            run = await run_campaign(campaign, line, EDITING)
            assert purposes(line) == ["copy-edit", "draft"]
        assert len(stub.served) == paid
        assert [piece.status for piece in run.pieces] == [Status.ACCEPTED]


async def test_the_plan_counts_the_edits(open_line: Any, posts: MakePosts, project: Project) -> None:
    """One per piece at least, as long as they really are, to a fifth."""
    campaign = posts()
    async with StubOpenAI(answer=editing(shortened)) as stub, open_line(stub) as line:
        specs = plan(campaign, project.brand, line.today)
        outlook = forecast(
            specs, project.brand, campaign, line.templates, PaidBefore(line.ledger.store), line.ledger,
            provider="embedded", model="another", today=line.today, max_attempts=3, concurrency=1, copy_edit=True,
        )  # fmt: skip
        await run_campaign(campaign, line, EDITING)
    asked = [
        sum(len(message["content"]) for message in request["messages"])
        for request in stub.requests
        if is_edit(request)
    ]
    mean = sum(asked) / len(asked) / 3
    assert outlook.as_json()["copy_edit_calls"] == [len(specs), 3 * len(specs)]
    assert ("copy edit", "one more call per accepted draft") in outlook.sentences()
    assert abs(outlook.edits.input_tokens / len(specs) - 64 - mean) < mean / 5
    assert outlook.least.calls == 2 * len(specs)
    batched = dict(replace(outlook, batch=True).sentences())
    assert batched["time"].endswith("6 rounds at most for the drafts and their edits")


async def test_without_the_question_nothing_is_paid(open_line: Any, posts: MakePosts) -> None:
    """The run says where it comes from before anything is asked."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        sources = {path: text for path, text in line.templates.sources.items() if "copy-edit" not in path}
        bare = replace(line, templates=Templates(line.templates.sheets, sources))
        with pytest.raises(WrongInput, match=r"copy-edit\.md\.j2, the question of a copy edit"):
            await run_campaign(posts(), bare, EDITING)
    assert stub.served == []
