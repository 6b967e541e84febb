"""What a run, a plan and a prompt look like in the terminal and in JSON."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inedit.cli.pieces_table import pieces_side_by_side
from inedit.guard.messages import interface_language, message_in
from inedit.model import Piece, Severity, VariantSpec
from inedit.pipeline.manner import sameness_lines
from inedit.pipeline.run_report import Fact, RunReport, originality_facts

if TYPE_CHECKING:
    from inedit.brand.schema import Brand
    from inedit.guard.similarity.diversity import Diversity
    from inedit.guard.similarity.sameness import Pattern
    from inedit.model import Prompt

SHOWN_REFUSALS = 12


def show_run(console: Console, brand: Brand, report: RunReport) -> None:
    """The accepted variants side by side, what was refused and why, what it cost and saved.

    The last is shown as well where pieces cannot be read, before the error of that.
    """
    try:
        pieces_side_by_side(console, brand, report.accepted)
        if parked := report.parked:
            console.print(_waiting(parked))
        if report.run.refusals:
            console.print(_refusals(report))
    finally:
        console.print(_facts(report.facts()))


def _waiting(pieces: Iterable[Piece]) -> Table:
    table = Table(title="Waiting for a person", title_style="bold yellow", title_justify="left",
                  box=box.SIMPLE_HEAD, expand=True)  # fmt: skip
    table.add_column("piece", style="dim", no_wrap=True)
    table.add_column("variant")
    table.add_column("why", ratio=1)
    language = interface_language(os.environ)
    for piece in pieces:
        why = message_in(language, piece.reason) or piece.status
        table.add_row(piece.id, Text(piece.spec.label), Text(why))
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
