"""What a filled-in form asks for: what is to be written, for whom, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from inedit.bootstrap import Settings
from inedit.brand.load import Project
from inedit.brand.schema import Campaign
from inedit.model import VariantSpec
from inedit.orchestration.forms import ProduceForm, options_of, settings_of
from inedit.orchestration.project import campaign_of, open_project, settings_for
from inedit.pipeline.task import Options
from inedit.planning import plan


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What is to be written, for whom, and with what; ``run_id`` names a run to go on with."""

    project: Project
    campaign: Campaign
    form: ProduceForm
    settings: Settings
    options: Options
    specs: tuple[VariantSpec, ...]
    run_id: str | None = None


async def make_request(form: ProduceForm, run_id: str | None = None) -> RunRequest:
    """What a filled-in form requests. Raises :class:`~inedit.errors.IneditError` for what cannot be carried out."""
    project = open_project()
    campaign = campaign_of(project, form.campaign)
    settings = settings_of(await settings_for(form.model), form)
    options = options_of(settings, form)
    specs = plan(campaign, project.brand, datetime.now(UTC).date(), options.narrowing)
    return RunRequest(project, campaign, form, settings, options, specs, run_id)
