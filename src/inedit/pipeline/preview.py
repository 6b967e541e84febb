"""Exactly what a model would read for one variant, and why the variant was given what it was given. Nothing is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inedit.brand.preferences import Preferences
from inedit.brand.schema import Brand, Campaign
from inedit.model import Prompt, VariantSpec
from inedit.planning import Narrowing, plan, reasons
from inedit.prompting import Templates, render


@dataclass(frozen=True, slots=True)
class Preview:
    """A variant, its prompt, and the reasons in sentences."""

    spec: VariantSpec
    prompt: Prompt
    why: tuple[str, ...]


def preview(
    templates: Templates, brand: Brand, campaign: Campaign, today: date, narrowing: Narrowing, preferences: Preferences,
) -> Preview:  # fmt: skip
    """The first variant of what ``narrowing`` leaves. Raises :class:`~.errors.WrongInput` when it leaves nothing,
    and for a fault in a template."""
    spec = plan(campaign, brand, today, narrowing, preferences)[0]
    prompt = render(templates, brand, campaign, spec, today)
    return Preview(spec, prompt, reasons(spec, brand, campaign, today, preferences))
