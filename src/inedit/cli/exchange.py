"""The commands by which texts leave and come back: pieces export, pieces import, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, advise, emit_json, out
from inedit.model import Status
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inedit.exchange import ImportReport
    from inedit.exchange.provenance import Verified
    from inedit.model import Piece
    from inedit.store import Store

Many = list[str] | None

KeyOption = Annotated[
    Path | None,
    typer.Option(help="The signing key. Default: one in your configuration folder.", show_default=False),
]


def export(
    file: Annotated[
        Path, typer.Argument(help="Where to write; its ending names the format.", show_default=False)
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="csv, xlsx, jsonl, md, html, docx, po, xliff (2.1), xliff-1.2, email, email-zip; for their channels: "
            "google-ads, sms, discord, reddit, telegram, community, audio-script, ssml, wav, search-answer, "
            "search-answer-zip, card-svg, card-pdf, card, marketplace.",
            show_default=False,
        ),
    ] = None,
    project: ProjectOption = None,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    run: Annotated[str | None, typer.Option(help="Only pieces of this run.", show_default=False)] = None,
    channel: Annotated[str | None, typer.Option(help="Only this channel.", show_default=False)] = None,
    segment: Annotated[str | None, typer.Option(help="Only this segment.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(help="Only this language.", show_default=False)] = None,
    tone: Annotated[str | None, typer.Option(help="Only this tone.", show_default=False)] = None,
    status: Annotated[Status, typer.Option(help="Only pieces of this status.")] = Status.ACCEPTED,
    piece: Annotated[
        Many,
        typer.Option(
            help="Only this piece: its id, or its first characters (repeatable).", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    key: KeyOption = None,
    json_: JsonOption = False,
) -> None:
    """Write accepted texts into a file, with a signed record of where each comes from beside it.

    FILE.provenance.json says of each text which model, prompt, insights and people it is from, and whether it has to be
    disclosed; 'inedit verify FILE' tells later whether the texts are still those. Of texts that were written anew, the
    newest is taken.

    [dim]inedit pieces export texts.xlsx --campaign mini[/]
    [dim]inedit pieces export texts.xlf --language de[/]
    [dim]inedit pieces export ads.csv --format google-ads --channel search-ad[/]
    [dim]inedit pieces export mail.html --format email --piece 3f2a[/]
    [dim]inedit pieces export cards.zip --format card --channel card[/]
    [dim]inedit pieces export snack.wav --format wav --piece 77b1[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, load_all_prompts, open_project_store
    from inedit.brand.load import load_project
    from inedit.cli.ledger_proof import own_signing_key
    from inedit.exchange import export_pieces, exported_texts, format_of
    from inedit.exchange.provenance import record_path, with_record
    from inedit.pipeline.coherence import incoherent_campaigns

    name = format_of(file, format_)
    _room_for(file, force=force)
    settings, loaded, now = Settings.from_environment(), load_project(find_root(project)), datetime.now(UTC)
    kinds = load_all_prompts(settings, loaded)
    with open_project_store(settings, loaded.root) as store:
        named = {"channel": channel, "segment": segment, "language": language, "tone": tone}
        found = _chosen(
            store,
            status,
            campaign,
            run,
            {k: wanted for k, wanted in named.items() if wanted},
            tuple(piece or ()),
        )
        if not found:
            raise WrongInput(f"No {status.value} pieces are like that. 'inedit pieces' lists what there is.")
        texts = tuple(exported_texts(found, store, loaded.brand, kinds))
        content = export_pieces(name, texts)
        written = with_record(
            file, content, name, texts, store, loaded.brand, kinds, now, lambda: own_signing_key(key)
        )
    _write_all(written)
    record_file = record_path(file)
    differing = incoherent_campaigns(found, loaded.brand, kinds, now.date())
    if json_:
        emit_json(
            {"file": str(file), "format": name, "pieces": len(texts), "record": str(record_file),
             "incoherences": differing}
        )  # fmt: skip
        return
    out.print(
        f"[green]✓[/] {len(texts)} text{'s' * (len(texts) != 1)} in {file}, the record in {record_file.name}.",
        soft_wrap=True,
    )
    for id, count in differing.items():
        advise(
            f"Campaign '{id}' offers something else than this file says, "
            f"{count} time{'s' * (count != 1)}: inedit pieces coherence {id}"
        )


def _chosen(
    store: Store,
    status: Status,
    campaign: str | None,
    run: str | None,
    of: Mapping[str, str],
    ids: tuple[str, ...],
) -> list[Piece]:
    """The newest text of each cell that is like that, in the order in which they were written."""
    from inedit.archive.pieces import read_pieces

    newest: dict[str, Piece] = {}
    for piece in read_pieces(store, campaign_id=campaign, status=status, run_id=run, of=of):
        if ids and not piece.id.startswith(ids):
            continue
        held = newest.get(piece.spec.key)
        if held is None or ids or held.revision_number < piece.revision_number:
            newest[piece.id if ids else piece.spec.key] = piece
    missing = [id for id in ids if not any(piece.id.startswith(id) for piece in newest.values())]
    if missing:
        raise WrongInput(f"No {status.value} piece starts with '{missing[0]}'. 'inedit pieces' lists them.")
    return list(newest.values())


def import_(
    file: Annotated[Path, typer.Argument(help="An edited CSV or XLSX file.", show_default=False)],
    by: Annotated[
        str, typer.Option(help="Who edited the texts: kept with every revision.", show_default=False)
    ],
    because: Annotated[
        str, typer.Option(help="Why: kept with every revision. Default: the file's name.", show_default=False)
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge everything, keep nothing.")] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Read edited texts back from a file that 'pieces export' wrote, each as a revision of its piece.

    Changed texts are judged as if they had been typed: accepted ones are kept, refused ones listed with what stands
    against them. Where somebody has stored another text since, nothing is touched. Exit code 1: some were not taken.

    [dim]inedit pieces import texts.xlsx --by Anne --dry-run[/]
    [dim]inedit pieces import texts.xlsx --by Anne --because "proof-read for legal"[/]
    """
    from datetime import UTC, datetime

    from inedit.archive.admission import Archive
    from inedit.bootstrap import (
        Settings,
        find_root,
        index_folder,
        lazy_encoder,
        load_all_prompts,
        open_ledger,
        open_project_store,
    )
    from inedit.brand.load import load_project
    from inedit.exchange import Desk, import_rows, read_table

    try:
        content = file.read_bytes()
    except OSError as error:
        raise WrongInput(f"Cannot read {file}: {error.strerror}.") from error
    rows = read_table(content, file.name)
    settings, loaded = Settings.from_environment(), load_project(find_root(project))
    encoder = lazy_encoder(settings)
    with open_project_store(settings, loaded.root) as store:
        desk = Desk(
            Archive(store, loaded.brand, lambda texts: encoder().encode(texts), index_folder(loaded.root)),
            open_ledger(store, loaded.root, settings), load_all_prompts(settings, loaded), encoder,
        )  # fmt: skip
        report = import_rows(
            rows,
            desk,
            by=by,
            at=datetime.now(UTC),
            because=because or f"Edited in {file.name}.",
            dry_run=dry_run,
        )
    if json_:
        emit_json(report.as_json())
    else:
        _show(report)
    raise typer.Exit(1 if report.needs_a_person else 0)


def _show(report: ImportReport) -> None:
    from rich.text import Text

    from inedit.exchange import Outcome

    for row in report.rows:
        if row.outcome is not Outcome.UNCHANGED:
            out.print(Text(f"row {row.line}  {row.piece_id}  {row.outcome}  {row.revision}"))
            for reason in row.reasons:
                out.print(Text(f"    {reason}"))
    counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items() if count)
    out.print(f"{counts or 'no rows'}{' (dry run: nothing was kept)' if report.dry_run else ''}")


def verify(
    file: Annotated[Path, typer.Argument(help="A file that 'pieces export' wrote.", show_default=False)],
    public_key: Annotated[
        Path | None,
        typer.Option(help="The public key of who signed it. Default: your own.", show_default=False),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Say of each text in a file whether it is as it was signed: true, changed, or unknown.

    Exit code 0: all are true; 1: some were changed; 2: some are unknown, or the record is missing or not what was
    signed.

    [dim]inedit verify texts.xlsx[/]
    [dim]inedit verify texts.xlsx --public-key agency.pub --json[/]
    """
    from inedit.exchange.provenance import RecordStatus, verify_file
    from inedit.ledger.audit.signatures import own_key, public_path
    from inedit.ledger.audit.signatures import public_key as read_key

    public = public_key or public_path(own_key())
    if public_key is None and not public.exists():
        raise WrongInput(
            "Give the public key of who signed the file with --public-key: you have none of your own."
        )
    found = verify_file(file, read_key(public))
    if json_:
        emit_json([one.as_json() for one in found])
    else:
        _show_status(found)
    statuses = {one.status for one in found}
    raise typer.Exit(2 if RecordStatus.UNKNOWN in statuses else 1 if RecordStatus.CHANGED in statuses else 0)


def _show_status(found: tuple[Verified, ...]) -> None:
    from rich.text import Text

    for one in found:
        record = one.record or {}
        models = ", ".join(model["name"] for model in record.get("model", ()))
        about = (
            f"  {models} · {record['approver'] or 'approved by nobody'} · {record['disclosure']}"
            if record
            else ""
        )
        out.print(Text(f"{one.status:8} {one.piece_id or '(no id)'}{about}"))


def _room_for(file: Path, *, force: bool) -> None:
    """Raises when the file may not be written."""
    if file.is_dir():
        raise WrongInput(f"{file} is a folder: name a file in it.")
    if file.exists() and not force:
        raise WrongInput(f"{file} is there already: --force replaces it.")


def _write_all(files: Mapping[Path, bytes]) -> None:
    """Files that appear only once all of them are complete."""
    unfinished = {path.with_name(f"{path.name}.part"): path for path in files}
    try:
        for part, path in unfinished.items():
            part.write_bytes(files[path])
        for part, path in unfinished.items():
            part.replace(path)
    except OSError as error:
        raise WrongInput(f"Cannot write {error.filename}: {error.strerror}.") from error
    finally:
        for part in unfinished:
            part.unlink(missing_ok=True)
