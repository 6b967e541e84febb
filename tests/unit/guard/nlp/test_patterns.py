"""A pattern with needles finds what it finds without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.nlp import dates
from inedit.guard.nlp import quantities as figures
from inedit.guard.nlp.language_data import KNOWN, language_profile
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.packs import PACKS, rule_pack
from inedit.guard.nlp.patterns import Pattern, Prefilter


def _patterns_in(value: object) -> Iterator[Pattern]:
    if isinstance(value, Pattern):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _patterns_in(item)
    elif isinstance(value, Prefilter):
        yield from (pattern for pattern, _ in value.patterns)
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))


@cache
def _all_patterns() -> list[Pattern]:
    """Every pattern of every language, and those of figures and dates."""
    held = [
        getattr(language_profile(language), field.name)
        for language in KNOWN
        for field in fields(language_profile(language))
    ]
    own = [value for module in (dates, figures) for value in vars(module).values()]
    by_locale = [dates._date_patterns(language_profile(language).locale) for language in KNOWN]
    packs = [rule_pack(name, language) for name in PACKS for language in KNOWN]
    rules = [(pack.honest, pack.elsewhere, *(rule.patterns for rule in pack.rules)) for pack in packs]
    found = {pattern.compiled: pattern for pattern in _patterns_in((*held, *own, *by_locale, *rules))}
    return list(found.values())


@cache
def _every() -> Prefilter:
    return Prefilter((pattern, None) for pattern in _all_patterns())


def test_there_are_hundreds_and_nearly_all_have_needles() -> None:
    every = _all_patterns()
    assert len(every) > 700
    assert sum(not pattern.needles for pattern in every) < len(every) / 50


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_whatever_matches_holds_a_needle(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(_all_patterns()))
    text = data.draw(st.from_regex(pattern.compiled))
    assert pattern.can_match(text), (pattern.compiled.pattern, pattern.needles)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_matches_is_not_ruled_out_with_the_others(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(_all_patterns()))
    text = data.draw(st.from_regex(pattern.compiled))
    assert pattern in _every().not_ruled_out(text)
    assert pattern in [possible for possible, _ in _every().possible(text)]


def test_of_most_texts_nearly_all_are_ruled_out() -> None:
    assert len(_every().not_ruled_out("Nos draps sèchent au vent du matin.")) < len(_all_patterns()) * 0.1


@pytest.mark.parametrize("language", KNOWN)
def test_figures_are_ruled_out_with_every_pattern_that_reads_them(language: str) -> None:
    known, data = measures(language), language_profile(language)
    fixed = [pattern for pattern, _ in (*known.fixed.patterns, *data.phrases.patterns)]
    read = {*known.halves, *known.shares, *known.clock, *fixed, *data.contacts.values()}
    assert read <= {pattern for pattern, _ in figures._tried(language).patterns}


@pytest.mark.parametrize(
    ("source", "needles"),
    [
        (r"\b(?:livr|envoi)\w+", ("envoi", "livr")),
        (r"\bprix (?:tres )?(?:bas|mini)", ("prix bas", "prix mini", "prix tres bas", "prix tres mini")),
        (r"\boffert(?:e|s|es)?\b", ("offert",)),
        (r"\d{1,2}[/.]\d", ("0.0", "0/0")),
        (r"\w[.]\w+/", ("/",)),
        (r"x{2,}y+z", ("xxy",)),
        (r"\d{7}", ("0000",)),
        (r"[a-z]+ ?% of", ("% of",)),
        (r"(?:a|b)?(?:c|)\w", ()),
        (r"\w+(?=x)|y", ("x", "y")),
        (r"\w+(?!x)|y", ()),
        (r"(?<=x)\w+", ()),
        (r"(?:ab)+", ("ab",)),
        (r"(?:ab)*c?", ()),
        (r"[^a]x", ("x",)),
    ],
)
def test_what_a_match_must_hold(source: str, needles: tuple[str, ...]) -> None:
    assert Pattern(source, re.IGNORECASE).needles == needles


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("neuf sur dix", True),
        ("trente jours sur deux", True),
        ("posée sur la table", False),
        ("neuf draps", False),
    ],
)
def test_a_text_must_hold_all_that_a_match_must_hold(text: str, *, possible: bool) -> None:
    assert Pattern(r"\b(?:neuf|deux|trente|\d) (?:\w+ )?sur (?:deux|dix|\d+)").can_match(text) is possible


@pytest.mark.parametrize("text", ["FIRST", "fırst", "fİrst", "firſt", "FIRST ٣", "irst"])
def test_case_is_read_as_re_reads_it(text: str) -> None:
    pattern = Pattern("first", re.IGNORECASE)
    assert bool(pattern.search(text)) is bool(pattern.compiled.search(text))
    assert pattern.can_match(text) is bool(pattern.compiled.search(text))


def test_digits_of_any_script_are_digits() -> None:
    assert Pattern(r"\d\d €").search("٣٤ €")
    assert [m.group() for m in Pattern(r"\d").finditer("1, ２")] == ["1", "２"]


def test_a_text_that_cannot_match_comes_back_as_it_is() -> None:
    assert Pattern("livr").sub("-", "rien") == "rien"
    assert Pattern("livr").sub("-", "livre") == "-e"
    assert list(Pattern("livr").finditer("rien")) == []


NUMERAL = r"(?:\d{1,3}|deux|trois|dix|vingt)"


def _found(pattern: re.Pattern[str] | Pattern, text: str) -> list[tuple[tuple[int, int], str]]:
    return [(match.span(), match.group()) for match in pattern.finditer(text)]


@pytest.mark.parametrize(
    "source",
    [
        rf"\b(?P<k>{NUMERAL}) sur (?P<n>{NUMERAL})\b",
        rf"{NUMERAL} sur {NUMERAL}(?! sur)",
        rf"(?<!sur ){NUMERAL} sur {NUMERAL}(?= (?:fois|ans)\b)",
        r"sur (?:\w{1,4} ){0,2}dix",
        r"(?>un|deux) sur",
        r"^dix sur",
        r"sur dix$",
        r"sur \w+",
        r"(?:sur )?dix|sur",
    ],
)
@given(
    st.lists(
        st.sampled_from(["deux", "sur", "dix", "3", "vingt", "fois", "ans", "un\n", ","]), max_size=80
    ).map(" ".join)
)
def test_what_is_tried_around_its_needles_finds_the_same(source: str, text: str) -> None:
    pattern = Pattern(source)
    assert _found(pattern, text) == _found(re.compile(source), text)
    first = re.search(source, text)
    assert (match := pattern.search(text)) == first or (match and first and match.span() == first.span())


def test_a_pattern_that_asks_for_the_end_or_for_any_length_is_tried_on_the_whole() -> None:
    made = {source: Pattern(source) for source in (r"sur dix", r"sur dix$", r"sur \w+", r"sur dix(?=.*!)")}
    assert [bool(p.compiled and p._around) for p in made.values()] == [True, False, False, False]


def test_nothing_is_compiled_for_a_text_that_cannot_match() -> None:
    pattern = Pattern("livr")
    assert not pattern.can_match("rien")
    assert pattern._compiled is None
    assert pattern.search("livre")
    assert pattern._compiled is not None


TEXTS = (
    "", "12", "Livré en 48 h, dès 49 €.", "The best sheets in the world: free delivery until Sunday!",
    "Toda la semana, las veinticuatro horas, media docena.", "Nachhaltig und klimaneutral, jeden Tag rund um die Uhr.",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_sieve_leaves_out_only_what_cannot_match_and_keeps_the_order(text: str) -> None:
    prefilter = Prefilter((pattern, number) for number, pattern in enumerate(_all_patterns()))
    assert list(prefilter.possible(text)) == [
        (p, n) for n, p in enumerate(_all_patterns()) if p.can_match(text)
    ]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_contact_is_overlooked_for_want_of_its_signs(data: st.DataObject) -> None:
    profile = language_profile("fr")
    pattern = data.draw(st.sampled_from([*profile.contacts.values()]))
    assert pattern in profile.contacts_for(data.draw(st.from_regex(pattern.compiled, fullmatch=True)))
    assert not profile.contacts_for("Une phrase sans adresse.")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_patterns_that_are_ruled_out_together_are_those_that_are_ruled_out_alone(data: st.DataObject) -> None:
    """Those with short needles too, such as the brackets of a placeholder."""
    tried = rule_pack(data.draw(st.sampled_from(PACKS)), "fr").prefilter
    chosen = data.draw(st.sampled_from([pattern for pattern, _ in tried.patterns]))
    text = data.draw(st.from_regex(chosen.compiled))
    assert [p for p, _ in tried.possible(text)] == [p for p, _ in tried.patterns if p.can_match(text)]
