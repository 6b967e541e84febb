"""Starting a run: what is to be written, what that costs, and the run as it goes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import ValidationError
from starlette.responses import Response

from inedit.archive.paid_before import PaidBefore
from inedit.archive.pieces import read_pieces
from inedit.archive.requests import read_request, run_asked_by, unfinished_runs
from inedit.bootstrap import advising_of, load_prompts, open_ledger, preferences_of, provider_of
from inedit.brand.schema import Campaign
from inedit.ledger.pricing.amounts import parse_amount
from inedit.model.errors import IneditError, WrongInput
from inedit.orchestration.choices import RUNS_OFFERED, offered_advisors, offered_models
from inedit.orchestration.forms import ProduceForm, options_of, settings_of
from inedit.pipeline.forecast import Outlook, forecast
from inedit.planning import plan
from inedit.studio.amounts import duration, money, moneys
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit
from inedit.studio.prefect_runs import PrefectServer
from inedit.studio.running import outcome_of

ROLES = ("marketer",)
AXES = ("channels", "segments", "languages", "tones")
WHOLE = {"variants_per_cell": (0, 100_000), "max_attempts": (1, 10), "candidates": (1, 8)}
"""Fields that are whole numbers, each with its range."""


def form(visit: Visit) -> Response:
    """The form for one campaign, with what a run would cost."""
    return _form(visit, _campaign(visit, visit.query.get("campaign", "")))


def outlook(visit: Visit) -> Response:
    """What a form comes to, asked for again whenever it changes."""
    campaign = _campaign(visit, visit.field("campaign"))
    filled, mistakes = _filled(visit, campaign)
    estimate, refusal = _outlook(visit, campaign, filled) if filled else (None, "")
    return visit.show(
        "start/outlook.html",
        outlook=estimate,
        refusal=refusal,
        mistakes=mistakes,
        fresh=True,
        **words_of(visit),
    )


def begin(visit: Visit) -> Response:
    """Press the button: a run on the Prefect server where there is one, else here."""
    campaign = _campaign(visit, visit.field("campaign"))
    filled, mistakes = _filled(visit, campaign)
    if filled is None:
        return _form(visit, campaign, mistakes=mistakes)
    try:
        if (server := _prefect()) is not None:
            return visit.redirect(f"/start/prefect/{server.produce(_brand_name(visit), filled).id}")
        run = visit.workspace.runs.start(filled, by=visit.session.name)
    except IneditError as error:
        return _form(visit, campaign, mistakes={"form": str(error)})
    return visit.redirect(f"/start/runs/{run.key}")


def resume(visit: Visit) -> Response:
    """Go on with a run that stopped, with the options that it had."""
    run_id = visit.field("run")
    asked = read_request(visit.workspace.store, run_id)
    if asked is None:
        raise WrongInput(visit.t("start.no_run"))
    if (server := _prefect()) is not None:
        return visit.redirect(f"/start/prefect/{server.resume(_brand_name(visit), run_id).id}")
    filled = ProduceForm.model_validate({**asked, "dry_run": False})
    return visit.redirect(
        f"/start/runs/{visit.workspace.runs.start(filled, by=visit.session.name, run_id=run_id).key}"
    )


def live(visit: Visit) -> Response:
    """A run of this process; the part that changes alone when it is asked for by the page itself."""
    run = visit.workspace.runs.all.get(str(visit.request.path_params["key"]))
    if run is None:
        raise WrongInput(visit.t("start.no_run"))
    totals = visit.workspace.ledger().summary(run_id=run.run_id) if run.run_id else None
    template = "start/progress.html" if visit.request.headers.get("hx-request") else "start/run.html"
    return visit.show(
        template,
        run=run,
        costs=totals.cost_micros if totals else {},
        calls=totals.calls if totals else 0,
        counts=dict(run.counts),
        lines=list(run.lines)[::-1],
        **words_of(visit),
    )


def cancel(visit: Visit) -> Response:
    """Make no new call; what is under way is finished and recorded."""
    key = str(visit.request.path_params["key"])
    if (run := visit.workspace.runs.all.get(key)) is not None:
        run.cancel()
    return visit.redirect(f"/start/runs/{key}")


def on_prefect(visit: Visit) -> Response:
    """A run of the Prefect server."""
    server = _needed_prefect(visit)
    flow_run = server.find(str(visit.request.path_params["id"]))
    run_id = run_asked_by(visit.workspace.store, f"prefect:{flow_run.id}") or ""
    counts: Counter[str] = Counter()
    if run_id:
        counts.update(outcome_of(piece) for piece in read_pieces(visit.workspace.store, run_id=run_id))
    costs = visit.workspace.ledger().summary(run_id=run_id).cost_micros if run_id else {}
    template = (
        "start/prefect_progress.html" if visit.request.headers.get("hx-request") else "start/prefect.html"
    )
    return visit.show(template, run=flow_run, run_id=run_id, counts=counts, costs=costs, **words_of(visit))


def cancel_on_prefect(visit: Visit) -> Response:
    """Cancel it there."""
    flow_run_id = str(visit.request.path_params["id"])
    _needed_prefect(visit).cancel(flow_run_id)
    return visit.redirect(f"/start/prefect/{flow_run_id}")


def go_on_on_prefect(visit: Visit) -> Response:
    """Let one that somebody has suspended go on there."""
    flow_run_id = str(visit.request.path_params["id"])
    _needed_prefect(visit).go_on(flow_run_id)
    return visit.redirect(f"/start/prefect/{flow_run_id}")


def _form(visit: Visit, campaign: Campaign, mistakes: Mapping[str, str] | None = None) -> Response:
    workspace = visit.workspace
    unfinished = unfinished_runs(workspace.store, most=RUNS_OFFERED)
    current = workspace.runs.current
    filled, found = _filled(visit, campaign)
    estimate, refusal = _outlook(visit, campaign, filled) if filled else (None, "")
    return visit.show(
        "start/form.html", campaign=campaign, campaigns=workspace.project().brand.campaigns, axes=AXES,
        picked={axis: visit.form.getlist(axis) for axis in AXES}, models=offered_models(workspace.settings, os.environ),
        advisors=_advisors(visit), picked_advisor=_asked_to_advise(visit),
        mistakes=mistakes or found, outlook=estimate, refusal=refusal, prefect=_prefect(), current=current, fresh=False,
        unfinished=[run for run in unfinished if current is None or run.id != current.run_id], **words_of(visit),
    )  # fmt: skip


def _advisors(visit: Visit) -> tuple[str, ...]:
    return offered_advisors(visit.workspace.settings, os.environ)


def _asked_to_advise(visit: Visit) -> str:
    """Who was picked; before anything was, whom the environment names."""
    return visit.field("advisor") if "advisor" in visit.form else visit.workspace.settings.advisor


def _campaign(visit: Visit, wanted: str) -> Campaign:
    campaigns = visit.workspace.project().brand.campaigns
    if not campaigns:
        raise WrongInput(visit.t("start.no_campaign"))
    if wanted and wanted not in campaigns:
        raise WrongInput(visit.t("start.unknown_campaign", name=wanted))
    return campaigns[wanted] if wanted else next(iter(campaigns.values()))


def _filled(visit: Visit, campaign: Campaign) -> tuple[ProduceForm | None, dict[str, str]]:
    """What was filled in, or what is wrong with it, by field, in the person's words."""
    mistakes, numbers = {}, {}
    for name, (low, high) in WHOLE.items():
        typed = visit.field(name) or str(
            ProduceForm.model_fields[name].default if name != "max_attempts" else 3
        )
        if typed.isdecimal() and low <= int(typed) <= high:
            numbers[name] = int(typed)
        else:
            mistakes[name] = visit.t("start.whole", low=low, high=high)
    limit = visit.field("max_cost")
    if limit:
        try:
            if not parse_amount(limit)[0]:
                raise WrongInput(limit)
        except WrongInput:
            mistakes["max_cost"] = visit.t("start.amount")
    advisor = _asked_to_advise(visit)
    if advisor and advisor not in _advisors(visit):
        mistakes["advisor"] = visit.t("start.unknown_advisor")
    if mistakes:
        return None, mistakes
    try:
        filled = ProduceForm.model_validate(
            {
                "campaign": campaign.id,
                "only": {axis: [str(one) for one in visit.form.getlist(axis)] for axis in AXES},
                "variants_per_cell": numbers["variants_per_cell"],
                "limits": {"max_cost": limit, "max_attempts": numbers["max_attempts"]},
                "candidates": numbers["candidates"],
                "require_approval": bool(visit.field("require_approval")),
                "copy_edit": bool(visit.field("copy_edit")),
                "batch": bool(visit.field("batch")),
                "advisor": advisor,
                **({"model": visit.field("model")} if visit.field("model") else {}),
            }
        )
    except ValidationError as error:
        return None, {"form": str(error.errors()[0]["msg"])}
    return filled, {}


def _outlook(visit: Visit, campaign: Campaign, filled: ProduceForm) -> tuple[Outlook | None, str]:
    """The forecast, or why there is none."""
    workspace, project = visit.workspace, visit.workspace.project()
    settings, today = settings_of(workspace.settings, filled), workspace.clock().date()
    options = options_of(settings, filled)
    try:
        ledger = open_ledger(workspace.store, workspace.root, settings)
        preferences = preferences_of(workspace.store, campaign)
        specs = plan(campaign, project.brand, today, options.narrowing, preferences)
        return forecast(
            specs, project.brand, campaign, load_prompts(settings, project), PaidBefore(workspace.store), ledger,
            provider=provider_of(settings), model=settings.model, today=today, max_attempts=options.max_attempts,
            concurrency=options.concurrency, baselines=options.mirror, candidates=options.candidates,
            preferences=preferences, batch=options.batch, advising=advising_of(settings),
            copy_edit=options.copy_edit,
        ), ""  # fmt: skip
    except IneditError as error:
        return None, str(error)


def _prefect() -> PrefectServer | None:
    return PrefectServer.from_environment(os.environ)


def _needed_prefect(visit: Visit) -> PrefectServer:
    if (server := _prefect()) is None:
        raise WrongInput(visit.t("start.no_prefect"))
    return server


def _brand_name(visit: Visit) -> str:
    return visit.workspace.project().brand.identity.name


def words_of(visit: Visit) -> dict[str, Any]:
    """What the templates of runs say names, amounts and durations with."""
    rendering = visit.rendering
    return {
        "names": names_of(visit.workspace.project().brand, visit.language),
        "money": partial(money, rendering),
        "moneys": partial(moneys, rendering),
        "duration": partial(duration, rendering),
    }


PAGES = (
    Page("/start", form, roles=ROLES, nav="start.nav"),
    Page("/start", begin, methods=("POST",), roles=ROLES),
    Page("/start/outlook", outlook, methods=("POST",), roles=ROLES),
    Page("/start/resume", resume, methods=("POST",), roles=ROLES),
    Page("/start/runs/{key}", live, roles=ROLES),
    Page("/start/runs/{key}/cancel", cancel, methods=("POST",), roles=ROLES),
    Page("/start/prefect/{id}", on_prefect, roles=ROLES),
    Page("/start/prefect/{id}/cancel", cancel_on_prefect, methods=("POST",), roles=ROLES),
    Page("/start/prefect/{id}/resume", go_on_on_prefect, methods=("POST",), roles=ROLES),
)
