"""*Re-judge the archive*: today's guard over everything that was accepted, and what would no longer pass."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from datetime import UTC, datetime

from prefect import get_run_logger
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact
from prefect.runtime import flow_run
from prefect.states import Completed, State

from inedit.bootstrap import Settings, load_all_prompts, open_project_store
from inedit.guard.messages import interface_language, message_for
from inedit.orchestration.artifacts import Page, show
from inedit.orchestration.forms import RejudgeForm
from inedit.orchestration.markdown import link, note, prose, safe, table, text_table
from inedit.orchestration.project import open_project
from inedit.pipeline.rejudge import Rejudged, rejudge

ROWS = 40
"""Pieces on a page of those that would no longer pass."""

LOGGED_EVERY = 50
"""Pieces between two moves of the progress artifact."""


async def rejudge_archive(form: RejudgeForm) -> State[None]:
    """Judge the accepted pieces again."""
    project = open_project()
    today = datetime.now(UTC).date()
    judged: list[Rejudged] = []
    progress = await acreate_progress_artifact(0.0, description="reading the archive")
    settings = Settings.from_environment()
    with open_project_store(settings, project.root) as store:
        kinds = load_all_prompts(settings, project)
        pieces = rejudge(
            store, project.brand, kinds["full"], today, tuple(form.campaigns), kinds.get("small")
        )
        while (one := await asyncio.to_thread(next, pieces, None)) is not None:
            judged.append(one)
            if len(judged) % LOGGED_EVERY == 0:
                await aupdate_progress_artifact(progress, 50.0, description=f"{len(judged)} pieces judged")
    await aupdate_progress_artifact(progress, 100.0, description=f"{len(judged)} pieces judged")
    failing = [one for one in judged if not one.passes]
    address = await _show(judged, failing)
    get_run_logger().info("%d of %d would no longer pass: %s", len(failing), len(judged), address)
    return Completed(message=f"{len(failing)} of {len(judged)} accepted pieces would no longer pass.")


async def _show(judged: list[Rejudged], failing: list[Rejudged]) -> str:
    """A summary by check, and pages of the pieces, each with why."""
    key = f"rejudged-{flow_run.get_id()}"
    parts = [failing[start : start + ROWS] for start in range(0, len(failing), ROWS)]
    checks = Counter(check for one in failing for check in {finding.check for finding in one.findings})
    lines = [f"# {len(failing)} of {len(judged)} accepted pieces would no longer pass", ""]
    if not failing:
        lines.append("Today's guard has nothing against any of them.")
    else:
        lines += table(("check", "pieces"), [(safe(name), str(n)) for name, n in checks.most_common()])
    if len(parts) == 1:
        lines += _rows(parts[0])
    for number, part in enumerate(parts if len(parts) > 1 else (), start=1):
        title = f"Page {number} of {len(parts)}"
        lines.append(
            f"- {link(title, await show(Page(f'{key}-{number}', title, chr(10).join(_rows(part)))))}"
        )
    return await show(Page(key, "What would no longer pass", "\n".join(lines)))


def _rows(part: list[Rejudged]) -> list[str]:
    language = interface_language(os.environ)
    rows = [
        (
            f"{prose(one.piece.spec.label)}<br>{note(one.piece.id)}",
            prose(one.piece.text),
            prose(
                "\n".join(
                    f"{f.check}: {message_for(language, f, one.piece.spec.language)}" for f in one.findings
                )
            ),
        )
        for one in part
    ]
    return text_table(("piece", "text", "what stands in its way today"), rows)
