"""What comes into the field: an exported file into a place, and the offline coder over what nobody has read."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.responses import Response

from inedit.insight_loop.coding.codings import OFFLINE
from inedit.insight_loop.coding.offline_run import code_offline
from inedit.insight_loop.field_store import verbatims
from inedit.insight_loop.observing.observe import Observation, observe
from inedit.insight_loop.observing.tables import columns_of
from inedit.insight_loop.places import place_named
from inedit.insight_loop.pseudonyms import key_file, load_key
from inedit.model.errors import IneditError, WrongInput
from inedit.studio.page import Page, Visit
from inedit.studio.pages.field import TABS, show_places

ROLES = TABS["candidates"]
CODED_AT_ONCE = 1_000
"""Verbatims that one press of the button codes: a matter of seconds."""


def receive(visit: Visit) -> Response:
    """Import a file as ``inedit field import`` does; what it holds is written nowhere before it is redacted."""
    store, root, upload = visit.workspace.store, visit.workspace.root, visit.form.get("file")
    done: Observation | None = None
    try:
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise WrongInput(visit.t("incoming.no_file"))
        place = place_named(root, visit.field("place"))
        done = observe(
            store, load_key(key_file(root), store), place, upload.file,
            columns=columns_of(visit.field("columns")), chat=visit.field("chat") or None,
        )  # fmt: skip
    except IneditError as error:
        return show_places(visit, refused=str(error), status=422)
    return show_places(visit, done=done)


def code(visit: Visit) -> Response:
    """Let the offline coder read what it has not."""
    unread = verbatims(visit.workspace.store, limit=CODED_AT_ONCE, unread_by=OFFLINE)
    codes = visit.workspace.project().brand.codes
    code_offline(visit.workspace.store, codes, visit.workspace.encoder(), unread, visit.workspace.clock)
    return visit.redirect("/field/candidates", "field.coded_offline")


PAGES = (
    Page("/field/import", receive, methods=("POST",), roles=ROLES),
    Page("/field/code", code, methods=("POST",), roles=ROLES),
)
