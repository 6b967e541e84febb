"""Memos of time saved: one for each accepted piece, and adjustments when people's minutes are measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from inedit.brand.caching import by_identity
from inedit.brand.schema import Baseline
from inedit.ledger.journal.calls import Call
from inedit.ledger.journal.chain import append, with_columns
from inedit.ledger.journal.entries import blank_entry, call_of, open_period
from inedit.ledger.journal.memo_facts import REINVESTED, REVIEW, SAVING, keep_facts
from inedit.ledger.journal.savings import Range, Saving, basis_of, savings, worth
from inedit.ledger.pricing.money import round_half_even
from inedit.model import LedgerEntry, Status, VariantSpec
from inedit.model.errors import WrongInput
from inedit.store import canonical_json
from inedit.store.piece_facts import piece_facts
from inedit.store.prepared import Prepared
from inedit.store.tables import ledger_entries

BASELINES_KEPT = 64
"""Baselines for which it is not worked out again what a piece saves."""

_entries, _piece = ledger_entries.c, piece_facts.c

_OF_PIECE = Prepared(
    select(ledger_entries)
    .where(
        _entries.kind == "memo", _entries.campaign_id == bindparam("campaign"), _entries.spec_key == bindparam("key"),
        _entries.edition == bindparam("number"), _entries.purpose.in_((SAVING, REVIEW)),
    )
    .order_by(_entries.seq)
)  # fmt: skip
_OF_CELL = Prepared(
    select(_entries.seq)
    .where(
        _entries.kind == "memo", _entries.purpose == SAVING, _entries.campaign_id == bindparam("campaign"),
        _entries.channel == bindparam("of_channel"), _entries.language == bindparam("of_language"),
    )
    .limit(1)
)  # fmt: skip
_ACCEPTED_AT = Prepared(
    select(func.coalesce(_piece.decided_at, _piece.created_at).label("moment")).where(
    _piece.campaign_id == bindparam("campaign"), _piece.spec_key == bindparam("key"),
    _piece.edition == bindparam("number"), _piece.status == Status.ACCEPTED.value,
))  # fmt: skip


def record_saving(
    connection: Connection,
    spec: VariantSpec,
    baseline: Baseline,
    *,
    run_id: str,
    revision_number: int,
    now: datetime,
) -> LedgerEntry:
    """Write the memo of an accepted piece, or return the one it has. The caller holds the lock.

    Minutes that people spent before it was accepted take the place of those assumed; they are booked already.
    """
    memos = _memos(connection, spec.campaign_id, spec.key, revision_number)
    if (existing := _saving(memos)) is not None:
        return existing
    spent = Decimal(_measured_seconds(memos)) / 60 if memos else None
    cell = {"campaign": spec.campaign_id, "of_channel": spec.channel, "of_language": spec.language}
    first = _OF_CELL.first(connection, cell) is None
    saving, basis = _assumed(baseline, first) if spent is None else _with_basis(baseline, first, spent)
    call = Call.for_variant(
        spec, purpose=SAVING, provider="", model="", run_id=run_id, revision_number=revision_number
    )
    seconds = _difference(saving.seconds, _total(memos, "saved_seconds"))
    micros = _difference(saving.micros, _total(memos, "saved_micros"))
    accepted = _accepted_at(connection, spec, revision_number) or now
    return _append(connection, call, now, accepted, seconds, micros, saving.currency, basis)


def _with_basis(baseline: Baseline, first: bool, spent: Decimal | None) -> tuple[Saving, str]:
    """What a piece saved, and what that was computed from, as its memo keeps it."""
    saving = savings(baseline, first=first, review_minutes=spent)
    return saving, canonical_json(basis_of(baseline, saving))


@by_identity(BASELINES_KEPT)
def _assumed(baseline: Baseline, first: bool) -> tuple[Saving, str]:  # arguments are given by position
    """The same where nobody has measured a minute: all further pieces of a baseline save the same."""
    return _with_basis(baseline, first, None)


def record_review(
    connection: Connection,
    *,
    call: Call,
    minutes: Decimal,
    by: str,
    now: datetime,
    baseline: Baseline | None = None,
    about: Mapping[str, object] | None = None,
) -> LedgerEntry:
    """Add minutes that a person really spent on the piece of ``call``: they count in the place of those assumed.

    Written as the difference to what the ledger said so far. For a piece that is not accepted (yet) they are time spent
    for nothing (yet), worth what ``baseline`` says. ``about`` is kept with the entry: who asked, how long it waited.
    Raises :class:`~.errors.WrongInput` for negative minutes, and for a piece with neither memo nor baseline.
    """
    if minutes < 0:
        raise WrongInput(f"{minutes} minutes cannot have been spent: give a number that is not negative.")
    memos = _memos(connection, call.campaign_id, call.spec_key, call.edition)
    seconds = round_half_even(minutes * 60)
    details: dict[str, object] = {
        "measured_seconds": seconds,
        "by": by,
        **({"about": dict(about)} if about else {}),
    }
    saving = _saving(memos)
    if saving is None:
        if baseline is None:
            raise WrongInput(
                f"Piece {call.spec_key}-{call.edition} has no saving yet, and no baseline says what a minute is worth: "
                f"add one for its channel and language to brand_data/baselines.yaml."
            )
        spent = Range(-seconds, -seconds, -seconds)
        details["hourly_rate"] = str(baseline.hourly_rate)
        return _append(
            connection, replace(call, purpose=REVIEW), now, now, spent, worth(spent, baseline.hourly_rate),
            baseline.currency, canonical_json(details),
        )  # fmt: skip
    basis = json.loads(saving.details or "{}")
    measured = seconds + _measured_seconds(memos)
    after = Range(*basis["work_seconds"]).minus(Range(measured, measured, measured))
    value = worth(after, Decimal(basis["baseline"]["hourly_rate"]))
    return _append(
        connection, replace(call_of(saving), purpose=REVIEW), now, datetime.fromisoformat(saving.occurred_at),
        _difference(after, _total(memos, "saved_seconds")), _difference(value, _total(memos, "saved_micros")),
        saving.currency or "", canonical_json({**details, "saving": saving.id}),
    )  # fmt: skip


def record_reinvested(
    connection: Connection, *, minutes: Decimal, by: str, campaign_id: str | None, now: datetime
) -> LedgerEntry:
    """Write down what the team says. Raises :class:`~.errors.WrongInput` for negative minutes."""
    if minutes < 0:
        raise WrongInput(f"{minutes} minutes cannot have been put back: give a number that is not negative.")
    nothing, call = Range(0, 0, 0), Call(REINVESTED, "", "", campaign_id=campaign_id)
    details: dict[str, object] = {"reinvested_seconds": round_half_even(minutes * 60), "by": by}
    return _append(connection, call, now, now, nothing, nothing, None, canonical_json(details))


def _append(  # private, and each argument is of another type
    connection: Connection, call: Call, now: datetime, occurred: datetime, seconds: Range, micros: Range,
    currency: str | None, details: str,
) -> LedgerEntry:  # fmt: skip
    period, late = open_period(connection, occurred, now)
    blank = blank_entry("memo", call, recorded=now, occurred=occurred, period=period)
    entry = append(
        connection,
        with_columns(
            blank, provider=None, model=None, currency=currency, note=late or None,
            details=details, saved_seconds_low=seconds.low,
            saved_seconds_expected=seconds.expected, saved_seconds_high=seconds.high,
            saved_micros_low=micros.low, saved_micros_expected=micros.expected, saved_micros_high=micros.high,
        ),
    )  # fmt: skip
    keep_facts(connection, entry.seq)
    return entry


def _memos(
    connection: Connection, campaign_id: str | None, spec_key: str | None, revision_number: int
) -> list[Mapping[str, Any]]:
    """The memos of a piece, in order."""
    piece = {"campaign": campaign_id, "key": spec_key, "number": revision_number}
    return [row._asdict() for row in _OF_PIECE.all(connection, piece)]


def _saving(memos: list[Mapping[str, Any]]) -> LedgerEntry | None:
    """The memo that a piece got when it was accepted."""
    return next((LedgerEntry(**memo) for memo in memos if memo["purpose"] == SAVING), None)


def _measured_seconds(memos: list[Mapping[str, Any]]) -> int:
    """What people spent on a piece so far, as measured."""
    return sum(json.loads(memo["details"])["measured_seconds"] for memo in memos if memo["purpose"] == REVIEW)


def _accepted_at(connection: Connection, spec: VariantSpec, revision_number: int) -> datetime | None:
    """When the archive's piece was accepted: by the guard, or by a person where one decided."""
    wanted = {"campaign": spec.campaign_id, "key": spec.key, "number": revision_number}
    found = _ACCEPTED_AT.first(connection, wanted)
    return None if found is None or found.moment is None else datetime.fromisoformat(found.moment)


def _total(memos: list[Mapping[str, Any]], what: str) -> Range:
    low, expected, high = (
        sum(memo[f"{what}_{name}"] for memo in memos) for name in ("low", "expected", "high")
    )
    return Range(low, expected, high)


def _difference(after: Range, before: Range) -> Range:
    return Range(after.low - before.low, after.expected - before.expected, after.high - before.high)
