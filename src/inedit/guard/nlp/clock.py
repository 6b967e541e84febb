"""Hours of the day that the words around a number tell: “nine in the morning”, « six heures et demie du soir »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from inedit.guard.nlp.function_words import grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold
from inedit.model import Span

HALF_A_DAY = 720
"""Minutes on a clock's face."""

_DAY = 1440
_NIGHT_ENDS = 360  # « deux heures de la nuit » is 2:00, « dix heures de la nuit » 22:00
_OF = re.compile(r" (?:de |di |d')")


def is_noon(quantity: Quantity) -> bool:
    """Whether a figure is noon, which tells when something ends more often than it measures anything."""
    return quantity.dimension == "time" and quantity.value == HALF_A_DAY


def hours_of_day(found: Sequence[Quantity], folded: str, language: str) -> list[Quantity]:
    """The figures of a text with each that is an hour of the day read as one, of dimension ``time``.

    Where hours are written as lengths of time are, « à neuf heures », « a las 18 h » and « de 9 h à 18 h » are hours of
    the day, « à deux heures de route » is none.
    """
    read = [_with_part(quantity, folded, language) for quantity in found]
    hour_after = measures(language).hour_after
    if hour_after is None:
        return read
    for i, quantity in enumerate(read):
        following = read[i + 1] if i + 1 < len(read) else None
        if following and _opens_from(quantity, following, folded, language):
            bare = replace(quantity, value=quantity.value * 60)
            read[i : i + 2] = _as_time(bare), _as_time(following)
        elif following and _spans_hours(quantity, following, folded):
            read[i : i + 2] = _as_time(quantity), _as_time(following)
        elif hour_after.search(folded[: quantity.span.start]) and _is_hour(quantity, folded):
            read[i] = _as_time(quantity)
    return read


def _with_part(quantity: Quantity, folded: str, language: str) -> Quantity:
    known = measures(language)
    part = known.day_part.match(folded, quantity.span.end) if known.day_part else None
    minutes = _minutes(quantity, folded, language) if part else None
    if part is None or minutes is None:
        return quantity
    after_noon = part["later"] or (part["night"] and minutes >= _NIGHT_ENDS)
    if after_noon and minutes < HALF_A_DAY:
        minutes += HALF_A_DAY
    return replace(
        quantity, span=Span(quantity.span.start, part.end()), value=minutes, dimension="time", counted=""
    )


def _minutes(quantity: Quantity, folded: str, language: str) -> Decimal | None:
    """The minute of the day that a figure may be beside a part of the day; None where it is none."""
    if quantity.dimension == "time":
        return quantity.value
    if primary(language) == "fr" and quantity.dimension == "minutes" and quantity.value < _DAY:
        return quantity.value
    before = measures(language).before_hour
    bare = quantity.dimension == COUNT and 0 < quantity.value <= HALF_A_DAY // 60 and not quantity.value % 1
    return quantity.value * 60 if bare and before and before.search(folded[: quantity.span.start]) else None


def _spans_hours(first: Quantity, second: Quantity, folded: str) -> bool:
    """« de 9 h à 18 h 30 »: not « de deux heures à trois heures de route »."""
    gap = folded[first.span.end : second.span.start]
    joined = gap.strip() in ("-", "–") or (gap == " a " and folded[: first.span.start].endswith("de "))
    return joined and all(_is_hour(quantity, folded) for quantity in (first, second))


def _opens_from(first: Quantity, second: Quantity, folded: str, language: str) -> bool:
    """«De martes a domingo, de 7 a 13 h»: a bare hour up to another one, in a sentence that names a day of the week or
    says that something opens; “from two to three hours” of a journey is no such span."""
    bare = first.dimension == COUNT and first.value == first.number < second.number
    led = folded[: first.span.start].endswith(("de ", "entre "))
    joined = folded[first.span.end : second.span.start] in (" a ", "-", " - ", "–", " – ")
    if not (bare and led and joined and second.dimension == "minutes" and _is_hour(second, folded)):
        return False
    words = re.findall(r"\w+", fold(first.sentence))
    days, opening = measures(language).weekdays, grammar(language).opening
    return any(word in days or word.removesuffix("s") in days or word.startswith(opening) for word in words)


def _is_hour(quantity: Quantity, folded: str) -> bool:
    if quantity.dimension == "time":
        return True
    whole = quantity.number and quantity.value // 60 == quantity.number // 1
    hours = quantity.dimension == "minutes" and whole and quantity.value < _DAY
    return bool(hours) and not _OF.match(folded, quantity.span.end)


def _as_time(quantity: Quantity) -> Quantity:
    return replace(quantity, dimension="time", counted="")
