"""What a reader reckons from one fact is true: how far two figures are apart, what a reduction leaves, a limit that is
kept, the rest, a rounded share; what does not follow is refused."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported


def _figures(language: str, fact: str, text: str) -> list[str]:
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    return [finding.span.of(text) for finding in found if finding.span]


_DIFFERENCES = [
    (
        "fr",
        "Poncer la table prend 35 minutes à la machine, 80 minutes à la main.",
        "Poncer la table à la machine prend quarante-cinq minutes de moins.",
        "Poncer la table à la machine prend quarante minutes de moins.",
    ),
    (
        "fr",
        "Poncer la table prend 35 minutes à la machine, 80 minutes à la main.",
        "Poncer la table à la main prend quarante-cinq minutes de plus qu'à la machine.",
        "Poncer la table à la machine prend quarante-cinq minutes de plus qu'à la main.",
    ),
    (
        "en",
        "In the oven the loaf loses 90 g, in the pan 140 g.",
        "In the pan the loaf loses 50 g more.",
        "In the pan the loaf loses 60 g more.",
    ),
    (
        "en",
        "At noon it was 31 °C in the yard and 18.4 °C in the cellar.",
        "At noon the cellar was 13 degrees cooler than the yard.",
        "At noon the cellar was 16 degrees cooler than the yard.",
    ),
    (
        "de",
        "Ein Hemd braucht im Sommer 40 Liter Wasser, im Winter reichen 28.",
        "Im Winter braucht ein Hemd 12 Liter weniger als im Sommer.",
        "Im Sommer braucht ein Hemd 12 Liter weniger als im Winter.",
    ),
    (
        "es",
        "La ruta del río dura 35 minutos, la del monte 80 minutos.",
        "La ruta del monte dura cuarenta y cinco minutos más.",
        "La ruta del río dura cuarenta y cinco minutos más.",
    ),
    (
        "it",
        "La corsa del mattino dura 50 minuti, quella della sera 65 minuti.",
        "La corsa della sera dura quindici minuti in più.",
        "La corsa della sera dura venti minuti in più.",
    ),
]


@pytest.mark.parametrize(("language", "fact", "true", "false"), _DIFFERENCES)
def test_how_far_two_figures_of_a_fact_are_apart(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


def test_a_difference_needs_a_word_that_compares() -> None:
    fact = "Poncer la table prend 35 minutes à la machine, 80 minutes à la main."
    assert _figures("fr", fact, "Poncer la table à la machine prend quarante-cinq minutes.")


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "L'atelier de reliure dure 50 minutes.",
            "L'atelier de reliure tient en moins d'une heure.",
            "L'atelier de reliure tient en moins de quarante minutes.",
        ),
        (
            "en",
            "The night train crosses the bridge in 25 minutes.",
            "The night train crosses the bridge in under half an hour.",
            "The night train crosses the bridge in under ten minutes.",
        ),
        (
            "de",
            "Die Seilbahn fährt in 25 Minuten zum Gipfel.",
            "Die Seilbahn fährt in nicht einmal einer halben Stunde zum Gipfel.",
            "Die Seilbahn fährt in nicht einmal einer Viertelstunde zum Gipfel.",
        ),
        (
            "es",
            "En 2025, el 41 % de los alumnos del taller repitió.",
            "Menos de la mitad de los alumnos del taller repitió.",
            "Más de la mitad de los alumnos del taller repitió.",
        ),
        (
            "it",
            "La visita alla torre dura 50 minuti.",
            "In meno di un'ora la visita alla torre è finita.",
            "In meno di mezz'ora la visita alla torre è finita.",
        ),
    ],
)
def test_a_round_limit_that_the_fact_keeps(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


_DRAWERS = "Of 61 drawers we opened, 41 held unpaid bills."


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "en",
            _DRAWERS,
            "Two thirds of the drawers held unpaid bills.",
            "Three quarters of the drawers held unpaid bills.",
        ),
        (
            "en",
            "Of 1,000 repairs, 380 come from damp.",
            "Behind 38 in 100 repairs there is damp.",
            "Behind 58 in 100 repairs there is damp.",
        ),
        (
            "it",
            "In officina si usano 23 chiavi. Quattro servono per le ruote.",
            "Diciannove chiavi per tutto il resto, quattro per le ruote.",
            "Diciassette chiavi per tutto il resto, quattro per le ruote.",
        ),
        (
            "en",
            "Of our 23 ovens, 9 ovens burn beech wood.",
            "Nine ovens burn beech wood, the other fourteen ovens burn gas.",
            "Nine ovens burn beech wood, the other sixteen ovens burn gas.",
        ),
    ],
)
def test_a_rounded_share_and_the_rest(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "Le violon coûte 2 400 €. Les élèves du conservatoire paient le violon 20 % de moins.",
            "Élèves du conservatoire, le violon vous revient à 1 920 €.",
            "Élèves du conservatoire, le violon vous revient à 1 820 €.",
        ),
        (
            "en",
            "The violin costs €2,400. Music school students pay 20% less for the violin.",
            "Music school students pay €1,920 for the violin.",
            "Music school students pay €2,020 for the violin.",
        ),
        (
            "de",
            "Studierende der Musikschule zahlen für die Geige 20 % weniger.",
            "Studierende der Musikschule zahlen vier Fünftel des Preises der Geige.",
            "Studierende der Musikschule zahlen drei Fünftel des Preises der Geige.",
        ),
    ],
)
def test_what_a_reduction_leaves(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


def test_a_night_between_two_hours() -> None:
    fact = "Le bateau quitte le port à 22 h 40 et arrive à l'île à 6 h 10."
    assert not _figures(
        "fr", fact, "Le bateau quitte le port à 22 h 40 ; sept heures et demie plus tard, c'est l'île."
    )
    assert _figures(
        "fr", fact, "Le bateau quitte le port à 22 h 40 ; neuf heures et demie plus tard, c'est l'île."
    )


@pytest.mark.parametrize(
    ("language", "fact", "turned"),
    [
        ("fr", "Un pommier coûte 28 euros, un poirier 32.", "Un pommier coûte quatre euros de plus qu'un poirier."),
        ("en", "An apple costs 28 cents, a pear 32.", "An apple costs four cents more than a pear."),
        ("en", "Loading takes 11 minutes with the panniers off, 19 with them on.",
         "With the panniers on, loading is eight minutes quicker."),
        ("de", "Ein Apfelbaum kostet 28 Euro, ein Birnbaum 32.", "Ein Apfelbaum kostet vier Euro mehr."),
        ("es", "Un manzano cuesta 28 euros, un peral 32.", "Un manzano cuesta cuatro euros más que un peral."),
        ("it", "Un melo costa 28 euro, un pero 32.", "Un melo costa quattro euro in più di un pero."),
        ("en", "The boat sails from Port-Kerven to Ormel in 50 minutes.",
         "In under an hour the boat sails from Port-Kerven to Skerra."),
    ],
)  # fmt: skip
def test_what_is_reckoned_is_of_the_fact_s_own_sides(language: str, fact: str, turned: str) -> None:
    """More of the cheaper one, less with the slower way, an hour to another place."""
    assert _figures(language, fact, turned)
