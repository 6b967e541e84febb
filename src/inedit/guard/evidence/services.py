"""Services that a text offers its reader and nobody supplied: “we'll phone you an hour before”, « nous vous changeons
aussi les plaquettes ».

Such a sentence has somebody of the house who acts (« nous », “we”, or who brings the parcel), its reader, and an act
that no fact speaks of. What is wished, told or known is no service; nor is what was done, what is denied or asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from inedit.brand.caching import by_identity
from inedit.guard.evidence.claim_terms import are_akin_forms
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Evidence, are_synonyms, fact_stems, readable, readable_facts
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.patterns import may_match_within, occurs
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import CURRENCIES
from inedit.guard.nlp.terms import Terms, terms
from inedit.guard.nlp.text import Word, fold
from inedit.guard.nlp.word_lists import word_list, word_pattern
from inedit.model import Span

_INFLECTED = frozenset({"es", "it"})
"""Languages whose verb says « we » by its ending."""

_AFTER = 4
"""Words from « nous » to its verb: “we'll also”, « nous vous les »."""


def unknown_services(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Span]:
    """Clauses that offer the reader what no fact speaks of."""
    own = terms(language)
    if own is None:
        return
    folded = fold(text)
    courier = may_match_within(own.courier, folded)  # in few texts
    if not (occurs(own.we, folded) or (courier and own.courier.search(folded))):
        return
    told = _told(facts, known)
    listed = clauses(text, language)
    for clause in listed:
        said = clause.span.of(text)
        if _asks(clause, text) or clause.has(grammar(language).denials):
            continue
        if courier and own.courier.search(clause.span.of(folded)):
            if own.calling.search(clause.span.of(folded)) and not _has_courier(facts, own, known):
                yield clause.span
            continue
        found = _acts(clause, own, language)
        if not found or not (_is_for_reader(clause, language) or _is_extra(clause, own, language)):
            continue
        promised = [at.shifted(clause.span.start) for _, at in promises(said, language)]
        acts = [  # what is promised is held against the claims as a promise
            root(w.text, language) for w in found if not any(at.start <= w.start < at.end for at in promised)
        ]
        if acts and not all(_is_told([act], told, known) for act in acts):
            sentence = frozenset[str]().union(*(c.stems for c in listed if c.sentence == clause.sentence))
            if not _is_handled(clause, sentence, found, facts, known):
                yield clause.span


def _asks(clause: Clause, text: str) -> bool:
    return text[clause.span.end : clause.span.end + 3].strip(" \u00a0\u202f").startswith("?")


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], known: Evidence) -> frozenset[str]:
    """The stems of whatever was supplied in the language of a text."""
    told = (f for f in readable_facts(facts, known.language) if f.kind != "readers")
    return frozenset[str]().union(*map(fact_stems, told))


def _is_told(acts: Sequence[str], told: frozenset[str], known: Evidence) -> bool:
    return any(
        act in told
        or any(
            are_akin_forms(act, one, known.language) or are_synonyms(act, one, known.language) for one in told
        )
        for act in acts
    )


def _is_handled(
    clause: Clause, sentence: frozenset[str], acts: Sequence[Word], facts: Sequence[Fact], known: Evidence
) -> bool:
    """“In the workshop we put oil on yours first” of “the workshop uses oil first”: the verb names no work of its own,
    and one fact that is no price has all else that the clause says, and more of its sentence."""
    language, order, own = known.language, polarity()[primary(known.language)], terms(known.language)
    if own is None or not all(own.handling.fullmatch(w.folded) for w in acts):
        return False
    readers = {n.stem for n in clause.nouns if n.determiner in grammar(language).you}
    done = {root(w.text, language) for w in clause.words if own.we.fullmatch(w.folded)}
    done |= {root(w.text, language) for w in clause.words if w.folded in order.first | order.then}
    done |= {root(w.text, language) for w in acts}
    said = clause.stems - readers - done
    return bool(said) and any(
        said <= fact_stems(f) and len(sentence & fact_stems(f)) >= _HANDLED
        for f in facts
        if readable(f, language)
        and f.kind != "readers"
        and not any(q.dimension in CURRENCIES for q in find_quantities(f.text, f.language))
    )


_HANDLED = 2
"""Words that a fact and a sentence have in common when it tells how the house goes about it."""


def _has_courier(facts: Sequence[Fact], own: Terms, known: Evidence) -> bool:
    """Whether a fact says what who brings the parcel does beforehand."""
    return any(
        own.courier.search(fold(f.text)) and own.calling.search(fold(f.text))
        for f in facts
        if readable(f, known.language) and f.kind != "readers"
    )


def _is_for_reader(clause: Clause, language: str) -> bool:
    you = grammar(language).you
    if primary(language) != "de":
        return clause.has(you)
    return any(
        w.folded in you and (w.text[:1].isupper() or w.folded not in word_list(language, "they"))
        for w in clause.words[1:]
    )


def _is_extra(clause: Clause, own: Terms, language: str) -> bool:
    """“For twelve euros we mend the hinge and change the pads as well”: what a price is said to pay for too."""
    said = " ".join(w.folded for w in clause.words)
    extra = own.extra.search(said) is not None
    return extra and any(q.dimension in CURRENCIES for q in find_quantities(said, language))


def _acts(clause: Clause, own: Terms, language: str) -> list[Word]:
    """What « we » do in a clause, without what is no service."""
    code, listed = primary(language), clause.words
    ends = code in _INFLECTED
    at = [
        i
        for i, w in enumerate(listed)
        if own.we.fullmatch(w.folded) and not (ends and len(w.folded) <= _SHORTEST)
    ]
    if not at or _hangs(listed, at[0], own, language):
        return []
    free = [listed[i] for i in at if not _hangs(listed, i, own, language)] if ends else []
    found = free if ends else _verbs(listed, at[0], language)
    if not found or any(own.tense.fullmatch(w.folded) for w in listed if w.end <= found[0].start):
        return []
    done = [each for w in found for each in _preferred(w, listed, own, language)]
    return [
        w
        for w in done
        if not own.telling.fullmatch(w.folded)
        and not own.tense.fullmatch(w.folded)
        and not (own.giving.fullmatch(w.folded) and _is_told_thing(clause, w, own, language))
    ]


def _preferred(verb: Word, listed: Sequence[Word], own: Terms, language: str) -> list[Word]:
    """What is done: « nous préférons t'épargner la pile » spares, « nous préférons vous appeler » calls."""
    if not own.preferring.fullmatch(verb.folded):
        return [verb]
    return [w for w in listed if w.start >= verb.end and is_content(w, language)][:1]


def _is_told_thing(clause: Clause, verb: Word, own: Terms, language: str) -> bool:
    """« Nous vous donnons l'ordre », “we give you the reason”: the first thing after the verb is words."""
    after = next((w for w in clause.words if w.start >= verb.end and is_content(w, language)), None)
    return after is not None and own.telling_things.fullmatch(after.folded) is not None


_SHORTEST = 5
"""Letters of « -mos » and its like in a word that is no verb (« ramos »)."""


def _hangs(listed: Sequence[Word], at: int, own: Terms, language: str) -> bool:
    """Whether the clause hangs on another one: “ask us what we're doing”, “every knife we sharpen”."""
    code = primary(language)
    before = listed[:at] if code in _INFLECTED else listed[max(at - 1, 0) : at]
    if any(own.subordinate.fullmatch(w.folded) for w in before):
        return True
    return code == "en" and any(
        is_content(w, language) and not word_pattern(language, "service_adverb").fullmatch(w.folded)
        for w in before
    )


def _verbs(listed: Sequence[Word], at: int, language: str) -> list[Word]:
    """The verb beside « nous », and one that another joins to it („und erneuern Ihnen“, “and replace the handle”)."""
    code, own = primary(language), grammar(language)
    if code == "de":
        beside = [*listed[max(at - 1, 0) : at], *listed[at + 1 : at + 2]]
        joined = [w for w, after in pairwise(listed) if w.start > listed[at].end and after.folded in own.you]
        return [
            w
            for w in (*beside, *joined)
            if w.text.islower() and _GERMAN.search(w.folded) and is_content(w, language)
        ]
    after = listed[at + 1 : at + 1 + _AFTER]
    found = [
        w
        for w in after
        if is_content(w, language) and not word_pattern(language, "service_adverb").fullmatch(w.folded)
    ][:1]
    if code == "fr":
        return [w for w in found if w.folded.endswith("ons")]
    joined = [
        verb
        for before, verb, led in zip(listed, listed[1:], listed[2:], strict=False)
        if before.folded == "and"
        and before.start > listed[at].end
        and led.folded in own.determiners | own.you
    ]
    return found + [w for w in joined if is_content(w, language)] if found else []


_GERMAN = re.compile(r"\w{2,}(?:en|ern|eln)$")
