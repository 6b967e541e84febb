"""Is one text a copy of another? The one decision that every caller shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inedit.guard.similarity.calibration import regime_for
from inedit.guard.similarity.passages import passages
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.signals import measure
from inedit.model import Span


@dataclass(frozen=True, slots=True)
class Similarity:
    """What the comparison of two texts found.

    ``score`` is the calibrated probability (0 to 1) of a copy, ``threshold`` the value above which it is called
    one, ``signal`` the signal that weighed most. ``spans_a`` and ``spans_b`` are the passages found in both, pair by
    pair, longest first. ``share`` is the part (0 to 1) of the shorter text's words that they cover. ``regime`` names the
    calibration; one that does not end in ``-siblings`` decided without knowing what the brief makes common.
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

    ``siblings`` are other texts written to the same brief: what they share is the brief's, not a copy. ``common`` are texts
    that the brand itself supplies (approved claims, calls to action, the offer); repeating them is no copying.
    ``cosine`` is the similarity of the two texts' vectors, -1 to 1, when an encoder was asked. ``language`` is a
    BCP 47 tag. Neither the order of the two texts nor that of the siblings changes the answer.
    """
    del cosine
    return decide(
        Profile.of(text_a),
        Profile.of(text_b),
        language=language,
        common=[Profile.of(text) for text in common],
        siblings=[Profile.of(text) for text in siblings],
    )


def decide(
    a: Profile,
    b: Profile,
    *,
    language: str,
    common: Sequence[Profile],
    siblings: Sequence[Profile],
) -> Similarity:
    """The same as :func:`compare`, for texts that were folded before."""
    words = min(len(a.words), len(b.words))
    regime = regime_for(
        words=words, unspaced=language.partition("-")[0].lower() in {"ja", "zh", "th"}, siblings=bool(siblings)
    )
    signals = measure(a, b, common, siblings)
    score = regime.probability(signals)
    copy = words > 0 and score >= regime.threshold
    found = passages(a.words, b.words) if copy else []
    covered = sum(passage.a_end - passage.a_start for passage in found)
    return Similarity(
        copy=copy,
        score=score,
        signal=regime.strongest(signals),
        threshold=regime.threshold,
        spans_a=tuple(a.span(p.a_start, p.a_end) for p in found),
        spans_b=tuple(b.span(p.b_start, p.b_end) for p in found),
        share=min(1.0, covered / words) if words else 0.0,
        regime=regime.name,
    )
