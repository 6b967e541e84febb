"""Whether the accepted pieces of a campaign offer the same thing, whatever their channel and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from inedit.brand.schema import Brand, Campaign
from inedit.guard.evidence.coherence import Incoherence, Said, incoherences
from inedit.model import Piece, Status
from inedit.prompting import Templates

SHOWN = 3
"""Of them, how many a line of the report names."""


def coherence_of(
    pieces: Iterable[Piece], brand: Brand, campaign: Campaign, templates: Mapping[str, Templates], today: date
) -> tuple[Incoherence, ...]:
    """Where the campaign's own wordings differ, then where accepted pieces differ from them; ``templates`` by kind."""
    facts = {
        language: (
            *(claim.text[language] for claim in brand.valid_claims(today, language)),
            *(
                said[language]
                for insight in brand.insights.values()
                for said in (insight.text, insight.meaning, insight.tip)
                if language in said
            ),
        )
        for language in campaign.languages
    }
    accepted = (piece for piece in pieces if piece.status is Status.ACCEPTED)
    return incoherences(campaign.offer, _said(accepted, templates), facts)


def incoherent_campaigns(
    pieces: Iterable[Piece], brand: Brand, templates: Mapping[str, Templates], today: date
) -> dict[str, int]:
    """How often accepted pieces of several campaigns offer something else than theirs does, by campaign; none that
    agrees."""
    by_campaign: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_campaign.setdefault(piece.spec.campaign_id, []).append(piece)
    counts = {
        id: len(coherence_of(found, brand, brand.campaigns[id], templates, today))
        for id, found in by_campaign.items()
        if id in brand.campaigns
    }
    return {id: count for id, count in counts.items() if count}


def _said(pieces: Iterable[Piece], templates: Mapping[str, Templates]) -> Iterator[Said]:
    for piece in pieces:
        offers = {
            part.id
            for kind in templates.values()
            if (sheet := kind.sheets.get(piece.spec.channel))
            for part in sheet.parts
            if part.source == "offer"
        }
        for id, text in piece.parts.items():
            if text.strip():
                yield Said(piece.id, piece.spec.language, text, prints_offer=id in offers)


def told(found: Incoherence, channel: str = "") -> str:
    """One of them in a sentence; ``channel`` is that of its text, where it is known."""
    of = f"{channel}, {found.language}" if channel else found.language
    where = f"{found.id} ({of})" if found.id else f"the campaign's offer in '{found.language}'"
    return f"{found.kind}: {where} says “{found.said}”; the offer: “{found.offered}”"


def coherence_line(found: tuple[Incoherence, ...]) -> str:
    """The line of a report; empty when everything agrees."""
    if not found:
        return ""
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(told(one) for one in found[:SHOWN]) + more
