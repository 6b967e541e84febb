"""A scene is no claim, an offer may be told in other words, and what hides a claim is stopped: the demo brand."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import demo_project
from inedit.guard.judge import FinishedText
from inedit.model import Decision
from inedit.pipeline.evaluation import evaluate_finished

BRAND = demo_project().brand
TODAY = date(2026, 11, 28)


def accepted(text: str, language: str) -> bool:
    verdict = evaluate_finished(FinishedText({"text": text}, language, "email"), BRAND, TODAY)
    return verdict.decision is Decision.ACCEPT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La vecina te devuelve la fuente más limpia de lo que se la diste."),
        ("en", "A single shelf is free, and the kettle is on it."),
        ("de", "Nach Hause kommt man leichter, wenn der Tisch schon gedeckt ist."),
        ("fr", "Un drap neuf de cet hiver, monogramme brodé offert, s’entretient ainsi."),
        ("it", "Scegli due lettere: il ricamo non si paga fino al 15 gennaio."),
        ("fr", "La couturière a fini en un quart d’heure, à peine plus que le café."),
        ("it", "Conserviamo vent’anni il filo del tuo colore, nel caso serva un rammendo."),
    ],
)
def test_scenes_and_offers_in_other_words_pass(language: str, text: str) -> None:
    assert accepted(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le drap brodé est offert."),
        ("fr", "La broderie est offerte toute l’année."),
        ("fr", "Nos champs de lin sont irrigués en été."),
        ("de", "Den ganzen Strom der Werkstatt liefert der Fluss."),
        ("de", "Jedes Paket verschnürt Marlies Hagedorn, bevor es hinausgeht."),
        ("en", "Our napkins are trimmed with silk."),
        ("es", "En cada paquete va una pastilla de jabón."),
        ("it", "Tutti i rammendi sono gratuiti, non solo il primo."),
    ],
)
def test_what_hides_a_claim_is_stopped(language: str, text: str) -> None:
    assert not accepted(text, language)
