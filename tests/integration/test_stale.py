"""What is stale is found and written again, and the old text stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.pieces import read_pieces
from inedit.brand.schema import Campaign
from inedit.model import Status
from inedit.pipeline import run_campaign
from inedit.pipeline.rejudge import CORRECTED, rejudge
from inedit.pipeline.stale import prompt_digest, stale_pieces
from inedit.pipeline.task import Options, Pipeline


def with_insight(line: Pipeline, id: str, text: dict[str, str]) -> Pipeline:
    """The same line, its brand having corrected an insight."""
    insight = line.brand.insights[id].model_copy(update={"text": text})
    insights = {**line.brand.insights, id: insight}
    return replace(line, brand=line.brand.model_copy(update={"insights": insights}))


async def test_a_piece_is_stale_when_its_prompt_changes_and_not_when_the_budget_does(
    open_line, posts: Callable[..., Campaign]
) -> None:
    """A corrected insight makes its pieces stale; they are written again as a new revision, and nothing else is."""
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        campaign = posts(languages=("fr",))
        run = await run_campaign(campaign, line, Options(mirror=0))
        store = line.archive.store
        accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED]
        assert accepted
        assert all(piece.prompt_sha for piece in read_pieces(store, status=Status.ACCEPTED))
        dearer = campaign.model_copy(update={"budget": None, "deadline": line.today})
        spec = accepted[0].spec
        was = prompt_digest(line.templates, line.brand, campaign, spec, line.today)
        assert was == prompt_digest(line.templates, line.brand, dearer, spec, line.today)
        assert list(stale_pieces(read_pieces(store), line.templates, line.brand, line.today)) == []

        told = spec.insight_ids[0]
        corrected = with_insight(
            line, told, {"fr": "Un jardinier cueille douze courges bleues avant la grêle."}
        )
        stale = list(stale_pieces(read_pieces(store), line.templates, corrected.brand, line.today))
        assert {piece.id for piece in stale} == {p.id for p in accepted if told in p.spec.insight_ids}
        findings = [
            finding.check
            for one in rejudge(store, corrected.brand, line.templates, line.today)
            for finding in one.findings
            if one.piece.id == stale[0].id
        ]
        assert CORRECTED in findings

        again = Options(mirror=0, rewrite=(stale[0].id,), only_rewrite=True)
        asked = len(stub.requests)
        await run_campaign(campaign, line, again)
        assert len(stub.requests) > asked
        revision_numbers = [p.revision_number for p in read_pieces(store) if p.spec.key == stale[0].spec.key]
        assert revision_numbers == [1, 2]
