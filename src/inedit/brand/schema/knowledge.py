"""What the brand can prove and what only it knows: claims and insights."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from inedit.brand.schema.base import Id, InsightKind, Localized, Market, ProjectModel, Tag, Text


class Claim(ProjectModel):
    """A statement that the brand can prove, in the exact wording that was approved for each language."""

    id: Id
    text: Localized
    source: Text = Field(description="Where the proof is: a study, a register, a certificate.")
    valid_from: date
    valid_until: date | None = None
    markets: tuple[Market, ...] = Field((), description="Where it may be said; empty means everywhere.")
    topics: tuple[Id, ...] = Field(
        (),
        description="What it proves, in words of your own choosing; it goes with insights that share one.",
    )

    def is_valid(self, today: date, market: str) -> bool:
        """Whether it may be said on ``today`` in ``market``."""
        in_time = self.valid_from <= today and (self.valid_until is None or today <= self.valid_until)
        return in_time and (not self.markets or market in self.markets)


class Insight(ProjectModel):
    """Something only this brand knows: an observation, a verbatim, a story, a figure."""

    id: Id
    kind: InsightKind
    text: Localized
    source: Text
    collected: date
    expires: date | None = Field(
        None, description="The last day on which a new text may tell it; without it, until it is retired."
    )
    legal_basis: Literal["consent", "contract", "legitimate-interest", "public", "anonymised"] | None = Field(
        None, description="Why we may use it (GDPR art. 6); needed for a verbatim."
    )
    evidence: dict[Tag, tuple[Text, ...]] = Field(
        default_factory=dict,
        description="Words or figures whose presence proves that a text uses this insight.",
    )
    segments: tuple[Id, ...] = Field((), description="Readers it speaks to; empty means all of them.")
    products: tuple[Id, ...] = Field((), description="Products it is about; empty means the whole brand.")
    topics: tuple[Id, ...] = Field(
        (),
        description="What it is about, in words of your own choosing; it is given claims that share one.",
    )
    tip: Localized = Field(
        default_factory=dict, description="What readers can do with it at home, as one usable tip."
    )
    meaning: Localized = Field(default_factory=dict, description="What it means for the reader.")
    paraphrase_only: bool = Field(False, description="True when its wording must not be repeated as it is.")
    retired: bool = Field(
        False, description="True when no new text is to tell it; those that do keep their receipts."
    )

    def may_be_used(self, today: date) -> bool:
        """Whether new texts may tell it on a day."""
        return not self.retired and (self.expires is None or today <= self.expires)

    @model_validator(mode="after")
    def _verbatim_has_a_legal_basis(self) -> Self:
        if self.kind == "verbatim" and self.legal_basis is None:
            raise ValueError("a verbatim needs 'legal_basis': say why we may use this person's words")
        return self
