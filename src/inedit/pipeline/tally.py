"""What many pieces come to, counted in one look at each: they may stay in the store."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from statistics import median

from inedit.model import Approval, Originality, Piece, Status
from inedit.pipeline.advice_answers import is_advisor_finding, is_unadvised
from inedit.pipeline.copy_edit_note import is_copy_edited

ORIGINALITY_FIGURES = tuple(field.name for field in fields(Originality))


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of pieces. Insights are ids; ``minutes`` are None when no piece has any.

    ``unread`` are parked pieces that nobody has spent minutes on, by channel and language; ``unadvised`` are those of
    the run itself. ``copy_edited`` of those that ``got_in``, accepted or awaiting approval, have the edited text.
    """

    statuses: Mapping[Status, int]
    states: Mapping[tuple[Status, Approval | None], int]  # in the order of their first pieces
    languages: frozenset[str]
    supplied: frozenset[str]
    evidenced: frozenset[str]
    originality: Mapping[str, float | None]
    minutes: float | None
    unread: Mapping[tuple[str, str], int]
    doubted: int
    unadvised: int
    got_in: int
    copy_edited: int


def told_by(piece: Piece) -> frozenset[str]:
    """The insights that a piece has a receipt of."""
    return frozenset(r.source_id for r in piece.verdict.receipts if r.kind == "insight")


def originality_of(pieces: Iterable[Piece]) -> dict[str, float | None]:
    """The median over the accepted pieces of each figure of originality; None where nothing was measured."""
    figures = {name: array("d") for name in ORIGINALITY_FIGURES}
    for piece in pieces:
        if piece.status is Status.ACCEPTED:
            _measure(piece, figures)
    return _medians(figures)


def tally_of(pieces: Iterable[Piece], run_id: str) -> Tally:
    """The counts of the pieces of a run, those included that an earlier one made."""
    statuses: Counter[Status] = Counter()
    states: Counter[tuple[Status, Approval | None]] = Counter()
    unread: Counter[tuple[str, str]] = Counter()
    languages, supplied, evidenced = set[str](), set[str](), set[str]()
    figures, minutes = {name: array("d") for name in ORIGINALITY_FIGURES}, array("d")
    doubted = unadvised = got_in = copy_edited = 0
    for piece in pieces:
        statuses[piece.status] += 1
        states[piece.status, piece.approval] += 1
        languages.add(piece.spec.language)
        supplied.update(piece.spec.insight_ids)
        if piece.status is Status.ACCEPTED:
            evidenced |= told_by(piece)
            _measure(piece, figures)
        if piece.status is Status.ACCEPTED or piece.approval is Approval.PENDING:
            got_in += 1
            copy_edited += any(map(is_copy_edited, piece.verdict.findings))
        if piece.minutes_saved is not None:
            minutes.append(piece.minutes_saved)
        elif piece.status is Status.PARKED:
            unread[piece.spec.channel, piece.spec.language] += 1
        doubted += any(map(is_advisor_finding, piece.verdict.findings))
        unadvised += piece.run_id == run_id and any(map(is_unadvised, piece.verdict.findings))
    return Tally(
        statuses, states, frozenset(languages), frozenset(supplied), frozenset(evidenced), _medians(figures),
        sum(minutes) if minutes else None, unread, doubted, unadvised, got_in, copy_edited,
    )  # fmt: skip


def _measure(piece: Piece, figures: Mapping[str, array[float]]) -> None:
    for name, values in figures.items():
        if (value := getattr(piece.verdict.originality, name)) is not None:
            values.append(value)


def _medians(figures: Mapping[str, array[float]]) -> dict[str, float | None]:
    return {name: median(values) if values else None for name, values in figures.items()}
