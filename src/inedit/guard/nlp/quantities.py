"""Finding the figures of a text: prices, percentages, dates, durations, counts, multiples, in digits or in
words.

Digits are read as the language writes them (``1 234,5``, ``1,234.5``, ``1.234,5``) by Babel's strict
parser, which follows CLDR; units are brought to one base (48 h are 2 days); simple number words are read
from the language's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from inedit.guard.nlp.composed import combine, composed_patterns, read_composed
from inedit.guard.nlp.dates import date_patterns, read_dates
from inedit.guard.nlp.function_words import function_words, grammar
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.numbers import add_up, may_follow, read_number, spelled_decimals, word_values
from inedit.guard.nlp.patterns import Pattern, Prefilter
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.proofreading.tokens import is_adjective, is_counted
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR, Approximation, Quantity
from inedit.guard.nlp.surroundings import FOUR_DIGITS, Surroundings
from inedit.guard.nlp.text import KEPT_TEXTS, spaced, stem, words
from inedit.guard.nlp.units import magnitude, unit_after
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span

_NUMBER = r"(?:\d{1,3}(?:[ .,']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?: ?[½¼¾])?|[½¼¾]"
_NUMBER_ALONE = Pattern(rf"(?<![\w.,])(?:{_NUMBER})")
_LIST_MARK = Pattern(r"(?m)^\s*\d{1,2}[.)] ")
_PREFIX = re.compile(r"(?:([€$£])|(?:\b(eur|usd|gbp|chf|mxn)|\b(?:s?fr)(?=\.))\.?) ?$")
_LONGEST_PREFIX = 5
_ROUND_PRICE = re.compile(r"[.,](?:-{1,2}|[–—])(?!\d)")
_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_JOINED = re.compile(r" (?:et|e|y|and|und) ")
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_]{2,})")
_NEXT_TWO = re.compile(r"[ \u00a0]([^\W\d_]+)'? ?([^\W\d_]*)")
_ROUND = frozenset({"pile", "rond", "ronds", "tondi", "tonde", "flat", "exactly", "today", "tonight"})
"""What is said of an amount behind its cents, or when it is paid."""

_DECIMALS = 5
"""Words that a decimal part in words has at most, its sign among them."""

_CENTS = re.compile(r" ?(\d\d)(?![\d.,]| ?%)")

_ORDINAL = re.compile(r"(?:er|re|e|eme|nd|rd|th|st|ª|º|°)(?![\w])")


@lru_cache(maxsize=KEPT_TEXTS // 2)
def find_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every figure of a text in a language, in order of appearance."""
    data = language_profile(language)
    reader = _Reader(text, data, _tried(language))
    found = sorted(reader.read(), key=lambda quantity: quantity.span)
    return combine(found, reader.folded, language) if found else ()


@lru_cache(maxsize=16)
def _tried(language: str) -> Prefilter[None]:
    """The patterns that a text in a language is read with."""
    data = language_profile(language)
    own = (data.fraction, data.idioms, data.span_of_one, data.from_one, _LIST_MARK, _NUMBER_ALONE)
    listed = (
        *composed_patterns(language),
        *date_patterns(data),
        *(pattern for pattern, _ in data.phrases.patterns),
        *(pattern for pattern in (*own, *data.contacts.values()) if pattern),
    )
    return Prefilter((pattern, None) for pattern in listed)


@per_word
def _may_count(folded: str, language: str) -> bool:
    """Whether a word is a number or a part of one; « un » alone is none that anybody counts."""
    data = language_profile(language)
    round_or_vague = folded in data.vague_words or folded in data.round_words
    return round_or_vague or word_values(folded, data) not in (None, (1,))


class _Reader(Surroundings):
    """One pass over one text."""

    def read(self) -> Iterator[Quantity]:
        if not self.may_hold_any():  # so of one text in four
            yield from self._spelled()
            return
        self.blank_all(*self.data.contacts_for(self.rest))
        yield from (self.located(quantity) for quantity in read_composed(self, self.data))
        yield from self._fractions()
        self.blank_all(self.data.idioms)
        yield from (self.located(q) if q.dimension == "time" else q for q in read_dates(self, self.data))
        self.blank_all(_LIST_MARK)
        yield from self._phrases()
        yield from self._digits()
        yield from self._spelled()

    # set phrases: twice, half a century ---------------------------------------------------------

    def _phrases(self) -> Iterator[Quantity]:
        for pattern, (dimension, value) in self.possible(self.data.phrases.patterns):
            for m in self.finditer(pattern):
                if m.group() in self.data.units and self._follows_number(m.start()):
                    continue  # „drei Jahrzehnte“, not „Jahrzehnte“
                span = self.take(*m.span())
                quantity = self.located(Quantity(span, value, dimension))
                is_round = (
                    dimension in ("minutes", "months") and not quantity.approximate
                )  # « un quart d'heure »
                yield replace(quantity, approximate="about") if is_round else quantity

        for m in self.finditer(self.data.span_of_one):
            unit = self.data.units[m[1]]
            span = self.take(*m.span())
            limit: Approximation = (
                "under" if word_pattern(self.data.language, "not_passed").search(m.group()) else ""
            )
            yield self.located(Quantity(span, unit.factor, unit.dimension, Decimal(1), approximate=limit))
        for m in self.finditer(self.data.from_one):
            unit = self.data.units[m[1]]
            span = self.take(*m.span())
            yield self.located(Quantity(span, unit.factor, unit.dimension, Decimal(1), approximate="from"))

    def _follows_number(self, start: int) -> bool:
        before = re.search(r"(\w+) $", self.folded[max(0, start - 24) : start])
        return before is not None and (before[1].isdigit() or bool(word_values(before[1], self.data)))

    def _fractions(self) -> Iterator[Quantity]:
        for m in self.finditer(self.data.fraction):
            count = int(m[1]) if m[1].isdigit() else self.data.number_words.get(m[1], 1)
            value = round(Decimal(100 * count) / self.data.fractions[m[2]], 2)
            yield self.located(Quantity(self.take(*m.span()), value, "percent"))

    # digits -------------------------------------------------------------------------------------

    def _digits(self) -> Iterator[Quantity]:
        found: list[Quantity] = []
        for m in self.finditer(_NUMBER_ALONE):
            if found and m.start() < found[-1].span.end:
                continue  # the cents of « 12 €90 »
            value = self._value(m.group())
            label = measures(self.data.language).label_before
            if value is not None and not (
                label and label.search(self.folded[max(0, m.start() - 16) : m.start()])
            ):
                found.append(self._measured(m.start(), m.end(), value))
        yield from map(self.located, found)
        for quantity in found:
            self.blank(quantity.span.start, quantity.span.end)

    def _value(self, written: str) -> Decimal | None:
        """The digits as the language writes them, with a half or a quarter after them."""
        part = _PARTS.get(written[-1])
        if part is None:
            return read_number(written, self.data.locale)
        whole = read_number(written[:-1].strip(), self.data.locale) if len(written) > 1 else Decimal(0)
        return None if whole is None else whole + part

    def _measured(self, start: int, end: int, value: Decimal) -> Quantity:
        """The number at ``[start, end)`` with its magnitude and unit."""
        prefix = _PREFIX.search(self.rest, max(0, start - _LONGEST_PREFIX), start)
        end, times = magnitude(self.rest, self.text, end, self.data, money=prefix is not None)
        value *= times
        round_price = _ROUND_PRICE.match(self.rest, end)
        end = round_price.end() if round_price else end
        measured = unit_after(self.rest, end, self.data)
        if prefix:
            unit = self.data.units[prefix[1] or prefix[2] or "chf"]
            if measured and measured[0].dimension in CURRENCIES:
                unit, end = measured  # « $49,990 MXN »
            return Quantity(Span(prefix.start(), end), value * unit.factor, unit.dimension, value)
        if measured:
            unit, end = measured
            number, value = value, value * unit.factor
            if unit.dimension in CURRENCIES and unit.factor == 1:
                cents = _CENTS.match(self.rest, end)
                if cents and self.rest[end - 1] in "€$£":
                    value, end = value + Decimal(cents[1]) / 100, cents.end()
            return Quantity(Span(start, end), value, unit.dimension, number)
        ordinal = _ORDINAL.match(self.rest, end)
        if ordinal:
            return Quantity(Span(start, ordinal.end()), value, "ordinal", value)
        is_year = FOUR_DIGITS.fullmatch(self.rest[start:end]) is not None
        dimension = YEAR if is_year and self._follows_year_word(start) else COUNT
        return Quantity(Span(start, end), value, dimension, value)

    def _follows_year_word(self, start: int) -> bool:
        before = re.search(r"(\w+)['. ]+$", self.folded[max(0, start - 20) : start])
        return bool(before) and before is not None and before[1] in self.data.year_after

    # number words -------------------------------------------------------------------------------

    def _spelled(self) -> Iterator[Quantity]:
        # what is left of a folded text is folded
        if not any(
            map(_may_count(self.data.language).__getitem__, spaced(self.rest).split())
        ):  # so for every other text
            return
        listed = words(self.rest)
        i = 0
        while i < len(listed):
            word = listed[i].folded
            vague = self.data.vague_words.get(word)
            round_value = self.data.round_words.get(word)
            if vague or round_value:
                yield self.located(
                    Quantity(
                        Span(listed[i].start, listed[i].end),
                        Decimal(vague or round_value or 0),
                        COUNT,
                        vague=bool(vague),
                        approximate="about",
                    )
                )
                i += 1
                continue
            values = word_values(word, self.data)
            if values is None or len(word) == 1:
                i += 1
                continue
            j = i + 1
            while j < len(listed):
                step = 2 if listed[j].folded in self.data.joiners and j + 1 < len(listed) else 1
                following = word_values(listed[j + step - 1].folded, self.data)
                gap = self.rest[listed[j - 1].end : listed[j].start]
                if (
                    following is None
                    or gap not in (" ", "-")
                    or not may_follow(values, following, joined=step == 2)
                ):
                    break
                values, j = (*values, *following), j + step
            near = (w.folded for w in listed[j : j + _DECIMALS] if self.rest[w.start - 1] in " -")
            behind, taken = spelled_decimals(tuple(near), self.data)
            value, j = add_up(values) + behind, j + taken
            for quantity in (
                self._spelled_quantity(listed[i].start, listed[j - 1].end, value) if value > 1 else ()
            ):
                yield quantity
                while j < len(listed) and listed[j].start < quantity.span.end:
                    j += 1  # « ochenta por ciento »: the unit is not a number of its own
            i = j

    def _spelled_quantity(self, start: int, end: int, value: Decimal) -> Iterator[Quantity]:
        measured = unit_after(self.rest, end, self.data)
        if measured:
            unit, end = measured
            amount = value * unit.factor
            if unit.dimension in CURRENCIES:
                cents, end = self._spelled_cents(end)
                amount += cents
            yield self.located(Quantity(Span(start, end), amount, unit.dimension, value))
            return
        quantity = self.located(Quantity(Span(start, end), value, COUNT, value))
        counted = {stem(word, self.data.language) for word in self.data.structure}
        if not (value <= 10 and quantity.counted in counted):
            yield quantity

    def _spelled_cents(self, end: int) -> tuple[Decimal, int]:
        """« … euros quatre-vingt-dix »: the hundredths that follow, and where they end."""
        values: tuple[int, ...] = ()
        stop = end
        for word in words(self.rest):
            if word.start < end or (word.folded in {*self.data.joiners, "con", "et", "and"} and not values):
                continue
            following = word_values(word.folded, self.data)
            if following is None or not re.fullmatch(
                r"[ -]|(?: (?:con|et|e|y|and|und) )", self.rest[stop : word.start]
            ):
                break
            values, stop = (*values, *following), word.end
        total = add_up(values)
        joined = bool(_JOINED.match(self.rest, end)) and self._is_apart(total, stop)
        return (Decimal(total) / 100, stop) if 0 < total < 100 and not joined else (Decimal(0), end)

    def _is_apart(self, total: int, end: int) -> bool:
        """Whether a joined number is no cents: an article (« six euros et une pierre ») or what counts something."""
        if self._counts_something(end):
            return True
        return total == 1 and unit_after(self.rest, end, self.data) is None

    def _counts_something(self, end: int) -> bool:
        """Whether another unit or a noun follows: «nueve euros y ocho días» has no cents, «y cincuenta cuesta» has."""
        after, unit = _NEXT_WORD.match(self.rest, end), unit_after(self.rest, end, self.data)
        if unit or after is None:
            return unit is not None and unit[0].dimension not in CURRENCIES
        language = self.data.language
        if after[1] in function_words(language) | _ROUND:
            return False
        word = self.text[after.start(1) : after.end()]
        if is_adjective(word, language):  # “nine euros and eight fresh jars”
            return self._counts_something(after.end())
        following = _NEXT_TWO.match(self.rest, after.end())
        determined = following is not None and following[1] in grammar(language).determiners
        acting = following is not None and determined and following[2] not in self.data.units
        return is_counted(word, language, acting=acting)
