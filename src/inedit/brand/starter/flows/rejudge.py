"""*Re-judge the archive*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.forms import RejudgeForm, Served, read
from inedit.orchestration.project import fail_with_message
from inedit.orchestration.rejudge import rejudge_archive

SERVED = Served(RejudgeForm, "Re-judge", ("look",))


@flow(
    name="Re-judge the archive",
    description="Hold today's guard against everything that was accepted, and list what would no longer pass. Nothing "
    "is paid, nothing is changed.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def rejudge(campaigns: list[str] | None = None) -> State[None]:
    """Re-judge the archive."""
    return await rejudge_archive(read(RejudgeForm, campaigns=campaigns))
