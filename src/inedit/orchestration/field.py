"""*Prune the field*: what people said goes when the time for which its place may keep it is over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, State

from inedit.bootstrap import Settings, open_project_store
from inedit.insight_loop.places import load_places
from inedit.insight_loop.retention import KEEP_DAYS, prune
from inedit.orchestration.forms import PruneForm
from inedit.orchestration.markdown import safe, table
from inedit.orchestration.project import project_root


async def prune_field(form: PruneForm) -> State[None]:
    """Delete, or only count."""
    root, now = project_root(), datetime.now(UTC)
    places = load_places(root)
    with open_project_store(Settings.from_environment(), root) as store:
        gone = await asyncio.to_thread(prune, store, places, now, dry_run=form.only_count)
    done = "would be deleted" if form.only_count else "deleted"
    rows = [
        (safe(id), str((places[id].keep_days if id in places else None) or KEEP_DAYS), f"{count:,}")
        for id, count in gone.items()
    ]
    lines = [f"# {sum(gone.values()):,} verbatims {done}", "", *table(("place", "days kept", done), rows)]
    await acreate_markdown_artifact("\n".join(lines), key="prune")
    return Completed(message=f"{sum(gone.values()):,} verbatims {done}.")
