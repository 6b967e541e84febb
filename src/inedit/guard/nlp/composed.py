"""Figures made of several words: two and a half hours, one in ten, 2 h 30, 80 to 120 km, 9,90 € a month.

:func:`read_composed` reads what stands for one value as a whole; :func:`combine` joins figures that were read one by
one: sums (2 hours 30 minutes), the ends of ranges, and what a figure is counted by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from inedit.guard.nlp.arithmetic import TENTHS
from inedit.guard.nlp.asked_units import with_asked_units
from inedit.guard.nlp.clock import hours_of_day
from inedit.guard.nlp.function_words import grammar
from inedit.guard.nlp.language_data import LanguageProfile, Unit, language_profile
from inedit.guard.nlp.measures import measures, ordinal_value, tells_more_than_one
from inedit.guard.nlp.numbers import add_up, word_values
from inedit.guard.nlp.patterns import Pattern
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR, Approximation, Quantity, Unread
from inedit.model import Span

HALF = Decimal("0.5")
_TIMES = Pattern(r"(?<!\d )(?<!\w)[x×](\d{1,2})\b")
_SUM_GAP = re.compile(r"[ .]{0,2}(?:(?:et|and|und|y|e) )?")
_HOURS_MINUTES = re.compile(r"(\d{1,2})\.(\d\d)")
_PRICE_GAP = re.compile(r"(?:,|;)?(?: (?:et|and|und|y|e))?(?: [^\W\d]+(?:['-][^\W\d]+)*){1,4} ")
_JOINS_TWO = frozenset({"et", "and", "und", "y", "e"})
_DASHES = frozenset("-–—x×/")
_TO = frozenset({"ai", "agli", "ad", "al", "alle", "all'", "a"})
_ARTICLES = frozenset({"+", "-", "–", "il", "un", "le", "les", "el", "las", "la", "the"})
_MINUTES_OF = {"minutes": 1, "time": 1}


def read_composed(text: Unread, data: LanguageProfile) -> Iterator[Quantity]:
    """Set phrases, halves, shares and clock times that are left in the text, taken out of it."""
    if not text.may_hold(_composed(data.language)):  # so for most texts
        return
    known = measures(data.language)
    for m in text.finditer(_TIMES):
        yield Quantity(text.take(*m.span()), Decimal(m[1]), "times", Decimal(m[1]))
    for pattern, (dimension, value, approximate) in text.possible(known.fixed.patterns):
        for m in text.finditer(pattern):
            span = text.take(*m.span())
            hour = Decimal(value) / 60 if dimension == "time" else Decimal(0)
            yield Quantity(span, Decimal(value), dimension, hour, approximate="over" if approximate else "")
    for pattern in text.which(known.halves):
        for m in text.finditer(pattern):
            yield from _half(text, m, data)
    shares = text.which(known.shares)
    # dear to try, at every word: so many number words are in them
    for pattern in shares if shares and tells_more_than_one(text.rest, data.language) else ():
        for m in text.finditer(pattern):
            groups = m.groupdict()
            of = _small(groups["n"], data) or ordinal_value(groups["n"], data.language) or 0
            part = _small(groups["k"], data) if "k" in groups else 1
            if part == 1 and "k" in groups and _of_all_or_none(text.rest[: m.start("k")], data.language):
                continue
            of, end = _whole(of, m.end("n"), text.rest, data)
            # «diez cuotas de 39 €», «de 200 afinaciones, 22 %»
            measured = _MEASURED.match(text.rest, max(end, m.end()))
            if part and part < of and not measured:
                share = round(Decimal(100 * part) / of, 2)
                # « neuf sur dix » stands for 94 % as well
                about: Approximation = "about" if of == TENTHS else ""
                span = text.take(m.start(), max(end, m.end()))
                yield Quantity(span, share, "percent", approximate=about, part=part, whole=of)
    for pattern in text.which(known.clock):
        for m in text.finditer(pattern):
            yield from _clock(text, m, data)


def composed_patterns(language: str) -> Iterator[Pattern]:
    """Every pattern that :func:`read_composed` tries."""
    known = measures(language)
    yield from (_TIMES, *known.halves, *known.shares, *known.clock)
    yield from (pattern for pattern, _ in known.fixed.patterns)


@lru_cache(maxsize=16)
def _composed(language: str) -> frozenset[Pattern]:
    return frozenset(composed_patterns(language))


def _of_all_or_none(before: str, language: str) -> bool:
    """“Every one of them”, « pas une d'entre elles », «cada una de ellas»: all of them or none, and no share."""
    own = grammar(language)
    word = before.split()[-1:]
    return not (own.universal | own.denials | own.negations).isdisjoint(word)


def _whole(of: int, end: int, folded: str, data: LanguageProfile) -> tuple[int, int]:
    """« quarante-huit sur cent vingt »: the number that goes on behind its hundred, and where it ends."""
    following = (
        _GOES_ON.match(folded, end) if of >= TENTHS * TENTHS and not folded[end - 1].isdigit() else None
    )
    more = _small(following[1], data) if following else None
    return (of + more, following.end()) if following and more and more < TENTHS * TENTHS else (of, end)


_MEASURED = re.compile(r"[.,]?\d| ?[€$£%](?!\d)")
"""What goes on with a number or measures it."""

_GOES_ON = re.compile(r"[ -]([a-z]+(?:-[a-z]+)*)\b")


_QUARTER = ("quart", "quarter", "viertel", "cuarto", "quarto")


def _clock(text: Unread, m: re.Match[str], data: LanguageProfile) -> Iterator[Quantity]:
    """« 8 heures moins le quart », “half past seven”, „halb sieben“, « las siete y diez »."""
    groups = m.groupdict()
    named = "h" if groups.get("h") else "before"
    hour, start = _small(groups[named], data), m.start(named)
    minute = int(groups.get("m") or (30 if groups.get("half") else 0))
    if hour is not None and named == "before":
        hour, minute, start = hour - 1, 30, m.start()  # „halb sieben“
    if 0 <= m.start("half" if "half" in groups else named) < start:
        start = m.start()
    spoken = groups.get("past") or groups.get("to")
    if spoken:
        read = 15 if spoken.split()[-1] in _QUARTER else _small(spoken, data)
        if read is None or read % 5 or read >= 30:  # nobody says “seven past six to”
            return
        minute += read if groups.get("past") else -read
        start = min(start, m.start("past" if groups.get("past") else "to"))
    if hour is not None and hour <= 24:
        yield Quantity(text.take(start, m.end()), Decimal(hour * 60 + minute), "time", Decimal(hour))


def _half(text: Unread, m: re.Match[str], data: LanguageProfile) -> Iterator[Quantity]:
    """« deux heures et demie », „anderthalb Stunden“, « un million et demi d'euros », “half a bar”."""
    groups = m.groupdict()
    start, whole = m.start(), Decimal(1)
    if groups.get("half"):
        whole = Decimal(0)
    elif groups.get("n"):
        read = _small(groups["n"], data)
        if read is None:
            start = m.start("u")
        else:
            whole = Decimal(read)
    name = groups.get("half") or groups["u"]
    amount, end = whole + HALF, m.end()
    if name in data.number_words:
        amount *= data.number_words[name]
        after = re.compile(r" (?:d'|de |di |of )?([a-z]+)").match(text.rest, end)
        unit = data.units.get(after[1]) if after else None
        end = after.end() if after and unit else end
        unit = unit or Unit(COUNT, Decimal(1))
    else:
        unit = data.units[name]
    yield Quantity(text.take(start, end), amount * unit.factor, unit.dimension, amount)


def _small(written: str, data: LanguageProfile) -> int | None:
    """A small number in digits or in a word."""
    if written.isdigit():
        return int(written)
    parts = [word_values(part, data) for part in re.split(r"[- ]", written) if part not in data.joiners]
    values = tuple(value for part in parts for value in part or ()) if all(parts) else None
    if values is None and written in ("an", "un", "una", "une", "one", "uno"):
        return 1
    return add_up(values) if values else None


def combine(found: Sequence[Quantity], folded: str, language: str) -> tuple[Quantity, ...]:
    """The figures of a text, in order, with neighbours that belong together joined."""
    data = language_profile(language)
    summed: list[Quantity] = []
    for quantity in found:
        joined = _sum(summed[-1], quantity, folded) if summed else None
        if joined:
            summed[-1] = joined
        else:
            summed.append(quantity)
    priced = _elliptic_prices(hours_of_day(summed, folded, language), folded)
    ranged = with_asked_units(_ranges(priced, folded, data), folded, language)
    return tuple(_rhythms([_with_period(quantity, folded, language) for quantity in ranged]))


def _sum(first: Quantity, second: Quantity, folded: str) -> Quantity | None:
    """« 2 heures et 30 minutes », « 2 heures 30 », „18 Uhr 30“, « un an et six mois », “twenty fourteen”."""
    gap = folded[first.span.end : second.span.start]
    if len(gap) > 5 or not _SUM_GAP.fullmatch(gap):
        return None
    span = Span(first.span.start, second.span.end)
    unit = first.value / first.number if first.number else Decimal(60)
    if first.dimension in _MINUTES_OF and second.dimension == "minutes":
        return replace(first, span=span, value=first.value + second.value) if second.value < unit else None
    bare = second.dimension == COUNT and second.number == second.value and not second.approximate
    ended = folded[first.span.end - 1] == "."  # “at 6.50pm. 21 of them” begins another sentence
    if (
        first.dimension in _MINUTES_OF
        and unit == 60
        and bare
        and gap == " "
        and 0 < second.value < 60
        and not ended
    ):
        return replace(first, span=span, value=first.value + second.value)
    if first.dimension == second.dimension == "months" and unit == 12 and second.value < 12:
        return replace(first, span=span, value=first.value + second.value)
    spelled = first.dimension == COUNT and bare and gap == " " and not folded[first.span.start].isdigit()
    if spelled and 10 < first.value < 21 and 10 <= second.value < 100:
        value = first.value * 100 + second.value
        return replace(second, span=span, value=value, number=value, dimension=YEAR)
    return None


def _elliptic_prices(found: Sequence[Quantity], folded: str) -> list[Quantity]:
    """« une monture coûte 68 euros, une autre 145. »: a bare number that ends what follows a price is one too."""
    result = list(found)
    for i in range(1, len(result)):
        price, bare = result[i - 1], result[i]
        gap = folded[price.span.end : bare.span.start]
        ends = not re.match(r" ?\w", folded[bare.span.end :])
        if price.dimension in CURRENCIES and bare.dimension == COUNT and ends and _PRICE_GAP.fullmatch(gap):
            result[i] = replace(bare, dimension=price.dimension, counted="")
    return result


def _ranges(found: Sequence[Quantity], folded: str, data: LanguageProfile) -> list[Quantity]:
    """Both ends of each range with the measure of the second, each knowing the other."""
    result = list(found)
    for i in range(len(result) - 1):
        low, high = result[i], result[i + 1]
        between = _between(folded[low.span.end : high.span.start], data)
        if not between:
            continue
        if low.dimension == COUNT and high.dimension != COUNT:
            low = _as(low, high, folded)
        elif high.dimension == COUNT and low.dimension == "time":
            high = _as(high, low, folded)
        if low.value == 0:
            result[i] = replace(
                low, number=Decimal(-1)
            )  # « de 0 à 80 % » reaches 80 %: nothing is measured at its start
            result[i + 1] = high
            continue
        if low.dimension != high.dimension and {low.dimension, high.dimension} != {"time", "minutes"}:
            continue
        result[i], result[i + 1] = low, high
        if between in _JOINS_TWO and not (
            data.between and data.between.search(folded[max(0, low.span.start - 12) : low.span.start])
        ):
            continue
        if between not in ("x", "×", "/", "o", "ou", "or", "oder") and low.value < high.value:
            result[i] = replace(low, bound="low", partner=high.value)
            result[i + 1] = replace(high, bound="high", partner=low.value)
    return [quantity for quantity in result if quantity.number >= 0]


def _between(gap: str, data: LanguageProfile) -> str:
    """What joins two ends of a range, without the articles after it (« tra il 30 e il 50% »); else nothing."""
    joiner, *articles = gap.split() or [""]
    known = joiner in _DASHES or joiner in data.ranges or joiner in _TO
    return joiner if known and _ARTICLES.issuperset(articles) else ""


def _as(quantity: Quantity, other: Quantity, folded: str) -> Quantity:
    """A bare number read in the measure of the other end: the 80 of « 80 à 120 km », the 9 of “9 to 6:30 pm”."""
    if other.dimension == "time":
        written = _HOURS_MINUTES.fullmatch(folded[quantity.span.start : quantity.span.end])
        minutes = int(written[1]) * 60 + int(written[2]) if written else quantity.value * 60
        return replace(quantity, dimension="time", value=Decimal(minutes))
    if other.dimension == "date" and quantity.value <= 31:
        return replace(
            quantity, dimension="date", value=other.value // 100 * 100 + quantity.value, year=other.year
        )
    factor = other.value / other.number if other.number else Decimal(1)
    return replace(quantity, dimension=other.dimension, value=quantity.value * factor)


def _with_period(quantity: Quantity, folded: str, language: str) -> Quantity:
    """« 9,90 € par mois », “£8.90 a year”: what the figure is counted by."""
    known = measures(language)
    m = known.per.match(folded, quantity.span.end) if known.per else None
    return replace(quantity, period=known.periods[m[1]]) if m else quantity


_SPANS_OF_ONE = {1440: "day", 10080: "week", 60: "hour"}


def _rhythms(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """« 41 lavages en un an »: how often something comes is counted by the year, which is no figure of its own."""
    for quantity in found:
        same = [other for other in found if other.sentence == quantity.sentence]
        period = next(filter(None, map(_period_of, same)), "")
        if not period or not any(map(_counts, same)):
            yield quantity
        elif not _period_of(quantity):
            yield replace(quantity, period=period) if _counts(quantity) else quantity


def _counts(quantity: Quantity) -> bool:
    return quantity.dimension in (COUNT, "times") and bool(quantity.number) and not quantity.period


def _period_of(quantity: Quantity) -> str:
    """The period that a length of time of one unit is, without a limit; nothing for any other figure."""
    if quantity.number not in (0, 1) or quantity.approximate not in ("", "about") or quantity.period:
        return ""
    if quantity.dimension == "months":
        return {1: "month", 12: "year"}.get(int(quantity.value), "")
    return _SPANS_OF_ONE.get(int(quantity.value), "") if quantity.dimension == "minutes" else ""
