"""What was promised of generated campaigns, beside what this ledger measured. Nothing is assumed to have come true.

- *Cost divided by*: what the accepted pieces would have cost by the baseline (work and review, expected minutes, at
  its hourly rate) over what they cost now (calls, converted at the rate of the month that they were charged in, and
  the minutes that people spent).
  Where every baseline names an agency's price, the same against that price.
  Parked pieces are in it with the minutes that the baseline expects a person to spend on each: until somebody has
  spent them, the figure with them comes first, and the one without them second. An agency is taken to be ordered the
  share of the variants that the baseline names (``agency_share``), not every one.
- *Faster to market by*: the baseline's days to market over the days from the brief to the acceptance of a piece
  (medians), less one. A piece that was accepted before its brief was given is a fault, and is left out.
- *Reinvested*: the share of the time saved that went back into creative work. Nobody can measure it here: the team
  says it. A share is 100 % at most: of minutes beyond those saved the figure says how many there are, since these were
  not saved here.

Each has the range that it may lie in, the pieces that it rests on, and what is missing to measure it. The cost is
divided by the least when the baseline's work took its least and people spend their most (reviews that nobody timed,
parked pieces), and by the most when it is the reverse. A month that takes the late review of a piece of a closed month
corrects what was assumed there: both are known, so that this widens no range, and a caveat says so. The promises are
those of the article that Inédit answers: cost divided by four, 35 % faster, 27 % reinvested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from inedit.ledger.journal.memo_facts import Facts, saving_rollups
from inedit.ledger.journal.reading import Scope, added_up
from inedit.ledger.journal.savings import Range
from inedit.ledger.pricing.contract_prices import Rates, counting_day, rate_on
from inedit.ledger.pricing.money import MICROS
from inedit.ledger.reports.promises import (
    DIVIDED,
    FASTER,
    PROMISED_COST_DIVIDED_BY,
    PROMISED_FASTER,
    PROMISED_REINVESTED,
    REINVESTED,
    Kpi,
    counted,
    rounded,
)
from inedit.ledger.reports.waiting import Waiting
from inedit.store.rollups import ENTRIES

Range3 = tuple[Fraction, Fraction, Fraction]
"""An amount at least, as expected, at most."""


def kpis(
    connection: Connection,
    scope: Scope,
    *,
    unknown_price_calls: int,
    briefed: Mapping[str, date],
    rates: Rates,
    today: date,
    waiting: Waiting,
    saved: Mapping[str, Range],
) -> tuple[Kpi, ...]:
    """The promises beside what was measured in a scope.

    ``unknown_price_calls`` says how many calls of the scope are not in its cost;
    ``briefed`` on which day each campaign began, ``waiting`` what still waits for a person, ``saved`` is the range
    of what was saved, in millionths by currency.
    """
    savings, charged = saving_rollups(connection, scope), _charged(connection, scope)
    return (
        *_cost_divided_by(savings, charged, unknown_price_calls, rates, today, waiting, saved),
        _faster(savings, briefed),
        _reinvested(savings, waiting),
    )


def _cost_divided_by(
    savings: Sequence[Facts], charged: Sequence[tuple[str, str, int]], unpriced: int, rates: Rates,
    today: date, waiting: Waiting, saved: Mapping[str, Range],
) -> tuple[Kpi, ...]:  # fmt: skip
    """Against the hours of the baseline and, where it is known, against the agency's price."""
    name, pieces = DIVIDED, sum(one["pieces"] for one in savings)

    def unknown(why: str) -> tuple[Kpi, ...]:
        return (Kpi(name, PROMISED_COST_DIVIDED_BY, None, pieces, why, missing=(why,)),)

    rated = [one for one in savings if one["hourly_rate"]]
    currencies = {one["currency"] for one in rated}
    if len(currencies) != 1 or not any(one["pieces"] for one in rated):
        return unknown(
            "baselines in several currencies" if len(currencies) > 1 else "no accepted piece with a baseline"
        )
    (currency,) = currencies
    paid = Decimal(0)
    for month, billed_in, micros in charged:
        day = counting_day(month, today)
        rate = rate_on(rates, billed_in, currency, day)
        if rate is None:
            return unknown(f"no rate from {billed_in} to {currency} holds on {day}")
        paid += Decimal(micros) / MICROS * rate
    before = now = agency = least = most = shorter = longer = Fraction(0)
    for one in rated:
        rate_per_second = Fraction(Decimal(one["hourly_rate"])) / 3600
        before += (one["work_seconds"] + one["pieces"] * one["review_seconds"]) * rate_per_second
        seconds = _spent_seconds(one)
        fewest, greatest = (
            one["measured_seconds"] + one[f"untimed_seconds_{end}"] for end in ("low", "high")
        )
        now += seconds * rate_per_second
        shorter += (seconds - fewest) * rate_per_second
        longer += (greatest - seconds) * rate_per_second
        least += min(seconds, fewest) * rate_per_second
        most += max(seconds, greatest) * rate_per_second
        agency += (
            Fraction(Decimal(one["agency_price"] or 0))
            * Fraction(Decimal(one["agency_share"] or 0))
            * one["pieces"]
        )
    span = saved.get(currency, Range(0, 0, 0))
    # what is saved is work less minutes: without the spread of the minutes, that of the work is left
    down = max(Fraction(0), Fraction(span.expected - span.low, MICROS) - longer)
    up = max(Fraction(0), Fraction(span.high - span.expected, MICROS) - shorter)
    now, least, most = (spent + Fraction(paid) for spent in (now, least, most))
    corrected = sum(max(0, one["measured_pieces"] - one["pieces"]) for one in rated)
    late = (
        f"the reviews of {counted(corrected, 'piece')} of another month or run correct what was assumed there"
    )
    if now <= 0:
        return unknown(late if corrected else "nothing was spent")
    parked_micros = waiting.micros.get(currency, Range(0, 0, 0))
    to_come = Fraction(parked_micros.expected, MICROS)
    unread = sum(max(0, one["pieces"] - one["measured_pieces"]) for one in rated)
    parked = counted(waiting.pieces, "parked piece")
    missing = (
        *([f"the review of {counted(unread, 'accepted piece')} was not timed: it is assumed"] if unread else ()),
        *([f"nobody has decided on {counted(waiting.pieces, 'parked piece')}"] if waiting.pieces else ()),
        *([f"no baseline says how long {waiting.unvalued:,} of them take"] if waiting.unvalued else ()),
        *([f"the price of {counted(unpriced, 'call')} is not known"] if unpriced else ()),
    )  # fmt: skip
    unknown_calls = f"without {counted(unpriced, 'call')} of unknown price" if unpriced else ""

    def divided(label: str, then: Range3, parked_too: bool, note: str) -> Kpi:
        waits = parked_micros if parked_too else Range(0, 0, 0)
        shortest, spent, longest = (
            a + Fraction(b, MICROS)
            for a, b in ((least, waits.low), (now, waits.expected), (most, waits.high))
        )
        return Kpi(
            label, PROMISED_COST_DIVIDED_BY, rounded(then[1] / spent), pieces, "", rounded(then[1]), rounded(spent),
            currency,
            "; ".join(filter(None, (unknown_calls, late if corrected else "", note))),
            rounded(then[0] / longest), rounded(then[2] / shortest) if shortest > 0 else None, missing,
        )  # fmt: skip

    with_them = f"with {parked} at {rounded(to_come)} {currency} of a person's time"
    work = (before - down, before, before + up)
    rows = [divided(name, work, True, with_them if waiting.pieces else "")]
    if waiting.pieces:
        rows.append(divided(f"{name}, without what is parked", work, False, f"without {parked}"))
    if all(one["agency_price"] for one in rated if one["pieces"]):
        shares = sorted({Decimal(one["agency_share"]) for one in rated if one["pieces"]})
        ordered = " to ".join(f"{share:.0%}" for share in dict.fromkeys((shares[0], shares[-1])))
        note = f"an agency is ordered {ordered} of the variants{f'; {with_them}' if waiting.pieces else ''}"
        rows.append(divided(f"{name}, against an agency", (agency, agency, agency), True, note))
    return tuple(rows)


def _charged(connection: Connection, scope: Scope) -> list[tuple[str, str, int]]:
    """Month, currency, what the scope was charged in it in millionths, where there is anything."""
    return [
        (row.period, row.currency, row.cost_micros)
        for row in added_up(connection, ENTRIES, scope, ("period", "currency", "kind"), ("cost_micros",))
        if row.kind != "memo" and row.currency and row.cost_micros
    ]


def _spent_seconds(one: Facts) -> int:
    """Minutes that people spent: measured, and where nobody has measured, those that the baseline assumes."""
    return int(one["measured_seconds"] + (one["pieces"] - one["measured_pieces"]) * one["review_seconds"])


def _faster(savings: Sequence[Facts], briefed: Mapping[str, date]) -> Kpi:
    before: list[tuple[Fraction, int]] = []
    now: list[tuple[Fraction, int]] = []
    early, undated = early_pieces(savings, briefed), 0
    for one in savings:
        start = briefed.get(one["campaign_id"])
        if one["pieces"] and (start is None or not one["days_to_market"]):
            undated += one["pieces"]
        elif one["pieces"] and start is not None and date.fromisoformat(one["since"]) >= start:
            before.append((Fraction(Decimal(one["days_to_market"])), one["pieces"]))
            # a piece that was accepted on the day of its brief took one day, not none
            passed = max(1, (date.fromisoformat(one["since"]) - start).days)
            now.append((Fraction(passed), one["pieces"]))
    missing = tuple(
        f"{counted(count, thing)} {words}"
        for count, thing, words in (
            (undated, "accepted piece", "whose brief (briefed) or baseline (days_to_market) is not dated"),
            (sum(early.values()), "piece", f"accepted before the brief was given ({', '.join(early)})"),
        )
        if count
    )  # fmt: skip
    name = FASTER
    if not now:
        why = "; ".join(missing) if early else "no accepted piece whose brief and baseline are dated"
        return Kpi(name, PROMISED_FASTER, None, 0, why, missing=missing or (why,))
    then, took = _median(before), _median(now)
    days = [days for days, _ in now]
    return Kpi(
        name, PROMISED_FASTER, rounded(then / took - 1), sum(count for _, count in now), "",
        rounded(then), rounded(took), "days", missing[-1] if early else "",
        rounded(then / max(days) - 1), rounded(then / min(days) - 1), missing,
    )  # fmt: skip


def early_pieces(savings: Sequence[Facts], briefed: Mapping[str, date]) -> dict[str, int]:
    """How many pieces of each campaign were accepted before its brief was given: one of the two dates is wrong."""
    found: dict[str, int] = {}
    for one in savings:
        start = briefed.get(one["campaign_id"])
        if one["pieces"] and start is not None and date.fromisoformat(one["since"]) < start:
            found[one["campaign_id"]] = found.get(one["campaign_id"], 0) + one["pieces"]
    return found


def _reinvested(savings: Sequence[Facts], waiting: Waiting) -> Kpi:
    """Minutes that the team says it put back, over the minutes saved as expected, all of these at most. The range is
    that of what is left of them when what is parked has been read (all of it, where nothing is left), and of what is
    saved as long as nobody reads it."""
    name = REINVESTED
    if not sum(one["reinvestments"] for one in savings):
        why = "the team has to say it: inedit ledger reinvested"
        return Kpi(name, PROMISED_REINVESTED, None, why=why, missing=(why,))
    saved = sum(one["work_seconds"] - _spent_seconds(one) for one in savings)
    if saved <= 0:
        return Kpi(name, PROMISED_REINVESTED, None, why="no time was saved", missing=("time saved",))
    put_back = sum(one["reinvested_seconds"] for one in savings)
    left, beyond = saved - waiting.seconds.expected, put_back - saved
    measured = min(Fraction(put_back, saved), Fraction(1))
    return Kpi(
        name, PROMISED_REINVESTED, rounded(measured), sum(one["pieces"] for one in savings), "",
        rounded(Fraction(saved, 60)), rounded(Fraction(put_back, 60)), "minutes",
        f"{rounded(Fraction(beyond, 60)):,} minutes more than were saved are not counted" if beyond > 0 else "",
        low=rounded(measured), high=rounded(min(Fraction(put_back, left), Fraction(1))) if left > 0 else Decimal(1),
        missing=("nobody can measure what was put back: it is what the team says",),
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
