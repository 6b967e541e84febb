"""Is one text a copy of another? The one decision that every caller shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from inedit.guard.similarity.alignment import Passage
from inedit.guard.similarity.calibration import FEWEST_WORDS, calibration_for
from inedit.guard.similarity.excerpt import EXCERPT, found_again
from inedit.guard.similarity.formulas import beyond_formulas
from inedit.guard.similarity.measurements import (
    measure,
    siblings_of,
    until_no_copy,
    until_no_copy_beside,
)
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.shared_opening import beyond_opening
from inedit.guard.similarity.signals import aligned
from inedit.guard.similarity.template import beyond_template
from inedit.model import Span

TINY = "tiny"
"""Names the way in which two or three words are compared."""


@dataclass(frozen=True)
class Similarity:
    """What the comparison of two texts found.

    ``score`` is the calibrated probability (0 to 1) of a copy, ``threshold`` the value from which it is called one,
    ``signal`` the signal that weighed most. ``calibration`` names what decided; ``long`` and ``brief`` decided without
    siblings, so without knowing what the brief makes common. Passages are looked for when they are first asked for.
    """

    copy: bool
    score: float
    signal: str
    threshold: float
    calibration: str
    a: Profile = field(repr=False, compare=False)
    b: Profile = field(repr=False, compare=False)
    siblings: tuple[Profile, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What is found in both texts, heaviest first, in words of ``a`` and ``b``; only a copy has passages."""
        if not self.copy:
            return ()
        if self.calibration == TINY:
            return (Passage(0, len(self.a), 0, len(self.b), float(len(self.a))),)
        if self.a.original <= self.b.original:
            return tuple(aligned(self.a, self.b, self.siblings))
        turned = aligned(self.b, self.a, self.siblings)
        return tuple(Passage(p.b_start, p.b_end, p.a_start, p.a_end, p.weight) for p in turned)

    @cached_property
    def spans_a(self) -> tuple[Span, ...]:
        """The passages as characters of the first text, as it was given."""
        return tuple(self.a.span(passage.a_start, passage.a_end) for passage in self.passages)

    @cached_property
    def spans_b(self) -> tuple[Span, ...]:
        """The passages as characters of the second text, pair by pair with :attr:`spans_a`."""
        return tuple(self.b.span(passage.b_start, passage.b_end) for passage in self.passages)

    @property
    def share(self) -> float:
        """The part (0 to 1) of the shorter text's own words that the passages cover."""
        covered = sum(passage.a_end - passage.a_start for passage in self.passages)
        return min(1.0, covered / max(1, min(len(self.a), len(self.b))))


def compare(
    text_a: str,
    text_b: str,
    *,
    language: str,
    siblings: Sequence[str] = (),
    common: Sequence[str] = (),
    cosine: float | None = None,
    copies_only: bool = False,
) -> Similarity:
    """Whether ``text_a`` copies ``text_b``, or the reverse: the answer is the same.

    ``siblings`` are other texts written to the same brief: what they share is the brief's, not a copy. ``common`` are
    texts that the brand itself supplies (approved claims, calls to action, the offer): repeating them is no
    copying, and they are taken out before anything is compared. ``cosine`` is the similarity of the two texts'
    vectors, -1 to 1, when an encoder was asked. ``language`` is a BCP 47 tag. ``copies_only`` is as in :func:`decide`.
    Neither the order of the two texts nor that of the siblings changes the answer.
    """
    supplied = tuple(common)
    return decide(
        _profile(text_a, supplied),
        _profile(text_b, supplied),
        language=language,
        siblings=[_profile(text, supplied) for text in siblings],
        cosine=cosine,
        copies_only=copies_only,
    )


@lru_cache(maxsize=64)
def _profile(text: str, common: tuple[str, ...]) -> Profile:
    """A draft is held against each generic text, and these against each draft."""
    return Profile.of(text, supplied_by(common))


def decide(
    a: Profile,
    b: Profile,
    *,
    language: str,
    siblings: Sequence[Profile] = (),
    refused: Sequence[Profile] = (),
    cosine: float | None = None,
    copies_only: bool = False,
) -> Similarity:
    """The same as :func:`compare`, for texts that were folded before.

    ``refused`` are drafts of the brief that did not get in (see :func:`beyond_template`). With ``copies_only`` the
    caller has no use for the score of what is not a copy: it may then be an upper bound.
    """
    if a.original > b.original:  # always compared in one order, so that swapping the texts changes nothing
        swapped = decide(
            b,
            a,
            language=language,
            siblings=siblings,
            refused=refused,
            cosine=cosine,
            copies_only=copies_only,
        )
        return replace(swapped, a=swapped.b, b=swapped.a)
    if siblings or refused:
        a, b, siblings = beyond_template(a, b, siblings, refused)
    words = min(len(a), len(b))
    if words < FEWEST_WORDS:
        return _tiny(a, b)
    known = siblings_of(a, b, siblings)
    calibration = calibration_for(
        language=language, words=words, siblings=known is not None, cosine=cosine is not None
    )
    own_a, own_b = beyond_opening(a, b, known.texts if known else ()) if calibration.skips_opening else (a, b)
    if copies_only and known is None:
        signals = until_no_copy(calibration, own_a, own_b, cosine)
    elif copies_only and known is not None and cosine is None:
        signals = until_no_copy_beside(calibration, own_a, own_b, known)
    else:
        signals = measure(calibration.weights, own_a, own_b, known, cosine)
    score = calibration.probability(signals)
    if score < calibration.threshold:
        found = found_again(a, b, known.texts if known else siblings)
        if found is not None:
            return Similarity(
                True, found.share, found.signal, found.threshold, EXCERPT, a, b, known.texts if known else ()
            )
    elif known is None and calibration.skips_opening and (left := beyond_formulas(a, b, language)):
        return decide(*left, language=language, cosine=cosine, copies_only=copies_only)
    return Similarity(
        copy=score >= calibration.threshold,
        score=score,
        signal=calibration.strongest(signals),
        threshold=calibration.threshold,
        calibration=calibration.name,
        a=a,
        b=b,
        siblings=known.texts if known else (),
    )


def _tiny(a: Profile, b: Profile) -> Similarity:
    """Two or three words are a copy when they are the same words; none at all are no copy of anything."""
    copy = len(a) > 0 and a.letters == b.letters
    return Similarity(
        copy=copy,
        score=float(copy),
        signal="letter order",
        threshold=1.0,
        calibration=TINY,
        a=a,
        b=b,
    )
