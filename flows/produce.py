"""The flow *Produce a campaign*: the form that people fill in, the run as they watch it, the result as artifacts.

No rule of the domain lives here. The lists that the form offers are read from the brand project when the flow is
served: after a change in ``brand_data/``, restart ``inedit serve``.
"""

from __future__ import annotations

import asyncio
import os
import textwrap
from pathlib import Path
from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)
from prefect.states import Completed, Failed, State
from pydantic import BaseModel, Field

from inedit.bootstrap import (
    LOCAL_CONCURRENCY,
    REMOTE_CONCURRENCY,
    Settings,
    find_root,
    is_embedded,
    limits_of,
    opened_line,
    opened_store,
    served_model,
)
from inedit.brand.load import load_project
from inedit.campaign_run import Run, run_campaign
from inedit.errors import IneditError
from inedit.model import Severity, Status
from inedit.planning import Narrowing, plan
from inedit.produce import Event, Options

ROOT = find_root(Path(os.environ.get("INEDIT_PROJECT", Path(__file__).parent)))
PROJECT = load_project(ROOT)
ROWS_SHOWN = 200
"""An artifact with more rows than this is slow to read; the rest is counted and left to ``inedit pieces``."""

CELL_CHARS = 44
"""Width of a cell: three languages and their row's name fit a screen."""

CampaignName = Literal[tuple(PROJECT.brand.campaigns)]  # type: ignore[valid-type]  # the files decide
ChannelName = Literal[tuple(PROJECT.brand.channels)]  # type: ignore[valid-type]
SegmentName = Literal[tuple(PROJECT.brand.segments)]  # type: ignore[valid-type]
LanguageTag = Literal[tuple(PROJECT.brand.languages)]  # type: ignore[valid-type]
ToneName = Literal[tuple(PROJECT.brand.tones)]  # type: ignore[valid-type]


class Only(BaseModel):
    """Work on a part of the campaign. An empty list means all of it."""

    channels: list[ChannelName] = Field(default_factory=list, description="Only these channels")
    segments: list[SegmentName] = Field(default_factory=list, description="Only these segments")
    languages: list[LanguageTag] = Field(default_factory=list, description="Only these languages")
    tones: list[ToneName] = Field(default_factory=list, description="Only these tones")


class Limits(BaseModel):
    """What the run may spend."""

    max_cost: str = Field(
        "",
        description="Most it may cost: 2.50, or 2.50 USD. Empty: the campaign's own budget only.",
        pattern=r"^\s*(\d+(\.\d+)?(\s+[A-Z]{3})?)?\s*$",
    )
    max_attempts: int = Field(3, ge=1, le=10, description="Drafts a piece before a person decides")


@flow(
    name="Produce a campaign",
    description="Write the variants of a campaign that do not exist yet.",
    retries=0,
)
async def produce_campaign(
    campaign: CampaignName,  # type: ignore[valid-type]
    only: Only = Only(),  # noqa: B008  # Prefect reads the form's defaults from here; the model is never changed
    limits: Limits = Limits(),  # noqa: B008
    model: str = Settings.from_environment().model,
) -> State[Any]:
    """Write the variants of a campaign that do not exist yet.

    Args:
        campaign: One of the briefs in brand_data/campaigns.
        only: The part of the matrix to work on.
        limits: What the run may spend.
        model: An embedded model, or one of your provider's (the key comes from the environment).
    """
    settings = Settings.from_environment({**os.environ, "INEDIT_MODEL": model})
    concurrency = LOCAL_CONCURRENCY if is_embedded(model) else REMOTE_CONCURRENCY
    options = Options(
        concurrency=concurrency,
        max_attempts=limits.max_attempts,
        narrowing=Narrowing(
            tuple(only.channels), tuple(only.segments), tuple(only.languages), tuple(only.tones)
        ),
    )
    brief = PROJECT.brand.campaigns[campaign]
    try:
        hard_limits = limits_of(brief, settings, limits.max_cost.strip() or None)
        with opened_store(settings, ROOT) as store, served_model(settings) as address:
            async with opened_line(
                PROJECT, settings, store, address, concurrency=concurrency, limits=hard_limits
            ) as line:
                planned = len(plan(brief, line.brand, line.today, options.narrowing))
                async with Watch(planned) as watch:
                    run = await run_campaign(brief, line, options, watch=watch.see)
                cost = line.ledger.summary(run_id=run.id).as_json()
    except IneditError as error:
        return Failed(message=str(error))
    await show_result(run, cost)
    accepted = run.count(Status.ACCEPTED)
    return Completed(message=f"{accepted} of {run.planned} accepted. {run.stopped}".strip())


class Watch:
    """Passes a run's events on to Prefect: a log line each, and a progress artifact that moves."""

    def __init__(self, planned: int) -> None:
        self._planned = max(1, planned)
        self._rested = 0
        self._log = get_run_logger()
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()

    async def __aenter__(self) -> Watch:
        self._artifact = await acreate_progress_artifact(0.0, description=f"0 of {self._planned} pieces")
        self._mover = asyncio.create_task(self._move())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._queue.put_nowait(None)
        await self._mover

    def see(self, event: Event) -> None:
        """Take one event of the run."""
        if event.kind == "judged":
            why = next((f.message for f in event.findings if f.severity is not Severity.NOTE), "")
            self._log.info("%s: draft %d goes back: %s", event.spec.label, event.attempt, why)
        elif event.piece is not None:
            self._rested += 1
            self._log.info("%s: %s %s", event.spec.label, event.piece.status, event.piece.reason)
            self._queue.put_nowait(f"{self._rested} of {self._planned} pieces")

    async def _move(self) -> None:
        while (said := await self._queue.get()) is not None:
            while not self._queue.empty():  # only the newest position is worth a request
                newer = self._queue.get_nowait()
                if newer is None:
                    self._queue.put_nowait(None)
                    break
                said = newer
            done = 100.0 * int(said.split()[0]) / self._planned
            await aupdate_progress_artifact(self._artifact, done, description=said)


async def show_result(run: Run, cost: dict[str, Any]) -> None:
    """The variants side by side as a markdown artifact, each piece's verdict as a table artifact."""
    key = f"run-{run.id}".lower()
    await acreate_markdown_artifact(side_by_side(run), key=f"{key}-variants", description="The variants")
    rows = [
        {
            "piece": piece.id,
            "variant": piece.spec.label,
            "status": str(piece.status),
            "drafts": piece.attempts,
            "cost": None
            if piece.cost_micros is None
            else f"{piece.cost_micros / 1_000_000:.4f} {piece.currency}",
            "minutes saved": piece.minutes_saved,
            "why": piece.reason,
        }
        for piece in run.pieces[:ROWS_SHOWN]
    ]
    left_out = len(run.pieces) - len(rows)
    more = f" ({left_out} more: inedit pieces --run {run.id})" if left_out else ""
    summary = f"{cost['calls']} calls, {cost['input_tokens']} tokens in, {cost['output_tokens']} out{more}"
    await acreate_table_artifact(rows, key=f"{key}-pieces", description=summary)


def side_by_side(run: Run) -> str:
    """Accepted pieces as a markdown table a channel, one column a language; then what was sent back and why."""
    lines = [f"# {run.campaign_id}: {run.count(Status.ACCEPTED)} of {run.planned} accepted", ""]
    accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED][:ROWS_SHOWN]
    for channel in dict.fromkeys(piece.spec.channel for piece in accepted):
        pieces = [piece for piece in accepted if piece.spec.channel == channel]
        languages = list(dict.fromkeys(piece.spec.language for piece in pieces))
        lines += [f"## {channel}", "", "| segment · tone | " + " | ".join(languages) + " |"]
        lines.append("|" + "---|" * (len(languages) + 1))
        cells: dict[str, dict[str, str]] = {}
        for piece in pieces:
            row = f"{piece.spec.segment} · {piece.spec.tone} #{piece.spec.index + 1}"
            cells.setdefault(row, {})[piece.spec.language] = _cell(piece.text)
        for row, texts in cells.items():
            lines.append(
                f"| {row} | " + " | ".join(texts.get(language, "—") for language in languages) + " |"
            )
        lines.append("")
    if run.refusals:
        lines += ["## Sent back", "", "| variant | draft | why | what it copied |", "|---|---|---|---|"]
    for event in run.refusals[:ROWS_SHOWN]:
        blocking = [f for f in event.findings if f.severity is not Severity.NOTE]
        why = "<br>".join(_cell(f"{f.check}: {f.message}") for f in blocking)
        copied = "<br>".join(_cell(match.other_text) for f in blocking for match in f.matches)
        lines.append(f"| {event.spec.label} | {event.attempt} | {why} | {copied} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A table cell. Prefect's tables never wrap, so that the lines are broken here."""
    lines = [line for paragraph in text.splitlines() for line in textwrap.wrap(paragraph, CELL_CHARS) or [""]]
    return "<br>".join(lines).replace("|", "\\|")
