"""Words and marks read one rule at a time: places in a text, dates, forms, compounds, scripts, on both sides."""

from __future__ import annotations

import re

import pytest

from inedit.guard.nlp.characters import (
    as_read,
    homoglyphs,
    invisible_runs,
    is_plain,
    part_of_emoji,
    without_invisible,
)
from inedit.guard.nlp.commands import _FR_CLITIC, READERS, clause_at
from inedit.guard.nlp.dates import month_names
from inedit.guard.nlp.identification import (
    _dialect,
    _is_plain,
    foreign_runs,
    function_words,
    log_likelihoods,
    other_language,
    stock_phrase,
    two_words,
)
from inedit.guard.nlp.inflection import _compounds, forms, inflected
from inedit.guard.nlp.measures import _either, _labels, _magnitudes, _per, ordinal_value
from inedit.guard.nlp.needles import caseless, needles_of, telling, width_of
from inedit.guard.nlp.occurrences import occurrences
from inedit.guard.nlp.places import countries, excludes_a_country
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import (
    excerpt,
    fold,
    plain,
    run_span,
    sentence_at,
    sentences,
    shared_runs,
    spaced_runs,
    stem,
    words,
    words_in,
)
from inedit.guard.nlp.verb_forms import verbs
from inedit.model import Span

# places in a text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L’été à 10\u202f%", "L'ete a 10 %"), ("Œuvre", "Ouvre"), ("CO₂", "CO2"), ("m²", "m²"),
        ("12½", "12½"), ("a\tb\rc", "a b c"), ("a\nb", "a\nb"), ("straße", "strase"), ("5 € ★", "5 € ★"),
        ("Łódź", "Lodz"), ("a·b", "a.b"), ("a\u2011b", "a-b"),
    ],
)  # fmt: skip
def test_plain_letters_keep_their_place(written: str, read: str) -> None:
    """One for one: a span of the one is a span of the other."""
    assert plain(written) == read
    assert len(fold(written)) == len(written)


def test_fold_keeps_the_length_of_letters_that_grow() -> None:
    """« İ » has two letters in lower case."""
    assert len(fold("İstanbul")) == 8
    assert fold("İstanbul")[1:] == "stanbul"


def test_the_words_that_begin_in_a_passage() -> None:
    """From its first character on, up to its end and no further."""
    text = "one two three"
    assert [w.text for w in words_in(text, Span(4, 8))] == ["two"]
    assert [w.text for w in words_in(text, Span(4, 9))] == ["two", "three"]
    assert [w.text for w in words_in(text, Span(5, 8))] == []
    assert [w.text for w in words_in(text, Span(0, 4))] == ["one"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We sew. You wash.", ["We sew.", "You wash."]),
        ("We sew.You wash.", ["We sew.You wash."]),
        ("We sew… You wash!", ["We sew…", "You wash!"]),
        ("We sew?! You wash.", ["We sew?!", "You wash."]),
        ("“We sew.” You wash.", ["“We sew.”", "You wash."]),
        ("« On coud. » Vous lavez.", ["« On coud. »", "Vous lavez."]),
        ("We sew\n\nYou wash", ["We sew", "You wash"]),
        ("  We sew.  ", ["We sew."]),
        ("Am 30. Juni nähen wir.", ["Am 30. Juni nähen wir."]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    """At a mark before a space or at a line's end; spaces at either end are of none."""
    assert [span.of(text) for span in sentences(text)] == parts


def test_the_sentence_at_a_place() -> None:
    """Its first character is in it, the one behind it is not; between sentences it is the whole text."""
    text = "We sew.  You wash."
    assert sentence_at(text, 0) == Span(0, 7)
    assert sentence_at(text, 6) == Span(0, 7)
    assert sentence_at(text, 7) == Span(0, 18)
    assert sentence_at(text, 9) == Span(9, 18)


@pytest.mark.parametrize(
    ("text", "other", "shortest", "runs"),
    [
        ("a b c d", "x b c y", 2, [(1, 3)]),
        ("a b c d", "x b c y", 3, []),
        ("a b c d", "a b c d", 2, [(0, 4)]),
        ("a b x c d", "a b y c d", 2, [(0, 2), (3, 5)]),
        ("a b", "a b", 3, []),
        ("a b c", "b c a b", 2, [(0, 3)]),
    ],
)
def test_runs_of_words_that_two_texts_share(
    text: str, other: str, shortest: int, runs: list[tuple[int, int]]
) -> None:
    """As long as they go, from the first word to behind the last one."""
    assert list(shared_runs(text, other, shortest)) == runs
    padded = f"{other} {'z ' * 600}"
    assert list(shared_runs(text, padded, shortest)) == runs


def test_runs_and_their_places() -> None:
    """Every run of a length, and the characters of one."""
    assert spaced_runs("a b c", 2) == ("a b", "b c")
    assert spaced_runs("a", 2) == ()
    assert run_span("aa bb cc", (1, 3)) == Span(3, 8)


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [("a b", 3, "a b"), ("a bc", 3, "a…"), ("a,  b", 4, "a, b"), ("aa, bb", 5, "aa…"), ("abcd", 3, "abc…")],
)
def test_an_excerpt_is_cut_at_a_word(text: str, limit: int, shown: str) -> None:
    """On one line, without the comma before the cut."""
    assert excerpt(text, limit) == shown


def test_stems_are_folded_and_other_languages_have_none() -> None:
    """A word of a language without a stemmer is its own."""
    assert stem("Sheets", "en-GB") == "sheet"
    assert stem("Été", "fr").isascii()
    assert stem("Lençóis", "pt") == "lencois"


# dates and what stands around a figure


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en-US", "06/07/2026", (607, "date", 2026)), ("en", "06/07/2026", (706, "date", 2026)),
        ("en", "06/13/2026", (613, "date", 2026)), ("en", "13/06/2026", (613, "date", 2026)),
        ("en", "12/12/2026", (1212, "date", 2026)), ("en", "2026-06-30", (630, "date", 2026)),
        ("fr", "30/06/26", (630, "date", 2026)), ("fr", "30/06", (630, "date", None)),
        ("de", "am 5.6.", (605, "date", None)), ("fr", "30 juin 2026", (630, "date", 2026)),
        ("en", "June 30, 2026", (630, "date", 2026)), ("en", "June 2026", (202606, "month", None)),
        ("fr", "le premier septembre", (901, "date", None)), ("fr", "avant fin juillet", (7, "deadline", None)),
        ("en", "by July", (7, "deadline", None)), ("en", "by may", None),
        ("en", "the 1960s", (1960, "year", None)), ("fr", "au XIXe siècle", (19, "century", None)),
        ("en", "at 6.30 pm", (1110, "time", None)), ("en", "at 12 am", (720, "time", None)),
        ("en", "at 12 pm", (720, "time", None)), ("fr", "à 18 h 05", (1085, "time", None)),
        ("de", "um 7.45 Uhr", (465, "time", None)), ("en", "24:00", (1440, "time", None)), ("en", "25:00", None),
    ],
)  # fmt: skip
def test_days_months_and_hours(language: str, text: str, read: tuple[int, str, int | None] | None) -> None:
    """As each language writes them; only one reading is left of a month above twelve."""
    found = [
        (int(q.value), q.dimension, q.year) for q in find_quantities(text, language) if q.dimension != "count"
    ]
    assert found == ([read] if read else [])


def test_the_names_of_a_month() -> None:
    """In full and short, and none of another one."""
    assert {"june", "jun"} <= month_names(6, "en")
    assert "july" not in month_names(6, "en")
    assert not month_names(13, "en")


@pytest.mark.parametrize(
    ("language", "text", "counted", "approximate"),
    [
        ("en", "12 sheets", "sheet", ""), ("en", "12 of our sheets", "", ""), ("en", "12, sheets", "", ""),
        ("en", "12 and sheets", "", ""), ("fr", "12 de draps", "drap", ""), ("fr", "12 de nos draps", "", ""),
        ("fr", "388 suffisent", "", ""),
        ("de", "12 Laken", "lak", ""), ("de", "12 näht sie", "", ""),
        ("en", "more than 12 sheets", "sheet", "over"), ("en", "less than 12 sheets", "sheet", "under"),
        ("en", "about 12 sheets", "sheet", "about"), ("fr", "dès 12 draps", "drap", "from"),
        ("en", "12 sheets at most", "sheet", "under"), ("en", "12 or more", "", "over"),
        ("en", "12 sheets or more", "sheet", "over"),
    ],
)  # fmt: skip
def test_what_a_number_counts_and_how_far_it_is_loosened(
    language: str, text: str, counted: str, approximate: str
) -> None:
    """The noun right behind it; a word right before or behind it, or behind what it counts."""
    (found,) = find_quantities(text, language)
    assert (found.counted, found.approximate) == (counted, approximate)


def test_the_words_around_a_figure_are_those_of_its_sentence() -> None:
    """Nearest first, those behind it before those ahead, without small words and digits."""
    (found,) = find_quantities(
        "Dogs bark. Our old sheets of linen weigh 12 kg dry, clean, soft, fresh, new. Cats.", "en"
    )
    assert found.nouns == ("dri", "clean", "soft", "fresh", "weigh", "linen", "sheet")
    assert found.sentence == "Our old sheets of linen weigh 12 kg dry, clean, soft, fresh, new."
    assert found.has_left_context
    assert not find_quantities("Dogs bark. 12 kg.", "en")[0].has_left_context


# forms and compounds


@pytest.mark.parametrize(
    ("word", "language", "form", "is_one"),
    [
        ("ass", "en", "asss", True), ("ass", "en", "asses", False), ("cheap", "en", "cheapest", True),
        ("sustainable", "en", "sustain", False), ("billig", "de", "billigen", True),
        ("billig", "de", "billigung", False),
    ],
)  # fmt: skip
def test_the_forms_of_a_word(word: str, language: str, form: str, is_one: bool) -> None:
    """Its endings and no other word of its root; three letters have a plural at most."""
    assert (form in forms(word, language)) is is_one
    assert word in forms(word, language)


@pytest.mark.parametrize(
    ("word", "term", "inside"),
    [
        ("luxusrad", "luxus", True), ("luxus", "luxus", False), ("luxusra", "luxus", False),
        ("komplettlosung", "lösung", True), ("auflosung", "lösung", False), ("ablosung", "lösung", False),
        ("radrad", "rad", False),
    ],
)  # fmt: skip
def test_terms_inside_german_compounds(word: str, term: str, inside: bool) -> None:
    """Of five letters and more, with three left of the other half, which is no mere prefix."""
    assert list(_compounds(word, (term,))) == ([0] if inside else [])


@pytest.mark.parametrize(
    ("language", "text", "terms", "found"),
    [
        ("en", "The cheapest of all.", ("cheap",), [(0, "cheapest", False)]),
        ("fr", "Ne cherchez pas, cher ami.", ("pas cher",), []),
        ("fr", "Ce n'est pas cher.", ("pas cher",), [(0, "pas cher", False)]),
        ("fr", "Un drap écoresponsable.", ("éco-responsable",), [(0, "écoresponsable", False)]),
        ("fr", "Un drap éco-responsable.", ("éco-responsable",), [(0, "éco-responsable", False)]),
        ("de", "Sie billigen das.", ("billig",), []),
        ("de", "Die billigen Laken.", ("billig",), [(0, "billigen", False)]),
        ("de", "Ein Luxusrad.", ("Luxus",), [(0, "Luxusrad", True)]),
        ("en", "Not pas.", ("pas cher",), []),
        ("en", "First cheap, then free.", ("free", "cheap"), [(1, "cheap", False), (0, "free", False)]),
    ],
)
def test_where_terms_stand(
    language: str, text: str, terms: tuple[str, ...], found: list[tuple[int, str, bool]]
) -> None:
    """In any inflection, its words side by side; in German inside compounds, and as an adjective before its noun."""
    assert [
        (which, span.of(text), inside) for which, span, inside in inflected(text, terms, language)
    ] == found


@pytest.mark.parametrize(
    ("language", "text", "term", "found"),
    [
        ("en", "Two sheets.", "sheet", ["sheets"]), ("en", "Two shelves.", "sheet", []),
        ("fr", "Un poele chaud.", "poêle", ["poele"]),
        ("en", "The old sheets.", "old sheet", ["old sheets"]), ("en", "The sheets, old.", "old sheet", []),
        ("fr", "Passe, pas.", "pas", ["pas"]), ("en", "Two sheets.", "", []),
    ],
)  # fmt: skip
def test_a_term_as_whole_words(language: str, text: str, term: str, found: list[str]) -> None:
    """Whatever its inflection and accents; of three letters, as it is."""
    assert [span.of(text) for span in occurrences(text, term, language)] == found


# orders to the reader


def _way(
    language: str, sentence: str, *, question: bool = False, leads: bool = True, head: bool = True
) -> object:
    clause = clause_at(sentence, 0, question=question, leads=leads, head=head)
    assert clause is not None
    return READERS[language](clause, verbs(language))


@pytest.mark.parametrize(
    ("language", "sentence", "way"),
    [
        ("fr", "Lave le drap.", ("familiar", True)),
        ("fr", "Ne lavez pas le drap.", ("formal", True)), ("fr", "Ne lave pas le drap.", ("familiar", True)),
        ("fr", "Ne pas laver.", None), ("fr", "Faites confiance au lin.", ("formal", True)),
        ("fr", "Faites à la main.", None), ("fr", "Lave-le.", ("familiar", True)), ("fr", "Lave-linge.", None),
        ("fr", "Marche et rêve.", None), ("fr", "Marche la nuit.", ("familiar", True)),
        ("fr", "Marche : deux.", None),
        ("fr", "Dites-lui.", ("formal", True)), ("fr", "Le drap.", None),
        ("de", "Nimm das Laken.", ("familiar", True)), ("de", "Nehmt das Laken.", ("familiar", True)),
        ("de", "Sei es drum.", None), ("de", "Sei still.", ("familiar", True)), ("de", "Das Laken.", None),
        ("de", "Wasche das Laken.", ("familiar", True)),
        ("es", "Lava la sábana.", ("familiar", True)), ("es", "Lave la sábana.", ("formal", True)),
        ("es", "No laves la sábana.", ("familiar", True)), ("es", "Suscríbete hoy.", ("familiar", True)),
        ("es", "Pregúntele hoy.", ("formal", True)), ("es", "Lavad la sábana.", ("familiar", True)),
        ("es", "Venga, vamos.", None), ("es", "Lava: dos.", None),
        ("it", "Lava il lenzuolo.", ("familiar", True)), ("it", "Non lavare il lenzuolo.", ("familiar", True)),
        ("it", "Non lavo il lenzuolo.", None), ("it", "Goditi la vista.", ("familiar", True)),
        ("it", "Lavate il lenzuolo.", ("plural", True)), ("it", "Venite qui.", ("plural", True)),
        ("it", "Lavi il lenzuolo.", ("formal", True)), ("it", "Sei qui.", None),
    ],
)  # fmt: skip
def test_a_verb_at_the_head_speaks_to_the_reader(language: str, sentence: str, way: object) -> None:
    """In one way or to nobody."""
    assert _way(language, sentence) == way


@pytest.mark.parametrize(
    ("after", "clitic"),
    [
        ("-le", True),
        ("-toi", True),
        ("-linge", False),
        ("-l", False),
        ("-y", True),
        ("-m'en", True),
        (" le", False),
    ],
)
def test_french_pronouns_behind_a_verb(after: str, clitic: bool) -> None:
    """« lave-le », not « lave-linge »."""
    assert bool(_FR_CLITIC.match(after)) is clitic


def test_the_words_behind_the_first_one() -> None:
    """Three at most; none where a comma or a stop comes first."""
    clause = clause_at("Lave le grand drap blanc.", 0, question=False, leads=True, head=True)
    assert clause is not None
    assert (clause.word, clause.following, clause.next) == ("lave", ("le", "grand", "drap"), "le")
    comma = clause_at("Lave, le drap.", 0, question=False, leads=True, head=True)
    assert comma is not None
    assert comma.next == ""
    assert clause_at("12 draps.", 0, question=False, leads=True, head=True) is None


# countries


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "Made in Portugal.", ["PT"]), ("en", "Made in portugal.", []), ("en", "German linen.", ["DE"]),
        ("fr", "Du lin français.", ["FR"]), ("fr", "Les Français cousent.", []), ("de", "Frankreichs Lein.", ["FR"]),
        ("en", "Romance and monaco.", []), ("fr", "Du lin de France.", ["FR"]),
    ],
)  # fmt: skip
def test_countries_and_what_comes_from_them(language: str, text: str, codes: list[str]) -> None:
    """By name with a capital, or by the word for their goods."""
    assert [code for code, _ in countries(text, language)] == codes


@pytest.mark.parametrize(
    ("text", "excludes"),
    [
        ("Hors de France.", True),
        ("Hors de la France.", True),
        ("En France.", False),
        ("Hors de la vieille France.", False),
    ],
)
def test_every_country_but_one(text: str, excludes: bool) -> None:
    """« hors de France »: the country is the first word behind, small ones apart."""
    assert excludes_a_country(text, "fr") is excludes


# scripts and what is not seen


def test_what_a_reader_sees() -> None:
    """Without invisible characters, with composed accents and plain letters for their look-alikes."""
    assert as_read("pr\u0435m\u200bium").text == "premium"
    assert as_read("e\u0301te\u0301").text == "été"
    assert as_read("\U0001d41a\U0001d41b").text == "ab"
    assert as_read("x\u0301").text == "x\u0301"  # nothing composed of both
    seen = as_read("a\u200bb")
    assert [seen.written(Span(at, at + 1)) for at in range(2)] == [Span(0, 1), Span(2, 3)]
    assert seen.written(Span(1, 1)) == Span(2, 2)
    assert seen.written(Span(2, 2)) == Span(2, 2)
    assert as_read("").written(Span(0, 0)) == Span(0, 0)


@pytest.mark.parametrize(
    ("text", "plain_text"),
    [("Été à Lyon", True), ("a\u200bb", False), ("\u0435", False), ("e\u0301", False), ("日", False)],
)
def test_a_plain_text(text: str, plain_text: bool) -> None:
    """Nothing that is read otherwise than it is written."""
    assert is_plain(text) is plain_text


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a\u200bb", [(1, 2)]), ("a\u200b\u200cb", [(1, 3)]), ("❤\ufe0f", []), ("❤\ufe0f\u200b", [(2, 3)]),
        ("a\ufe0f", [(1, 2)]), ("👩\u200d🚀", []), ("👩\u200dx", [(1, 2)]), ("x\u200d🚀", [(1, 2)]),
        ("👩🏽\u200d🚀", []), ("🏴\U000e0067\U000e007f", []), ("a\U000e0067", [(1, 2)]), ("1\ufe0f\u20e3", []),
    ],
)  # fmt: skip
def test_invisible_characters_that_belong_to_no_emoji(text: str, runs: list[tuple[int, int]]) -> None:
    """Joiners between emoji, signs of how one is drawn and the tags of flags stay."""
    assert [(span.start, span.end) for span in invisible_runs(text)] == runs
    hidden = {at for start, end in runs for at in range(start, end)}
    assert without_invisible(text) == "".join(c for at, c in enumerate(text) if at not in hidden)


def test_the_first_character_is_behind_no_emoji() -> None:
    """Nothing stands before it."""
    assert not part_of_emoji("\ufe0f❤", 0)
    assert not part_of_emoji("\u200d🚀", 0)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("pr\u0435mium", [(0, 7)]),
        ("the \u0435\u0440 is", [(4, 6)]),  # all of it, in a text that is Latin
        ("the \u0435 is", []),  # one letter may be a letter
        ("\u041f\u0440\u0438\u0432\u0435\u0442", []),  # a word of its own language
        ("the \u0436\u0435 is", []),  # a letter that looks like none
        ("premium", []),
    ],
)
def test_letters_that_pass_for_latin_ones(text: str, places: list[tuple[int, int]]) -> None:
    """In a word with Latin letters, or throughout a word of a Latin text."""
    assert [(span.start, span.end) for span in homoglyphs(text)] == places


# which language


@pytest.mark.parametrize(
    ("text", "expected", "other"),
    [
        ("We wash the sheets every morning before the guests come", "fr", "en"),
        ("On lave les draps chaque matin avant que les clients arrivent", "fr", ""),
        ("Lavamos as toalhas todas as manhãs antes que os hóspedes cheguem", "es", "pt"),
        ("We wash", "fr", ""),  # two words carry no evidence
        ("We wash the sheets", "xx", ""),
    ],
)
def test_the_other_language_that_a_passage_is_in(text: str, expected: str, other: str) -> None:
    """One of the brand's, or any other; nothing of two words, nor beside a language that nobody knows."""
    assert other_language(words(text), expected, ("en", "fr", "es")) == other


def test_two_words_and_stock_phrases_of_another_language() -> None:
    """“Free shipping” in French copy, „Read more“, not in English copy."""
    assert (two_words("Free shipping", "fr"), two_words("Free shipping", "en")) == ("en", "")
    assert two_words("Le lin", "fr") == ""
    assert (
        stock_phrase("Read more", "fr"),
        stock_phrase("Read more", "en"),
        stock_phrase("Read linen", "fr"),
    ) == ("en", "", "")
    assert stock_phrase("", "fr") == ""


def test_a_passage_that_changes_into_another_language_and_back() -> None:
    """Of four words and more, with a small word of it; names and figures apart."""
    sentence = "Le drap, we have washed it for you, repart demain."
    ((span, code),) = foreign_runs(sentence, "fr", ("en", "fr"))
    assert (span.of(sentence), code) == ("we have washed it for", "en")
    assert foreign_runs("Le drap lavé repart demain chez vous.", "fr", ("en", "fr")) == ()
    assert foreign_runs(sentence, "fr", ("en",)) == ()
    assert foreign_runs(sentence, "xx", ("en", "xx")) == ()
    assert (
        foreign_runs(sentence, "fr", ("en", "fr"), frozenset({"we", "have", "washed", "it", "for", "you"}))
        == ()
    )


@pytest.mark.parametrize(
    ("sentence", "is_plain_run"),
    [
        ("one two three", True),
        ("one Two three", True),
        ("One Two three", False),
        ("one. two", False),
        ("one, two", True),
        ("one (two)", True),
    ],
)
def test_a_run_with_small_marks_and_one_capital(sentence: str, is_plain_run: bool) -> None:
    """Two capitals may be a name, a stop ends a sentence."""
    assert _is_plain(sentence, list(words(sentence))) is is_plain_run


def test_function_words_of_one_language_and_not_of_another() -> None:
    """And none of a language without a list."""
    assert function_words("en", "fr", ["the", "drap", "the"]) == 2
    assert function_words("fr", "en", ["the", "drap"]) == 0
    assert function_words("xx", "en", ["the"]) == 0
    assert function_words("en", "xx", ["the"]) == 1
    assert log_likelihoods([], ("en", "fr")) == {"en": 0.0, "fr": 0.0}
    english = log_likelihoods(words("the sheets of the house"), ("en", "fr"))
    assert english["en"] > english["fr"]
    assert log_likelihoods(words("THE SHEETS OF THE HOUSE"), ("en", "fr")) == english


def test_a_dialect_needs_two_of_its_words_and_one_in_six() -> None:
    """Swiss German in German."""
    said = ["mir", "hend", "nöd", "isch", "öppis", "chli"]
    known = [word for word in said if _dialect([word, word], "de") == "" and _dialect([word, "isch"], "de")]
    assert _dialect(["isch"], "de") == ""
    for word in known[:1]:
        assert _dialect([word, "isch", *["x"] * 10], "de")
        assert not _dialect([word, "isch", *["x"] * 11], "de")


# patterns


@pytest.mark.parametrize(
    ("source", "needles"),
    [
        ("abcd", ("abcd",)), ("abcd|efgh", ("abcd", "efgh")), (r"\d{3}", ("000",)), ("a?bcde", ("bcde",)),
        ("(?:abc){2}", ("abcabc",)), (r"abcde(?=f)", ("abcde",)), ("[ab]cde", ("acde", "bcde")),
        (r"\bwords?\b", ("word",)),
    ],
)  # fmt: skip
def test_what_a_match_must_hold(source: str, needles: tuple[str, ...]) -> None:
    """The best to look for comes first: long enough, then few."""
    assert needles_of(source, re.RegexFlag(0))[0] == needles


def test_nothing_can_be_told_of_what_may_be_empty() -> None:
    """Nor of any character."""
    assert needles_of("a*", re.RegexFlag(0)) == ()
    assert needles_of(".", re.RegexFlag(0)) == ()


@pytest.mark.parametrize(
    ("source", "width"),
    [
        ("abc", 4),
        (r"abc\b", 4),
        ("abc$", 0),
        ("^abc", 4),
        ("a+", 0),
        ("abc(?=de)", 6),
        ("(?<=x)abc", 4),
        ("a{399}", 400),
        ("a{400}", 0),
    ],
)
def test_how_wide_a_match_can_be(source: str, width: int) -> None:
    """With what it looks ahead to and a word's end; nothing where the end of the text matters or it is too wide."""
    assert width_of(source, re.RegexFlag(0)) == width


def test_letters_without_case_and_letters_that_tell() -> None:
    """As IGNORECASE reads them, all digits alike; spaces and marks tell nothing."""
    assert caseless("Aı9ſ") == "ai0s"
    assert caseless("A9 b_[Z") == "a0 b_[z"
    assert caseless("É٣²") == "é0²"
    assert (telling("a b,c"), telling(" .,'")) == (3, 0)


# measures


def test_the_words_of_measures() -> None:
    """Longest first; large numbers by their name; ordinals with their plural."""
    assert _either(["a", "abc", "ab", "a"]) == "(?:abc|ab|a)"
    assert _magnitudes({"million": 10**6, "mio": 10**6, "mn": 10**6, "mille": 999_999}) == ["million", "mio"]
    assert [ordinal_value(w, "en") for w in ("tenth", "tenths", "ten")] == [10, 10, None]
    assert ordinal_value("zehnten", "de") == 10
    per = _per(("per", "/"), {"month": "month"})
    assert per is not None
    assert [bool(per.match(said)) for said in (" per month", "/month", "/ month", " permonth", " per months")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert _per((), {}) is None
    labels = _labels("page|no")
    assert labels is not None
    assert [bool(labels.search(said)) for said in ("on page ", "no. ", "no.", "pages ", "xno ")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert _labels("") is None
