"""Superlatives that nobody claims of what is sold here, beside their neighbours that somebody does."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import unseen_brand
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.judge import FinishedText, finished_draft


def _is_refused(brand: str, language: str, text: str) -> bool:
    written = FinishedText({"text": text}, language, "social")
    draft, context = finished_draft(written, unseen_brand(brand), date(2026, 12, 1))
    return bool(superlatives_are_supported(draft, context))


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
        ("boutisse", "fr", "Nous n’avons pas la prétention d’être la meilleure école de France."),
        ("boutisse", "en", "We make no claim to be the largest school in the country."),
        ("boutisse", "de", "Wir erheben keinen Anspruch darauf, die größte Schule zu sein."),
        ("boutisse", "es", "No tenemos la pretensión de ser la mejor escuela de la zona."),
        ("quinte", "fr", "Si nous sommes les meilleurs, ce n’est pas à nous de le dire."),
        ("quinte", "en", "Whether we are the best is for others to say."),
        ("quinte", "de", "Ob wir die Schnellsten sind, mögen andere beurteilen."),
        ("quinte", "es", "Si somos los mejores, que lo digan otros."),
        ("quinte", "it", "Se siamo i migliori, lo decidano altri."),
        ("boutisse", "fr", "Gardez les pierres les plus plates pour le couronnement."),
        ("boutisse", "en", "Keep the flattest stones for the top."),
        ("boutisse", "de", "Legen Sie die längsten Steine zuerst beiseite."),
        ("boutisse", "es", "Deje las piedras más planas para el final."),
        ("boutisse", "it", "Tenete le pietre più piatte per la fine."),
        ("quinte", "en", "The highest deposit is the baby grand’s, €900."),
        ("quinte", "de", "Die höchste Kaution gilt für den Stutzflügel: 900 €."),
        ("quinte", "es", "La fianza más alta es la del piano de cola pequeño, 900 €."),
        ("quinte", "it", "La cauzione più alta è quella del quarto di coda, 900 €."),
        ("quinte", "fr", "La caution la plus élevée est celle du quart de queue : 900 €."),
    ],
)
def test_what_is_left_open_or_a_tip_claims_nothing(brand: str, language: str, text: str) -> None:
    assert not _is_refused(brand, language, text)


@pytest.mark.parametrize(
    ("brand", "language", "text"),
    [
        ("quinte", "fr", "Le meilleur atelier d’Anjou ? Sans aucun doute."),
        ("altana", "en", "The quietest house on the lake? We have never seen a quieter one."),
        ("quinte", "de", "Die beste Werkstatt der Region? Wir kennen keine bessere."),
        ("quinte", "es", "¿El mejor taller de la región? No hemos encontrado otro en la región."),
        ("quinte", "it", "Il miglior laboratorio della regione? Non abbiamo dubbi, tra tutti."),
        ("quinte", "en", "Whether we are the best? Our customers say so."),
        ("quinte", "de", "Ob wir die Besten sind? Unsere Kunden sagen: ja."),
        ("quinte", "es", "No somos los más baratos, pero sí los mejores."),
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
    assert _is_refused(brand, language, text)
