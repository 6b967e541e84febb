"""Who acts in a scene needs nobody's eye; who vouches for the offer does."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.promises import promises_are_supported
from inedit.model import Severity

IN_SCENES = [
    ("fr", "Il pleut, et Nadia cherche ses gants. Vous sonnez."),
    ("fr", "« Tu viens ? », demande Zoé à son frère. Vous devinez la réponse."),
    ("fr", "« Just ride », répète James à chaque feu rouge."),
    ("fr", "Au feu, Karim compte les mouettes."),
    ("en", "At the light, Karim counts the gulls."),
    ("en", "It rains, and Nadia looks for her gloves."),
    ("en", "“Are you coming?” asks Toby at the foot of the hill."),
    ("de", "Es regnet, und Nadja sucht ihre Handschuhe."),
    ("es", "Llueve, y Nadia busca sus guantes."),
    ("es", "«¿Vienes?», pregunta Zoé al pie de la cuesta."),
    ("it", "Piove, e Nadia cerca i guanti."),
    ("it", "Al semaforo, Karim conta i gabbiani."),
    ("fr", "Ce soir, Madame a la radio et Monsieur le journal."),
    ("en", "To do: ring Mum, buy milk."),
    ("es", "Hoy, Monsieur lee el diario."),
]
VOUCHING = [
    ("fr", "« Je ne m'en passe plus », dit Zoé."),
    ("fr", "« Je l'adore », confie Zoé."),
    ("fr", "« Magnifique », dit Zoé."),
    ("fr", "Hier, Zoé a choisi sans hésiter."),
    ("fr", "Ici, Zoé vous attend avec un café."),
    ("fr", "Chez nous, Zoé règle tout."),
    ("fr", "Le professeur Zoé Martin marche tous les jours."),
    ("fr", "Dans le train, Zoé dort sous un drap."),
    ("en", "“I'd never give it back,” says Toby."),
    ("en", "Since May, Toby swears by it."),
    ("en", "Last year, Toby bought a sheet."),
    ("en", "On the hill, Toby counts 14 gulls."),
    ("en", "For Toby, everything begins at six."),
    ("fr", "Sandrine coupe le pain. À côté, Zoé les emballe."),
    ("en", "Beside the door, Toby wraps them."),
    ("es", "Al lado, Zoé los envuelve."),
    ("it", "Accanto, Zoé li piega."),
    ("de", "„Wunderbar“, schreibt Frau Conti aus Turin."),
    ("es", "«No la cambio por nada», dice Zoé."),
    ("es", "Desde mayo, Zoé recomienda subir."),
    ("it", "«Splendida», dice Zoé."),
    ("it", "Da maggio, Zoé consiglia la salita a tutti."),
]


@pytest.mark.parametrize(("language", "text"), IN_SCENES)
def test_a_first_name_acts_in_a_scene(language: str, text: str) -> None:
    """Its sentence has nothing of the offer, the house or the reader, and what it says praises nothing."""
    assert promises_are_supported(body(text, language), tiny_context(language)) == ()


@pytest.mark.parametrize(("language", "text"), VOUCHING)
def test_a_name_that_vouches_waits_for_a_person(language: str, text: str) -> None:
    """Praise, buying, serving, making, a figure, a surname or a title: somebody has to know that it is so."""
    found = promises_are_supported(body(text, language), tiny_context(language))
    assert Severity.REVIEW in {finding.severity for finding in found if "name" in finding.message}
