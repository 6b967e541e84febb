"""The list of pieces, and the matrix of a campaign."""

from __future__ import annotations

from collections import Counter, defaultdict

from starlette.responses import Response

from inedit.studio.listing import PAGE, STATES, Filter, choices, listed, names_of, page_number, state_of
from inedit.studio.page import EVERYBODY, Page, Visit
from inedit.studio.pages.bulk import offers
from inedit.studio.pages.files import OFFERED, OTHERS, SIGNERS, has_key
from inedit.studio.pages.piece import DECIDERS


def first(visit: Visit) -> Response:
    """Where the studio opens: at what waits, or at everything when nothing does."""
    _, counts = listed(visit.workspace, Filter({}))
    return visit.redirect("/pieces?state=waiting" if counts["waiting"] else "/pieces")


def pieces(visit: Visit) -> Response:
    """Pieces, filtered and paged."""
    wanted = Filter.of(visit.query)
    workspace, person = visit.workspace, visit.session.name
    found, counts = listed(workspace, wanted, person)
    fresh = workspace.looks.new_to(person, workspace.catalogue.cards())
    pages = max(1, -(-len(found) // PAGE))
    number = page_number(visit.query.get("page", "1"), pages)
    names = names_of(workspace.project().brand, visit.language)
    return visit.show(
        "pieces.html", found=found[(number - 1) * PAGE : number * PAGE], total=len(found), counts=counts,
        states=STATES, wanted=wanted, names=names, choices=choices(visit, wanted, names), number=number, pages=pages,
        offered=OFFERED, others=OTHERS, offers=offers(found) if visit.is_one_of(*DECIDERS) else {}, new=fresh,
        undoable=any(one.undoable for one in found), may_start=visit.is_one_of("marketer"),
        may_sign=visit.is_one_of(*SIGNERS), has_key=has_key(),
    )  # fmt: skip


def matrix(visit: Visit) -> Response:
    """Segments by languages of one campaign: what is there, how it stands, what is missing."""
    brand = visit.workspace.project().brand
    names = names_of(brand, visit.language)
    campaigns = list(brand.campaigns)
    chosen = visit.query.get("campaign", "")
    if chosen not in brand.campaigns:
        used = Counter(card.spec.campaign_id for card in visit.workspace.catalogue.cards())
        chosen = max(campaigns, key=lambda id: used[id], default="")
    if not chosen:
        return visit.show("matrix.html", campaign=None, campaigns=[], names=names)
    campaign = brand.campaigns[chosen]
    channel = visit.query.get("channel", "")
    taken = visit.workspace.decisions.waiting()
    channels = [channel] if channel in campaign.channels else campaign.channels
    per_cell = len(channels) * len(campaign.tones) * campaign.variants_per_cell
    there: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for card in visit.workspace.catalogue.cards():
        if card.spec.campaign_id == chosen and card.spec.channel in channels:
            approval = taken[card.id].approval if card.id in taken else card.approval
            there[card.spec.segment, card.spec.language][state_of(card.status, approval)] += 1
    return visit.show(
        "matrix.html", campaign=campaign, campaigns=campaigns, channel=channel, names=names, there=there,
        per_cell=per_cell, states=STATES, empty=Filter({}),
    )  # fmt: skip


PAGES = (
    Page("/", first, roles=EVERYBODY),
    Page("/pieces", pieces, roles=EVERYBODY, nav="nav.review"),
    Page("/matrix", matrix, roles=EVERYBODY, nav="nav.matrix"),
)
