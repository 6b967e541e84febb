"""*Produce a campaign*: the form that people fill in, the run as they watch it, the result as artifacts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Completed, State

from inedit.bootstrap import load_prompts, open_ledger, open_project_store, provider_of
from inedit.orchestration.forms import ProduceForm, read
from inedit.orchestration.markdown import safe, table
from inedit.orchestration.production import produced
from inedit.orchestration.project import told
from inedit.orchestration.request import RunRequest, ordered
from inedit.pipeline.forecast import forecast


def run_name() -> str:
    """What the run is called in lists: its campaign, and when it began. It keeps its name when it goes on."""
    name = str(flow_run.get_name() or "")
    if name.startswith(f"{flow_run.parameters.get('campaign')} · "):
        return name
    return f"{flow_run.parameters.get('campaign', 'campaign')} · {datetime.now(UTC):%d %b %H:%M}"


@flow(
    name="Produce a campaign",
    description="Write the variants of a campaign that do not exist yet, each one proven different and proven yours.",
    flow_run_name=run_name,
    validate_parameters=False,  # the form's own model does it, and says it in sentences
    retries=0,
)
@told
async def produce_campaign(
    campaign: str,
    only: Any = None,
    variants_per_cell: Any = None,
    limits: Any = None,
    require_approval: Any = None,
    dry_run: Any = None,
    model: Any = None,
    prompts: Any = None,
) -> State[Any]:
    """Write the variants of a campaign that do not exist yet (:class:`inedit.orchestration.forms.ProduceForm`)."""
    form = read(
        ProduceForm,
        {
            "campaign": campaign, "only": only, "variants_per_cell": variants_per_cell, "limits": limits,
            "require_approval": require_approval, "dry_run": dry_run, "model": model,
            "prompts": prompts,
        },
    )  # fmt: skip
    order = await ordered(form)
    return await planned(order) if form.dry_run else await produced(order)


async def planned(order: RunRequest) -> State[Any]:
    """What the run would write and cost, as an artifact. Nothing is spent."""
    root = order.project.root
    with open_project_store(order.settings, root) as store:
        templates = load_prompts(order.settings, order.project)
        outlook = forecast(
            order.specs, order.project.brand, order.campaign, templates, open_ledger(store, root),
            provider=provider_of(order.settings), model=order.settings.model, today=datetime.now(UTC).date(),
            max_attempts=order.options.max_attempts, concurrency=order.options.concurrency,
            baselines=order.options.mirror,
        )  # fmt: skip
    lines = [f"# {safe(order.campaign.name)}: what would be written", ""]
    rows = [
        (safe(channel), *(str(counts.get(tag, 0)) for tag in outlook.languages))
        for channel, counts in outlook.matrix.items()
    ]
    lines += table(("pieces", *outlook.languages), rows)
    lines += table(("", ""), [(name, safe(value)) for name, value in outlook.sentences()])
    await acreate_markdown_artifact(
        "\n".join(lines), key=f"plan-{order.campaign.id}".replace("_", "-"), description="Nothing was spent."
    )
    sentences = dict(outlook.sentences())
    return Completed(message=f"Dry run: {sentences['to write']}; cost: {sentences['cost']}.")
