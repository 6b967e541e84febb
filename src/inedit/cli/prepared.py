"""What the commands that write texts begin with: the project, the brief, the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.bootstrap import Settings
    from inedit.brand.load import Project
    from inedit.brand.schema import Campaign


def prepare(
    project: object, campaign: str, model: str | None, prompts: str | None, advisor: str | None = None
) -> tuple[Project, Campaign, Settings]:
    """The loaded project, the campaign, and the settings; a clear error for whatever is missing."""
    from pathlib import Path

    from inedit.bootstrap import Settings, find_root, prompts_named
    from inedit.brand.load import load_project

    settings = Settings.from_environment()
    if model:
        settings = replace(settings, model=model)
    if prompts:
        settings = replace(settings, prompts=prompts_named(prompts, "--prompts"))
    if advisor is not None:
        settings = replace(settings, advisor=advisor.strip())
    loaded = load_project(find_root(project if isinstance(project, Path) else None))
    brief = loaded.brand.campaigns.get(campaign)
    if brief is None:
        known = ", ".join(sorted(loaded.brand.campaigns)) or "none yet"
        raise WrongInput(f"There is no campaign '{campaign}' in brand_data/campaigns. There is: {known}.")
    return loaded, brief, settings
