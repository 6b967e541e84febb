"""A denied clause contradicts a fact only when what it denies is what the fact says."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.denial import denies_fact

FEET = {
    "fr": "Un drap s'use d'abord aux pieds.",
    "en": "A sheet wears out first at the feet.",
    "de": "Ein Laken wird zuerst an den Füßen dünn.",
    "es": "Una sábana se gasta primero por los pies.",
    "it": "Un lenzuolo si consuma prima ai piedi.",
}
POCKET = {
    "fr": "À Épinal, un chien a mangé le coin d'un drap. L'atelier en a fait une poche à pyjama.",
    "en": "In Épinal a dog ate the corner of a sheet. The workshop made a pyjama pocket of it.",
    "de": "In Épinal hat ein Hund die Ecke eines Lakens gefressen. Die Werkstatt machte daraus eine Tasche.",
    "es": "En Épinal un perro se comió la esquina de una sábana. El taller hizo con ella un bolsillo.",
    "it": "A Épinal un cane ha mangiato l'angolo di un lenzuolo. Il laboratorio ne ha fatto una tasca.",
}
THREAD = {
    "fr": "L'atelier reprise avec du fil bleu.",
    "en": "The workshop darns with blue thread.",
    "de": "Die Werkstatt stopft mit blauem Faden.",
    "es": "El taller zurce con hilo azul.",
    "it": "Il laboratorio rammenda con filo blu.",
}


@pytest.mark.parametrize(
    ("fact", "language", "said"),
    [
        (FEET, "fr", "Un drap ne s'use jamais aux pieds."),
        (FEET, "en", "A sheet never wears out at the feet."),
        (FEET, "de", "Ein Laken wird an den Füßen nie dünn."),
        (FEET, "es", "Una sábana no se gasta nunca por los pies."),
        (FEET, "it", "Un lenzuolo non si consuma mai ai piedi."),
        (POCKET, "fr", "L'atelier n'en a pas fait de poche."),
        (POCKET, "en", "No dog ate the corner of a sheet."),
        (POCKET, "de", "Kein Hund hat die Ecke des Lakens gefressen."),
        (POCKET, "es", "El taller no hizo un bolsillo."),
        (POCKET, "it", "Nessun cane ha mangiato l'angolo del lenzuolo."),
        (THREAD, "fr", "L'atelier reprise sans fil bleu."),
        (THREAD, "de", "Die Werkstatt stopft ohne blauen Faden."),
    ],
)
def test_the_same_words_denied_are_the_opposite(fact: dict[str, str], language: str, said: str) -> None:
    """Whatever the tense or the negator."""
    assert denies_fact(said, fact[language], language)


@pytest.mark.parametrize(
    ("fact", "language", "said"),
    [
        (FEET, "fr", "Un drap ne s'use pas là où l'on regarde."),
        (FEET, "en", "A sheet does not wear out where you look."),
        (FEET, "de", "Ein Laken wird nicht da dünn, wo man nachsieht."),
        (FEET, "es", "Tu sábana no se gasta donde crees."),
        (FEET, "it", "Un lenzuolo non si consuma lì dove guardi."),
        (POCKET, "fr", "Un drap est arrivé d'Épinal sans son coin."),
        (POCKET, "en", "Nobody threw the sheet away."),
        (POCKET, "de", "Die Werkstatt hat kein Laken mehr daraus gemacht."),
        (POCKET, "es", "No tires todavía la sábana."),
        (POCKET, "it", "Un lenzuolo è arrivato da Épinal senza un angolo."),
        (THREAD, "fr", "Pas de fil blanc."),
        (THREAD, "en", "Our workshop does not hide what it darns."),
    ],
)
def test_another_thing_denied_is_not(fact: dict[str, str], language: str, said: str) -> None:
    """A contrast, a prohibition, an absence that the fact brings about."""
    assert not denies_fact(said, fact[language], language)


@pytest.mark.parametrize(
    ("language", "fact", "said"),
    [
        ("fr", "Elle arrive sans manteau.", "Elle n'a pas de manteau quand elle arrive."),
        ("it", "Arriva senza cappotto.", "Quando arriva non ha il cappotto."),
        ("es", "Llega sin abrigo.", "Llega al colegio y no lleva abrigo."),
    ],
)
def test_what_the_fact_denies_may_be_denied(language: str, fact: str, said: str) -> None:
    """In the words of another negator."""
    assert not denies_fact(said, fact, language)
