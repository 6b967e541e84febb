"""Texts side by side: a cell in all its languages, or all texts of a cell."""

from __future__ import annotations

from starlette.responses import Response

from inedit.pipeline.editing import sheet_of
from inedit.studio.listing import Filter, cell_of, names_of, state_of
from inedit.studio.marks import marked_parts, notes_of
from inedit.studio.page import EVERYBODY, Page, Visit
from inedit.studio.pages.piece import found_piece, part_names, uses

MOST = 8
"""So many texts are shown side by side."""

VIEWS = {
    "languages": ("segment", "tone", "index"),
    "siblings": ("segment", "language"),
    "segments": ("language", "tone", "index"),
}
"""What the texts of a view have in common with the one that is compared, beside campaign and channel."""


def compare(visit: Visit) -> Response:
    """A piece beside its languages, its siblings or its segments."""
    shown, workspace = found_piece(visit), visit.workspace
    brand, by = workspace.project().brand, visit.query.get("by", "languages")
    by = by if by in VIEWS else "languages"
    spec = shown.spec
    same = VIEWS[by]
    cards = [
        card for card in workspace.catalogue.cards()
        if (card.spec.campaign_id, card.spec.channel) == (spec.campaign_id, spec.channel)
        and all(getattr(card.spec, name) == getattr(spec, name) for name in same)
    ]  # fmt: skip
    cards.sort(key=lambda card: (card.id != shown.id, cell_of(card)))
    counted, taken, texts = uses(visit), workspace.decisions.waiting(), []
    for card in cards[:MOST]:
        piece = workspace.find(card.id)
        if piece is None:
            continue
        notes = notes_of(piece, brand, visit.language, counted)
        names = part_names(sheet_of(piece, workspace.kinds()), visit.language)
        approval = taken[card.id].approval if card.id in taken else card.approval
        parts = {part.id: part for part in marked_parts(piece, notes, names, {})}
        texts.append((piece, state_of(piece.status, approval), parts, notes))
    rows = dict.fromkeys(id for piece, *_ in texts for id in piece.parts)
    first_names = part_names(sheet_of(shown, workspace.kinds()), visit.language)
    return visit.show(
        "compare.html", texts=texts, rows=[(id, first_names.get(id, id)) for id in rows], by=by, views=VIEWS,
        names=names_of(brand, visit.language), wanted=Filter.of(visit.query), shown=shown,
        more=max(0, len(cards) - MOST), today=workspace.clock().date(),
    )  # fmt: skip


PAGES = (Page("/compare/{piece_id}", compare, roles=EVERYBODY),)
