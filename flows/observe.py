"""*Observe a place*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.field import observe_place
from inedit.orchestration.forms import ObserveForm, Served, read
from inedit.orchestration.project import fail_with_message

SERVED = Served(ObserveForm, "Observe", ("field",))


@flow(
    name="Observe a place",
    description="Import an export of a community: redacted, under pseudonyms, each message once. Nothing is fetched, "
    "nobody is spoken to.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def observe(
    place: str,
    file: str,
    columns: str | None = None,
    chat: str | None = None,
    dry_run: bool | None = None,
    delete_file: bool | None = None,
) -> State[None]:
    """Observe a place."""
    form = read(
        ObserveForm, place=place, file=file, columns=columns, chat=chat, dry_run=dry_run, delete_file=delete_file
    )  # fmt: skip
    return await observe_place(form)
