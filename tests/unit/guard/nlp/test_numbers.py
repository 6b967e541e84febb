"""Number words are read as what they are: spelled here by each language's own rules, and read back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import add_up, may_follow, ordinal, read_number, word_values
from inedit.guard.nlp.quantities import find_quantities

NUMBERS = (*range(11, 130), *range(131, 1000, 37), 1000, 1001, 1100, 1999, 2000, 2071, 7777, 9999)


def _listed(text: str) -> list[str]:
    return text.split()


FR = _listed("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
EN = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
DE = _listed(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
)
ES = _listed(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
)
IT = _listed(
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove"
)


def _fr(n: int) -> str:
    if n <= 16:
        return FR[n]
    if n < 20:
        return f"dix-{FR[n - 10]}"
    if n < 100:
        tens, rest = divmod(n, 10)
        name = [
            "vingt",
            "trente",
            "quarante",
            "cinquante",
            "soixante",
            "soixante",
            "quatre-vingt",
            "quatre-vingt",
        ][tens - 2]
        rest += 10 * (tens in (7, 9))
        if not rest:
            return f"{name}s" if tens == 8 else name
        return f"{name} et {_fr(rest)}" if rest in (1, 11) and tens < 8 else f"{name}-{_fr(rest)}"
    size, word = (1000, "mille") if n >= 1000 else (100, "cent")
    many, rest = divmod(n, size)
    return (word if many == 1 else f"{_fr(many)} {word}") + (f" {_fr(rest)}" if rest else "")


def _en(n: int) -> str:
    if n < 20:
        return EN[n]
    if n < 100:
        tens, rest = divmod(n, 10)
        name = _listed("twenty thirty forty fifty sixty seventy eighty ninety")[tens - 2]
        return f"{name}-{EN[rest]}" if rest else name
    size, word = (1000, "thousand") if n >= 1000 else (100, "hundred")
    many, rest = divmod(n, size)
    joined = " and " if rest < 100 else " "
    return f"{_en(many)} {word}" + (f"{joined}{_en(rest)}" if rest else "")


def _de(n: int) -> str:
    if n < 20:
        return DE[n]
    if n < 100:
        tens, rest = divmod(n, 10)
        name = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"][
            tens - 2
        ]
        return f"{DE[rest]}und{name}" if rest else name
    size, word = (1000, "tausend") if n >= 1000 else (100, "hundert")
    many, rest = divmod(n, size)
    return f"{_de(many)}{word}" + (_de(rest) if rest else "")


def _es(n: int) -> str:
    if n < 30:
        return ES[n]
    if n < 100:
        tens, rest = divmod(n, 10)
        name = _listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa")[tens - 3]
        return f"{name} y {ES[rest]}" if rest else name
    if n < 1000:
        many, rest = divmod(n, 100)
        names = "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
        return "cien" if n == 100 else names.split()[many - 1] + (f" {_es(rest)}" if rest else "")
    many, rest = divmod(n, 1000)
    return ("mil" if many == 1 else f"{_es(many)} mil") + (f" {_es(rest)}" if rest else "")


def _it(n: int) -> str:
    if n < 20:
        return IT[n]
    if n < 100:
        tens, rest = divmod(n, 10)
        name = ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"][
            tens - 2
        ]
        return (name[:-1] if rest in (1, 8) else name) + (IT[rest] if rest else "")
    if n < 1000:
        many, rest = divmod(n, 100)
        return ("" if many == 1 else IT[many]) + "cento" + (_it(rest) if rest else "")
    many, rest = divmod(n, 1000)
    return ("mille" if many == 1 else f"{_it(many)}mila") + (_it(rest) if rest else "")


SPELLED = {
    "fr": (_fr, "draps"), "en": (_en, "sheets"), "de": (_de, "Laken"), "es": (_es, "sábanas"), "it": (_it, "lenzuola"),
}  # fmt: skip


@pytest.mark.parametrize("language", SPELLED)
def test_spelled_numbers_are_read_back(language: str) -> None:
    """All from 11 to 129, and some above."""
    spell, things = SPELLED[language]
    wrong = {}
    for number in NUMBERS:
        found = find_quantities(f"… {spell(number)} {things}.", language)
        if [quantity.value for quantity in found] != [number]:
            wrong[spell(number)] = [str(quantity.value) for quantity in found]
    assert wrong == {}


def test_four_and_twenty_is_eighty_in_french_alone() -> None:
    """„vierundzwanzig“ is 24, « quatre-vingt » 80."""
    assert word_values("vierundzwanzig", language_profile("de")) == (20, 4)
    assert word_values("einhundertvierundzwanzig", language_profile("de")) == (1, 100, 20, 4)
    assert add_up((4, 20)) == 80
    assert add_up((4, 20, 17)) == 97
    assert add_up((20, 4)) == 24
    assert add_up((2, 1000, 4, 20)) == 2080
    assert (add_up((1000,)), add_up((100, 1000)), add_up((3, 100, 12))) == (1000, 100_000, 312)


@pytest.mark.parametrize(
    ("last", "first", "joined", "follows"),
    [
        (20, 1, False, True), (19, 1, False, False), (90, 9, False, True), (16, 9, False, False),
        (10, 7, False, True), (10, 6, False, False), (20, 10, False, False),
        (60, 11, True, True), (60, 12, True, False), (60, 10, True, False), (20, 11, True, False),
        (60, 19, False, True), (60, 20, False, False), (50, 12, False, False),
        (4, 20, False, True), (4, 30, False, False), (5, 20, False, False),
        (9, 100, False, True), (10, 100, False, False), (20, 100, False, False), (1000, 100, False, True),
        (20, 1000, False, True), (100, 99, False, True), (99, 99, False, False),
    ],
)  # fmt: skip
def test_which_number_may_follow_another(last: int, first: int, joined: bool, follows: bool) -> None:
    """« vingt un », « dix-sept », « soixante et onze », « quatre-vingt », never « dix six » or « cinquante douze »."""
    assert may_follow((last,), (first,), joined=joined) is follows


def test_eighty_goes_on_to_ninety_nine() -> None:
    """« quatre-vingt-dix-neuf », but not « quatre-vingt-vingt »."""
    assert may_follow((4, 20), (19,), joined=False)
    assert not may_follow((4, 20), (20,), joined=False)
    assert not may_follow((3, 20), (12,), joined=False)


@pytest.mark.parametrize(
    ("written", "value"), [("iv", 4), ("ix", 9), ("xiv", 14), ("xix", 19), ("xxx", 30), ("7", 7)]
)
def test_roman_numerals(written: str, value: int) -> None:
    """A smaller letter before a larger one is taken away."""
    assert ordinal(written) == value


@pytest.mark.parametrize(
    ("written", "locale", "value"),
    [
        ("1 234,5", "fr", "1234.5"), ("1.234,5", "de", "1234.5"), ("1,234.5", "en", "1234.5"),
        ("1'234.5", "de_CH", "1234.5"),
        ("12.500", "de_CH", "12500"), ("12.50", "de_CH", "12.50"), ("12 500", "en", "12500"), ("1.2.3", "fr", None),
    ],
)  # fmt: skip
def test_digits_are_read_as_the_language_or_a_neighbour_writes_them(
    written: str, locale: str, value: str | None
) -> None:
    """What nobody writes is no number."""
    assert read_number(written, locale) == (None if value is None else Decimal(value))
