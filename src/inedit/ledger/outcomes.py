"""What was promised of generated campaigns, beside what this ledger measured. Nothing is assumed to have come true.

- *Cost divided by*: what the accepted pieces would have cost by the baseline (work and review, expected minutes, at
  its hourly rate) over what they cost now (calls, converted at the dated rate, and the minutes that people spent).
- *Faster by*: the baseline's days to market over the days from the brief to the acceptance of a piece (medians),
  less one.
- *Reinvested*: the share of the time saved that went back into creative work. Nobody can measure it here: the team
  says it.

The promises are those of the article that Inédit answers: cost divided by four, 35 % faster, 27 % reinvested.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from sqlalchemy import Connection, func, select

from inedit.ledger.contracts import Rate, rate_on
from inedit.ledger.memos import REINVESTED, REVIEW, SAVING
from inedit.ledger.reading import Scope
from inedit.model import Status
from inedit.store.tables import ledger_entries, pieces

PROMISED_COST_DIVIDED_BY = Decimal(4)
PROMISED_FASTER = Decimal("0.35")
PROMISED_REINVESTED = Decimal("0.27")

_e = ledger_entries.c


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise beside the measured figure; ``measured`` is None where it could not be measured, ``why`` says so.

    ``basis`` is the number of accepted pieces that the figure rests on.
    """

    name: str
    promised: Decimal
    measured: Decimal | None
    basis: int = 0
    why: str = ""


def outcomes(
    connection: Connection,
    scope: Scope,
    *,
    costs: Mapping[str, int],
    briefed: Mapping[str, date],
    rates: Sequence[Rate],
    today: date,
) -> tuple[Outcome, ...]:
    """The promises beside what was measured in a scope.

    ``costs`` is the scope's cost in millionths by currency; ``briefed`` says on which day each campaign
    began.
    """
    memos = _memos(connection, scope)
    return (
        _cost_divided_by(memos, costs, rates, today),
        _faster(connection, scope, memos, briefed),
        _reinvested(connection, scope),
    )


def _reinvested(connection: Connection, scope: Scope) -> Outcome:
    """Minutes that the team says it put back, over the minutes saved as expected."""
    query = (
        select(_e.purpose, _e.saved_seconds_expected, _e.details)
        .where(scope.entries(), _e.kind == "memo")
        .order_by(_e.seq)
    )
    saved = put_back = said = 0
    for purpose, seconds, details in connection.execute(query):
        saved += seconds
        if purpose == REINVESTED:
            put_back += json.loads(details)["reinvested_seconds"]
            said += 1
    if not said:
        return Outcome(
            "reinvested", PROMISED_REINVESTED, None, why="the team has to say it: ledger reinvested"
        )
    if saved <= 0:
        return Outcome("reinvested", PROMISED_REINVESTED, None, why="no time was saved")
    pieces_saved = len(_memos(connection, scope))
    return Outcome("reinvested", PROMISED_REINVESTED, round(Decimal(put_back) / saved, 2), pieces_saved)


@dataclass(slots=True)
class _Memo:
    """What is known of one accepted piece."""

    currency: str
    rate: Decimal
    work_seconds: int
    review_seconds: int
    days: Decimal | None
    measured_seconds: int | None = None

    @property
    def spent_seconds(self) -> int:
        return self.review_seconds if self.measured_seconds is None else self.measured_seconds


def _memos(connection: Connection, scope: Scope) -> dict[tuple[str, str, int], _Memo]:
    """The accepted pieces of a scope, each with its baseline and what people spent on it."""
    query = (
        select(_e.campaign_id, _e.spec_key, _e.edition, _e.purpose, _e.currency, _e.details)
        .where(scope.entries(), _e.kind == "memo", _e.purpose.in_((SAVING, REVIEW)))
        .order_by(_e.seq)
    )
    found: dict[tuple[str, str, int], _Memo] = {}
    measured: Counter[tuple[str, str, int]] = Counter()
    for campaign_id, spec_key, edition, purpose, currency, details in connection.execute(query):
        key, told = (campaign_id, spec_key, edition), json.loads(details)
        if purpose == SAVING:
            baseline = told["baseline"]
            days = baseline.get("days_to_market")
            review = Decimal(baseline["review_minutes"]["expected"]) * 60
            found[key] = _Memo(
                currency, Decimal(baseline["hourly_rate"]), told["work_seconds"][1], int(review),
                None if days is None else Decimal(days),
            )  # fmt: skip
        else:  # which may come before the saving: the piece had been sent back
            measured[key] += told["measured_seconds"]
    for key in measured.keys() & found.keys():  # others were accepted in another month, or not at all
        found[key].measured_seconds = measured[key]
    return found


def _cost_divided_by(
    memos: Mapping[tuple[str, str, int], _Memo], costs: Mapping[str, int], rates: Sequence[Rate], today: date
) -> Outcome:
    name = "cost divided by"

    def unknown(why: str) -> Outcome:
        return Outcome(name, PROMISED_COST_DIVIDED_BY, None, len(memos), why)

    currencies = {memo.currency for memo in memos.values()}
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
        paid += micros * (rate or 0)
    hours = Decimal(1_000_000) / 3600
    before = sum((m.work_seconds + m.review_seconds) * m.rate * hours for m in memos.values())
    now = paid + sum(m.spent_seconds * m.rate * hours for m in memos.values())
    if not now:
        return unknown("nothing was spent")
    return Outcome(name, PROMISED_COST_DIVIDED_BY, round(before / now, 2), len(memos))


def _faster(
    connection: Connection,
    scope: Scope,
    memos: Mapping[tuple[str, str, int], _Memo],
    briefed: Mapping[str, date],
) -> Outcome:
    name = "faster by"
    accepted = select(
        pieces.c.campaign_id, pieces.c.spec_key, pieces.c.edition,
        func.coalesce(pieces.c.decided_at, pieces.c.created_at),
    ).where(scope.pieces(), pieces.c.status == Status.ACCEPTED.value)  # fmt: skip
    before, now = [], []
    for campaign_id, spec_key, edition, moment in connection.execute(accepted):
        memo, start = memos.get((campaign_id, spec_key, edition)), briefed.get(campaign_id)
        if memo is not None and memo.days is not None and start is not None:
            before.append(memo.days)
            # a piece that was accepted on the day of its brief took one day, not none
            now.append(Decimal(max(1, (date.fromisoformat(moment[:10]) - start).days)))
    if not now:
        why = "no accepted piece whose brief and baseline are dated"
        return Outcome(name, PROMISED_FASTER, None, 0, why)
    return Outcome(name, PROMISED_FASTER, round(median(before) / median(now) - 1, 2), len(now))
