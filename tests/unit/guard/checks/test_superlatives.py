"""Constructions that claim a place above all others, and those that only look like one."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.evidence.superlatives import find_superlatives
from inedit.model import Severity

ABOVE_ALL = [
    ("fr", "Aucune autre coutellerie ne grave vos lettres."),
    ("fr", "Personne d'autre en France ne répare une lame."),
    ("fr", "Avec notre couteau, vous coupez mieux."),
    ("en", "No other kitchen knife carries a name."),
    ("en", "Nobody else in Britain sharpens by hand."),
    ("en", "With our knife you cut better."),
    ("de", "Bei keinem anderen Messer steht ein Name auf der Klinge."),
    ("de", "Niemand sonst in Deutschland schleift von Hand."),
    ("de", "Unser Messer liegt auf Platz eins."),
    ("de", "Mit dem Messer schneiden Sie schneller."),
    ("es", "Ningún otro taller graba tus letras."),
    ("es", "Nadie más en España afila a mano."),
    ("es", "Con la navaja cortas mejor."),
    ("it", "Nessun altro laboratorio incide le tue lettere."),
    ("it", "Nessun altro in Italia affila a mano."),
    ("it", "Con il coltello tagli meglio."),
    ("fr", "Personne ne demande si peu."),
    ("en", "Nobody charges so little."),
    ("es", "Nadie cobra tan poco."),
    ("it", "Nessuno chiede così poco."),
]

HONEST = [
    ("fr", "On marche moins vite en montée qu'en descente."),
    ("en", "Downstairs was colder than upstairs."),
    ("en", "There was no other sound in the house."),
    ("de", "Bergauf dauert es länger als bergab."),
    ("es", "Las siete menos diez, y el pan ya está en la mesa."),
    ("es", "Se tarda más tiempo que cuesta abajo."),
    ("it", "Le sette meno un quarto: il pane è in tavola."),
    ("it", "In salita si va più piano che in discesa."),
    ("fr", "Le filtre est pris, vous n'appelez personne pour si peu."),
    ("en", "You would ring nobody for so little."),
    ("de", "Niemand ruft für so wenig an."),
    ("es", "Nadie llama por tan poco."),
    ("it", "Nessuno chiama per così poco."),
]


@pytest.mark.parametrize(("language", "text"), ABOVE_ALL)
def test_nobody_else_first_place_and_doing_it_better_are_found(language: str, text: str) -> None:
    """Uniqueness by denial, a rank as a place, and a comparative of what one does with the thing sold."""
    assert find_superlatives(text, language)


@pytest.mark.parametrize(("language", "text"), HONEST)
def test_the_clock_and_the_slope_compare_no_goods(language: str, text: str) -> None:
    """« Las ocho menos diez » is an hour; uphill and downhill are not competitors."""
    assert not find_superlatives(text, language)


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("en", "It may seem that yours is the only house awake.", False),
        ("en", "It may seem that ours is the only house awake.", True),
        ("en", "It is the only house awake.", True),
        ("en", "We weave where yours is the only house awake.", True),
        ("en", "The only house awake, and it is yours.", True),
        ("en", "You know it; it is the only house awake.", True),
        ("fr", "Vous êtes la seule ville qui veille.", False),
        ("fr", "Nous sommes la seule ville qui veille.", True),
        ("de", "Ihr Haus ist das einzige Haus im Dorf.", False),
        ("de", "Unser Haus ist das einzige Haus im Dorf.", True),
        ("es", "Tu casa es la única casa despierta.", False),
        ("es", "Nuestra casa es la única casa despierta.", True),
        ("it", "Voi siete l’unica casa sveglia.", False),
        ("it", "Noi siamo l’unica casa sveglia.", True),
    ],
)
def test_what_is_the_readers_alone_is_no_boast(language: str, text: str, refused: bool) -> None:
    """The reader stands before it in its own clause, and neither we nor the brand in it."""
    found = superlatives_are_supported(body(text, language), tiny_context(language))
    assert bool(found) is refused


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le frottement rend la rayure plus profonde."),
        ("fr", "Qui gratte obtient un trou plus large."),
        ("fr", "Sous chaque teinte du nuancier, notez la référence."),
        ("en", "Scrubbing pulls a tear wider."),
        ("en", "What you get is a deeper scratch."),
        ("en", "For the first week the new boots are on their best behaviour."),
        ("de", "Reiben macht den Fleck nur größer."),
        ("de", "Wer zieht, bekommt einen längeren Riss."),
        ("es", "Si se frota, la mancha queda más oscura."),
        ("es", "En la carta, debajo de cada tono viene una referencia."),
        ("it", "A strofinare, la macchia diventa più scura."),
    ],
)
def test_a_fault_that_grows_and_a_number_to_look_up_are_no_boast(language: str, text: str) -> None:
    """Nobody sells a wider hole, and the reference of a shade is not one of the trade."""
    assert superlatives_are_supported(body(text, language), tiny_context(language)) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nos draps sont plus larges."),
        ("fr", "Notre atelier est une référence."),
        ("en", "Our sheets make your bed wider."),
        ("en", "Our cloth is softer, with the best behaviour of all."),
        ("de", "Unser Leinen ist größer und weicher."),
        ("es", "Nuestro taller es una referencia."),
        ("es", "Nuestra sábana es más grande."),
        ("it", "Il nostro lino è più morbido."),
    ],
)
def test_what_is_sold_is_still_not_compared(language: str, text: str) -> None:
    """The same words of the brand's own things are a boast."""
    assert superlatives_are_supported(body(text, language), tiny_context(language)) != ()


OTHERS_PERHAPS = [
    (
        "fr",
        "D’autres maisons bâclent la lessive. Nous, nous prenons le temps.",
        "Les autres dorment. Le chat, lui, guette.",
    ),
    ("en", "Other clinics make you wait. We don’t.", "Other gardens have gnomes. Yours has a hose."),
    (
        "de",
        "Andere Werkstätten lassen Sie warten, wir nicht.",
        "Andere Gärten haben Zwerge. Ihrer hat einen Schlauch.",
    ),
    (
        "es",
        "Otros talleres te hacen esperar. Nosotros, no.",
        "Otros jardines tienen enanos. El tuyo, una manguera.",
    ),
    ("it", "Altre officine ti fanno aspettare. Noi no.", "Altri giardini hanno nani. Il tuo ha una canna."),
]


@pytest.mark.parametrize(("language", "against", "scene"), OTHERS_PERHAPS)
def test_what_others_do_and_we_do_not_is_for_a_person(language: str, against: str, scene: str) -> None:
    """A contrast with « nous » may be a scene; one with the reader's own things is no comparison of ours."""
    [found] = superlatives_are_supported(body(against, language), tiny_context(language))
    assert found.severity is Severity.REVIEW
    assert superlatives_are_supported(body(scene, language), tiny_context(language)) == ()
