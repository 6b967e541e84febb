"""The cheapest of ours is not the cheapest of a town, nor is it one that costs more than another."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import unseen_brand
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.judge import FinishedText, finished_draft


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("fr", "Le piano droit le moins cher d’Angers : 39 € par mois.", True),
        ("en", "The cheapest upright in Angers: €39 a month.", True),
        ("es", "El piano vertical más barato de Angers: 39 € al mes.", True),
        ("it", "Il pianoforte verticale meno caro di Angers: 39 € al mese.", True),
        ("fr", "Le moins cher de nos pianos est le silencieux : 54 € par mois.", True),
        ("de", "Am günstigsten ist bei uns das Silent-Klavier: 54 € im Monat.", True),
        ("es", "El más barato de nuestros pianos es el silencioso: 54 € al mes.", True),
        ("fr", "Le moins cher de nos pianos est le droit : 39 € par mois.", False),
        ("en", "The cheapest of our pianos is the upright: €39 a month.", False),
        ("de", "Am günstigsten ist bei uns das Klavier: 39 € im Monat.", False),
        ("es", "El más barato de nuestros pianos es el vertical: 39 € al mes.", False),
        ("it", "Il meno caro dei nostri pianoforti è il verticale: 39 € al mese.", False),
    ],
)
def test_a_figure_of_ours_ranks_ours_alone(language: str, text: str, refused: bool) -> None:
    written = FinishedText({"text": text}, language, "social")
    draft, context = finished_draft(written, unseen_brand("quinte"), date(2026, 12, 1))
    assert bool(superlatives_are_supported(draft, context)) is refused
