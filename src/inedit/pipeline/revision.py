"""The way back: from what the guard had against a draft to what the next attempt is told, and which facts it tells.

A small model repeats what it is shown, so the next question holds neither the refused draft nor its passages; and it
cannot tell the same fact in new words at will, so a fact that made a copy is exchanged (docs/prompts.md, "The way
back"). Pure and deterministic: a run that goes on asks the same again.
"""

from __future__ import annotations

from collections.abc import Sequence

from inedit.brand.schema import Brand, Campaign
from inedit.guard.checks.mirror import MIRROR
from inedit.model import Finding, Severity, VariantSpec
from inedit.planning import other_insights, with_another_angle, with_another_insight, with_insights_instead

ABOUT_FACTS = frozenset({"near-duplicate", "insights", "figures", "repetition"})
"""Checks whose findings say nothing about a draft that tells other facts."""


def next_attempt(
    spec: VariantSpec,
    refused: Sequence[tuple[Finding, ...]],
    brand: Brand,
    campaign: Campaign,
    *,
    keep_facts: bool = False,
) -> tuple[VariantSpec, tuple[Finding, ...]]:
    """What to write next at the place of ``spec``, and the findings to tell, after ``refused``: the findings on each
    draft so far, the last one last.

    Other insights take the place of the given ones after a copy, after words that were to be paraphrased or were said
    twice, and from the third attempt on, unless ``keep_facts``; so does another angle after a copy and from the third
    attempt on. After a draft that anybody would get, one more insight comes in. Notes are for people and are not told.
    """
    told = tuple(f for f in refused[-1] if f.severity is not Severity.NOTE) if refused else ()
    attempt, findings = len(refused), [finding for found in refused for finding in found]
    again = attempt >= 2
    if not keep_facts and (again or any(map(_is_spent, findings))):
        other = with_insights_instead(spec, brand, campaign, attempt)
        if other != spec:
            gone = frozenset(spec.insight_ids).difference(other.insight_ids)
            spec, told = other, tuple(finding for finding in told if not _is_about(finding, gone))
    if again or any(finding.matches for finding in findings):
        spec = with_another_angle(spec, brand, campaign, attempt)
    for _ in (finding for finding in findings if finding.check == MIRROR):
        others = other_insights(spec, brand, campaign)
        if others:
            spec = with_another_insight(spec, others[0])
    return spec, told


def _is_about(finding: Finding, insights: frozenset[str]) -> bool:
    """Whether a finding says nothing about a draft that tells others than these insights."""
    return finding.check in ABOUT_FACTS or any(f"“{id}”" in finding.message for id in insights)


def _is_spent(finding: Finding) -> bool:
    """Whether a finding says that the fact itself leads to words that stand elsewhere, or is too thin for the text."""
    copied = bool(finding.matches) and finding.check != MIRROR
    quoted = finding.check == "insights" and finding.span is not None
    return copied or quoted or finding.check == "repetition"
