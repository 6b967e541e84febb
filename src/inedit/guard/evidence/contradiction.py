"""Does a text say the opposite of an insight that it speaks of? By negation, figure, month, order or place. Pure.

What is compared is polarity clause by clause: a negator in the text counts, and so does a verb of absence (« perd »).
Two of them cancel out: « aucun bar ne se perd » denies « un pneu perd 0,5 bar », while « plus de raideur » does not
deny « perd sa raideur ».
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from babel.dates import get_day_names, get_month_names

from inedit.guard.evidence.denial import denies_fact, with_restriction
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.polarity import REACH, Clause, clauses, denies_a_limit, polarity
from inedit.guard.evidence.support import Known, supports
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, YEAR, Quantity
from inedit.guard.nlp.text import Word, excerpt, fold, folded_words, sentences, stem, stems, words
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_CAPITALS = ("en", "de")
"""Languages that write the names of months and days with a capital, so that “may” is not a month."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where a text says otherwise than a fact, and how, in words. ``sure`` is False where only a person can tell: the
    fact denies something that the text names without denying it."""

    span: Span
    how: str
    sure: bool = True


def conflicts(
    text: str,
    told: Sequence[Span],
    fact: Fact,
    language: str,
    evidence: Sequence[str],
    *,
    names: Collection[str] = (),
    this_year: int = 0,
    figures: Sequence[Quantity] | None = None,
) -> tuple[Conflict, ...]:
    """What a text denies of a fact in its own language; ``told`` are the passages that speak of the fact.

    ``evidence`` are the words that the brand named for it, ``names`` those that its other facts bring along, folded;
    ``this_year`` is for ages and founding years; ``figures`` are those of the text, where they were read before.
    """
    if not told or primary(fact.language) != primary(language) or language[:2] not in polarity():
        return ()
    around = tuple(span for span in sentences(text) if any(one.overlaps((span,)) for one in told))
    return (
        *_denied(text, fact, language, evidence),
        *_other_quantity(text, around, fact, language, this_year, figures),
        *_other_day(text, around, fact, language),
        *_other_order(text, fact, language, evidence),
        *_other_place(text, around, fact, language, names),
    )


def _denied(text: str, fact: Fact, language: str, evidence: Sequence[str]) -> Iterator[Conflict]:
    """Where the text denies what the fact affirms, or the other way round."""
    named, rest = _keys(fact, language, evidence)
    keys = (*named, *rest)
    own, theirs = clauses(fact.text, language), clauses(text, language)
    roots, folded = frozenset[str]().union(*(c.stems for c in theirs)), "".join(c.folded for c in theirs)
    for key in keys:
        if key not in roots and f" {key}" not in folded:
            continue
        there = [(c, i) for c in theirs if not c.asked and _has(c, key) for i in _at(c, key)]
        if not there:
            continue
        said = [(c, c.parity(i, whole=True)) for c in own for i in _at(c, key)]
        if not said:
            continue
        by_negator, told = said[0][1][1], {_denied_in_fact(c, parity) for c, parity in said}
        if len(told) > 1:
            continue  # “it splits at the fold first; rolled, it has no fold”: the fact says both
        denies = told.pop()
        beside = [k for k in keys if _has(said[0][0], k)]  # what the fact says in the same clause
        seen = [
            (c, c.parity(i, whole=_shared(c, beside) > 1), i)
            for c, i in there
            if key in named or _shared(c, beside) > 1
        ]
        if seen and all(parity != denies and negated for _, (parity, negated), _ in seen):
            clause = seen[0][0]
            span = Span(clause.start, clause.end)
            said_of = Span(clause.start, with_restriction(clause, theirs, language).end).of(text)
            if not denies_a_limit(said_of, fact.text, language) and _turns(
                said_of, fact.text, language, denies
            ):
                yield Conflict(span, f"“{excerpt(span.of(text))}” denies it")
            return
        if by_negator and denies and said[0][0].parity(_at(said[0][0], key)[0], whole=False)[1]:
            bare = [c for c, _, _ in seen if not _denies_nearby(c, theirs)]
            if bare and len(bare) == len(seen) and not _stays(bare, theirs, said[0][0], language):
                span = Span(bare[0].start, bare[0].end)
                yield Conflict(span, f"“{excerpt(span.of(text))}” affirms what it denies", sure=False)
                return


def _denied_in_fact(clause: Clause, parity: tuple[bool, bool]) -> bool:
    """Whether a clause of a fact denies a word, also without a negator (« elle n’a plus de pli »)."""
    denies, by_negator = parity
    return denies if by_negator else denies != clause.nothing


def _stays(named: Sequence[Clause], others: Sequence[Clause], denial: Clause, language: str) -> bool:
    """Whether what the fact says did not happen is told as what still is: “it has never left its box” as “it is still
    in its box”. The words that the fact denies may not all be there: what was never stained is not “still stained”."""
    staying, stop = polarity()[language[:2]].staying, language_profile(language).stop_words
    denied = {
        root
        for at, (root, word) in enumerate(zip(denial.stems, denial.words, strict=True))
        if len(word.folded) > 3
        and word.folded not in stop
        and any(0 < at - negator <= REACH for negator in denial.negators)
    }

    def still(clause: Clause) -> bool:
        at = others.index(clause)
        beside = others[max(at - 1, 0) : at + 2]
        return any(word.folded.startswith(staying) for near in beside for word in near.words)

    return all(still(clause) and not denied <= set(clause.stems) for clause in named)


def _turns(said: str, fact: str, language: str, fact_denies: bool) -> bool:
    return fact_denies or denies_fact(said, fact, language)


def _keys(fact: Fact, language: str, evidence: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stems that carry the fact: the words of its evidence; its other words of content, which count in company only."""
    stop = language_profile(language).stop_words
    named = [stem(w.text, language) for phrase in evidence for w in words(phrase) if w.folded not in stop]
    rest = [stem(w.text, language) for w in words(fact.text) if len(w.folded) > 3 and w.folded not in stop]
    listed = tuple(key for key in dict.fromkeys(named) if not key.isdigit())
    return listed, tuple(key for key in dict.fromkeys(rest) if key not in listed and not key.isdigit())


def _at(clause: Clause, key: str) -> list[int]:
    """Where a key stands in a clause; four letters and more may be the beginning of a word."""
    if not _has(clause, key):
        return []
    long = len(key) > 3
    return [
        index
        for index, (root, word) in enumerate(zip(clause.stems, clause.words, strict=True))
        if root == key or (long and word.folded.startswith(key))
    ]


def _has(clause: Clause, key: str) -> bool:
    return key in clause.stems or (len(key) > 3 and f" {key}" in clause.folded)


def _shared(clause: Clause, keys: Sequence[str]) -> int:
    roots, folded = clause.stems, clause.folded  # as _has, without its frame
    return sum([key in roots or (len(key) > 3 and f" {key}" in folded) for key in keys])


def _denies_nearby(clause: Clause, others: Sequence[Clause]) -> bool:
    """Whether the clause, or one of the two on either side, denies something; “nobody” only of its own clause."""
    location = others.index(clause)
    return clause.nothing or any(
        c.negators or c.absences for c in others[max(location - 2, 0) : location + 3]
    )


def _other_quantity(
    text: str,
    around: Sequence[Span],
    fact: Fact,
    language: str,
    this_year: int,
    figures: Sequence[Quantity] | None,
) -> Iterator[Conflict]:
    """A figure of the fact's measure and thing beside it, where the fact's own stands nowhere in the text."""
    given = [q for q in find_quantities(fact.text, language) if not q.vague]
    if not given:
        return
    found = find_quantities(text, language) if figures is None else figures
    for own in given:
        known = Known(own, fact)
        if any(
            supports(known, quantity, language, this_year) or quantity.number == own.number
            for quantity in found
        ):
            continue
        for quantity in found:
            inside = any(span.start <= quantity.span.start < span.end for span in around)
            if any(supports(Known(other, fact), quantity, language, this_year) for other in given):
                continue  # « à 6 °C, puis à 16 °C »: the text tells the other one
            same = quantity.dimension == own.dimension and (
                own.dimension not in (COUNT, YEAR) or bool(own.counted and own.counted == quantity.counted)
            )
            if inside and (same or {own.dimension, quantity.dimension} == {YEAR}) and not quantity.vague:
                yield Conflict(quantity.span, f"it says {own.sentence and excerpt(own.span.of(fact.text))}")
                return


@lru_cache(maxsize=16)
def numbered_calendar(language: str) -> dict[str, int]:
    """The names of months (1 to 12) and days of the week (101 to 107) in a language, folded."""
    code = primary(language)
    months = {fold(name): number for number, name in get_month_names("wide", locale=code).items()}
    days = {fold(name): 101 + number for number, name in get_day_names("wide", locale=code).items()}
    return {**months, **days}


def _dates(text: str, language: str) -> dict[int, Span]:
    """The months and days of the week that a text names, with the first place of each."""
    names, found = numbered_calendar(language), dict[int, Span]()
    capitals = primary(language) in _CAPITALS
    for word in words(text):
        if capitals and not word.text[0].isupper():
            continue
        number = names.get(word.folded) or names.get(word.folded.removesuffix("s"))
        if number is None and primary(language) == "de":  # « Sonntagabend »
            number = next((n for name, n in names.items() if n > 100 and word.folded.startswith(name)), None)
        if number is not None:
            found.setdefault(number, Span(word.start, word.end))
    return found


def _other_day(text: str, around: Sequence[Span], fact: Fact, language: str) -> Iterator[Conflict]:
    """Another month, or another day of the week, where the fact's own is not named."""
    own = _dates(fact.text, language)
    everywhere = _dates(text, language) if own else {}
    for kind in (range(1, 13), range(101, 108)):
        mine = [number for number in own if number in kind]
        if not mine or any(number in everywhere for number in mine):
            continue
        for span in around:
            for number, location in _dates(span.of(text), language).items():
                if number in kind:
                    yield Conflict(location.shifted(span.start), f"it says {own[mine[0]].of(fact.text)}")
                    return


def _other_order(text: str, fact: Fact, language: str, evidence: Sequence[str]) -> Iterator[Conflict]:
    """Two things in the other order, where the fact says which comes first."""
    lexicon = polarity()[primary(language)]
    told = [span.of(fact.text) for span in sentences(fact.text)]
    ordered = next(
        (one for one in told if (lexicon.first | lexicon.then) & {w.folded for w in words(one)}), None
    )
    if ordered is None:  # what comes first is said of things in one sentence
        return
    things = sorted((at[0], phrase) for phrase in evidence if (at := _positions(ordered, phrase, language)))
    listed = words(text)
    for (_, first), (_, second) in pairwise(things):
        early, late = _positions(text, first, language), _positions(text, second, language)
        if not early or not late or late[0] >= early[0]:
            continue
        between = {w.folded for w in listed[late[0] : early[0]]}
        before = {w.folded for w in listed[max(late[0] - 3, 0) : late[0] + 3]}
        head = _sentence_head(text, listed, late[0], early[0])
        if head is not None:  # in two sentences, the second one has to say that it comes afterwards
            between, before = {w.folded for w in listed[head : early[0] + 3]}, set()
        if lexicon.then & between or lexicon.first & before:
            span = Span(listed[late[0]].start, listed[early[0]].end)
            yield Conflict(span, f"“{excerpt(span.of(text))}” turns the order round")


def _sentence_head(text: str, listed: Sequence[Word], start: int, end: int) -> int | None:
    """The index of the word that begins the sentence of word ``end``, where word ``start`` is in one before it."""
    for i in range(end, start, -1):
        if set(text[listed[i - 1].end : listed[i].start]) & set("\n.!?…"):
            return i
    return None


def _positions(text: str, phrase: str, language: str) -> list[int]:
    """Indices of the words of a text at which a phrase begins."""
    mine, sought = stems(text, language), stems(phrase, language)
    return [i for i in range(len(mine) - len(sought) + 1) if mine[i : i + len(sought)] == sought]


def _other_place(
    text: str, around: Sequence[Span], fact: Fact, language: str, names: Collection[str]
) -> Iterator[Conflict]:
    """Another name behind the preposition that the fact names its place with (« à Épinal »), its own being nowhere."""
    if primary(language) == "de":
        return  # every noun has a capital there
    named = _named(fact.text, language)
    if not named:
        return
    said, ours = set(folded_words(text)), set(folded_words(fact.text))
    for preposition, own in named:
        if own.folded in said:
            continue
        for span in around:
            for other, word in _named(span.of(text), language):
                if other == preposition and word.folded not in ours and word.folded not in names:
                    location = Span(word.start, word.end).shifted(span.start)
                    yield Conflict(location, f"it says {own.text}")
                    return


def _named(text: str, language: str) -> list[tuple[str, Word]]:
    """``(preposition, name)`` of what may be places: a capital behind such a preposition, but for months and days."""
    listed, calendar = words(text), numbered_calendar(language)
    return [
        (before.folded, word)
        for before, word in pairwise(listed)
        if before.folded in word_list(language, "at_place")
        and word.text[:1].isupper()
        and len(word.text) > 2
        and word.folded.removesuffix("s") not in calendar
    ]
