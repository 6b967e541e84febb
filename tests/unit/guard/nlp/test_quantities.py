"""Finding figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inedit.guard.nlp.language_data import KNOWN, language_profile
from inedit.guard.nlp.numbers import add_up, may_follow, read_number, word_values
from inedit.guard.nlp.quantities import find_quantities


def found(text: str, language: str) -> list[tuple[str, Decimal, str]]:
    """What is read: passage, value, dimension."""
    return [
        (quantity.span.of(text), quantity.value, quantity.dimension)
        for quantity in find_quantities(text, language)
    ]


@pytest.mark.parametrize(
    ("written", "locale", "value"),
    [
        ("1 234,5", "fr", "1234.5"),
        ("1,234.5", "en", "1234.5"),
        ("1.234,5", "de", "1234.5"),
        ("1.234,5", "es", "1234.5"),
        ("1.234,5", "it", "1234.5"),
        ("1'234.5", "de_CH", "1234.5"),
        ("12,90", "fr", "12.90"),
        ("1.234,5", "en", "1234.5"),
        ("14 200", "en", "14200"),
    ],
)
def test_digits_are_read_as_the_language_writes_them(written: str, locale: str, value: str) -> None:
    """The language's own separators come first; a number that only a neighbour writes so is still understood."""
    assert read_number(written, locale) == Decimal(value)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_any_space_may_part_thousands_in_french(space: str) -> None:
    """Plain, no-break and narrow no-break spaces read alike."""
    assert found(f"14{space}200 draps", "fr") == [(f"14{space}200", Decimal(14200), "count")]


@pytest.mark.parametrize(
    ("language", "text", "value", "dimension"),
    [
        ("fr", "39,90 €", "39.90", "EUR"),
        ("fr", "12 €90", "12.90", "EUR"),
        ("fr", "3 millions d'euros", "3000000", "EUR"),
        ("fr", "cent vingt-neuf euros quatre-vingt-dix", "129.90", "EUR"),
        ("en", "£39.90", "39.90", "GBP"),
        ("de", "39,90 EUR", "39.90", "EUR"),
        ("fr", "80 %", "80", "percent"),
        ("en", "80%", "80", "percent"),
        ("de", "achtzig Prozent", "80", "percent"),
        ("es", "ochenta por ciento", "80", "percent"),
        ("it", "ottanta per cento", "80", "percent"),
        ("fr", "48 h", "2880", "minutes"),
        ("fr", "2 jours", "2880", "minutes"),
        ("de", "zwei Jahre", "24", "months"),
        ("en", "24 months", "24", "months"),
        ("fr", "deux fois", "2", "times"),
        ("en", "twice", "2", "times"),
        ("de", "doppelt", "2", "times"),
        ("es", "el doble", "2", "times"),
        ("it", "il doppio", "2", "times"),
        ("fr", "30 juin", "630", "date"),
        ("en", "June 30th", "630", "date"),
        ("de", "30. Juni", "630", "date"),
        ("es", "30 de junio", "630", "date"),
        ("it", "30 giugno", "630", "date"),
        ("fr", "30/06/2026", "630", "date"),
        ("en", "06/30/2026", "630", "date"),
        ("de", "bis Ende Juli", "7", "deadline"),
        ("es", "una quinta parte menos", "20", "percent"),
        ("it", "in meno di un'ora", "60", "minutes"),
        ("fr", "mars 2024", "202403", "month"),
        ("fr", "depuis 1921", "1921", "year"),
        ("fr", "XIXe siècle", "19", "century"),
        ("de", "19. Jahrhundert", "19", "century"),
        ("es", "siglo XIX", "19", "century"),
        ("fr", "10 h 30", "630", "time"),
        ("en", "9 am", "540", "time"),
        ("fr", "soixante et onze ans", "852", "months"),
        ("de", "fünfundzwanzig Weber", "25", "count"),
        ("it", "ventiquattro tessitori", "24", "count"),
        ("es", "treinta y dos tejedores", "32", "count"),
        ("en", "twenty-five weavers", "25", "count"),
        ("fr", "une douzaine de draps", "12", "count"),
        ("fr", "170 g/m²", "170", "g/m2"),
        ("fr", "60 °C", "60", "celsius"),
    ],
)
def test_each_kind_of_figure_is_brought_to_one_base(
    language: str, text: str, value: str, dimension: str
) -> None:
    """Prices, percentages, durations, multiples, dates and counts have a value and a dimension."""
    [(_, read, kind)] = found(text, language)
    assert (read, kind) == (Decimal(value), dimension)


def test_the_first_number_of_a_range_takes_the_unit_of_the_second() -> None:
    """« 30 à 40 °C » and « 240 × 260 cm » are two measures each."""
    assert [row[1:] for row in found("de 30 à 40 °C", "fr")] == [(30, "celsius"), (40, "celsius")]
    assert [row[1:] for row in found("240 × 260 cm", "fr")] == [(2400, "mm"), (2600, "mm")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "En un mot, les deux coins. Un drap neuf, trois gestes. Écrivez à jean33@a.fr ou sur www.a.fr/12.",
        ),
        ("en", "In two words, the two of you, one sheet, three steps."),
        ("de", "Mit einem Wort: die zwei Ecken, noch einmal, drei Schritte."),
        ("es", "En una palabra, los dos, tres pasos, una vez."),
        ("it", "In una parola, tu sei qui, tre passi, una volta."),
        ("fr", "1. Laver\n2. Étendre"),
        ("fr", "Plié en deux, le drap tient dans le tiroir."),
        ("en", "Folded in half, the sheet fits the drawer."),
        ("de", "In der Mitte gefaltet passt das Laken ins Fach. Falten Sie das Laken auf die Hälfte."),
        ("de", "Auf die Hälfte gefaltet passt es ins Fach."),
        ("es", "Guárdela sin doblarla por la mitad. Doble la sábana por la mitad."),
        ("es", "Pliegue la sábana por la mitad: plegada por la mitad cabe en el cajón."),
        ("it", "Piegato a metà entra nel cassetto."),
    ],
)
def test_articles_idioms_and_list_marks_are_no_figures(language: str, text: str) -> None:
    """« Un », « en deux mots », « three steps », addresses and numbered lines assert nothing."""
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Des draps pliés, à moitié prix."),
        ("en", "Folded sheets at half the price."),
        ("de", "Wir falten auf die Hälfte des Preises."),
        ("es", "Sábanas dobladas por la mitad de precio."),
        ("es", "Las sábanas dobladas se venden por la mitad."),
        ("es", "Sábana doble por la mitad."),
        ("it", "Lenzuola piegate a metà prezzo."),
    ],
)
def test_half_of_a_price_is_a_figure_of_folded_things_too(language: str, text: str) -> None:
    """Folding in half is an act; half the price is half."""
    assert [row[1:] for row in found(text, language)] == [(50, "percent")]


@pytest.mark.parametrize(
    ("language", "word", "value"),
    [
        ("de", "zweihundertfunfunddreisig", 235),
        ("de", "vierzehntausend", 14000),
        ("it", "quattordicimila", 14000),
        ("it", "ventuno", 21),
        ("fr", "quatorze", 14),
    ],
)
def test_compound_number_words_are_taken_apart(language: str, word: str, value: int) -> None:
    """German and Italian write a number in one word."""
    values = word_values(word, language_profile(language))
    assert values is not None
    assert add_up(values) == value


@pytest.mark.parametrize(
    ("text", "approximate"), [("plus de 14 000 draps", "over"), ("près de 14 000 draps", "under")]
)
def test_a_word_of_approximation_is_remembered(text: str, approximate: str) -> None:
    """« Plus de » and « près de » say in which direction the figure is loose."""
    assert find_quantities(text, "fr")[0].approximate == approximate


@given(st.text(max_size=60), st.sampled_from((*KNOWN, "de-CH", "en-US", "pt")))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """Whatever a model writes, reading its figures ends, inside the text, without an error."""
    for quantity in find_quantities(text, language):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)


def test_a_word_too_long_to_be_a_number_is_none() -> None:
    """The longest German one below a million is read; a loop of number words is not, however long."""
    longest = "siebenhundertsiebenundsiebzigtausendsiebenhundertsiebenundsiebzig"
    assert found(longest, "de")[0][1] == 777_777
    assert found("zwei" * 5_000, "de") == []


def test_words_around_a_figure_are_those_of_its_sentence() -> None:
    """Three before and four after, the nearest after it first, and none of the next sentence or of the one before."""
    text = "Avant elle. Des draps tissés, séchés, repassés, pliés puis 12 nappes brodées cousues rangées lavées. Après."
    (quantity,) = (quantity for quantity in find_quantities(text, "fr") if quantity.value == 12)
    assert quantity.has_left_context
    assert [noun[:3] for noun in quantity.nouns] == ["nap", "bro", "cou", "ran", "pui", "pli", "rep"]
    (first,) = find_quantities("Avant elle. 12 nappes. Après lui.", "fr")
    assert ([noun[:4] for noun in first.nouns], first.has_left_context) == (["napp"], False)


@pytest.mark.parametrize(
    ("language", "text", "counted"),
    [
        ("de", "Mit 71 flickt eine Näherin", ""),  # the next noun is not what is counted
        ("de", "12 Weber", "web"),
        ("fr", "14 200 draps repris", "drap"),
        ("fr", "une centaine de draps", "drap"),
        ("fr", "En 2026, douze tisserands", ""),
        ("en", "12 weavers (all of them here)", "weaver"),
        ("en", "12: weavers", ""),
    ],
)
def test_a_number_counts_the_noun_right_after_it(language: str, text: str, counted: str) -> None:
    """Or after « de »; a mark parts them."""
    assert find_quantities(text, language)[0].counted == counted


@pytest.mark.parametrize(
    ("values", "following", "joined", "may"),
    [
        ((10,), (7,), True, True),  # dix-sept
        ((10,), (6,), True, False),
        ((20,), (1,), True, True),
        ((90,), (7,), False, True),
        ((60,), (11,), True, True),  # soixante et onze
        ((60,), (12,), True, False),
        ((60,), (19,), False, True),
        ((60,), (20,), False, False),
        ((4,), (20,), False, True),  # quatre-vingt
        ((4, 20), (19,), False, True),
        ((4, 20), (20,), False, False),
        ((9,), (100,), False, True),
        ((10,), (100,), False, False),
        ((1000,), (100,), False, True),
        ((100,), (5,), False, True),
        ((99,), (5,), False, False),
    ],
)
def test_which_number_words_go_on(
    values: tuple[int, ...], following: tuple[int, ...], joined: bool, may: bool
) -> None:
    """« dix-sept », « soixante et onze », « quatre-vingt-dix-neuf », « neuf cents »; not « dix-six »."""
    assert may_follow(values, following, joined=joined) is may


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("fr", "Neuf euros et huit jours", [("EUR", "9"), ("minutes", "11520")]),
        ("en", "Nine euros and eight days", [("EUR", "9"), ("minutes", "11520")]),
        ("de", "Neun Euro und acht Tage", [("EUR", "9"), ("minutes", "11520")]),
        ("es", "Nueve euros y ocho personas", [("EUR", "9"), ("count", "8")]),
        ("it", "Nove euro e otto giorni", [("EUR", "9"), ("minutes", "11520")]),
        ("it", "Nove euro e cinquanta al mese", [("EUR", "9.5")]),
        ("es", "Nueve euros y ochenta céntimos", [("EUR", "9.8")]),
        ("fr", "Neuf euros cinquante", [("EUR", "9.5")]),
        ("en", "Nine euros and fifty.", [("EUR", "9.5")]),
        ("es", "una cena de tres platos", [("count", "3")]),
        ("es", "una de cada tres", [("percent", "33.33")]),
        ("es", "un cliente de cada tres", [("percent", "33.33")]),
        ("it", "un’etichetta ogni cinque", [("percent", "20")]),
        ("it", "al doppio della profondità", [("times", "2")]),
        ("es", "al doble de profundidad", [("times", "2")]),
        ("fr", "du double de la graine", [("times", "2")]),
        ("de", "mit dem Doppelten ihrer Dicke", [("times", "2")]),
    ],
)
def test_what_stands_beside_an_amount_is_not_its_cents(
    language: str, text: str, read: list[tuple[str, str]]
) -> None:
    """A noun behind the second number makes it a figure of its own; courses of a dinner are no share."""
    found = find_quantities(text, language)
    assert [(q.dimension, q.value) for q in found] == [(d, Decimal(v)) for d, v in read]


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "The jar costs nine pounds and fifty pence.", [("GBP", "9.5")]),
        ("en", "Nine pounds and fifty buys the jar.", [("GBP", "9.5")]),
        ("en", "Nine pounds and fifty pays for the jar.", [("GBP", "9.5")]),
        ("en", "Nine pounds and fifty goes a long way.", [("GBP", "9.5")]),
        ("de", "neun Franken und fünfzig Rappen", [("CHF", "9.5")]),
        ("de", "Neun Euro und fünfzig kostet das Glas.", [("EUR", "9.5")]),
        ("es", "nueve pesos y cincuenta centavos", [("MXN", "9.5")]),
        ("es", "Nueve euros y cincuenta cuesta el tarro.", [("EUR", "9.5")]),
        ("it", "Nove euro e cinquanta costa il vasetto.", [("EUR", "9.5")]),
        ("it", "Nove euro e cinquanta tondi.", [("EUR", "9.5")]),
        ("fr", "Neuf euros et cinquante suffisent pour un bocal.", [("EUR", "9.5")]),
        ("fr", "neuf francs et cinquante sous", [("CHF", "9.5")]),
        ("en", "fifty pence", [("GBP", "0.5")]),
        ("en", "nine pounds and eight walks", [("GBP", "9"), ("count", "8")]),
        ("en", "nine pounds and fifty jars a week", [("GBP", "9"), ("count", "50")]),
        ("en", "nine pounds and twenty people", [("GBP", "9"), ("count", "20")]),
        ("en", "nine pounds and eight fresh jars", [("GBP", "9"), ("count", "8")]),
        ("de", "neun Euro und acht frische Gläser", [("EUR", "9"), ("count", "8")]),
        ("es", "nueve euros y ocho platos", [("EUR", "9"), ("count", "8")]),
        ("it", "nove euro e otto vasetti", [("EUR", "9"), ("count", "8")]),
        ("fr", "neuf euros et huit bocaux", [("EUR", "9"), ("count", "8")]),
    ],
)
def test_a_verb_behind_an_amount_counts_nothing(
    language: str, text: str, read: list[tuple[str, str]]
) -> None:
    """Cents joined to an amount stay its cents before a coin's name or a verb, not before a noun."""
    found = find_quantities(text, language)
    assert [(q.dimension, q.value) for q in found] == [(d, Decimal(v)) for d, v in read]
