"""A brief: what is offered, to whom, where, in which languages and tones."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from inedit.brand.schema.base import Currency, Id, Localized, ProjectModel, Tag, Text
from inedit.brand.schema.channel import Mention


class CampaignMention(Mention):
    """A mention that one campaign requires."""

    channels: tuple[Id, ...] = Field((), description="Where it must stand; empty means in every channel.")


class Link(ProjectModel):
    """An address that a campaign's texts lead to; it is never altered."""

    url: Text = Field(description="As it must appear in the text, merge fields of the mailing tool included.")
    text: Localized = Field(default_factory=dict, description="What the link is for.")
    channels: tuple[Id, ...] = Field((), description="Where it may stand; empty means in every channel.")
    required: bool = Field(False, description="True when every text of these channels must carry it.")
    tracked: bool = Field(
        False,
        description="True when UTM fields are added where it leaves in a QR code, an advertisement or a page: "
        "utm_source and utm_medium are brand and channel, utm_campaign the campaign, utm_content segment and language.",
    )


class Budget(ProjectModel):
    """The most that one campaign may cost."""

    amount: Decimal = Field(gt=0)
    currency: Currency


class Stock(ProjectModel):
    """How many of an offer are left, as somebody counted them."""

    left: int = Field(ge=0)
    counted: date


class ExperimentUse(ProjectModel):
    """How the results of A/B tests steer the plan of a campaign."""

    prefer: bool = Field(True, description="Tell more often what did better in tests; false: by turn alone.")
    exploration: Decimal = Field(
        Decimal("0.2"),
        ge=0,
        le=1,
        description="Share of the turns that stay as they are dealt, to go on learning.",
    )


class Campaign(ProjectModel):
    """A brief: what is offered, to whom, where, in which languages and tones."""

    id: Id
    name: Text
    objective: Localized
    offer: Localized
    channels: tuple[Id, ...] = Field(min_length=1)
    segments: tuple[Id, ...] = Field(min_length=1)
    languages: tuple[Tag, ...] = Field(min_length=1)
    tones: tuple[Id, ...] = Field(min_length=1)
    offer_until: date | None = Field(
        None, description="The last day of the offer; afterwards nothing that prints it is exported."
    )
    offer_stock: Stock | None = Field(
        None, description="How many are left; with none, nothing that prints the offer is exported."
    )
    key_message: Localized = Field(
        default_factory=dict, description="The one thing that a reader should keep in mind."
    )
    mandatory: tuple[CampaignMention, ...] = Field(
        (), description="What must be said, word for word; by channel where it says so."
    )
    links: tuple[Link, ...] = ()
    merge_fields: tuple[Text, ...] = Field(
        (),
        description="Tokens of the mailing tool that texts may have, as they are written: {{first_name}}.",
    )
    variants_per_cell: int = Field(1, ge=1, le=100_000)
    insights: Literal["auto"] | tuple[Id, ...] = "auto"
    insights_per_variant: int = Field(1, ge=1, le=5)
    claims: Literal["auto"] | tuple[Id, ...] = "auto"
    angles: Literal["auto"] | tuple[Id, ...] = "auto"
    products: tuple[Id, ...] = Field(
        (), description="Products that are offered; empty means those that the offer and objective name."
    )
    calls_to_action: Literal["auto"] | tuple[Id, ...] = Field(
        "auto", description="Calls to action that suit the offer; auto takes those that share a word with it."
    )
    experiments: ExperimentUse = Field(
        ExperimentUse(), description="Whether the plan goes by the results of A/B tests."
    )
    budget: Budget | None = None
    briefed: date | None = Field(None, description="When the brief was given; time to market starts here.")
    deadline: date | None = None

    def links_in(self, channel: str) -> tuple[Link, ...]:
        """The links that a text of a channel may carry."""
        return tuple(link for link in self.links if not link.channels or channel in link.channels)

    @cached_property
    def sha(self) -> str:
        """SHA-256 of the brief's content: a piece remembers which brief it was written for.

        What a brief of an earlier version could not say counts only when it is said: no old text is outdated by it.
        """
        unsaid: dict[str, Any] = {
            name: True
            for name in ("key_message", "mandatory", "links", "merge_fields", "products", "calls_to_action")
            if getattr(self, name) in ((), {}, "auto")
        }
        unsaid["experiments"] = True  # how variants are assigned is not part of what they are to say
        unsaid["offer_stock"] = True  # counted anew every week; no text says it
        if self.offer_until is None:
            unsaid["offer_until"] = True
        never = {name for name in ("required", "tracked") if not any(getattr(x, name) for x in self.links)}
        if "links" not in unsaid and never:
            unsaid["links"] = {"__all__": never}
        return hashlib.sha256(self.model_dump_json(exclude=unsaid).encode()).hexdigest()
