"""What a campaign would cost before anything is spent: pieces, tokens, money, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from inedit.archive.slots import Slot
from inedit.brand.explain_tests import summary_of
from inedit.brand.preferences import NO_PREFERENCES, Preferences
from inedit.brand.schema import Brand, Campaign
from inedit.brand.selection import Coverage, coverage, eligible_insights
from inedit.ledger import shown
from inedit.model import Status, Usage, VariantSpec
from inedit.pipeline.advice_forecast import Advising, advice_load, joined
from inedit.pipeline.load import NOTHING, Load, at_once, speed_of
from inedit.pipeline.prompt_size import CHARS_PER_TOKEN, PROMPT_FRAME_TOKENS
from inedit.planning import Narrowing, plan
from inedit.prompting import render
from inedit.prompting.copy_edit import copy_edit_question
from inedit.prompting.generic_prompt import CHARS_PER_WORD, generic_prompt, words_asked

if TYPE_CHECKING:
    from inedit.pipeline.services import PaidBefore, Prices
    from inedit.prompting import Templates

NAMED_INSIGHTS = 4


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast: ``drafts`` at one draft per piece, ``mirror`` for the baselines that are not there yet, ``advice`` at
    one question per draft to ``advisor``, where there is one, ``edits`` at one copy edit per draft, if any.

    ``basis`` says what the figures rest on; ``preferred`` counts the variants that A/B tests give something else.
    """

    pieces: int
    exist: int
    matrix: Mapping[str, Mapping[str, int]]
    languages: tuple[str, ...]
    model: str
    drafts: Load
    mirror: Load
    max_attempts: int
    currency: str
    basis: str
    insights: Coverage
    prompts: str = "full"
    candidates: int = 1
    preferences: Preferences = NO_PREFERENCES
    preferred: int = 0
    batch: bool = False
    advice: Load = NOTHING
    advisor: str = ""
    edits: Load = NOTHING

    @property
    def least(self) -> Load:
        """Baselines, and one draft per piece, with the copy edit of it and the advice on it."""
        return self.mirror.plus(self.drafts).plus(self.edits).plus(self.advice)

    @property
    def most(self) -> Load:
        """Baselines, and ``max_attempts`` drafts per piece, with a copy edit of each and the advice on every text."""
        drafts = self.mirror.plus(self.drafts, self.max_attempts).plus(self.edits, self.max_attempts)
        return drafts.plus(self.advice, self.max_attempts * self.texts_per_draft)

    @property
    def texts_per_draft(self) -> int:
        """The most texts of a draft that an advisor may be asked about, the edited one among them."""
        return self.candidates + bool(self.edits.calls)

    def as_json(self) -> dict[str, Any]:
        """As a plain dictionary, with the range from one draft to ``max_attempts`` drafts per piece."""
        least, most = self.least, self.most
        costs = [least.cost_micros, most.cost_micros]
        return {
            "pieces": self.pieces,
            "exist": self.exist,
            "matrix": {channel: dict(counts) for channel, counts in self.matrix.items()},
            "model": self.model,
            "prompts": self.prompts,
            "candidates": self.candidates,
            "drafts_per_piece": [1, self.max_attempts],
            "baseline_calls": self.mirror.calls,
            "advisor": self.advisor,
            "advice_calls": [
                self.advice.calls,
                self.advice.calls * self.max_attempts * self.texts_per_draft,
            ],
            "copy_edit_calls": [self.edits.calls, self.edits.calls * self.max_attempts],
            "input_tokens": [least.input_tokens, most.input_tokens],
            "output_tokens": [least.output_tokens, most.output_tokens],
            "batch": self.batch,
            "cost_micros": None if None in costs else costs,
            "currency": self.currency,
            "seconds": [round(least.seconds), round(most.seconds)],
            "basis": self.basis,
            "insight_coverage": self.insights.share,
            "insights_left_out": list(self.insights.unused),
            "tests": {**asdict(self.preferences), "variants_changed": self.preferred},
        }

    def sentences(self) -> list[tuple[str, str]]:
        """Name and value of each figure, for people."""
        least, most = self.least, self.most
        cost = (
            "unknown price: under a hard limit, such as the budget of a brief, these calls are refused"
            if least.cost_micros is None or most.cost_micros is None
            else f"{shown(least.cost_micros, '').strip()} to {shown(most.cost_micros, self.currency)}"
        )
        left_out = f"; not told: {listed(self.insights.unused)}" if self.insights.unused else ""
        several = f", {self.candidates} texts per call" if self.candidates > 1 else ""
        exist = f"{self.exist} exist already and cost nothing" if self.exist else "none exists yet"
        lasts = f"{_minutes(least.seconds)} to {_minutes(most.seconds)}"
        if self.batch:
            cost += " (batch prices)"
            rounds, more = (2, " and their edits") if self.edits.calls else (1, "")
            lasts = f"at most 24 hours per round, {rounds * self.max_attempts} rounds at most for the drafts{more}"
        return [
            ("to write", f"{self.pieces - self.exist} of {self.pieces} pieces ({exist})"),
            ("model", f"{self.model}, {self.prompts} prompts{several}"),
            ("mirror", f"{self.mirror.calls} calls without your data, to tell what anybody would get"),
            *([("copy edit", "one more call per accepted draft")] if self.edits.calls else []),
            *([("advisor", f"{self.advisor}, asked once per accepted draft")] if self.advisor else []),
            ("tokens in", f"{least.input_tokens:,} to {most.input_tokens:,}"),
            ("tokens out", f"{least.output_tokens:,} to {most.output_tokens:,}"),
            ("cost", cost),
            ("time", lasts),
            ("range", f"one draft per piece to {self.max_attempts} drafts per piece"),
            ("insights", f"{self.insights.share:.0%} of the campaign's are given to some piece{left_out}"),
            ("basis", self.basis),
            *summary_of(self.preferences, self.preferred, self.pieces),
        ]


def forecast(
    specs: Sequence[VariantSpec],
    brand: Brand,
    campaign: Campaign,
    templates: Templates,
    archive: PaidBefore,
    ledger: Prices,
    *,
    provider: str,
    model: str,
    today: date,
    max_attempts: int,
    concurrency: int,
    baselines: int = 0,
    candidates: int = 1,
    again: bool = False,
    preferences: Preferences = NO_PREFERENCES,
    batch: bool = False,
    advising: Advising | None = None,
    copy_edit: bool = False,
) -> Outlook:
    """The forecast for the variants that do not exist yet, or for all of them when they are written ``again``.

    Prompts are really rendered, one a channel and language; the answer is taken to be as long as the sheet's worked
    example. When the ledger holds calls of this model, their mean tokens and seconds are used instead.
    ``concurrency`` is how many pieces are written at once: no more of them than there are pieces save time. An embedded
    model that has not been called yet is taken to write at one speed, whatever the number of its readers. An answer of
    several ``candidates`` is taken to be as many times as long as one, until there were such answers. ``advising`` is
    who is asked about what the guard accepts. A ``copy_edit`` reads what a draft reads, the draft and its question, and
    writes one text.
    """
    ends = archive.statuses(campaign.id)
    missing = [s for s in specs if again or ends.get(s.key, Status.FAILED) is Status.FAILED]
    history, times = ledger.history.mean_usage(provider=provider, model=model, candidates=candidates), 1
    if history is None and candidates > 1:
        history, times = ledger.history.mean_usage(provider=provider, model=model), candidates
    input_tokens = output_tokens = 0
    if history is not None:
        input_tokens = round(history.input_tokens * len(missing))
        output_tokens = round(history.output_tokens * len(missing)) * times
        seconds = history.latency_seconds * len(missing) * times / at_once(missing, concurrency)
        basis = f"mean of {history.calls} calls of this model in the ledger"
    else:
        sizes: dict[tuple[str, str], tuple[int, int]] = {}
        for spec in missing:
            kind = (spec.channel, spec.language)
            if kind not in sizes:
                sizes[kind] = _size(spec, brand, campaign, templates, today)
            input_tokens += sizes[kind][0]
            output_tokens += sizes[kind][1] * candidates
        speed = speed_of(provider)
        seconds = output_tokens / speed / (1 if provider == "embedded" else at_once(missing, concurrency))
        basis = (
            f"length of the prompts and examples, {CHARS_PER_TOKEN:g} characters a token, "
            f"{speed:g} tokens/s assumed"
        )
    asked = _mirror_sizes(missing, brand, campaign, templates, archive, model, baselines)
    speed = speed_of(provider)
    beside = 1 if provider == "embedded" else at_once(asked, concurrency)
    written = sum(size for _, size in asked)

    def load(calls: int, tokens_in: int, tokens_out: int, seconds: float) -> tuple[Load, str]:
        each = Usage(model, tokens_in // max(1, calls), 0, tokens_out // max(1, calls), 0, 0.0)
        noon = datetime.combine(today, time(12), UTC)
        price = ledger.prices.price(provider, each, at=noon, tier="batch" if batch else "standard")
        cost = price.cost_micros(each)
        total = Load(calls, tokens_in, tokens_out, seconds, None if cost is None else cost * calls)
        return total, price.currency or ""

    drafts, currency = load(len(missing), input_tokens, output_tokens, seconds)
    mirror, _ = load(len(asked), sum(size for size, _ in asked), written, written / speed / beside)
    advice, theirs = (
        advice_load(missing, brand, campaign, templates, ledger, advising, today, concurrency)
        if advising
        else (NOTHING, "")
    )
    edits = NOTHING
    if copy_edit:
        asked_more = sum(_question_size(spec, templates) for spec in missing)
        one_text = output_tokens // candidates
        edits, _ = load(len(missing), input_tokens + one_text + asked_more, one_text, seconds / candidates)
    matrix: dict[str, Counter[str]] = {}
    for spec in specs:
        matrix.setdefault(spec.channel, Counter())[spec.language] += 1
    return Outlook(
        pieces=len(specs),
        exist=len(specs) - len(missing),
        matrix=matrix,
        languages=tuple(dict.fromkeys(spec.language for spec in specs)),
        model=model,
        drafts=drafts,
        mirror=mirror,
        max_attempts=max_attempts,
        currency=currency or theirs,
        basis=basis,
        insights=coverage(specs, eligible_insights(brand.on(today), campaign)),
        prompts=templates.style,
        candidates=candidates,
        preferences=preferences,
        preferred=_preferred(specs, brand, campaign, today) if preferences.evidence else 0,
        batch=batch,
        advice=joined(advice, theirs, drafts, currency),
        advisor=advising.model if advising else "",
        edits=edits,
    )


def _question_size(spec: VariantSpec, templates: Templates) -> int:
    """Estimated tokens of the question of a copy edit."""
    return round(len(copy_edit_question(templates, spec.language)) / CHARS_PER_TOKEN)


def _preferred(specs: Sequence[VariantSpec], brand: Brand, campaign: Campaign, today: date) -> int:
    """How many variants are given something else than they would be by turn alone."""
    more = max((spec.index + 1 for spec in specs), default=0)
    by_turn = {spec.key: spec for spec in plan(campaign, brand, today, Narrowing(variants_per_cell=more))}
    return sum(
        (spec.insight_ids, spec.angle) != (turn.insight_ids, turn.angle)
        for spec in specs
        if (turn := by_turn.get(spec.key))
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


def _mirror_sizes(
    specs: Sequence[VariantSpec],
    brand: Brand,
    campaign: Campaign,
    templates: Templates,
    archive: PaidBefore,
    model: str,
    count: int,
) -> list[tuple[int, int]]:
    """Estimated input and output tokens of each baseline that is needed and has not been paid for."""
    sizes: dict[Slot, tuple[int, int]] = {}
    for channel, language in dict.fromkeys((spec.channel, spec.language) for spec in specs):
        sheet = templates.sheets[channel]
        for number in range(count):
            prompt = generic_prompt(brand, campaign, sheet, language, number)
            tokens = round(len(prompt.text) / CHARS_PER_TOKEN) + PROMPT_FRAME_TOKENS
            written = round(words_asked(sheet) * CHARS_PER_WORD / CHARS_PER_TOKEN)
            sizes[Slot.of(prompt, model, number)] = (tokens, written)
    paid = archive.generic_texts_at(list(sizes))
    return [size for slot, size in sizes.items() if slot not in paid]


def _minutes(seconds: float) -> str:
    minutes = f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
    return f"{seconds:.0f} s" if seconds < 90 else minutes


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - NAMED_INSIGHTS} more" if len(names) > NAMED_INSIGHTS else ""
    return ", ".join(names[:NAMED_INSIGHTS]) + more
