"""*Map the places*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.field import map_places
from inedit.orchestration.forms import MapForm, Served
from inedit.orchestration.project import fail_with_message

SERVED = Served(MapForm, "Map", ("field",))


@flow(
    name="Map the places",
    description="List where people talk, why we may listen, when each place was last observed, and how much is due to "
    "be deleted.",
)
@fail_with_message
async def map_() -> State[None]:
    """Map the places."""
    return await map_places()
