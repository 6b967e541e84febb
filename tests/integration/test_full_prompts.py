"""The default prompts, those for capable models, through the whole pipeline: a stub gives answers that a capable model
wrote to such prompts (``stored_answers.jsonl``; origin and cell in each row)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes.stub_openai import StubOpenAI
from inedit.brand.load import Project
from inedit.brand.schema import Campaign
from inedit.ledger.journal.reading import Scope
from inedit.model import Status
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Options

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "stored_answers.jsonl").read_text(encoding="utf-8").splitlines()
]


def brief_for(row: dict[str, Any], project: Project) -> Campaign:
    """The large campaign, narrowed to the cell and the insight that an answer was written for."""
    cell = row["cell"]
    return project.brand.campaigns[cell["campaign_id"]].model_copy(
        update={
            "channels": (cell["channel"],), "languages": (cell["language"],), "segments": (cell["segment"],),
            "tones": (cell["tone"],), "variants_per_cell": 1, "insights": tuple(cell["insight_ids"]),
            "claims": tuple(cell["claim_ids"]), "angles": (cell["angle"],), "budget": None,
        }
    )  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['cell']['language']} {row['cell']['channel']}")
async def test_a_capable_models_answer_becomes_a_piece(
    open_line, project: Project, row: dict[str, Any]
) -> None:
    """The model reads the brief, its answer is accepted at the first attempt with a receipt, in its own words, and the
    ledger row says which prompts were used."""
    cell, brief = row["cell"], brief_for(row, project)
    answer = json.dumps(row["answer"], ensure_ascii=False)
    async with StubOpenAI(answer=answer) as stub, open_line(stub, prompts="full") as line:
        run = await run_campaign(brief, line, Options(mirror=0))
        [entry] = [entry for entry in line.ledger.entries(Scope()) if entry.kind == "call"]
    [piece] = run.pieces
    assert piece.status is Status.ACCEPTED, piece.reason
    assert (piece.attempts, len(stub.requests)) == (1, 1)
    told = {receipt.source_id for receipt in piece.verdict.receipts}
    assert set(cell["insight_ids"]) <= told
    assert piece.verdict.own_words is not None
    assert piece.verdict.own_words.paste_share <= 0.1
    assert json.loads(entry.details or "{}")["prompts"] == "full"
    [request] = stub.requests
    read = "\n".join(message["content"] for message in request["messages"])
    segment, tone = project.brand.segments[cell["segment"]], project.brand.tones[cell["tone"]]
    for text in (
        *segment.worries[cell["language"]], *tone.do[cell["language"]], brief.objective[cell["language"]],
        brief.offer[cell["language"]], project.brand.angles[cell["angle"]].instruction[cell["language"]],
    ):  # fmt: skip
        assert text in read
    assert piece.parts["offer"] == brief.offer[cell["language"]], "settled: a post needs not answer it"


async def test_a_refused_answer_is_written_again_from_its_reasons(open_line, project: Project) -> None:
    """A note pasted as it is goes back with a reason, in the brief's own language; the next answer gets in."""
    row = ROWS[0]
    brief, language = brief_for(row, project), row["cell"]["language"]
    note = project.brand.insights[row["cell"]["insight_ids"][0]].text[language]
    pasted = {
        **row["answer"],
        "story": f"{note} {note} " + "Le linge reste dans la maison, et la maison le sait. " * 3,
    }
    answers = [json.dumps(parts, ensure_ascii=False) for parts in (pasted, row["answer"])]
    async with StubOpenAI(answer=answers) as stub, open_line(stub, prompts="full") as line:
        run = await run_campaign(brief, line, Options(mirror=0))
    [piece] = run.pieces
    assert (piece.status, piece.attempts) == (Status.ACCEPTED, 2), piece.reason
    last = stub.requests[-1]["messages"][-1]["content"]
    assert "Votre texte précédent est revenu de la relecture" in last
