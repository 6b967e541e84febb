"""Edited tables that come back: what becomes of each row is shown first, and kept when somebody says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from inedit.exchange import Desk, ImportReport, Outcome, Row, import_rows, read_table
from inedit.model.errors import WrongInput
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit

ROLES = ("marketer", "reviewer")

MOST_ROWS, MOST_CARRIED = 500, 1_500_000
"""Bounds of a table in both steps; the second one counts the bytes of its rows as the form carries them on."""


def ask(visit: Visit) -> Response:
    """Where a file is given."""
    visit.workspace.expect_a_save()
    return _show(visit)


def receive(visit: Visit) -> Response:
    """Judge the rows of a file and keep nothing, or keep those that were shown to be accepted."""
    keeps = visit.field("step") == "keep"
    try:
        rows = _carried(visit) if keeps else _uploaded(visit)
        report = _judged(visit, rows, dry_run=not keeps)
    except WrongInput as error:
        return _show(visit, 400, wrong=str(error))
    taken = {one.piece_id for one in report.rows if one.outcome is Outcome.ACCEPTED}
    carried = _packed([row for row in rows if row.piece_id in taken])
    return _show(visit, report=report, carried="" if keeps else carried)


def _judged(visit: Visit, rows: Sequence[Row], *, dry_run: bool) -> ImportReport:
    workspace = visit.workspace
    desk = Desk(workspace.archive(), workspace.ledger(), workspace.kinds(), workspace.encoder)
    because = visit.field("because")[:500] or visit.t("edited.because")
    return import_rows(
        rows, desk, by=visit.session.name, at=workspace.clock(), because=because, dry_run=dry_run
    )


def _uploaded(visit: Visit) -> tuple[Row, ...]:
    upload = visit.form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise WrongInput(visit.t("incoming.no_file"))
    return _bounded(visit, read_table(upload.file.read(), upload.filename))


def _bounded(visit: Visit, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows, unless there are too many for one visit."""
    if len(rows) > MOST_ROWS or len(_packed(rows).encode()) > MOST_CARRIED:
        raise WrongInput(visit.t("edited.too_large", rows=MOST_ROWS))
    return rows


def _packed(rows: Sequence[Row]) -> str:
    """Rows as the form carries them."""
    return json.dumps([astuple(row) for row in rows], ensure_ascii=False)


def _carried(visit: Visit) -> tuple[Row, ...]:
    """The rows that the form brings back. They are judged again: nothing that it says is trusted."""
    try:
        found = json.loads(visit.field("rows"))
        rows = tuple(
            Row(int(line), str(piece), str(revision), {str(id): str(words) for id, words in parts.items()})
            for line, piece, revision, parts in found
        )
        return _bounded(visit, rows)
    except (ValueError, TypeError, AttributeError) as error:
        raise WrongInput(visit.t("incoming.no_file")) from error


def _show(visit: Visit, status: int = 200, **more: Any) -> Response:
    report: ImportReport | None = more.get("report")
    changed = [one for one in report.rows if one.outcome is not Outcome.UNCHANGED] if report else []
    pieces = {one.piece_id: visit.workspace.find(one.piece_id) for one in changed}
    values = {"wrong": "", "report": None, "carried": "", **more}
    return visit.show(
        "edited.html", status, told=changed, pieces=pieces, because=visit.field("because"),
        names=names_of(visit.workspace.project().brand, visit.language), **values,
    )  # fmt: skip


PAGES = (
    Page("/edited", ask, roles=ROLES),
    Page("/edited", receive, methods=("POST",), roles=ROLES),
)
