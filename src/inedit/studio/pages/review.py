"""The list of pieces."""

from __future__ import annotations

from starlette.responses import Response

from inedit.studio.page import Page, Visit


def first(visit: Visit) -> Response:
    """Where the studio opens."""
    return visit.redirect("/pieces")


def pieces(visit: Visit) -> Response:
    """Pieces, filtered and paged."""
    return visit.show("pieces.html")


PAGES = (Page("/", first), Page("/pieces", pieces, nav="nav.review"))
