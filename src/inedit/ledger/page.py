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
from markupsafe import Markup, escape

from inedit.ledger.budgets import SCOPE_NAMES, BudgetState
from inedit.ledger.figures import DIMENSIONS, Line, Summary
from inedit.ledger.money import shown
from inedit.ledger.outcomes import Outcome
from inedit.ledger.piece_lines import PieceLine

SHOWN_PIECES = 500
"""Pieces that the page lists; the workbook and the exports have all."""

SHOWN_LINES = 200
"""Values of one dimension that the page lists."""

CHARTED = ("period", "campaign_id", "channel", "language", "segment", "model")
TITLES = {
    "campaign_id": "campaign", "period": "month", "channel": "channel", "segment": "segment", "language": "language",
    "tone": "tone", "model": "model", "purpose": "purpose",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What every report shows: the figures, the budgets, the promises, and the newest pieces."""

    summary: Summary
    budgets: Sequence[BudgetState] = ()
    outcomes: Sequence[Outcome] = ()
    pieces: Sequence[PieceLine] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: ``width`` in hundredths of the longest one."""

    name: str
    micros: int
    width: Decimal


def page_of(report: Report, made: datetime) -> str:
    """The page, in UTF-8 without a byte-order mark."""
    environment = Environment(
        loader=PackageLoader("inedit.ledger", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(amount=amount, amounts=amounts, percent=percent, minutes=minutes)
    summary = report.summary
    return environment.get_template("report.html.j2").render(
        report=report, s=summary, made=f"{made:%Y-%m-%d %H:%M} UTC", titles=TITLES, dimensions=DIMENSIONS,
        scope_names=SCOPE_NAMES, currencies=sorted(summary.cost_micros), charted=CHARTED, bars=bars,
        shown_lines=SHOWN_LINES, shown_pieces=SHOWN_PIECES,
    )  # fmt: skip


def amount(micros: int, currency: str, digits: int = 4) -> Markup:
    """An amount with the figure it was written from."""
    return Markup('<span class="amount" data-micros="{}" data-currency="{}">{}</span>').format(
        micros, currency, shown(micros, currency, digits)
    )


def amounts(costs: Mapping[str, int], unknown: int = 0) -> Markup:
    """Amounts by currency, and how many calls have an unknown price: never a zero in their place."""
    parts = [amount(micros, currency) for currency, micros in costs.items()]
    if unknown:
        plural = "call" if unknown == 1 else "calls"
        parts.append(
            Markup('<span class="unknown">{} {} of unknown price</span>').format(f"{unknown:,}", plural)
        )
    return Markup(" + ").join(parts) if parts else Markup("–")


def percent(outcome: Outcome, figure: Decimal | None) -> str:
    """A promise or a measurement as people say it."""
    if figure is None:
        return "?"
    return f"{figure:+.0%}" if outcome.promised < 1 else f"÷ {figure:.2f}"


def minutes(seconds: int | None) -> Markup:
    """Seconds as minutes, with the seconds kept; a dash for what is not known."""
    if seconds is None:
        return Markup("–")
    return Markup('<span data-seconds="{}">{}</span>').format(seconds, f"{seconds / 60:,.1f}")


def bars(lines: Iterable[Line], currency: str, most: int = 12) -> list[Bar]:
    """The dearest values of a dimension, longest bar first; months in their own order."""
    found = [(line.name or "(none)", line.cost_micros.get(currency, 0)) for line in lines]
    found = [one for one in found if one[1] > 0]
    chosen = sorted(found, key=lambda one: -one[1])[:most]
    longest = max((micros for _, micros in chosen), default=0)
    return [
        Bar(str(escape(name)), micros, round(Decimal(100 * micros) / longest, 2)) for name, micros in chosen
    ]
