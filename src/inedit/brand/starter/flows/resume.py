"""*Resume*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.forms import ResumeForm, Served, read
from inedit.orchestration.project import fail_with_message
from inedit.orchestration.resume import resume_run

SERVED = Served(ResumeForm, "Resume", ("write",))


@flow(
    name="Resume",
    description="Go on with a run that was cancelled, killed or out of budget. What it has paid for is not paid again.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def resume(run: str) -> State[None]:
    """Resume."""
    return await resume_run(read(ResumeForm, run=run))
