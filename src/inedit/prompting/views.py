"""Everything that the brand knows for one variant, made ready for its template.

A text without a wording in that language does no harm until a template uses it; then it is a clear error.
``de-CH`` reads ``de`` where nothing more precise is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from inedit.brand.caching import by_identity
from inedit.brand.schema import (
    Brand,
    Campaign,
    Claim,
    Example,
    Insight,
    Lexicon,
    Localized,
    Part,
    Segment,
    Sheet,
    Tone,
)
from inedit.brand.selection import choose_calls
from inedit.model import Finding, VariantSpec
from inedit.model.errors import WrongInput
from inedit.prompting.view_types import (
    AngleView,
    BrandView,
    CampaignView,
    ChannelView,
    ExampleView,
    FindingView,
    InsightView,
    LanguageView,
    LexiconView,
    LinkView,
    PartView,
    ReplacementView,
    RevisionView,
    SegmentView,
    SiblingsView,
    ToneView,
)
from inedit.prompting.wordings import listed, localized, optional

VARIABLES_KEPT = 256
"""Variants whose variables are not put together again for the next attempt or the digest."""


@dataclass(frozen=True, slots=True)
class Variables:
    """Every name that a template may use; its sheet lists those that it does use."""

    brand: BrandView
    language: LanguageView
    segment: SegmentView
    tone: ToneView
    angle: AngleView
    channel: ChannelView
    campaign: CampaignView
    insights: tuple[InsightView, ...]
    claims: tuple[str, ...]
    calls_to_action: tuple[str, ...]
    lexicon: LexiconView
    purpose: str
    parts: tuple[PartView, ...]
    example: ExampleView
    siblings: SiblingsView
    revision: RevisionView
    candidates: int = 1

    def as_dict(self) -> dict[str, Any]:
        """By name, as Jinja takes them."""
        return {name: getattr(self, name) for name in VARIABLES}

    @property
    def wordings(self) -> dict[str, tuple[str, ...]]:
        """The approved texts that a part with such a source may have."""
        return {
            "claims": self.claims,
            "calls_to_action": self.calls_to_action,
            "offer": (self.campaign.offer,),
        }


VARIABLES: tuple[str, ...] = tuple(f.name for f in fields(Variables))


def supplied_claims(brand: Brand, spec: VariantSpec, today: date) -> tuple[str, ...]:
    """The approved wordings that this variant may use: those its specification names, else all valid ones.

    Raises:
        WrongInput: a named claim is unknown, or may not be said today in the language's market.
    """
    valid = {claim.id: claim for claim in brand.valid_claims(today, spec.language)}
    for claim_id in spec.claim_ids:
        if claim_id not in valid:
            raise WrongInput(
                f"{spec.label}: the claim '{claim_id}' is unknown, has no wording in '{spec.language}' or is "
                f"not valid on {today}. Choose another claim in the campaign, or renew it in brand_data/."
            )
    chosen: Sequence[Claim] = [valid[i] for i in spec.claim_ids] or tuple(valid.values())
    return tuple(claim.text[spec.language] for claim in chosen)


def examples_in(sheet: Sheet, language: str) -> tuple[Example, ...]:
    """The worked examples written in a language, or else in its primary language, in the sheet's order."""
    exact = tuple(example for example in sheet.examples if example.language == language)
    return exact or tuple(e for e in sheet.examples if e.language == language.partition("-")[0])


@by_identity(VARIABLES_KEPT)
def view_of(example: Example) -> ExampleView:
    """A worked example as templates see it."""
    return ExampleView(example.brief, dict(example.parts))


def calls_to_action(brand: Brand, campaign: Campaign, spec: VariantSpec) -> tuple[str, ...]:
    """The approved calls to action that suit the brief, the channel and the insights, in the variant's language."""
    insights = [brand.insights[id] for id in spec.insight_ids if id in brand.insights]
    calls = choose_calls(brand, campaign, channel=spec.channel, language=spec.language, insights=insights)
    return tuple(call.text[spec.language] for call in calls)


def build_variables(
    brand: Brand,
    campaign: Campaign,
    sheet: Sheet,
    spec: VariantSpec,
    today: date,
    *,
    findings: Sequence[Finding] = (),
    previous: Mapping[str, str] | None = None,
    siblings: SiblingsView | None = None,
    candidates: int = 1,
) -> Variables:
    """What a template sees for one variant. ``siblings`` says what other texts of the campaign already do,
    ``candidates`` how many texts are asked for at once.

    Raises:
        WrongInput: the specification names something that the brand does not have.
    """
    first = _first_variables(brand, campaign, sheet, spec, today)
    return replace(
        first,
        siblings=siblings or first.siblings,
        revision=_revision(findings, previous or {}) if findings or previous else first.revision,
        candidates=candidates,
    )


@by_identity(VARIABLES_KEPT)
def _first_variables(
    brand: Brand, campaign: Campaign, sheet: Sheet, spec: VariantSpec, today: date
) -> Variables:
    """What a template sees at a variant's first attempt, beside nothing: what is rendered for the digest."""
    tag = spec.language

    def say(texts: Localized, what: str) -> str:
        return localized(texts, tag, what)

    try:
        segment, tone = brand.segments[spec.segment], brand.tones[spec.tone]
        language, angle = brand.languages[tag], brand.angles[spec.angle] if spec.angle else None
        insights = [brand.insights[insight_id] for insight_id in spec.insight_ids]
    except KeyError as error:
        raise WrongInput(f"{spec.label}: the brand has no {error}. Plan the campaign again.") from None
    formality, lexicon = brand.formality(spec.segment, tag), brand.lexicons.get(tag)
    who = brand.identity
    return Variables(
        brand=BrandView(
            name=who.name,
            about=say(who.about, "The brand's 'about'"),
            voice=say(who.voice, "The brand's 'voice'"),
            products=tuple(say(p.name, f"The product '{p.id}'") for p in who.products),
            addresses=who.addresses.every,
        ),
        language=LanguageView(tag, language.name, formality, language.address.get(formality, "")),
        segment=_segment(segment, tag),
        tone=_tone(tone, tag),
        angle=AngleView(
            say(angle.name, f"The name of angle '{angle.id}'") if angle else "",
            say(angle.instruction, f"The instruction of angle '{angle.id}'") if angle else "",
        ),
        channel=_channel(brand, spec.channel, tag),
        campaign=_campaign(brand, campaign, spec.channel, tag),
        insights=tuple(_insight(insight, tag) for insight in insights),
        claims=supplied_claims(brand, spec, today),
        calls_to_action=calls_to_action(brand, campaign, spec),
        lexicon=_lexicon(lexicon) if lexicon else LexiconView((), (), ()),
        purpose=say(sheet.purpose, f"The purpose of prompts/{sheet.channel}.yaml"),
        parts=tuple(_part(part, tag) for part in sheet.parts),
        example=ExampleView("", {}),
        siblings=SiblingsView(),
        revision=_revision((), {}),
    )


def _insight(insight: Insight, tag: str) -> InsightView:
    evidence = insight.evidence.get(tag) or insight.evidence.get(tag.partition("-")[0], ())
    text = localized(insight.text, tag, f"The insight '{insight.id}'")
    return InsightView(
        insight.kind,
        text,
        evidence,
        insight.paraphrase_only,
        meaning=optional(insight.meaning, tag),
        tip=optional(insight.tip, tag),
    )


def _segment(segment: Segment, tag: str) -> SegmentView:
    return SegmentView(
        localized(segment.name, tag, f"The name of segment '{segment.id}'"),
        localized(segment.description, tag, f"The description of segment '{segment.id}'"),
        worries=listed(segment.worries, tag),
        motives=listed(segment.motives, tag),
        objections=listed(segment.objections, tag),
        words=listed(segment.words, tag),
    )


def _tone(tone: Tone, tag: str) -> ToneView:
    return ToneView(
        localized(tone.name, tag, f"The name of tone '{tone.id}'"),
        localized(tone.instruction, tag, f"The instruction of tone '{tone.id}'"),
        do=listed(tone.do, tag),
        dont=listed(tone.dont, tag),
        sample=optional(tone.sample, tag),
    )


def _channel(brand: Brand, channel_id: str, tag: str) -> ChannelView:
    channel = brand.channels.get(channel_id)
    if channel is None:
        return ChannelView(channel_id)
    return ChannelView(
        localized(channel.name, tag, f"The name of channel '{channel.id}'"),
        purpose=optional(channel.purpose, tag),
        max_chars=channel.max_chars,
        max_words=channel.max_words,
        emoji=channel.emoji or "",
        hashtags=channel.hashtags,
    )


def _campaign(brand: Brand, campaign: Campaign, channel: str, tag: str) -> CampaignView:
    return CampaignView(
        localized(campaign.objective, tag, f"The objective of campaign '{campaign.id}'"),
        localized(campaign.offer, tag, f"The offer of campaign '{campaign.id}'"),
        key_message=optional(campaign.key_message, tag),
        mandatory=brand.mentions(campaign, channel, tag),
        links=tuple(
            LinkView(link.url, optional(link.text, tag))
            for link in campaign.links_in(channel)
            if not link.tracked
        ),
        merge_fields=campaign.merge_fields,
    )


def _lexicon(lexicon: Lexicon) -> LexiconView:
    return LexiconView(
        wanted=lexicon.wanted,
        banned=tuple(banned.term for banned in lexicon.banned),
        cliches=lexicon.cliches,
        replacements=tuple(
            ReplacementView(banned.term, banned.instead) for banned in lexicon.banned if banned.instead
        ),
    )


def _part(part: Part, tag: str) -> PartView:
    return PartView(
        id=part.id,
        name=localized(part.name, tag, f"The name of part '{part.id}'") if part.name else part.id,
        instruction=localized(part.instruction, tag, f"The instruction of part '{part.id}'"),
        source=part.source,
        max_chars=part.max_chars,
        min_chars=part.min_chars,
        max_words=part.max_words or 0,
    )


def _revision(findings: Sequence[Finding], previous: Mapping[str, str]) -> RevisionView:
    text = "\n".join(part for part in previous.values() if part)
    return RevisionView(
        findings=tuple(
            FindingView(f.check, f.part, f.span.of(text) if f.span else "", f.message, f.remedy)
            for f in findings
        ),
    )
