"""Statements without request ids: sums are compared by day and model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from inedit.ledger.journal.calls import Reservation
from inedit.ledger.pricing.money import round_half_even
from inedit.ledger.reconciliation.booked import Booked, Pending, longest, only_campaign
from inedit.ledger.reconciliation.items import Item, Match
from inedit.ledger.reconciliation.models import same_model
from inedit.ledger.reconciliation.statements import StatementLine

Key = tuple[date, str, str]


def match_days(lines: Sequence[StatementLine], ours: Sequence[Booked], pending: Pending) -> Iterator[Item]:
    """Sums. Each call was rounded to the millionth, so sums may differ by one millionth a call and still agree.

    What a finished day bills beyond the ledger's calls is first what was possibly billed that day, each of these calls
    in its proportion: so the same call is not charged and set aside at once. Where the sums agree, what was possibly
    billed was not.
    """
    name = naming(lines, [*(call.model for call in ours), *(one.call.model for one in pending.open)])
    billed: dict[Key, list[StatementLine]] = defaultdict(list)
    for line in lines:
        billed[line.day, name(line.model), line.currency].append(line)
    booked: dict[Key, list[Booked]] = defaultdict(list)
    for call in ours:
        if call.currency:
            booked[call.day, name(call.model), call.currency].append(call)
    doubtful: dict[Key, list[Reservation]] = defaultdict(list)
    for one in pending.open:
        key = (one.reserved_at.date(), name(one.call.model), one.currency or "")
        if pending.decides(one) and (key in billed or key in booked):
            doubtful[key].append(one)
        else:
            yield _undecided(one)
    waiting = {
        (day, name(one.call.model), one.currency or "")
        for one in pending.open
        if not pending.decides(one)
        for day in {one.reserved_at.date(), (one.reserved_at + longest(one)).date()}
    }
    for key in sorted(billed.keys() | booked.keys()):
        yield from _day(
            key, billed.get(key, []), booked.get(key, []), doubtful.get(key, []), waiting=key in waiting,
            finished=datetime.combine(key[0] + timedelta(days=1), time(), UTC) <= pending.until,
        )  # fmt: skip


def naming(lines: Iterable[StatementLine], models: Iterable[str]) -> Callable[[str], str]:
    """How models are called in a comparison: as the ledger does; nothing at all when only days can be compared."""
    lines, names = list(lines), sorted(set(models), key=len, reverse=True)
    known = any(same_model(line.model, name) for line in lines if line.model for name in names)
    if any(not line.model for line in lines) or not known:
        return lambda _: ""
    return lambda billed: next((name for name in names if billed and same_model(billed, name)), billed)


def _day(
    key: Key,
    found: Sequence[StatementLine],
    calls: Sequence[Booked],
    doubtful: Sequence[Reservation],
    *,
    waiting: bool,
    finished: bool,
) -> Iterator[Item]:
    """One day and model. While calls of it are ``waiting`` to be decided, what is billed beyond the others may be
    theirs; until the day was ``finished`` when the statement was made, what it lacks may come."""
    day, model, currency = key
    theirs, own = sum(line.cost_micros for line in found), sum(call.micros for call in calls)
    tolerance = len(calls) + len(found)
    over = theirs - own
    refunded = over <= tolerance and any(line.cost_micros < 0 for line in found)
    if refunded:  # what was taken back may hide what was billed: the sum tells nothing of lost calls
        yield from (_undecided(reservation) for reservation in doubtful)
        doubtful = ()
    if waiting and over > tolerance:
        yield Item(Match.UNDECIDED, day, model, currency, own, theirs, lines=tuple(found))
        yield from (_undecided(reservation) for reservation in doubtful)
        return
    for reservation, share in _shared(over, tolerance, doubtful):
        match = Match.POSSIBLY_BILLED if share else Match.NOT_BILLED
        theirs -= share
        yield Item(
            match, day, reservation.call.model, currency, 0, share, reservation_id=reservation.id,
            lines=tuple(found) if share else (),
        )  # fmt: skip
    if not theirs and not own:
        return
    if abs(theirs - own) <= tolerance:
        match = Match.MATCHED
    elif not calls:
        match = Match.MISSING_HERE
    else:
        match = Match.DIFFERING if found and (finished or over > 0) else Match.MISSING_THERE
    yield Item(
        match, day, model, currency, own, theirs, lines=tuple(found),
        campaign_id=only_campaign([*calls, *doubtful]),
    )  # fmt: skip


def _shared(over: int, tolerance: int, doubtful: Sequence[Reservation]) -> Iterator[tuple[Reservation, int]]:
    """What each possibly billed call of a day has of the amount that the ledger's calls do not explain; 0 for nothing.

    A sum does not tell which of them were billed. Each gets its part in the proportion of what was set aside for it,
    and no more than that: what is set aside is the most that an answer can cost, so that one call charged in full for
    what two cost would put the money on the wrong piece and give the other one back. One whose price is unknown counts
    as the others do on average, and has no such bound.
    """
    aside = {one.id: one.estimate_micros for one in doubtful}
    known = [micros for micros in aside.values() if micros is not None]
    average = sum(known) // len(known) if any(known) else 1
    left, parts = over if over > tolerance else 0, sum(known) + average * (len(aside) - len(known))
    shares = dict.fromkeys(aside, 0)
    oldest_first = sorted(doubtful, key=lambda one: (one.reserved_at, one.id))
    for one in sorted(
        oldest_first, key=lambda one: one.estimate_micros is None
    ):  # those without a bound take the rest
        most = one.estimate_micros
        own = average if most is None else most
        share = round_half_even(Decimal(left * own) / parts) if own else 0
        shares[one.id] = share = share if most is None else min(share, most)
        left, parts = left - share, parts - own
    yield from ((one, shares[one.id]) for one in oldest_first)


def _undecided(reservation: Reservation) -> Item:
    return Item(
        Match.UNDECIDED, reservation.reserved_at.date(), reservation.call.model, reservation.currency or "", 0, 0,
        reservation_id=reservation.id,
    )  # fmt: skip
