"""Edits that come back in a table: each changed text is judged as if it had been typed, and kept as a revision.

Rows find their piece by its id and revision. Nothing but the words of parts is read back; a piece that somebody changed
since the export is left alone, and so is every row that something is wrong with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from inedit.archive.admission import Archive
from inedit.archive.pieces import read_pieces, standing_pieces
from inedit.archive.revisions import Edit, read_revisions, version_of
from inedit.encoding import Encoder
from inedit.exchange.exported import revision_label
from inedit.exchange.reading import Row
from inedit.ledger import Ledger
from inedit.model import Decision, Finding, Piece, as_json
from inedit.model.errors import WrongInput
from inedit.pipeline.editing import Refused, judge_edit, save_edit
from inedit.prompting import Templates


class Outcome(StrEnum):
    """What became of a row."""

    UNCHANGED = "unchanged"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # the checks have something against it
    CONFLICT = "conflict"  # somebody stored another text since
    UNKNOWN = "unknown"  # no such piece, or no such part of it


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row's way: ``revision`` is the one that stands afterwards; ``reasons`` are sentences, ``findings`` what the
    checks have against the text, and ``text`` the whole of it, which their spans count in."""

    line: int
    piece_id: str
    outcome: Outcome
    revision: str = ""
    reasons: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "line": self.line, "piece_id": self.piece_id, "outcome": self.outcome.value, "revision": self.revision,
            "reasons": list(self.reasons), "findings": [as_json(finding) for finding in self.findings],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table, row by row; with ``dry_run`` nothing was kept."""

    rows: tuple[ImportedRow, ...]
    dry_run: bool = False

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows had each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def needs_a_person(self) -> bool:
        """Whether a row was not taken."""
        return any(row.outcome not in (Outcome.ACCEPTED, Outcome.UNCHANGED) for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        counts = {outcome.value: count for outcome, count in self.counts.items()}
        return {"dry_run": self.dry_run, "counts": counts, "rows": [row.as_json() for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Desk:
    """What an import works with; ``encoder`` is only called when a text is kept, ``templates`` are all kinds."""

    archive: Archive
    ledger: Ledger
    templates: Mapping[str, Templates]
    encoder: Callable[[], Encoder]


def import_rows(
    rows: Sequence[Row], desk: Desk, *, by: str, at: datetime, because: str = "", dry_run: bool = False
) -> ImportReport:
    """Judge every changed text, and keep those that the checks accept. With ``dry_run`` nothing is kept: copies of
    other rows of the same table are not found then.

    Raises :class:`~.errors.WrongInput`, before anything is kept, when nobody is named as the author.
    """
    if not by.strip():
        raise WrongInput("Say who edited the texts (--by NAME): it is kept with every revision.")
    seen: dict[str, int] = {}
    report = []
    for row in rows:
        if row.piece_id in seen:
            reason = f"Row {seen[row.piece_id]} is of the same piece: keep one of them."
            report.append(ImportedRow(row.line, row.piece_id, Outcome.CONFLICT, reasons=(reason,)))
            continue
        seen[row.piece_id] = row.line
        report.append(_imported(row, desk, by, at, because, dry_run=dry_run))
    return ImportReport(tuple(report), dry_run)


def _imported(row: Row, desk: Desk, by: str, at: datetime, because: str, *, dry_run: bool) -> ImportedRow:
    store = desk.archive.store
    piece = next(read_pieces(store, piece_id=row.piece_id), None) if row.piece_id else None
    if piece is None:
        named = f"There is no piece '{row.piece_id}' here." if row.piece_id else "This row names no piece."
        return ImportedRow(row.line, row.piece_id, Outcome.UNKNOWN, reasons=(named,))
    here = revision_label(piece.parts, read_revisions(store, piece.id))
    found = ImportedRow(row.line, piece.id, Outcome.UNCHANGED, here)
    changed = {
        id: row.parts[id].strip()
        for id, words in piece.parts.items()
        if id in row.parts and _line_ends(row.parts[id]) != _line_ends(words)
    }
    obstacle = _obstacle(row, piece, changed, here, desk)
    if obstacle is not None:
        return replace(found, outcome=obstacle[0], reasons=(obstacle[1],))
    if not changed:
        return found
    edit = Edit(by.strip(), at, because, version_of(piece.parts))
    try:
        saved = _saved(piece, changed, desk, edit, dry_run=dry_run)
    except WrongInput as error:
        return replace(found, outcome=Outcome.REFUSED, reasons=(str(error),))
    if isinstance(saved, Refused):
        return _refused(found, saved)
    after = here if dry_run else revision_label(saved.parts, read_revisions(store, piece.id))
    return replace(found, outcome=Outcome.ACCEPTED, revision=after)


def _obstacle(
    row: Row, piece: Piece, changed: Mapping[str, str], here: str, desk: Desk
) -> tuple[Outcome, str] | None:
    """Why a row is not even judged."""
    strange = [part for part, words in row.parts.items() if part not in piece.parts and words.strip()]
    if strange:
        return Outcome.UNKNOWN, f"The piece has no part {', '.join(map(repr, strange))}."
    if not changed:
        return None
    cell = {piece.spec.key}
    newest = standing_pieces(desk.archive.store, piece.spec.campaign_id, cell)[piece.spec.key].piece
    if newest.id != piece.id:
        return Outcome.CONFLICT, f"It was written anew since, as {newest.id}: export it again."
    if row.revision != here:
        held = row.revision or "none"
        return Outcome.CONFLICT, f"The file has revision {held}, and {here} stands by now: export it again."
    return None


def _saved(
    piece: Piece, changed: Mapping[str, str], desk: Desk, edit: Edit, *, dry_run: bool
) -> Piece | Refused:
    """The piece with its new words, kept unless ``dry_run``; or what stands against them."""
    judged = judge_edit(desk.archive, desk.templates, piece, changed, edit.at.date())
    fixed = [id for id, words in changed.items() if judged.parts[id] != words]
    if fixed:
        raise WrongInput(f"{', '.join(fixed)}: an approved wording. It is changed in brand_data, not here.")
    if dry_run:
        return judged if judged.verdict.decision is Decision.ACCEPT else Refused(judged)
    return save_edit(desk.archive, desk.ledger, judged, {}, edit, seconds=0, encoder=desk.encoder)


def _refused(found: ImportedRow, refused: Refused) -> ImportedRow:
    if refused.conflict:
        reason = "Somebody stored another text of it at this very moment."
        return replace(found, outcome=Outcome.CONFLICT, reasons=(reason,))
    reasons = tuple(reason_of(finding, refused.piece) for finding in refused.against)
    return replace(
        found, outcome=Outcome.REFUSED, reasons=reasons, findings=refused.against, text=refused.piece.text
    )


def reason_of(finding: Finding, piece: Piece) -> str:
    """What stands against a text, with the passage that it is about, and the one that it copies."""
    passage = f" Here: “{finding.span.of(piece.text)}”." if finding.span else ""
    copied = "".join(
        f" There ({one.piece_id}): “{one.other_text}”." for one in finding.matches if one.other_text
    )
    return f"{finding.check}: {finding.message}{passage}{copied}"


def _line_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
