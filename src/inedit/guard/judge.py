"""The judgement: every check in order, one verdict, with receipts. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inedit.brand.schema import Brand, Campaign, Claim, Part, Sheet
from inedit.guard.checks.address import address_kept
from inedit.guard.checks.characters import characters_show
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.ending import sentences_end
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.green_claims import green_claims_are_supported
from inedit.guard.checks.insights import insights_are_used, nothing_is_turned
from inedit.guard.checks.language import letters_known, right_language
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.checks.lexicon import words_allowed
from inedit.guard.checks.mentions import mentions_stand
from inedit.guard.checks.mirror import not_generic
from inedit.guard.checks.near_duplicate import copies_nothing
from inedit.guard.checks.own_words import words_are_own
from inedit.guard.checks.parts import parts_fit
from inedit.guard.checks.platform_rules import platform_rules_kept
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.repetition import nothing_repeated
from inedit.guard.checks.sameness import not_one_of_many
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.checks.unfinished import nothing_unfinished
from inedit.guard.context import Check, Context
from inedit.guard.evidence.approved import said_word_for_word, stands_in
from inedit.guard.evidence.own_words import own_words
from inedit.guard.evidence.reading import read_draft
from inedit.guard.evidence.receipts import find_receipts
from inedit.model import Draft, Finding, Prompt, Span, Usage, VariantSpec, Verdict

CHECKS: tuple[Check, ...] = (
    parts_fit,
    platform_rules_kept,
    mentions_stand,
    characters_show,
    letters_known,
    right_language,
    nothing_unfinished,
    no_echo,
    figures_are_supported,
    superlatives_are_supported,
    promises_are_supported,
    green_claims_are_supported,
    words_allowed,
    insights_are_used,
    nothing_is_turned,
    words_are_own,
    address_kept,
    nothing_repeated,
    sentences_end,
    language_is_clean,
    not_generic,
    copies_nothing,
    not_one_of_many,
)
"""Every check, in the order in which its findings are told."""

AS_WRITTEN: frozenset[Check] = frozenset((parts_fit, characters_show, letters_known))
"""The checks that read a draft as it is written; the others read it as a reader does
(:mod:`inedit.guard.nlp.characters`)."""

OF_STATEMENTS: frozenset[Check] = frozenset(
    (
        figures_are_supported,
        superlatives_are_supported,
        promises_are_supported,
        green_claims_are_supported,
        nothing_is_turned,
    )
)
"""The checks that look for a fact behind what is said; a claim in its own words is its own."""

TEXT_CHECKS: tuple[Check, ...] = tuple(check for check in CHECKS if check not in (no_echo, insights_are_used))
"""The checks that make sense of a text that no specification or prompt came with."""


def judge(draft: Draft, context: Context, checks: tuple[Check, ...] = CHECKS) -> Verdict:
    """All findings of all checks on a draft, the receipts of what it uses, and how much of it is pasted.

    Invisible characters and look-alike letters are folded once, before every check but those of :data:`AS_WRITTEN`;
    spans count in the draft as it was written.
    """
    read = read_draft(draft)
    findings: list[Finding] = []
    approved: tuple[Span, ...] | None = None
    for check in checks:
        if check in AS_WRITTEN:
            findings += check(draft, context)
            continue
        found = check(read.draft, context)
        if found and check in OF_STATEMENTS:  # of most drafts none of these finds anything
            if approved is None:
                approved = said_word_for_word(read.draft, context)
            found = tuple([finding for finding in found if not stands_in(finding.span, approved)])
        findings += map(read.finding, found)
    receipts = tuple(map(read.receipt, find_receipts(read.draft, context)))
    return Verdict(tuple(findings), receipts, own_words=own_words(draft, context))


@dataclass(frozen=True, slots=True)
class FinishedText:
    """A text of any origin to be judged: nobody needs to know which variant or prompt it came from.

    ``parts`` are its parts by id, in order (one part ``text`` for a text without parts). Without ``campaign`` every
    campaign's offer holds and no mention is mandatory; without ``insight_ids`` or ``claim_ids`` every insight or valid
    claim of the brand may be told. ``facts``, when given, are the only facts that hold, in place of the brand's.
    """

    parts: Mapping[str, str]
    language: str
    channel: str
    segment: str = ""
    campaign: str = ""
    insight_ids: tuple[str, ...] | None = None
    claim_ids: tuple[str, ...] | None = None
    facts: tuple[str, ...] | None = None


def checks_for(written: FinishedText) -> tuple[Check, ...]:
    """The checks that make sense of a finished text: :data:`TEXT_CHECKS`, and that it tells the insights that it was
    to tell, where it says which."""
    return (*TEXT_CHECKS, insights_are_used) if written.insight_ids else TEXT_CHECKS


def finished_draft(written: FinishedText, brand: Brand, today: date) -> tuple[Draft, Context]:
    """A finished text as a draft, and the context in which it is judged.

    The channel's limit and alphabet hold for the whole text; the form of address is that of ``segment``, or the
    language's own.
    """
    if written.facts is not None:
        brand = _with_only(brand, written.facts, written.language)
    campaign = brand.campaigns.get(written.campaign)
    offers = [campaign.offer] if campaign else [known.offer for known in brand.campaigns.values()]
    offer = {
        tag: " ".join(text for text in (other.get(tag, "") for other in offers) if text)
        for tag in {tag for other in offers for tag in other}
    }
    spec = VariantSpec(
        "", written.channel, written.segment, written.language, "", 0,
        insight_ids=tuple(brand.insights) if written.insight_ids is None else written.insight_ids,
        claim_ids=tuple(brand.claims) if written.claim_ids is None else written.claim_ids,
    )  # fmt: skip
    required = (
        {name: getattr(campaign, name) for name in ("id", "mandatory", "links", "merge_fields")}
        if campaign
        else {"id": ""}
    )
    brief = Campaign.model_construct(
        name="", objective={}, offer=offer, channels=(), segments=(), languages=(), tones=(), **required
    )
    sheet = Sheet.model_construct(
        channel=written.channel, purpose={}, variables=(), examples=(),
        parts=tuple(_any_part(part_id, text) for part_id, text in written.parts.items()),
    )  # fmt: skip
    draft = Draft(spec, written.parts, Usage("", 0, 0, 0, 0, 0.0), 1)
    return draft, Context(brand, brief, sheet, Prompt((), "", ""), today)


def _with_only(brand: Brand, facts: Sequence[str], language: str) -> Brand:
    """The brand as if these sentences were all that it can prove."""
    claims = {
        f"fact-{number}": Claim(
            id=f"fact-{number}", text={language: fact}, source="given with the text", valid_from=date.min
        )
        for number, fact in enumerate(facts, start=1)
    }
    identity = brand.identity.model_copy(update={"about": {}})
    return brand.model_copy(update={"claims": claims, "insights": {}, "campaigns": {}, "identity": identity})


def _any_part(part_id: str, text: str) -> Part:
    """A part that its own length always fits."""
    return Part.model_construct(
        id=part_id, instruction={}, source="model", min_chars=1, max_chars=max(len(text), 1), name={}
    )
