"""The report as one HTML page that needs nothing else: no script, no font, no network.

Every amount carries the figure it was written from (``data-micros``, ``data-currency``), so that a machine can hold the
page against the SQL views, and so that a person can copy more digits than are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from inedit.ledger.journal.budgets import SCOPE_NAMES, BudgetState
from inedit.ledger.journal.savings import Range
from inedit.ledger.pricing.money import shown
from inedit.ledger.reports.figures import DIMENSIONS, TITLES, SplitLine, Summary
from inedit.ledger.reports.report_data import Report

SHOWN_LINES = 200
"""Values of one dimension that the page lists."""

MOST_BARS = 12
MOST_MONTHS = 24
CHARTED = ("campaign_id", "channel", "language", "segment", "tone", "model")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: ``size`` in hundredths of the longest one."""

    name: str
    micros: int
    size: Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """Time saved by one thing, in hundredths of the chart's width from its left: low, expected, high, and nothing."""

    dimension: str
    name: str
    saved: Range
    low: Decimal
    expected: Decimal
    high: Decimal
    zero: Decimal


def page_of(report: Report, made: datetime) -> str:
    """The page, in UTF-8 without a byte-order mark."""
    environment = Environment(
        loader=PackageLoader("inedit.ledger.reports", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(amount=amount, amounts=amounts, minutes=minutes, spans=spans)
    summary = report.summary
    return environment.get_template("report.html.j2").render(
        report=report, s=summary, made=f"{made:%Y-%m-%d %H:%M} UTC", titles=TITLES, dimensions=DIMENSIONS,
        scope_names=SCOPE_NAMES, currencies=sorted(summary.cost_micros), charted=CHARTED, bars=bars, months=months,
        shares=shares(summary), intervals=intervals(summary), used=used, shown_lines=SHOWN_LINES,
    )  # fmt: skip


def amount(micros: int, currency: str, digits: int = 4, *, named: bool = True) -> Markup:
    """An amount with the figure it was written from; not ``named`` where its currency stands above it already."""
    return Markup('<span class="amount" data-micros="{}" data-currency="{}">{}</span>').format(
        micros, currency, shown(micros, currency if named else "", digits).strip()
    )


def amounts(costs: Mapping[str, int], unknown: int = 0, digits: int = 4) -> Markup:
    """Amounts by currency, and how many calls have an unknown price: never a zero in their place."""
    parts = [amount(micros, currency, digits) for currency, micros in costs.items()]
    if unknown:
        plural = "call" if unknown == 1 else "calls"
        parts.append(
            Markup('<span class="unknown">{} {} of unknown price</span>').format(f"{unknown:,}", plural)
        )
    return Markup(" + ").join(parts) if parts else Markup("–")


def minutes(seconds: int | None) -> Markup:
    """Seconds as minutes, with the seconds kept; a dash for what is not known."""
    if seconds is None:
        return Markup("–")
    return Markup('<span data-seconds="{}">{}</span>').format(seconds, f"{seconds / 60:,.1f}")


def spans(saved: Range | None) -> Markup:
    """Low / expected / high in minutes; a dash for what is not known."""
    if saved is None:
        return Markup("–")
    return Markup(" / ").join(minutes(seconds) for seconds in (saved.low, saved.expected, saved.high))


def bars(lines: Iterable[SplitLine], currency: str) -> list[Bar]:
    """The dearest values of a dimension, longest bar first."""
    found = [(line.name or "(none)", line.cost_micros.get(currency, 0)) for line in lines]
    return _bars(sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])[:MOST_BARS])


def months(lines: Iterable[SplitLine], currency: str) -> list[Bar]:
    """The last months, in their order."""
    return _bars([(line.name, max(0, line.cost_micros.get(currency, 0))) for line in lines][-MOST_MONTHS:])


def _bars(chosen: Sequence[tuple[str, int]]) -> list[Bar]:
    longest = max((micros for _, micros in chosen), default=0)
    return [Bar(name, micros, _hundredths(micros, longest)) for name, micros in chosen]


def shares(summary: Summary) -> dict[str, list[Bar]]:
    """What each currency bought: drafts that were accepted, drafts refused, and everything beside these drafts."""
    by_currency = {}
    for currency, cost in sorted(summary.cost_micros.items()):
        refused = summary.rejected_micros.get(currency, 0)
        accepted = summary.accepted_micros.get(currency, 0)
        parts = (
            ("accepted drafts", accepted), ("refused drafts", refused), ("everything else", cost - accepted - refused)
        )  # fmt: skip
        if cost > 0 and all(micros >= 0 for _, micros in parts):
            by_currency[currency] = [
                Bar(name, micros, _hundredths(micros, cost)) for name, micros in parts if micros
            ]
    return by_currency


def intervals(summary: Summary) -> list[Interval]:
    """Time saved by language and channel, as ranges over one axis that has nothing on it."""
    lines = [
        (name, line.name, line.saved_seconds)
        for name in ("language", "channel")
        for line in summary.by.get(name, ())
        if line.saved_seconds
    ]
    ends = [0, *(end for _, _, saved in lines for end in (saved.low, saved.high))]
    left, width = min(ends), max(ends) - min(ends)

    def position(seconds: int) -> Decimal:
        return _hundredths(seconds - left, width)

    return [
        Interval(
            name,
            value,
            saved,
            position(saved.low),
            position(saved.expected),
            position(saved.high),
            position(0),
        )
        for name, value, saved in lines
    ]


def used(state: BudgetState) -> tuple[Decimal, Decimal]:
    """Hundredths of a budget that were charged and that are set aside, together no more than all of it."""
    limit = state.limit.limit_micros
    charged = min(Decimal(100), _hundredths(max(0, state.settled_micros), limit))
    return charged, min(Decimal(100) - charged, _hundredths(max(0, state.reserved_micros), limit))


def _hundredths(part: int, whole: int) -> Decimal:
    return round(Decimal(100 * part) / whole, 2) if whole else Decimal(0)
