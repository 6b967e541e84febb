"""Which pieces are stale: what went into their prompt has changed since they were written.

A template, tone, insight, claim or word of the lexicon that changed changes the prompt; a budget or a deadline does
not. What is volatile stays out of the digest: siblings, and what was said of refused drafts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date

from inedit.brand.schema import Brand, Campaign
from inedit.model import Piece, VariantSpec
from inedit.model.errors import IneditError
from inedit.prompting import Templates, render


def prompt_digest(
    templates: Templates, brand: Brand, campaign: Campaign, spec: VariantSpec, today: date
) -> str | None:
    """SHA-256 of what a variant's first prompt says today, schema included; None when it cannot be said any more."""
    try:
        prompt = render(templates, brand, campaign, spec, today)
    except (IneditError, KeyError):
        return None
    said = [[message.role, message.content] for message in prompt.messages]
    return hashlib.sha256(json.dumps([said, dict(prompt.schema)], sort_keys=True).encode()).hexdigest()


def stale_pieces(pieces: Iterable[Piece], templates: Templates, brand: Brand, today: date) -> Iterator[Piece]:
    """Those whose prompt would say something else today. Of pieces written before it was noted, nobody knows."""
    for piece in pieces:
        campaign = brand.campaigns.get(piece.spec.campaign_id)
        if piece.prompt_sha and (
            campaign is None
            or prompt_digest(templates, brand, campaign, piece.spec, today) != piece.prompt_sha
        ):
            yield piece
