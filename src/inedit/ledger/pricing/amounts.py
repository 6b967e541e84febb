"""Amounts as people type them: ``2.50``, ``2,50``, ``0,50 €``, ``2 eur``, ``$3``, ``1 000,00 CHF``."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import is_currency

from inedit.model.errors import WrongInput

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "euro": "EUR", "euros": "EUR"}
"""What people write for a currency instead of its ISO 4217 code."""

_GROUPED = r"[0-9]{1,3}(?:[ \u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?"
_ENGLISH, _CONTINENTAL = r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+", r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"
_PLAIN = r"[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+"
_NUMBER = f"{_GROUPED}|{_ENGLISH}|{_CONTINENTAL}|{_PLAIN}"
_CURRENCY = r"[A-Za-z]{3}|[Ee]uros?|[€$£]"
PATTERN = rf"^\s*(?:{_CURRENCY})?\s*(?:{_NUMBER})\s*(?:{_CURRENCY})?\s*$"
"""Recognises what :func:`parse_amount` takes, and a little more: also as a regular expression of JSON Schema."""

ABOVE_ZERO = rf"(?=.*[1-9])(?!\D*[1-9][0-9]{{0,2}},[0-9]{{3}}(?![0-9.])){PATTERN}"
"""The same, for amounts above 0, and without ``1,000``, which is a thousand to some and one to others."""

LIKE = "an amount such as 2.50, 2,50 € or 2 USD"

_PARTS = re.compile(rf"\s*(?P<before>{_CURRENCY})?\s*(?P<number>{_NUMBER})\s*(?P<after>{_CURRENCY})?\s*")
_THOUSAND_OR_ONE = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


def parse_amount(text: str) -> tuple[Decimal, str]:
    """The amount and its ISO 4217 currency, empty when none is named.

    Raises :class:`~.errors.WrongInput` with a sentence for what is not an amount, for a currency that is none or
    comes twice, and for ``1,000``, which is a thousand to some and one to others.

    >>> parse_amount("0,50 €"), parse_amount("2 eur"), parse_amount("1 000.5")
    ((Decimal('0.50'), 'EUR'), (Decimal('2'), 'EUR'), (Decimal('1000.5'), ''))
    """
    found = _PARTS.fullmatch(text)
    if found is None or (found["before"] and found["after"]):
        raise WrongInput(f"'{text}' is not an amount: give {LIKE}.")
    number = found["number"]
    if _THOUSAND_OR_ONE.fullmatch(number):
        whole, _, rest = number.partition(",")
        raise WrongInput(f"'{text}' can be read as {whole}.{rest} and as {whole}{rest}: write one of these.")
    named = found["before"] or found["after"] or ""
    currency = SIGNS.get(named.casefold(), named.upper())
    if currency and not is_currency(currency):
        raise WrongInput(f"'{named}' in '{text}' is not a currency: give {LIKE}.")
    return _decimal(number), currency


def _decimal(number: str) -> Decimal:
    """The last sign between digits is the decimal one; those before it only group."""
    digits = re.sub(r"[\s'’]", "", number)
    point = max(digits.rfind("."), digits.rfind(","))
    if point < 0:
        return Decimal(digits)
    whole = re.sub("[.,]", "", digits[:point])
    return Decimal(f"{whole or 0}.{digits[point + 1 :] or 0}")
