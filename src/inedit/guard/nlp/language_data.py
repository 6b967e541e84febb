"""What the guard knows of each language: number words, units, superlatives, promises, worn phrases,
remedies.

One file a language under ``guard/data/``; a sixth language is a sixth file. A language without a file gets
the common rules only, and its remedies in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel.core import Locale, UnknownLocaleError

from inedit.guard.nlp.patterns import Pattern, Prefilter
from inedit.guard.nlp.text import fold, folded_words

KNOWN = ("fr", "en", "de", "es", "it")
"""Languages that have a file, French first."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: what it measures, and how many base units it is worth (a day is 1440
    ``minutes``)."""

    dimension: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class LanguageProfile:
    """One language's data, compiled. Patterns are matched against :func:`inedit.guard.nlp.text.plain` text."""

    language: str
    locale: str
    stop_words: frozenset[str]
    number_words: Mapping[str, int]
    round_words: Mapping[str, int]
    vague_words: Mapping[str, int]
    joiners: frozenset[str]
    compound: bool
    point: frozenset[str]
    """What stands for the decimal sign where a number is written in words; and nought behind it."""
    zero: str
    units: Mapping[str, Unit]
    ranges: frozenset[str]
    linkers: frozenset[str]
    year_after: frozenset[str]
    over: re.Pattern[str] | None
    under: re.Pattern[str] | None
    about: re.Pattern[str] | None
    onwards: re.Pattern[str] | None
    over_after: re.Pattern[str] | None
    under_after: re.Pattern[str] | None
    between: re.Pattern[str] | None
    structure: frozenset[str]
    offer_words: frozenset[str]
    idioms: Pattern | None
    century: Pattern | None
    phrases: Prefilter[tuple[str, Decimal]]
    majority: frozenset[str]
    fraction: Pattern | None
    fractions: Mapping[str, int]
    span_of_one: Pattern | None
    from_one: Pattern | None
    deadline: str
    promises: Prefilter[str]
    """Each with its kind; before them, without one, what only looks like a promise."""
    homographs: re.Pattern[str] | None
    """Words that are no promise as they are written, though one without its accents would be (« prête », « prêté »)."""
    negation: re.Pattern[str] | None
    address: Prefilter[str]
    """Each with the way of speaking to somebody that it shows: informal, formal, maybe_formal, plural, distant,
    regional."""
    regions: frozenset[str]
    """Those where what is ``regional`` is said."""
    asides: tuple[Pattern, ...]
    third_persons: Pattern | None
    stock_phrases: frozenset[str]
    dialects: Mapping[str, frozenset[str]]
    cut_words: frozenset[str]
    """Words, with their accents, at which no text ends."""
    tells: tuple[str, ...]
    contacts: Mapping[str, Pattern]
    remedies: Mapping[str, str]

    def contacts_for(self, text: str) -> Iterable[Pattern]:
        """The patterns of addresses, accounts and numbers that a text may hold: of most sentences, none."""
        return self.contacts.values() if _OF_CONTACTS.search(text) else ()


_OF_CONTACTS = re.compile(r"[@\d/.](?:(?<=[@\d])|(?<=/)/|(?<=\.)\S)")
"""What every match of one of the contacts has. Its first character is one of few: re passes over all others at once."""


@lru_cache(maxsize=256)
def primary(language: str) -> str:
    """The language subtag of a BCP 47 tag: ``de-CH`` gives ``de``."""
    return language.partition("-")[0].lower()


@lru_cache(maxsize=16)
def language_profile(language: str) -> LanguageProfile:
    """The data of a language, by BCP 47 tag."""
    code = primary(language)
    return _compile(language, load_table(code) if code in KNOWN else {}, load_table("common"))


def remedy(language: str, key: str, /, **values: object) -> str:
    """The instruction ``key`` in the working language of the model, filled in; in English when there is
    none."""
    text = language_profile(language).remedies.get(key) or language_profile("en").remedies[key]
    return text.format(**values).strip()


def _locale(language: str) -> str:
    """The tag as Babel names it; the bare language when CLDR has no such region."""
    try:
        return str(Locale.parse(language, sep="-"))
    except UnknownLocaleError:
        return primary(language)


def load_table(name: str) -> dict[str, Any]:
    """One language's file, or what all share (``common``), as written."""
    data = files("inedit.guard.nlp").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def _pattern(source: str) -> Pattern:
    return Pattern(source, re.IGNORECASE)


def _patterns(sources: list[str]) -> tuple[Pattern, ...]:
    return tuple(_pattern(source) for source in sources)


def _any(sources: list[str]) -> Pattern | None:
    return _pattern("|".join(f"(?:{source})" for source in sources)) if sources else None


def _written(words: str) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None


def _idioms(sources: list[str], units: Mapping[str, list[str]]) -> Pattern | None:
    """« pliez en deux » and its like; ``{unit}`` stands for any unit in words (« en deux heures » is not an idiom)."""
    names = "|".join(re.escape(fold(word)) for listed in units.values() for word in listed)
    return _any([source.replace("{unit}", f"(?:{names})\\b") for source in sources])


def _before(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the phrases, right before the place where the searched text ends."""
    alternatives = "|".join(re.escape(fold(phrase)) for phrase in phrases)
    return re.compile(rf"\b(?:{alternatives})[ ']*$") if alternatives else None


def _after(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the phrases, right after the place where the search begins."""
    alternatives = "|".join(re.escape(fold(phrase)) for phrase in phrases)
    return re.compile(rf" ?(?:{alternatives})\b") if alternatives else None


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def _fraction(figures: dict[str, Any], numbers: Mapping[str, int]) -> Pattern | None:
    """« un cinquième des », “three quarters of”: groups are how many, and the name of the part."""
    if "fraction" not in figures:
        return None
    counts = "|".join([r"\d", "an?", *(word for word, value in numbers.items() if value <= 20)])
    return _pattern(
        figures["fraction"].replace("{count}", counts).replace("{name}", "|".join(figures["fractions"]))
    )


def _of_one(figures: dict[str, Any], key: str, units: Mapping[str, list[str]]) -> Pattern | None:
    """« en moins d'une heure », “within a day”, “from one night”: the group is the unit of time, in the singular."""
    if key not in figures:
        return None
    times = ("second", "minute", "hour", "day", "week", "month", *(("night",) if key == "from_one" else ()))
    names = [word for unit in times for word in units.get(unit, ())]
    return _pattern(figures[key].replace("{unit}", "|".join(map(re.escape, map(fold, names)))))


def _compile(language: str, own: dict[str, Any], common: dict[str, Any]) -> LanguageProfile:
    numbers = own.get("numbers", {})
    figures = own.get("figures", {})
    style = own.get("style", {})
    base = {
        name: Unit(dimension, Decimal(str(factor))) for name, (dimension, factor) in common["units"].items()
    }
    units = {symbol: base[name] for symbol, name in common["symbols"].items()}
    units |= {fold(word): base[name] for name, spelled in own.get("units", {}).items() for word in spelled}
    negations = "|".join(re.escape(fold(word)) for word in own.get("promise_words", {}).get("negations", ()))
    return LanguageProfile(
        language=language,
        locale=_locale(language) if own else "en",
        stop_words=_words(own.get("stop_words", "")),
        number_words=numbers.get("words", {}),
        round_words=numbers.get("round", {}),
        vague_words=numbers.get("vague", {}),
        joiners=frozenset(numbers.get("joiners", ())),
        compound=numbers.get("compound", False),
        point=_words(numbers.get("point", "")),
        zero=numbers.get("zero", ""),
        units=units,
        ranges=frozenset(figures.get("range", ())),
        linkers=frozenset(figures.get("of", ())),
        year_after=frozenset(figures.get("year_after", ())),
        over=_before(figures.get("over", ())),
        under=_before(figures.get("under", ())),
        about=_before(figures.get("about", ())),
        onwards=_before(figures.get("from", ())),
        over_after=_after(figures.get("over_after", ())),
        under_after=_after(figures.get("under_after", ())),
        between=_before(figures.get("between", ())),
        structure=frozenset(fold(word) for word in figures.get("structure", ())),
        offer_words=_words(figures.get("offer_words", "")),
        idioms=_idioms(figures.get("idioms", []), own.get("units", {})),
        century=_any([figures["century"]] if "century" in figures else []),
        phrases=Prefilter(
            (_pattern(p), (unit, Decimal(value))) for p, unit, value in figures.get("phrases", ())
        ),
        majority=_words(figures.get("majority", "")),
        fraction=_fraction(figures, numbers.get("words", {})),
        fractions=figures.get("fractions", {}),
        span_of_one=_of_one(figures, "span_of_one", own.get("units", {})),
        from_one=_of_one(figures, "from_one", own.get("units", {})),
        deadline=figures.get("deadline", ""),
        promises=Prefilter(
            (_pattern(source), kind)
            for kind, listed in (
                ("", own.get("promise_words", {}).get("asides", ())),
                *own.get("promises", {}).items(),
            )
            for source in listed
        ),
        homographs=_written(own.get("promise_words", {}).get("homographs", "")),
        negation=re.compile(rf"\b(?:{negations})[' ]+$", re.IGNORECASE) if negations else None,
        address=Prefilter(
            (_pattern(source), way)
            for way in ("informal", "formal", "maybe_formal", "plural", "distant", "regional")
            for source in style.get(way, ())
        ),
        regions=frozenset(style.get("regions", "").split()),
        asides=_patterns(style.get("asides", [])),
        third_persons=_any(style.get("third_persons", [])),
        stock_phrases=frozenset(" ".join(folded_words(phrase)) for phrase in style.get("stock_phrases", ())),
        dialects={name: frozenset(listed.split()) for name, listed in style.get("dialects", {}).items()},
        cut_words=frozenset(style.get("cut_words", "").split()),
        tells=tuple(own.get("lexicon", {}).get("tells", ())),
        contacts={kind: _pattern(source) for kind, source in common["contacts"].items()},
        remedies=own.get("remedies", {}),
    )
