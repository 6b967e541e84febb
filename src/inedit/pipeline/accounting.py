"""Pieces with what each cost and saved, and as JSON: all that a listing needs, and none of what judges drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from inedit.guard.nlp.length import length_of
from inedit.model import Piece, as_json

if TYPE_CHECKING:
    from inedit.ledger.journal.reading import PieceCost
    from inedit.pipeline.services import PieceLedger


def piece_as_json(piece: Piece) -> dict[str, Any]:
    """A piece as ``produce --json``, ``pieces --json`` and ``piece --json`` all give it, its length included."""
    return {**as_json(piece), "length": asdict(length_of(piece.text, piece.spec.language))}


def accounted(pieces: Iterable[Piece], ledger: PieceLedger) -> tuple[Piece, ...]:
    """The pieces with what each cost, all its attempts included, and the minutes that it saved."""
    return tuple(each_accounted(pieces, ledger))


def each_accounted(pieces: Iterable[Piece], ledger: PieceLedger) -> Iterator[Piece]:
    """The same, one after the other: the ledger is asked once for each campaign."""
    costs: dict[str, Mapping[tuple[str, int], PieceCost]] = {}
    saved: dict[str, Mapping[tuple[str, int], float]] = {}
    for piece in pieces:
        campaign_id = piece.spec.campaign_id
        if campaign_id not in costs:
            costs[campaign_id] = ledger.piece_costs(campaign_id=campaign_id)
            saved[campaign_id] = ledger.history.minutes_saved(campaign_id)
        yield _accounted(piece, costs[campaign_id], saved[campaign_id])


def _accounted(
    piece: Piece, costs: Mapping[tuple[str, int], PieceCost], saved: Mapping[tuple[str, int], float]
) -> Piece:
    piece_key = (piece.spec.key, piece.revision_number)
    cost = costs.get(piece_key)
    if cost is None:
        return replace(piece, minutes_saved=saved.get(piece_key))
    return replace(
        piece,
        cost_micros=cost.cost_micros,
        currency=cost.currency or piece.currency,
        minutes_saved=saved.get(piece_key),
    )
