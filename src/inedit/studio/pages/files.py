"""Texts as files: what the list shows and is accepted, as ``inedit pieces export`` writes it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from starlette.responses import Response

from inedit.errors import WrongInput
from inedit.exchange import FORMATS, export_pieces, exported_texts
from inedit.exchange.exported import ExportedText
from inedit.exchange.provenance import provenance_of, record_path, signed
from inedit.ledger.audit.anchors import signature_path
from inedit.ledger.audit.signatures import own_key, signing_key
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
    form, content, _ = _written(visit)
    named = f'attachment; filename="{_name(form)}"'
    return Response(content, media_type=FORMATS[form].media_type, headers={"Content-Disposition": named})


def with_record(visit: Visit) -> Response:
    """The same file beside its signed record, as a ZIP. The key is that of whoever runs the studio, as in a terminal
    there: it says that the record is this installation's, whoever took it away."""
    form, content, texts = _written(visit)
    workspace, now, file = visit.workspace, datetime.now(UTC), Path(_name(form))
    brand, kinds = workspace.project().brand, workspace.kinds()
    record = provenance_of(content, form, texts, workspace.store, brand, kinds, now)
    key, _ = signing_key(own_key())
    beside = record_path(file)
    signature = signed(record, file.name, key, now).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, kept in {file: content, beside: record, signature_path(beside): signature}.items():
            packed.writestr(path.name, kept)
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
    Page("/texts/{form}/signed", with_record, roles=EVERYBODY),
)
