"""Reservations as rows: money set aside before each call, until it is settled or voided.

All of this runs inside a transaction of somebody who holds the ledger's lock, reading excepted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from inedit.errors import StoreError
from inedit.ledger.journal.budgets import book, scopes_of
from inedit.ledger.journal.calls import PENDING, Call, Reservation
from inedit.store import utc_text
from inedit.store.tables import reservations

_INSERT = insert(reservations)
_columns = reservations.c


def set_aside(connection: Connection, reservation: Reservation, period: str) -> None:
    """Write a new reservation and add its estimate to the balances."""
    call = reservation.call
    connection.execute(
        _INSERT,
        {
            "id": reservation.id, "reserved_at": utc_text(reservation.reserved_at), "state": "open",
            "run_id": call.run_id, "campaign_id": call.campaign_id, "period": period, "call": call.as_text(),
            "estimate_micros": reservation.estimate_micros, "currency": reservation.currency,
        },
    )  # fmt: skip
    book(
        connection, scopes_of(call, period), reservation.currency,
        reserved_micros=reservation.estimate_micros or 0,
    )  # fmt: skip


def row_of(connection: Connection, reservation: Reservation) -> RowMapping:
    """The reservation as the database has it; :class:`~inedit.errors.StoreError` when it has none."""
    row = connection.execute(select(reservations).where(_columns.id == reservation.id)).mappings().first()
    if row is None:
        raise StoreError(f"There is no reservation {reservation.id} in this ledger.")
    return row


def close(connection: Connection, row: RowMapping, state: str, *, now: datetime, reason: str = "") -> None:
    """End a reservation, ``settled`` or ``voided``, and take its estimate off the balances."""
    connection.execute(
        update(reservations)
        .where(_columns.id == row["id"])
        .values(state=state, closed_at=utc_text(now), reason=reason or row["reason"])
    )
    book(
        connection, scopes_of(Call.from_text(row["call"]), row["period"]), row["currency"],
        reserved_micros=-(row["estimate_micros"] or 0),
    )  # fmt: skip


def mark_doubtful(connection: Connection, reservation: Reservation, reason: str) -> None:
    """Say that the call may have been billed; one that is closed stays as it is."""
    connection.execute(
        update(reservations)
        .where(_columns.id == reservation.id, _columns.state.in_(PENDING))
        .values(state="possibly_billed", reason=reason)
    )


def read_pending(connection: Connection, run_id: str | None) -> list[Reservation]:
    """Reservations that are neither settled nor voided, oldest first."""
    query = select(reservations).where(_columns.state.in_(PENDING))
    if run_id is not None:
        query = query.where(_columns.run_id == run_id)
    return [
        Reservation(
            row["id"], Call.from_text(row["call"]), datetime.fromisoformat(row["reserved_at"]),
            row["estimate_micros"], row["currency"], row["state"], row["reason"] or "",
        )
        for row in connection.execute(query.order_by(_columns.reserved_at)).mappings()
    ]  # fmt: skip
