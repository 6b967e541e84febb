"""Nothing is promised that the brand does not promise of the same thing: free, guaranteed, delivered, reduced,
certified, made somewhere, reachable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inedit.guard.context import Context
from inedit.guard.evidence.arrivals import unsupported_arrivals
from inedit.guard.evidence.bearing_out import bears_out, nearest_promise
from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.changed_terms import changed_terms
from inedit.guard.evidence.commitments import Commitment, commitments, is_by_another, is_no_offer
from inedit.guard.evidence.conditions import broken_condition
from inedit.guard.evidence.contacts import unsupplied_contacts
from inedit.guard.evidence.dropped import dropped_conditions
from inedit.guard.evidence.ended import ended_claims, is_told_as_ended
from inedit.guard.evidence.facts import (
    Fact,
    all_facts,
    model_parts,
    names_of_brand,
    supplied_facts,
    withheld_facts,
)
from inedit.guard.evidence.gifts import unsupplied_gifts
from inedit.guard.evidence.index import Evidence, fact_stems, known_evidence, readable
from inedit.guard.evidence.limits import moved_limits
from inedit.guard.evidence.materials import withheld_names
from inedit.guard.evidence.months import is_out_of_season
from inedit.guard.evidence.names import unsupported_names
from inedit.guard.evidence.opposites import opposites, widened_shares
from inedit.guard.evidence.other_words import is_in_a_sum
from inedit.guard.evidence.services import unknown_services
from inedit.guard.evidence.side_by_side import borne_out_apart, length_of_another
from inedit.guard.evidence.subjects import is_ours, things_in
from inedit.guard.evidence.unsold import unsold_services
from inedit.guard.evidence.unsupplied import unsupplied
from inedit.guard.evidence.withheld import retold_withheld
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.text import excerpt, fold
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Draft, Finding, Severity, Span


def promises_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each promise, certificate, origin or contact in the text is in a supplied fact, made of the same thing."""
    found = [
        Finding("promises", Severity.BLOCK, message, span.shifted(start), remedy=advice, part=part_id)
        for part_id, text, start in model_parts(draft, context)
        for span, message, advice in (*_contacts(text, draft, context), *_promises(text, draft, context))
    ]
    taken = [finding.span for finding in found if finding.span]
    later = (*_arrivals_and_ended(draft, context), *_terms(draft, context))
    more = (f for f in later if not (f.span and f.span.overlaps(taken)))
    return (
        *found,
        *_names(draft, context),
        *_withheld(draft, context),
        *more,
        *_unsupplied(draft, context),
        *_denials(draft, context),
    )


def _names(draft: Draft, context: Context) -> Iterator[Finding]:
    """Names that nobody supplied: refused where a fact has another one or something is made, else for a person."""
    language = draft.spec.language
    known = known_evidence(draft, context)
    facts = all_facts(draft, context)
    names = names_of_brand(context.brand) if primary(language) == "de" else frozenset()
    for part_id, text, start in model_parts(draft, context):
        for named in unsupported_names(text, language, facts, known, names):
            shown = named.span.of(text)
            severity = Severity.BLOCK if named.fact or named.made else Severity.REVIEW
            message = f"“{shown}”: a name that no supplied fact gives."
            if named.fact:
                message = f"“{shown}”: {named.fact.kind} “{named.fact.id}” says “{excerpt(named.fact.text)}”."
            elif named.made:
                message = f"“{shown}”: an origin that no supplied fact gives."
            advice = remedy(language, "promise", text=shown)
            yield Finding(
                "promises", severity, message, named.span.shifted(start), remedy=advice, part=part_id
            )


def _withheld(draft: Draft, context: Context) -> Iterator[Finding]:
    """Names of what may not be told today or in this market: refused where more of the claim is told."""
    language, facts = draft.spec.language, supplied_facts(draft, context)
    for part_id, text, start in model_parts(draft, context):
        for span, claim_id, is_stated in withheld_names(text, language, facts, context.brand, context.today):
            shown = span.of(text)
            yield Finding(
                "promises",
                Severity.BLOCK if is_stated else Severity.REVIEW,
                f"“{shown}”: only claim “{claim_id}” names this, and it may not be told today or in this market.",
                span.shifted(start),
                remedy=remedy(language, "promise", text=shown),
                part=part_id,
            )


def _arrivals_and_ended(draft: Draft, context: Context) -> Iterator[Finding]:
    """When something is at the reader's, where no fact says so, and what only a withheld claim tells."""
    language, facts = draft.spec.language, supplied_facts(draft, context)
    known, withheld = known_evidence(draft, context), withheld_facts(draft, context)
    ended = ended_claims(context.brand, context.today)
    for part_id, text, start in model_parts(draft, context):
        found = [
            (span, f"“{span.of(text)}”: a promise (delivery) that no supplied fact makes.")
            for span in unsupported_arrivals(text, language, facts, known)
        ]
        found += [
            (span, f"“{span.of(text)}”: a gift that no supplied fact names.")
            for span in unsupplied_gifts(text, language, facts, known)
        ]
        for span, fact in retold_withheld(text, language, facts, withheld, known):
            if is_told_as_ended(span, text, language, fact, ended.get(fact.id)):
                continue
            says = f"claim “{fact.id}” says “{excerpt(fact.text)}”"
            shown = excerpt(span.of(text))
            found.append((span, f"“{shown}”: this may not be promised today or in this market; {says}."))
        for span, message in found:
            advice = remedy(language, "promise", text=span.of(text).strip())
            yield Finding(
                "promises", Severity.BLOCK, message, span.shifted(start), remedy=advice, part=part_id
            )


def _unsupplied(draft: Draft, context: Context) -> Iterator[Finding]:
    """Materials, means, things of ours and, in German, names of people that no fact gives: for a person to decide, or
    refused where they are sold or run."""
    language, brand = draft.spec.language, context.brand
    known, facts = known_evidence(draft, context), supplied_facts(draft, context)
    for part_id, text, start in model_parts(draft, context):
        for span, what, sure in unsupplied(text, language, facts, known, brand):
            severity = Severity.BLOCK if sure else Severity.REVIEW
            message = f"“{span.of(text)}”: {what}."
            advice = remedy(language, "promise", text=span.of(text))
            yield Finding("promises", severity, message, span.shifted(start), remedy=advice, part=part_id)


def _denials(draft: Draft, context: Context) -> Iterator[Finding]:
    """Sentences that turn a fact around: refused for what the brand claims, for a person where a story is retold."""
    language = draft.spec.language
    known, facts = known_evidence(draft, context), supplied_facts(draft, context)
    for part_id, text, start in model_parts(draft, context):
        turned = (*opposites(text, language, facts, known), *widened_shares(text, language, known))
        for opposite in turned:
            fact, shown = opposite.fact, opposite.span.of(text).strip()
            if is_out_of_season(opposite.span, text, fact, language):
                continue
            severity = Severity.REVIEW if fact.kind == "insight" else Severity.BLOCK
            message = f"“{excerpt(shown)}”: the opposite of {fact.kind} “{fact.id}”: “{excerpt(fact.text)}”."
            advice = remedy(language, "insight", fact=excerpt(fact.text, 140))
            yield Finding(
                "promises", severity, message, opposite.span.shifted(start), remedy=advice, part=part_id
            )


def _terms(draft: Draft, context: Context) -> Iterator[Finding]:
    """Terms of a service that its claim does not have: refused, or for a person where the claim is silent on them."""
    language = draft.spec.language
    known, facts = known_evidence(draft, context), supplied_facts(draft, context)
    for part_id, text, start in model_parts(draft, context):
        found = (
            *changed_terms(text, language, facts, known),
            *moved_limits(text, language, facts, known),
            *dropped_conditions(text, language, facts, known),
        )
        for changed in found:
            fact, shown = changed.fact, changed.span.of(text).strip()
            severity = Severity.BLOCK if changed.sure else Severity.REVIEW
            message = f"“{excerpt(shown)}”: not the terms of {fact.kind} “{fact.id}”: “{excerpt(fact.text)}”."
            advice = remedy(language, "insight", fact=excerpt(fact.text, 140))
            yield Finding(
                "promises", severity, message, changed.span.shifted(start), remedy=advice, part=part_id
            )
        services = (
            *unknown_services(text, language, facts, known),
            *unsold_services(text, language, facts, known),
        )
        for span in services:
            shown = excerpt(span.of(text).strip())
            message = f"“{shown}”: a service that no supplied fact speaks of."
            advice = remedy(language, "promise", text=shown)
            yield Finding(
                "promises", Severity.REVIEW, message, span.shifted(start), remedy=advice, part=part_id
            )


def _promises(text: str, draft: Draft, context: Context) -> Iterator[tuple[Span, str, str]]:
    """What the text promises and no fact does, with the message and the remedy."""
    language = draft.spec.language
    found = commitments(text, language)
    if not found:
        return
    facts = [
        fact
        for fact in supplied_facts(draft, context)
        if readable(fact, language) and fact.kind != "readers"  # what they hope for is not a promise
    ]
    withheld = [fact for fact in withheld_facts(draft, context) if fact.kind == "withheld"]
    known, ended = known_evidence(draft, context), ended_claims(context.brand, context.today)
    for promised in found:
        if (
            is_by_another(promised, known, language)
            or is_no_offer(promised, known, language)
            or is_in_a_sum(promised, text, known, language)
            or _is_nothing_said(promised, text, facts, known, language)
        ):
            continue
        bearing = [fact for fact in facts if bears_out(fact, promised, known, language)]
        bearing = bearing or borne_out_apart(promised, text, facts, known, language)
        shown = promised.span.of(text)
        if not bearing:
            apart = next((fact for fact in withheld if bears_out(fact, promised, known, language)), None)
            named = [apart] if apart else withheld
            if any(is_told_as_ended(promised.span, text, language, f, ended.get(f.id)) for f in named):
                continue
            message = _message(shown, promised, facts, apart)
            yield promised.span, message, remedy(language, "promise", text=shown)
        elif broken := broken_condition(promised, bearing, text, language):
            span, fact = broken
            shown = span.of(text)
            says = f"{fact.kind} “{fact.id}” says “{excerpt(fact.text)}”"
            message = f"“{shown}”: a promise ({promised.kind}) that no supplied fact makes of this; {says}."
            yield span, message, remedy(language, "promise", text=shown)
        elif changed := length_of_another(promised, bearing, text, facts, known, language):
            quantity, fact = changed
            shown = quantity.span.of(text)
            message = f"“{shown}”: not the terms of {fact.kind} “{fact.id}”: “{excerpt(fact.text)}”."
            yield quantity.span, message, remedy(language, "insight", fact=excerpt(fact.text, 140))


def _is_nothing_said(
    promised: Commitment, text: str, facts: Sequence[Fact], known: Evidence, language: str
) -> bool:
    """« fatto in laboratorio »: an origin that is one of our own places, without a name; « fait en janvier » is none,
    nor is « si un label ne vous suffit pas » a certificate of ours."""
    shown = promised.span.of(text)
    if promised.kind == "label":
        before = next((w.folded for w in reversed(promised.clause.words) if w.end <= promised.span.start), "")
        ours = is_ours(promised.clause, known, language) or bool(things_in(promised.clause, known))
        return before in word_list(language, "any_one") and len(shown.split()) == 1 and not ours
    if promised.kind != "origin":
        return False
    place, after = shown.split()[-1], text[promised.span.end :]
    if place.islower() and (root(place, language) in known.things or _is_a_manner(place, facts, language)):
        return True
    return (
        fold(place) in calendar(language)
        or place.isdigit()
        or (fold(place) in grammar(language).prepositions and not re.match(r"\s+\w", after))
    )  # “which month it was made in”


def _is_a_manner(place: str, facts: Sequence[Fact], language: str) -> bool:
    """“sewn in blue”, « cousu à cet endroit »: a word of a supplied fact that is no name there, or one that points at
    what the text shows. German gives every noun a capital, and places need one."""
    if fold(place) in grammar(language).demonstratives - grammar(language).we:
        return True
    return primary(language) != "de" and any(root(place, language) in fact_stems(fact) for fact in facts)


def _message(
    shown: str,
    promised: Commitment,
    facts: Sequence[Fact],
    apart: Fact | None,
) -> str:
    """What is wrong with a promise, and the claim that is really meant; ``apart`` is one that may not be told."""
    if apart:
        says = f"claim “{apart.id}” says “{excerpt(apart.text)}”"
        return f"“{shown}”: this may not be promised today or in this market; {says}."
    near = nearest_promise(promised, facts)
    if near:
        says = f"{near.kind} “{near.id}” says “{excerpt(near.text)}”"
        return f"“{shown}”: a promise ({promised.kind}) that no supplied fact makes of this; {says}."
    return f"“{shown}”: a promise ({promised.kind}) that no supplied fact makes."


def _contacts(text: str, draft: Draft, context: Context) -> Iterator[tuple[Span, str, str]]:
    """Addresses and numbers that no fact gives, with the message and the remedy."""
    language = draft.spec.language
    for span, what in unsupplied_contacts(text, language, supplied_facts(draft, context)):
        written = span.of(text)
        message = f"“{written}”: a {what} that no supplied fact makes."
        yield span, message, remedy(language, "contact", text=written)
