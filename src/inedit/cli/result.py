"""What a run, a plan and a prompt look like in the terminal and in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inedit.guard.nlp.length import length_of
from inedit.model import Piece, Severity, Status, VariantSpec, as_json

if TYPE_CHECKING:
    from inedit.brand.schema import Brand, Campaign
    from inedit.guard.similarity.diversity import Diversity
    from inedit.guard.similarity.sameness import Pattern
    from inedit.model import Originality, Prompt
    from inedit.pipeline import Run
    from inedit.pipeline.forecast import Outlook
    from inedit.pipeline.piece import Event, Pipeline

SHOWN_REFUSALS = 12
FIGURES = ("mirror", "siblings", "archive", "insights", "brief", "pasted")
"""The fields of :class:`~inedit.model.Originality` in their order, as a cell names them."""

MICROS = 1_000_000
HEAD_CHARS = 20
LANGUAGE_CHARS = 28
"""A column narrower than this breaks every other word."""


def piece_as_json(piece: Piece) -> dict[str, Any]:
    """A piece as ``produce --json``, ``pieces --json`` and ``piece --json`` all give it, its length included."""
    return {**as_json(piece), "length": asdict(length_of(piece.text, piece.spec.language))}


def run_as_json(run: Run, line: Pipeline) -> dict[str, Any]:
    """The run as ``produce --json`` gives it: run id, pieces, refusals, totals."""
    summary = line.ledger.summary(run_id=run.id)
    saved = [piece.minutes_saved for piece in run.pieces if piece.minutes_saved is not None]
    return {
        "run_id": run.id,
        "campaign_id": run.campaign_id,
        "model": line.metered_model.model.model,
        "prompts": line.templates.style,
        "stopped": run.stopped,
        "pieces": [piece_as_json(piece) for piece in run.pieces],
        "refusals": [
            {
                "spec": as_json(event.spec),
                "attempt": event.attempt,
                "findings": [as_json(finding) for finding in event.findings],
            }
            for event in run.refusals
        ],
        "totals": {
            "planned": run.planned,
            **{status.value: run.count(status) for status in Status},
            "kept": run.kept,
            "outdated": run.outdated,
            "insight_use": run.insight_use,
            "insight_coverage": run.insight_coverage,
            "untold_insights": list(run.untold_insights),
            "originality": run.originality(),
            "diversity": {language: asdict(figures) for language, figures in run.diversity.items()},
            "sameness": {
                language: [{**asdict(pattern), "texts": pattern.texts} for pattern in found]
                for language, found in run.sameness.items()
            },
            "spread": {language: asdict(figures) for language, figures in run.spread.items()},
            "generic_spread": {language: asdict(figures) for language, figures in run.generic_spread.items()},
            "minutes_saved": round(sum(saved), 1) if saved else None,
            "ledger": summary.as_json(),
            "budgets": [
                {**state.as_json(), "told": state.told}
                for state in line.ledger.budgets_of_run(run.id, run.campaign_id)
            ],
        },
    }


def show_run(console: Console, brand: Brand, run: Run, report: dict[str, Any]) -> None:
    """The accepted variants side by side, what was refused and why, what it cost and saved."""
    accepted = [piece for piece in run.pieces if piece.status is Status.ACCEPTED]
    pieces_side_by_side(console, brand, accepted)
    parked = [
        piece for piece in run.pieces if piece.status in (Status.PARKED, Status.REJECTED, Status.FAILED)
    ]
    if parked:
        console.print(_waiting(parked))
    if run.refusals:
        console.print(_refusals(run.refusals))
    console.print(_closing(run, report))


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


def _refusals(refusals: Sequence[Event]) -> Group:
    counts = Counter(f.check for event in refusals for f in event.findings if f.severity is Severity.BLOCK)
    reasons = ", ".join(f"{check} {count}" for check, count in counts.most_common())
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("variant", max_width=34)
    table.add_column("draft", justify="right")
    table.add_column("why it went back", ratio=1)
    for event in refusals[:SHOWN_REFUSALS]:
        blocking = [f for f in event.findings if f.severity is not Severity.NOTE]
        table.add_row(
            Text(event.spec.label),
            str(event.attempt),
            Text("\n".join(f"{f.check}: {f.message}" for f in blocking)),
        )
    more = len(refusals) - SHOWN_REFUSALS
    title = Text.assemble(("Refused drafts: ", "bold"), (f"{len(refusals)}", "bold"), f"  ({reasons})")
    tail = [Text(f"… and {more} more: see --json", style="dim")] if more > 0 else []
    return Group(title, table, *tail)


def _closing(run: Run, report: dict[str, Any]) -> Padding:
    from inedit.pipeline.manner import sameness_lines, spread_lines

    totals = report["totals"]
    ledger = totals["ledger"]
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", justify="right")
    facts.add_column()
    states = [f"{totals[status.value]} {status.value}" for status in Status if totals[status.value]]
    facts.add_row("pieces", f"{', '.join(states) or 'none'} of {run.planned} planned")
    if run.kept:
        facts.add_row("from earlier runs", f"{run.kept} kept, nothing paid again")
    if run.outdated:
        facts.add_row(
            "older brief", f"{run.outdated} were written for an earlier brief; --refresh writes them again"
        )
    facts.add_row("insights used", f"{totals['insight_use']:.0%} of those supplied left a receipt")
    untold = f"; not told: {_listed(run.untold_insights)}" if run.untold_insights else ""
    facts.add_row("insights covered", f"{totals['insight_coverage']:.0%} of the campaign's{untold}")
    for name, meaning in originality_lines(run.originality(), run.diversity):
        facts.add_row(name, meaning)
    for name, meaning in (*spread_lines(run), *sameness_lines(run.sameness)):
        facts.add_row(name, Text(meaning))
    facts.add_row("ledger", ledger_line(ledger))
    for budget in totals["budgets"]:
        facts.add_row("budget", Text(budget["told"], style="yellow" if budget["left_micros"] < 0 else ""))
    if totals["minutes_saved"] is not None:
        facts.add_row("time saved", f"{totals['minutes_saved']:.0f} minutes against the baseline (expected)")
    facts.add_row("prompts", f"{report['prompts']}, with {report['model']}")
    facts.add_row("run", run.id)
    return Padding(facts, (1, 0))


def show_originality(
    console: Console,
    medians: Mapping[str, float | None],
    diversity: Mapping[str, Diversity],
    sameness: Mapping[str, Sequence[Pattern]],
) -> None:
    """The figures of a set of pieces, each on a line of its own."""
    from inedit.pipeline.manner import sameness_lines

    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", justify="right")
    facts.add_column()
    for name, meaning in (*originality_lines(medians, diversity), *sameness_lines(sameness)):
        facts.add_row(name, Text(meaning))
    console.print(Padding(facts, (1, 0)))


def originality_lines(
    medians: Mapping[str, float | None], diversity: Mapping[str, Diversity]
) -> list[tuple[str, str]]:
    """Each figure on a line of its own: they mean different things and are never averaged."""
    said = (
        ("mirror distance", "mirror_distance", "in topic from what anybody would get without your data"),
        ("brief distance", "brief_distance", "in topic from the nearest text of the brief"),
        ("sibling novelty", "sibling_novelty", "beside the campaign's own texts"),
        ("archive novelty", "archive_novelty", "beside earlier campaigns"),
    )
    lines = [
        (name, f"{value:.2f} {meaning} (median; 0 the same, 1 nothing in common)")
        for name, key, meaning in said
        if (value := medians[key]) is not None
    ]
    if (pasted := medians["paste_share"]) is not None:
        lines.append(
            ("pasted words", f"{pasted:.0%} stand word for word in what the model was given (median)")
        )
    various = [
        f"{language} {figures.messages} messages in {figures.texts} texts, {figures.distinct} distinct, "
        f"compresses {figures.compression_ratio:.1f} times"
        for language, figures in diversity.items()
        if figures.compression_ratio is not None
    ]
    return lines + ([("variety", "; ".join(various))] if various else [])


def ledger_line(ledger: dict[str, Any]) -> str:
    """One line of the ledger: calls, tokens, cost, and what finance must look at."""
    costs = ", ".join(
        f"{micros / MICROS:.4f} {currency}" for currency, micros in ledger["cost_micros"].items()
    )
    line = (
        f"{ledger['calls']} calls, {ledger['input_tokens']:,} tokens in ({ledger['cached_tokens']:,} cached), "
        f"{ledger['output_tokens']:,} out, {costs or 'no cost'}"
    )
    if ledger.get("unknown_price_calls"):
        line += f"; {ledger['unknown_price_calls']} calls of unknown price"
    if ledger.get("possibly_billed"):
        line += f"; {ledger['possibly_billed']} possibly billed"
    return line


def show_plan(console: Console, campaign: Campaign, outlook: Outlook) -> None:
    """The matrix by channel and language, then tokens, cost and time."""
    table = Table(title=f"{campaign.name}: {outlook.pieces} pieces", title_style="bold", title_justify="left",
                  box=box.SIMPLE_HEAD)  # fmt: skip
    table.add_column("channel")
    for language in outlook.languages:
        table.add_column(language, justify="right")
    for channel, counts in outlook.matrix.items():
        table.add_row(channel, *(str(counts.get(language, 0)) for language in outlook.languages))
    console.print(table)
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", justify="right")
    facts.add_column()
    for name, value in outlook.sentences():
        facts.add_row(name, value)
    console.print(Padding(facts, (0, 0, 1, 0)))


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


def _listed(names: Sequence[str], most: int = 4) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _localised(names: dict[str, str], language: str) -> str:
    return names.get(language) or next(iter(names.values()))
