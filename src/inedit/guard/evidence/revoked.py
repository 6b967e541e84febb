"""Promises of a claim that a text denies of the same thing: “The frame has no guarantee.”

What no fact names and nobody sells may be denied anything (“we don't refund crumbs”, «la pazienza non la garantiamo»).
"""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_list

REVOCABLE = frozenset({"guarantee", "refund", "returns", "included", "lifetime"})
"""Promises that a text may deny of a thing in so many words."""


def revoked_claim(
    clause: Clause,
    before: Sequence[Clause],
    text: str,
    language: str,
    facts: Sequence[Fact],
    known: Evidence,
) -> Fact | None:
    """The claim that promises what a clause denies of the same thing; ``before`` are the clauses before it."""
    said = clause.span.of(text)
    if not clause.has(grammar(language).negations) or not _denies_a_promise(said, text, clause, language):
        return None
    denied = min(w.start for w in clause.words if w.folded in grammar(language).negations) - clause.span.start
    every, left = promises(said, language, denied=True), promises(said, language)
    kinds = {kind for kind, span in every if span.end > denied or (kind, span) not in left} & REVOCABLE
    if "lifetime" in kinds:
        kinds = {"lifetime"}  # who gives no guarantee for life may give one
    if not kinds:
        return None
    named, leading = _named(clause, text, language), clause
    if not named and before and before[-1].sentence == clause.sentence:
        leading = before[-1]  # « Le four, nous ne le garantissons pas »
        named = _named(leading, text, language)
    event = leading.words[0].folded in word_list(language, "that")  # « Que les enfants attendent, … »
    things = frozenset[str]() if event else known.things
    return next(
        (
            fact
            for fact in facts
            if fact.kind == "claim"
            and kinds & {kind for kind, _ in promises(fact.text, fact.language)}
            and (clause.stems | named) & fact_stems(fact)
            and not (named and named.isdisjoint(things | fact_stems(fact)))
            and not _denies_of(fact, clause)
        ),
        None,
    )


def _named(clause: Clause, text: str, language: str) -> frozenset[str]:
    """The words of content of a clause without those of its promises."""
    spans = [
        span.shifted(clause.span.start) for _, span in promises(clause.span.of(text), language, denied=True)
    ]
    own = {root(w.text, language) for w in clause.words if any(s.start <= w.start < s.end for s in spans)}
    return clause.stems - own


def _denies_of(fact: Fact, clause: Clause) -> bool:
    """Whether a fact that promises something denies it of what a clause is about („Bäume werden nicht
    zurückgenommen“)."""
    things = frozenset(noun.stem for noun in clause.nouns)
    own = clauses(fact.text, fact.language)
    denied = [each for each in own if each.has(grammar(fact.language).denials)]
    return len(denied) < len(own) and any(not things.isdisjoint(each.stems) for each in denied)


def _denies_a_promise(said: str, text: str, clause: Clause, language: str) -> bool:
    own = grammar(language)
    asked = text[clause.span.end : clause.span.end + 3].strip(" \u00a0\u202f").startswith("?")
    return not asked and not (own.no_negation and own.no_negation.search(fold(said)))
