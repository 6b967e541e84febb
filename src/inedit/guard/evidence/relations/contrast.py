"""What is held against each other, by which measure: the noun that facts and texts share. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

COMMA = re.compile(r"[,;–—](?=\s)")
"""Marks that part what is said of one thing from what is said of the next."""


@dataclass(frozen=True, slots=True)
class Pole:
    """One of the things compared: how much it is, the roots that no other one has, in the fact's order, and how the
    fact tells it."""

    value: Decimal
    label: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """The things that a fact compares, by which measure (``any``: by how often or how much). ``in_figures``: by what
    it counts or measures, not in words only; ``mutual``: the second is told as the other one (« l'autre sens »)."""

    measure: str
    poles: tuple[Pole, ...]
    in_figures: bool = True
    mutual: bool = False
