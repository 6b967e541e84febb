"""Every figure of the text must be one that the brand supplies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inedit.guard.checks.superlatives import find_superlatives
from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.evidence.support import (
    Known,
    figures_of,
    nearest,
    same_number,
    shared_stems,
    supports,
    with_counted,
)
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import Quantity
from inedit.guard.nlp.text import excerpt
from inedit.model import Draft, Finding, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: in which part, that begins at which character of the draft, in which language."""

    part: str
    start: int
    language: str


def figures_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each figure is one that a supplied fact gives, with the same unit and about the same thing."""
    facts = supplied_facts(draft, context)
    known = tuple(entry for fact in facts for entry in figures_of(fact))
    language = draft.spec.language
    findings = []
    for part_id, text, start in model_parts(draft, context):
        taken = [span for span, _, _ in find_superlatives(text, language)]
        for figure in find_quantities(text, language):
            if any(span.start <= figure.span.start < span.end for span in taken):
                continue  # « n° 1 » is a superlative, not a figure
            if any(supports(entry, figure, language, context.today.year) for entry in known):
                continue
            findings.append(_unsupported(figure, text, Place(part_id, start, language), known))
    return tuple(findings)


def _unsupported(figure: Quantity, text: str, place: Place, known: Sequence[Known]) -> Finding:
    language = place.language
    shown = with_counted(figure, text).of(text)
    near = nearest(figure, known, language)
    misused = nearest(figure, [entry for entry in known if same_number(entry.figure, figure)], language)
    if misused:
        fact = misused.fact
        message = (
            f"“{shown}”: the number is one of ours but not in this sense; {fact.kind} “{fact.id}” says"
            f" “{excerpt(fact.text)}”."
        )
    else:
        message = f"“{shown}”: no supplied fact gives this figure."
    if misused and (
        near is None or shared_stems(misused, figure, language) >= shared_stems(near, figure, language)
    ):
        mend = remedy(language, "figure_misused", text=shown, fact=excerpt(misused.fact.text, 140))
    else:
        allowed = remedy(language, "figure_fact", fact=excerpt(near.fact.text, 140)) if near else ""
        mend = remedy(language, "figure", text=shown, facts=allowed)
    return Finding(
        "figures", Severity.BLOCK, message, figure.span.shifted(place.start), remedy=mend, part=place.part
    )
