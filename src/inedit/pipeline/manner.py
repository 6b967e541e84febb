"""The texts of a run as a set: what too many of them share, and how far apart they lie in meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from inedit.encoding import Encoder
from inedit.guard.similarity.sameness import Pattern, patterns
from inedit.guard.similarity.spread import Spread, Vectors, spread_of
from inedit.model import Piece, Status
from inedit.pipeline.run import Run
from inedit.pipeline.services import PieceArchive
from inedit.pipeline.siblings import worded
from inedit.prompting import Templates

SHOWN_PATTERNS = 3
"""Patterns that a line of the report shows."""

MOST_COMPARED = 200
"""Texts of a language whose spread is measured: every pair of them is compared, which for 200 takes milliseconds."""

Text = TypeVar("Text")


def sameness_by_language(
    pieces: Iterable[Piece], templates: Templates, common: Callable[[str], Sequence[str]]
) -> dict[str, tuple[Pattern, ...]]:
    """What too many of the accepted pieces of each language have in common, in the parts that the model worded."""
    texts: dict[str, list[tuple[str, ...]]] = {}
    for piece in pieces:
        if piece.status is Status.ACCEPTED:
            own = tuple(worded(piece.spec.channel, piece.parts, templates))
            texts.setdefault(piece.spec.language, []).append(own)
    return {
        language: found
        for language, listed in texts.items()
        if (found := patterns(listed, language, tuple(common(language))))
    }


def spread_by_language(
    texts: Mapping[str, Sequence[Text]], vectors_of: Callable[[Sequence[Text]], Vectors]
) -> dict[str, Spread]:
    """How far the texts of each language lie apart in meaning; nothing of a language with fewer than two.

    Of more than :data:`MOST_COMPARED`, so many are drawn, the same ones each time. ``vectors_of`` gives a row per text.
    """
    found = {
        language: spread_of(vectors_of(drawn(listed)), of=len(listed))
        for language, listed in texts.items()
        if len(listed) > 1
    }
    return {language: spread for language, spread in found.items() if spread}


def drawn(texts: Sequence[Text]) -> list[Text]:
    """At most :data:`MOST_COMPARED` of the texts, in their order; which ones depends on their number alone."""
    if len(texts) <= MOST_COMPARED:
        return list(texts)
    places = np.random.default_rng(len(texts)).choice(len(texts), MOST_COMPARED, replace=False)
    return [texts[place] for place in sorted(places)]


def vectors_of_pieces(pieces: Sequence[Piece], archive: PieceArchive, encoder: Encoder) -> Vectors:
    """The vectors with which the pieces were admitted, shape (pieces, d); another encoder's are made anew."""
    stored = archive.vectors([piece.id for piece in pieces], encoder.name, encoder.digest)
    missing = [piece for piece in pieces if piece.id not in stored]
    if missing:
        made = encoder.encode([piece.text for piece in missing])
        stored |= {piece.id: vector for piece, vector in zip(missing, made, strict=True)}
    return np.stack([stored[piece.id] for piece in pieces])


def sameness_lines(sameness: Mapping[str, Sequence[Pattern]]) -> list[tuple[str, str]]:
    """What too many texts of a language share, the widest spread first, with an example."""
    return [
        (
            f"sameness {language}",
            "; ".join(
                f"{p.texts} of {p.of} have the same {p.kind}: “{p.examples[0]}”"
                for p in found[:SHOWN_PATTERNS]
            )
            + (f"; and {len(found) - SHOWN_PATTERNS} more" if len(found) > SHOWN_PATTERNS else ""),
        )
        for language, found in sameness.items()
    ]


def spread_lines(run: Run) -> list[tuple[str, str]]:
    """How far the texts of each language lie apart, beside the generic texts of the same brief."""

    def said(spread: Spread) -> str:
        return (
            f"{spread.distinct} of {spread.texts} distinct, Vendi {spread.vendi:.1f},"
            f" mean cosine {spread.mean_cosine:.2f}"
            + (f"; {spread.texts} of {spread.of:,} texts drawn" if spread.of > spread.texts else "")
        )

    return [
        (
            f"spread {language}",
            said(spread)
            + (f" (generic: {said(run.generic_spread[language])})" if language in run.generic_spread else ""),
        )
        for language, spread in run.spread.items()
    ]
