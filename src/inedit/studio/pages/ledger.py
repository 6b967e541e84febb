"""Finance's pages: month, campaign, piece, attempt; budgets, savings, exceptions, the proof, and the files."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from inedit.archive.pieces import read_pieces
from inedit.bootstrap import reporter
from inedit.ledger.audit.audit_exceptions import KINDS
from inedit.ledger.exports.focus import export_focus
from inedit.ledger.exports.rows import MONEY_KINDS, export
from inedit.ledger.journal.reading import Scope, entries_of_piece, months
from inedit.model import LedgerEntry
from inedit.model.errors import WrongInput
from inedit.store.seals import RECORDS
from inedit.studio.amounts import duration, money, moneys
from inedit.studio.listing import names_of
from inedit.studio.page import Page, Visit

ROLES = ("finance",)
SPLITS = ("channel", "language", "segment", "tone", "model")
"""What a campaign's costs are split by, in this order."""

SHOWN_LINES = 60
"""Pieces, exceptions and campaigns that a page lists; the files have all of them."""

FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "focus.csv": "text/csv; charset=utf-8",
}


def overview(visit: Visit) -> Response:
    """A month, or everything; of one campaign, or of all."""
    scope = _scope(visit)
    report = reporter(visit.workspace.store, visit.workspace.root).report(scope, SHOWN_LINES)
    summary = report.summary
    return visit.show(
        "ledger/overview.html", report=report, summary=summary, scope=scope, months=months(visit.workspace.store),
        campaigns=_campaign_names(visit), saved=report.saved_when_read,
        budgets=[state for state in report.budgets if state.limit.scope != "run"],
        splits={name: summary.by[name] for name in SPLITS if summary.by[name]},
        exceptions=sum(group.count for group in summary.doubts), kinds={kind.code: kind for kind in KINDS},
        shown_lines=SHOWN_LINES, files=FILES, **_words(visit),
    )  # fmt: skip


def piece(visit: Visit) -> Response:
    """Everything that is booked for one piece, attempt by attempt."""
    piece_id = str(visit.request.path_params["piece_id"])
    found = next(read_pieces(visit.workspace.store, piece_id=piece_id), None)
    if found is None:
        raise WrongInput(visit.t("ledger.no_piece", id=piece_id))
    spec = found.spec
    with visit.workspace.store.read() as connection:
        booked = entries_of_piece(connection, spec.campaign_id, spec.key, found.revision_number)
    paid = [entry for entry in booked if entry.kind != "memo"]
    return visit.show(
        "ledger/piece.html", piece=found, paid=paid, total=_total(paid),
        memos=[entry for entry in booked if entry.kind == "memo" and entry.purpose not in RECORDS],
        unpriced=_unpriced(paid), campaigns=_campaign_names(visit), **_words(visit),
    )  # fmt: skip


def verify(visit: Visit) -> Response:
    """Whether every entry is as it was written: all of them are read, so it is asked for."""
    return visit.show("ledger/proof.html", proof=visit.workspace.ledger().verify())


def download(visit: Visit) -> Response:
    """A file as the terminal writes it."""
    form, scope = str(visit.request.path_params["form"]), _scope(visit)
    if form not in FILES:
        raise WrongInput(visit.t("ledger.no_file", name=form))
    scope.check()
    store = visit.workspace.store
    with tempfile.NamedTemporaryFile(prefix="inedit-", suffix=f".{form}", delete=False) as made:
        file = Path(made.name)
    try:
        if form == "xlsx":
            reporter(store, visit.workspace.root).write_workbook(scope, file)
        else:
            with file.open("w", encoding="utf-8", newline="") as stream:
                if form == "focus.csv":
                    export_focus(store, stream, scope)
                else:
                    export(store, stream, "csv" if form == "csv" else "jsonl", scope, MONEY_KINDS)
    except BaseException:
        file.unlink()
        raise
    named = "-".join(filter(None, ("ledger", scope.period, scope.campaign_id)))
    return FileResponse(
        file, media_type=FILES[form], filename=f"{named}.{form}", background=BackgroundTask(file.unlink)
    )


def _scope(visit: Visit) -> Scope:
    return Scope(campaign_id=visit.query.get("campaign") or None, period=visit.query.get("month") or None)


def _campaign_names(visit: Visit) -> dict[str, str]:
    return {brief.id: brief.name for brief in visit.workspace.project().brand.campaigns.values()}


def _total(entries: list[LedgerEntry]) -> dict[str, int]:
    total: dict[str, int] = {}
    for entry in entries:
        if entry.currency and entry.cost_micros is not None:
            total[entry.currency] = total.get(entry.currency, 0) + entry.cost_micros
    return total


def _unpriced(entries: list[LedgerEntry]) -> int:
    corrected = {entry.corrects for entry in entries if entry.corrects}
    return sum(e.kind == "call" and e.cost_micros is None and e.id not in corrected for e in entries)


def _words(visit: Visit) -> dict[str, Any]:
    rendering, names = visit.rendering, names_of(visit.workspace.project().brand, visit.language)

    def word(kind: str, name: str | None) -> str:
        """What a call was for, or how it ended; a name that the interface has no word for stays as it is."""
        key = f"ledger.{kind}_{name}"
        return rendering.t(key) if rendering.knows(key) else name or ""

    return {
        "word": word,
        "money": partial(money, rendering),
        "moneys": partial(moneys, rendering),
        "duration": partial(duration, rendering),
        "named": lambda kind, id: names[kind].get(id, id),
    }


PAGES = (
    Page("/ledger", overview, roles=ROLES, nav="ledger.nav"),
    Page("/ledger/verify", verify, roles=ROLES),
    Page("/ledger/files/{form}", download, roles=ROLES),
    Page("/ledger/pieces/{piece_id}", piece, roles=ROLES),
)
