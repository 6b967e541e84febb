"""The command ``batches``: what waits at a provider, and how to stop waiting for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model.errors import WrongInput


def batches(
    project: ProjectOption = None,
    give_up: Annotated[
        str | None,
        typer.Option(
            "--give-up", help="Stop waiting for this batch; its calls may be billed.", show_default=False
        ),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Batches that wait at a provider: inedit produce CAMPAIGN --batch fetches them.

    [dim]inedit batches[/]
    [dim]inedit batches --give-up batch_68f2[/]
    """
    from rich import box
    from rich.table import Table

    from inedit.archive.admission import Archive
    from inedit.archive.provider_batches import open_batches, open_requests
    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store
    from inedit.brand.load import load_project
    from inedit.pipeline.batch_books import BatchBooks

    loaded, settings = load_project(find_root(project)), Settings.from_environment()
    with open_project_store(settings, loaded.root) as store:
        found = open_batches(store)
        if give_up is not None:
            batch = next((one for one in found if give_up in (one.provider_id, one.id)), None)
            if batch is None:
                raise WrongInput(
                    f"No batch '{give_up}' waits at a provider: 'inedit batches' lists those that do."
                )
            archive = Archive(store, loaded.brand)
            books = BatchBooks(archive, open_ledger(store, loaded.root, settings), archive.leases())
            adopted = books.adopt(batch)
            if adopted is None:
                raise WrongInput(f"Another process is fetching batch '{give_up}': stop it first.")
            books.give_up(adopted, "given up by hand")
            count = len(adopted.requests)
            counted = "1 call counts" if count == 1 else f"{count} calls count"
            out.print(f"{counted} as possibly billed: 'inedit ledger pending' has what waits.")
            return
        waiting = {batch.id: len(open_requests(store, batch.id)) for batch in found}
    if json_:
        emit_json([{**asdict(batch), "requests": waiting[batch.id]} for batch in found])
    elif found:
        table = Table(
            "batch", "campaign", "run", "round", "requests", "model", "at", "since", box=box.SIMPLE_HEAD
        )
        for one in found:
            table.add_row(
                one.provider_id or one.id, one.campaign_id, one.run_id, str(one.round), str(waiting[one.id]), one.model,
                one.address, one.prepared_at,
            )  # fmt: skip
        out.print(table)
    else:
        out.print("Nothing waits at a provider.")
