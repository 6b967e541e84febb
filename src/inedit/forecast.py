"""What a campaign would cost before anything is spent: pieces, tokens, money, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from inedit.archive.pieces import standing_pieces
from inedit.brand.choosing import Coverage, coverage, eligible_insights
from inedit.brand.schema import Brand, Campaign
from inedit.ledger import Ledger
from inedit.ledger.history import mean_usage
from inedit.model import Status, Usage, VariantSpec
from inedit.paid_call import CHARS_PER_TOKEN, PROMPT_FRAME_TOKENS
from inedit.prompting import Templates, render

MICROS = 1_000_000
UNTRIED_OUTPUT_TOKENS_PER_SECOND = {"embedded": 15.0, "remote": 50.0}
"""Assumed until a model has been called: 15 is what two cores gave the embedded default (docs/models.md), 50 a cautious
figure for hosted models. The forecast says when it rests on these."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast. Tokens, micros and seconds are for all pieces, at one draft each and at most drafts each.

    ``cost_micros`` holds None where the price of the model is unknown; ``basis`` says what the figures rest on.
    """

    pieces: int
    exist: int
    matrix: Mapping[str, Mapping[str, int]]
    languages: tuple[str, ...]
    model: str
    input_tokens: int
    output_tokens: int
    max_attempts: int
    cost_micros: int | None
    currency: str
    seconds: float
    basis: str
    insights: Coverage

    def as_json(self) -> dict[str, Any]:
        """As a plain dictionary, with the range from one draft to ``max_attempts`` drafts a piece."""
        worst = self.max_attempts
        return {
            "pieces": self.pieces,
            "exist": self.exist,
            "matrix": {channel: dict(counts) for channel, counts in self.matrix.items()},
            "model": self.model,
            "drafts_per_piece": [1, worst],
            "input_tokens": [self.input_tokens, self.input_tokens * worst],
            "output_tokens": [self.output_tokens, self.output_tokens * worst],
            "cost_micros": None if self.cost_micros is None else [self.cost_micros, self.cost_micros * worst],
            "currency": self.currency,
            "seconds": [round(self.seconds), round(self.seconds * worst)],
            "basis": self.basis,
            "insight_coverage": self.insights.share,
            "insights_left_out": list(self.insights.unused),
        }

    def sentences(self) -> list[tuple[str, str]]:
        """Name and value of each figure, for people."""
        worst = self.max_attempts
        cost = (
            "unknown price: the ledger will show these calls as exceptions"
            if self.cost_micros is None
            else f"{self.cost_micros / MICROS:.4f} to {self.cost_micros * worst / MICROS:.4f} {self.currency}"
        )
        unused = len(self.insights.unused)
        left_out = f"; {unused} left out (--json names them)" if unused else ""
        exist = f"{self.exist} exist already and cost nothing" if self.exist else "none exists yet"
        return [
            ("to write", f"{self.pieces - self.exist} of {self.pieces} pieces ({exist})"),
            ("model", self.model),
            ("tokens in", f"{self.input_tokens:,} to {self.input_tokens * worst:,}"),
            ("tokens out", f"{self.output_tokens:,} to {self.output_tokens * worst:,}"),
            ("cost", cost),
            ("time", f"{_minutes(self.seconds)} to {_minutes(self.seconds * worst)}"),
            ("range", f"one draft a piece to {worst} drafts a piece"),
            ("insights", f"{self.insights.share:.0%} of the campaign's are given to some piece{left_out}"),
            ("basis", self.basis),
        ]


def forecast(
    specs: Sequence[VariantSpec],
    brand: Brand,
    campaign: Campaign,
    templates: Templates,
    ledger: Ledger,
    *,
    provider: str,
    model: str,
    today: date,
    max_attempts: int,
    concurrency: int = 1,
) -> Outlook:
    """The forecast for the variants that do not exist yet.

    Prompts are really rendered, one a channel and language; the answer is taken to be as long as the sheet's worked
    example. When the ledger holds calls of this model, their mean tokens and seconds are used instead.
    """
    standing = standing_pieces(ledger.store, campaign.id)
    missing = [s for s in specs if s.key not in standing or standing[s.key].piece.status is Status.FAILED]
    history = mean_usage(ledger.store, provider=provider, model=model)
    input_tokens = output_tokens = 0
    if history is not None:
        input_tokens = round(history.input_tokens * len(missing))
        output_tokens = round(history.output_tokens * len(missing))
        seconds = history.latency_seconds * len(missing) / concurrency
        basis = f"mean of {history.calls} calls of this model in the ledger"
    else:
        sizes: dict[tuple[str, str], tuple[int, int]] = {}
        for spec in missing:
            kind = (spec.channel, spec.language)
            if kind not in sizes:
                sizes[kind] = _size(spec, brand, campaign, templates, today)
            input_tokens += sizes[kind][0]
            output_tokens += sizes[kind][1]
        speed = UNTRIED_OUTPUT_TOKENS_PER_SECOND["embedded" if provider == "embedded" else "remote"]
        seconds = output_tokens / speed / (1 if provider == "embedded" else concurrency)
        basis = (
            f"length of the prompts and examples, {CHARS_PER_TOKEN:g} characters a token, "
            f"{speed:g} tokens/s assumed"
        )
    each = Usage(
        model, input_tokens // max(1, len(missing)), 0, output_tokens // max(1, len(missing)), 0, 0.0
    )
    price = ledger.prices.price(provider, each, at=datetime.combine(today, time(12), UTC))
    cost = price.cost_micros(each)
    matrix: dict[str, Counter[str]] = {}
    for spec in specs:
        matrix.setdefault(spec.channel, Counter())[spec.language] += 1
    return Outlook(
        pieces=len(specs),
        exist=len(specs) - len(missing),
        matrix=matrix,
        languages=tuple(dict.fromkeys(spec.language for spec in specs)),
        model=model,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        max_attempts=max_attempts,
        cost_micros=None if cost is None else cost * len(missing),
        currency=price.currency or "",
        seconds=seconds,
        basis=basis,
        insights=coverage(specs, eligible_insights(brand, campaign)),
    )


def _size(
    spec: VariantSpec, brand: Brand, campaign: Campaign, templates: Templates, today: date
) -> tuple[int, int]:
    """Estimated input and output tokens of one variant."""
    prompt = render(templates, brand, campaign, spec, today)
    sheet = templates.sheets[spec.channel]
    example = sheet.example(spec.language)
    chars = (
        sum(len(text) + len(name) + 8 for name, text in example.parts.items())
        if example
        else sum(part.max_chars for part in sheet.parts)
    )
    return round(len(prompt.text) / CHARS_PER_TOKEN) + PROMPT_FRAME_TOKENS, round(chars / CHARS_PER_TOKEN)


def _minutes(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 90
        else f"{seconds / 60:.0f} min"
        if seconds < 5400
        else f"{seconds / 3600:.1f} h"
    )
