"""Every figure of the text must be one that the brand supplies, said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from inedit.guard.context import Context
from inedit.guard.evidence.counted_days import is_today, told_from_a_date
from inedit.guard.evidence.doubt import is_in_doubt
from inedit.guard.evidence.ended import ended_claims, is_told_as_ended
from inedit.guard.evidence.facts import Fact, model_parts, supplied_facts
from inedit.guard.evidence.index import Entry, Evidence, known_evidence
from inedit.guard.evidence.matching import Judgement, judge_statement
from inedit.guard.evidence.may_follow import may_follow
from inedit.guard.evidence.other_market import price_elsewhere
from inedit.guard.evidence.relations.exchanged import exchanged
from inedit.guard.evidence.relations.told_of_another_thing import told_of_another_thing
from inedit.guard.evidence.relations.told_with_another_figure import told_with_another_figure
from inedit.guard.evidence.sources import given_by_a_source
from inedit.guard.evidence.statements import Statement, majorities, statements
from inedit.guard.evidence.subjects import sentence_stems, things_in
from inedit.guard.evidence.superlatives import find_superlatives
from inedit.guard.evidence.support import with_counted
from inedit.guard.nlp.arithmetic import SHARE_ROUNDING
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import excerpt
from inedit.model import Draft, Finding, Severity, Span


def figures_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each figure that asserts something is one that a supplied fact gives, of the same measure and the same thing."""
    language = draft.spec.language
    parts = model_parts(draft, context)
    if not any(statements(text, language) for _, text, _ in parts):
        return ()
    known = known_evidence(draft, context)
    own, proofs = _own_quantities(draft, context), _proofs(draft, context)
    ended = ended_claims(context.brand, context.today)
    findings = []
    for part_id, text, start in parts:
        taken = [span for span, _, _ in find_superlatives(text, language)]
        for said in statements(text, language):
            at = said.quantity.span.start
            if any(span.start <= at < span.end for span in taken) or _in_a_name(said, text, context):
                continue  # « n° 1 » is a superlative, « Lumo 300 » a name
            judged = judge_statement(said, known, language, context.today.year)
            if _may_stand(said, judged, own, proofs, known) or _is_retold(said, judged, draft, context):
                continue
            if judged.outcome in (*_NO_FACT, "unknown") and _is_counted_or_proved(said, known, context):
                continue
            fact = judged.entry.fact if judged.outcome == "withheld" and judged.entry else None
            if fact and is_told_as_ended(said.quantity.span, text, language, fact, ended.get(fact.id)):
                continue  # “the free helmet ended with August”
            source = _to_be_asked(said, judged, known, context)
            found = (
                _to_be_checked(said, source.fact, text, language)
                if source
                else _finding(said, judged, text, known)
            )
            if found:
                findings.append(_located(found, part_id, start))
        refused = [finding.span for finding in findings if finding.part == part_id and finding.span]
        facts = supplied_facts(draft, context)
        changed = told_with_another_figure(text, language, facts, context.today.year)
        for span, fact in (*exchanged(text, language, facts), *changed):
            if not span.shifted(start).overlaps(refused):
                refused.append(span.shifted(start))
                findings.append(
                    _located(_of("misattributed", Severity.BLOCK, span, fact, text, language), part_id, start)
                )
        for span, fact in told_of_another_thing(text, language, facts, known):
            if not span.shifted(start).overlaps(refused):
                findings.append(
                    _located(_of("unknown", Severity.REVIEW, span, fact, text, language), part_id, start)
                )
    return tuple(findings)


_ARGUABLE = ("contradicted", "unsupported", "unknown")
"""Outcomes that another fact with other words may have led to."""


_NO_FACT = ("contradicted", "misattributed", "unsupported")
"""Outcomes of a figure that no fact gives as such."""


def _to_be_asked(said: Statement, judged: Judgement, known: Evidence, context: Context) -> Entry | None:
    """The figure of a fact from which one that would be refused may come, so that a person decides."""
    if judged.outcome in _NO_FACT:
        follows = may_follow(said, known, context.today.year)
        if follows:
            return follows
    asked = judged.outcome in (*_NO_FACT, "withheld")
    return price_elsewhere(said, known, context) if asked else None


def _is_counted_or_proved(said: Statement, known: Evidence, context: Context) -> bool:
    """Whether a figure that no fact gives is today's date, is counted from it, or stands in the source of a claim that
    the text tells."""
    return (
        is_today(said, context.today)
        or told_from_a_date(said, known, context.today) is not None
        or given_by_a_source(said, known, context.brand) is not None
    )


def _may_stand(
    said: Statement, judged: Judgement, own: Sequence[Quantity], proofs: Sequence[Quantity], known: Evidence
) -> bool:
    """Whether it is a figure that the writer was given: of what was to be told, or of the proofs, where the clause
    names nothing else of ours (« Toutes se lavent à 60 °C. » is of whatever the proof is about)."""
    if judged.outcome in _ARGUABLE and _is_own(said, own):
        return True
    misused = judged.outcome == "misattributed"
    return misused and not things_in(said.clause, known) and _is_own(said, proofs)


def _is_retold(said: Statement, judged: Judgement, draft: Draft, context: Context) -> bool:
    """Whether it is the figure of an insight that was to be told, said with other nouns of it beside two of its
    words."""
    entry = judged.entry
    if judged.outcome != "misattributed" or entry is None:
        return False
    if not context.prompt.template_id or entry.fact.id not in draft.spec.insight_ids:
        return False
    quantity = said.quantity
    same = entry.quantity.value == quantity.value and entry.quantity.dimension == quantity.dimension
    return same and len(sentence_stems(said) & entry.stems) >= FEWEST_SHARED


FEWEST_SHARED = 2
"""Words of an insight beside its figure that show that it is told, whatever the thing is called."""


def _own_quantities(draft: Draft, context: Context) -> tuple[Quantity, ...]:
    """The figures of what a writer was told to tell: the variant's insights and the offer. None without a prompt: a
    finished text may be about anything that the brand says."""
    if not context.prompt.template_id:
        return ()
    language = draft.spec.language
    supplied = [context.brand.insights[i].text for i in draft.spec.insight_ids if i in context.brand.insights]
    insights = [text.get(language, "") for text in supplied]
    texts = [*insights, context.campaign.offer.get(language, "")]
    shares = tuple(said.quantity for text in texts for said in majorities(text, language))
    shares += tuple(share for text in insights for share in _shares(text, language))
    return shares + tuple(quantity for text in texts for quantity in find_quantities(text, language))


def _shares(text: str, language: str) -> Iterator[Quantity]:
    """What two counts of an insight make of one another: four of nine, where it tells of nine points and that four were
    settled."""
    found = (q for q in find_quantities(text, language) if q.dimension in (COUNT, "point"))  # « neuf points »
    counts = [q for q in found if q.number > 1 and q.number == int(q.number)]
    numbers = {q.number for q in counts}
    for part, whole in permutations(counts, 2):
        together = (
            part.sentence == whole.sentence or whole.number - part.number in numbers
        )  # the rest is told too
        if part.number < whole.number and together:
            value = Decimal(100) * part.number / whole.number
            yield replace(part, dimension="percent", value=value, number=Decimal(0))


def _proofs(draft: Draft, context: Context) -> tuple[Quantity, ...]:
    """The measures of the proofs that the writer could choose from; a count may be of too many things."""
    if not context.prompt.template_id:
        return ()
    language, claims = draft.spec.language, context.brand.claims
    texts = [claims[i].text.get(language, "") for i in draft.spec.claim_ids if i in claims]
    found = (quantity for text in texts for quantity in find_quantities(text, language))
    return tuple(quantity for quantity in found if quantity.dimension != COUNT)


def _is_own(said: Statement, own: Sequence[Quantity]) -> bool:
    """Whether it is a figure that was to be told, not loosened the other way (« 41 lavages », « moins de 2 g »)."""
    quantity = said.quantity
    return any(
        (mine.number == quantity.number != 0 or _same_share(mine, quantity))  # dates have no number
        and {mine.approximate, quantity.approximate} != {"over", "under"}
        and (mine.dimension == quantity.dimension or COUNT in (mine.dimension, quantity.dimension))
        for mine in own
    )


def _same_share(mine: Quantity, quantity: Quantity) -> bool:
    return (
        mine.dimension == quantity.dimension == "percent"
        and abs(mine.value - quantity.value) <= SHARE_ROUNDING
    )


def _in_a_name(said: Statement, text: str, context: Context) -> bool:
    """Whether a figure is a part of a product's name (« Lumo 300 »)."""
    at = said.quantity.span
    for product in context.brand.identity.products:
        for name in product.name.values():
            pairs = [f"{first} {second}" for first, second in pairwise(re.split(r"[ -]", name))]
            if any(_stands_at(text, pair, at) for pair in pairs if any(map(str.isdigit, pair))):
                return True
    return False


def _stands_at(text: str, name: str, at: Span) -> bool:
    """Whether a name stands in a text around a place."""
    start = text.find(name, max(0, at.start - len(name)))
    return 0 <= start <= at.start and at.end <= start + len(name)


def _of(outcome: str, severity: Severity, span: Span, fact: Fact, text: str, language: str) -> Finding:
    """What is wrong with a figure that no statement was read of: one that stands with the words of a fact's other one
    (``misattributed``), or a thing of ours in the place of a fact's own, told word for word (``unknown``)."""
    shown = span.of(text)
    advice = _remedy(outcome, shown, fact, language)
    return Finding("figures", severity, _message(outcome, shown, fact), span, remedy=advice)


def _located(finding: Finding, part: str, start: int) -> Finding:
    span = finding.span or Span(0, 0)
    return Finding(
        finding.check,
        finding.severity,
        finding.message,
        span.shifted(start),
        remedy=finding.remedy,
        part=part,
    )


def _finding(said: Statement, judged: Judgement, text: str, known: Evidence) -> Finding | None:
    """What is wrong with a statement, and the fact that is really meant; None when nothing is."""
    if judged.outcome in ("supported", "scene"):
        return None
    shown = with_counted(said.quantity, text).of(text)
    fact = judged.entry.fact if judged.entry else None
    outcome = "unknown" if is_in_doubt(said, judged.outcome, judged.entry, known) else judged.outcome
    severity = Severity.REVIEW if outcome == "unknown" else Severity.BLOCK
    return Finding(
        "figures",
        severity,
        _message(outcome, shown, fact),
        said.quantity.span,
        remedy=_remedy(outcome, shown, fact, known.language),
    )


def _to_be_checked(said: Statement, fact: Fact, text: str, language: str) -> Finding:
    """A figure that may be worked out from a fact: a person looks at the sum."""
    shown = with_counted(said.quantity, text).of(text)
    message = f"“{shown}”: is this worked out from a fact? {_says(fact)}"
    advice = _remedy("unknown", shown, fact, language)
    return Finding("figures", Severity.REVIEW, message, said.quantity.span, remedy=advice)


def _says(fact: Fact) -> str:
    return f"{_KINDS.get(fact.kind, fact.kind)} “{fact.id}” says “{excerpt(fact.text)}”."


def _message(outcome: str, shown: str, fact: Fact | None) -> str:
    if fact is None:
        return f"“{shown}”: no supplied fact gives this figure."
    says = _says(fact)
    by_outcome = {
        "misattributed": f"“{shown}”: the number is one of ours but not in this sense; {says}",
        "contradicted": f"“{shown}”: {says}",
        "withheld": f"“{shown}”: this may not be told today or in this market; {says}",
        "unknown": f"“{shown}”: we cannot tell which fact this figure is of; the nearest: {says}",
    }
    return by_outcome.get(outcome, f"“{shown}”: no supplied fact gives this figure; the nearest: {says}")


_KINDS = {"withheld": "claim"}


_OF_ONE_FACT = {"misattributed": "figure_misused", "unknown": "figure_in_doubt"}
"""Remedies that name one fact: one of a figure that is false, one of a figure that may be right."""


def _remedy(outcome: str, shown: str, fact: Fact | None, language: str) -> str:
    if fact is None or outcome == "withheld":
        return remedy(language, "figure", text=shown, facts="")
    if outcome in _OF_ONE_FACT:
        return remedy(language, _OF_ONE_FACT[outcome], text=shown, fact=excerpt(fact.text, 140))
    return remedy(
        language, "figure", text=shown, facts=remedy(language, "figure_fact", fact=excerpt(fact.text, 140))
    )
