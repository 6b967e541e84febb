"""*Check the brand project*: every fault of what people edit, with file, line and how to fix it."""

from __future__ import annotations

from typing import Any

from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, Failed, State

from inedit.bootstrap import issues_of
from inedit.model.errors import counted
from inedit.orchestration.markdown import cell, table
from inedit.orchestration.project import project_root

SHOWN_ISSUES = 100


async def check_project() -> State[Any]:
    """List the errors and warnings of ``brand_data/`` and ``prompts/``; only errors fail the run."""
    issues = sorted(issues_of(project_root()), key=lambda issue: not issue.is_error)
    if not issues:
        await acreate_markdown_artifact("# The brand project is sound", key="check")
        return Completed(message="The brand project is sound.")
    count = counted(issues)
    lines = [f"# {count}", ""]
    lines += table(
        ("severity", "where", "what is wrong", "how to fix it"),
        [
            (
                issue.severity,
                cell(f"{issue.file}:{issue.line}" if issue.line else issue.file, 34),
                cell(issue.message, 34),
                cell(issue.remedy, 34),
            )
            for issue in issues[:SHOWN_ISSUES]
        ],
    )
    if len(issues) > SHOWN_ISSUES:
        lines.append(f"… and {len(issues) - SHOWN_ISSUES} more.")
    await acreate_markdown_artifact(
        "\n".join(lines), key="check", description=f"{count} in the brand project"
    )
    if not issues[0].is_error:
        return Completed(message=f"The brand project is sound: {count}, which the artifact lists.")
    return Failed(message=f"{count} in the brand project: the artifact lists them. The first: {issues[0]}")
