"""What a call is for, and the money set aside for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime

from inedit.model import VariantSpec
from inedit.store import canonical_json

ADJUSTMENT = "adjustment"
"""Purpose of what a provider billed and no call of ours explains."""

PENDING = ("open", "possibly_billed")
"""States of a reservation whose money may have been spent."""


_IN_WORDS = {
    "MaybeBilled": "sent, and no answer came",
    "Uncounted": "answered, and not counted",
}


def why_unconfirmed(reason: str) -> str:
    """The reason of a reservation in words for people; the provider's id stays behind it, where it is known."""
    first, _, request_id = reason.partition(" ")
    if first not in _IN_WORDS:
        return reason
    return f"{_IN_WORDS[first]} ({request_id})" if request_id else _IN_WORDS[first]


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a provider and what its cost belongs to.

    ``purpose`` is ``draft``, ``advice``, ``baseline``, ``coding`` … Without ``spec_key`` it is shared by its
    campaign; without a campaign either, it is unallocated. ``tier`` is ``standard``, ``batch``, ``flex`` or
    ``priority``. ``prompts`` says which templates the prompt was made of (``full``, ``small``), if any;
    ``candidates`` how many texts it asked for.
    ``place`` names where the answer is kept when it is not a draft of a variant.
    """

    purpose: str
    provider: str
    model: str
    run_id: str | None = None
    campaign_id: str | None = None
    spec_key: str | None = None
    edition: int = 1
    attempt: int | None = None
    channel: str | None = None
    segment: str | None = None
    language: str | None = None
    tone: str | None = None
    tier: str = "standard"
    prompts: str = ""
    candidates: int = 1
    place: str = ""

    @classmethod
    def for_variant(
        cls,
        spec: VariantSpec,
        *,
        purpose: str,
        provider: str,
        model: str,
        run_id: str,
        attempt: int | None = None,
        revision_number: int = 1,
        tier: str = "standard",
        prompts: str = "",
        candidates: int = 1,
        place: str = "",
    ) -> Call:
        """A call made for one variant: reports can then tell its channel, segment, language and tone."""
        return cls(
            purpose=purpose, provider=provider, model=model, run_id=run_id, campaign_id=spec.campaign_id,
            spec_key=spec.key, edition=revision_number, attempt=attempt, channel=spec.channel, segment=spec.segment,
            language=spec.language, tone=spec.tone, tier=tier, prompts=prompts, candidates=candidates,
            place=place,
        )  # fmt: skip

    def as_text(self) -> str:
        """The call as canonical JSON, as a reservation keeps it."""
        return canonical_json({name: getattr(self, name) for name in _OF_A_CALL})

    @classmethod
    def from_text(cls, text: str) -> Call:
        """The reverse of :meth:`as_text`."""
        return cls(**json.loads(text))


_OF_A_CALL = tuple(field.name for field in fields(Call))


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside before a call. ``estimate_micros`` is None when the price is unknown.

    ``warnings`` names the soft budgets that this call may pass, in sentences for a person.
    """

    id: str
    call: Call
    reserved_at: datetime
    estimate_micros: int | None
    currency: str | None
    state: str = "open"
    reason: str = ""
    warnings: tuple[str, ...] = ()
