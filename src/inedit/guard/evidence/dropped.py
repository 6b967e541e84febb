"""Conditions of a claim that a text drops: a refund for any reason of one in a storm, anywhere for within 30 km,
whoever made it for what we sold, included for what costs extra; and a promise without its condition.

The first four contradict the claim; a condition that is merely left out waits for a person, where no word of it stands
in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from inedit.guard.evidence.bearing_out import bears_out
from inedit.guard.evidence.claim_terms import are_akin_forms, figures_by_fact, lasts
from inedit.guard.evidence.commitments import BINDING, Commitment, commitments
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable_facts
from inedit.guard.evidence.passages import ChangedTerm, retold_in
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.patterns import may_match_within, occurs
from inedit.guard.nlp.proofreading.tokens import is_verb
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, CURRENCIES
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import Word, fold
from inedit.model import Span


def dropped_conditions(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence
) -> Iterator[ChangedTerm]:
    """Where a text promises what a claim does without the claim's condition."""
    own, made = limits(language), commitments(text, language)
    if not own:
        return
    told = [f for f in readable_facts(facts, language) if f.kind in ("claim", "offer")]
    folded = fold(text)
    widened = list(_widened(text, folded, told, known)) if occurs(own["any"], folded) else []
    yield from widened
    yield from _included(text, folded, told, known)
    if not widened:
        yield from _silent(text, folded, told, known)
        yield from _left_out(text, made, told, known)


def _widened(text: str, folded: str, told: Sequence[Fact], known: Evidence) -> Iterator[ChangedTerm]:
    """What a text says to make no difference, of a claim that it makes all the difference to."""
    language, listed = known.language, clauses(text, known.language)
    own, words_of = limits(language), terms(language)
    for clause in listed:
        said = clause.span.of(folded)
        if not own["any"].search(said):
            continue
        near = tuple(c for c in listed if abs(c.sentence - clause.sentence) <= 1)
        kinds = frozenset(
            k for k, s in promises(text, language) if any(c.span.start <= s.start < c.span.end for c in near)
        )
        kinds &= BINDING
        found = retold_in(near, text, told, known) if kinds else []
        for name, limits_it in _checks():
            m = own[name].search(said)
            if m is None or (words_of and _is_denied(said[: m.start()], language)):
                continue
            fact = next((f for _, f in found if kinds & _kinds(f)), None)
            if fact is not None and limits_it(fact, known) and not own[name].search(fold(fact.text)):
                told_it = name == "any_reason" and _tells_condition(near, fact, language)
                if told_it and not grammar(language).waiving.isdisjoint(m.group().split()[:1]):
                    continue  # “Sea closed? Full refund, no questions asked”
                yield ChangedTerm(Span(*m.span()).shifted(clause.span.start), fact, sure=not told_it)
                return


def _tells_condition(near: Sequence[Clause], fact: Fact, language: str) -> bool:
    """Whether clauses have a word of the condition that a claim sets."""
    said, condition = frozenset[str]().union(*(c.stems for c in near)), condition_of(fact) or frozenset()
    return any(are_akin_forms(one, other, language) for one in condition for other in said)


def _silent(text: str, folded: str, told: Sequence[Fact], known: Evidence) -> Iterator[ChangedTerm]:
    """As often as one likes of what a claim gives, and while one waits, or by the next day, of what
    takes it days: for a person."""
    language, listed = known.language, clauses(text, known.language)
    for name in ("as_often", "waiting", "next_day"):
        pattern = limits(language)[name]
        m = pattern.search(folded) if may_match_within(pattern, folded) else None
        clause = next((c for c in listed if m and c.span.start <= m.start() < c.span.end), None)
        if m is None or clause is None:
            continue
        near = tuple(c for c in listed if abs(c.sentence - clause.sentence) <= 1)
        found = retold_in(near, text, told, known)
        if not found or found[0][0] < _CLEARLY:
            continue
        fact = found[0][1]
        figures = figures_by_fact(known).get(fact, ())
        given = name == "as_often" and bool(_kinds(fact) & _CONDITIONAL) and not lasts(fact, known)
        slow = (name == "waiting" or _kinds(fact).isdisjoint(_CONDITIONAL | {"guarantee"})) and any(
            e.quantity.dimension == "minutes" and e.quantity.value >= _SLOW[name] for e in figures
        )
        if (given or slow) and not limits(language)[name].search(fold(fact.text)):
            yield ChangedTerm(Span(*m.span()), fact, sure=False)


_CLEARLY = 0.5
"""Part of a claim that a text retells from which what the claim does not say is one of its terms."""

_SLOW = {"waiting": 1440, "next_day": 3 * 1440}
"""Minutes from which something takes too long for that."""


def _is_denied(before: str, language: str) -> bool:
    """Whether a denial stands right before (« pas n'importe où »)."""
    return not grammar(language).denials.isdisjoint(before.split()[-2:])


@lru_cache(maxsize=4096)
def _kinds(fact: Fact) -> frozenset[str]:
    return frozenset(kind for kind, _ in promises(fact.text, fact.language))


def _is_near_only(fact: Fact, known: Evidence) -> bool:
    """Whether a claim holds within a distance."""
    return any(
        e.quantity.dimension == "mm" or _is_of_miles(e.quantity.nouns)
        for e in figures_by_fact(known).get(fact, ())
    )


def _is_of_miles(nouns: Sequence[str]) -> bool:
    return any(noun.startswith("mile") for noun in nouns[:1])


def _included(text: str, folded: str, told: Sequence[Fact], known: Evidence) -> Iterator[ChangedTerm]:
    """« Draps et petit déjeuner compris », « comprend aussi votre petit déjeuner », where breakfast costs extra."""
    language, own = known.language, limits(known.language)
    listed = clauses(text, language) if occurs(own["includes"], folded) else ()
    for clause in listed:
        said = clause.span.of(folded)
        m = own["includes"].search(said)
        if m is None or own["extra"].search(said) or clause.has(grammar(language).denials):
            continue
        same = [c for c in listed if c.sentence == clause.sentence]
        whole = frozenset[str]().union(*(c.stems for c in same))
        prices = {
            q.value
            for q in find_quantities(text, language)
            if q.dimension in CURRENCIES and any(c.span.start <= q.span.start < c.span.end for c in same)
        }
        for fact in told:
            apart = _extra_of(fact) & clause.stems
            priced = any(
                e.quantity.value in prices and e.quantity.dimension in CURRENCIES
                for e in figures_by_fact(known).get(fact, ())
            )
            shared = (fact_stems(fact) & whole) - apart
            if apart and (priced or len(shared) >= _SHARED):
                yield ChangedTerm(Span(*m.span()).shifted(clause.span.start), fact)
                return


_SHARED = 2
"""Words besides what is extra that make a sentence one about the claim."""


@lru_cache(maxsize=4096)
def _extra_of(fact: Fact) -> frozenset[str]:
    """What a claim says to cost extra, or not to go with it (« café en plus », «sin desayuno»)."""
    own, folded, found = limits(fact.language), fold(fact.text), set[str]()
    for clause in clauses(fact.text, fact.language) if own else ():
        said = clause.span.of(folded)
        if own["extra"].search(said) and not _kinds_in(clause, fact):
            found |= {root(w.text, fact.language) for w in clause.words if is_content(w, fact.language)}
        if m := own["lacking"].search(said):
            after = [w for w in clause.words if w.start >= clause.span.start + m.end()]
            found |= {root(w.text, fact.language) for w in after[:1] if is_content(w, fact.language)}
    words_for = {
        root(word, fact.language) for word in ("extra", "plus", "apart", "aparte", "parte", "top", "charged")
    }
    return frozenset(found) - words_for


def _kinds_in(clause: Clause, fact: Fact) -> frozenset[str]:
    span = clause.span
    return frozenset(k for k, s in promises(fact.text, fact.language) if span.start <= s.start < span.end)


_CONDITIONAL = frozenset({"free", "refund", "replacement", "discount", "returns"})
"""Promises of which a condition that is left out makes something else."""


def _left_out(
    text: str, made: Sequence[Commitment], told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Votre billet est remboursé en entier » where it is when a storm closes the park, or « gratuit » of what is free
    under an age: every claim that makes the promise sets a condition, and the text has no word of it."""
    language = known.language
    wanted = [p for p in made if p.kind in _CONDITIONAL and not p.presupposed]
    if not wanted or not any(condition_of(f) is not None or _age_of(f) for f in told):
        return
    said = frozenset[str]().union(*(c.stems for c in clauses(text, language)))
    for promised in wanted:
        bearing = _nearest([f for f in told if bears_out(f, promised, known, language)], promised)
        if not bearing or not all(_is_left_out(f, promised, text, said, language) for f in bearing):
            continue
        yield ChangedTerm(promised.span, bearing[0], sure=False)
        return


def _nearest(bearing: Sequence[Fact], promised: Commitment) -> list[Fact]:
    """Those of several claims that have most words of a promise's sentence."""
    said = promised.clause.stems.union(*(c.stems for c in promised.around))
    most = max((len(fact_stems(f) & said) for f in bearing), default=0)
    return [f for f in bearing if len(fact_stems(f) & said) == most]


def _is_left_out(fact: Fact, promised: Commitment, text: str, said: frozenset[str], language: str) -> bool:
    condition = condition_of(fact)
    if condition is not None:
        return not any(are_akin_forms(one, other, language) for one in condition for other in said)
    if promised.kind not in _age_of(fact):
        return False
    figures = {q.dimension for q in find_quantities(text, language)}
    own, near = grammar(language), (promised.clause, *promised.around, *promised.earlier)
    inside = [w for w in promised.clause.words if any(s.start <= w.start < s.end for s in promised.promised)]
    named = frozenset[str]().union(*(c.stems for c in near)) - {root(w.text, language) for w in inside}
    about_it = not fact_stems(fact).isdisjoint(named)  # what names nothing makes a promise of anything
    return about_it and figures.isdisjoint({COUNT, "months"}) and said.isdisjoint(own.guests | own.people)


@lru_cache(maxsize=4096)
def _age_of(fact: Fact) -> frozenset[str]:
    """The promises that a claim makes to those under or over an age, in the clause that has it."""
    found = set[str]()
    for one in statements(fact.text, fact.language):
        quantity = one.quantity
        if quantity.approximate in ("under", "over", "from") and quantity.dimension in (COUNT, "months"):
            bare = not any(
                n.role == "bare" and n.determiner and n.word.folded not in grammar(fact.language).relative
                for n in one.clause.nouns
            )
            found |= _kinds_in(one.clause, fact) if bare and not one.counted else frozenset()
            found |= _kinds_after(one.clause, fact) if bare and not one.counted else frozenset()
    return frozenset(found)


def _kinds_after(clause: Clause, fact: Fact) -> frozenset[str]:
    """« avant 6 ans, c'est gratuit »: the promise stands in the next clause, which names nothing."""
    after = next((c for c in clauses(fact.text, fact.language) if c.span.start >= clause.span.end), None)
    short = len(clause.words) <= _LEADING and after is not None and not after.nouns
    return _kinds_in(after, fact) if short and after is not None else frozenset()


_LEADING = 4
"""Words of a clause that only sets an age."""


@lru_cache(maxsize=4096)
def condition_of(fact: Fact) -> frozenset[str] | None:
    """The words of the clause by which a claim sets a condition (« si l'orage ferme le parc », „sperrt der Hafenmeister
    die See, wird …“); None where it sets none."""
    own, folded = limits(fact.language), fold(fact.text)
    listed = clauses(fact.text, fact.language)
    if not own or len(listed) < 2:
        return None
    for clause in listed:
        begins = own["if_begins"].match(clause.span.of(folded).lstrip())
        if begins or (clause is listed[0] and _is_verb_first(listed, fact.language)):
            return clause.stems
    return None


def _is_verb_first(listed: Sequence[Clause], language: str) -> bool:
    """„Sperrt der Hafenmeister die See, wird das Ticket erstattet“: a verb opens both."""
    if primary(language) != "de":
        return False
    first, second = listed[0].words, listed[1].words
    led = len(first) > 1 and first[1].folded in grammar(language).determiners
    return led and _may_be_verb(first[0]) and _may_be_verb(second[0])


def _may_be_verb(word: Word) -> bool:
    usual = ("wird", "werden", "ist", "sind", "gibt", "zahlen", "bekommen")
    return is_verb(word.text.lower(), "de") or word.text.lower() in usual


def _is_conditional(fact: Fact, _: Evidence) -> bool:
    return condition_of(fact) is not None


def _is_of_ours(fact: Fact, _: Evidence) -> bool:
    """Whether a claim is about what the house sold or made."""
    return limits(fact.language)["by_us"].search(fold(fact.text)) is not None


def _checks() -> tuple[tuple[str, Callable[[Fact, Evidence], bool]], ...]:
    """What does away with a limit, by the name of its pattern, and whether a claim has that limit."""
    return ("anywhere", _is_near_only), ("any_reason", _is_conditional), ("any_make", _is_of_ours)
