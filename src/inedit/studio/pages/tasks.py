"""What waits for whom: reviewers by campaign and language, with a day, and a link to send."""

from __future__ import annotations

import os
import re
from datetime import date

from starlette.responses import Response

from inedit.archive.assignments import Assignment, assign, read_assignments, unassign
from inedit.archive.users import read_users
from inedit.model import Approval
from inedit.model.errors import WrongInput
from inedit.studio.listing import Filter, names_of
from inedit.studio.notify import Channels, Notice, send
from inedit.studio.page import EVERYBODY, Page, Visit
from inedit.studio.sessions import clean_name

ROLES = ("marketer",)

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[a-zA-Z]{2,}")


def tasks(visit: Visit) -> Response:
    """Everybody's list, one's own first."""
    return _show(visit)


def give(visit: Visit) -> Response:
    """Give somebody something to read."""
    brand = visit.workspace.project().brand
    typed = {name: visit.field(name) for name in ("reviewer", "campaign", "language", "due", "email")}
    reviewer = clean_name(typed["reviewer"])
    mistakes = {}
    if not reviewer:
        mistakes["reviewer"] = visit.t("tasks.no_name")
    if typed["campaign"] and typed["campaign"] not in brand.campaigns:
        mistakes["campaign"] = visit.t("start.unknown_campaign", name=typed["campaign"])
    if typed["language"] and typed["language"] not in brand.languages:
        mistakes["language"] = visit.t("tasks.no_language")
    if typed["due"] and not _is_day(typed["due"]):
        mistakes["due"] = visit.t("brand.no_date", typed=typed["due"])
    if typed["email"] and not ADDRESS.fullmatch(typed["email"]):
        mistakes["email"] = visit.t("tasks.no_email")
    if mistakes:
        return _show(visit, mistakes, 422)
    wanted = Assignment(reviewer, typed["campaign"], typed["language"], typed["due"], typed["email"])
    assign(visit.workspace.store, wanted, by=visit.session.name, now=visit.workspace.clock())
    return visit.redirect("/tasks", "tasks.given")


def take_back(visit: Visit) -> Response:
    """Nobody's task any more."""
    one = _named(visit)
    unassign(visit.workspace.store, one.reviewer, one.campaign_id, one.language)
    return visit.redirect("/tasks", "tasks.taken_back")


def remind(visit: Visit) -> Response:
    """Send somebody the link to what waits for them."""
    one, workspace = _named(visit), visit.workspace
    channels = Channels.from_environment(os.environ)
    if not channels.reach(one.email):
        raise WrongInput(visit.t("tasks.no_channel"))
    waiting = sum(one.concerns(card) for card in workspace.catalogue.cards())
    brand = workspace.project().brand.identity.name
    body = visit.t("tasks.mail", n=waiting, brand=brand, by=visit.session.name)
    if one.due:
        body += " " + visit.t("tasks.mail_due", day=visit.rendering.day(one.due))
    subject = visit.t("tasks.subject", n=waiting, brand=brand)
    link = workspace.address + _list(one).address("/pieces")
    send(channels, Notice(one.reviewer, one.email, subject, body, link, waiting, one.due))
    return visit.redirect("/tasks", "tasks.told")


def _show(visit: Visit, mistakes: dict[str, str] | None = None, status: int = 200) -> Response:
    workspace, brand = visit.workspace, visit.workspace.project().brand
    cards = [card for card in workspace.catalogue.cards() if card.approval is Approval.PENDING]
    assignments = read_assignments(workspace.store)
    rows = [
        (one, sum(one.concerns(card) for card in cards), _list(one).address("/pieces")) for one in assignments
    ]
    rows.sort(key=lambda row: row[0].reviewer != visit.session.name)
    channels = Channels.from_environment(os.environ)
    nobodys = sum(not any(one.concerns(card) for one in assignments) for card in cards)
    return visit.show(
        "tasks.html", status, rows=rows, names=names_of(brand, visit.language),
        today=workspace.clock().date().isoformat(), nobodys=nobodys, mistakes=mistakes or {},
        users=read_users(workspace.store), reach={one.email for one in assignments if channels.reach(one.email)},
        gives=visit.is_one_of(*ROLES), sends=bool(channels.webhook or channels.smtp),
    )  # fmt: skip


def _list(one: Assignment) -> Filter:
    wanted = {"state": "waiting", "campaign": one.campaign_id, "language": one.language}
    return Filter({name: value for name, value in wanted.items() if value})


def _named(visit: Visit) -> Assignment:
    named = tuple(visit.field(name) for name in ("reviewer", "campaign", "language"))
    for one in read_assignments(visit.workspace.store):
        if (one.reviewer, one.campaign_id, one.language) == named:
            return one
    raise WrongInput(visit.t("tasks.gone"))


def _is_day(typed: str) -> bool:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return len(typed) == len("2026-11-29")


PAGES = (
    Page("/tasks", tasks, roles=EVERYBODY, nav="tasks.nav"),
    Page("/tasks", give, methods=("POST",), roles=ROLES),
    Page("/tasks/remove", take_back, methods=("POST",), roles=ROLES),
    Page("/tasks/tell", remind, methods=("POST",), roles=ROLES),
)
