"""What the proof-reader marks, rule by rule: a sentence with the fault beside the nearest one without it."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.proofreading.german import _adjective_endings, common_noun, german_faults
from inedit.guard.nlp.proofreading.helpers import helper_faults
from inedit.guard.nlp.proofreading.romance import _any_fits, _both, _fits, romance_faults
from inedit.guard.nlp.proofreading.sounds import sound_faults
from inedit.guard.nlp.proofreading.tokens import (
    is_adjective,
    is_counted,
    is_irregular,
    is_verb,
    only,
    readings,
    tokens,
)


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fr", "Le hôtel ferme.", "l'hôtel"), ("fr", "L'hôtel ferme.", ""), ("fr", "Le héros dort.", ""),
        ("fr", "Cet drap sèche.", "ce drap"), ("fr", "Cet homme coud.", ""), ("fr", "Ce homme coud.", "cet homme"),
        ("fr", "Si il coud.", "s'il"), ("fr", "Si elle coud.", ""), ("fr", "Ma amie coud.", "mon amie"),
        ("fr", "Un beau été.", "bel été"), ("fr", "Un nouveau drap.", ""),
        ("it", "Il zio cuce.", "?"),
        ("it", "Il ZOO chiude.", ""), ("it", "Lo zio cuce.", ""), ("it", "Lo cane dorme.", "?"),
        ("it", "Il cane dorme.", ""),
        ("it", "Un amico cuce.", ""),
        ("it", "Gli amici cuciono.", ""), ("it", "Gli cani dormono.", "?"),
        ("es", "Padre y hijo.", "e hijo"), ("es", "Padre y hielo.", ""), ("es", "Siete o ocho.", "u ocho"),
        ("es", "Voy a el taller.", "al"), ("es", "Es de el taller.", "del"), ("es", "Es de la casa.", ""),
        ("en", "A hour.", "an hour"), ("en", "An hour.", ""), ("en", "A apple.", "an apple"),
        ("en", "An sheet.", "a sheet"),
        ("en", "A university.", ""), ("en", "An university.", "a university"), ("en", "An historic sheet.", ""),
        ("en", "Group A is here.", ""), ("en", "A FBI.", ""),
    ],
)  # fmt: skip
def test_words_that_suit_the_sound_of_the_next(language: str, text: str, marked: str) -> None:
    """« l'hôtel », « lo zio », “an hour”; what would be right, where that is one thing."""
    found = [fault.right.lower() or "?" for fault in sound_faults(tokens(text, language), language)]
    assert found == ([marked] if marked else [])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Wir waschen mit dem Laken.", []), ("Wir waschen mit das Laken.", ["agreement"]),
        ("Wir waschen für das Laken.", []), ("Wir waschen für dem Laken.", ["agreement"]),
        ("Der Lampe leuchtet.", ["agreement"]), ("Die Lampe leuchtet.", []), ("Das alte Laken trocknet.", []),
        ("Das alter Laken trocknet.", ["agreement"]), ("Ein altes Laken trocknet.", []),
        ("Ein alte Laken trocknet.", ["agreement"]),
        ("Um acht Uhr kommt ein Laken.", []), ("Gäste, die Wein lieben.", []),
        ("Ich nähe.", []), ("Ich näht.", ["verb"]), ("Wir näht.", ["verb"]), ("Du nähst.", []),
        ("Seid ihr da?", []), ("Mann kann nähen.", ["confused"]),
        ("Man kann nähen.", []), ("Beim Waschen hilft es.", []),
        ("Wir kommen wider zurück.", ["confused"]), ("Wir kommen wieder zurück.", []),
        ("Wir glauben, das wir nähen.", ["confused"]), ("Wir glauben, dass wir nähen.", []),
        ("Wir haben das Laken gewaschen.", []),
        ("Am schönsten ist es hier.", []),
    ],
)  # fmt: skip
def test_agreement_case_and_capitals_in_german(text: str, kinds: list[str]) -> None:
    """A preposition's case, an adjective's ending, a pronoun's verb, words that sound alike."""
    found = [fault.kind for fault in german_faults(tokens(text, "de"))]
    assert found == kinds


def test_what_an_adjective_ends_in() -> None:
    """Weak behind “der”, strong behind “ein” where that has no ending."""
    masculine, neuter, plural = ("m", "n", "s"), ("n", "n", "s"), ("m", "n", "p")
    assert _adjective_endings("der", {masculine}) == {"e"}
    assert _adjective_endings("ein", {masculine}) == {"er"}
    assert _adjective_endings("ein", {neuter}) == {"es"}
    assert _adjective_endings("die", {plural}) == {"en"}
    assert _adjective_endings("dem", {("m", "d", "s")}) == {"en"}
    assert _adjective_endings("den", {("m", "a", "s")}) == {"en"}
    assert _adjective_endings("das", {("n", "a", "s")}) == {"e"}
    assert _adjective_endings("zwei", {("m", "d", "p")}) == {"en"}


@pytest.mark.parametrize(
    ("text", "at", "common"),
    [
        ("Die Blarnung kommt.", 1, True), ("Die Blarn 300 kommt.", 1, False), ("Wir Blarn.", 1, False),
        ("Die Blarn kommt.", 1, True), ("Die BLARN kommt.", 1, False),
    ],
)  # fmt: skip
def test_an_unknown_word_that_is_no_name(text: str, at: int, common: bool) -> None:
    """An article leads it, or it ends as nouns do; with a number behind it is a product."""
    assert common_noun(tokens(text, "de"), at) is common


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "Le nappe sèche.", ["agreement"]), ("fr", "La nappe sèche.", []),
        ("fr", "Les nappe sèchent.", ["agreement"]),
        ("fr", "La nappe blanche sèche.", []),
        ("fr", "Nous lavez.", ["verb"]), ("fr", "Nous lavons.", []), ("fr", "La nappe sèchent.", ["verb"]),
        ("fr", "Trente et un prénoms.", []), ("fr", "Deux virgule un.", []),
        ("es", "El sábana es nueva.", ["agreement"]), ("es", "La sábana es nueva.", []),
        ("es", "El nuestro pasa.", []),
        ("it", "Il tovaglia è nuova.", ["agreement"]), ("it", "La tovaglia è nuova.", []),
        ("it", "La tovaglia è nuovo.", ["agreement"]),
    ],
)  # fmt: skip
def test_agreement_in_romance_languages(language: str, text: str, kinds: list[str]) -> None:
    """Article and noun, noun and adjective, subject and verb."""
    assert [fault.kind for fault in romance_faults(tokens(text, language), language)] == kinds


def test_which_agreements_fit() -> None:
    """One number, and one gender unless one of them is either."""
    assert _fits(("m", "s"), ("m", "s"))
    assert _fits(("e", "s"), ("f", "s"))
    assert _fits(("f", "s"), ("e", "s"))
    assert not _fits(("m", "s"), ("f", "s"))
    assert not _fits(("m", "s"), ("m", "p"))
    assert not _fits(("e", "s"), ("e", "p"))
    assert _any_fits({("m", "s"), ("f", "p")}, {("f", "p")})
    assert not _any_fits({("m", "s")}, {("f", "p")})
    assert _both({("e", "s")}, {("f", "s"), ("f", "p")}) == {("f", "s")}
    assert _both({("m", "s")}, {("e", "s")}) == {("m", "s")}


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("fr", "Si vous auriez un drap.", ["verb"]), ("fr", "Si vous aviez un drap.", []),
        ("fr", "Rendez-vous à Annecy.", []),
        ("fr", "Elle a cousu.", []), ("es", "Si vendrías hoy.", ["verb"]), ("es", "Si vienes hoy.", []),
        ("es", "Tu eliges.", ["spelling"]), ("es", "Tú eliges.", []), ("es", "¿Cuanto cuesta?", ["spelling"]),
        ("es", "¿Cuánto cuesta?", []), ("it", "Puoi prenoti.", ["verb"]), ("it", "Puoi prenotare.", []),
        ("it", "Se avresti tempo.", ["verb"]), ("it", "Se avessi tempo.", []),
    ],
)  # fmt: skip
def test_helping_verbs_and_words_that_sound_alike(language: str, text: str, right: list[str]) -> None:
    """No conditional behind “if”, no finite verb behind a modal one, accents that tell two words apart."""
    assert [fault.kind for fault in helper_faults(tokens(text, language), language)] == right


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "We sew. You wash", ["We", ".", "You"]), ("en", "We sew, you wash", ["We"]),
        ("en", "We sew\nyou wash", ["We", "you"]), ("en", "“We sew”", ["“", "We", "”"]), ("en", "3 sheets", ["3"]),
    ],
)  # fmt: skip
def test_what_opens_a_sentence(language: str, text: str, first: list[str]) -> None:
    """Behind a stop or at a line's head."""
    opening = [token.text for token in tokens(text, language) if token.first]
    assert [word for word in opening if word[0].isalpha()] == [word for word in first if word[0].isalpha()]


def test_words_elisions_numbers_and_stops() -> None:
    """Each with its place in the text as it is written."""
    text = "L’hôtel a 1,5 kg."
    found = tokens(text, "fr")
    assert [token.text for token in found] == ["L’", "hôtel", "a", "1,5", "kg", "."]
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert [token.word for token in found] == [True, True, True, False, True, False]
    assert found[0].low == "l'"


@pytest.mark.parametrize(
    ("word", "language", "verb", "irregular", "adjective"),
    [
        ("held", "en", False, True, False), ("washed", "en", True, False, False),
        ("sizes", "en", False, False, False),
        ("aveva", "it", True, True, False), ("lavait", "fr", True, False, False),
        ("nappe", "fr", False, False, False),
        ("schöne", "de", False, False, True), ("Schöne", "de", False, False, False),
        ("held", "xx", False, False, False),
    ],
)  # fmt: skip
def test_what_a_word_can_be(word: str, language: str, verb: bool, irregular: bool, adjective: bool) -> None:
    """By the dictionary; of a language without one, nothing."""
    if language != "xx":
        assert is_irregular(word, language) is irregular
        if not irregular:
            assert is_verb(word, language) is verb
    assert is_adjective(word, language) is adjective


@pytest.mark.parametrize(
    ("word", "language", "acting", "counted"),
    [
        ("jars", "en", False, True), ("buys", "en", True, False), ("children", "en", True, True),
        ("jar", "en", False, False),
        ("blarns", "en", False, True), ("blarns", "en", True, False), ("Laken", "de", False, True),
        ("laken", "de", False, False),
        ("draps", "fr", False, True), ("drap", "fr", False, False),
    ],
)  # fmt: skip
def test_what_a_number_from_two_on_counts(word: str, language: str, acting: bool, counted: bool) -> None:
    """A plural noun, in German one with its capital, or a word that nobody knows unless it acts."""
    assert is_counted(word, language, acting=acting) is counted


def test_only_one_kind() -> None:
    """A word that is known, and nothing else."""
    (held,) = tokens("held", "en")
    assert only(held, "X")
    assert not only(held, "V")
    (unknown,) = tokens("blarn", "en")
    assert not only(unknown, "VX")
    assert readings("Drap", "fr") == readings("drap", "fr")
