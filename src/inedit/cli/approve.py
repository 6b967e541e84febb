"""The commands by which a person decides on pieces: approve what waits, let a finding pass (guard waive)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model import Severity
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.model import Piece

Many = list[str] | None


def approve(
    campaign: Annotated[str, typer.Argument(help="The campaign whose pieces wait.", show_default=False)],
    by: Annotated[str, typer.Option(help="Who decides: kept with every piece.", show_default=False)] = "",
    minutes: Annotated[
        str, typer.Option(help="Minutes spent reading and deciding, all in all.", show_default=False)
    ] = "",
    but: Annotated[
        Many, typer.Option("--except", help="Approve all but this piece (repeatable).", show_default=False)
    ] = None,
    send_back: Annotated[
        Many,
        typer.Option(help="Have this piece written again; the others go on waiting.", show_default=False),
    ] = None,
    comment: Annotated[
        str, typer.Option(help="What the model is to do in another way.", show_default=False)
    ] = "",
    checked: Annotated[
        Many,
        typer.Option(
            help="What the pieces were read for: accuracy, plausibility, sources (repeatable).",
            show_default=False,
        ),
    ] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Approve the pieces of a campaign that wait, or send some back.

    Without --by they are listed, with exit code 1 when there are any. Who read them for what, when and how long is kept
    in the ledger's chain.

    [dim]inedit approve mini[/]
    [dim]inedit approve mini --by Anne --minutes 12 --checked accuracy --checked plausibility --checked sources[/]
    [dim]inedit approve mini --by Anne --minutes 12 --send-back 3f2a… --comment "Trop long"[/]
    """
    from datetime import UTC, datetime
    from decimal import Decimal, InvalidOperation

    from inedit.archive.pieces import read_pieces
    from inedit.archive.reviews import open_request
    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store
    from inedit.brand.load import load_project
    from inedit.model import Approval
    from inedit.pipeline.approval import Answer, Decision, settle

    loaded = load_project(find_root(project))
    now = datetime.now(UTC)
    with open_project_store(Settings.from_environment(), loaded.root) as store:
        found = [p for p in read_pieces(store, campaign_id=campaign) if p.approval is Approval.PENDING]
        if not by or not found:
            _show(found, json_=json_)
            raise typer.Exit(1 if found else 0)
        try:
            spent = Decimal(minutes)
        except InvalidOperation:
            raise WrongInput("Say with --minutes how long it took, as in --minutes 12.5.") from None
        decision = Decision.SEND_BACK if send_back else Decision.APPROVE_BUT if but else Decision.APPROVE_ALL
        picked = tuple(_meant(name, found) for name in (send_back or but or ()))
        Answer(decision, by, spent, picked, comment, tuple(checked or ())).check(
            {piece.id for piece in found}
        )
        ledger = open_ledger(store, loaded.root)
        for run_id in dict.fromkeys(piece.run_id for piece in found):
            of_run = [piece for piece in found if piece.run_id == run_id]
            mine = tuple(id for id in picked if id in {piece.id for piece in of_run})
            if picked and not mine and decision is Decision.SEND_BACK:
                continue  # these go on waiting
            applied = decision if mine or decision is Decision.APPROVE_ALL else Decision.APPROVE_ALL
            share = spent * len(of_run) / len(found)
            reason = comment if applied is not Decision.APPROVE_ALL else ""
            answer = Answer(applied, by, share, mine, reason, tuple(checked or ()))
            request = open_request(store, run_id, now=now)
            settle(ledger, loaded.brand, request, of_run, answer, answered_at=now)
        ids = {piece.id for piece in found}
        _show([piece for piece in read_pieces(store, campaign_id=campaign) if piece.id in ids], json_=json_)


def waive(
    piece_id: Annotated[str, typer.Argument(help="The id, or its first characters.", show_default=False)],
    check: Annotated[
        str, typer.Argument(help="The check whose findings are fine: figures …", show_default=False)
    ],
    because: Annotated[str, typer.Option(help="Why: kept with the piece.", show_default=False)],
    by: Annotated[str, typer.Option(help="Who says so: kept with the piece.", show_default=False)],
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Say of a piece that what a check has against it is fine, and why.

    When nothing else stands against a parked piece it is accepted, unless it copies a text accepted since. Copies
    themselves cannot be let pass.

    [dim]inedit guard waive 3f2a figures --because "the price of 2027, approved by legal" --by Anne[/]
    """
    from datetime import UTC, datetime

    from inedit.archive.admission import Archive
    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import (
        Settings,
        find_root,
        index_folder,
        lazy_encoder,
        open_ledger,
        open_project_store,
    )
    from inedit.brand.load import load_project
    from inedit.pipeline.waiver import waive as let_pass

    settings, loaded = Settings.from_environment(), load_project(find_root(project))
    encoder = lazy_encoder(settings)
    with open_project_store(settings, loaded.root) as store:
        found = [piece for piece in read_pieces(store) if piece.id.startswith(piece_id)]
        if len(found) != 1:
            raise WrongInput(f"{len(found)} pieces begin with '{piece_id}'. 'inedit pieces' lists them.")
        archive = Archive(
            store, loaded.brand, lambda texts: encoder().encode(texts), index_folder(loaded.root)
        )
        after = let_pass(
            archive, open_ledger(store, loaded.root), loaded.brand.campaigns.get(found[0].spec.campaign_id),
            found[0], check, by=by, because=because, at=datetime.now(UTC), encoder=encoder,
        )  # fmt: skip
    _show([after], json_=json_)
    if not json_:
        against = dict.fromkeys(f.check for f in after.verdict.findings if f.severity is not Severity.NOTE)
        out.print(
            f"[bold]{after.status}[/]" + (f"; against it still: {', '.join(against)}" if against else "")
        )


def _meant(name: str, pieces: Sequence[Piece]) -> str:
    """The id that begins like this."""
    found = [piece.id for piece in pieces if piece.id.startswith(name)]
    if len(found) != 1:
        raise WrongInput(f"{len(found)} waiting pieces begin with '{name}': give the id as it is listed.")
    return found[0]


def _show(pieces: Sequence[Piece], *, json_: bool) -> None:
    from rich.text import Text

    from inedit.pipeline.accounting import piece_as_json

    if json_:
        emit_json([piece_as_json(piece) for piece in pieces])
        return
    if not pieces:
        out.print("Nothing waits for approval.")
    for piece in pieces:
        out.print(f"[bold]{piece.id}[/]  {piece.approval}  [dim]{piece.spec.label}[/]")
        out.print(Text(piece.text + "\n"))
