"""*Export the ledger*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.forms import ExportForm, Served, read
from inedit.orchestration.ledger_export import write_export
from inedit.orchestration.project import fail_with_message

SERVED = Served(ExportForm, "Export", ("ledger",))


@flow(
    name="Export the ledger",
    description="Write what everything cost and saved to a file: a month or everything, as a report or as rows.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def export_ledger(
    month: str | None = None, format: str | None = None, savings: bool | None = None
) -> State[None]:
    """Export the ledger."""
    return await write_export(read(ExportForm, month=month, format=format, savings=savings))
