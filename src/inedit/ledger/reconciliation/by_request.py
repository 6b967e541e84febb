"""Statements that name requests: calls are matched one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from inedit.ledger.journal.calls import Reservation
from inedit.ledger.reconciliation.booked import Booked, Pending
from inedit.ledger.reconciliation.items import Item, Match
from inedit.ledger.reconciliation.models import same_model
from inedit.ledger.reconciliation.statements import Statement, StatementLine

WINDOW = timedelta(minutes=15)
"""How far the time on a statement may be from the time at which a call was reserved: retries and clocks."""

Lines = Mapping[str, Sequence[StatementLine]]


def match_requests(
    statement: Statement, lines: Iterable[StatementLine], ours: Iterable[Booked], pending: Pending
) -> Iterator[Item]:
    """Calls by request id. An id that came twice is one item: the provider may bill it once or twice.

    A possibly billed call whose id is known belongs to the line of that id and to no other; the rest are given to the
    lines that are left, the nearest in time first. What the statement does not name was not billed only if the
    statement is complete: it has every call of ours, and was made after the call. A line that may be that of a call
    under way is left for the run to charge.
    """
    billed: dict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        billed[line.request_id].append(line)
    booked: dict[str, list[Booked]] = defaultdict(list)
    for call in ours:
        booked[call.request_id or call.entry_id].append(call)
    unknown = {}
    for request_id, found in billed.items():
        calls = booked.pop(request_id, [])
        if calls:
            yield from _both(request_id, calls, found)
        else:
            unknown[request_id] = found
    live = [reservation for reservation in pending.open if reservation.id in pending.live]
    lost = [reservation for reservation in pending.open if reservation.id not in pending.live]
    settled = _assigned(unknown, lost, live)
    undecided = {
        request_id
        for request_id, found in unknown.items()
        if request_id not in settled and _may_be_one_of(found, live)
    }
    for request_id, found in unknown.items():
        if request_id in undecided:
            yield _under_way(request_id, found)
        else:
            yield _unbooked(request_id, found, settled.get(request_id))
    missing = [
        call for calls in booked.values() for call in calls if call.micros and call.day >= statement.first
    ]
    for call in missing:
        yield Item(
            Match.MISSING_THERE, call.day, call.model, call.currency, call.micros, 0, call.request_id,
            call.entry_id, call.micros,
        )  # fmt: skip
    taken = {reservation.id for reservation in settled.values()}
    for reservation in pending.open:
        if reservation.id not in taken:
            complete = not missing and not undecided
            yield _unnamed(reservation, not_billed=complete and pending.decides(reservation))


def _unbooked(request_id: str, found: Sequence[StatementLine], reservation: Reservation | None) -> Item:
    """What the statement bills and the ledger has not charged."""
    first, theirs = found[0], sum(line.cost_micros for line in found)
    return Item(
        Match.POSSIBLY_BILLED if reservation else Match.MISSING_HERE, first.day, first.model, first.currency, 0,
        theirs, request_id, reservation_id=reservation.id if reservation else "", lines=tuple(found),
    )  # fmt: skip


def _unnamed(reservation: Reservation, *, not_billed: bool) -> Item:
    """A possibly billed call that the statement does not name."""
    match = Match.NOT_BILLED if not_billed else Match.UNDECIDED
    return Item(
        match, reservation.reserved_at.date(), reservation.call.model, reservation.currency or "", 0, 0,
        reservation_id=reservation.id,
    )  # fmt: skip


def _may_be_one_of(found: Sequence[StatementLine], live: Sequence[Reservation]) -> bool:
    """Whether lines of an unknown id may bill a call that is under way."""
    micros = sum(line.cost_micros for line in found)
    return any(_apart(found[0], micros, reservation) is not None for reservation in live)


def _under_way(request_id: str, found: Sequence[StatementLine]) -> Item:
    """A line that may be that of a call under way."""
    first, theirs = found[0], sum(line.cost_micros for line in found)
    return Item(
        Match.UNDECIDED, first.day, first.model, first.currency, 0, theirs, request_id, lines=tuple(found)
    )


def _assigned(
    unknown: Lines, pending: Sequence[Reservation], live: Sequence[Reservation]
) -> dict[str, Reservation]:
    """Which possibly billed call each unknown id belongs to: known ids first, then the pairs nearest in time.

    A line that may be a ``live`` call's is given to the call of its id alone.
    """
    ids = {reservation.id: set(reservation.reason.split()) for reservation in pending}
    given: dict[str, Reservation] = {}
    for reservation in pending:
        for request_id in ids[reservation.id] & unknown.keys():
            given.setdefault(request_id, reservation)
    taken = {reservation.id for reservation in given.values()}
    pairs = sorted(
        (apart, reservation.id, request_id)
        for request_id, found in unknown.items()
        if request_id not in given and not _may_be_one_of(found, live)
        for reservation in pending
        if reservation.id not in taken
        and not _has_id(reservation)
        and (apart := _apart(found[0], sum(line.cost_micros for line in found), reservation)) is not None
    )
    by_id = {reservation.id: reservation for reservation in pending}
    for _, reservation_id, request_id in pairs:
        if request_id not in given and reservation_id not in taken:
            given[request_id] = by_id[reservation_id]
            taken.add(reservation_id)
    return given


def _has_id(reservation: Reservation) -> bool:
    """Whether the provider's id of the answer is known: the reason then reads ``MaybeBilled chatcmpl-…``."""
    return len(reservation.reason.split()) > 1


def _apart(line: StatementLine, micros: int, reservation: Reservation) -> timedelta | None:
    """How far in time a line is from a possibly billed call that it may bill; None when it cannot be that call.

    It may be: same model, near in time, no dearer than what was set aside.
    """
    apart = abs(reservation.reserved_at - line.moment) if line.moment else timedelta()
    possible = (
        same_model(line.model, reservation.call.model)
        and (apart <= WINDOW if line.moment else reservation.reserved_at.date() == line.day)
        and (reservation.estimate_micros is None or micros <= reservation.estimate_micros)
        and reservation.currency in (None, line.currency)
    )
    return apart if possible else None


def _both(request_id: str, calls: Sequence[Booked], found: Sequence[StatementLine]) -> Iterator[Item]:
    """A call that both books have. In two currencies it is two items: nothing is converted."""
    call, currency = calls[0], found[0].currency
    own, theirs = sum(one.micros for one in calls), sum(line.cost_micros for line in found)
    if call.currency not in ("", currency):
        yield Item(
            Match.MISSING_THERE, call.day, call.model, call.currency, own, 0, request_id, call.entry_id, own
        )
        own = 0
    match = Match.MATCHED if own == theirs else Match.DIFFERING
    yield Item(
        match, call.day, call.model, currency, own, theirs, request_id, call.entry_id, call.micros,
        lines=tuple(found),
    )  # fmt: skip
