"""What a template sees: plain, read-only values, already in the language that the variant is written in.

A text without a wording in that language does no harm until a template uses it; then it is a clear error.
``de-CH`` reads ``de`` where nothing more precise is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar

from inedit.brand.schema import Brand, Campaign, Claim, Example, Insight, Localized, Sheet
from inedit.errors import WrongInput
from inedit.model import Finding, VariantSpec
from inedit.prompting.sandbox import missing_translation


@dataclass(frozen=True, slots=True)
class BrandView:
    """Who speaks."""

    KIND: ClassVar[str] = "brand"
    name: str
    about: str
    voice: str
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageView:
    """The language to write in. ``address`` is the instruction that fixes the form of address."""

    KIND: ClassVar[str] = "language"
    tag: str
    name: str
    formality: str
    address: str


@dataclass(frozen=True, slots=True)
class SegmentView:
    """The readers."""

    KIND: ClassVar[str] = "segment"
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class MannerView:
    """A tone or an angle: its name, and the instruction to a copywriter (empty without an angle)."""

    KIND: ClassVar[str] = "tone or angle"
    name: str
    instruction: str


@dataclass(frozen=True, slots=True)
class CampaignView:
    """The brief."""

    KIND: ClassVar[str] = "campaign"
    objective: str
    offer: str


@dataclass(frozen=True, slots=True)
class InsightView:
    """Something only this brand knows. ``evidence`` are words whose presence proves that a text uses it."""

    KIND: ClassVar[str] = "insight"
    kind: str
    text: str
    evidence: tuple[str, ...]
    paraphrase_only: bool


@dataclass(frozen=True, slots=True)
class LexiconView:
    """Words to prefer and to avoid."""

    KIND: ClassVar[str] = "lexicon"
    wanted: tuple[str, ...]
    banned: tuple[str, ...]
    cliches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the answer. ``source`` is ``model``, ``claims``, ``calls_to_action`` or ``offer``."""

    KIND: ClassVar[str] = "part"
    id: str
    name: str
    instruction: str
    source: str
    max_chars: int


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A worked example in this language: the brief that was given, and the parts that a good writer made."""

    KIND: ClassVar[str] = "example"
    brief: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FindingView:
    """What a check said of the previous attempt; ``quote`` is the passage it means, if it means one."""

    KIND: ClassVar[str] = "finding"
    check: str
    part: str
    quote: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RevisionView:
    """Why the previous attempt was sent back."""

    KIND: ClassVar[str] = "revision"
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Variables:
    """Every name that a template may use; its sheet lists those that it does use."""

    brand: BrandView
    language: LanguageView
    segment: SegmentView
    tone: MannerView
    angle: MannerView
    campaign: CampaignView
    insights: tuple[InsightView, ...]
    claims: tuple[str, ...]
    calls_to_action: tuple[str, ...]
    lexicon: LexiconView
    purpose: str
    parts: tuple[PartView, ...]
    example: ExampleView
    revision: RevisionView

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

    def with_example(self, example: Example) -> Variables:
        """The same, while one of the sheet's worked examples is rendered."""
        return replace(self, example=ExampleView(example.brief, dict(example.parts)))


VARIABLES: tuple[str, ...] = tuple(f.name for f in fields(Variables))


def localized(texts: Mapping[str, str], language: str, what: str) -> str:
    """The wording in a language, or in its primary language; ``what`` names the text in the error else."""
    found = texts.get(language) or texts.get(language.partition("-")[0])
    return found if found is not None else missing_translation(what, language)


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


def calls_to_action(brand: Brand, spec: VariantSpec) -> tuple[str, ...]:
    """The approved calls to action of the channel in the variant's language."""
    return tuple(
        action.text[spec.language]
        for action in brand.identity.calls_to_action
        if spec.language in action.text and (not action.channels or spec.channel in action.channels)
    )


def build_variables(
    brand: Brand,
    campaign: Campaign,
    sheet: Sheet,
    spec: VariantSpec,
    today: date,
    *,
    findings: Sequence[Finding] = (),
    previous: Mapping[str, str] | None = None,
) -> Variables:
    """What a template sees for one variant.

    Raises:
        WrongInput: the specification names something that the brand does not have.
    """
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
        ),
        language=LanguageView(tag, language.name, formality, language.address.get(formality, "")),
        segment=SegmentView(
            say(segment.name, f"The name of segment '{segment.id}'"),
            say(segment.description, f"The description of segment '{segment.id}'"),
        ),
        tone=MannerView(
            say(tone.name, f"The name of tone '{tone.id}'"),
            say(tone.instruction, f"The instruction of tone '{tone.id}'"),
        ),
        angle=MannerView(
            say(angle.name, f"The name of angle '{angle.id}'") if angle else "",
            say(angle.instruction, f"The instruction of angle '{angle.id}'") if angle else "",
        ),
        campaign=CampaignView(
            say(campaign.objective, f"The objective of campaign '{campaign.id}'"),
            say(campaign.offer, f"The offer of campaign '{campaign.id}'"),
        ),
        insights=tuple(_insight(insight, tag) for insight in insights),
        claims=supplied_claims(brand, spec, today),
        calls_to_action=calls_to_action(brand, spec),
        lexicon=LexiconView(
            wanted=lexicon.wanted if lexicon else (),
            banned=tuple(banned.term for banned in lexicon.banned) if lexicon else (),
            cliches=lexicon.cliches if lexicon else (),
        ),
        purpose=say(sheet.purpose, f"The purpose of prompts/{sheet.channel}.yaml"),
        parts=tuple(
            PartView(
                id=part.id,
                name=say(part.name, f"The name of part '{part.id}'") if part.name else part.id,
                instruction=say(part.instruction, f"The instruction of part '{part.id}'"),
                source=part.source,
                max_chars=part.max_chars,
            )
            for part in sheet.parts
        ),
        example=ExampleView("", {}),
        revision=_revision(findings, previous or {}),
    )


def _insight(insight: Insight, tag: str) -> InsightView:
    evidence = insight.evidence.get(tag) or insight.evidence.get(tag.partition("-")[0], ())
    text = localized(insight.text, tag, f"The insight '{insight.id}'")
    return InsightView(insight.kind, text, evidence, insight.paraphrase_only)


def _revision(findings: Sequence[Finding], previous: Mapping[str, str]) -> RevisionView:
    text = "\n".join(part for part in previous.values() if part)
    return RevisionView(
        findings=tuple(
            FindingView(f.check, f.part, f.span.of(text) if f.span else "", f.message, f.remedy)
            for f in findings
        ),
    )
