"""Money as integer millionths of a currency, and the one rounding rule.

An amount is rounded once, when it becomes an entry, to the nearest millionth, halves to the even neighbour
(``ROUND_HALF_EVEN``, IEEE 754 and banker's rounding), so that rounding does not drift over many entries.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

MICROS = 1_000_000
"""Millionths in one unit of a currency."""


def to_micros(amount: Decimal) -> int:
    """An amount in units of its currency as millionths, halves to even."""
    return round_half_even(amount * MICROS)


def round_half_even(number: Decimal) -> int:
    """The nearest integer, halves to even."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def shown(micros: int, currency: str, digits: int = 4) -> str:
    """An amount for people: ``0.0123 USD``, digits after the point as given, halves to even.

    One below a tenth has four of them, ``0.0056 USD``, and one that would read as nothing all six: ``0.000021 USD``.
    Nothing is ``0.00 USD``: more noughts look like something that was rounded away.
    """
    exact = Decimal(micros) / MICROS
    if not micros:
        digits = min(digits, 2)
    if micros and abs(exact) < Decimal("0.1"):
        digits = max(digits, 4)
    amount = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    if micros and not amount:
        amount = exact.quantize(Decimal(1).scaleb(-6))
    return f"{amount:,f} {currency}"
