"""What people edit in ``brand_data/`` and ``prompts/*.yaml``, as frozen pydantic models.

Every text that a reader may see is *localised*: a mapping from a BCP 47 tag to the wording in that language.
These models say what one entry looks like; that entries fit together (an unknown segment in a campaign) is
checked by :mod:`inedit.brand.load`, which knows the file and line of each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", examples=["fr", "de-CH"])]
Text = Annotated[str, Field(min_length=1)]
Localized = dict[Tag, Text]
LocalizedList = dict[Tag, tuple[Text, ...]]
Market = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["FR"])]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
Formality = Literal["formal", "informal"]
InsightKind = Literal["field", "verbatim", "story", "figure"]
Need = Literal["tip", "person", "figure", "quote"]
"""What an angle cannot do without: a usable tip, somebody it happened to, a number, somebody's own words."""


class ProjectModel(BaseModel):
    """Base of everything a person edits: unknown keys are faults, values never change once loaded."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Attribute(ProjectModel):
    """What a marketplace asks of a product beside its text: material, measures, smallest order."""

    name: Localized
    value: Localized


class Product(ProjectModel):
    """Something the brand sells."""

    id: Id
    name: Localized
    sku: str = Field("", description="Article number, for marketplaces.")
    attributes: tuple[Attribute, ...] = Field(
        (), description="Attributes of a marketplace listing; no model words them."
    )


class CallToAction(ProjectModel):
    """An approved call to action; the model picks one and never words its own."""

    id: Id
    text: Localized
    channels: tuple[Id, ...] = Field((), description="Channels it suits; empty means all of them.")


class Addresses(ProjectModel):
    """Where readers find the brand. A text may name these addresses and no others."""

    web: tuple[Text, ...] = Field((), description="Web addresses as they are printed: filandre.fr.")
    email: tuple[Text, ...] = ()
    phone: tuple[Text, ...] = Field((), description="Telephone numbers in the notation that readers see.")
    accounts: tuple[Text, ...] = Field((), description="Accounts on social networks: @filandre.")
    hashtags: tuple[Text, ...] = Field((), description="Hashtags of the brand's own: #reprise.")

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, in the order of the fields."""
        return (*self.web, *self.email, *self.phone, *self.accounts, *self.hashtags)


class Mention(ProjectModel):
    """A sentence that must stand in a text, word for word: a legal notice, a condition of the offer."""

    text: Localized
    markets: tuple[Market, ...] = Field((), description="Where it must be said; empty means everywhere.")


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


class RuleException(ProjectModel):
    """A rule of the guard, or a whole pack of them, that does not hold for this brand, and why."""

    off: Annotated[str, Field(pattern=r"^[a-z][a-z-]*(\.[a-z][a-z-]*)?$")] = Field(
        description="A pack or one rule of it: green-claims, green-claims.neutral.",
        examples=["green-claims", "superlatives.article"],
    )
    reason: Text = Field(description="Why it does not hold, for whoever reads this in a year.")
    until: date | None = Field(None, description="The last day; without it, until this entry is taken out.")

    def holds(self, today: date) -> bool:
        """Whether the rule is off on a day."""
        return self.until is None or today <= self.until


class BrandIdentity(ProjectModel):
    """Who speaks."""

    id: Id
    name: Text
    market: Market = Field(description="Home market, ISO 3166 alpha-2.")
    about: Localized = Field(description="Two or three sentences that the model may rely on.")
    voice: Localized = Field(description="How the brand writes, as instructions to a copywriter.")
    products: tuple[Product, ...] = ()
    calls_to_action: tuple[CallToAction, ...] = ()
    addresses: Addresses = Field(
        Addresses(), description="Web, e-mail, telephone and accounts: the only ones a text may name."
    )
    rules: tuple[RuleException, ...] = Field((), description="Rules of the guard that do not hold here.")


class Segment(ProjectModel):
    """A group of readers."""

    id: Id
    name: Localized
    description: Localized = Field(description="Who they are and what they care about.")
    worries: LocalizedList = Field(default_factory=dict, description="What troubles them about the subject.")
    motives: LocalizedList = Field(default_factory=dict, description="What makes them buy, or come back.")
    objections: LocalizedList = Field(default_factory=dict, description="What they say against it.")
    words: LocalizedList = Field(default_factory=dict, description="Words that they use themselves.")
    formality: dict[Tag, Formality] = Field(
        default_factory=dict, description="Overrides the language's own formality for these readers."
    )


class Language(ProjectModel):
    """A language the brand writes in."""

    tag: Tag
    name: Text = Field(description="The language's name in itself: français, Deutsch.")
    market: Market
    formality: Formality
    address: dict[Formality, Text] = Field(
        default_factory=dict,
        description="The instruction that fixes the form of address: « Vouvoyez le lecteur. »",
    )
    typography: Literal[
        "french",
        "english",
        "german",
        "spanish",
        "italian",
        "quebec",
        "swiss-french",
        "swiss-german",
        "austrian",
    ]


class Tone(ProjectModel):
    """A manner of speaking."""

    id: Id
    name: Localized
    instruction: Localized
    do: LocalizedList = Field(default_factory=dict, description="What a text in this tone does.")
    dont: LocalizedList = Field(default_factory=dict, description="What it never does.")
    sample: Localized = Field(
        default_factory=dict,
        description="A sentence or two in this tone about something else: heard, never copied.",
    )


class Angle(ProjectModel):
    """A narrative frame: testimony, before/after, behind the scenes, how-to …"""

    id: Id
    name: Localized
    instruction: Localized
    suits: tuple[InsightKind, ...] = Field(
        (), description="Kinds of insight it can carry; empty means all. A testimony needs a person."
    )
    needs: tuple[Need, ...] = Field(
        (), description="What its insight must have: a how-to needs a tip, a testimony a person."
    )


class Channel(ProjectModel):
    """Where a piece is published. The parts it has are in its prompt sheet."""

    id: Id
    name: Localized
    purpose: Localized = Field(
        default_factory=dict, description="What a text here is to achieve, and how it is read."
    )
    max_chars: int | None = Field(None, ge=1, description="Limit on the whole text, in characters.")
    max_words: int | None = Field(None, ge=1, description="Limit on the whole text, in words.")
    emoji: Literal["none", "few", "free"] | None = Field(
        None, description="Whether a text may have emoji: none, one or two, as many as it likes."
    )
    hashtags: int | None = Field(None, ge=0, description="The most hashtags a text may have; 0 for none.")
    mandatory: tuple[Mention, ...] = Field(
        (), description="What every text here must say, word for word: a legal footer."
    )
    charset: Literal["unicode", "gsm-7", "sms"] = Field(
        "unicode",
        description="gsm-7: text messages that must not leave the GSM alphabet. sms: those that may go as UCS-2 "
        "where an accent or emoji needs it.",
    )
    max_segments: int | None = Field(
        None,
        ge=1,
        description="Segments of a text message (160 or 153 septets, 70 or 67 characters in UCS-2).",
    )
    max_seconds: int | None = Field(
        None, ge=1, description="How long it may take to say aloud, in seconds, at the language's mean rate."
    )
    platform: Literal["google-ads"] | None = Field(
        None, description="Whose published editorial rules hold, besides the limits: google-ads."
    )
    most_pasted: float | None = Field(
        None, ge=0, le=1,
        description="Share of the model's words that may stand word for word in what it was given; .35 when empty.",
    )  # fmt: skip


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

    def is_told(self, today: date) -> bool:
        """Whether new texts may tell it on a day."""
        return not self.retired and (self.expires is None or today <= self.expires)

    @model_validator(mode="after")
    def _verbatim_has_a_legal_basis(self) -> Self:
        if self.kind == "verbatim" and self.legal_basis is None:
            raise ValueError("a verbatim needs 'legal_basis': say why we may use this person's words")
        return self


CodeFamily = Literal["emotion", "need", "frustration", "job"]
"""What a code of the code book is about; a job is what people try to get done."""


class CodeExample(ProjectModel):
    """A text that a person has labelled: it shows a coder, human or not, what is meant."""

    language: Tag
    text: Text
    quote: str = Field("", description="The words of the text that carry the code; empty means all of it.")
    applies: bool = Field(True, description="False for a text that looks like the code and is not.")

    @model_validator(mode="after")
    def _quote_is_verbatim(self) -> Self:
        if self.quote and self.quote not in self.text:
            raise ValueError(f"'quote' must stand in the text, word for word: {self.quote}")
        return self


class Code(ProjectModel):
    """One code of the code book: what people who speak of the subject may feel, need, suffer or try to do."""

    id: Id
    family: CodeFamily
    name: Localized
    definition: Localized = Field(description="What the code means, in a sentence or two.")
    use_when: Localized = Field(default_factory=dict, description="When a text gets this code.")
    not_when: Localized = Field(
        default_factory=dict, description="When it does not, though it looks like it."
    )
    examples: tuple[CodeExample, ...] = Field(
        (), max_length=500, description="Labelled texts; some 50 a code are enough for the offline coder."
    )


class BannedTerm(ProjectModel):
    """A word the brand does not use, and what it says in its place."""

    term: Text
    instead: str = ""
    why: str = ""


class Lexicon(ProjectModel):
    """The words of one language: wanted, banned, worn out by generated prose, and competitors' names."""

    language: Tag
    wanted: tuple[Text, ...] = ()
    banned: tuple[BannedTerm, ...] = ()
    cliches: tuple[Text, ...] = ()
    competitors: tuple[Text, ...] = ()


class MinutesRange(ProjectModel):
    """Minutes of a person's work, as a range: ``low <= expected <= high``."""

    low: Decimal = Field(ge=0)
    expected: Decimal = Field(ge=0)
    high: Decimal = Field(ge=0)

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if not self.low <= self.expected <= self.high:
            raise ValueError("write low <= expected <= high")
        return self


DEFAULT_AGENCY_SHARE = Decimal("0.25")
"""Of four variants, an agency is ordered one: who pays by the piece orders a text and not its variants."""


class Baseline(ProjectModel):
    """What one piece took before Inédit, dated and approved."""

    channel: Id
    language: Tag
    writing_minutes: MinutesRange
    adaptation_minutes: MinutesRange = Field(description="Adapting it to another segment, tone or language.")
    review_minutes: MinutesRange
    hourly_rate: Decimal = Field(ge=0)
    agency_price: Decimal | None = Field(None, ge=0, description="What an agency charged for one piece.")
    agency_share: Decimal = Field(
        DEFAULT_AGENCY_SHARE,
        gt=0,
        le=1,
        description="Share of the variants that an agency would really be ordered to write.",
    )
    currency: Currency
    days_to_market: Decimal | None = Field(None, ge=0, description="From brief to approval, in days.")
    source: Text
    dated: date
    approved_by: Text


class Reference(ProjectModel):
    """A text to keep away from: a competitor's, or the generic one that anybody would write."""

    id: Id
    kind: Literal["competitor", "generic"]
    language: Tag
    text: Text
    source: str = ""


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
        unsaid["experiments"] = True  # how variants are dealt is no part of what they are to say
        unsaid["offer_stock"] = True  # counted anew every week; no text says it
        if self.offer_until is None:
            unsaid["offer_until"] = True
        never = {name for name in ("required", "tracked") if not any(getattr(x, name) for x in self.links)}
        if "links" not in unsaid and never:
            unsaid["links"] = {"__all__": never}
        return hashlib.sha256(self.model_dump_json(exclude=unsaid).encode()).hexdigest()


class Part(ProjectModel):
    """One part of a channel's text.

    ``source`` says who words it: ``model`` writes it; ``claims`` and ``calls_to_action`` let the model pick
    one of the approved wordings, which it cannot alter; ``offer`` is the campaign's offer, word for word.
    """

    id: Id
    instruction: Localized
    source: Literal["model", "claims", "calls_to_action", "offer"] = "model"
    min_chars: int = Field(1, ge=0)
    max_chars: int = Field(ge=1)
    max_words: int | None = Field(None, ge=1, description="What the writer is told to keep to, in words.")
    name: Localized = Field(default_factory=dict, description="What a reader of the result calls it.")


class Example(ProjectModel):
    """A worked example in one language: the insight it was given, the parts that a good writer made of it."""

    language: Tag
    brief: Text
    parts: dict[Id, Text]


class Sampling(ProjectModel):
    """How the model is asked. What is left out is left to Inédit, or to the provider."""

    temperature: float = Field(0.7, ge=0, le=2, description="How freely it chooses its words.")
    top_p: float | None = Field(None, gt=0, le=1, description="Share of the likeliest words it chooses from.")
    max_tokens: int = Field(600, ge=16, le=16_000, description="The most it may write: bounds the cost.")


class Sheet(ProjectModel):
    """``prompts/<channel>.yaml``: what the template beside it is for, what it uses, what the answer holds."""

    channel: Id
    purpose: Localized
    variables: tuple[str, ...] = Field(description="Names that the template uses; anything else is a fault.")
    parts: tuple[Part, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = ()
    sampling: Sampling = Field(Sampling(), description="Temperature and length of the answer.")

    def example(self, language: str) -> Example | None:
        """The worked example for a language, if there is one."""
        return next((example for example in self.examples if example.language == language), None)


class Brand(BaseModel):
    """Everything in ``brand_data/``, by id. Built by :func:`inedit.brand.load.load_project`."""

    model_config = ConfigDict(frozen=True)

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
            if not (insight.retired or insight.is_told(today))
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
