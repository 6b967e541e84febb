"""What the guard reads in a text, in short lines: for golden files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inedit.guard.context import Check, Context
from inedit.guard.evidence.asserting import claims_something
from inedit.guard.evidence.bearing_out import bears_out
from inedit.guard.evidence.commitments import commitments, is_by_another
from inedit.guard.evidence.denial import denies_fact
from inedit.guard.evidence.facts import all_facts
from inedit.guard.evidence.index import Evidence, known_evidence
from inedit.guard.evidence.matching import judge_statement
from inedit.guard.evidence.names import unsupported_names
from inedit.guard.evidence.opposites import opposites, widened_shares
from inedit.guard.evidence.polarity import clauses as polarity_clauses
from inedit.guard.evidence.receipts import find_conflicts, find_receipts
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.evidence.subjects import conflicts, subjects
from inedit.guard.evidence.support import Known, supports
from inedit.guard.nlp.grammar import clauses
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Draft

FEW = 40
"""Figures of a brand below which each is held against each text's: the tiny brand has so few, and seldom changes."""


def read(text: str, draft: Draft, context: Context, checks: Iterable[Check]) -> Iterator[str]:
    """Nouns and their roles, figures with what bears them out, promises, names, denials, receipts and findings."""
    language = draft.spec.language
    known = known_evidence(draft, context)
    nouns = [f"{n.determiner} {n.stem}/{n.role}".strip() for c in clauses(text, language) for n in c.nouns]
    if nouns:
        yield f"  nouns: {', '.join(nouns)}"
    for said in statements(text, language):
        judged = judge_statement(said, known, language, context.today.year)
        by = f" by {judged.entry.fact.id}" if judged.entry else ""
        yield f"  figure {_figure(said, text)}: {judged.outcome}{by}"
        yield f"    {_relations(said, known, context)}"
    yield from _denied_and_told(text, draft, context)
    for check in checks:
        for found in check(draft, context):
            at = found.span.of(text) if found.span else ""
            message = re.sub(r"(“[^”]{0,60})[^”]*”", r"\1”", found.message)
            yield f"  {found.check} {found.severity.value} « {at} » {message}"


def _figure(said: Statement, text: str) -> str:
    figure = said.quantity
    near = " ".join(figure.nouns[:3])
    counted = f" of {said.counted}" if said.counted else ""
    negated = ", denied" if said.negated else ""
    beside = f", beside {' '.join(sorted(f'{number:f}' for number in said.beside))}" if said.beside else ""
    return (
        f"« {figure.span.of(text)} » {figure.value:f} {figure.approximate} {figure.dimension}{counted}{negated}{beside}"
        f" ({near}; {len(said.around)} beside, {len(said.earlier)} before)"
    )


def _relations(said: Statement, known: Evidence, context: Context) -> str:
    """What the figure is about, the facts that bear it out, and, where the brand has few figures, which of them are of
    another thing, in their order, as the bits of a number."""
    language, year = known.language, context.today.year
    about = (
        " ".join(noun.stem for noun in subjects(said.clause, said.around, said.earlier, known)) or "nothing"
    )
    entries = (*known.entries, *known.withheld)
    backed = [
        e.fact.id for e in entries if supports(Known(e.quantity, e.fact), said.quantity, language, year)
    ]
    another = _bits(conflicts(entry, said, known, language) for entry in entries)
    apart = f"; of another thing {another}" if len(entries) < FEW else ""
    claims = "claims" if claims_something(said, known, language) else "sets a scene"
    return f"{claims}, about {about}; like {' '.join(backed) or 'none'}{apart}"


def _bits(answers: Iterable[bool]) -> str:
    return f"{int('1' + ''.join('01'[answer] for answer in answers), 2):x}"


def _denied_and_told(text: str, draft: Draft, context: Context) -> Iterator[str]:
    language = draft.spec.language
    known, facts = known_evidence(draft, context), all_facts(draft, context)
    for promised in commitments(text, language):
        by = [fact.id for fact in facts if bears_out(fact, promised, known, language)]
        other = ", by another" if is_by_another(promised, known, language) else ""
        limits = ", unconditional" * promised.unconditional + ", presupposed" * promised.presupposed
        keys = " ".join(sorted(promised.keys))
        yield f"  promise {promised.kind} « {promised.span.of(text)} » ({keys}{limits}{other}): {', '.join(by)}"
    for named in unsupported_names(text, language, facts, known):
        yield f"  name « {named.span.of(text)} » not {named.fact.id if named.fact else 'ours'}, made {named.made}"
    for denied in (*opposites(text, language, facts, known), *widened_shares(text, language, known)):
        yield f"  opposite « {denied.span.of(text)} » of {denied.fact.id}"
    facts = tuple(fact for fact in facts if primary(fact.language) == primary(language))
    for clause in polarity_clauses(text, language):
        if clause.negators or clause.absences:
            words = text[clause.start : clause.end]
            facts_denied = [fact.id for fact in facts if denies_fact(words, fact.text, language)]
            where = " ".join(map(str, clause.negators))
            yield f"  denial « {words} » at {where}, {clause.absences} absences: of {' '.join(facts_denied)}"
    for insight, conflict in find_conflicts(draft, context):
        yield f"  conflict « {conflict.span.of(text)} » {conflict.how} {insight}"
    for receipt in find_receipts(draft, context):
        yield f"  receipt {receipt.source_id} by {receipt.how} « {receipt.span.of(text)} »"


def quantity_line(quantity: Quantity, text: str) -> str:
    """A figure: its place, value, dimension and number; how it is meant and what it counts, where that is said."""
    partner = f"{quantity.bound} end of {quantity.partner:f}" if quantity.partner is not None else ""
    share = f"{quantity.part} of {quantity.whole}" if quantity.part else ""
    more = (
        quantity.approximate, "vague" * quantity.vague, partner, share,
        f"per {quantity.period}" * bool(quantity.period),
        f"in {quantity.year}" if quantity.year else "", f"of {quantity.counted}" * bool(quantity.counted),
    )  # fmt: skip
    number = f" ({quantity.number:f})" if quantity.number != quantity.value else ""
    said = f"{quantity.span.of(text)} | {quantity.value:f} {quantity.dimension}{number}"
    return " ".join((said, *filter(None, more)))
