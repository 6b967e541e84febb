"""The evidence for a language, in nats, and the runs of words in another one."""

from __future__ import annotations

import pytest

from inedit.guard.nlp import identification
from inedit.guard.nlp.identification import (
    candidates_for,
    foreign_runs,
    function_words,
    log_likelihoods,
    other_language,
    stock_phrase,
)
from inedit.guard.nlp.text import words

BRANDS = ("de", "en", "es", "fr", "it")


@pytest.mark.parametrize(
    ("language", "text", "nats"),
    [
        ("fr", "Le drap sèche au soleil", [-313.79, -323.22, -330.76, -295.98, -310.11]),
        ("en", "The sheet dries in the sun", [-354.88, -323.03, -380.08, -358.3, -371.11]),
        ("de", "Das Laken trocknet im Garten", [-388.03, -405.97, -418.35, -414.65, -426.07]),
        ("es", "La sábana se seca al sol", [-325.38, -300.05, -277.18, -300.54, -279.68]),
        ("it", "Il lenzuolo asciuga al sole", [-422.25, -410.61, -388.78, -398.1, -364.25]),
    ],
)
def test_the_likelihood_of_a_text_is_exact(language: str, text: str, nats: list[float]) -> None:
    """The sum over its character 1- to 3-grams; its own language explains it best."""
    found = log_likelihoods(words(text), BRANDS)
    assert [round(value, 2) for value in found.values()] == nats
    assert max(found, key=lambda code: found[code]) == language


def test_words_in_capitals_are_read_as_ordinary_ones() -> None:
    """The profiles have seen few."""
    shouted, said = "LE DRAP SÈCHE", "le drap sèche"
    assert log_likelihoods(words(shouted), BRANDS) == log_likelihoods(words(said), BRANDS)


def test_no_word_speaks_for_no_language() -> None:
    """Nothing to go by."""
    assert log_likelihoods((), BRANDS) == dict.fromkeys(BRANDS, 0.0)


@pytest.mark.parametrize(
    ("language", "text", "run", "other"),
    [
        ("fr", "Le drap sèche, and it smells of the garden, dans la cour.", "and it smells of the", "en"),
        ("de", "Das Laken trocknet, and it smells of the garden, im Hof.", "and it smells of the", "en"),
        ("es", "La sábana se seca, and it smells of the garden, en el patio.", "and it smells of the", "en"),
    ],
)
def test_a_run_of_another_language_is_found_where_it_stands(
    language: str, text: str, run: str, other: str
) -> None:
    """Four words and more, with a small word among them and none of ours."""
    assert [(span.of(text), code) for span, code in foreign_runs(text, language, BRANDS)] == [(run, other)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un week-end à la Red House Hotel and Spa."),
        ("en", "We spent a week à la campagne with friends."),
        ("fr", "Le drap, and the sun, et voilà."),
        ("fr", "Le drap sèche. And it smells. Of the garden."),
    ],
)
def test_names_loans_and_short_runs_are_left_alone(language: str, text: str) -> None:
    """Three words, two capitals, or words that a full stop parts."""
    assert foreign_runs(text, language, BRANDS) == ()


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("es", "A roupa seca ao sol e cheira bem no quintal", "pt"),
        ("de", "Het laken droogt in de tuin en ruikt lekker", "nl"),
        ("fr", "The sheet dries in the sun", "en"),
        ("fr", "Le drap sèche au soleil", ""),
        ("fr", "sheet dries", ""),  # two words carry no evidence of their own
        ("ja", "The sheet dries in the sun", ""),
    ],
)
def test_the_other_language_may_be_any(language: str, text: str, other: str) -> None:
    """Among the brand's by likelihood, else by py3langid; of a language without data nothing is said."""
    assert other_language(words(text), language, BRANDS) == other


def test_what_tells_a_language_is_what_the_other_does_not_have() -> None:
    """« la » and « les » are Spanish too; « une » and « des » are not."""
    assert function_words("fr", "es", ["la", "une", "les", "des", "drap"]) == 2
    assert function_words("ja", "es", ["la"]) == 0
    assert stock_phrase("Read more", "fr") == "en"
    assert stock_phrase("Read more", "en") == ""
    assert candidates_for(["de-AT", "pt-BR"], "it") == ("de", "en", "fr", "it", "pt")


_SAID = {
    "de": ("Das Laken trocknet im Hof der alten Mühle.", "und es riecht nach dem Garten"),
    "en": ("The sheet dries in the yard of the mill.", "and it smells of the garden"),
    "es": ("La sábana se seca en el patio del molino.", "y huele a la hierba del jardín"),
    "fr": ("Le drap sèche dans la cour du moulin.", "et il sent le jardin"),
    "it": ("Il lenzuolo asciuga nel cortile del mulino.", "e profuma di erba del giardino"),
}
_PART_ALONE = {
    ("de", "en"),
    ("es", "en"),
    ("es", "it"),
    ("fr", "en"),
    ("fr", "es"),
    ("it", "es"),
    ("it", "fr"),
}
"""Ours, and theirs, where a word at an end of the run could be ours."""


@pytest.mark.parametrize("ours", BRANDS)
def test_a_run_at_the_front_is_found_in_every_other_language(ours: str) -> None:
    """From its first word to its last; to fewer, four at least, where the last could be of our language."""
    sentence = _SAID[ours][0]
    for theirs in set(BRANDS) - {ours}:
        run = _SAID[theirs][1]
        text = f"{run}, {sentence[0].lower()}{sentence[1:]}"
        ((span, code),) = foreign_runs(text, ours, BRANDS)
        found = span.of(text)
        assert code == theirs
        if (ours, theirs) in _PART_ALONE:
            assert found in run
            assert len(found.split()) >= 4
        else:
            assert found == run


@pytest.mark.parametrize("language", BRANDS)
def test_a_sentence_of_ours_has_no_run_of_another(language: str) -> None:
    """Nor with its own words before it."""
    sentence, run = _SAID[language]
    assert foreign_runs(sentence, language, BRANDS) == ()
    assert foreign_runs(f"{run}, {sentence[0].lower()}{sentence[1:]}", language, BRANDS) == ()


@pytest.mark.parametrize("expected", BRANDS)
def test_small_words_of_ours_settle_a_sentence_as_the_letters_would(
    expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more of the small words are ours than of any other language, no likelihood is worked out, and nothing is
    found that it would have found."""
    texts = (
        "Le drap sèche au soleil et la nappe est dans le jardin",
        "The sheet dries in the sun, and it is not for the night",
        "Das Laken trocknet im Garten, und es ist nicht für die Nacht",
        "La sábana se seca al sol y no es para la noche",
        "Il lenzuolo asciuga al sole e non è per la notte",
        "Le drap sèche and it is not for the night",
        "Odette Gérardmer Vosges Lyon",
    )
    found = [identification._other_candidate(words(text), expected, BRANDS) for text in texts]
    monkeypatch.setattr(identification, "_leaning", lambda *_: {})
    assert [identification._other_candidate(words(text), expected, BRANDS) for text in texts] == found
