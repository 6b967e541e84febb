"""Write named pieces again."""

from __future__ import annotations

from typing import Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption
from inedit.cli.interruption import run_until_abandoned
from inedit.cli.prepared import prepare
from inedit.cli.produce import exit_code, run_and_show
from inedit.cli.run_options import (
    DEFAULT_BASELINES,
    CandidatesOption,
    CopyEditOption,
    MirrorOption,
    ModelOption,
)
from inedit.model.errors import WrongInput


def regenerate(
    piece: Annotated[
        list[str], typer.Argument(help="Ids of pieces, or their first characters.", show_default=False)
    ],
    project: ProjectOption = None,
    model: ModelOption = None,
    max_cost: Annotated[
        str | None, typer.Option(help="Most this may cost: 2.50, or '2.50 USD'.", show_default=False)
    ] = None,
    max_attempts: Annotated[
        int, typer.Option(min=1, max=10, help="Drafts per piece before a person decides.")
    ] = 3,
    candidates: CandidatesOption = 1,
    copy_edit: CopyEditOption = False,
    mirror: MirrorOption = DEFAULT_BASELINES,
    json_: JsonOption = False,
) -> None:
    """Write pieces again; each old text stays in the archive as an earlier revision.

    [dim]inedit regenerate 3f2a 77c0[/]
    """
    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import Settings, find_root, limits_of, open_project_store
    from inedit.pipeline.regeneration import must_be_newest, regeneration

    settings = Settings.from_environment()
    with open_project_store(settings, find_root(project)) as store:
        known = list(read_pieces(store))
    chosen = []
    for wanted in piece:
        found = [one for one in known if one.id.startswith(wanted)]
        if len(found) != 1:
            what = "No piece starts" if not found else f"{len(found)} pieces start"
            raise WrongInput(f"{what} with '{wanted}'. 'inedit pieces' lists them.")
        must_be_newest(found[0], [one.revision_number for one in known if one.spec.key == found[0].spec.key])
        chosen += found
    worst = 0
    for campaign in dict.fromkeys(one.spec.campaign_id for one in chosen):
        loaded, brief, settings = prepare(project, campaign, model, None)
        of_campaign = [one for one in chosen if one.spec.campaign_id == campaign]

        options = regeneration(
            of_campaign, concurrency=settings.concurrency, max_attempts=max_attempts, candidates=candidates,
            copy_edit=copy_edit, mirror=mirror,
        )  # fmt: skip
        limits = limits_of(brief, max_cost)
        report = run_until_abandoned(run_and_show(loaded, brief, settings, options, limits, json_=json_))
        worst = max(worst, exit_code(report.run))
    raise typer.Exit(worst)
