"""Figures that paint a scene: half of what is none of our things, a way; and how such figures are read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.nlp.quantities import find_quantities

FACTS = {
    "fr": "Le pain de seigle pèse 2 kg. Sur 120 clients, 48 venaient à vélo.",
    "en": "The rye loaf weighs 2 kg. Of 120 customers, 48 came by bicycle.",
    "de": "Das Roggenbrot wiegt 2 kg. Von 120 Kunden kamen 48 mit dem Fahrrad.",
    "es": "El pan de centeno pesa 2 kg. De 120 clientes, 48 venían en bicicleta.",
    "it": "Il pane di segale pesa 2 kg. Su 120 clienti, 48 venivano in bicicletta.",
}


def _refused(language: str, text: str) -> str:
    found = figures_are_supported(body(text, language), tiny_context_with(language, FACTS[language]))
    return " ".join(finding.span.of(text) for finding in found if finding.span)


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("fr", "La moitié des trottoirs sont encore mouillés.", ""),
        ("en", "Half the boxes in the attic are labelled in pencil.", ""),
        ("de", "Die Hälfte der Schubladen klemmt.", ""),
        ("es", "La mitad de las cajas del desván están rotuladas a lápiz.", ""),
        ("it", "La metà delle scatole in soffitta ha ancora l'etichetta.", ""),
        ("fr", "La moitié des clients viennent à vélo.", "La moitié"),
        ("en", "Half the customers come on foot.", "Half the"),
        ("de", "Die Hälfte der Kunden kommt zu Fuß.", "Hälfte"),
        ("es", "La mitad de los clientes vienen a pie.", "La mitad"),
        ("it", "La metà dei clienti viene a piedi.", "La metà"),
        ("fr", "La moitié de la gamme est neuve.", "La moitié"),
        ("en", "Half the range is new.", "Half the"),
        ("de", "Die Hälfte vom Sortiment ist neu.", "Hälfte"),
        ("es", "La mitad de la gama es nueva.", "La mitad"),
        ("it", "La metà della gamma è nuova.", "La metà"),
        ("fr", "Le lin réduit de la moitié vos factures.", "la moitié"),
        ("en", "Linen cuts half the bills.", "half the"),
        ("es", "Con el lino, su casa reduce a la mitad sus emisiones.", "la mitad"),
        ("fr", "La moitié de nos trottoirs sont mouillés.", "La moitié"),
        ("en", "Nearly half the boxes are ready.", "half the"),
        ("it", "Quasi la metà delle scatole è pronta.", "la metà"),
    ],
)
def test_half_of_what_is_none_of_ours_is_a_scene(language: str, text: str, refused: str) -> None:
    """In a word, not of people, goods or our things, nor « nos »; a half told as more or less is a figure."""
    assert _refused(language, text) == refused


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("fr", "Trois kilomètres de bouchon, et la radio qui grésille.", ""),
        ("en", "The light came on two miles from the ferry.", ""),
        ("de", "Drei Kilometer vor dem Strand ging das Licht an.", ""),
        ("es", "A tres kilómetros de la playa se encendió la luz.", ""),
        ("it", "A due chilometri dal traghetto si accese la spia.", ""),
        ("fr", "Le pain de seigle fait trois kilomètres.", "trois kilomètres"),
        ("en", "The rye loaf travels three kilometres.", "three kilometres"),
        ("de", "Das Roggenbrot reist drei Kilometer.", "drei Kilometer"),
        ("es", "El pan de centeno viaja tres kilómetros.", "tres kilómetros"),
        ("it", "Il pane di segale viaggia tre chilometri.", "tre chilometri"),
        ("en", "We deliver within three kilometres.", "three kilometres"),
    ],
)
def test_a_way_is_a_scene_unless_it_is_of_ours(language: str, text: str, refused: str) -> None:
    """How far off something of a scene is, not how far our things go or we do."""
    assert _refused(language, text) == refused


@pytest.mark.parametrize(
    ("language", "text", "dimension", "value", "approximate"),
    [
        ("fr", "deux virgule un pour cent", "percent", "2.1", ""),
        ("fr", "deux virgule vingt-cinq litres", "l", "2.25", ""),
        ("en", "two point one five percent", "percent", "2.15", ""),
        ("de", "zwei Komma eins Prozent", "percent", "2.1", ""),
        ("es", "dos coma uno por ciento", "percent", "2.1", ""),
        ("it", "due virgola zero cinque per cento", "percent", "2.05", ""),
        ("fr", "quarante-huit clients sur cent vingt", "percent", "40", ""),
        ("fr", "quarante-huit clients sur cent", "percent", "48", ""),
        ("de", "drei von hundertzwanzig", "count", "120", ""),
        ("it", "più della metà delle auto", "percent", "50", "over"),
        ("it", "meno della metà delle auto", "percent", "50", "under"),
        ("en", "as little as five thousand euros", "EUR", "5000", "from"),
        ("en", "seven branches, and every one of them is open", "count", "7", ""),
        ("en", "seven branches, and one of them is open", "percent", "14.29", ""),
        ("fr", "sept agences, et pas une d'entre elles ne ferme", "count", "7", ""),
        ("de", "sieben Filialen, und nicht eine davon schließt", "count", "7", ""),
        ("es", "siete oficinas, y cada una de ellas abre", "count", "7", ""),
        ("de", "3 von 4 berührten die Wand, und 1 von 8 leckte daran", "percent", "12.5", ""),
    ],
)
def test_shares_and_decimals_in_words_are_read_whole(
    language: str, text: str, dimension: str, value: str, approximate: str
) -> None:
    """The decimal sign in words, a hundred that goes on, all or none of so many, the nearer of two shares."""
    found = find_quantities(text, language)
    read = {(q.dimension, round(q.value, 2).normalize(), q.approximate) for q in found}
    assert (dimension, Decimal(value).normalize(), approximate) in read
    if dimension != "percent":
        assert all(q.dimension != "percent" for q in found)
