"""A denial is part of what is free (« non si paga »), and takes back what is given (« non si rimborsa »)."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brand import body, tiny_context
from fakes.brands import unseen_brand
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.model import Severity


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il trasporto non si paga."),
        ("it", "Il ricamo non si paga, la stoffa sì."),
        ("es", "El transporte no se paga."),
        ("fr", "La broderie ne se paie pas."),
        ("de", "Der Transport kostet nichts."),
        ("en", "You pay nothing for transport."),
        ("es", "El transporte no se cobra."),
        ("it", "Gli adulti non pagano nulla per il trasporto."),
        ("fr", "Le lavage, vous ne le payez pas."),
        ("de", "Erwachsene zahlen beim Transport nichts."),
        ("en", "You are charged nothing for transport."),
    ],
)
def test_what_is_not_paid_is_free(language: str, text: str) -> None:
    """The promise has the denial in it."""
    assert promises_are_supported(body(text, language), tiny_context(language)) != ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il buono dura 18 mesi e non si rimborsa."),
        ("es", "El vale no se reembolsa."),
        ("fr", "Le bon n’est pas remboursé."),
        ("de", "Die Karte wird nicht erstattet."),
        ("en", "The card is not refunded."),
    ],
)
def test_what_is_not_refunded_is_no_promise(language: str, text: str) -> None:
    """The denial takes the promise back."""
    assert promises_are_supported(body(text, language), tiny_context(language)) == ()


PAID_FOR = (
    ("fr", "Les enfants de moins de 6 ans ne paient rien pour {}.", "la demi-pension", "le cours de pain"),
    ("en", "Children under 6 pay nothing for {}.", "half board", "the bread course"),
    ("de", "Kinder unter 6 Jahren zahlen für {} nichts.", "die Halbpension", "den Brotkurs"),
    ("es", "Los niños menores de 6 años no pagan nada por {}.", "la media pensión", "el curso de pan"),
    ("it", "I bambini sotto i 6 anni non pagano niente per {}.", "la mezza pensione", "il corso di pane"),
)
"""Half board is free for children under 6; the bread course costs 75 euros."""


def _stops(language: str, text: str, name: str) -> bool:
    written = FinishedText({"text": text}, language, "social")
    draft, context = finished_draft(written, unseen_brand(name), date(2026, 12, 1))
    return any(f.severity is Severity.BLOCK for f in judge(draft, context, checks_for(written)).findings)


@pytest.mark.parametrize(("language", "text", "free", "paid"), PAID_FOR)
def test_what_one_pays_nothing_for_is_what_is_free(language: str, text: str, free: str, paid: str) -> None:
    """Whoever pays is a word of the fact in both sentences; what is paid for tells them apart."""
    assert not _stops(language, text.format(free), "altana")
    assert _stops(language, text.format(paid), "altana")


@pytest.mark.parametrize(
    ("language", "text", "stopped"),
    [
        ("fr", "Pour l’initiation à la mécanique, on ne paie rien.", True),
        ("de", "Für den Mechanikkurs zahlt man nichts.", True),
        ("es", "Por el curso de mecánica no se cobra nada.", True),
        ("it", "Per il corso di meccanica non si paga niente.", True),
        ("en", "For the action class you pay nothing.", True),
        ("fr", "Le devis de restauration, à l’atelier, vous ne le payez pas.", False),
        ("de", "Für den Kostenvoranschlag in der Werkstatt zahlen Sie nichts.", False),
        ("es", "El presupuesto de restauración en el taller no se cobra.", False),
        ("it", "Per il preventivo di restauro in laboratorio non si paga niente.", False),
        ("en", "At the Sunday concert, children under 12 pay nothing.", False),
        ("es", "Mi vecino no paga nada por el concierto de las once y media.", False),
        ("it", "Lui non paga nulla, ascolta dal pianerottolo.", False),
        ("fr", "Elle ne paie rien, elle écoute derrière la porte.", False),
        ("en", "They pay nothing and hear everything, the neighbours.", False),
        ("de", "Für die Stille zahlt niemand, und doch fehlt sie allen.", False),
    ],
)
def test_what_is_paid_for_before_a_comma_and_who_else_pays(language: str, text: str, stopped: bool) -> None:
    assert _stops(language, text, "quinte") is stopped
