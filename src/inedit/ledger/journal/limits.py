"""The most that may be spent, as finance and briefs set it down; :mod:`.budgets` holds calls against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["run", "campaign", "month"]


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be spent in one scope, in millionths of ``currency``.

    ``scope_id`` names one run, campaign or month (``2026-11``); empty means whichever the call belongs to.
    A soft limit warns and lets pass. Under a hard one, a call whose price is unknown is refused, since the
    limit could not be kept, unless ``unknown_price_allowed``.
    """

    scope: Scope
    limit_micros: int
    currency: str
    hard: bool = True
    scope_id: str = ""
    unknown_price_allowed: bool = False
