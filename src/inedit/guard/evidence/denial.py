"""Does a denied clause deny what a fact says, or something that the fact does not speak of? Pure.

A retelling may deny a great deal: « le drap ne s’use pas là où l’on croit », “nobody threw it away”, „Kein heißes
Wasser“. Such a clause contradicts a fact only when what it denies is what the fact says: the denied words are the
fact's, the first of them stands in the clause of the fact that both share, and little else in the clause is new. What
stays unseen is a contradiction in other words, which no comparison of words can tell from an honest contrast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil

from inedit.guard.evidence.polarity import LEADING, REACH, Clause, clauses, polarity
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import is_verb, readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import Word

NEW_WORDS = 0.34
"""Share of a denying clause's words of content that may be new to the fact."""

_ELLIPTIC = 2
"""Words of content up to which a clause that opens with its denial has no verb (« pas d’eau chaude »): it forbids."""

_ALIKE = 0.7
"""Share of the shorter root that two forms of one word have in common at least (« machte », „macht“)."""


_RELATIVE = re.compile(r"der|die|das|dem|den|dessen|deren|denen|welche[mnrs]?|wo\w*|was|wie")
"""What leads a German clause that restricts the noun before it, at most a preposition before."""


def denies_fact(said: str, fact: str, language: str) -> bool:
    """Whether words that deny something deny a fact of the same language."""
    listed = clauses(said, language)
    return any(
        _denies(said, with_restriction(clause, listed, language), fact, language)
        for clause in listed
        if clause.negators
    )


def with_restriction(clause: Clause, listed: Sequence[Clause], language: str) -> Clause:
    """A clause that denies a noun, with the words behind the comma that say which one: „kein Geschenk, bei dem jemand
    aufspringt“ denies no present. Other languages write no comma there."""
    following = listed[listed.index(clause) + 1 : listed.index(clause) + 2]
    if primary(language) != "de" or not following or not _restricts(following[0], clause):
        return clause
    rest = following[0]
    return replace(
        clause,
        words=clause.words + rest.words,
        stems=clause.stems + rest.stems,
        folded=clause.folded + rest.folded,
        absences=clause.absences + rest.absences,
        end=rest.end,
    )


def _restricts(rest: Clause, clause: Clause) -> bool:
    """Whether a clause says which noun another one denies with its last word: a relative clause, its verb behind, or an
    infinitive („kein Geschenk, um damit anzugeben“)."""
    denied = clause.words[-1].text[:1].isupper() and any(
        clause.words[i].folded.startswith("kein") for i in clause.negators[-1:]
    )
    if not denied or rest.negators or len(rest.words) < _SHORTEST_RESTRICTION:
        return False
    last = readings(rest.words[-1].text, "de")
    if rest.words[0].folded == "um":
        return "I" in last
    leading = next((i for i, w in enumerate(rest.words[:2]) if _RELATIVE.fullmatch(w.folded)), None)
    return (
        leading is not None
        and not is_verb(rest.words[leading + 1].text, "de")  # „das ist gelogen“ says something else
        and any(reading[0] == "V" for reading in last)
    )


_SHORTEST_RESTRICTION = 3
"""Words that such a clause has at least: „das einer fotografiert“."""


def _denies(said: str, clause: Clause, fact: str, language: str) -> bool:
    counts = [q.span for q in find_quantities(said, language)]
    content = [
        i
        for i, word in enumerate(clause.words)
        if _carries(word, language) and not any(c.start <= word.start < c.end for c in counts)
    ]
    first = clause.negators[0]
    under = [i for i in content if i > first] or content
    following = clause.words[first + 1].folded if first + 1 < len(clause.words) else ""
    if not content or (following in polarity()[primary(language)].partial and not _is_article(clause, first)):
        return False
    leads = not any(i < first for i in content)  # « bloß kein heißes Wasser »
    if leads and len(content) <= _ELLIPTIC and clause.absences == 0:
        return False
    told = _told(fact, language)
    roots = [_root(clause.words[i], language) for i in content]
    new = [r for r in roots if not any(_alike(r, other) for listed in told for other in listed)]
    if (
        len(new) > NEW_WORDS * len(content)
        or _denies_another_verb(clause, content, first, told, language)
        or (leads and _forbids_what_fact_sets_apart(clause, under, told, language))
    ):
        return False
    denied = [_root(clause.words[i], language) for i in under]
    nearest = max(
        told, key=lambda listed: (_count(roots, listed), under[0] > first and _count(denied[:1], listed))
    )
    privative = clause.words[first].folded in LEADING
    sought = denied[0] if under[0] > first else denied[-1]  # « il tavolo che non c’è »
    if _denied_too(sought, fact, language) or (
        privative and not _had(clause.words[under[0]], fact, language)
    ):
        return False
    if clause.absences:  # « pas un bar ne se perd »: the denied loss is the fact's, whatever else is said
        return True
    known = any(_alike(denied[0], other) for other in nearest)
    return known and all(any(_alike(r, other) for listed in told for other in listed) for r in denied)


def _count(roots: Sequence[str], listed: Sequence[str]) -> int:
    """How many roots a clause of a fact has."""
    return sum(any(_alike(r, other) for other in listed) for r in roots)


def _is_article(clause: Clause, at: int) -> bool:
    """« ne fixe pas la tache », not « n'est pas là »: an accent apart."""
    return clause.words[at + 1].text.lower() == "la" and at + 2 < len(clause.words)


def _denies_another_verb(
    clause: Clause, content: Sequence[int], first: int, told: Sequence[Sequence[str]], language: str
) -> bool:
    """« L’eau chaude n’enlève pas le vin » of hot water that sets the stain: what is denied of a named subject is a
    verb that the fact does not have. French alone has its verb before the denial; to use or put is no other deed."""
    particle = next((i for i, w in enumerate(clause.words[:first]) if w.folded in ("ne", "n")), None)
    if particle is None or primary(language) != "fr" or clause.absences or content[0] > particle:
        return False
    verbs = [clause.words[i] for i in content if particle < i < first]
    own = terms(language)
    return bool(verbs) and not any(
        (own and own.handling.fullmatch(w.folded))
        or any(_alike(_root(w, language), other) for listed in told for other in listed)
        for w in verbs
    )


def _forbids_what_fact_sets_apart(
    clause: Clause, under: Sequence[int], told: Sequence[Sequence[str]], language: str
) -> bool:
    """« Jamais d’eau chaude sur une tache » of a fact that takes cold water, and says last what hot water does: words
    without a verb forbid, and what they forbid opens a later clause of the fact, beside another thing of its name."""
    ends = grammar(language).prepositions - grammar(language).genitive
    led = next((i for i in range(under[0] + 1, len(clause.words)) if clause.words[i].folded in ends), None)
    means = [_root(clause.words[i], language) for i in under if led is not None and i < led]
    if len(means) < _OF_ITS_KIND:
        return False
    for at, listed in enumerate(told):
        head = listed[: len(means)]
        if len(listed) > len(means) and all(any(_alike(m, other) for other in head) for m in means):
            return any(0 < _count(means, before) < len(means) for before in told[:at])
    return False


_OF_ITS_KIND = 2
"""Words that tell a thing from another one of its name: hot water, cold water."""


def _denied_too(sought: str, fact: str, language: str) -> bool:
    """Whether a fact denies the same word (« sans manteau », “non ha il cappotto”, « la table n’est pas là »)."""
    for clause in clauses(fact, language):
        said = [i for i, word in enumerate(clause.words) if _carries(word, language)]
        for at in clause.negators:
            after = [i for i in said if i > at]
            near = [i for i in after if i <= at + REACH] if after else said[-1:]
            if any(_alike(_root(clause.words[i], language), sought) for i in near):
                return True
    return False


def _had(word: Word, fact: str, language: str) -> bool:
    """Whether a fact says that something comes with what « sans » takes away (« avec du fil bleu »)."""
    sought = _root(word, language)
    return any(
        _alike(_root(own, language), sought)
        and any(w.folded in polarity()[primary(language)].with_ for w in clause.words[max(i - 3, 0) : i])
        for clause in clauses(fact, language)
        for i, own in enumerate(clause.words)
    )


@lru_cache(maxsize=1024)
def _told(fact: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The roots of the words of content of each clause of a fact."""
    listed = (
        tuple(_root(word, language) for word in clause.words if _carries(word, language))
        for clause in clauses(fact, language)
    )
    return tuple(roots for roots in listed if roots) or ((),)


def _carries(word: Word, language: str) -> bool:
    """Whether a word says what is denied: auxiliaries, short words, negators and figures do not."""
    lexicon = polarity()[primary(language)]
    says_little = word.folded in lexicon.negators | lexicon.emphasis or len(word.folded) < 3
    return not says_little and is_content(word, language)


def _root(word: Word, language: str) -> str:
    found = root(word.text, language)
    german = primary(language) == "de" and not word.text[:1].isupper() and len(found) > 5
    return found.removeprefix("ge") if german else found


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    head = max(4, ceil(_ALIKE * shorter))
    return one == other or (shorter >= head and one[:head] == other[:head])
