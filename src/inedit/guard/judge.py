"""The judgement: every check in order, one verdict, with receipts. Pure and deterministic."""

from __future__ import annotations

from datetime import date

from inedit.brand.schema import Brand, Campaign, Part, Sheet
from inedit.guard.claims import figures_are_supported
from inedit.guard.context import Check, Context
from inedit.guard.echo import no_echo
from inedit.guard.language import right_language
from inedit.guard.lexicon import words_allowed
from inedit.guard.parts import parts_fit
from inedit.guard.promises import promises_are_supported
from inedit.guard.receipts import find_receipts, insights_are_used
from inedit.guard.style import address_kept, nothing_repeated, sentences_end
from inedit.guard.superlatives import superlatives_are_supported
from inedit.guard.unfinished import nothing_unfinished
from inedit.model import Draft, Prompt, Usage, VariantSpec, Verdict

CHECKS: tuple[Check, ...] = (
    parts_fit,
    right_language,
    nothing_unfinished,
    no_echo,
    figures_are_supported,
    superlatives_are_supported,
    promises_are_supported,
    words_allowed,
    insights_are_used,
    address_kept,
    nothing_repeated,
    sentences_end,
)
"""Every check, in the order in which its findings are told."""

TEXT_CHECKS: tuple[Check, ...] = tuple(check for check in CHECKS if check not in (no_echo, insights_are_used))
"""The checks that make sense of a text that no specification or prompt came with."""


def judge(draft: Draft, context: Context, checks: tuple[Check, ...] = CHECKS) -> Verdict:
    """All findings of all checks on a draft, and the receipts of what it uses."""
    findings = tuple(finding for check in checks for finding in check(draft, context))
    return Verdict(findings, find_receipts(draft, context))


def judge_text(
    text: str,
    *,
    language: str,
    channel: str,
    brand: Brand,
    today: date,
    campaign: Campaign | None = None,
    segment: str = "",
    checks: tuple[Check, ...] = TEXT_CHECKS,
) -> Verdict:
    """Judge a finished text on its own: nobody knows which variant it was, so every fact of the brand may
    be in it.

    Facts are all valid claims, all insights and the offer of ``campaign``, or of every campaign when none
    is given. The channel's limit and alphabet hold for the whole text; the form of address is that of ``segment``,
    or the language's own.
    """
    offers = [campaign.offer] if campaign else [known.offer for known in brand.campaigns.values()]
    offer = {
        tag: " ".join(text for text in (other.get(tag, "") for other in offers) if text)
        for tag in {tag for other in offers for tag in other}
    }
    spec = VariantSpec(
        "",
        channel,
        segment,
        language,
        "",
        0,
        insight_ids=tuple(brand.insights),
        claim_ids=tuple(brand.claims),
    )
    brief = Campaign.model_construct(
        id="", name="", objective={}, offer=offer, channels=(), segments=(), languages=(), tones=()
    )
    sheet = Sheet.model_construct(
        channel=channel, purpose={}, variables=(), parts=(_whole_text(text),), examples=()
    )
    draft = Draft(spec, {"text": text}, Usage("", 0, 0, 0, 0, 0.0), 1)
    return judge(draft, Context(brand, brief, sheet, Prompt((), "", ""), today), checks)


def _whole_text(text: str) -> Part:
    """The text as the one part of a channel, which its own length always fits."""
    return Part.model_construct(
        id="text", instruction={}, source="model", min_chars=1, max_chars=max(len(text), 1), name={}
    )
