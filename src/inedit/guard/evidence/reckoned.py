"""Figures that a reader reckons from those of a fact: how far two are apart, what a reduction leaves, a limit that a
length keeps."""

from __future__ import annotations

from decimal import Decimal

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.relations.stated_pairs import Side, stated_pairs
from inedit.guard.evidence.same_figure import CERTAIN
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.evidence.subjects import DATES, sentence_stems
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import words
from inedit.guard.nlp.word_lists import word_list, word_pattern

_POINTS = frozenset({"time", "ordinal", "times", "percent", "weekday", *DATES})
"""What is no amount, or none of which two are apart by one of the same measure."""

_BEFORE, _AFTER = 30, 60
"""Characters around a figure in which words may say how it is meant."""

_HUNDRED = 100


def is_reckoned(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a figure that no fact gives is reckoned from one of them, beside words of that fact."""
    given, measure = entry.quantity.dimension, said.quantity.dimension
    return (
        (given == measure and given not in _POINTS and is_difference(entry, said, known))
        or (given == measure and measure in _LENGTHS and is_outer_limit(entry, said, known))
        or (given == measure == "percent" and is_left_to_pay(entry, said))
    )


def is_difference(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Huit minutes de moins » of 11 and 19, “24 degrees cooler”: how far two figures of one fact are apart, with a
    word that compares, said of the one that it is true of; ``entry`` is one that has its measure."""
    mine, gap = entry.quantity, said.quantity
    if gap.value <= 0 or gap.bound or gap.approximate == "from":
        return False
    for other in statements(entry.fact.text, entry.fact.language):
        apart = _apart(mine, other)
        if apart and _is_apart(abs(apart), gap):
            way = way_of(said, known.language)
            if not way or not _tells(entry, said, known):
                return False
            larger, smaller = (mine, other.quantity) if apart > 0 else (other.quantity, mine)
            return _is_of_the_right_side(entry.fact, larger, smaller, way, said)
    return False


def _apart(mine: Quantity, other: Statement) -> Decimal | None:
    """By how much a figure is more than another one of its fact, of the same measure or without its unit."""
    theirs = other.quantity
    if theirs.span == mine.span:
        return None
    if theirs.dimension == mine.dimension:
        return mine.value - theirs.value
    bare = theirs.dimension == COUNT and not other.counted and mine.number != 0
    return (mine.number - theirs.number) * mine.value / mine.number if bare else None  # « 412 litres …, 388 »


def _is_apart(gap: Decimal, said: Quantity) -> bool:
    """Whether a gap is what is said: one with decimals may be rounded, another one with its word, on its own side."""
    if not said.approximate:
        return gap == said.value or (said.number % 1 == 0 and round(gap) == said.value)
    lowest = said.value * (1 if said.approximate == "over" else Decimal("0.95"))
    highest = said.value * (1 if said.approximate == "under" else Decimal("1.05"))
    return lowest <= gap <= highest


def _tells(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a text tells a fact: by two of its words, or by one beside another figure of it, its subject or what it
    counts."""
    shared = (entry.stems & _told(said)) - known.brand
    if len(shared) >= CERTAIN or not shared:
        return bool(shared)
    own = {n.stem for n in entry.statement.clause.nouns if n.role == "bare"}
    if not own.isdisjoint(n.stem for n in said.clause.nouns if n.role == "bare"):
        return True
    figures = {
        e.quantity.value for e in known.entries if e.fact == entry.fact and e.quantity is not entry.quantity
    }
    figures.add(entry.quantity.value)
    told = {q.value for q in said.figures if q.span != said.quantity.span}
    return not figures.isdisjoint(told) or (said.counted != "" and said.counted == entry.statement.counted)


def way_of(said: Statement, language: str) -> str:
    """``more``, ``less`` or ``apart``: the word that compares behind a figure; empty without one."""
    end = said.quantity.span.end
    behind = " ".join(w.folded for w in said.clause.words if end <= w.start <= end + _AFTER)
    for way, pattern in (("less", "less_by"), ("more", "more_by"), ("apart", "apart_by")):
        if word_pattern(language, pattern).match(behind):
            return way
    return ""


def _is_of_the_right_side(fact: Fact, larger: Quantity, smaller: Quantity, way: str, said: Statement) -> bool:
    """Whether « de plus » is said of what the fact gives the larger figure: the sentence names that, and not the other
    one before “than”."""
    if way == "apart":
        return True
    for pair in stated_pairs(fact):
        sides = {side.quantity.value: side for side in pair.sides}
        if sides.keys() == {larger.value, smaller.value}:
            meant, other = sides[larger.value], sides[smaller.value]
            if way == "less":
                meant, other = other, meant
            before = min(larger.span, smaller.span).start
            topic = {root(w.text, fact.language) for w in words(fact.text) if w.end <= before}
            told = before_than(said, fact.language)
            # “with the panniers off, 19 with them on” has a name for one side alone
            told_apart = bool(meant.own and other.own)
            return told_apart and _names(meant, told, topic) and not _names(other, told, topic)
    return False


def before_than(said: Statement, language: str) -> list[str]:
    """The words of a sentence in order, without what stands behind “than”."""
    listed = sorted((w for c in (said.clause, *said.around) for w in c.words), key=lambda w: w.start)
    end, than = said.quantity.span.end, word_list(language, "than")
    behind = next((w.start for w in listed if w.start >= end and w.folded in than), listed[-1].end)
    return [root(w.text, language) for w in listed if w.start < behind]


def _names(side: Side, told: list[str], topic: set[str]) -> bool:
    """Whether a text names a side by a word of its own: what a fact says before both may be of either."""
    return not (side.own - topic).isdisjoint(told)


_LENGTHS = frozenset({"minutes", "months", "nights", "percent"})
_OUTER = 2
"""An outer limit is told of what is no less than half of it, or no more than twice: “under an hour” of 50 minutes."""

_ROUND = 3


def is_outer_limit(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“In under an hour” of 50 minutes, « moins de la moitié » of 41 %: a round limit that the fact keeps."""
    given, limit = entry.quantity, said.quantity
    if given.bound or limit.bound or not (limit.number <= _ROUND or limit.value == _HUNDRED / 2):
        return False
    below, above = (
        limit.value / _OUTER <= given.value < limit.value,
        limit.value < given.value <= limit.value * _OUTER,
    )
    if below and given.approximate in ("", "under"):
        led = "below"
    elif above and given.approximate in ("", "over", "from"):
        led = "above"
    else:
        return False
    span = limit.span
    before = " ".join(w.folded for w in said.text if span.start - _BEFORE <= w.start < span.end)
    led_there = word_pattern(known.language, led).search(before) is not None
    return led_there and not names_another(entry, said, known) and _tells(entry, said, known)


def names_another(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a clause has a name that the fact has not: “in under an hour to Skerra” of the crossing to Ormel. German
    writes every noun so."""
    if primary(known.language) == "de":
        return False
    theirs = {w.folded for w in words(entry.fact.text)}
    named = {w for w in said.clause.words[1:] if w.text[:1].isupper()}
    return any(w.folded not in theirs and root(w.text, known.language) not in known.brand for w in named)


def reduces(entry: Entry) -> bool:
    """Whether a share of a fact is one that a price is lowered by."""
    language, (start, end) = entry.fact.language, (entry.quantity.span.start, entry.quantity.span.end)
    around = " ".join(w.folded for w in entry.statement.text if start - _BEFORE <= w.start <= end + _AFTER)
    return word_pattern(language, "reduction").search(around) is not None


def is_left_to_pay(entry: Entry, said: Statement) -> bool:
    """„Vier Fünftel des Preises“ of 20 % less: what is left to pay, in a clause that names no reduction itself."""
    if said.quantity.value + entry.quantity.value != _HUNDRED or said.quantity.value == entry.quantity.value:
        return False
    clause = " ".join(w.folded for w in said.clause.words)
    language = entry.fact.language
    pays = word_pattern(language, "pays").search(clause) and not word_pattern(language, "reduction").search(
        clause
    )
    return bool(pays) and reduces(entry) and len(entry.stems & _told(said)) >= CERTAIN


def _told(said: Statement) -> frozenset[str]:
    """The words of a statement's sentence and of the two before."""
    return sentence_stems(said).union(*(clause.stems for clause in said.earlier))
