"""*Forget a person*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.field import forget_person
from inedit.orchestration.forms import ForgetForm, Served, read
from inedit.orchestration.project import fail_with_message

SERVED = Served(ForgetForm, "Forget", ("field",))


@flow(
    name="Forget a person",
    description="Take one person out of everything that is kept, and prove it. Give the pseudonym, never a name: "
    "Prefect keeps what is typed.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def forget(pseudonym: str) -> State[None]:
    """Forget a person."""
    return await forget_person(read(ForgetForm, pseudonym=pseudonym))
