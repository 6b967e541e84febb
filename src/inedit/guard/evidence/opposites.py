"""Sentences that deny what a fact says, or say what it denies: the same words with the other polarity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.denial import denies_fact
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Evidence, readable_facts
from inedit.guard.evidence.polarity import denies_a_limit
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.revoked import revoked_claim
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold, folded_words
from inedit.model import Span

SHARED = 2
"""Words of content that a clause must have in common with the fact that it denies."""

SHARE = 0.4
"""Part of the weight of a fact's words that these must have: below, both are merely about the same thing."""


@dataclass(frozen=True, slots=True)
class Opposite:
    """A clause and the fact that it denies."""

    span: Span
    fact: Fact


class _Meaning(NamedTuple):
    """A sentence of a fact: the weight of its words of content, and whether it denies something."""

    fact: Fact
    denied: bool
    weight: float


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences of a brand's facts, by the words of content that they have."""

    facts: tuple[Fact, ...]
    word_for_word: str
    meanings: tuple[_Meaning, ...]
    having: Mapping[str, tuple[int, ...]]
    weights: Mapping[str, float]

    def nearest(self, clause: Clause) -> _Meaning | None:
        """The sentence that has the greatest share of its words in a clause, if that is enough."""
        shared: dict[int, list[str]] = {}
        for s in clause.stems:
            for at in self.having.get(s, ()):
                shared.setdefault(at, []).append(s)
        best, most = None, (SHARE, "")
        for at in sorted(shared):
            meaning = self.meanings[at]
            if len(shared[at]) < SHARED or not meaning.weight:
                continue
            share = fsum(self.weights.get(s, 1.0) for s in shared[at]) / meaning.weight
            if share >= SHARE and (best is None or (share, meaning.fact.id) > most):
                best, most = meaning, (share, meaning.fact.id)
        return best


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], known: Evidence) -> _Told:
    language = known.language
    told = [f for f in readable_facts(facts, language) if f.kind in ("claim", "about", "insight")]
    insights = sorted(
        dict.fromkeys(fact for fact in told if fact.kind == "insight")
    )  # given or not: the same
    return _told_anywhere((*(f for f in told if f.kind != "insight"), *insights), _Weights(known.weights))


class _Weights:
    """How telling stems are, known by identity: the same for every variant of a brand."""

    __slots__ = ("it",)

    def __init__(self, it: Mapping[str, float]) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Weights) and other.it is self.it


@lru_cache(maxsize=KEPT)
def _told_anywhere(told: tuple[Fact, ...], known: _Weights) -> _Told:
    weights = known.it
    meant = [(stems, fact, denied) for fact in told for stems, denied in _sentences(fact)]
    having: dict[str, list[int]] = {}
    for at, (stems, _, _) in enumerate(meant):
        for s in stems:
            having.setdefault(s, []).append(at)
    return _Told(
        told,
        "\n".join(f" {' '.join(folded_words(fact.text))} " for fact in told),
        tuple(
            _Meaning(fact, denied, fsum(weights.get(s, 1.0) for s in stems)) for stems, fact, denied in meant
        ),
        {s: tuple(places) for s, places in having.items()},
        weights,
    )


def opposites(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Opposite]:
    """Clauses that turn a fact around, each with the fact that it shares most words with."""
    told, listed = _told(facts, known), clauses(text, language)
    for i, clause in enumerate(listed):
        revoked = revoked_claim(clause, listed[:i], text, language, told.facts, known)
        if revoked and _is_denied_by_another(clause, revoked, told.facts, known):
            continue
        meant = told.nearest(clause) if len(clause.stems) >= SHARED and not revoked else None
        if (
            revoked or meant
        ) and f" {' '.join([word.folded for word in clause.words])} " in told.word_for_word:
            continue
        if revoked:
            yield Opposite(clause.span, revoked)
            continue
        if meant is None:
            continue
        denies = _denies(text, clause, language)
        negated = denies or clause.has(grammar(language).negations)
        fact, denied = meant.fact, meant.denied
        if denies and not denied:
            turned = (
                denies_fact(clause.span.of(text), fact.text, language)
                and not _tells_other_figures(clause.span.of(text), fact, language)
                and not _is_denied_by_another(clause, fact, told.facts, known)
            )
        else:
            turned = (
                denied
                and not negated
                and fact.kind != "insight"
                and not _denies_of_another(fact, clause)
                and not clause.stems.isdisjoint(_denied_stems(fact))
            )
        if _is_free(fact) and pays(clause, language):  # « no se paga » says what « es gratuito » says
            free = negated or bool(promises(clause.span.of(text), language))
            turned = not free and not any(word.text.isdigit() for word in clause.words)
        if turned and not denies_a_limit(clause.span.of(text), fact.text, language):
            yield Opposite(clause.span, fact)
        elif not negated and (affirmed := _affirmed(clause, told.facts, known)):
            yield Opposite(clause.span, affirmed)


def _denies_of_another(fact: Fact, clause: Clause) -> bool:
    """Whether a fact gives one thing and denies another one, of which a clause does not speak: « Una bustina chiusa la
    riprendiamo »."""
    own = clauses(fact.text, fact.language)
    denied = [each for each in own if each.has(grammar(fact.language).denials)]
    named = [{n.stem for n in each.nouns if n.role == "bare"} for each in denied]
    things = frozenset(noun.stem for noun in clause.nouns)
    return 0 < len(denied) < len(own) and all(named) and all(things.isdisjoint(each) for each in named)


def _is_denied_by_another(clause: Clause, denied: Fact, facts: Sequence[Fact], known: Evidence) -> bool:
    """Whether a fact of which a clause tells no less denies just that: “We can't refund a voucher”, which is not
    refunded, whatever is."""
    said = clause.stems
    least = _weighed(said & _all_stems(denied), known)
    return any(
        not said.isdisjoint(_denied_stems(fact))
        and len(said & _all_stems(fact)) >= SHARED
        and _weighed(said & _all_stems(fact), known) >= least
        for fact in facts
        if fact != denied
    )


def _weighed(stems: frozenset[str], known: Evidence) -> float:
    return fsum(known.weights.get(s, 1.0) for s in stems)


def _all_stems(fact: Fact) -> frozenset[str]:
    return frozenset[str]().union(*(stems for stems, _ in _sentences(fact)))


def _tells_other_figures(said: str, fact: Fact, language: str) -> bool:
    """Whether a clause gives figures, and none that the fact has („sechs Bäume passen nicht hinein“, of at most
    five)."""
    mine = {q.number for q in find_quantities(said, language)}
    return bool(mine) and mine.isdisjoint(q.number for q in find_quantities(fact.text, fact.language))


def _affirmed(clause: Clause, facts: Sequence[Fact], known: Evidence) -> Fact | None:
    """The claim of which a clause says just what it denies (« nos champs de lin sont irrigués »)."""
    named = (f for f in facts if f.kind != "insight" and not clause.stems.isdisjoint(_denied_stems(f)))
    return next(
        (f for f in named if any(no and _share(clause, told, known) >= SHARE for told, no in _sentences(f))),
        None,
    )


@lru_cache(maxsize=4096)
def _denied_stems(fact: Fact) -> frozenset[str]:
    """The words of content right after a denial (« pas irrigués », “no se riegan”)."""
    own = grammar(fact.language)
    found = set()
    for clause in clauses(fact.text, fact.language):
        for i, word in enumerate(clause.words):
            after = [w for w in clause.words[i + 1 : i + 1 + _NEAR] if is_content(w, fact.language)]
            if word.folded in own.denials and after:
                found.add(root(after[0].text, fact.language))
    return frozenset(found)


_NEAR = 3
"""Words from a denial to what it denies."""


def widened_shares(text: str, language: str, known: Evidence) -> Iterator[Opposite]:
    """« Toute l'électricité de l'atelier » where a fact has a share of it."""
    shares = [
        e
        for e in known.entries
        if e.quantity.dimension == "percent" and e.statement.counted and e.fact.kind == "claim"
    ]
    universal = grammar(language).universal
    figures = find_quantities(text, language) if shares else ()
    for clause in clauses(text, language) if shares else ():
        counts = any(clause.span.start <= quantity.span.start < clause.span.end for quantity in figures)
        if counts or not clause.has(universal):
            continue
        for entry in shares:
            counted = entry.statement.counted
            at = next((w.start for w in clause.words if root(w.text, language) == counted), None)
            whole = [w.folded for w in clause.words if at is not None and w.start < at][-_NEAR:]
            if not universal.isdisjoint(whole) and (clause.stems - {counted}) & entry.stems:
                yield Opposite(clause.span, entry.fact)


def _is_free(fact: Fact) -> bool:
    return any(kind == "free" for kind, _ in promises(fact.text, fact.language))


def says_free(clause: Clause, fact: Fact) -> bool:
    """Whether a clause denies that one pays for what a fact gives free of charge."""
    return _is_free(fact) and pays(clause, fact.language)


def pays(clause: Clause, language: str) -> bool:
    """Whether a clause is about paying, denied or not."""
    paying = grammar(language).paying
    return paying is not None and any(paying.fullmatch(word.folded) for word in clause.words)


def _share(clause: Clause, stems: frozenset[str], known: Evidence) -> float:
    """The part of a fact's sentence, by weight, that stands in a clause; nothing when fewer than two words do."""
    shared = stems & clause.stems
    if len(shared) < SHARED:
        return 0.0
    whole = fsum(known.weights.get(s, 1.0) for s in stems)
    return fsum(known.weights.get(s, 1.0) for s in shared) / whole if whole else 0.0


@lru_cache(maxsize=4096)
def _sentences(fact: Fact) -> tuple[tuple[frozenset[str], bool], ...]:
    """The words of content of each sentence of a fact, and whether it denies something, in any way."""
    listed, own = clauses(fact.text, fact.language), grammar(fact.language)
    found = []
    for number in sorted({clause.sentence for clause in listed}):
        same = [clause for clause in listed if clause.sentence == number]
        found.append(
            (frozenset[str]().union(*(c.stems for c in same)), any(c.has(own.denials) for c in same))
        )
    return tuple(found)


def _denies(text: str, clause: Clause, language: str) -> bool:
    """Whether a clause's verb is denied; « pas plus de » is not a denial, and a question denies nothing."""
    own = grammar(language)
    if not clause.has(own.denials):
        return False
    if own.no_negation and own.no_negation.search(fold(clause.span.of(text))):
        return False
    return not text[clause.span.end : clause.span.end + 3].strip(" \u00a0\u202f").startswith("?")
