"""The command that holds the accepted pieces of a campaign against one another: pieces coherence."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model.errors import WrongInput


def coherence(
    campaign: Annotated[
        str, typer.Argument(help="A campaign of brand_data/campaigns, by its id.", show_default=False)
    ],
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Say where accepted texts of a campaign offer something else than it does. Exit code 1 when one does.

    Prices, shares, dates, days, times and promises are compared as statements, in every channel and language: €8 and
    “acht Euro” are the same. The wordings of the offer are held against one another as well. Nothing is changed.

    [dim]inedit pieces coherence atelier-ouvert[/]
    [dim]inedit pieces coherence atelier-ouvert --json[/]
    """
    from datetime import UTC, datetime

    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import Settings, find_root, load_all_prompts, open_project_store
    from inedit.brand.load import load_project
    from inedit.model import Status
    from inedit.pipeline.coherence import coherence_of, told

    settings, loaded = Settings.from_environment(), load_project(find_root(project))
    brief = loaded.brand.campaigns.get(campaign)
    if brief is None:
        raise WrongInput(
            f"There is no campaign '{campaign}'. There is: {', '.join(loaded.brand.campaigns) or 'none'}."
        )
    kinds = load_all_prompts(settings, loaded)
    with open_project_store(settings, loaded.root) as store:
        newest = {
            piece.spec.key: piece
            for piece in sorted(
                read_pieces(store, campaign_id=campaign, status=Status.ACCEPTED),
                key=lambda piece: piece.revision_number,
            )
        }
    found = coherence_of(newest.values(), loaded.brand, brief, kinds, datetime.now(UTC).date())
    if json_:
        emit_json(
            {"campaign": campaign, "pieces": len(newest), "incoherences": [asdict(one) for one in found]}
        )
    elif found:
        channels = {piece.id: piece.spec.channel for piece in newest.values()}
        for one in found:
            out.print(told(one, channels.get(one.id, "")), markup=False, soft_wrap=True)
    else:
        out.print(f"[green]✓[/] {len(newest)} accepted texts offer the same.")
    raise typer.Exit(1 if found else 0)
