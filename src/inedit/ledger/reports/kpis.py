"""What was promised of generated campaigns, beside what this ledger measured. Nothing is assumed to have come true.

- *Cost divided by*: what the accepted pieces would have cost by the baseline (work and review, expected minutes, at
  its hourly rate) over what they cost now (calls, converted at the dated rate, and the minutes that people spent).
  Where every baseline names an agency's price, the same against that price.
- *Faster to market by*: the baseline's days to market over the days from the brief to the acceptance of a piece
  (medians), less one.
- *Reinvested*: the share of the time saved that went back into creative work. Nobody can measure it here: the team
  says it.

The promises are those of the article that Inédit answers: cost divided by four, 35 % faster, 27 % reinvested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from inedit.ledger.journal.memo_facts import Facts, saving_rollups
from inedit.ledger.journal.reading import Scope
from inedit.ledger.pricing.contract_prices import Rate, rate_on

PROMISED_COST_DIVIDED_BY = Decimal(4)
PROMISED_FASTER = Decimal("0.35")
PROMISED_REINVESTED = Decimal("0.27")
DIVIDED = "cost divided by"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A promise beside the measured figure; ``measured`` is None where it could not be measured, ``why`` says so.

    ``basis`` is the number of accepted pieces that the figure rests on. ``before`` and ``now`` are what it compares, in
    ``unit``: a currency, ``days``, or ``minutes`` (saved, and put back). ``caveat`` says what the figure leaves out.
    """

    name: str
    promised: Decimal
    measured: Decimal | None
    basis: int = 0
    why: str = ""
    before: Decimal | None = None
    now: Decimal | None = None
    unit: str = ""
    caveat: str = ""

    def shown(self, figure: Decimal | None) -> str:
        """A promise or a measurement as people say it: ``÷ 4.00``, ``+35%``; a question mark for what is not known."""
        if figure is None:
            return "?"
        return f"÷ {figure:.2f}" if self.name.startswith(DIVIDED) else f"{figure:+.0%}"

    @property
    def told(self) -> str:
        """What the figure rests on, or why there is none, for a person."""
        if self.why or self.before is None or self.now is None:
            return self.why
        pieces = "piece" if self.basis == 1 else "pieces"
        then, now = ("saved", "put back") if self.unit == "minutes" else ("before", "now")
        rests = f"{self.before:,} {self.unit} {then}, {self.now:,} {now}; {self.basis:,} accepted {pieces}"
        return f"{rests}; {self.caveat}" if self.caveat else rests


def kpis(
    connection: Connection,
    scope: Scope,
    *,
    costs: Mapping[str, int],
    unknown_price_calls: int,
    briefed: Mapping[str, date],
    rates: Sequence[Rate],
    today: date,
) -> tuple[Kpi, ...]:
    """The promises beside what was measured in a scope.

    ``costs`` is the scope's cost in millionths by currency, ``unknown_price_calls`` how many calls are not in it;
    ``briefed`` says on which day each campaign began.
    """
    savings = saving_rollups(connection, scope)
    return (
        *_cost_divided_by(savings, costs, unknown_price_calls, rates, today),
        _faster(savings, briefed),
        _reinvested(savings),
    )


def _cost_divided_by(
    savings: Sequence[Facts], costs: Mapping[str, int], unpriced: int, rates: Sequence[Rate], today: date
) -> tuple[Kpi, ...]:
    """Against the hours of the baseline and, where it is known, against the agency's price."""
    name, pieces = DIVIDED, sum(one["pieces"] for one in savings)

    def unknown(why: str) -> tuple[Kpi, ...]:
        return (Kpi(name, PROMISED_COST_DIVIDED_BY, None, pieces, why),)

    rated = [one for one in savings if one["hourly_rate"]]
    currencies = {one["currency"] for one in rated}
    if len(currencies) != 1:
        return unknown(
            "baselines in several currencies" if currencies else "no accepted piece with a baseline"
        )
    (currency,) = currencies
    paid = Decimal(0)
    for billed_in, micros in costs.items():
        rate = rate_on(rates, billed_in, currency, today)
        if rate is None and micros:
            return unknown(f"no rate from {billed_in} to {currency}")
        paid += Decimal(micros) / 1_000_000 * (rate or 0)
    before = now = agency = Fraction(0)
    for one in rated:
        rate_per_second = Fraction(Decimal(one["hourly_rate"])) / 3600
        before += (one["work_seconds"] + one["pieces"] * one["review_seconds"]) * rate_per_second
        now += _spent_seconds(one) * rate_per_second
        agency += Fraction(Decimal(one["agency_price"] or 0)) * one["pieces"]
    now += Fraction(paid)
    if now <= 0:
        return unknown("nothing was spent")

    def divided(label: str, then: Fraction) -> Kpi:
        return Kpi(
            label, PROMISED_COST_DIVIDED_BY, _rounded(then / now), pieces, "", _rounded(then), _rounded(now), currency,
            f"{unpriced:,} calls of unknown price are not in it" if unpriced else "",
        )  # fmt: skip

    told = [divided(name, before)]
    if all(one["agency_price"] for one in rated if one["pieces"]):
        told.append(divided(f"{name}, against an agency", agency))
    return tuple(told)


def _spent_seconds(one: Facts) -> int:
    """Minutes that people spent: measured, and where nobody has measured, those that the baseline assumes."""
    return int(one["measured_seconds"] + (one["pieces"] - one["measured_pieces"]) * one["review_seconds"])


def _faster(savings: Sequence[Facts], briefed: Mapping[str, date]) -> Kpi:
    before: list[tuple[Fraction, int]] = []
    now: list[tuple[Fraction, int]] = []
    for one in savings:
        start = briefed.get(one["campaign_id"])
        if one["pieces"] and one["days_to_market"] and start is not None:
            before.append((Fraction(Decimal(one["days_to_market"])), one["pieces"]))
            # a piece that was accepted on the day of its brief took one day, not none
            days = max(1, (date.fromisoformat(one["since"]) - start).days)
            now.append((Fraction(days), one["pieces"]))
    if not now:
        why = "no accepted piece whose brief and baseline are dated"
        return Kpi("faster to market by", PROMISED_FASTER, None, 0, why)
    then, took = _median(before), _median(now)
    return Kpi(
        "faster to market by", PROMISED_FASTER, _rounded(then / took - 1), sum(count for _, count in now), "",
        _rounded(then), _rounded(took), "days",
    )  # fmt: skip


def _reinvested(savings: Sequence[Facts]) -> Kpi:
    """Minutes that the team says it put back, over the minutes saved as expected."""
    name = "reinvested"
    if not sum(one["reinvestments"] for one in savings):
        return Kpi(name, PROMISED_REINVESTED, None, why="the team has to say it: inedit ledger reinvested")
    saved = sum(one["work_seconds"] - _spent_seconds(one) for one in savings)
    if saved <= 0:
        return Kpi(name, PROMISED_REINVESTED, None, why="no time was saved")
    put_back = sum(one["reinvested_seconds"] for one in savings)
    return Kpi(
        name, PROMISED_REINVESTED, _rounded(Fraction(put_back, saved)), sum(one["pieces"] for one in savings), "",
        _rounded(Fraction(saved, 60)), _rounded(Fraction(put_back, 60)), "minutes",
    )  # fmt: skip


def _median(counted: Iterable[tuple[Fraction, int]]) -> Fraction:
    """The median of values that each stand for a number of pieces."""
    ordered = sorted(counted)
    total = sum(count for _, count in ordered)

    def at(index: int) -> Fraction:
        passed = 0
        for value, count in ordered:
            passed += count
            if index < passed:
                return value
        raise ValueError("no values")

    return (at((total - 1) // 2) + at(total // 2)) / 2


def _rounded(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / value.denominator, 2)
