"""*Candidate insights*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.field import show_candidates
from inedit.orchestration.forms import CandidatesForm, Served, read
from inedit.orchestration.project import fail_with_message

SERVED = Served(CandidatesForm, "Candidates", ("field",))


@flow(
    name="Candidate insights",
    description="Say what at least five people said, by its codes, places and time. A person reads and accepts it in "
    "the studio.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def candidates(
    place: str | None = None, code: str | None = None, people: int | None = None
) -> State[None]:
    """Candidate insights."""
    return await show_candidates(read(CandidatesForm, place=place, code=code, people=people))
