"""*Check the brand project*: every fault of what people edit, with file, line and how to mend it."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, Failed, State

from inedit.bootstrap import issues_of
from inedit.errors import counted
from inedit.orchestration.markdown import cell, table
from inedit.orchestration.project import project_root, told

SHOWN_FAULTS = 100


@flow(
    name="Check the brand project",
    description="Read everything that people edit and list every fault, with file, line and how to mend it.",
)
@told
async def check_project() -> State[Any]:
    """List the errors and warnings of ``brand_data/`` and ``prompts/``; only errors fail the run."""
    faults = sorted(issues_of(project_root()), key=lambda issue: not issue.is_error)
    if not faults:
        await acreate_markdown_artifact("# The brand project is sound", key="check")
        return Completed(message="The brand project is sound.")
    count = counted(faults)
    lines = [f"# {count}", ""]
    lines += table(
        ("severity", "where", "what is wrong", "how to fix it"),
        [
            (
                fault.severity,
                cell(f"{fault.file}:{fault.line}" if fault.line else fault.file, 34),
                cell(fault.message, 34),
                cell(fault.remedy, 34),
            )
            for fault in faults[:SHOWN_FAULTS]
        ],
    )
    if len(faults) > SHOWN_FAULTS:
        lines.append(f"… and {len(faults) - SHOWN_FAULTS} more: `inedit check` lists them all.")
    await acreate_markdown_artifact(
        "\n".join(lines), key="check", description=f"{count} in the brand project"
    )
    if not faults[0].is_error:
        return Completed(message=f"The brand project is sound: {count}, which the artifact lists.")
    return Failed(message=f"{count} in the brand project: the artifact lists them. The first: {faults[0]}")
