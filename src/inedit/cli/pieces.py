"""Commands that read the archive: pieces, piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from inedit.cli import exchange
from inedit.cli.coherence import coherence
from inedit.cli.console import JsonOption, ProjectOption, describe, emit_json, emit_json_list, out
from inedit.model import Status
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from pathlib import Path

    from inedit.bootstrap import Settings
    from inedit.brand.load import Project
    from inedit.brand.preferences import Preferences
    from inedit.brand.schema import Brand, Campaign
    from inedit.ledger.journal.human_reviews import HumanReview
    from inedit.model import Piece, Receipt
    from inedit.store import Store

app = typer.Typer(no_args_is_help=False)
app.command("export")(exchange.export)
app.command("import")(exchange.import_)
app.command()(coherence)


@app.callback(invoke_without_command=True)
def pieces(
    context: typer.Context,
    project: ProjectOption = None,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    status: Annotated[
        Status | None, typer.Option(help="Only pieces of this status.", show_default=False)
    ] = None,
    run: Annotated[str | None, typer.Option(help="Only pieces of this run.", show_default=False)] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(help="Only this language.", show_default=False)] = None,
    segment: Annotated[str | None, typer.Option(help="Only this segment.", show_default=False)] = None,
    stale: Annotated[
        bool,
        typer.Option("--stale", help="Only accepted pieces whose prompt would say something else today."),
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many, the oldest first.", show_default=False)
    ] = None,
    after: Annotated[
        str | None, typer.Option(help="Go on after the piece with this id.", show_default=False)
    ] = None,
    json_: JsonOption = False,
    json_lines: Annotated[
        bool, typer.Option("--json-lines", help="Print each piece as it is read, one line of JSON.")
    ] = False,
) -> None:
    """List the pieces of the archive, side by side, each with its figures of originality.

    Of one campaign or run, the medians and the variety of its accepted pieces follow.

    [dim]inedit pieces --status parked --language de[/]
    [dim]inedit pieces --campaign mini --json[/]
    [dim]inedit pieces --limit 50 --after 3f2a91c07b5d[/]
    [dim]inedit pieces --json-lines > pieces.jsonl[/]
    [dim]inedit pieces --stale[/]
    """
    if context.invoked_subcommand is not None:
        return
    from datetime import UTC, datetime

    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import Settings, find_root, load_prompts, open_ledger, open_project_store
    from inedit.brand.load import load_project
    from inedit.pipeline.accounting import each_accounted, piece_as_json

    settings, root = Settings.from_environment(), find_root(project)
    loaded = load_project(root)
    with open_project_store(settings, root) as store:
        named = {"channel": channel, "language": language, "segment": segment}
        found = read_pieces(
            store, campaign_id=campaign, status=status, run_id=run, after=_whole_id(store, after),
            of={name: wanted for name, wanted in named.items() if wanted},
        )  # fmt: skip
        if stale:
            from inedit.pipeline.stale import stale_pieces

            current = (piece for piece in found if piece.stands)
            found = stale_pieces(
                current, load_prompts(settings, loaded), loaded.brand, datetime.now(UTC).date()
            )
        accounted = each_accounted(islice(found, limit), open_ledger(store, root))
        if json_lines:
            for piece in accounted:
                emit_json(piece_as_json(piece), indent=None)
            return
        if json_:
            emit_json_list(map(piece_as_json, accounted))
            return
        listed = tuple(accounted)
    if not listed:
        out.print("No pieces. Write some with [bold]inedit produce CAMPAIGN[/].")
        return
    from inedit.cli.pieces_table import pieces_side_by_side

    pieces_side_by_side(out, loaded.brand, listed)
    if campaign or run:
        _show_figures(listed, loaded, settings)


def _show_figures(listed: Sequence[Piece], loaded: Project, settings: Settings) -> None:
    """The medians and the variety of the accepted pieces of a campaign or run."""
    from inedit.bootstrap import load_prompts
    from inedit.cli.result import show_originality
    from inedit.pipeline import diversity_by_language, originality_of, sameness_by_language

    shared = partial(_shared_wordings, listed, loaded.brand)
    show_originality(
        out,
        originality_of(listed),
        diversity_by_language(listed, shared),
        sameness_by_language(listed, load_prompts(settings, loaded), shared),
    )


def _whole_id(store: Store, beginning: str | None) -> str | None:
    """The id of the one piece whose id begins so."""
    from inedit.archive.pieces import ids_beginning

    if beginning is None:
        return None
    found = ids_beginning(store, beginning)
    if len(found) != 1:
        what = "No piece starts" if not found else f"{len(found)} pieces start"
        raise WrongInput(f"{what} with '{beginning}'. 'inedit pieces' lists them.")
    return found[0]


def stale_ids(loaded: Project, brief: Campaign, settings: Settings) -> tuple[str, ...]:
    """The accepted pieces of a campaign that are stale, the newest of each place."""
    from datetime import UTC, datetime

    from inedit.archive.pieces import standing_pieces
    from inedit.bootstrap import load_prompts, open_project_store
    from inedit.pipeline.stale import stale_pieces

    with open_project_store(settings, loaded.root) as store:
        current = [found.piece for found in standing_pieces(store, brief.id).values() if found.piece.stands]
    today = datetime.now(UTC).date()
    return tuple(
        piece.id for piece in stale_pieces(current, load_prompts(settings, loaded), loaded.brand, today)
    )


def _shared_wordings(pieces: Sequence[Piece], brand: Brand, language: str) -> tuple[str, ...]:
    """What the brand and the briefs of the pieces put into many texts, in a language."""
    from inedit.archive.admission import common_texts

    briefs = (brand.campaigns.get(id) for id in dict.fromkeys(piece.spec.campaign_id for piece in pieces))
    return tuple(text for brief in briefs if brief for text in common_texts(brand, brief, language))


def piece(
    piece_id: Annotated[str, typer.Argument(help="The id, or its first characters.", show_default=False)],
    why: Annotated[
        bool, typer.Option("--why", help="Say why it was given its insights, angle and claims.")
    ] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Show one piece: its text, receipts, findings, cost.

    [dim]inedit piece 3f2a[/]
    [dim]inedit piece 3f2a --why[/]
    """
    from inedit.archive.pieces import read_pieces
    from inedit.archive.runs import read_run_preferences as preferences_of_run
    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store
    from inedit.ledger.journal.human_reviews import ai_share, human_reviews
    from inedit.pipeline import accounted
    from inedit.pipeline.accounting import piece_as_json

    settings, root = Settings.from_environment(), find_root(project)
    with open_project_store(settings, root) as store:
        found = read_pieces(store, piece_id=_whole_id(store, piece_id))
        (shown,) = accounted(found, open_ledger(store, root))
        human = human_reviews(store, [shown.id])
        reasons = _reasons(shown, root, preferences_of_run(store, shown.run_id)) if why else ()
    if json_:
        by_people = {"ai_share": float(ai_share(shown)), "human_reviews": [one.as_json() for one in human]}
        emit_json({**piece_as_json(shown), **by_people, **({"why": list(reasons)} if why else {})})
    else:
        _show(shown, human)
        for sentence in reasons:
            out.print(Text(sentence))


def _reasons(piece: Piece, root: Path, preferences: Preferences) -> tuple[str, ...]:
    """Why a piece was given what it was given, by the brand as it is today and the tests that its run knew."""
    from datetime import UTC, datetime

    from inedit.brand.load import load_project
    from inedit.planning import reasons

    brand = load_project(root).brand
    campaign = brand.campaigns.get(piece.spec.campaign_id)
    if campaign is None:
        return (f"The brand has no campaign '{piece.spec.campaign_id}' any more, so nobody can tell.",)
    return reasons(piece.spec, brand, campaign, datetime.now(UTC).date(), preferences)


def _show(piece: Piece, human: Sequence[HumanReview]) -> None:
    from inedit.guard.nlp.length import length_of
    from inedit.ledger.journal.human_reviews import ai_share
    from inedit.ledger.pricing.money import shown

    out.print(f"[bold]{piece.id}[/]  {piece.status}  [dim]{piece.spec.label}[/]")
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", justify="right")
    table.add_column(overflow="fold")
    for name, part in piece.parts.items():
        table.add_row(name, Text(part))

    def source(receipt: Receipt) -> tuple[str, str]:
        return receipt.source_id, receipt.how

    for how, receipts in groupby(sorted(piece.verdict.receipts, key=source), key=source):
        words = ", ".join(dict.fromkeys(f"“{receipt.span.of(piece.text)}”" for receipt in receipts))
        table.add_row("receipt", Text(f"{how[0]}, by {how[1]}: {words}", style="cyan"))
    for finding in piece.verdict.findings:
        table.add_row(
            str(finding.severity),
            Text(f"{finding.check}: {describe(finding, piece.spec.language)}", style="yellow"),
        )
    length = length_of(piece.text, piece.spec.language)
    table.add_row("length", f"{length.words} words, {length.reading_seconds:.0f} s to read")
    for name, value in asdict(piece.verdict.originality).items():
        if value is not None:
            table.add_row(name.replace("_", " "), f"{value:.2f}")
    cost = "unknown" if piece.cost_micros is None else shown(piece.cost_micros, piece.currency)
    saved = "none recorded" if piece.minutes_saved is None else f"{piece.minutes_saved:.0f} minutes"
    measured = piece.verdict.originality.paste_share is not None
    own = f"{ai_share(piece):.0%} of the words are a model's own"
    table.add_row(
        "AI share", own if measured else "not measured by these prompts: all words count as a model's own"
    )
    for review in human:
        table.add_row("reviewed", Text(review.told(piece.text)))
    if not human:
        table.add_row("reviewed", Text("by nobody", style="dim"))
    table.add_row("drafts", str(piece.attempts))
    table.add_row("cost", cost)
    table.add_row("time saved", saved)
    table.add_row("run", piece.run_id)
    out.print(table)
