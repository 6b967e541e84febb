"""Texts as files: what the list shows and is accepted, as ``inedit pieces export`` writes it."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

from starlette.responses import Response

from inedit.exchange import FORMATS, export_pieces, exported_texts
from inedit.exchange.exported import ExportedText
from inedit.exchange.provenance import with_record
from inedit.ledger.audit.signatures import kept_key, own_key
from inedit.model import Status
from inedit.model.errors import WrongInput
from inedit.studio.listing import Filter, listed
from inedit.studio.page import EVERYBODY, Page, Visit

OFFERED = ("xlsx", "docx", "csv", "html", "md", "jsonl")
"""The formats that are a click away."""

OTHERS = (
    "po", "xliff", "xliff-1.2", "google-ads", "email-zip", "sms", "community", "audio-script", "search-answer-zip",
    "card", "marketplace",
)  # fmt: skip
"""Those behind *Other formats*; what is left writes one text of one channel: its name in the address leads there."""


SIGNERS = ("marketer", "reviewer")
"""Who may have texts signed in this installation's name: those who decide about them."""


def has_key() -> bool:
    """Whether there is a key to sign with, as far as can be seen."""
    with suppress(OSError):
        return own_key().exists()
    return True


def download(visit: Visit) -> Response:
    """The accepted texts among those that the list's filter finds."""
    form, content, _ = _written(visit)
    named = f'attachment; filename="{_name(form)}"'
    return Response(content, media_type=FORMATS[form].media_type, headers={"Content-Disposition": named})


def download_signed(visit: Visit) -> Response:
    """The same file beside its signed record, as a ZIP. The key is that of whoever runs the studio, as in a terminal
    there: it says that the record is this installation's, whoever took it away. The studio makes none."""
    key = kept_key(own_key())
    if key is None:
        raise WrongInput(visit.t("files.no_key"))
    form, content, texts = _written(visit)
    workspace = visit.workspace
    brand, kinds = workspace.project().brand, workspace.kinds()
    written = with_record(
        Path(_name(form)), content, form, texts, workspace.store, brand, kinds, workspace.clock(), lambda: key
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in written.items():
            packed.writestr(path.name, data)
    named = 'attachment; filename="texts-signed.zip"'
    return Response(made.getvalue(), media_type="application/zip", headers={"Content-Disposition": named})


def _name(form: str) -> str:
    return f"texts.{FORMATS[form].ending}"


def _written(visit: Visit) -> tuple[str, bytes, list[ExportedText]]:
    """The format, the file and its texts."""
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
    return form, export_pieces(form, texts), texts


PAGES = (
    Page("/texts/{form}", download, roles=EVERYBODY),
    Page("/texts/{form}/signed", download_signed, roles=SIGNERS),
)
