"""What a fact holds against each other: two or more things by one measure, in figures or by « plus … que ». Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.contrast import COMMA, Contrast, Pole
from inedit.guard.evidence.relations.shared_words import StatedWord, alike, within
from inedit.guard.evidence.statements import WEEKDAY, Statement, statements
from inedit.guard.nlp.grammar import grammar, is_joiner, root
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, DEADLINE, YEAR
from inedit.guard.nlp.text import excerpt, fold, folded_words, sentences, words
from inedit.guard.nlp.word_lists import beginnings, word_list
from inedit.model import Span

_MEASURE = {
    **dict.fromkeys(CURRENCIES, "price"),
    **dict.fromkeys(("minutes", "months", "time"), "time"),
    "mm": "length",
    "g": "weight",
    "l": "amount",
    COUNT: "amount",
}
"""By what a figure of each dimension is compared."""


_NO_MEASURE = (YEAR, "month", "date", DEADLINE, "century", WEEKDAY)
"""What a figure of these dimensions says is when."""


_MOST = 4  # poles: a list of five figures is a table


_PARTS = re.compile(r"[:;]|(?<!\d)\.(?=\s)")


def figure_groups(fact: Fact) -> Iterator[tuple[list[Statement], list[Span]]]:
    """The figures of a fact that measure one thing of several, each with the passage that says of what."""
    said = [
        s
        for s in map(_counted, statements(fact.text, fact.language))
        if s.quantity.dimension not in _NO_MEASURE and not s.quantity.bound and not s.quantity.vague
    ]
    said.sort(key=lambda s: s.quantity.span)
    for group in _groups(said, fact):
        yield group, _regions(group, fact)


def contrasts_in_figures(fact: Fact) -> Iterator[Contrast]:
    """What a fact compares in figures, in its own language."""
    for group, regions in figure_groups(fact):
        if group[0].quantity.dimension not in _MEASURE:
            continue
        roots = [[w.root for w in within(fact.text, region, fact.language)] for region in regions]
        poles = []
        for i, (one, region) in enumerate(zip(group, regions, strict=True)):
            others = [root for j, listed in enumerate(roots) if j != i for root in listed]
            label = tuple(r for r in roots[i] if not any(alike(r, other) for other in others))
            poles.append(Pole(one.quantity.value, label, excerpt(region.of(fact.text).strip(" ,;:."))))
        if len(poles[0].label) > len(poles[-1].label) > 0:
            poles[0] = replace(poles[0], label=_core(fact, group, regions, poles))
        named = [pole for pole in poles if pole.label]
        if len({pole.value for pole in named}) > 1 and len(named) == len(poles):
            mutual = len(poles) == 2 and _is_other(fact, regions[1])
            yield Contrast(_measure(group[0], fact), tuple(poles), mutual=mutual)


def _counted(one: Statement) -> Statement:
    """A share told in two numbers (« sur 60 clés, 44 … ») as the first of its counts, « le 22e » as a bare one."""
    if one.quantity.dimension == "ordinal":
        return replace(one, quantity=replace(one.quantity, dimension=COUNT), counted="")
    part = Decimal(one.quantity.part)
    if not part:
        return one
    count = replace(one.quantity, dimension=COUNT, value=part, number=part, approximate="")
    return replace(one, quantity=count, counted="")


def _core(
    fact: Fact, group: Sequence[Statement], regions: Sequence[Span], poles: Sequence[Pole]
) -> tuple[str, ...]:
    """What the first figure is said of, without the words that the elliptic others share (« un pommier de deux ans à
    racines nues coûte … »): what is of the others' kind, stands beside the same word, or opens its clause."""
    if any(_is_other(fact, region) for region in regions[1:]):
        return poles[0].label  # « De Larice à Forno …, dans l'autre sens … »: the order of the words tells
    label, rest = poles[0].label, [root for pole in poles[1:] for root in pole.label]
    first = [w for w in within(fact.text, regions[0], fact.language) if w.root in label]
    other = [w for r in regions[1:] for w in within(fact.text, r, fact.language) if w.root in rest]
    dated = calendar(fact.language)
    kinds = (
        lambda w: w.root.isdigit(),
        lambda w: fold(w.text) in dated,
    )
    for kind in kinds:
        same = tuple(w.root for w in first if kind(w))
        if same and any(map(kind, other)):
            return same
    beside = {n for w in other for n in _neighbours(fact, w)}
    same = tuple(w.root for w in first if not beside.isdisjoint(_neighbours(fact, w)))
    figures = [one.quantity.span for one in group]
    if all(any(f.end <= w.start and w.start - f.end < _CLOSE for f in figures[1:]) for w in other[:1]):
        behind = tuple(w.root for w in first if w.start >= figures[0].end)
        return same or behind or label  # « 57 étiquettes au crayon …, 12 au feutre »
    ahead = [m.end() for m in COMMA.finditer(fact.text, regions[0].start, figures[0].start)]
    opening = [w for w in first if w.start >= (ahead[-1] if ahead else regions[0].start)]
    return same or tuple(w.root for w in opening[:1]) or label


_CLOSE = 24
"""Characters from a figure to what it is said of, where that comes behind it."""


def _is_other(fact: Fact, region: Span) -> bool:
    return any(
        w.folded.startswith(beginnings(fact.language, "other_of_two")) for w in words(region.of(fact.text))
    )


def _neighbours(fact: Fact, word: StatedWord) -> set[tuple[int, str]]:
    """The roots right before and after a word, where no figure and no mark stands between; articles tell nothing."""
    listed = words(fact.text)
    at = next(i for i, w in enumerate(listed) if w.start == word.start)
    found = set()
    for step in (-1, 1):
        if 0 <= at + step < len(listed):
            low, high = sorted((listed[at], listed[at + step]), key=lambda w: w.start)
            if not fact.text[low.end : high.start].strip(" -'’") and not listed[at + step].folded.isdigit():
                beside = listed[at + step].folded
                if step > 0 or beside not in grammar(fact.language).determiners:
                    found.add((step, root(listed[at + step].text, fact.language)))
    return found


def _measure(one: Statement, fact: Fact) -> str:
    """By what a figure is compared; « le 22e jour », “on day 22” by time."""
    span = one.quantity.span
    beside = [w.folded for w in words(fact.text) if w.end <= span.start][-1:]
    beside += [w.folded for w in words(fact.text) if w.start >= span.end][:1]
    if one.quantity.dimension == COUNT and not language_profile(fact.language).units.keys().isdisjoint(
        beside
    ):
        return "time"
    return _MEASURE[one.quantity.dimension]


def _groups(said: Sequence[Statement], fact: Fact) -> Iterator[list[Statement]]:
    """Figures that measure one thing of several: in one sentence, or one each in two neighbouring ones."""
    by_sentence = [
        [s for s in said if span.start <= s.quantity.span.start < span.end] for span in sentences(fact.text)
    ]
    singles: list[list[Statement]] = []
    for here in by_sentence:
        alone: list[Statement] = []
        for dimension in dict.fromkeys(s.quantity.dimension for s in here):
            same = [s for s in here if s.quantity.dimension == dimension]
            if dimension == COUNT:
                same = _counts(same, fact)
            if 1 < len(same) <= _MOST:
                yield same
            elif len(same) == 1:
                alone += same
        if len(alone) == 2 and alone[1].quantity.dimension == COUNT and _elliptic(*alone):
            yield [alone[0], _measured(alone[1], alone[0])]  # “40 minutes up, 25 down”
        singles.append(alone)
    for before, here in itertools.pairwise(singles):
        yield from (
            [one, other]
            for one in before
            for other in here
            if _elliptic(one, other) and one.quantity.value != other.quantity.value
        )


def _measured(bare: Statement, other: Statement) -> Statement:
    """A bare number in the measure of the figure before it."""
    unit = other.quantity.value / other.quantity.number if other.quantity.number else Decimal(1)
    value = bare.quantity.value * unit
    return replace(bare, quantity=replace(bare.quantity, value=value, dimension=other.quantity.dimension))


def _elliptic(one: Statement, other: Statement) -> bool:
    """« 412 litres … 388 », « 58 arbres … 11 »: the second is of the same measure, or without any."""
    bare = other.quantity.dimension == COUNT and not other.counted
    same = one.quantity.dimension == other.quantity.dimension
    return bare or (same and (one.counted == other.counted or not one.counted))


def _counts(said: Sequence[Statement], fact: Fact) -> list[Statement]:
    """The counts of a sentence that are of the same thing, without their total."""
    written = [s for s in said if any(map(str.isdigit, s.quantity.span.of(fact.text)))]
    bare = [i for i, s in enumerate(written) if not s.counted]
    if bare:
        first = max(bare[0] - 1, 0)
        between = fact.text[written[first].quantity.span.end : written[bare[0]].quantity.span.start]
        partitive = word_list(fact.language, "partitive")
        if first < bare[0] and (":" in between or not partitive.isdisjoint(folded_words(between))):
            first = bare[0]  # « 212 appels … : 131 …, 24 … », « 412 variétés, dont 371 … »
        same = [s for s in written[first:] if not s.counted or s is written[first]]
    else:
        same = [s for s in written if s.counted == written[0].counted] if written else []
        if len(same) < len(written) == 2 + (len(same) == 1 and len(written) == 3):
            same = list(written[-2:])  # « 131 avevano …, 24 troppo poca »
    if len(same) == 1 < len(written) and same[0] is written[-2]:
        same = list(written[-2:])
    total = sum(s.quantity.value for s in same)
    return [s for s in same if len(same) < 3 or s.quantity.value * 2 != total]


def _regions(group: Sequence[Statement], fact: Fact) -> list[Span]:
    """What each figure is said of: from the cut between it and the one before to the next cut."""
    starts: list[int] = []
    ends: list[int] = []
    for i, one in enumerate(group):
        sentence = next(s for s in sentences(fact.text) if s.start <= one.quantity.span.start < s.end)
        if i and group[i - 1].quantity.span.start >= sentence.start:
            end, start = _cut(fact, group[i - 1].quantity.span, one.quantity.span)
            ends[-1] = end
        else:
            heads = [m.end() for m in _PARTS.finditer(fact.text, sentence.start, one.quantity.span.start)]
            start = max([sentence.start, *heads[-1:]]) if len(group) > 1 else sentence.start
            if not within(fact.text, Span(start, one.quantity.span.start), fact.language):
                start = start if _follows(fact, one, sentence) else sentence.start
        starts.append(start)
        ends.append(sentence.end)
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _follows(fact: Fact, one: Statement, sentence: Span) -> bool:
    """Whether words of content stand behind a figure in its sentence."""
    return bool(within(fact.text, Span(one.quantity.span.end, sentence.end), fact.language))


def _cut(fact: Fact, one: Span, other: Span) -> tuple[int, int]:
    """Where what is said of one figure ends and of the next begins; what stands between two cuts is said of neither."""
    between = [w for w in words(fact.text) if one.end <= w.start < other.start]
    at = [w.start for w in between if is_joiner(w, fact.language)]
    at += [m.start() for m in COMMA.finditer(fact.text, one.end, other.start)]
    at += [m.start() for m in _PARTS.finditer(fact.text, one.end, other.start)]
    if not at:
        return other.start, other.start
    first, last = min(at), max(at)
    if not within(fact.text, Span(last, other.start), fact.language):
        behind = within(fact.text, Span(other.end, len(fact.text)), fact.language)
        nothing = not behind or bool(COMMA.match(fact.text[other.end :].lstrip()[:2]))
        return (first, first) if nothing or first == last else (first, last)
    return first, last
