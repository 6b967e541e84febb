"""Reservations as rows: money set aside before each call, until it is settled or voided.

All of this runs inside a transaction of somebody who holds the ledger's lock, reading excepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from inedit.ledger.journal.budgets import book, scopes_of
from inedit.ledger.journal.calls import PENDING, Call, Reservation
from inedit.model.errors import StoreError
from inedit.store import utc_text
from inedit.store.prepared import Prepared
from inedit.store.seals import DOUBT, VOID, closed_digest, last_link, link_of, record
from inedit.store.tables import reservations

_INSERT = Prepared(insert(reservations))
_columns = reservations.c
_ONE = Prepared(select(reservations).where(_columns.id == bindparam("wanted")))
_CLOSE = Prepared(
    update(reservations)
    .where(_columns.id == bindparam("wanted"))
    .values({name: bindparam(name) for name in ("state", "closed_at", "reason")})
)


def set_aside(connection: Connection, reservation: Reservation, period: str) -> None:
    """Write a new reservation and add its estimate to the balances."""
    call, (last, before) = reservation.call, last_link(connection)
    row = {
        "id": reservation.id, "reserved_at": utc_text(reservation.reserved_at), "state": "open",
        "run_id": call.run_id, "campaign_id": call.campaign_id, "period": period, "call": call.as_text(),
        "estimate_micros": reservation.estimate_micros, "currency": reservation.currency, "number": last + 1,
    }  # fmt: skip
    _INSERT.run(connection, {**row, "hash": link_of(row, before)})
    book(
        connection, scopes_of(call, period), reservation.currency,
        reserved_micros=reservation.estimate_micros or 0,
    )  # fmt: skip


def row_of(connection: Connection, reservation: Reservation) -> Mapping[str, Any]:
    """The reservation as the database has it; :class:`~.errors.StoreError` when it has none."""
    row = _ONE.first(connection, {"wanted": reservation.id})
    if row is None:
        raise StoreError(f"There is no reservation {reservation.id} in this ledger.")
    columns: Mapping[str, Any] = row._asdict()
    return columns


def close(
    connection: Connection, row: Mapping[str, Any], state: str, *, now: datetime, reason: str = ""
) -> None:
    """End a reservation, ``settled`` or ``voided``, and take its estimate off the balances.

    One that is voided is sealed by a memo, one that is settled by the entry that charges it.
    """
    ended = {"state": state, "closed_at": utc_text(now), "reason": reason or row["reason"]}
    _CLOSE.run(connection, {"wanted": row["id"], **ended})
    if state == "voided":
        facts = {
            "reason": ended["reason"],
            "digest": closed_digest({**row, **ended}),
            "reservation": row["hash"],
        }
        record(
            connection, VOID, facts, now=now, run_id=row["run_id"], campaign_id=row["campaign_id"],
            reservation_id=row["id"],
        )  # fmt: skip
    if row["estimate_micros"]:
        call = Call.from_text(row["call"])
        book(
            connection, scopes_of(call, row["period"]), row["currency"],
            reserved_micros=-row["estimate_micros"],
        )  # fmt: skip


def mark_unconfirmed(connection: Connection, reservation: Reservation, reason: str, *, now: datetime) -> None:
    """Say that the call may have been billed; one that is closed stays as it is."""
    changed = connection.execute(
        update(reservations)
        .where(_columns.id == reservation.id, _columns.state.in_(PENDING))
        .values(state="possibly_billed", reason=reason)
    )
    if changed.rowcount:
        facts = {"of": reservation.id, "reason": reason}
        call = reservation.call
        record(connection, DOUBT, facts, now=now, run_id=call.run_id, campaign_id=call.campaign_id)


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
