"""Copies, as findings: what a draft repeats, shown next to it, and what to do instead."""

from __future__ import annotations

from inedit.guard.context import Context
from inedit.guard.nlp.language_data import remedy
from inedit.model import Draft, Finding, Match, Severity

MEANING = "meaning"
"""Signal of a match that no shared words gave away, but the encoder's cosine."""

TRANSLATION = "translation"
"""Signal of a match with a text in another language."""

MEANING_THRESHOLDS = {"use-multilingual-v3": 0.95}
"""From which cosine a text says again what another one says, by encoder; one that is not listed decides nothing.

``bench/guard/meaning.py`` measured it: of 878 honest pairs that models wrote to one brief, .1 % reach .95 (14 % reach
.85), of 1,181 human descriptions in four languages none. It is a backstop: in one language it found no copy that the
words had missed.
"""

SHOWN_PASSAGE_CHARS = 160
"""A longer copied passage is cut in messages; the match keeps all of its spans."""


def copies_nothing(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Nothing that was accepted before, and no protected text, is said again.

    What is copied was looked for before (:attr:`inedit.guard.context.Nearness.copies`).
    """
    return findings_from(draft, context.nearness.copies)


def findings_from(draft: Draft, matches: tuple[Match, ...]) -> tuple[Finding, ...]:
    """One blocking finding a copied text, the surest first."""
    return tuple(_finding(draft, match) for match in matches)


def _finding(draft: Draft, match: Match) -> Finding:
    if match.signal in (MEANING, TRANSLATION):
        other = _shown(match.other_text)
        said = (
            f"It says again what {match.piece_id} says (cosine {match.score:.2f})"
            if match.signal == MEANING
            else f"It translates {match.piece_id} ({match.score:.0%} sure)"
        )
        return Finding(
            check="near-duplicate",
            severity=Severity.BLOCK,
            message=f"{said}: “{other}”",
            matches=(match,),
            remedy=remedy(draft.spec.language, "near_duplicate"),
        )
    longest = max(match.spans, key=lambda span: span.end - span.start, default=None)
    passage = longest.of(draft.text) if longest else draft.text
    shown = _shown(passage)
    return Finding(
        check="near-duplicate",
        severity=Severity.BLOCK,
        message=f"It copies {match.piece_id} ({match.signal}, {match.score:.0%} sure): “{shown}”",
        span=longest,
        matches=(match,),
        remedy=remedy(draft.spec.language, "near_duplicate"),
    )


def _shown(passage: str) -> str:
    passage = " ".join(passage.split())
    return passage if len(passage) <= SHOWN_PASSAGE_CHARS else passage[:SHOWN_PASSAGE_CHARS].rstrip() + "…"
