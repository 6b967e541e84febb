"""What a run came to, as artifacts: a summary with links, the variants side by side, every piece's figures, the copies.

Each page is short enough to be read, however many pieces there are: 1,000 pieces are some thirty pages and a summary
that leads to them. A page's key is its address in the UI.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from inedit.brand.names import local_name, variant_name
from inedit.brand.schema import Brand
from inedit.guard.messages import interface_language, message_for, message_in
from inedit.model import Approval, Piece, Severity, Span, Status
from inedit.orchestration.markdown import amount, cell, link, note, prose, safe, table, text_table
from inedit.pipeline import Run
from inedit.pipeline.run_report import RunReport
from inedit.pipeline.task import Event

ROWS_OF_VARIANTS = 24
"""Rows of variants side by side on a page: some eight screens."""

ROWS_OF_FIGURES = 100
"""Rows of a page of figures; Prefect's table artifact can be searched."""

ROWS_OF_REFUSALS = 40
"""Refused drafts on a page."""

REASON_CHARS = 26
"""Width of the column that says why a piece waits."""
VARIANT_CHARS = 15
"""Width of the column that names a variant, so that the figures' columns stand beside it."""

ADDRESS = "/artifacts/artifact/"
STUDIO = "INEDIT_STUDIO_URL"
"""Where people open the studio: *serve* says where its own is, a team names that of its proxy."""
MARKS = {Status.ACCEPTED: "✓", Status.PARKED: "‖", Status.REJECTED: "✗", Status.FAILED: "!"}
ORIGINALITY = {
    "mirror_distance": "mirror",
    "sibling_novelty": "siblings",
    "archive_novelty": "archive",
    "insight_use": "insights",
    "brief_distance": "brief",
    "paste_share": "pasted",
}
"""The figures of originality as their columns are headed. Distances say how far a text stands in topic from what
anybody would get, from its siblings, from the archive and from its brief, 0 the same, 1 nothing in common; "insights"
is the share of the supplied insights that left a receipt, "pasted" that of words taken over from what was supplied."""


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    """One artifact: its key, what a link to it says, and what is on it: Markdown, or rows of figures."""

    key: str
    title: str
    content: str | list[dict[str, Any]]


async def show_result(report: RunReport, brand: Brand) -> str:
    """Leave the result of a run as artifacts; the address of the summary, which leads to the others."""
    run = report.run
    key = key_of(run)
    variants = variant_pages(key, run.pieces, brand)
    inline = [variants[0].content] if len(variants) == 1 else []
    lines = summary(report, brand)
    for heading, pages in (
        ("Side by side", [] if inline else variants),
        ("Figures", figure_pages(key, run.pieces, brand)),
        ("Sent back", refusal_pages(key, run.refusals, brand)),
    ):
        if pages:
            links = [f"- {link(page.title, await show(page))}" for page in pages]
            lines += [f"## {heading}", "", *links, ""]
    return await show(
        Page(key, f"{run.campaign_id}: what was written", "\n".join([*lines, *map(str, inline)]))
    )


async def show(page: Page) -> str:
    """Leave a page as an artifact; its address in the UI."""
    create = acreate_markdown_artifact if isinstance(page.content, str) else acreate_table_artifact
    made = await create(page.content, key=page.key, description=page.title)
    return f"{ADDRESS}{made}"


def state_of(piece: Piece) -> str:
    """Where a piece stands, in a word or two with a mark."""
    match piece.approval:
        case Approval.PENDING:
            return "◌ awaiting approval"
        case Approval.CHANGES_REQUESTED:
            return "↩ sent back"
        case Approval.REJECTED:
            return "✗ not approved"
        case _:
            return f"{MARKS[piece.status]} {piece.status}"


def studio_page(run_id: str) -> str:
    """Where the waiting texts of a run are read and decided on in the studio; empty where nobody has opened one."""
    address = os.environ.get(STUDIO, "").rstrip("/")
    known = address.startswith(("http://", "https://"))
    return f"{address}/pieces?{urlencode({'run': run_id, 'state': 'waiting'})}" if known else ""


def key_of(run: Run) -> str:
    """The key of a run's summary: small letters, figures and dashes, as Prefect wants it."""
    return f"{run.campaign_id}-{run.id}".lower().replace("_", "-")


def summary(report: RunReport, brand: Brand) -> list[str]:
    """The figures of a run in some twenty lines, whatever its size."""
    run = report.run
    awaited = sum(piece.approval is Approval.PENDING for piece in run.pieces)
    title = f"{safe(brand.campaigns[run.campaign_id].name)}: {run.count(Status.ACCEPTED)} of {run.planned} accepted"
    lines = [f"# {title}", ""]
    if awaited:
        page = studio_page(run.id)
        lines += [
            f"**{awaited} await your approval:** open the flow run, on the right, and press *Resume*"
            + (f", or {link('read and decide in the studio', page)}." if page else "."),
            "",
        ]
    if run.stopped:
        lines += [f"**Stopped early:** {safe(run.stopped)}", ""]
    lines += [*(f"- **{fact.name}**: {safe(fact.text)}" for fact in report.facts()), ""]
    lines += _matrix(run.pieces, brand)
    waiting = [piece for piece in run.pieces if not piece.stands]
    if waiting:
        lines += ["## Waiting for a person", ""]
        shown = [
            (f"{cell(variant_name(p.spec, brand), REASON_CHARS)}<br>`{p.id}`", cell(_why(p)))
            for p in waiting[:ROWS_OF_VARIANTS]
        ]
        lines += table(("variant", "why"), shown)
        if len(waiting) > len(shown):
            lines += [f"… and {len(waiting) - len(shown)} more: see the figures.", ""]
    return lines


def variant_pages(key: str, pieces: Sequence[Piece], brand: Brand) -> list[Page]:
    """Variants side by side: a column per language, a row per segment and tone; a channel begins a new page."""
    pages = []
    shown = [piece for piece in pieces if piece.parts]
    total = 0
    for channel in dict.fromkeys(piece.spec.channel for piece in shown):
        of_channel = [piece for piece in shown if piece.spec.channel == channel]
        rows: dict[tuple[str, str, int], dict[str, Piece]] = {}
        for piece in of_channel:
            cell_index = (piece.spec.segment, piece.spec.tone, piece.spec.index)
            rows.setdefault(cell_index, {})[piece.spec.language] = piece
        total += len(rows)
        languages = [tag for tag in brand.languages if any(p.spec.language == tag for p in of_channel)]
        parts = list(_batches(list(rows.items()), ROWS_OF_VARIANTS))
        for number, part in enumerate(parts, start=1):
            name = local_name(brand.channels[channel].name, brand)
            title = f"{name}, page {number} of {len(parts)}" if len(parts) > 1 else name
            lines = [f"## {safe(title)}", "", *_side_by_side(part, languages, brand)]
            pages.append(Page(f"{key}-{channel}-{number}".replace("_", "-"), title, "\n".join(lines)))
    if total <= ROWS_OF_VARIANTS and len(pages) > 1:  # few enough to be read on one page
        return [Page(f"{key}-variants", "Side by side", "\n".join(str(page.content) for page in pages))]
    return pages


def figure_pages(key: str, pieces: Sequence[Piece], brand: Brand) -> list[Page]:
    """Each piece's verdict, scores, cost and minutes saved: pages of rows for table artifacts."""
    parts = list(_batches(pieces, ROWS_OF_FIGURES))
    pages = []
    for number, part in enumerate(parts, start=1):
        title = "Every piece in figures" + (f", page {number} of {len(parts)}" if len(parts) > 1 else "")
        pages.append(Page(f"{key}-figures-{number}", title, [_figures(piece, brand) for piece in part]))
    return pages


def refusal_pages(key: str, refusals: Sequence[Event], brand: Brand) -> list[Page]:
    """Every draft that went back, with what it copied: its own passage next to the other's."""
    parts = list(_batches(refusals, ROWS_OF_REFUSALS))
    counts = Counter(f.check for event in refusals for f in event.findings if f.severity is not Severity.NOTE)
    totals = ", ".join(f"{name} {count}" for name, count in counts.most_common())
    pages = []
    for number, part in enumerate(parts, start=1):
        title = f"{len(refusals)} drafts sent back" + (
            f", page {number} of {len(parts)}" if len(parts) > 1 else ""
        )
        lines = [f"# {title}", "", totals, ""]
        copies = [row for event in part for row in _copies(event, brand)]
        if copies:
            lines += ["## What they copied", ""]
            lines += text_table(("variant", "this draft says", "and there stands", "where"), copies)
        lines += ["## Why they went back", ""]
        lines += text_table(("variant", "draft", "why"), (_reasons(event, brand) for event in part))
        pages.append(Page(f"{key}-sent-back-{number}", title, "\n".join(lines)))
    return pages


def _side_by_side(
    rows: Sequence[tuple[tuple[str, str, int], Mapping[str, Piece]]], languages: Sequence[str], brand: Brand
) -> Iterator[str]:
    """As many languages in one table as can be read on a screen 1,280 pixels wide; then the same rows with the next
    ones. Below each row of texts stands one of what is known of them, so that a text is copied without it."""
    for tags in _batches(languages, 3):
        body = []
        for (segment, tone, index), of_row in rows:
            names = [
                local_name(brand.segments[segment].name, brand),
                local_name(brand.tones[tone].name, brand),
            ]
            first = prose("\n".join((*names, *([f"#{index + 1}"] if index else ()))))
            pieces = [of_row.get(tag) for tag in tags]
            body.append((first, *(prose(piece.text, bold_first=True) if piece else "—" for piece in pieces)))
            body.append(("", *(note(_known_of(piece)) if piece else "" for piece in pieces)))
        yield from text_table(("", *(brand.languages[tag].name for tag in tags)), body)


def _known_of(piece: Piece) -> str:
    sources = ", ".join(dict.fromkeys(receipt.source_id for receipt in piece.verdict.receipts))
    state = "" if piece.status is Status.ACCEPTED else f"{state_of(piece)}\n"
    return state + (f"↳ {sources}" if sources else "no receipt")


def _figures(piece: Piece, brand: Brand) -> dict[str, Any]:
    """A row for a table artifact, which reads Markdown. What people look for fits a screen 1,360 pixels wide; the id,
    for the command line, lies beyond it."""
    verdict = piece.verdict
    scores = {
        heading: "–" if (value := getattr(verdict.originality, name)) is None else f"{value:.2f}"
        for name, heading in ORIGINALITY.items()
    }
    saved = piece.minutes_saved
    drafts = "1 draft" if piece.attempts == 1 else f"{piece.attempts} drafts"
    return {
        "variant": cell(variant_name(piece.spec, brand), VARIANT_CHARS),
        "status": "<br>".join(filter(None, (state_of(piece), cell(_shown_reason(piece)[:80], REASON_CHARS)))),
        "cost": f"{amount(piece.cost_micros, piece.currency)}<br>{drafts}",
        "saved": "–" if saved is None else f"{saved:.1f} min",
        **scores,
        "piece": piece.id,
    }


def _why(piece: Piece) -> str:
    """Why a piece waits for a person and what they may do, in their language."""
    if finding := next((found for found in piece.verdict.findings if found.message == piece.reason), None):
        return message_for(interface_language(os.environ), finding, piece.spec.language)
    return _shown_reason(piece) or piece.status


def _shown_reason(piece: Piece) -> str:
    return message_in(interface_language(os.environ), piece.reason)


def _copies(event: Event, brand: Brand) -> Iterator[tuple[str, str, str, str]]:
    text = event.text
    for finding in event.findings:
        for match in finding.matches:
            longest = max(match.spans, key=_length, default=None)
            ours = longest.of(text) if longest and text else text or finding.message
            source = prose(f"{match.piece_id} ({match.signal}, {match.score:.0%})")
            yield prose(variant_name(event.spec, brand)), prose(ours), prose(match.other_text), source


def _reasons(event: Event, brand: Brand) -> tuple[str, str, str]:
    blocking = [f for f in event.findings if f.severity is not Severity.NOTE]
    language = interface_language(os.environ)
    why = "\n".join(f"{f.check}: {message_in(language, f.message)}" for f in blocking)
    return prose(variant_name(event.spec, brand)), str(event.attempt), prose(why)


def _matrix(pieces: Sequence[Piece], brand: Brand) -> list[str]:
    """How many were accepted of how many, by channel and language."""
    languages = [tag for tag in brand.languages if any(p.spec.language == tag for p in pieces)]
    rows = []
    for channel in dict.fromkeys(piece.spec.channel for piece in pieces):
        counts = []
        for tag in languages:
            there = [p for p in pieces if (p.spec.channel, p.spec.language) == (channel, tag)]
            good = sum(p.status is Status.ACCEPTED for p in there)
            counts.append(f"{good} of {len(there)}" if there else "—")
        rows.append((safe(local_name(brand.channels[channel].name, brand)), *counts))
    return table(("accepted", *(safe(brand.languages[tag].name) for tag in languages)), rows) if rows else []


def _length(span: Span) -> int:
    return span.end - span.start


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
