"""Editing a text by hand: judged while one types, saved as a revision, refused with the reason shown."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from inedit.archive.attempts import judged_attempts
from inedit.archive.revisions import Edit, version_of
from inedit.model import Decision, Piece
from inedit.model.errors import WrongInput
from inedit.pipeline.editing import Refused, judge_edit, save_edit, sheet_of
from inedit.studio.differences import changed_parts
from inedit.studio.listing import Filter, names_of
from inedit.studio.page import Page, Visit
from inedit.studio.pages.piece import (
    found_piece,
    list_of,
    part_names,
    seconds_read,
    shown_text,
    written_texts,
)

MOST_CHARS = 20_000
"""No part of a text is longer."""

EDITORS = ("marketer", "reviewer")


def edit(visit: Visit) -> Response:
    """The form, with the verdict on the text as it is."""
    shown = found_piece(visit)
    visit.workspace.expect_a_save()
    judged = _judged(visit, shown, _attempted(visit, shown))
    return _form(visit, judged, version_of(shown.parts), Filter.of(visit.query))


def _attempted(visit: Visit, shown: Piece) -> dict[str, str]:
    """The text of an attempt that somebody wants to start from, in the parts that can be edited."""
    wanted, number = visit.query.get("attempt", ""), visit.query.get("text", "1")
    spec, sheet = shown.spec, sheet_of(shown, visit.workspace.kinds())
    if sheet is None or not (wanted.isdecimal() and number.isdecimal()):
        return {}
    attempts = judged_attempts(visit.workspace.store, spec.campaign_id, spec.key, shown.revision_number)
    raw = next((one.raw for one in attempts if str(one.attempt) == wanted), "")
    texts = written_texts(visit, shown, raw) if raw else []
    if not 1 <= int(number[:4]) <= len(texts):
        return {}
    free = {part.id for part in sheet.parts if part.source == "model"}
    return {name: text for name, text in texts[int(number) - 1].items() if name in free}


def judge(visit: Visit) -> Response:
    """What the checks say of what has been typed so far: a fragment of the form."""
    judged = _judged(visit, found_piece(visit), _typed(visit))
    return visit.show("judged.html", **_verdict(visit, judged))


def save(visit: Visit) -> Response:
    """Keep the edit, or say why not; what was typed is shown again in any case."""
    shown, workspace, wanted = found_piece(visit), visit.workspace, list_of(visit)
    typed, version = _typed(visit), visit.field("version")
    if version == version_of(shown.parts) and all(
        shown.parts.get(name, text) == text for name, text in typed.items()
    ):
        return visit.redirect(wanted.address(f"/pieces/{shown.id}"), "edit.unchanged")
    if version != version_of(shown.parts):
        return _conflict(visit, shown, typed, wanted)
    reasons = {
        name.removeprefix("because-"): visit.field(name)[:500]
        for name in visit.form
        if name[:8] == "because-"
    }
    judged = _judged(visit, shown, typed)
    made = Edit(visit.session.name, workspace.clock(), visit.field("reason")[:500], version)
    saved = save_edit(
        workspace.archive(), workspace.ledger(), judged, reasons, made, seconds=seconds_read(visit),
        encoder=workspace.encoder,
    )  # fmt: skip
    if not isinstance(saved, Refused):
        return visit.redirect(wanted.address(f"/pieces/{shown.id}"), "edit.saved")
    if saved.conflict:
        return _conflict(visit, found_piece(visit), typed, wanted)
    return _form(visit, saved.piece, version, wanted, refused=True)


def _judged(visit: Visit, shown: Piece, typed: dict[str, str]) -> Piece:
    workspace = visit.workspace
    today = workspace.clock().date()
    return judge_edit(workspace.typing_archive(), workspace.kinds(), shown, typed, today)


def _typed(visit: Visit) -> dict[str, str]:
    """The parts as the form has them, on one line each where the channel wants lines; empty parts are kept empty."""
    typed = {}
    for name, value in visit.form.items():
        if name.startswith("part-") and isinstance(value, str):
            if len(value) > MOST_CHARS:
                raise WrongInput(visit.t("edit.too_long"))
            typed[name.removeprefix("part-")] = value.replace("\r\n", "\n").strip()
    return typed


def _verdict(visit: Visit, judged: Piece) -> dict[str, Any]:
    reasons = {
        name.removeprefix("because-"): str(value)
        for name, value in visit.form.items()
        if name[:8] == "because-"
    }
    return {
        **shown_text(visit, judged), "passes": judged.verdict.decision is Decision.ACCEPT, "reasons": reasons,
    }  # fmt: skip


def _form(visit: Visit, judged: Piece, version: str, wanted: Filter, *, refused: bool = False) -> Response:
    names = names_of(visit.workspace.project().brand, visit.language)
    shown = _verdict(visit, judged)
    return visit.show(
        "edit.html", 422 if refused else 200, version=version, wanted=wanted, names=names, refused=refused,
        part_names=part_names(shown["sheet"], visit.language), reason=visit.field("reason"), **shown,
    )  # fmt: skip


def _conflict(visit: Visit, shown: Piece, typed: dict[str, str], wanted: Filter) -> Response:
    """Somebody else changed the text meanwhile: both are shown, and the person decides."""
    mine = {name: typed.get(name, text) for name, text in shown.parts.items()}
    judged = _judged(visit, shown, typed)
    names = names_of(visit.workspace.project().brand, visit.language)
    return visit.show(
        "conflict.html", 409, theirs=shown, mine=mine, changed=changed_parts(shown.parts, mine),
        version=version_of(shown.parts), wanted=wanted, names=names, reason=visit.field("reason"),
        part_names=part_names(shown_text(visit, judged)["sheet"], visit.language), typed=typed,
    )  # fmt: skip


PAGES = (
    Page("/pieces/{piece_id}/edit", edit, roles=EDITORS),
    Page("/pieces/{piece_id}/edit", save, methods=("POST",), roles=EDITORS),
    Page("/pieces/{piece_id}/judge", judge, methods=("POST",), roles=EDITORS),
)
