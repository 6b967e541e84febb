"""Copies, as findings: what a draft repeats, shown next to it, and what to do instead."""

from __future__ import annotations

from inedit.guard.tongue import remedy
from inedit.model import Draft, Finding, Match, Severity

SHOWN_PASSAGE_CHARS = 160
"""A longer copied passage is cut in messages; the match keeps all of its spans."""


def findings_from(draft: Draft, matches: tuple[Match, ...]) -> tuple[Finding, ...]:
    """One blocking finding a copied text, the surest first."""
    return tuple(_finding(draft, match) for match in matches)


def _finding(draft: Draft, match: Match) -> Finding:
    longest = max(match.spans, key=lambda span: span.end - span.start, default=None)
    passage = longest.of(draft.text) if longest else draft.text
    shown = passage if len(passage) <= SHOWN_PASSAGE_CHARS else passage[:SHOWN_PASSAGE_CHARS].rstrip() + "…"
    shown = " ".join(shown.split())
    return Finding(
        check="near-duplicate",
        severity=Severity.BLOCK,
        message=f"It copies {match.piece_id} ({match.signal}, {match.score:.0%} sure): “{shown}”",
        span=longest,
        matches=(match,),
        remedy=remedy(draft.spec.language, "near_duplicate", text=shown),
    )
