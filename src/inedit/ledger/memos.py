"""Memos of time saved: one for each accepted piece, and adjustments when people's minutes are measured."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, select

from inedit.brand.schema import Baseline
from inedit.errors import WrongInput
from inedit.ledger.calls import Call
from inedit.ledger.chain import append
from inedit.ledger.entries import blank_entry, call_of, open_period
from inedit.ledger.money import round_half_even
from inedit.ledger.savings import Range, basis_of, savings, worth
from inedit.model import LedgerEntry, VariantSpec
from inedit.store import canonical_json
from inedit.store.tables import ledger_entries

SAVING = "saving"
"""Purpose of the memo that an accepted piece gets."""

REVIEW = "review"
"""Purpose of the memo that puts measured minutes in the place of those assumed or measured before."""

REINVESTED = "reinvested"
"""Purpose of the memo of what a team put back into creative work; it saves nothing itself."""

_entries = ledger_entries.c


def record_saving(
    connection: Connection, spec: VariantSpec, baseline: Baseline, *, run_id: str, edition: int, now: datetime
) -> LedgerEntry:
    """Write the memo of an accepted piece, or return the one it has. The caller holds the lock."""
    existing = _memos(connection, spec.campaign_id, spec.key, edition)
    if existing:
        return LedgerEntry(**existing[0])
    of_cell = select(_entries.seq).where(
        _entries.kind == "memo", _entries.purpose == SAVING, _entries.campaign_id == spec.campaign_id,
        _entries.channel == spec.channel, _entries.language == spec.language,
    )  # fmt: skip
    saving = savings(baseline, first=connection.execute(of_cell.limit(1)).first() is None)
    call = Call.for_variant(spec, purpose=SAVING, provider="", model="", run_id=run_id, edition=edition)
    basis = basis_of(baseline, saving)
    return _append(connection, call, now, now, saving.seconds, saving.micros, saving.currency, basis)


def record_review(
    connection: Connection,
    *,
    campaign_id: str,
    spec_key: str,
    edition: int,
    minutes: Decimal,
    by: str,
    now: datetime,
) -> LedgerEntry:
    """Add minutes that a person really spent on a piece: they count in the place of those assumed.

    Written as the difference to what the ledger said so far. Raises :class:`~inedit.errors.WrongInput` for
    a piece without a memo, or negative minutes.
    """
    if minutes < 0:
        raise WrongInput(f"{minutes} minutes cannot have been spent: give a number that is not negative.")
    memos = _memos(connection, campaign_id, spec_key, edition)
    if not memos:
        raise WrongInput(
            f"No saving was recorded for piece {spec_key}-{edition}: only accepted pieces have one."
        )
    first = LedgerEntry(**memos[0])
    basis = json.loads(first.details or "{}")
    seconds = round_half_even(minutes * 60)
    measured = seconds + sum(json.loads(memo["details"])["measured_seconds"] for memo in memos[1:])
    rate = Decimal(basis["baseline"]["hourly_rate"])
    after = Range(*basis["work_seconds"]).minus(Range(measured, measured, measured))
    before = _total(memos, "saved_seconds")
    value_before, value_after = _total(memos, "saved_micros"), worth(after, rate)
    return _append(
        connection,
        replace(call_of(first), purpose=REVIEW),
        now,
        datetime.fromisoformat(first.occurred_at),
        _difference(after, before),
        _difference(value_after, value_before),
        first.currency or "",
        {"measured_seconds": seconds, "by": by, "saving": first.id},
    )


def record_reinvested(
    connection: Connection, *, minutes: Decimal, by: str, campaign_id: str | None, now: datetime
) -> LedgerEntry:
    """Write down what the team says. Raises :class:`~inedit.errors.WrongInput` for negative minutes."""
    if minutes < 0:
        raise WrongInput(f"{minutes} minutes cannot have been put back: give a number that is not negative.")
    nothing, call = Range(0, 0, 0), Call(REINVESTED, "", "", campaign_id=campaign_id)
    details: dict[str, object] = {"reinvested_seconds": round_half_even(minutes * 60), "by": by}
    return _append(connection, call, now, now, nothing, nothing, None, details)


def _append(  # private, and each argument is of another type
    connection: Connection, call: Call, now: datetime, occurred: datetime, seconds: Range, micros: Range,
    currency: str | None, details: dict[str, object],
) -> LedgerEntry:  # fmt: skip
    period, late = open_period(connection, occurred, now)
    blank = blank_entry("memo", call, recorded=now, occurred=occurred, period=period)
    return append(
        connection,
        replace(
            blank, provider=None, model=None, currency=currency, note=late or None,
            details=canonical_json(details), saved_seconds_low=seconds.low,
            saved_seconds_expected=seconds.expected, saved_seconds_high=seconds.high,
            saved_micros_low=micros.low, saved_micros_expected=micros.expected, saved_micros_high=micros.high,
        ),
    )  # fmt: skip


def _memos(connection: Connection, campaign_id: str, spec_key: str, edition: int) -> list[RowMapping]:
    """The memos of a piece, the saving first."""
    query = (
        select(ledger_entries)
        .where(
            _entries.kind == "memo", _entries.campaign_id == campaign_id, _entries.spec_key == spec_key,
            _entries.edition == edition,
        )
        .order_by(_entries.seq)
    )  # fmt: skip
    return list(connection.execute(query).mappings())


def _total(memos: list[RowMapping], what: str) -> Range:
    low, expected, high = (
        sum(memo[f"{what}_{name}"] for memo in memos) for name in ("low", "expected", "high")
    )
    return Range(low, expected, high)


def _difference(after: Range, before: Range) -> Range:
    return Range(after.low - before.low, after.expected - before.expected, after.high - before.high)
