"""The prompt of one cell, exactly as a model would read it; and the cell tried on request, its price said first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from inedit.archive.paid_before import PaidBefore
from inedit.archive.trials import find_trial, newest_trials
from inedit.bootstrap import Settings, load_prompts, open_ledger, preferences_of, provider_of
from inedit.brand.schema import Campaign
from inedit.model import Decision, VariantSpec
from inedit.model.errors import IneditError, WrongInput
from inedit.orchestration.choices import offered_models
from inedit.pipeline.forecast import Outlook, forecast
from inedit.pipeline.trial import judge_trial
from inedit.planning import Narrowing, plan, reasons
from inedit.prompting import render
from inedit.studio.page import Page, Visit
from inedit.studio.pages.piece import shown_text
from inedit.studio.pages.prompts import TABS
from inedit.studio.pages.start import words_of
from inedit.studio.trials import Trial

ROLES = ("marketer",)
AXES = ("channel", "segment", "language", "tone")

LISTED = 8
"""Earlier trials of the campaign that are offered to be read again."""


def preview(visit: Visit) -> Response:
    """Exactly what a model would read for one cell, and what trying it would cost. Nothing is sent."""
    workspace = visit.workspace
    project, today = workspace.project(), workspace.clock().date()
    campaign, spec, settings = _cell(visit, visit.query)
    prompt = render(load_prompts(settings, project), project.brand, campaign, spec, today)
    preferences = preferences_of(workspace.store, campaign)
    return visit.show(
        "brand/preview.html", kind="prompts", tabs=TABS, campaign=campaign, campaigns=project.brand.campaigns,
        spec=spec, prompt=prompt, why=reasons(spec, project.brand, campaign, today, preferences),
        models=offered_models(workspace.settings, os.environ), model=settings.model,
        outlook=_outlook(visit, campaign, spec, settings), current=workspace.trials.current,
        earlier=newest_trials(workspace.store, campaign.id, most=LISTED), **words_of(visit),
    )  # fmt: skip


def begin(visit: Visit) -> Response:
    """Pay for one draft of the cell, and follow it on a page of its own."""
    workspace = visit.workspace
    typed = {name: visit.field(name) for name in ("campaign", *AXES, "model")}
    _, spec, settings = _cell(visit, typed)
    trial = Trial(spec, settings.model, visit.session.name)
    workspace.trials.start(trial, workspace.project(), settings, workspace.store, workspace.typing_archive)
    return visit.redirect(f"/brand/prompts/trials/{trial.key}")


def shown(visit: Visit) -> Response:
    """What was written, what the checks say of it, and what it cost; a trial of an earlier day is judged anew."""
    workspace = visit.workspace
    trial = workspace.trials.all.get(str(visit.request.path_params["key"])) or _stored_trial(visit)
    piece = trial.piece if trial.is_over else None
    template = "brand/tried.html" if visit.request.headers.get("hx-request") else "brand/trial.html"
    text = {**shown_text(visit, piece), "waivable": ()} if piece else {}
    return visit.show(
        template, kind="prompts", tabs=TABS, trial=trial, spec=trial.spec,
        costs=workspace.ledger().summary(run_id=trial.key).cost_micros,
        passes=piece is not None and piece.verdict.decision is Decision.ACCEPT, **text, **words_of(visit),
    )  # fmt: skip


def _stored_trial(visit: Visit) -> Trial:
    """A trial of before the studio was started, by today's checks; as it came where it cannot be judged any more."""
    workspace = visit.workspace
    paid = find_trial(workspace.store, str(visit.request.path_params["key"])[:80])
    if paid is None:
        raise WrongInput(visit.t("trial.gone"))
    project = workspace.project()
    campaign = project.brand.campaigns.get(paid.spec.campaign_id)
    trial = Trial(paid.spec, paid.model, paid.by, key=paid.id, is_over=True)
    try:
        if campaign is None:
            raise WrongInput(visit.t("start.unknown_campaign", name=paid.spec.campaign_id))
        templates = load_prompts(replace(workspace.settings, model=paid.model), project)
        trial.piece = judge_trial(
            paid, workspace.typing_archive(), templates, project.brand, campaign, workspace.clock().date()
        )
    except IneditError as error:
        trial.message = f"{error} {visit.t('trial.unjudged')}"
        trial.raw = paid.raw
    return trial


def _cell(visit: Visit, wanted: Mapping[str, str]) -> tuple[Campaign, VariantSpec, Settings]:
    """The first variant of the cell that is wanted, and the settings of a run of the model that is."""
    workspace = visit.workspace
    brand, today = workspace.project().brand, workspace.clock().date()
    campaign = brand.campaigns.get(wanted.get("campaign", "")) or next(iter(brand.campaigns.values()), None)
    if campaign is None:
        raise WrongInput(visit.t("start.no_campaign"))
    channels, segments, languages, tones = (
        (value,) if (value := wanted.get(axis, "")) in getattr(campaign, f"{axis}s") else () for axis in AXES
    )
    narrowing = Narrowing(channels, segments, languages, tones)
    preferences = preferences_of(workspace.store, campaign)
    spec = plan(campaign, brand, today, narrowing, preferences)[0]
    models = offered_models(workspace.settings, os.environ)
    model = wanted.get("model", "")
    return campaign, spec, replace(workspace.settings, model=model if model in models else models[0])


def _outlook(visit: Visit, campaign: Campaign, spec: VariantSpec, settings: Settings) -> Outlook:
    """The forecast for one draft of one cell."""
    workspace, project = visit.workspace, visit.workspace.project()
    return forecast(
        [spec], project.brand, campaign, load_prompts(settings, project), PaidBefore(workspace.store),
        open_ledger(workspace.store, workspace.root, settings), provider=provider_of(settings), model=settings.model,
        today=workspace.clock().date(), max_attempts=1, concurrency=1, again=True,
    )  # fmt: skip


PAGES = (
    Page("/brand/prompts/preview", preview, roles=ROLES),
    Page("/brand/prompts/trials", begin, methods=("POST",), roles=ROLES),
    Page("/brand/prompts/trials/{key}", shown, roles=ROLES),
)
