"""What the counts and shares of one fact make of one another: a share, a multiple, the rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.relations.alternatives import choice, is_denied
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import TENTHS, same_amount
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span


def follows_from_counts(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """Whether a figure follows from the counts or the share that a fact gives, beside words of that fact."""
    return (
        is_about_a_share(entry, said)
        or is_part_of_whole(entry, said, known, year)
        or is_multiple(entry, said, known, year)
        or is_rest(entry, said, known)
        or is_rest_of_share(entry, said, known)
    )


def is_about_a_share(entry: Entry, said: Statement) -> bool:
    """« Deux jardiniers sur trois » of 61 in 90, “more than three in four” of 31 in 40: in so few parts a share is
    round."""
    given, quantity = entry.quantity, said.quantity
    if given.dimension != "percent" or quantity.dimension != "percent" or given.whole <= TENTHS:
        return False
    if not 1 < quantity.whole < TENTHS or entry.stems.isdisjoint(sentence_stems(said)):
        return False
    apart = given.value - quantity.value
    ways = {"": abs(apart) <= _ROUND, "about": abs(apart) <= 2 * _ROUND, "over": 0 < apart <= 2 * _ROUND}
    return ways.get(quantity.approximate, 0 < -apart <= 2 * _ROUND)


_ROUND = Decimal("1.5")
"""Percentage points that a share in few parts may be off."""


def is_part_of_whole(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """“one in nine” of « 212 appels … 24 »: a share that two counts of one fact give, of which the sentence says
    something; ``entry`` is the smaller count."""
    mine = entry.quantity
    if said.quantity.dimension != "percent" or mine.dimension != COUNT or mine.value <= 1 or mine.approximate:
        return False
    if said.quantity.whole > TENTHS and said.quantity.whole != _HUNDRED:
        # « 41 cuisines sur 60 » gives counts, which are compared as such
        return mine.value == said.quantity.part and _counts_whole(entry, said, known)
    if entry.stems.isdisjoint(sentence_stems(said)):
        return False
    shares = [mine.value * 100 / whole for whole in _counts_beside(entry, known) if whole > mine.value]
    near = _ROUND if said.quantity.whole < TENTHS and not said.quantity.approximate else Decimal(0)
    return any(
        _is_about(share, mine, said, year) or _is_rounded(share, said.quantity, near) for share in shares
    )


_HUNDRED = 100


def _is_rounded(share: Decimal, told: Quantity, near: Decimal) -> bool:
    """“Two thirds of the vans” of 41 in 60: a fraction in a word, or in few parts, is round."""
    return not told.number and abs(share - told.value) <= near


def _counts_whole(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether the fact of a count says, in another sentence, of how many of the same it is a part."""
    return any(
        e.fact == entry.fact
        and e.quantity.dimension == COUNT
        and e.quantity.value == said.quantity.whole
        and e.statement.counted == said.counted
        for e in known.entries
    )


def is_multiple(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """“more than five times as often” of « 131 … 24 »: how many times one count or length of a fact is the other."""
    mine, often = entry.quantity, said.quantity
    if often.dimension != "times" or mine.dimension not in (COUNT, "minutes") or mine.value <= 1:
        return False
    if entry.stems.isdisjoint(sentence_stems(said)):
        return False
    smaller = [other for other in _counts_beside(entry, known) if 1 < other < mine.value]
    whole = often.approximate == "over" and often.value % 1 == 0  # “more than twice” of 22 and 9
    return any(
        _is_about(mine.value / other, mine, said, year)
        or (whole and often.value < mine.value / other < often.value + 1)
        for other in smaller
    )


def is_rest(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Trentotto non hanno messo foglie » of 300 of which 262 did: what is left of a count, denied as it must be, or
    called the rest beside it (“nine at the lake, the other fourteen in town”)."""
    mine = entry.quantity
    denials = grammar(known.language).denials
    denied = said.clause.has(denials) is not entry.statement.clause.has(denials)
    denied = denied or (mine.number in said.beside and said.clause.has(word_list(known.language, "the_rest")))
    if {said.quantity.dimension, mine.dimension} != {COUNT} or not denied:
        return False
    rest = {whole - mine.value for whole in _counts_beside(entry, known)}
    return said.quantity.value in rest and not entry.stems.isdisjoint(sentence_stems(said))


def is_rest_of_share(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“Nine of the 40 chose the same” of 31 of 40 who chose another: the rest of a share, of which the text says the
    opposite."""
    given, quantity = entry.quantity, said.quantity
    if not quantity.part or quantity.whole != given.whole or quantity.part != given.whole - given.part:
        return False
    told = [q.sentence for q in (given, quantity)]
    kinds = {choice(sentence, known.language, Span(0, 0)) for sentence in told}
    denied = {is_denied(sentence, known.language, Span(0, len(sentence))) for sentence in told}
    turned = "other" in kinds and len(kinds) > 1  # “nine of 40 took what their parents wanted”
    opposite = turned or (kinds == {""} and len(denied) > 1)
    return opposite and not entry.stems.isdisjoint(sentence_stems(said))


def _counts_beside(entry: Entry, known: Evidence) -> set[Decimal]:
    return {
        e.quantity.value
        for e in known.entries
        if e.fact == entry.fact
        and e.quantity.dimension == entry.quantity.dimension
        and e.quantity.value != entry.quantity.value
        and not e.quantity.bound  # « 6 à 9 personnes » are not six of nine
    }


def _is_about(value: Decimal, given: Quantity, said: Statement, year: int) -> bool:
    worked = replace(
        given, value=round(value, 2), number=Decimal(0), dimension=said.quantity.dimension, counted=""
    )
    return same_amount(worked, said.quantity, year)
