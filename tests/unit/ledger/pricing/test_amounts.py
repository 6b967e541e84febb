"""Amounts as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from inedit.ledger.pricing.amounts import ABOVE_ZERO, PATTERN, parse_amount
from inedit.ledger.pricing.money import shown
from inedit.model.errors import WrongInput


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("2", "2", ""), ("2.50", "2.50", ""), ("2,50", "2.50", ""), ("0,50 €", "0.50", "EUR"),
        ("€0.50", "0.50", "EUR"), ("2 eur", "2", "EUR"), ("2EUR", "2", "EUR"), ("2 euros", "2", "EUR"),
        ("$3", "3", "USD"), ("3 £", "3", "GBP"), ("CHF 4,5", "4.5", "CHF"), ("1 000,00 €", "1000", "EUR"),
        ("1\u202f234,50\u00a0€", "1234.5", "EUR"), ("1'000.50 CHF", "1000.5", "CHF"),
        ("1.234,50", "1234.5", ""), ("1,234.50", "1234.5", ""), ("0,004", "0.004", ""), (".5", "0.5", ""),
        ("2,", "2", ""), ("0.004 USD", "0.004", "USD"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_was_meant(typed: str, amount: str, currency: str) -> None:
    """Point or comma, sign or code, before or after, with or without a space between thousands."""
    assert parse_amount(typed) == (Decimal(amount), currency)
    assert re.search(PATTERN, typed)
    assert re.search(ABOVE_ZERO, typed)


@pytest.mark.parametrize("typed", ["", "two", "-1", "1.2.3", "€ 2 USD", "2 €€", "1 00", "2 50 €", "1e3", "∞"])
def test_what_is_not_an_amount_is_refused_in_a_sentence(typed: str) -> None:
    """Never read as something else."""
    with pytest.raises(WrongInput, match=r"give an amount such as 2\.50, 2,50 € or 2 USD"):
        parse_amount(typed)


def test_what_may_be_a_thousand_or_one_is_asked_again() -> None:
    """Two readings that differ a thousandfold are no amount; an unknown currency is none either."""
    with pytest.raises(WrongInput, match=r"can be read as 1\.000 and as 1000"):
        parse_amount("1,000 €")
    assert not any(re.search(ABOVE_ZERO, typed) for typed in ("1,000 €", "$12,500", "0", "0,00"))
    with pytest.raises(WrongInput, match="'max' in '2 max' is not a currency"):
        parse_amount("2 max")


@pytest.mark.parametrize(
    ("micros", "digits", "said"),
    [
        (0, 4, "0.00"), (21, 4, "0.000021"), (-3, 4, "-0.000003"), (50, 4, "0.000050"), (123_456, 4, "0.1235"),
        (0, 2, "0.00"), (4_200, 2, "0.0042"), (-5_600, 2, "-0.0056"), (12_345, 2, "0.0123"), (99_996, 2, "0.1000"),
        (123_456, 2, "0.12"), (1_234_567_890, 2, "1,234.57"), (7, 2, "0.000007"),
    ],
)  # fmt: skip
def test_an_amount_that_is_something_never_reads_as_nothing(micros: int, digits: int, said: str) -> None:
    """Small ones have more digits, down to the millionth."""
    assert shown(micros, "EUR", digits) == f"{said} EUR"
