"""What a check may know of the draft in front of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.model import Draft, Finding, Prompt


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may consult: the brand, the brief, the channel's parts, the prompt, and today's
    date."""

    brand: Brand
    campaign: Campaign
    sheet: Sheet
    prompt: Prompt
    today: date


Check = Callable[[Draft, Context], tuple[Finding, ...]]
"""A check is a plain function; the tuple :data:`inedit.guard.judge.CHECKS` lists them in order."""
