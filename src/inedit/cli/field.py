"""Commands of the field: places, import, prune, record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from inedit.cli import field_coding
from inedit.cli.console import JsonOption, ProjectOption, advise, emit_json, err, out, writing

if TYPE_CHECKING:
    from inedit.insight_loop.observing.observe import Observation

app = typer.Typer(
    help="What people say in their communities: map the places, observe them, keep what may be kept.",
    no_args_is_help=True,
)

A_PERSON_IS_NEEDED = 1


@app.command("places")
def places(project: ProjectOption = None, json_: JsonOption = False) -> None:
    """List the places of brand_data/places.yaml, with what was observed there and when.

    [dim]inedit field places[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.field_store import count_verbatims, last_observed
    from inedit.insight_loop.places import load_places

    root = find_root(project)
    known = load_places(root)
    with open_project_store(Settings.from_environment(), root) as store:
        counts, observed = count_verbatims(store), last_observed(store)
    if json_:
        emit_json([
            {
                    **place.model_dump(mode="json"),
                    "last_observed": observed.get(place.id),
                    "verbatims": counts.get(place.id, 0),
                }
            for place in known.values()
        ])  # fmt: skip
        return
    if not known:
        out.print(
            "No places yet. Write them into [bold]brand_data/places.yaml[/]: docs/field.md shows an entry."
        )
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("place", "platform", "members", "language", "legal basis", "last observed", "verbatims"):
        table.add_column(name, justify="right" if name in ("members", "verbatims") else "left")
    for place in known.values():
        seen = observed.get(place.id)
        table.add_row(
            Text.assemble((place.id, "bold"), f"\n{place.name}"), place.platform,
            f"{place.size:,}" if place.size else "?",
            place.language or "several", place.legal_basis, f"{seen:%Y-%m-%d}" if seen else "never",
            f"{counts.get(place.id, 0):,}",
        )  # fmt: skip
    out.print(table)


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="The exported file; .gz and .zst are unpacked.", show_default=False)
    ],
    place: Annotated[
        str, typer.Option("--place", help="Its place in brand_data/places.yaml.", show_default=False)
    ],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="discord, telegram, reddit, jsonl, json or csv. Default: recognised.",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            help="Of a table: text=…,author=…,at=…,id=…,reply_to=…,language=…,consent=…",
            show_default=False,
        ),
    ] = "",
    chat: Annotated[
        str | None,
        typer.Option(
            "--chat", help="Of a Telegram account: only the chat of this name or id.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and redact, and keep nothing.")] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Import what a community said: redacted, under pseudonyms, each message once.

    Exit 1 when the file is cut off: everything before the cut is imported.

    [dim]inedit field import mending-club.json --place mending-discord[/]
    [dim]inedit field import linge_comments.zst --place r-linge --dry-run[/]
    [dim]inedit field import reviews.csv --place shop-reviews --columns text=Avis,author=Client,at=Date[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.observing.observe import observe
    from inedit.insight_loop.observing.tables import columns_of
    from inedit.insight_loop.places import place_named
    from inedit.insight_loop.pseudonyms import key_file, load_key

    root = find_root(project)
    where = place_named(root, place)
    mapping = columns_of(columns)
    with open_project_store(Settings.from_environment(), root) as store:
        key_at = key_file(root)
        is_new = not key_at.exists()
        key = load_key(key_at, store)
        if is_new:
            advise(
                f"The key of the pseudonyms is in {key_at}. Keep a copy where you keep passwords, never in the project."
            )
        with err.status("Reading …") as status:

            def show_progress(position: int, size: int, read: int) -> None:
                status.update(f"{position / max(size, 1):.0%} · {read:,} messages")

            done = observe(
                store, key, where, file, format=format, columns=mapping, chat=chat, dry_run=dry_run,
                progress=show_progress,
            )  # fmt: skip
    if json_:
        emit_json(done.as_json())
    else:
        _show(done)
    raise typer.Exit(A_PERSON_IS_NEEDED if done.cut else 0)


def _show(done: Observation) -> None:
    would = "would be new" if done.dry_run else "new"
    out.print(
        f"[green]✓[/] {done.place} ({done.format}): {done.read:,} messages, {done.added:,} {would}, "
        f"{done.known:,} known already."
    )
    if done.redactions:
        out.print(
            "  Redacted: "
            + ", ".join(
                f"{kind} {count:,}"
                for kind, count in sorted(done.redactions.items(), key=lambda one: -one[1])
            )
        )
    if done.skipped:
        out.print("  Left out: " + ", ".join(f"{reason} {count:,}" for reason, count in done.skipped.items()))
    for note in done.notes:
        out.print(Text(f"  {note}", style="yellow"))
    if done.cut:
        out.print(
            Text(
                f"  The file is cut off: {done.cut}. What stands before is imported; import the whole file "
                f"when you have it.",
                style="yellow",
            )
        )


@app.command("prune")
def prune(
    everything: Annotated[
        bool, typer.Option("--everything", help="Empty the field, whatever its age.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Delete verbatims whose time is over: keep_days of their place after import, else 730 days.

    [dim]inedit field prune --dry-run[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.places import load_places
    from inedit.insight_loop.retention import prune as delete

    root = find_root(project)
    with open_project_store(Settings.from_environment(), root) as store:
        gone = delete(store, load_places(root), datetime.now(UTC), everything=everything, dry_run=dry_run)
    if json_:
        emit_json({"dry_run": dry_run, "deleted": gone})
    else:
        verb = "would be deleted" if dry_run else "deleted"
        for place, count in gone.items():
            out.print(f"{place}: {count:,} {verb}")
        out.print(f"[green]✓[/] {sum(gone.values()):,} verbatims {verb}.")


@app.command("record")
def record(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A Markdown file. Default: the terminal.", show_default=False),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="fr or en. Default: yours (INEDIT_LANG).", show_default=False)
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Write the record of processing for the data protection officer, as Markdown.

    [dim]inedit field record --output processing.md[/]
    [dim]inedit field record --language fr --output registre.md[/]
    """
    import os
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.brand.load import load_project
    from inedit.guard.messages import interface_language
    from inedit.insight_loop.places import load_places
    from inedit.insight_loop.processing_record import processing_record
    from inedit.insight_loop.processing_words import WORDS
    from inedit.model.errors import WrongInput

    if language is not None and language not in WORDS:
        raise WrongInput(f"The record is written in {' or '.join(WORDS)}, not in '{language}'.")
    tag = language or interface_language(os.environ)
    root = find_root(project)
    name = load_project(root).brand.identity.name
    with open_project_store(Settings.from_environment(), root) as store:
        written = processing_record(store, load_places(root), name, datetime.now(UTC), tag)
    with writing(output) as stream:
        stream.write(written)


field_coding.register(app)
