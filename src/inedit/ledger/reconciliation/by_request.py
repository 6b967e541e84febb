"""Statements that name requests: calls are matched one by one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import timedelta

from inedit.ledger.journal.calls import Reservation
from inedit.ledger.reconciliation.booked import Booked, Pending
from inedit.ledger.reconciliation.items import Item, Match
from inedit.ledger.reconciliation.lost_calls import Lines, apart, nearest_calls
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.ledger.reconciliation.without_ids import cover

ANSWERED_WITHIN = timedelta(days=1)
"""A line further away in time than this is hardly that of a call, unless its amount is the same."""

_ERROR_AND_ID = re.compile(r"[A-Z]\w* (\S+)")


def match_requests(
    statement: Statement, lines: Iterable[StatementLine], ours: Iterable[Booked], pending: Pending
) -> Iterator[Item]:
    """Calls by request id.

    A possibly billed call whose id is known belongs to the line of that id and to no other; the rest are given to the
    lines that are left, the nearest in time first. What the statement does not name was not billed only if the
    statement is complete: it has every call of ours, and was made after the call. A line that may be that of a call
    under way is left for the run to charge; one that a charge without an id pays for is not charged again.
    """
    billed: dict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        billed[line.request_id].append(line)
    booked: dict[str, list[Booked]] = defaultdict(list)
    for call in ours:
        booked[call.request_id or call.entry_id].append(call)
    unknown: dict[str, list[StatementLine]] = {}
    unlisted: list[Booked] = []
    live = [reservation for reservation in pending.open if reservation.id in pending.live]
    lost = [reservation for reservation in pending.open if reservation.id not in pending.live]
    for request_id, found in billed.items():
        calls = booked.pop(request_id, [])
        if calls:
            unlisted += yield from _both(request_id, calls, found, live)
        else:
            unknown[request_id] = found
    settled = _by_id(unknown, lost)
    unnamed = {
        request_id: found
        for request_id, found in unknown.items()
        if request_id not in settled and not _may_be_one_of(found, live)
    }
    charged = [call for calls in (*booked.values(), unlisted) for call in calls if call.micros]
    covered = cover(unnamed, [call for call in charged if not call.request_id])
    undecided = unknown.keys() - settled.keys() - unnamed.keys()
    missing = [
        call
        for call in charged
        if call.entry_id not in covered.entry_ids and statement.first <= call.day <= statement.last
    ]
    complete = not missing and not undecided
    stay = {one.id for one in pending.open if not (complete and pending.decides(one))}
    settled |= nearest_calls(
        {request_id: found for request_id, found in unnamed.items() if request_id not in covered.ids},
        [reservation for reservation in lost if not _known_id(reservation)],
        stay,
    )
    yield from covered.items
    for request_id, found in unknown.items():
        if request_id in undecided:
            yield _under_way(request_id, found)
        elif request_id not in covered.ids:
            yield _unbooked(request_id, found, settled.get(request_id))
    for call in missing:
        yield Item(
            Match.MISSING_THERE, call.day, call.model, call.currency, call.micros, 0, call.request_id,
            call.entry_id, call.micros,
        )  # fmt: skip
    taken = {reservation.id for reservation in settled.values()}
    for reservation in pending.open:
        if reservation.id not in taken:
            yield _unnamed(reservation, not_billed=reservation.id not in stay)


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
    return any(apart(found, reservation) is not None for reservation in live)


def _under_way(request_id: str, found: Sequence[StatementLine], unsure: Sequence[Booked] = ()) -> Item:
    """Lines that may be those of a call under way, or of ``unsure``, the calls of ours that have their id."""
    first, theirs = found[0], sum(line.cost_micros for line in found)
    own = sum(call.micros for call in unsure)
    entry, micros = (unsure[0].entry_id, unsure[0].micros) if unsure else ("", 0)
    return Item(
        Match.UNDECIDED, first.day, first.model, first.currency, own, theirs, request_id, entry, micros,
        lines=tuple(found),
    )  # fmt: skip


def _by_id(unknown: Lines, pending: Sequence[Reservation]) -> dict[str, Reservation]:
    """The possibly billed calls whose ids are known: each belongs to the line of its id and to no other."""
    given: dict[str, Reservation] = {}
    for reservation in pending:
        if (request_id := _known_id(reservation)) in unknown:
            given.setdefault(request_id, reservation)
    return given


def _known_id(reservation: Reservation) -> str:
    """The provider's id of the lost answer, where it is known: the reason then reads ``MaybeBilled chatcmpl-…``, an
    error's name and the id. Other reasons are sentences of ours (``abandoned while under way``)."""
    found = _ERROR_AND_ID.fullmatch(reservation.reason)
    return found[1] if found else ""


def _both(
    request_id: str, calls: Sequence[Booked], found: Sequence[StatementLine], live: Sequence[Reservation]
) -> Generator[Item, None, Sequence[Booked]]:
    """A call that both books have; returned are those that the statement has no line of.

    An id that came twice is one item where the sums agree, or where there is a line for each call. With fewer lines
    each of them is held against the call that it is likest to: it says nothing of the others. A line beyond our calls,
    or of another amount, on another day than theirs or under an id that came twice already, is left alone while it may
    be that of a call under way that gets this id, too; so is the call that it would be of otherwise.
    """
    if sum(one.micros for one in calls) == sum(line.cost_micros for line in found):
        yield from _compared(request_id, calls, found)
        return ()
    calls_left, lines_left, pairs = list(calls), list(found), []
    likest = sorted(
        (call.micros != line.cost_micros, abs(call.day - line.day), at, number)
        for at, call in enumerate(calls)
        for number, line in enumerate(found)
    )
    for differs, away, at, number in likest:
        call, line = calls[at], found[number]
        if differs and (len(calls) > 1 or away > ANSWERED_WITHIN) and _may_be_one_of([line], live):
            continue
        if call in calls_left and line in lines_left:
            calls_left.remove(call)
            lines_left.remove(line)
            pairs.append((call, line))
    alone = lines_left if any(_may_be_one_of([line], live) for line in lines_left) else []
    if calls_left:
        for call, line in pairs:
            yield from _compared(request_id, [call], [line])
    else:
        yield from _compared(request_id, calls, [line for line in found if line not in alone])
    if not alone:
        return calls_left
    unsure = [call for call in calls_left if call.currency in ("", alone[0].currency)][: len(alone)]
    yield _under_way(request_id, alone, unsure)
    return [call for call in calls_left if call not in unsure]


def _compared(request_id: str, calls: Sequence[Booked], found: Sequence[StatementLine]) -> Iterator[Item]:
    """Calls and lines of one id. In two currencies it is two items: nothing is converted."""
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
