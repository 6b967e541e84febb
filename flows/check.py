"""*Check the brand project*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.check import check_project
from inedit.orchestration.forms import CheckForm, Served
from inedit.orchestration.project import fail_with_message

SERVED = Served(CheckForm, "Check", ("look",))


@flow(
    name="Check the brand project",
    description="Read everything that people edit and list every fault, with file, line and how to fix it.",
)
@fail_with_message
async def check() -> State[None]:
    """Check the brand project."""
    return await check_project()
