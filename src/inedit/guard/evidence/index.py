"""What a brand can prove, ready to be compared: each figure of its facts, and the nouns that name its things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from math import log

from inedit.brand.caching import by_identity
from inedit.guard.context import Context
from inedit.guard.evidence.facts import KEPT, Fact, supplied_facts, withheld_facts
from inedit.guard.evidence.statements import (
    WEEKDAY,
    Statement,
    halves,
    majorities,
    ordinals,
    parties,
    statements,
)
from inedit.guard.nlp.grammar import Noun, clauses, grammar, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import words
from inedit.model import Draft

_BRAND_KINDS = ("claim", "offer", "about", "product", "withheld")


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of a fact, with the stems of the whole fact."""

    fact: Fact
    statement: Statement
    stems: frozenset[str]
    quantity: Quantity = field(init=False, repr=False, compare=False)
    """That of the statement: it is asked for with every figure of a text."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "quantity", self.statement.quantity)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a brand can prove in one language, ready to be compared.

    ``things`` are the stems of the nouns of its claims and products, ``heads`` of those that are subjects or objects
    there, ``products`` those of each product's
    name, ``weights`` how telling a stem is: the fewer facts have it, the more.
    """

    entries: tuple[Entry, ...]
    withheld: tuple[Entry, ...]
    things: frozenset[str]
    heads: frozenset[str]
    products: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    brand: frozenset[str]
    language: str


def known_evidence(draft: Draft, context: Context) -> Evidence:
    """What the brand can prove for this draft, ready to be compared."""
    return context.kept(
        "evidence",
        draft.spec,
        lambda: evidence(
            supplied_facts(draft, context),
            withheld_facts(draft, context),
            context.brand.identity.name,
            draft.spec.language,
        ),
    )


@by_identity(maxsize=KEPT)
def evidence(facts: tuple[Fact, ...], withheld: tuple[Fact, ...], name: str, language: str) -> Evidence:
    """The facts of a brand, those that may not be told today or here kept apart, in the language of a text."""
    told = Counter(
        fact
        for fact in (*readable_facts(facts, language), *readable_facts(withheld, language))
        if fact.kind in _BRAND_KINDS
    )
    brand = frozenset(root(word.text, language) for word in words(name))
    vocabulary = _vocabulary(tuple(told.items()), brand)
    return Evidence(
        tuple(entry for fact in facts for entry in _entries(fact)),
        tuple(entry for fact in withheld for entry in _entries(fact)),
        vocabulary.things,
        vocabulary.heads,
        vocabulary.products,
        vocabulary.weights,
        brand,
        language,
    )


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of all that a brand tells, the same for every variant: see :class:`Evidence`."""

    things: frozenset[str]
    heads: frozenset[str]
    products: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]


@lru_cache(maxsize=64)
def _vocabulary(told: tuple[tuple[Fact, int], ...], brand: frozenset[str]) -> _Vocabulary:
    """``told`` are facts, each with how often it is told; which of them a variant was given makes no difference."""
    counts: Counter[str] = Counter()
    for fact, times in told:
        counts.update(dict.fromkeys(fact_stems(fact), times))
    nouns = [noun for fact, _ in told for noun in _nouns(fact)]
    counted = {said.counted for fact, _ in told for said in statements(fact.text, fact.language)}
    products: dict[str, set[str]] = {}
    uses = {
        n.stem for f, _ in told if f.kind == "product" for n in _nouns(f) if n.role == "of"
    }  # « serviette de table »
    for fact, _ in told:
        for s in fact_stems(fact) if fact.kind == "product" else ():
            products.setdefault(s, set()).add(fact.id)
    number = sum(times for _, times in told)
    return _Vocabulary(
        frozenset({n.stem for n in nouns} | set(products)) - brand,
        frozenset({n.stem for n in nouns if n.role == "bare"} - counted | set(products) - uses) - brand,
        {s: frozenset(ids) for s, ids in products.items()},
        {s: log(1 + number / count) for s, count in counts.items() if s not in brand},
    )


@lru_cache(maxsize=4096)
def _nouns(fact: Fact) -> tuple[Noun, ...]:
    """The nouns of a fact, without the words of its figures (« 9 am »)."""
    return tuple(_named(fact))


def _named(fact: Fact) -> Iterator[Noun]:
    figures = [said.quantity.span for said in statements(fact.text, fact.language)]
    for clause in clauses(fact.text, fact.language):
        for noun in clause.nouns:
            if not any(span.start <= noun.word.start < span.end for span in figures):
                yield noun


def readable(fact: Fact, language: str) -> bool:
    return fact.language == language or primary(fact.language) == primary(language)


@by_identity(maxsize=KEPT)
def readable_facts(facts: tuple[Fact, ...], language: str) -> tuple[Fact, ...]:
    """Those of some facts that are told in a language: asked for by whatever holds a text against them."""
    return tuple([fact for fact in facts if fact.language == language or readable(fact, language)])


@lru_cache(maxsize=4096)
def fact_stems(fact: Fact) -> frozenset[str]:
    """The stems of a fact's words of content."""
    return frozenset(s for clause in clauses(fact.text, fact.language) for s in clause.stems)


@lru_cache(maxsize=64)
def stems_of_all(facts: frozenset[Fact]) -> frozenset[str]:
    """Those of several facts, which most variants have in common."""
    return frozenset[str]().union(*map(fact_stems, facts))


@lru_cache(maxsize=4096)
def _entries(fact: Fact) -> tuple[Entry, ...]:
    said = [
        *statements(fact.text, fact.language),
        *ordinals(fact.text, fact.language),
        *halves(fact.text, fact.language),
        *parties(fact.text, fact.language),
    ]
    said += majorities(fact.text, fact.language) if not said else ()
    said += [count for share in said for count in counts_of(share)]
    days = list({s.quantity.value: s for s in said if s.quantity.dimension == WEEKDAY}.values())
    if len(days) > 2:  # « du lundi au vendredi » is five days a week
        quantity = replace(
            days[0].quantity,
            dimension="minutes",
            value=len(days) * Decimal(1440),
            number=Decimal(len(days)),
            period="week",
        )
        said.append(replace(days[0], quantity=quantity))
    return tuple(Entry(fact, statement, fact_stems(fact)) for statement in said)


def counts_of(share: Statement) -> Iterator[Statement]:
    """« 57 messages sur 340 » gives both numbers as well, of the same thing."""
    for number in (share.quantity.part, share.quantity.whole):
        if number > 1:
            value = Decimal(number)
            count = replace(share.quantity, dimension=COUNT, value=value, number=value, approximate="")
            yield replace(share, quantity=replace(count, counted=share.counted, part=0, whole=0))


def same_thing(one: str, other: str, known: Evidence) -> bool:
    """Whether two stems name one thing: the same word, or two words of one product's name."""
    nothing: frozenset[str] = frozenset()
    if one == other or are_synonyms(one, other, known.language):
        return True
    return bool(known.products.get(one, nothing) & known.products.get(other, nothing))


def are_synonyms(one: str, other: str, language: str) -> bool:
    """Whether two stems are names of one service in any trade (« colis » and « livraison »)."""
    named = grammar(language).synonyms
    return one in named and named[one] == named.get(other)


_COMPOUNDED = 4
"""Letters of a German noun that a compound may end with."""


_CLIPPED, _CUT_OFF = 3, 4
"""Letters of a stem that a clipped word keeps, and of those that it lost, at least."""


def clipped_from(noun: str, stems: Iterable[str], language: str) -> list[str]:
    """Those of some stems of which a word is the beginning, as Romance languages clip theirs: «bici», « photo »."""
    if len(noun) < _CLIPPED or primary(language) not in ("fr", "es", "it"):
        return []
    longer = len(noun) + _CUT_OFF
    return [stem for stem in stems if stem.startswith(noun) and len(stem) >= longer]


def in_fact(noun: str, stems: frozenset[str], known: Evidence) -> bool:
    """Whether a fact names a thing, if by another word of its product's name."""
    if noun in stems or any(are_synonyms(noun, s, known.language) for s in stems):
        return True
    if primary(known.language) == "de" and len(noun) >= _COMPOUNDED:  # „die Fassung“ of „Werkstattfassung“
        part = noun.removesuffix("ung")
        if any(s.endswith((noun, part)) and len(s) > len(noun) + 2 for s in stems):
            return True
    if clipped_from(noun, stems, known.language):
        return True
    ids = known.products.get(noun, frozenset())
    return any(ids & known.products[s] for s in stems if s in known.products)


def is_compound_of(mine: str, theirs: str, entry: Entry) -> bool:
    """„54 % des Werkstattstroms“ of the electricity of the workshop: a German compound of two words of the fact."""
    if primary(entry.fact.language) != "de" or len(theirs) < _COMPOUNDED or not mine.endswith(theirs):
        return False
    first = mine.removesuffix(theirs)
    return len(first) >= _COMPOUNDED and any(
        first.startswith(s) for s in entry.stems if len(s) >= _COMPOUNDED
    )
