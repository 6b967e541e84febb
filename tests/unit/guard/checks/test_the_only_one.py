"""Who says to be the only one, or puts a thing before any other, and who only tells of one."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.model import Severity

CLAIMED = [
    ("fr", "Nous sommes le seul atelier de France à réparer les lames."),
    ("fr", "Nous restons les seuls à graver un prénom à la main."),
    ("fr", "La meilleure coutellerie de Bretagne ouvre à midi."),
    ("fr", "Votre couteau sera plus solide que n’importe quel outil de cuisine."),
    ("fr", "Notre couteau survit à toute autre lame."),
    ("en", "We are the only workshop in France where blades are mended."),
    ("en", "We’re still the only ones who engrave by hand."),
    ("en", "Lunch starts with the best soup in the Ardèche."),
    ("en", "Your wall will be stronger than any wall of concrete."),
    ("en", "Our knife outlives every other blade."),
    ("de", "Wir sind die einzige Werkstatt, die noch von Hand schleift."),
    ("de", "Ihre Mauer wird stabiler als jede Betonwand."),
    ("de", "Unser Messer überdauert jede andere Klinge."),
    ("es", "Somos el único taller de Francia que repara hojas."),
    ("es", "A mediodía, la mejor sopa de la comarca."),
    ("es", "Nuestra navaja supera a cualquier otra hoja."),
    ("it", "Siamo l’unica bottega della regione a riparare le lame."),
    ("it", "Il nostro coltello supera qualsiasi altra lama."),
]

OF_OTHERS = [
    ("fr", "La seule patinoire de Gérardmer ouvre à dix heures."),
    ("es", "La única panadería de Cuenca abre a las seis."),
    ("it", "L’unica panetteria di Siena apre presto."),
    ("es", "El único tamiz que se limpia solo."),
    ("de", "Das einzige Sieb, das sich selbst putzt."),
]
"""True or not, nobody here sells it: for a person to see."""

ONLY_TOLD = [
    ("fr", "Nous ne sommes pas les seuls à bâtir en pierre sèche."),
    ("fr", "La seule chose à emporter : vos gants."),
    ("fr", "Le seul bruit, c’est le marteau."),
    ("fr", "Notre couteau est dans le seul tiroir qui ferme."),
    ("en", "We are not the only ones who do it."),
    ("en", "The only sound is the hammer."),
    ("en", "Bring gloves: they are the only thing you need."),
    ("de", "Wir sind nicht die Einzigen."),
    ("es", "No somos los únicos que lo hacen."),
    ("es", "Lo único que hace falta son los guantes."),
    ("it", "Non siamo gli unici a farlo."),
    ("it", "La sola cosa da portare sono i guanti."),
    ("en", "The only sound that comes from the workshop is the wheel."),
    ("fr", "Son grand-père a survécu à deux autres hivers."),
    ("en", "She outlived all her brothers."),
]


@pytest.mark.parametrize(("language", "text"), CLAIMED)
def test_the_only_one_is_claimed(language: str, text: str) -> None:
    found = superlatives_are_supported(body(text, language=language), tiny_context(language=language))
    assert [f.severity for f in found] == [Severity.BLOCK]


@pytest.mark.parametrize(("language", "text"), OF_OTHERS)
def test_the_only_one_of_a_town_is_for_a_person(language: str, text: str) -> None:
    found = superlatives_are_supported(body(text, language=language), tiny_context(language=language))
    assert [f.severity for f in found] == [Severity.REVIEW]


@pytest.mark.parametrize(("language", "text"), ONLY_TOLD)
def test_an_only_thing_is_told(language: str, text: str) -> None:
    assert not superlatives_are_supported(body(text, language=language), tiny_context(language=language))
