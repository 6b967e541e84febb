"""Write named pieces again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.cli.interruption import run_until_abandoned
from inedit.cli.produce import (
    DEFAULT_BASELINES,
    CandidatesOption,
    MirrorOption,
    ModelOption,
    exit_code,
    prepare,
    run_and_describe,
)
from inedit.errors import WrongInput

if TYPE_CHECKING:
    from inedit.model import Piece


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
        int, typer.Option(min=1, max=10, help="Drafts a piece before a person decides.")
    ] = 3,
    candidates: CandidatesOption = 1,
    mirror: MirrorOption = DEFAULT_BASELINES,
    json_: JsonOption = False,
) -> None:
    """Write pieces again; each old text stays in the archive as an earlier revision.

    [dim]inedit regenerate 3f2a 77c0[/]
    """
    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import Settings, find_root, limits_of, open_project_store
    from inedit.pipeline.task import Options
    from inedit.planning import Narrowing

    settings = Settings.from_environment()
    with open_project_store(settings, find_root(project)) as store:
        known = list(read_pieces(store))
    chosen = []
    for wanted in piece:
        found = [one for one in known if one.id.startswith(wanted)]
        if len(found) != 1:
            what = "No piece starts" if not found else f"{len(found)} pieces start"
            raise WrongInput(f"{what} with '{wanted}'. 'inedit pieces' lists them.")
        newest = max(one.revision_number for one in known if one.spec.key == found[0].spec.key)
        if found[0].revision_number != newest:
            raise WrongInput(f"{found[0].id} is an earlier revision: the newest one ends in -{newest}.")
        chosen += found
    worst = 0
    for campaign in dict.fromkeys(one.spec.campaign_id for one in chosen):
        loaded, brief, settings = prepare(project, campaign, model, None)
        of_campaign = [one for one in chosen if one.spec.campaign_id == campaign]

        def axis(name: str, of: list[Piece] = of_campaign) -> tuple[str, ...]:
            return tuple(dict.fromkeys(getattr(one.spec, name) for one in of))

        options = Options(
            concurrency=settings.concurrency,
            max_attempts=max_attempts,
            mirror=mirror,
            candidates=candidates,
            rewrite=tuple(one.id for one in of_campaign),
            only_rewrite=True,
            narrowing=Narrowing(axis("channel"), axis("segment"), axis("language"), axis("tone"), 0),
        )
        limits = limits_of(brief, max_cost)
        report = run_until_abandoned(run_and_describe(loaded, brief, settings, options, limits, quiet=json_))
        if json_:
            emit_json(report.as_json())
        else:
            from inedit.cli.result import show_run

            show_run(out, loaded.brand, report)
        worst = max(worst, exit_code(report.run))
    raise typer.Exit(worst)
