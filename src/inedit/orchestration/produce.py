"""*Produce a campaign*: the form that people fill in, the run as they watch it, the result as artifacts."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect.artifacts import acreate_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Completed, State

from inedit.archive.paid_before import PaidBefore
from inedit.bootstrap import advising_of, load_prompts, open_ledger, open_project_store, provider_of
from inedit.orchestration.forms import ProduceForm
from inedit.orchestration.markdown import safe, table
from inedit.orchestration.production import write_campaign
from inedit.orchestration.request import RunRequest, make_request
from inedit.pipeline.forecast import forecast


def run_name() -> str:
    """What the run is called in lists: its campaign, and when it began. It keeps its name when it goes on."""
    name = str(flow_run.get_name() or "")
    if name.startswith(f"{flow_run.parameters.get('campaign')} · "):
        return name
    return f"{flow_run.parameters.get('campaign', 'campaign')} · {datetime.now(UTC):%d %b %H:%M}"


async def produce_campaign(form: ProduceForm) -> State[None]:
    """Write the variants of a campaign that do not exist yet, or only say what that would cost."""
    request = await make_request(form)
    return await forecast_campaign(request) if form.dry_run else await write_campaign(request)


async def forecast_campaign(request: RunRequest) -> State[None]:
    """What the run would write and cost, as an artifact. Nothing is spent."""
    root = request.project.root
    with open_project_store(request.settings, root) as store:
        templates = load_prompts(request.settings, request.project)
        outlook = forecast(
            request.specs, request.project.brand, request.campaign, templates, PaidBefore(store),
            open_ledger(store, root, request.settings),
            provider=provider_of(request.settings), model=request.settings.model, today=datetime.now(UTC).date(),
            max_attempts=request.options.max_attempts, concurrency=request.options.concurrency,
            baselines=request.options.mirror, candidates=request.options.candidates,
            preferences=request.preferences, batch=request.options.batch, advising=advising_of(request.settings),
            copy_edit=request.options.copy_edit,
        )  # fmt: skip
    lines = [f"# {safe(request.campaign.name)}: what would be written", ""]
    rows = [
        (safe(channel), *(str(counts.get(tag, 0)) for tag in outlook.languages))
        for channel, counts in outlook.matrix.items()
    ]
    lines += table(("pieces", *outlook.languages), rows)
    lines += table(("", ""), [(name, safe(value)) for name, value in outlook.sentences()])
    await acreate_markdown_artifact(
        "\n".join(lines),
        key=f"plan-{request.campaign.id}".replace("_", "-"),
        description="Nothing was spent.",
    )
    sentences = dict(outlook.sentences())
    return Completed(message=f"Dry run: {sentences['to write']}; cost: {sentences['cost']}.")
