"""A denial is part of what is free (« non si paga »), and takes back what is given (« non si rimborsa »)."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.promises import promises_are_supported


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il trasporto non si paga."),
        ("it", "Il ricamo non si paga, la stoffa sì."),
        ("es", "El transporte no se paga."),
        ("fr", "La broderie ne se paie pas."),
        ("de", "Der Transport kostet nichts."),
        ("en", "You pay nothing for transport."),
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
