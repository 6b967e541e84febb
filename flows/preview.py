"""*Preview a prompt*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.forms import Only, PreviewForm, Served, read
from inedit.orchestration.preview import preview_prompt
from inedit.orchestration.project import fail_with_message

SERVED = Served(PreviewForm, "Preview", ("look",))


@flow(
    name="Preview a prompt",
    description="Show exactly what a model would read for a variant. Nothing is sent, nothing is paid.",
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def preview(campaign: str, only: Only | None = None) -> State[None]:
    """Preview a prompt."""
    return await preview_prompt(read(PreviewForm, campaign=campaign, only=only))
