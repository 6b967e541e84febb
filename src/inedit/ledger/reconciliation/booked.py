"""The ledger's side of a reconciliation: calls that were charged, and calls that may have been billed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select

from inedit.ledger.journal.calls import Reservation
from inedit.ledger.journal.reading import whole_sum
from inedit.ledger.journal.reservations import read_pending
from inedit.ledger.pricing.prices import Tier
from inedit.ledger.reconciliation.statements import Statement
from inedit.store.tables import ledger_entries

IDS_AT_ONCE = 500
"""Ids that one query asks for."""

UNDER_WAY = timedelta(minutes=30)
"""How long a call may be under way: the client gives one up after ten minutes. What is younger is left alone, unless it
was already told to be possibly billed."""

BATCH = timedelta(hours=24)
"""How long a provider may take over a batch after it was given, by its own terms."""

_e = ledger_entries.c


def longest(reservation: Reservation) -> timedelta:
    """How long after its sending a call may be answered and billed, beside what answers take: a request in a batch."""
    return BATCH if reservation.call.tier == Tier.BATCH else timedelta()


def _under_way(reservation: Reservation, now: datetime) -> bool:
    """A request in a batch is, until its run has collected the batch or somebody has given it up."""
    young = reservation.reserved_at >= now - UNDER_WAY
    return reservation.state == "open" and (young or reservation.call.tier == Tier.BATCH)


@dataclass(frozen=True, slots=True)
class Booked:
    """A call as the ledger has it, corrections included."""

    entry_id: str
    day: date
    model: str
    currency: str
    micros: int
    request_id: str
    campaign_id: str | None


def booked_calls(connection: Connection, provider: str, statement: Statement) -> list[Booked]:
    """The calls that were sent in the days of the statement, and those that it names, whenever they were sent.

    One of unknown price counts nothing here. Of a statement with ids, the day before is read, too: what was sent at its
    end and settled without an id may be what the first day bills.
    """
    first = statement.first - timedelta(days=1) if statement.has_ids else statement.first
    in_days = (_e.occurred_at >= str(first)) & (_e.occurred_at < str(statement.last + timedelta(days=1)))
    found = {call.entry_id: call for call in _calls(connection, provider, in_days)}
    named = sorted({line.request_id for line in statement.lines if line.request_id})
    for start in range(0, len(named), IDS_AT_ONCE):
        ids = named[start : start + IDS_AT_ONCE]
        again = or_(*(_e.response_id.like(f"{_escaped(one)}~%", escape="\\") for one in ids))
        for call in _calls(connection, provider, _e.response_id.in_(ids) | again):
            found.setdefault(call.entry_id, call)
    return list(found.values())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _calls(connection: Connection, provider: str, wanted: ColumnElement[bool]) -> Iterator[Booked]:
    corrections = ledger_entries.alias()
    corrected = (
        select(whole_sum(corrections.c.cost_micros)).where(corrections.c.corrects == _e.id).scalar_subquery()
    )
    paid_in = (
        select(func.min(corrections.c.currency)).where(corrections.c.corrects == _e.id).scalar_subquery()
    )
    query = (
        select(
            _e.id, _e.occurred_at, _e.model, func.coalesce(_e.currency, paid_in).label("currency"),
            _e.response_id, (func.coalesce(_e.cost_micros, 0) + corrected).label("micros"), _e.campaign_id,
        )
        .where(_e.kind == "call", _e.provider == provider, wanted)
        .order_by(_e.seq)
    )  # fmt: skip
    for row in connection.execute(query):
        yield Booked(
            row.id, date.fromisoformat(row.occurred_at[:10]), row.model, row.currency or "", row.micros,
            (row.response_id or "").partition("~")[0], row.campaign_id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pending:
    """The possibly billed calls of a provider.

    ``until`` is the last sending that the statement must know of. ``open`` are all that it may speak of; ``decided``
    those of them that it would name if they had been billed: sent before that moment, and no longer under way. ``live``
    are those under way: their run will charge or void them, so nothing here may.
    """

    open: tuple[Reservation, ...]
    decided: frozenset[str]
    until: datetime
    live: frozenset[str] = frozenset()

    def decides(self, reservation: Reservation) -> bool:
        """Whether the statement's silence says that the call was not billed."""
        return reservation.id in self.decided


def pending_calls(connection: Connection, provider: str, statement: Statement, now: datetime) -> Pending:
    """What is set aside for calls that the statement may name, and of which it would have to know."""
    until = statement.until(now)
    found = tuple(
        reservation
        for reservation in read_pending(connection, None)
        if reservation.call.provider == provider
        and statement.first - timedelta(days=1)
        <= reservation.reserved_at.date()
        <= statement.last + timedelta(days=1)
    )
    decided = frozenset(
        reservation.id
        for reservation in found
        if statement.first <= reservation.reserved_at.date()
        and reservation.reserved_at + longest(reservation) <= until
        and not _under_way(reservation, now)
    )
    live = frozenset(one.id for one in found if _under_way(one, now))
    return Pending(found, decided, until, live)


def only_campaign(calls: Iterable[Booked | Reservation]) -> str | None:
    """The campaign that all of these calls belong to, if there is one."""
    found = {call.campaign_id if isinstance(call, Booked) else call.call.campaign_id for call in calls}
    return found.pop() if len(found) == 1 else None
