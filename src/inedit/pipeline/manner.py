"""The texts of a run as a set: what too many of them share, and how far apart they lie in meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from inedit.guard.similarity.sameness import Pattern, patterns
from inedit.guard.similarity.spread import Spread, Vectors, spread_of
from inedit.model import Piece
from inedit.pipeline.run import Run, accepted_by_language
from inedit.pipeline.siblings import worded
from inedit.prompting import Templates

SHOWN_PATTERNS = 3
"""Patterns that a line of the report shows."""


def sameness_by_language(
    pieces: Sequence[Piece], templates: Templates, common: Callable[[str], Sequence[str]]
) -> dict[str, tuple[Pattern, ...]]:
    """What too many of the accepted pieces of each language have in common, in the parts that the model worded."""
    return {
        language: found
        for language, listed in accepted_by_language(pieces).items()
        if (
            found := patterns(
                [worded(piece.spec.channel, piece.parts, templates) for piece in listed],
                language,
                tuple(common(language)),
            )
        )
    }


def spread_by_language(
    texts: Mapping[str, Sequence[str]], encode: Callable[[Sequence[str]], Vectors]
) -> dict[str, Spread]:
    """How far the texts of each language lie apart in meaning; nothing of a language with fewer than two."""
    found = {language: spread_of(encode(listed)) for language, listed in texts.items() if len(listed) > 1}
    return {language: spread for language, spread in found.items() if spread}


def texts_by_language(pieces: Sequence[Piece]) -> dict[str, list[str]]:
    """The texts of the accepted pieces, by language."""
    return {
        language: [piece.text for piece in listed]
        for language, listed in accepted_by_language(pieces).items()
    }


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
        )

    return [
        (
            f"spread {language}",
            said(spread)
            + (f" (generic: {said(run.generic_spread[language])})" if language in run.generic_spread else ""),
        )
        for language, spread in run.spread.items()
    ]
