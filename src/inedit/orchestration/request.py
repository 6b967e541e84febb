"""What a filled-in form asks for: what is to be written, for whom, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from inedit.bootstrap import Settings, open_project_store, preferences_of
from inedit.brand.load import Project
from inedit.brand.preferences import NO_PREFERENCES, Preferences
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
    preferences: Preferences = NO_PREFERENCES


async def make_request(form: ProduceForm, run_id: str | None = None) -> RunRequest:
    """What a filled-in form requests. Raises :class:`~.errors.IneditError` for what cannot be carried out."""
    project = open_project()
    campaign = campaign_of(project, form.campaign)
    settings = settings_of(await settings_for(form.model), form)
    options = options_of(settings, form)
    with open_project_store(settings, project.root) as store:
        preferences = preferences_of(store, campaign, run_id)
    specs = plan(campaign, project.brand, datetime.now(UTC).date(), options.narrowing, preferences)
    return RunRequest(project, campaign, form, settings, options, specs, run_id, preferences)
