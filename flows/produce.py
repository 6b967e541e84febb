"""*Produce a campaign*, as the Prefect UI offers it. Delete the file, and this project serves it no more."""

from prefect import flow
from prefect.states import State

from inedit.orchestration.forms import Limits, Only, ProduceForm, Served, read
from inedit.orchestration.produce import produce_campaign, run_name
from inedit.orchestration.project import fail_with_message

SERVED = Served(ProduceForm, "Produce", ("write",))


@flow(
    name="Produce a campaign",
    description="Write the variants of a campaign that do not exist yet, each one proven different and proven yours.",
    flow_run_name=run_name,
    validate_parameters=False,  # the form does it, in sentences
)
@fail_with_message
async def produce(
    campaign: str,
    only: Only | None = None,
    variants_per_cell: int | None = None,
    candidates: int | None = None,
    copy_edit: bool | None = None,
    limits: Limits | None = None,
    require_approval: bool | None = None,
    batch: bool | None = None,
    dry_run: bool | None = None,
    model: str | None = None,
    advisor: str | None = None,
    prompts: str | None = None,
) -> State[None]:
    """Write the variants of a campaign that do not exist yet."""
    form = read(
        ProduceForm, campaign=campaign, only=only, variants_per_cell=variants_per_cell, candidates=candidates,
        copy_edit=copy_edit, limits=limits, require_approval=require_approval, batch=batch, dry_run=dry_run,
        model=model, advisor=advisor, prompts=prompts,
    )  # fmt: skip
    return await produce_campaign(form)
