"""What a run, a plan and a prompt look like in the terminal and in JSON."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inedit.guard.messages import interface_language, message_in
from inedit.model import Piece, Severity, VariantSpec
from inedit.pipeline.manner import sameness_lines
from inedit.pipeline.run_report import Fact, RunReport, originality_facts

if TYPE_CHECKING:
    from inedit.brand.schema import Brand
    from inedit.guard.similarity.diversity import Diversity
    from inedit.guard.similarity.sameness import Pattern
    from inedit.model import Originality, Prompt

SHOWN_REFUSALS = 12
FIGURES = ("mirror", "siblings", "archive", "insights", "brief", "pasted")
"""The fields of :class:`~inedit.model.Originality` in their order, as a cell names them."""

HEAD_CHARS = 20
LANGUAGE_CHARS = 28
"""A column narrower than this breaks every other word."""


def show_run(console: Console, brand: Brand, report: RunReport) -> None:
    """The accepted variants side by side, what was refused and why, what it cost and saved."""
    pieces_side_by_side(console, brand, report.accepted)
    if report.parked:
        console.print(_waiting(report.parked))
    if report.run.refusals:
        console.print(_refusals(report))
    console.print(_facts(report.facts()))


def pieces_side_by_side(console: Console, brand: Brand, pieces: Sequence[Piece]) -> None:
    """A table a channel, a column a language, as many as the terminal is wide enough for."""
    fit = max(1, (console.width - HEAD_CHARS) // LANGUAGE_CHARS)
    for channel in dict.fromkeys(piece.spec.channel for piece in pieces):
        of_channel = [piece for piece in pieces if piece.spec.channel == channel]
        languages = list(dict.fromkeys(piece.spec.language for piece in of_channel))
        for start in range(0, len(languages), fit):
            shown = languages[start : start + fit]
            console.print(_side_by_side(brand, channel, [p for p in of_channel if p.spec.language in shown]))


def _side_by_side(brand: Brand, channel: str, pieces: Sequence[Piece]) -> Table:
    languages = list(dict.fromkeys(piece.spec.language for piece in pieces))
    table = Table(
        title=_localised(brand.channels[channel].name, languages[0]), title_style="bold", title_justify="left",
        box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 1),
    )  # fmt: skip
    table.add_column("segment · tone", style="dim", max_width=16)
    for language in languages:
        table.add_column(brand.languages[language].name, ratio=1)
    rows: dict[tuple[str, str, int], dict[str, Piece]] = {}
    for piece in pieces:
        spec = piece.spec
        rows.setdefault((spec.segment, spec.tone, spec.index), {})[spec.language] = piece
    for (segment, tone, index), cells in rows.items():
        name = _localised(brand.segments[segment].name, languages[0])
        manner = _localised(brand.tones[tone].name, languages[0])
        head = f"{name}\n{manner}" + (f"\n#{index + 1}" if index else "")
        table.add_row(head, *(_cell(cells.get(language)) for language in languages))
    return table


def _cell(piece: Piece | None) -> Text:
    if piece is None:
        return Text("—", style="dim")
    text = Text()
    for position, part in enumerate(filter(None, piece.parts.values())):
        text.append(part, style="bold" if position == 0 else "")
        text.append("\n")
    sources = ", ".join(dict.fromkeys(receipt.source_id for receipt in piece.verdict.receipts))
    text.append(f"↳ {sources or 'no receipt'}\n", style="cyan")
    text.append(piece.id, style="dim")
    if figures := _figures(piece.verdict.originality):
        text.append(f"\n{figures}", style="dim")
    return text


def _figures(originality: Originality) -> str:
    """« mirror .92 · siblings .59 · insights 1.00 »: what was measured, in the order of the run's closing lines."""
    named = zip(FIGURES, astuple(originality), strict=True)
    return " · ".join(f"{name} {value:.2f}" for name, value in named if value is not None)


def _waiting(pieces: Iterable[Piece]) -> Table:
    table = Table(title="Waiting for a person", title_style="bold yellow", title_justify="left",
                  box=box.SIMPLE_HEAD, expand=True)  # fmt: skip
    table.add_column("piece", style="dim", no_wrap=True)
    table.add_column("variant")
    table.add_column("why", ratio=1)
    for piece in pieces:
        table.add_row(piece.id, Text(piece.spec.label), Text(piece.reason or piece.status))
    return table


def _refusals(report: RunReport) -> Group:
    refusals = report.run.refusals
    reasons = ", ".join(f"{check} {count}" for check, count in report.refused_for.most_common())
    language = interface_language(os.environ)
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("variant", max_width=34)
    table.add_column("draft", justify="right")
    table.add_column("why it went back", ratio=1)
    for event in refusals[:SHOWN_REFUSALS]:
        blocking = [f for f in event.findings if f.severity is not Severity.NOTE]
        table.add_row(
            Text(event.spec.label),
            str(event.attempt),
            Text("\n".join(f"{f.check}: {message_in(language, f.message)}" for f in blocking)),
        )
    more = len(refusals) - SHOWN_REFUSALS
    title = Text.assemble(("Refused drafts: ", "bold"), (f"{len(refusals)}", "bold"), f"  ({reasons})")
    tail = [Text(f"… and {more} more: see --json", style="dim")] if more > 0 else []
    return Group(title, table, *tail)


def show_originality(
    console: Console,
    medians: Mapping[str, float | None],
    diversity: Mapping[str, Diversity],
    sameness: Mapping[str, Sequence[Pattern]],
) -> None:
    """The figures of a set of pieces, each on a line of its own."""
    facts = (*originality_facts(medians, diversity), *(Fact(*line) for line in sameness_lines(sameness)))
    console.print(_facts(facts))


def _facts(facts: Iterable[Fact]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", justify="right")
    table.add_column()
    for fact in facts:
        table.add_row(fact.name, Text(fact.text, style="yellow" if fact.alarming else ""))
    return Padding(table, (1, 0))


def show_prompt(console: Console, spec: VariantSpec, prompt: Prompt, why: Sequence[str] = ()) -> None:
    """The messages of a prompt, as they would be sent, and why the variant was given what it was given."""
    console.print(f"[bold]{spec.label}[/]  [dim]{prompt.template_id} {prompt.template_sha[:12]}[/]")
    for message in prompt.messages:
        console.rule(message.role, align="left", style="dim")
        console.print(Text(message.content))
    if why:
        console.rule("why", align="left", style="dim")
    for sentence in why:
        console.print(Text(sentence))


def _localised(names: dict[str, str], language: str) -> str:
    return names.get(language) or next(iter(names.values()))
