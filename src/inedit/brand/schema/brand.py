"""Everything in ``brand_data/``, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from inedit.brand.schema.base import Formality
from inedit.brand.schema.baseline import Baseline
from inedit.brand.schema.campaign import Campaign
from inedit.brand.schema.channel import Channel, Mention
from inedit.brand.schema.codebook import Code
from inedit.brand.schema.identity import BrandIdentity
from inedit.brand.schema.knowledge import Claim, Insight
from inedit.brand.schema.readers import Angle, Language, Segment, Tone
from inedit.brand.schema.wording import Lexicon, Reference


class Brand(BaseModel):
    """Everything in ``brand_data/``, by id. Built by :func:`inedit.brand.load.load_project`."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    identity: BrandIdentity
    segments: Mapping[str, Segment]
    languages: Mapping[str, Language]
    tones: Mapping[str, Tone]
    angles: Mapping[str, Angle]
    channels: Mapping[str, Channel]
    claims: Mapping[str, Claim]
    insights: Mapping[str, Insight]
    lexicons: Mapping[str, Lexicon]
    baselines: tuple[Baseline, ...]
    references: tuple[Reference, ...]
    campaigns: Mapping[str, Campaign]
    codes: Mapping[str, Code] = Field(default_factory=dict, description="The code book, in its order.")

    def on(self, today: date) -> Brand:
        """The same brand with insights that have expired by a day retired."""
        expired = {
            id: insight.model_copy(update={"retired": True})
            for id, insight in self.insights.items()
            if not (insight.retired or insight.may_be_used(today))
        }
        return self.model_copy(update={"insights": {**self.insights, **expired}}) if expired else self

    def rules_off(self, today: date) -> frozenset[str]:
        """The packs and rules of the guard that are switched off on a day."""
        return frozenset(entry.off for entry in self.identity.rules if entry.holds(today))

    def market(self, language: str) -> str:
        """The market that a language is written for."""
        known = self.languages.get(language)
        return known.market if known else self.identity.market

    def formality(self, segment: str, language: str) -> Formality:
        """How these readers are addressed in this language."""
        return self.segments[segment].formality.get(language, self.languages[language].formality)

    def valid_claims(self, today: date, language: str) -> tuple[Claim, ...]:
        """Claims that may be said today in the language's market and have a wording in it, in file order."""
        market = self.market(language)
        return tuple(c for c in self.claims.values() if language in c.text and c.is_valid(today, market))

    def mentions(self, campaign: Campaign, channel: str, language: str) -> tuple[str, ...]:
        """What a text of a channel and language must say, word for word: the campaign's, then the channel's."""
        market, known = self.market(language), self.channels.get(channel)
        asked: tuple[Mention, ...] = tuple(
            mention for mention in campaign.mandatory if not mention.channels or channel in mention.channels
        ) + (known.mandatory if known else ())
        return tuple(
            mention.text[language]
            for mention in asked
            if language in mention.text and (not mention.markets or market in mention.markets)
        )

    def baseline(self, channel: str, language: str) -> Baseline | None:
        """The newest baseline of a channel and language."""
        rows = [b for b in self.baselines if (b.channel, b.language) == (channel, language)]
        return max(rows, key=lambda b: b.dated, default=None)

    def references_in(self, language: str) -> Iterable[Reference]:
        """Protected texts in a language."""
        return (reference for reference in self.references if reference.language == language)
