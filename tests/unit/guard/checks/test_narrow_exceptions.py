"""What an exception for honest copy must not let in: promises, shares and terms that only resemble it."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.evidence.superlatives import find_superlatives
from inedit.guard.nlp.quantities import find_quantities

DAIRY = {
    "fr": "La fromagerie affine 300 meules.",
    "en": "The dairy ripens 300 wheels.",
    "de": "Die Käserei reift 300 Laibe.",
    "es": "La quesería madura 300 ruedas.",
    "it": "Il caseificio stagiona 300 forme.",
}


def _is_promised(language: str, text: str) -> bool:
    return bool(promises_are_supported(body(text, language), tiny_context_with(language, DAIRY[language])))


@pytest.mark.parametrize(
    ("language", "text", "stopped"),
    [
        ("fr", "La marchandise part le jour même.", True),
        ("fr", "Le cadeau part le jour même.", True),
        ("fr", "La caisse de fromage part le jour même.", True),
        ("fr", "Tout part le jour même.", True),
        ("fr", "Ce qui arrive le matin part le jour même.", True),
        ("fr", "Le train livre le jour même.", True),
        ("en", "Everything leaves the same day.", True),
        ("en", "The crate leaves the same day.", True),
        ("de", "Die Ware verlässt noch am selben Tag das Haus.", True),
        ("de", "Das Geschenk geht noch am selben Tag raus.", True),
        ("de", "Wer vor Mittag bestellt, wird am selben Tag beliefert.", True),
        ("es", "La mercancía sale el mismo día.", True),
        ("es", "Quien pide antes de mediodía recibe el queso el mismo día.", True),
        ("es", "Tu caja se envió el mismo día.", True),
        ("es", "Nuestro pedido se envió el mismo día.", True),
        ("it", "La merce parte lo stesso giorno.", True),
        ("it", "Il regalo parte lo stesso giorno.", True),
        ("it", "Chi ordina oggi riceve il formaggio lo stesso giorno.", True),
        ("fr", "Le bateau part le jour même.", False),
        ("en", "The ferry leaves the same day.", False),
        ("de", "Die Fähre fährt am selben Tag ab.", False),
        ("es", "El barco sale el mismo día.", False),
        ("it", "La barca parte lo stesso giorno.", False),
    ],
)
def test_what_can_be_sent_and_who_orders_is_promised(language: str, text: str, stopped: bool) -> None:
    """Only a vehicle, or whoever comes and leaves again, is none of ours."""
    assert _is_promised(language, text) is stopped


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le repas de Noël est compris."),
        ("fr", "Le carnet de nuit est inclus."),
        ("fr", "Deux nuits d'hôtel incluses."),
        ("en", "Hotel nights included."),
        ("en", "A dinner with three nights included."),
        ("en", "The holiday candle is included."),
        ("de", "Das Wochenende im Hotel ist inbegriffen."),
        ("de", "Die Ferienkarte ist inbegriffen."),
        ("es", "La cena de Navidad está incluida."),
        ("es", "Las noches de hotel están incluidas."),
        ("it", "La festa è compresa."),
        ("it", "Le notti in albergo sono comprese."),
    ],
)
def test_a_thing_named_by_a_day_is_given(language: str, text: str) -> None:
    """A meal of Christmas and nights in a hotel are things that are included."""
    assert _is_promised(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Vous payez la moitié sur place, l'autre à la livraison."),
        ("fr", "La moitié sur 12 mois, l'autre à la livraison."),
        ("en", "You pay one half on the spot, the other on delivery."),
        ("en", "One half on the spot, the other on delivery."),
        ("de", "Sie zahlen die eine Hälfte im Laden, die andere bei Lieferung."),
        ("de", "Die eine Hälfte im Laden, die andere Hälfte bei Lieferung."),
        ("es", "Pagas la mitad en la tienda, la otra a la entrega."),
        ("es", "La mitad en la tienda, la otra a la entrega."),
        ("it", "Paghi la metà in negozio, l'altra alla consegna."),
        ("it", "La metà in negozio, l'altra alla consegna."),
    ],
)
def test_half_of_a_payment_is_a_share(language: str, text: str) -> None:
    """Two halves in two places are none; a half that is paid, or due by a term, is a figure."""
    assert any(q.dimension == "percent" and q.value == 50 for q in find_quantities(text, language))


@pytest.mark.parametrize(
    ("language", "text", "stopped"),
    [
        ("fr", "Payez à crédit de trois mois.", True),
        ("fr", "Achetez à crédit de 3 mois.", True),
        ("fr", "Prenez un crédit et payez plus tard.", True),
        ("fr", "Financement par crédit possible.", True),
        ("fr", "Nous mettons cette idée au crédit de la voisine.", False),
        ("de", "Der Käse kommt auf Rechnung zu Ihnen.", True),
        ("de", "Auf Rechnung, ganz einfach.", True),
        ("de", "Bei uns geht es auf Rechnung.", True),
        ("de", "Das geht auf Rechnung des Nachbarn.", False),
    ],
)
def test_credit_is_promised_in_any_words(language: str, text: str, stopped: bool) -> None:
    """Buying and paying need not be named beside it."""
    assert _is_promised(language, text) is stopped


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Plus de la moitié de nos clients reviennent."),
        ("en", "More than half of our customers come back."),
        ("de", "Mehr als die Hälfte unserer Kunden kommt wieder."),
        ("es", "Más de la mitad de nuestros clientes vuelve."),
        ("it", "Più della metà dei nostri clienti ritorna."),
    ],
)
def test_more_than_half_is_a_share(language: str, text: str) -> None:
    """It is the check of figures' to judge, of whomever it is."""
    assert not find_superlatives(text, language)
    assert figures_are_supported(body(text, language), tiny_context_with(language, _NO_SHARE[language]))


_NO_SHARE = {
    "fr": "Le fil est filé à Cambrai.",
    "en": "The yarn is spun in Cambrai.",
    "de": "Das Garn wird in Cambrai gesponnen.",
    "es": "El hilo se hila en Cambrai.",
    "it": "Il filo è filato a Cambrai.",
}


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("fr", "Les vaches paissent à deux kilomètres de la fromagerie.", "deux kilomètres"),
        ("en", "The cows graze two kilometres from the dairy.", "two kilometres"),
        ("de", "Die Kühe weiden zwei Kilometer von der Käserei entfernt.", "zwei Kilometer"),
        ("es", "Las vacas pastan a dos kilómetros de la quesería.", "dos kilómetros"),
        ("it", "Le mucche pascolano a due chilometri dal caseificio.", "due chilometri"),
        ("it", "Le mucche pascolano a due chilometri dal ponte.", ""),
    ],
)
def test_a_way_from_a_thing_of_ours_is_a_figure(language: str, text: str, refused: str) -> None:
    """Wherever in the clause our thing stands."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, DAIRY[language]))
    assert " ".join(finding.span.of(text) for finding in found if finding.span) == refused


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Plus de la moitié des clients reviennent."),
        ("en", "More than half of our customers come back."),
        ("es", "Más de la mitad de los clientes repiten."),
        ("it", "Più della metà dei clienti ritorna."),
    ],
)
def test_more_than_half_is_borne_out_by_what_it_is_of(language: str, text: str) -> None:
    """A larger share of something else proves nothing."""
    assert figures_are_supported(body(text, language), tiny_context_with(language, DAIRY[language]))
