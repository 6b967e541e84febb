"""A fact told word for word with another figure: « un technicien vient …, pour 320 € » where the fact says 160 €. Pure.

Whatever else may bear a figure out (a sum, a multiple, another fact's figure, a scene) is said in words of its own. A
sentence that has a fact's words in the fact's order, and no other, has the fact's figures too, or it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.verbatim import (
    FEWEST,
    READINGS,
    Index,
    Token,
    Told,
    all_stems,
    beginnings_of,
    indexed,
    may_tell,
    stems_of,
    with_figures,
)
from inedit.guard.nlp.arithmetic import MINUTES, SHARE_ROUNDING, same_amount, same_clock
from inedit.guard.nlp.clock import HALF_A_DAY
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Span


def told_with_another_figure(
    text: str, language: str, facts: tuple[Fact, ...], this_year: int
) -> Iterator[tuple[Span, Fact]]:
    """The figures of a text that stand where a fact, told word for word, has another one; each with the fact."""
    found = dict[Span, Fact]()
    for sentence, opens in with_figures(text, language):
        if text[sentence.end - 1] == "?" or not may_tell(opens, facts, language):
            continue
        found.update([*_wrong(text, sentence, language, indexed(facts, language), this_year)][:1])
    yield from found.items()


def _wrong(
    text: str, sentence: Span, language: str, indexes: Sequence[Index], this_year: int
) -> Iterator[tuple[Span, Fact]]:
    for read in READINGS:
        for tokens in beginnings_of(text, sentence, read(text, language)):
            key = tuple([token.key for token in tokens])
            listed = [told for index in indexes for told in index.get(key, ())]
            if not listed:
                continue
            rest = stems_of(text, Span(tokens[-1].at.end, sentence.end), language)
            others = stems_of(text, Span(0, len(text)), language)
            listed = [
                told
                for told in listed
                if rest <= all_stems(told.fact) and len(told.before & others) >= min(FEWEST, len(told.before))
            ]
            wrong = [_differing(told, tokens, text, language, this_year) for told in listed]
            if all(wrong) and wrong:
                least = min(range(len(wrong)), key=lambda i: len(wrong[i]))
                yield wrong[least][0], listed[least].fact
            if listed:
                break


def _differing(told: Told, tokens: Sequence[Token], text: str, language: str, this_year: int) -> list[Span]:
    """Where a passage has other figures than the fact that it tells."""
    found = []
    if _figures(told.tokens) == _figures(tokens):  # « une monture coûte 145 euros, une autre 68 »
        return []
    for given, said in zip(told.tokens, tokens, strict=True):
        if given.figure is None or said.figure is None or given.figure == said.figure:
            continue
        mine = said.figure if isinstance(said.figure, Quantity) else _around(text, said.at, language)
        theirs = (
            given.figure
            if isinstance(given.figure, Quantity)
            else _around(told.fact.text, given.at, told.fact.language)
        )
        if mine is None or theirs is None or not _is_same(theirs, mine, this_year):
            found.append(mine.span if mine else said.at)
    return found


def _figures(tokens: Sequence[Token]) -> list[str]:
    """The figures of a passage, whatever their order."""
    figures = (token.figure for token in tokens if token.figure is not None)
    return sorted(
        figure if isinstance(figure, str) else f"{figure.dimension} {figure.value}" for figure in figures
    )


def _around(text: str, at: Span, language: str) -> Quantity | None:
    return next((q for q in find_quantities(text, language) if q.span.overlaps([at])), None)


def _is_same(given: Quantity, said: Quantity, this_year: int) -> bool:
    """Whether a figure is the fact's, told in another unit or rounder (“over 14,000” of “over 14,600”)."""
    if said.whole != given.whole:  # two in three of 58 of 86
        return abs(given.value - said.value) <= _ROUNDED_SHARE
    if _unit(given) != _unit(said):  # two weeks of ten working days
        mine, theirs = (q.value * MINUTES.get(q.dimension, 1) for q in (said, given))
        return max(mine, theirs) <= min(mine, theirs) * _OTHER_UNIT
    if not same_amount(given, said, this_year):
        return False
    return given.dimension != said.dimension or given.value == said.value or _is_rounder(given, said)


def _is_rounder(given: Quantity, said: Quantity) -> bool:
    """Whether a figure of another value, which is near enough, says less than the fact's: in fewer digits, a part in a
    word, an hour of the afternoon as half of the day's."""
    if said.dimension == "time":
        return said.value <= HALF_A_DAY < given.value and same_clock(given.value, said.value)
    if not (given.number and said.number):  # a third of 33 %
        return said.dimension == "percent" and abs(given.value - said.value) <= SHARE_ROUNDING
    return _digits(said) < _digits(given)


_ROUNDED_SHARE = 2
"""Percentage points that a share in a few parts may be off one in many."""


_OTHER_UNIT = Decimal("1.5")
"""How many times as much the same length may be in another unit, in which it is counted in other days."""


def _unit(quantity: Quantity) -> Decimal:
    """What the number of a figure is counted in, in base units."""
    return quantity.value / quantity.number if quantity.number else Decimal(0)


def _digits(quantity: Quantity) -> int:
    return len(quantity.number.normalize().as_tuple().digits)
