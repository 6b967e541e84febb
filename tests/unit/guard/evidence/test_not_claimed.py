"""Superlatives that nobody claims of what is sold here, beside their neighbours that somebody does."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import unseen_brand
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.judge import FinishedText, finished_draft
from inedit.model import Severity


def _found(brand: str, language: str, text: str) -> set[Severity]:
    written = FinishedText({"text": text}, language, "social")
    draft, context = finished_draft(written, unseen_brand(brand), date(2026, 12, 1))
    return {finding.severity for finding in superlatives_are_supported(draft, context)}


@pytest.mark.parametrize(
    ("brand", "language", "text"),
    [
        ("boutisse", "fr", "Nous n’avons pas la prétention d’être la meilleure école de France."),
        ("boutisse", "en", "We make no claim to be the largest school in the country."),
        ("boutisse", "de", "Wir erheben keinen Anspruch darauf, die größte Schule zu sein."),
        ("boutisse", "es", "No tenemos la pretensión de ser la mejor escuela de la zona."),
        ("quinte", "fr", "Si nous sommes les meilleurs, ce n’est pas à nous de le dire."),
        ("quinte", "en", "Whether we are the best is for others to say."),
        ("quinte", "de", "Ob wir die Schnellsten sind, mögen andere beurteilen."),
        ("quinte", "es", "Si somos los mejores, que lo digan otros."),
        ("quinte", "it", "Se siamo i migliori, lo decidano altri."),
        ("quinte", "en", "The highest deposit is the baby grand’s, €900."),
        ("quinte", "de", "Die höchste Kaution gilt für den Stutzflügel: 900 €."),
        ("quinte", "es", "La fianza más alta es la del piano de cola pequeño, 900 €."),
        ("quinte", "it", "La cauzione più alta è quella del quarto di coda, 900 €."),
        ("quinte", "fr", "La caution la plus élevée est celle du quart de queue : 900 €."),
    ],
)
def test_what_is_left_open_claims_nothing(brand: str, language: str, text: str) -> None:
    assert not _found(brand, language, text)


@pytest.mark.parametrize(
    ("brand", "language", "text"),
    [
        (
            "boutisse",
            "fr",
            "Le plus grand atelier de la région ? Nous n’avons pas fait le tour de la région.",
        ),
        ("quinte", "en", "The finest workshop in the county? We haven’t been round the county."),
        ("quinte", "de", "Die beste Werkstatt der Region? Wir kennen nicht alle."),
        ("quinte", "es", "¿El mejor taller de la región? No hemos visitado los demás."),
        ("quinte", "it", "Il miglior laboratorio della regione? Non li abbiamo visitati tutti."),
        ("quinte", "de", "Die beste Werkstatt der Region? Wir kennen keine bessere."),
        ("quinte", "es", "¿El mejor taller de la región? No hemos encontrado otro en la región."),
        ("quinte", "it", "Il miglior laboratorio della regione? Non abbiamo dubbi, tra tutti."),
    ],
)
def test_what_is_asked_and_denied_goes_to_a_person(brand: str, language: str, text: str) -> None:
    """Denied may be that we know, or that there is a better one."""
    assert _found(brand, language, text) == {Severity.REVIEW}


@pytest.mark.parametrize(
    ("brand", "language", "text"),
    [
        ("quinte", "fr", "Le meilleur atelier d’Anjou ? Sans aucun doute."),
        ("quinte", "en", "Whether we are the best? Our customers say so."),
        ("quinte", "de", "Ob wir die Besten sind? Unsere Kunden sagen: ja."),
        ("quinte", "es", "No somos los más baratos, pero sí los mejores."),
        ("altana", "en", "The quietest house on the lake? We have never seen a quieter one."),
        ("quinte", "de", "Nicht die Billigsten, sondern die Besten."),
        ("quinte", "fr", "Nous ne sommes pas les moins chers, mais les meilleurs."),
        ("quinte", "it", "Non siamo i meno cari, ma i migliori."),
        ("carnet", "fr", "Envoyez les devis les plus rapides du métier."),
        ("semis", "en", "Sow the finest seeds in France."),
        ("visio", "de", "Tragen Sie die leichtesten Fassungen der Stadt."),
        ("semis", "es", "Siembre las semillas más fiables del país."),
        ("combe", "it", "Metta in tavola il formaggio più cremoso delle Alpi."),
        ("boutisse", "en", "Choose the most complete course."),
        ("quinte", "en", "The highest deposit is the upright’s, €300."),
        ("quinte", "fr", "Le loyer le plus élevé est celui du droit, 39 €."),
        ("quinte", "de", "Die höchste Miete hat das Klavier, 39 €."),
        ("quinte", "es", "La fianza más alta es la del piano vertical, 300 €."),
        ("quinte", "it", "Il canone più alto è quello del verticale, 39 €."),
    ],
)
def test_what_is_claimed_needs_a_fact(brand: str, language: str, text: str) -> None:
    assert Severity.BLOCK in _found(brand, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your garden may not be the largest, but it is the quietest."),
        ("en", "The dearest mistake of his year cost him €40 and taught him the most."),
        ("en", "The shortest pencil in the drawer cost 20 cents."),
        ("de", "Nicht der kürzeste Weg, aber der schönste."),
        ("de", "Ihr Garten ist nicht der größte, aber der stillste."),
        ("de", "Der teuerste Fehler seines Lebens kostete ihn 40 €."),
        ("es", "No es el camino más corto, pero sí el más bonito."),
        ("es", "Tu jardín no es el más grande, pero sí el más tranquilo."),
        ("es", "El error más caro de su vida le costó 40 €."),
        ("it", "Non è la strada più breve, ma la più bella."),
        ("it", "Il tuo giardino non è il più grande, ma il più silenzioso."),
        ("it", "L’errore più caro della sua vita gli è costato 40 €."),
        ("fr", "La nuit la plus longue de l’année, un café à 2 € et trois inconnus qui se parlent."),
        ("fr", "Le plus long des deux bancs est libre, et le chocolat est à 3 €."),
    ],
)
def test_what_is_set_against_another_in_a_scene_claims_nothing(language: str, text: str) -> None:
    """Nor does a price beside it make an offer of it."""
    assert not _found("quinte", language, text)
