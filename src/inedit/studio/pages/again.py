"""Writing a text again, or asking for three others: the price is said first, and the run goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from inedit.archive.paid_before import PaidBefore
from inedit.bootstrap import advising_of, load_prompts, open_ledger, provider_of
from inedit.brand.schema import Campaign
from inedit.model import Approval, Piece
from inedit.model.errors import WrongInput
from inedit.orchestration.forms import Limits, Only, ProduceForm, settings_of
from inedit.pipeline.forecast import Outlook, forecast
from inedit.pipeline.regeneration import must_be_newest, regeneration
from inedit.pipeline.task import Options
from inedit.studio.listing import Filter
from inedit.studio.page import Page, Visit
from inedit.studio.pages.piece import found_piece, list_of
from inedit.studio.pages.start import words_of

ROLES = ("marketer",)

WAYS = {"one": 1, "three": 3}
"""What can be asked for, and how many texts one call then asks of the model; the one least like its siblings stands,
the others are shown among its attempts."""


@dataclass(frozen=True, slots=True)
class Order:
    """What would be run, and what it would come to."""

    form: ProduceForm
    options: Options
    outlook: Outlook


def again(visit: Visit) -> Response:
    """Both ways with their price, before anything is spent."""
    shown, campaign = _shown(visit)
    orders = {way: _order(visit, shown, campaign, way) for way in WAYS}
    return visit.show(
        "again.html", piece=shown, orders=orders, wanted=Filter.of(visit.query),
        current=visit.workspace.runs.current, **words_of(visit),
    )  # fmt: skip


def begin(visit: Visit) -> Response:
    """Begin, and follow it on the page of its run."""
    way = visit.field("way")
    if way not in WAYS:
        raise WrongInput(visit.t("again.unknown"))
    shown, campaign = _shown(visit)
    order = _order(visit, shown, campaign, way)
    run = visit.workspace.runs.start(order.form, by=visit.session.name, options=order.options)
    run.back = list_of(visit).address(f"/pieces/{shown.spec.key}-{shown.revision_number + 1}")
    return visit.redirect(f"/start/runs/{run.key}")


def _shown(visit: Visit) -> tuple[Piece, Campaign]:
    shown, workspace = found_piece(visit), visit.workspace
    newest = (card.id for card in workspace.catalogue.cards() if card.spec.key == shown.spec.key)
    must_be_newest(shown, [int(id.rpartition("-")[2]) for id in newest])
    campaign = workspace.project().brand.campaigns.get(shown.spec.campaign_id)
    if campaign is None:
        raise WrongInput(visit.t("start.unknown_campaign", name=shown.spec.campaign_id))
    if shown.approval is Approval.PENDING and shown.id in workspace.decisions.waiting():
        raise WrongInput(visit.t("again.decided"))
    return shown, campaign


def _order(visit: Visit, shown: Piece, campaign: Campaign, way: str) -> Order:
    workspace, project = visit.workspace, visit.workspace.project()
    form = ProduceForm(
        campaign=campaign.id, only=Only(), limits=Limits(), candidates=WAYS[way], require_approval=True
    )  # fmt: skip
    form = form.model_copy(update={"model": workspace.settings.model})
    settings, today = settings_of(workspace.settings, form), workspace.clock().date()
    options = regeneration(
        [shown], concurrency=settings.concurrency, max_attempts=form.limits.max_attempts, candidates=WAYS[way],
        require_approval=True,
    )  # fmt: skip
    outlook = forecast(
        [shown.spec], project.brand, campaign, load_prompts(settings, project), PaidBefore(workspace.store),
        open_ledger(workspace.store, workspace.root, settings), provider=provider_of(settings),
        model=settings.model, today=today, max_attempts=options.max_attempts, concurrency=1,
        baselines=options.mirror, candidates=options.candidates, again=True, advising=advising_of(settings),
    )  # fmt: skip
    return Order(form, options, outlook)


PAGES = (
    Page("/pieces/{piece_id}/again", again, roles=ROLES),
    Page("/pieces/{piece_id}/again", begin, methods=("POST",), roles=ROLES),
)
