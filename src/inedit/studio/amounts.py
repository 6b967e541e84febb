"""Money and time as finance reads them: amounts with their currency's code, durations in minutes or hours."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from markupsafe import Markup

from inedit.studio.rendering import Rendering

MICROS = 1_000_000
MINUTES_SHOWN = 10 * 3600
"""Seconds below which a duration is told in minutes."""


def money(rendering: Rendering, micros: int, currency: str) -> Markup:
    """An amount with the figure that it was written from: as many digits as it takes not to read as nothing."""
    exact = Decimal(micros) / MICROS
    digits = next((n for n in (2, 4, 6) if not micros or abs(exact) >= Decimal(10) ** (1 - n)), 6)
    return Markup('<data value="{}" class="num">{} {}</data>').format(
        micros, rendering.number(exact, digits).replace(" ", "\u00a0"), currency
    )


def moneys(rendering: Rendering, costs: Mapping[str, int]) -> Markup:
    """Amounts in several currencies, which are never added up; a dash for none."""
    return Markup(" + ").join(
        money(rendering, micros, currency) for currency, micros in costs.items()
    ) or Markup("–")


def duration(rendering: Rendering, seconds: int) -> str:
    """Minutes, or hours when there are many."""
    if abs(seconds) < MINUTES_SHOWN:
        return f"{rendering.number(Decimal(seconds) / 60, 0)}\u00a0min"
    return f"{rendering.number(Decimal(seconds) / 3600, 1)}\u00a0h"
