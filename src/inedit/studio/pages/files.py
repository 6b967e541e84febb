"""Texts as files: what the list shows and is accepted, as ``inedit pieces export`` writes it."""

from __future__ import annotations

from starlette.responses import Response

from inedit.errors import WrongInput
from inedit.exchange import FORMATS, export_pieces, exported_texts
from inedit.model import Status
from inedit.studio.listing import Filter, listed
from inedit.studio.page import EVERYBODY, Page, Visit

OFFERED = ("xlsx", "docx", "csv", "html", "md", "jsonl")
"""The formats that are a click away."""

OTHERS = (
    "po", "xliff", "xliff-1.2", "google-ads", "email-zip", "sms", "community", "audio-script", "search-answer-zip",
    "card", "marketplace",
)  # fmt: skip
"""Those behind *Other formats*; what is left writes one text of one channel: its name in the address leads there."""


def download(visit: Visit) -> Response:
    """The accepted texts among those that the list's filter finds."""
    form = str(visit.request.path_params["form"])
    if form not in FORMATS:
        raise WrongInput(visit.t("files.no_format", name=form))
    workspace = visit.workspace
    found, _ = listed(workspace, Filter.of(visit.query), visit.session.name)
    accepted = (workspace.find(one.card.id) for one in found if one.card.status is Status.ACCEPTED)
    pieces = [piece for piece in accepted if piece is not None]
    if not pieces:
        raise WrongInput(visit.t("files.nothing"))
    texts = list(exported_texts(pieces, workspace.store, workspace.project().brand, workspace.kinds()))
    content = export_pieces(form, texts)
    named = f'attachment; filename="texts.{FORMATS[form].ending}"'
    return Response(content, media_type=FORMATS[form].media_type, headers={"Content-Disposition": named})


PAGES = (Page("/texts/{form}", download, roles=EVERYBODY),)
