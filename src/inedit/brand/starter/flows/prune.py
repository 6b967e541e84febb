"""*Prune the field*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.field import prune_field
from inedit.orchestration.forms import PruneForm, Served, read
from inedit.orchestration.project import fail_with_message

SERVED = Served(PruneForm, "Prune", ("field",))


@flow(
    name="Prune the field",
    description="Delete what people said whose time is over: the days of its place, else 730. Put it on a "
    "schedule, once a day.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def prune(only_count: bool | None = None) -> State[None]:
    """Prune the field."""
    return await prune_field(read(PruneForm, only_count=only_count))
