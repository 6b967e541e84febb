"""What an advisor's opinion on the pieces of a plan would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from inedit.brand.schema import Brand, Campaign
from inedit.model import Draft, Prompt, Usage, VariantSpec
from inedit.pipeline.load import Load, at_once, speed_of
from inedit.pipeline.prompt_size import CHARS_PER_TOKEN, PROMPT_FRAME_TOKENS

if TYPE_CHECKING:
    from inedit.pipeline.services import Prices
    from inedit.prompting import Templates

EXPECTED_TOKENS = 80
"""What an advisor is taken to write on a text: most have nothing against them, some one finding or two."""


@dataclass(frozen=True, slots=True)
class Advising:
    """Who is asked about what the guard accepts, and who bills the calls."""

    model: str
    provider: str


def advice_load(
    specs: Sequence[VariantSpec],
    brand: Brand,
    campaign: Campaign,
    templates: Templates,
    ledger: Prices,
    advising: Advising,
    today: date,
    concurrency: int,
) -> tuple[Load, str]:
    """One question for each variant, and the currency of its price. The question is really rendered, once a channel and
    language, about the worked example of the sheet. Raises :class:`~.errors.WrongInput` when there is none."""
    sizes: dict[tuple[str, str], int] = {}
    for spec in specs:
        kind = (spec.channel, spec.language)
        if kind not in sizes:
            sizes[kind] = _size(spec, brand, campaign, templates, today)
    tokens_in = sum(sizes[spec.channel, spec.language] for spec in specs)
    tokens_out = EXPECTED_TOKENS * len(specs)
    beside = 1 if advising.provider == "embedded" else at_once(specs, concurrency)
    seconds = tokens_out / speed_of(advising.provider) / beside
    count = max(1, len(specs))
    each = Usage(advising.model, tokens_in // count, 0, EXPECTED_TOKENS, 0, 0.0)
    price = ledger.prices.price(advising.provider, each, at=datetime.combine(today, time(12), UTC))
    cost = price.cost_micros(each)
    total = None if cost is None else cost * len(specs)
    return Load(len(specs), tokens_in, tokens_out, seconds, total), price.currency or ""


def joined(advice: Load, currency: str, drafts: Load, theirs: str) -> Load:
    """The load of the advice beside that of the drafts: amounts in two currencies have no sum that is known."""
    paid = advice.cost_micros and drafts.cost_micros
    return replace(advice, cost_micros=None) if paid and currency != theirs else advice


def _size(spec: VariantSpec, brand: Brand, campaign: Campaign, templates: Templates, today: date) -> int:
    """Estimated input tokens of the question about one variant."""
    from inedit.guard.context import Context  # noqa: PLC0415  # who forecasts without an advisor loads no guard
    from inedit.prompting.advice import advice_prompt  # noqa: PLC0415

    sheet = templates.sheets[spec.channel]
    example = sheet.example(spec.language)
    parts = example.parts if example else {part.id: "x" * part.max_chars for part in sheet.parts}
    draft = Draft(spec, parts, Usage("", 0, 0, 0, 0, 0.0), 1)
    prompt = advice_prompt(templates, draft, Context(brand, campaign, sheet, Prompt((), "", ""), today))
    return round(len(prompt.text) / CHARS_PER_TOKEN) + PROMPT_FRAME_TOKENS
