"""One decision on everything that a list shows: the count is said before, and one undo takes all of it back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from starlette.responses import Response

from inedit.model import Approval
from inedit.model.errors import WrongInput
from inedit.studio.decisions import Taken
from inedit.studio.listing import Filter, Listed, listed
from inedit.studio.page import EVERYBODY, Page, Visit
from inedit.studio.pages.piece import ANSWERS, DECIDERS, list_of, seconds_read

STATES = {"approve": ("waiting",), "send-back": ("waiting", "parked"), "park": ("waiting",)}
"""How a piece has to stand for an answer to be given to it."""

FLASHES = {"approve": "bulk.approved", "send-back": "bulk.sent_back", "park": "bulk.parked"}


def concerned(found: Sequence[Listed], answer: str) -> list[Listed]:
    """The pieces of a list that an answer can be given to; what was decided a moment ago is left alone."""
    return [one for one in found if one.state in STATES[answer] and not one.undoable]


def stamp_of(pieces: Sequence[Listed]) -> str:
    """What tells whether a list is still the one whose count was said: which pieces, and which text of each."""
    listed = "\n".join(f"{one.card.id} {one.card.seq} {one.state}" for one in pieces)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


def offers(found: Sequence[Listed]) -> dict[str, tuple[int, str]]:
    """For each answer how many pieces of a list it would be given to, and their stamp."""
    return {
        answer: (len(pieces), stamp_of(pieces)) for answer in STATES if (pieces := concerned(found, answer))
    }


def decide_all(visit: Visit) -> Response:
    """Give one answer to every piece that the filter finds, if they are those that were counted."""
    answer = str(visit.request.path_params["answer"])
    if answer not in STATES:
        raise WrongInput(visit.t("piece.unknown_answer"))
    wanted, workspace, now = list_of(visit), visit.workspace, visit.workspace.clock()
    back, comment = wanted.address("/pieces"), visit.field("comment")[:2_000]
    if ANSWERS[answer] is Approval.CHANGES_REQUESTED and not comment:
        return visit.redirect(back, "piece.comment_missing")
    found, _ = listed(workspace, wanted, visit.session.name)
    pieces = concerned(found, answer)
    if not pieces or visit.field("stamp") != stamp_of(pieces):
        return visit.redirect(back, "bulk.changed")
    batch = secrets.token_hex(8)
    each, left = divmod(seconds_read(visit), len(pieces))
    for number, one in enumerate(pieces):
        seconds = each + (number < left)
        taken = Taken(one.card.id, ANSWERS[answer], visit.session.name, now, seconds, comment, batch=batch)
        workspace.decisions.take(taken)
    return visit.redirect(back, FLASHES[answer])


def seen(visit: Visit) -> Response:
    """Nothing is new any more to whoever says so."""
    visit.workspace.looks.look(visit.session.name, "", visit.workspace.clock())
    return visit.redirect(Filter({**list_of(visit).wanted, "new": ""}).address("/pieces"), "bulk.seen")


PAGES = (
    Page("/bulk/{answer}", decide_all, methods=("POST",), roles=DECIDERS),
    Page("/seen", seen, methods=("POST",), roles=EVERYBODY),
)
