"""*Check the brand project*: every fault of what people edit, with file, line and how to mend it."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, Failed, State

from inedit.bootstrap import issues_of
from inedit.orchestration.markdown import cell, table
from inedit.orchestration.project import fail_with_message, project_root

SHOWN_FAULTS = 100


@flow(
    name="Check the brand project",
    description="Read everything that people edit and list every fault, with file, line and how to mend it.",
)
@fail_with_message
async def check_project() -> State[Any]:
    """List the faults of ``brand_data/`` and ``prompts/``."""
    faults = issues_of(project_root())
    if not faults:
        await acreate_markdown_artifact("# The brand project is sound", key="check")
        return Completed(message="The brand project is sound.")
    count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
    lines = [f"# {count} to mend", ""]
    lines += table(
        ("where", "what is wrong", "how to mend it"),
        [
            (
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
    return Failed(message=f"{count} in the brand project: the artifact lists them. The first: {faults[0]}")
