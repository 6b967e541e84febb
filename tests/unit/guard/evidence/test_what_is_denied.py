"""Who denies what: negators and their reach, days, places and order of a fact told otherwise, on both sides."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.contradiction import (
    _at,
    _dates,
    _denies_nearby,
    _has,
    _keys,
    _named,
    _positions,
    _sentence_head,
    _shared,
    conflicts,
    numbered_calendar,
)
from inedit.guard.evidence.denial import (
    _alike,
    _carries,
    _count,
    _denied_too,
    _had,
    _is_article,
    _restricts,
    _root,
    _told,
    denies_fact,
)
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.polarity import clauses, denies_a_limit
from inedit.guard.nlp.text import words
from inedit.model import Span


def _negators(text: str, language: str) -> list[str]:
    return [clause.words[at].folded for clause in clauses(text, language) for at in clause.negators]


@pytest.mark.parametrize(
    ("language", "text", "negators"),
    [
        ("en", "We do not sew.", ["not"]),
        ("en", "We don't sew.", ["t"]),
        ("en", "A t shirt is sewn.", []),  # a letter is no denial
        ("en", "T shirts are sewn.", []),
        ("en", "Not only sheets are sewn.", []),
        ("en", "We sew not sheets only.", ["not"]),
        ("en", "It is not until Sunday that we sew.", []),
        ("en", "We have no 2 sheets alike.", []),
        ("en", "We have no sheets, not one.", ["no", "not"]),
        ("it", "Ne cuciamo due, né più né meno.", ["ne", "ne"]),
        ("it", "Non ne cuciamo.", ["non"]),
        ("fr", "Sans fil, pas de couture.", ["sans", "pas"]),
        ("fr", "Ce n’est pas seulement un drap.", []),
        ("de", "Keine 2 Gramm, kein Faden.", ["kein"]),
    ],
)
def test_which_words_deny(language: str, text: str, negators: list[str]) -> None:
    """Not where “only”, a number or “until” says otherwise; « ne » denies in Italian with its accent alone."""
    assert _negators(text, language) == negators


@pytest.mark.parametrize(
    ("text", "index", "whole", "parity"),
    [
        ("We do not sew one of these new sheets.", 3, False, (True, True)),
        ("We do not sew one of these new sheets.", 7, False, (True, True)),  # five words on
        ("We do not sew one of these new sheets.", 8, False, (False, False)),
        ("We do not sew one of these new sheets.", 8, True, (True, True)),
        ("We do not sew one of these new sheets.", 2, False, (False, False)),  # itself
        ("We do not sew one of these new sheets.", 1, False, (False, False)),  # before
        ("We do not sew one of these new sheets.", 1, True, (True, True)),
        ("We sew without thread in the house.", 3, False, (True, True)),
        ("We sew without thread in the house.", 1, True, (False, False)),  # it denies only what it leads
        ("Sheets have lost no thread.", 4, False, (False, True)),  # lost and denied: they have it
        ("Sheets have lost thread.", 3, False, (True, False)),
        ("Sheets have never lost not one.", 5, False, (False, True)),  # two negators deny once
    ],
)
def test_how_far_a_negator_reaches(text: str, index: int, whole: bool, parity: tuple[bool, bool]) -> None:
    """The five words behind it, or the whole clause; a verb of absence turns it round."""
    (clause,) = clauses(text, "en")
    assert clause.parity(index, whole=whole) == parity


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "We sew, but you wash.", ["We sew", "but you wash"]),
        ("en", "We sew; you wash: all is well.", ["We sew", "you wash", "all is well"]),
        ("en", "We sew 1,200 sheets.", ["We sew 1,200 sheets"]),
        ("en", "We (all of us) sew.", ["We", "all of us", "sew"]),
        ("en", "We sew – you wash.", ["We sew", "you wash"]),
        ("en", "Well-made sheets.", ["Well-made sheets"]),
    ],
)
def test_marks_and_but_end_a_clause(language: str, text: str, parts: list[str]) -> None:
    """A mark between digits or inside a word ends none."""
    assert [text[c.start : c.end] for c in clauses(text, language)] == parts


def test_a_clause_knows_whether_it_asks_and_what_else_denies() -> None:
    """By the mark that ends its sentence; “nobody” and « ne … plus » deny in other words."""
    asked, told = clauses("Do we sew? We sew.", "en")
    assert (asked.asked, told.asked) == (True, False)
    assert [c.asked for c in clauses("“Do we sew?” We sew.", "en")] == [True, False]
    nothing = {
        ("en", "Nobody sews."): True, ("en", "Somebody sews."): False, ("fr", "Elle ne coud plus."): True,
        ("fr", "Elle ne coud plus que cela."): True, ("fr", "Elle ne coud que plus tard."): False,
        ("fr", "Elle coud plus."): False, ("fr", "Plus elle ne coud."): False, ("fr", "Moi non plus."): True,
    }  # fmt: skip
    assert {key: clauses(key[1], key[0])[0].nothing for key in nothing} == nothing


@pytest.mark.parametrize(
    ("text", "absences"),
    [("It has lost thread.", 1), ("It lost and missed it.", 2), ("It has all thread.", 0), ("Los of it.", 0)],
)
def test_verbs_of_absence_are_counted(text: str, absences: int) -> None:
    """They have four letters at least."""
    assert clauses(text, "en")[0].absences == absences


@pytest.mark.parametrize(
    ("fact", "said", "limits"),
    [
        ("It weighs less than 2 grams.", "It does not reach 2 grams.", True),
        ("It weighs less than 2 grams.", "It does not reach 3 grams.", False),
        ("It weighs less than 2 grams.", "It does not weigh less than 2 grams.", False),
        ("It weighs 2 grams.", "It does not reach 2 grams.", False),
        ("It weighs more than 2 grams.", "It does not reach 2 grams.", False),
    ],
)
def test_a_limit_said_by_a_denial(fact: str, said: str, limits: bool) -> None:
    """« n’atteint pas 2 grammes » is less than two grams."""
    assert denies_a_limit(said, fact, "en") is limits


def test_the_calendar_has_months_before_days() -> None:
    """Months are 1 to 12, days 101 (Monday) to 107."""
    calendar = numbered_calendar("en")
    assert (calendar["january"], calendar["december"], calendar["monday"], calendar["sunday"]) == (
        1,
        12,
        101,
        107,
    )
    assert len(calendar) == 19


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "In May and on Mondays.", {5: "May", 101: "Mondays"}),
        ("en", "It may be monday.", {}),  # English writes them with a capital
        ("fr", "En mai, le lundi.", {5: "mai", 101: "lundi"}),
        ("de", "Am Sonntagabend im Mai.", {107: "Sonntagabend", 5: "Mai"}),
        ("de", "Die Maiglöckchen.", {}),  # only days are joined with another word
        ("en", "On Mondaynight.", {}),
        ("en", "In May, in May.", {5: "May"}),
    ],
)
def test_months_and_days_that_a_text_names(language: str, text: str, named: dict[int, str]) -> None:
    """With the first place of each; in German a day may be joined with a part of it."""
    found = _dates(text, language)
    assert {number: span.of(text) for number, span in found.items()} == named
    assert all(span.start == text.index(span.of(text)) for span in found.values())


@pytest.mark.parametrize(
    ("text", "start", "end", "head"),
    [
        ("We wash. We sew it.", 0, 3, 2),
        ("We wash, we sew it.", 0, 3, None),
        ("We wash. Rinse. We sew it.", 0, 4, 3),  # the nearest one
        ("We wash. We sew it.", 2, 3, None),
        ("We wash\nand sew.", 1, 3, 2),
    ],
)
def test_where_a_later_sentence_begins(text: str, start: int, end: int, head: int | None) -> None:
    """The first word of the sentence of the later word, where the earlier one stands before it."""
    assert _sentence_head(text, words(text), start, end) == head


def test_where_a_phrase_stands() -> None:
    """Every place, whatever the form of its words, and none past the end."""
    assert _positions("Wash the sheet, then wash the sheets.", "wash sheet", "en") == []
    assert _positions("Wash the sheet, then wash the sheets.", "the sheet", "en") == [1, 5]
    assert _positions("sheet", "the sheet", "en") == []
    assert _positions("the sheet", "the sheet", "en") == [0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We sew in Lyon.", [("in", "Lyon")]),
        ("We sew in lyon.", []),
        ("We sew in May.", []),
        ("We sew on Mondays in Lyon.", [("in", "Lyon")]),
        ("We sew in La.", []),  # two letters
        ("We sew for Lyon.", []),
    ],
)
def test_names_behind_a_preposition_of_place(text: str, named: list[tuple[str, str]]) -> None:
    """A capital of three letters or more; months and days are no places."""
    assert [(preposition, word.text) for preposition, word in _named(text, "en")] == named


def test_the_words_that_carry_a_fact() -> None:
    """Those of its evidence first; of the others those of four letters and more, each once, without numbers."""
    fact = Fact("f", "insight", "In 1998 the sheet wore out at its end, the sheet of 2011.", "en")
    named, rest = _keys(fact, "en", ["the sheet", "1998"])
    assert named == ("sheet",)
    assert rest == ("wore",)
    assert _keys(fact, "en", [])[1] == ("sheet", "wore")


def test_a_word_of_four_letters_may_begin_another_one() -> None:
    """« cous » of “cousins”; three letters have to be the word."""
    (clause,) = clauses("We sewed seams and saw sawdust.", "en")
    assert (_has(clause, "seam"), _has(clause, "saw"), _has(clause, "sawd"), _has(clause, "awdu")) == (
        True,
        True,
        True,
        False,
    )
    assert (_at(clause, "sawd"), _at(clause, "saw"), _at(clause, "sew")) == ([5], [4], [1])
    assert _at(clause, "none") == []
    assert (_shared(clause, ["sawd", "saw", "none"]), _shared(clause, ["awdu"]), _shared(clause, [])) == (
        2,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("text", "which", "denies"),
    [
        ("No one, two, three, four.", 0, True),
        ("No one, two, three, four.", 2, True),  # two clauses on
        ("No one, two, three, four.", 3, False),
        ("One, two, three, no four.", 1, True),
        ("One, two, three, no four.", 0, False),
        ("One, two, nobody, four.", 2, True),
        ("One, two, nobody, four.", 1, False),  # “nobody” is of its own clause
        ("One, two, three, all lost.", 1, True),
    ],
)
def test_a_denial_nearby(text: str, which: int, denies: bool) -> None:
    """In the clause or one of the two on either side."""
    listed = clauses(text, "en")
    assert _denies_nearby(listed[which], listed) is denies


def _how(
    fact: str, text: str, language: str = "en", *, evidence: tuple[str, ...] = (), **more: object
) -> list[str]:
    told = Fact("f", "insight", fact, language)
    found = conflicts(text, (Span(0, len(text)),), told, language, evidence, **more)  # type: ignore[arg-type]
    return [f"{each.span.of(text)}: {each.how}" for each in found]


@pytest.mark.parametrize(
    ("fact", "text", "how"),
    [
        ("It is dry in two hours.", "It is dry in three hours.", ["three hours: it says two hours"]),
        ("It is dry in two hours.", "It is dry in 120 minutes.", []),
        ("It is dry in two hours.", "Three hours, no, two hours until it is dry.", []),
        ("It is dry in two hours.", "It takes three bags to be dry.", []),
        ("It takes two bags.", "It takes three bags.", ["three: it says two"]),
        ("It takes two bags.", "It takes three cups.", []),
        ("It dries at 6 °C, then at 16 °C.", "It dries at 16 °C.", []),
        ("It dries at 6 °C, then at 16 °C.", "It dries at 17 °C.", ["17 °C: it says 6 °C"]),
    ],
)
def test_another_figure_of_the_same_measure_and_thing(fact: str, text: str, how: list[str]) -> None:
    """Where the fact's own stands nowhere in the text; counts count the same."""
    assert _how(fact, text) == how


@pytest.mark.parametrize(
    ("fact", "text", "how"),
    [
        ("We sow in May.", "We sow in June.", ["June: it says May"]),
        ("We sow in May.", "We sow in June, not in May.", []),
        ("We sow in May.", "We sow on Monday.", []),
        ("We sow on Monday.", "We sow on Tuesday.", ["Tuesday: it says Monday"]),
        ("We sow in spring.", "We sow in June.", []),
        ("We sow in May. All is well.", "All is well. We sow in June.", ["June: it says May"]),
    ],
)
def test_another_month_or_day(fact: str, text: str, how: list[str]) -> None:
    """Months are held against months, days against days, where the fact's own is not named."""
    assert _how(fact, text) == how


@pytest.mark.parametrize(
    ("fact", "text", "names", "how"),
    [
        ("A dog lives in Lyon.", "A dog lives in Metz.", (), ["Metz: it says Lyon"]),
        ("A dog lives in Lyon.", "A dog lives in Metz.", ("metz",), []),
        ("A dog lives in Lyon.", "A dog of Lyon lives in Metz.", (), []),
        ("A dog lives in Lyon.", "A dog lives at Metz.", (), []),
        ("A dog of Metz lives in Lyon.", "A dog lives in Metz.", (), []),
        ("A dog lives here.", "A dog lives in Metz.", (), []),
    ],
)
def test_another_place_behind_the_same_preposition(
    fact: str, text: str, names: tuple[str, ...], how: list[str]
) -> None:
    """Its own being nowhere in the text, and the other one no name that the brand's facts bring along."""
    assert _how(fact, text, names=names) == how


def test_german_capitals_are_no_places() -> None:
    """Every noun has one."""
    assert _how("Ein Hund lebt in Lyon.", "Ein Hund lebt in Metz.", "de") == []


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("Rinse it first, then soak.", False),
        ("Soak it, then rinse.", True),
        ("First soak it, and rinse.", True),
        ("Soak it and rinse.", False),  # says nothing of the order
        ("Soak it. Rinse well.", False),
        ("Soak it. Then rinse well.", True),
        ("Then soak it. Rinse well.", False),  # the second sentence has to say so
        ("Soak it well.", False),
    ],
)
def test_two_things_in_the_other_order(text: str, turned: bool) -> None:
    """Where the fact says which comes first, and the text that the other one does."""
    found = _how("Rinse it first, then soak it.", text, evidence=("rinse", "soak"))
    assert any("turns the order round" in how for how in found) is turned


def test_a_fact_without_an_order_has_none_to_turn() -> None:
    """Two things side by side."""
    found = _how("Rinse it and soak it.", "Soak it, then rinse.", evidence=("rinse", "soak"))
    assert not any("turns the order round" in how for how in found)


def test_nothing_conflicts_with_a_fact_that_is_not_told_or_not_in_its_language() -> None:
    """Without a passage that speaks of it, or in another language."""
    fact = Fact("f", "insight", "We sow in May.", "en")
    text = "We sow in June."
    assert conflicts(text, (Span(0, 15),), fact, "en", ())
    assert not conflicts(text, (), fact, "en", ())
    assert not conflicts(text, (Span(0, 15),), fact._replace(language="fr"), "en", ())
    assert conflicts(text, (Span(0, 15),), fact, "en-GB", ())


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("macht", "machte", True),
        ("mach", "macht", True),
        ("mac", "macht", False),  # four letters at least
        ("maschine", "masten", False),
        ("sew", "sew", True),
        ("stoffrest", "stoffbahn", False),
        ("abcdefghij", "abcdefgxyz", True),  # seven of ten
        ("abcdefghij", "abcdefxxyz", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, alike: bool) -> None:
    """Seven tenths of the shorter one, and four letters at least."""
    assert _alike(one, other) is _alike(other, one) is alike
    assert _count([one], [other]) == int(alike)


def test_what_carries_a_denial() -> None:
    """Words of content of three letters and more that are no negators and stress nothing."""
    carried = [w.folded for w in words("We never even saw an ox sew seams") if _carries(w, "en")]
    assert carried == ["saw", "sew", "seams"]


def test_a_german_participle_is_read_as_its_verb() -> None:
    """„gemacht“ as „macht“; a noun and a short word keep their beginning."""
    listed = {w.text: _root(w, "de") for w in words("gemachten Gewebes geben")}
    assert listed["gemachten"].startswith("mach")
    assert listed["Gewebes"].startswith("geweb")
    assert listed["geben"].startswith("geb")


def test_the_words_of_each_clause_of_a_fact() -> None:
    """Clauses without any are left out; a fact without any has one that is empty."""
    assert _told("We sew sheets, and so on, by hand.", "en") == (("sew", "sheet"), ("hand",))
    assert _told("And so it is.", "en") == ((),)


@pytest.mark.parametrize(
    ("fact", "sought", "denied"),
    [
        ("It has no cover.", "cover", True),
        ("It has a cover.", "cover", False),
        ("It has no old and worn or torn blue cover.", "cover", False),  # out of reach
        ("The cover is not.", "cover", True),  # the last word before a denial that ends its clause
        ("No sheet, one cover.", "cover", False),
    ],
)
def test_a_word_that_a_fact_denies_too(fact: str, sought: str, denied: bool) -> None:
    """Within reach behind a negator, or right before one that ends the clause."""
    assert _denied_too(sought, fact, "en") is denied


@pytest.mark.parametrize(
    ("fact", "had"),
    [
        ("We darn with blue thread.", True),
        ("We darn with a very thin blue thread.", False),  # four words on
        ("We darn a thread.", False),
        ("With a needle, we darn thread.", False),
    ],
)
def test_what_comes_along_by_a_fact(fact: str, had: bool) -> None:
    """« avec du fil bleu »: at most three words behind “with”."""
    assert _had(words("thread")[0], fact, "en") is had


@pytest.mark.parametrize(
    ("text", "restricts"),
    [
        ("Kein Geschenk, bei dem jemand aufspringt.", True),
        ("Kein Geschenk, das jemand kauft.", True),
        ("Kein Geschenk, um damit anzugeben.", True),
        ("Kein Geschenk, um damit angab.", False),
        ("Kein Geschenk, das ist gelogen.", False),  # says something else
        ("Kein Geschenk, sie kauft nichts.", False),
        ("Kein Geschenk, das kauft.", False),  # too short
        ("Ein Geschenk, das jemand kauft.", False),
        ("Kein Geschenk hier, das jemand kauft.", False),  # the clause ends with another word
        ("Kein Geschenk, das keiner kauft.", False),
    ],
)
def test_a_relative_clause_says_which_noun_is_denied(text: str, restricts: bool) -> None:
    """Behind a noun that „kein“ denies, led by a relative, its verb at the end."""
    first, second = clauses(text, "de")[:2]
    assert _restricts(second, first) is restricts


def test_la_behind_a_denial_is_an_article_before_another_word() -> None:
    """« ne fixe pas la tache », not « n'est pas là »."""
    for text, article in (
        ("Il ne fixe pas la tache.", True),
        ("Il n'est pas là.", False),
        ("Il n'est pas la.", False),
    ):
        (clause,) = clauses(text, "fr")
        at = next(i for i in clause.negators if clause.words[i].folded == "pas")
        assert _is_article(clause, at) is article


@pytest.mark.parametrize(
    ("language", "fact", "said", "denies"),
    [
        ("fr", "L'eau chaude fixe la tache de vin.", "L'eau chaude n'enlève pas le vin.", False),
        ("fr", "L'eau chaude fixe la tache de vin.", "L'eau chaude ne fixe pas le vin.", True),
        (
            "fr",
            "L'eau froide enlève le vin, l'eau chaude fixe la tache.",
            "Jamais d'eau chaude sur une tache.",
            False,
        ),
        ("en", "A sheet wears out first at the feet.", "A sheet never wears out at the feet.", True),
        (
            "en",
            "A sheet wears out first at the feet.",
            "A sheet never wears out at the hem of a blue old bed.",
            False,
        ),
        ("en", "A sheet wears out first at the feet.", "No sheets.", False),  # without a verb it forbids
        ("en", "A sheet wears out first at the feet.", "A sheet is not here at the feet.", False),
        ("en", "A sheet never wears out at the feet.", "A sheet does not wear out at the feet.", False),
        ("en", "A sheet is darned with blue thread.", "A sheet is darned without blue thread.", True),
        ("en", "A sheet is darned in blue thread.", "A sheet is darned without blue thread.", False),
    ],
)
def test_what_a_denial_has_to_be_to_deny_a_fact(language: str, fact: str, said: str, denies: bool) -> None:
    """Of the fact's words, little else new, and of what the fact says."""
    assert denies_fact(said, fact, language) is denies
