"""What most texts of a brief carry word for word is its template: a legal footer, a letterhead, a stock paragraph.

A passage that stands in both texts *and* in most of their siblings is nobody's copy, however much of a text it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inedit.guard.similarity.profile import STRETCH_WORDS, Profile
from inedit.guard.similarity.runs import holding
from inedit.guard.similarity.shingles import RUN_WORDS, ngrams
from inedit.guard.similarity.words import Hashes, Positions, distinct, found_in

FEWEST_BEARERS = 2
"""So many siblings must carry a passage; one is enough for what closes both texts, where footers stand."""

MINIMUM_OWN_WORDS = 8
"""A template leaves each text something of its own: of texts that are alike throughout nothing is taken out."""


def beyond_template(
    a: Profile, b: Profile, siblings: Sequence[Profile], refused: Sequence[Profile] = ()
) -> tuple[Profile, Profile, list[Profile]]:
    """Both texts and their siblings less the passages of eight words and more that both and most siblings have.

    ``refused`` are texts of the brief that were not admitted: they tell of footers only, so that nobody makes a passage
    a template by trying to paste it again and again.
    """
    known = list(siblings)
    shared = found_in(a.stretches, b.distinct_stretches)
    if not shared.any() or not (siblings or refused):
        return a, b, known
    at = np.flatnonzero(shared)
    bearers = _bearers(a.stretches[at], known)
    taken = (bearers >= FEWEST_BEARERS) & (2 * bearers > len(known))
    closing = _closing(a, b, at)
    bearers = bearers + _bearers(a.stretches[at], refused)
    taken |= closing & (bearers >= 1) & (2 * bearers > len(known) + len(refused))
    if not taken.any():
        return a, b, known
    runs = _runs_within(a, at[taken])
    left_a, left_b = a.without(runs), b.without(runs)
    if min(len(left_a), len(left_b)) < MINIMUM_OWN_WORDS:
        return a, b, known
    return left_a, left_b, [text.without(runs) for text in known]


def share_stretch(a: Profile, b: Profile) -> bool:
    """Whether two texts have a passage of eight words in common: else nothing of them is a template."""
    return bool(found_in(a.stretches, b.distinct_stretches).any())


def template_of(draft: Profile, admitted: Sequence[Hashes]) -> Hashes:
    """The runs of three words of the passages of a draft that three admitted texts and more carry, sorted.

    The admitted texts are given by their words. None of them was admitted as a copy of another, so what three of them
    say word for word is nobody's own. Empty when the draft would keep fewer than eight words.
    """
    nothing = np.empty(0, dtype=np.uint64)
    bearing = [admitted[number] for number in holding(admitted, draft.distinct_stretches, STRETCH_WORDS)]
    if len(bearing) <= FEWEST_BEARERS:
        return nothing
    bearers = np.zeros(len(draft.stretches), dtype=np.intp)
    for words in bearing:
        bearers += found_in(draft.stretches, distinct(ngrams(words, STRETCH_WORDS)))
    at = np.flatnonzero(bearers > FEWEST_BEARERS)
    if not len(at):
        return nothing
    runs = _runs_within(draft, at)
    return runs if len(draft.without(runs)) >= MINIMUM_OWN_WORDS else nothing


def _bearers(stretches: Hashes, texts: Sequence[Profile]) -> Positions:
    """How many texts have each stretch."""
    bearers = np.zeros(len(stretches), dtype=np.intp)
    for text in texts:
        bearers += found_in(stretches, text.distinct_stretches)
    return bearers


def _closing(a: Profile, b: Profile, at: Positions) -> np.typing.NDArray[np.bool_]:
    """Which of the stretches belong to what both texts close with."""
    mine, theirs = a.words[::-1], b.words[::-1]
    length = min(len(mine), len(theirs))
    differ = np.flatnonzero(mine[:length] != theirs[:length])
    alike = int(differ[0]) if len(differ) else length
    return at >= len(a.words) - alike


def _runs_within(text: Profile, at: Positions) -> Hashes:
    """The runs of three words inside some stretches."""
    inside = at[:, None] + np.arange(STRETCH_WORDS - RUN_WORDS + 1)
    return distinct(text.runs[np.unique(inside)])
