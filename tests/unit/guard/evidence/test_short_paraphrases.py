"""A short sentence retold keeps its nouns; a copy of it is made of its words."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.paraphrase import reworded

BELL = {
    "fr": "La cloche de l’école garde maintenant les graines du potager.",
    "en": "The school bell now keeps the seeds of the garden.",
    "de": "In der Schulglocke liegen heute die Samen des Gartens.",
    "es": "La campana de la escuela guarda ahora las semillas del huerto.",
    "it": "La campana della scuola custodisce ora i semi dell’orto.",
}
RETOLD = [
    (
        "fr",
        "Retournée sur l’établi, la cloche de l’école est devenue le bol des graines, et le potager attend.",
    ),
    ("en", "The school bell hangs upside down by the garden now, and the seeds are in it."),
    ("de", "Die Schulglocke steht kopf auf der Bank, und in ihr warten die Samen auf den Garten."),
    (
        "es",
        "La campana de la escuela está boca arriba en el banco, con las semillas dentro, y mira al huerto.",
    ),
    ("it", "La campana della scuola sta capovolta sul banco, con dentro i semi, e guarda verso l’orto."),
]
COPIED = [
    ("fr", "La cloche de l’école contient maintenant les graines du potager."),
    ("fr", "Depuis, la vieille cloche de l’école garde les graines du potager."),
    ("en", "The school bell holds the seeds of the garden now."),
    ("en", "Her school bell now keeps all the seeds of the garden."),
    (
        "en",
        "In the house by the river where they moved last year, the school bell now keeps seeds of the garden.",
    ),
    ("de", "In der alten Schulglocke liegen jetzt die Samen des Gartens."),
    ("es", "La campana de la escuela tiene ahora las semillas del huerto."),
    ("it", "La campana della scuola tiene ora i semi dell’orto."),
]


@pytest.mark.parametrize(("language", "text"), RETOLD)
def test_a_scene_with_the_same_things_is_told_anew(language: str, text: str) -> None:
    """What the sentence is about stands in it, among more words of its own."""
    assert not list(reworded(text, BELL[language], language))


@pytest.mark.parametrize(("language", "text"), COPIED)
def test_a_word_or_two_exchanged_is_a_copy(language: str, text: str) -> None:
    """Also inside a longer sentence, where nearly all of it stands."""
    assert list(reworded(text, BELL[language], language))
