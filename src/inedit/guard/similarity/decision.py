"""Is one text a copy of another? The one decision that every caller shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from inedit.guard.similarity.calibration import FEWEST_WORDS, regime_for
from inedit.guard.similarity.profile import Hashes, Profile, supplied_by
from inedit.guard.similarity.signals import measure, passages, passages_at_most, siblings_of
from inedit.model import Span


@dataclass(frozen=True, slots=True)
class Similarity:
    """What the comparison of two texts found.

    ``score`` is the calibrated probability (0 to 1) of a copy, ``threshold`` the value from which it is called one,
    ``signal`` the signal that weighed most. ``spans_a`` and ``spans_b`` are the passages found in both, pair by pair,
    longest first. ``share`` is the part (0 to 1) of the shorter text's own words that they cover. ``regime`` names the
    calibration; ``long`` decided without siblings, so without knowing what the brief makes common.
    """

    copy: bool
    score: float
    signal: str
    threshold: float
    spans_a: tuple[Span, ...] = ()
    spans_b: tuple[Span, ...] = ()
    share: float = 0.0
    regime: str = ""


def compare(
    text_a: str,
    text_b: str,
    *,
    language: str,
    siblings: Sequence[str] = (),
    common: Sequence[str] = (),
    cosine: float | None = None,
) -> Similarity:
    """Whether ``text_a`` copies ``text_b``, or the reverse: the answer is the same.

    ``siblings`` are other texts written to the same brief: what they share is the brief's, not a copy. ``common`` are
    texts that the brand itself supplies (approved claims, calls to action, the offer): repeating them is no
    copying, and they are taken out before anything is compared. ``cosine`` is the similarity of the two texts'
    vectors, -1 to 1, when an encoder was asked. ``language`` is a BCP 47 tag. Neither the order of the two texts nor
    that of the siblings changes the answer.
    """
    supplied = _supplied(tuple(common))
    return decide(
        Profile.of(text_a, supplied),
        Profile.of(text_b, supplied),
        language=language,
        siblings=[Profile.of(text, supplied) for text in siblings],
        cosine=cosine,
    )


@lru_cache(maxsize=64)
def _supplied(common: tuple[str, ...]) -> Hashes:
    """The same few texts come with every draft of a campaign."""
    return supplied_by(common)


def decide(
    a: Profile,
    b: Profile,
    *,
    language: str,
    siblings: Sequence[Profile] = (),
    cosine: float | None = None,
    copies_only: bool = False,
) -> Similarity:
    """The same as :func:`compare`, for texts that were folded before.

    With ``copies_only`` the caller has no use for the score of what is no copy: it may then be an upper bound.
    """
    if a.original > b.original:  # always compared in one order, so that swapping the texts changes nothing
        swapped = decide(b, a, language=language, siblings=siblings, cosine=cosine, copies_only=copies_only)
        return replace(swapped, spans_a=swapped.spans_b, spans_b=swapped.spans_a)
    words = min(len(a), len(b))
    if words < FEWEST_WORDS:
        return _tiny(a, b)
    known = siblings_of(a, b, siblings)
    regime = regime_for(language=language, words=words, siblings=known is not None, cosine=cosine is not None)
    signals: dict[str, float] = {}
    if copies_only and known is None and "passages" in regime.weights:
        cheap = [name for name in regime.weights if name != "passages"]
        signals = measure(cheap, a, b, None, cosine) | {"passages": passages_at_most(a, b)}
    if not signals or regime.probability(signals) >= regime.threshold:
        signals = measure(regime.weights, a, b, known, cosine)
    score = regime.probability(signals)
    copy = score >= regime.threshold
    found = passages(a, b, known.texts if known else ()) if copy else []
    covered = sum(passage.a_end - passage.a_start for passage in found)
    return Similarity(
        copy=copy,
        score=score,
        signal=regime.strongest(signals),
        threshold=regime.threshold,
        spans_a=tuple(a.span(passage.a_start, passage.a_end) for passage in found),
        spans_b=tuple(b.span(passage.b_start, passage.b_end) for passage in found),
        share=min(1.0, covered / words),
        regime=regime.name,
    )


def _tiny(a: Profile, b: Profile) -> Similarity:
    """Two or three words are a copy when they are the same words; none at all are no copy of anything."""
    copy = len(a) > 0 and a.letters == b.letters
    return Similarity(
        copy=copy,
        score=float(copy),
        signal="letter order",
        threshold=1.0,
        spans_a=(a.span(0, len(a)),) if copy else (),
        spans_b=(b.span(0, len(b)),) if copy else (),
        share=float(copy),
        regime="tiny",
    )
