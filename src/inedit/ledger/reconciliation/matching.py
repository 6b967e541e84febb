"""The ledger held against a provider's statement: what agrees, what does not, and what the difference is made of.

Where the statement names request ids, calls are matched one by one; where it does not, by day and model. The
difference between the two totals is always explained in full:

    statement - ledger = missing here + possibly billed - missing there + differing + rounding

Nothing is written here; :mod:`inedit.ledger.reconciliation.posting` does that on demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from inedit.errors import WrongInput
from inedit.ledger.journal.calls import Reservation
from inedit.ledger.journal.reading import whole_sum
from inedit.ledger.journal.reservations import read_pending
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.store.tables import ledger_entries

WINDOW = timedelta(minutes=15)
"""How far the time on a statement may be from the time at which a call was reserved: retries and clocks."""

_e = ledger_entries.c


class Match(StrEnum):
    """How a line of the statement and the ledger stand to each other."""

    MATCHED = "matched"
    DIFFERING = "differing"
    MISSING_HERE = "missing here"
    MISSING_THERE = "missing there"
    POSSIBLY_BILLED = "possibly billed, now settled"
    NOT_BILLED = "possibly billed, not on the statement"


@dataclass(frozen=True, slots=True)
class Item:
    """One call, or one day and model, in both books. Amounts are in millionths of ``currency``.

    ``difference_micros`` is what the statement says more than the ledger; ``entry_id`` and ``reservation_id`` name
    the ledger's side, ``lines`` the statement's. ``entry_micros`` is what the ledger says of that one entry.
    """

    match: Match
    day: date
    model: str
    currency: str
    ledger_micros: int
    statement_micros: int
    request_id: str = ""
    entry_id: str = ""
    entry_micros: int = 0
    reservation_id: str = ""
    lines: tuple[StatementLine, ...] = ()

    @property
    def difference_micros(self) -> int:
        """Statement less ledger."""
        return self.statement_micros - self.ledger_micros


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything that was compared: of which provider, statement, days; ``by_project`` is what the statement bills.

    ``doubtful_micros`` is what is set aside for calls of those days that may have been billed, where the statement
    gives no ids to tell.
    """

    provider: str
    statement: Statement
    items: tuple[Item, ...]
    by_project: Mapping[str, Mapping[str, int]]
    doubtful: int = 0
    doubtful_micros: int = 0

    @property
    def open_items(self) -> tuple[Item, ...]:
        """What does not agree."""
        return tuple(item for item in self.items if item.match is not Match.MATCHED)

    def variance(self) -> dict[str, dict[str, int]]:
        """By currency: both totals, their difference, and what each kind of item contributes to it."""
        told: dict[str, dict[str, int]] = {}
        for item in self.items:
            sums = told.setdefault(item.currency, {"statement": 0, "ledger": 0, "difference": 0})
            sums["statement"] += item.statement_micros
            sums["ledger"] += item.ledger_micros
            sums["difference"] += item.difference_micros
            name = "rounding" if item.match is Match.MATCHED else str(item.match)
            sums[name] = sums.get(name, 0) + item.difference_micros
        return told

    def as_json(self) -> dict[str, Any]:
        """The same for scripts; amounts stay integers."""
        return {
            "provider": self.provider, "statement": self.statement.name, "sha256": self.statement.sha256,
            "first": str(self.statement.first), "last": str(self.statement.last),
            "variance_micros": self.variance(), "by_project_micros": self.by_project,
            "doubtful": {"calls": self.doubtful, "micros": self.doubtful_micros},
            "items": [
                {
                    **{k: v for k, v in asdict(item).items() if k != "lines"},
                    "day": str(item.day), "match": str(item.match), "difference_micros": item.difference_micros,
                    "places": [line.place for line in item.lines],
                }
                for item in self.items
            ],
        }  # fmt: skip


def reconcile(
    connection: Connection, statement: Statement, *, provider: str = "", projects: Sequence[str] = ()
) -> Reconciliation:
    """Compare. ``provider`` may be left out when the ledger knows one that bills; ``projects`` are ours.

    Raises :class:`~inedit.errors.WrongInput` when the provider cannot be told, or a project is not on the statement.
    """
    provider = provider or _only_provider(connection)
    by_project: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in statement.lines:
        by_project[line.project][line.currency] += line.cost_micros
    unknown = [name for name in projects if name not in by_project]
    if unknown:
        known = ", ".join(sorted(filter(None, by_project))) or "none"
        raise WrongInput(f"The statement has no project {', '.join(unknown)}. It has: {known}.")
    lines = [line for line in statement.lines if not projects or line.project in projects]
    ours = _booked(connection, provider, statement)
    pending = [
        reservation
        for reservation in read_pending(connection, None)
        if reservation.call.provider == provider
        and statement.first <= reservation.reserved_at.date() <= statement.last
    ]
    told = {name: dict(sums) for name, sums in sorted(by_project.items())}
    if statement.has_ids:
        return Reconciliation(provider, statement, tuple(_one_by_one(lines, ours, pending)), told)
    micros = sum(reservation.estimate_micros or 0 for reservation in pending)
    items = tuple(_by_day_and_model(lines, ours))
    return Reconciliation(provider, statement, items, told, len(pending), micros)


@dataclass(frozen=True, slots=True)
class _Booked:
    """A call as the ledger has it, corrections included."""

    entry_id: str
    day: date
    model: str
    currency: str
    micros: int
    request_id: str


def _booked(connection: Connection, provider: str, statement: Statement) -> list[_Booked]:
    """The calls that took place in the days of the statement. One of unknown price counts nothing here."""
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
            _e.response_id, (func.coalesce(_e.cost_micros, 0) + corrected).label("micros"),
        )
        .where(
            _e.kind == "call", _e.provider == provider,
            _e.occurred_at >= str(statement.first), _e.occurred_at < str(statement.last + timedelta(days=1)),
        )
        .order_by(_e.seq)
    )  # fmt: skip
    return [
        _Booked(
            row.id, date.fromisoformat(row.occurred_at[:10]), row.model, row.currency or "", row.micros,
            (row.response_id or "").partition("~")[0],
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _one_by_one(
    lines: Iterable[StatementLine], ours: Iterable[_Booked], pending: list[Reservation]
) -> Iterable[Item]:
    """Calls by request id. An id that came twice is one item: the provider may bill it once or twice."""
    billed: dict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        billed[line.request_id].append(line)
    booked: dict[str, list[_Booked]] = defaultdict(list)
    for call in ours:
        booked[call.request_id or call.entry_id].append(call)
    left = list(pending)
    for request_id, found in billed.items():
        theirs, first = sum(line.cost_micros for line in found), found[0]
        calls = booked.pop(request_id, [])
        if calls:
            yield from _both(request_id, calls, found)
            continue
        reservation = _named(request_id, left) or _reserved_for(first, theirs, left)
        if reservation is None:
            yield Item(
                Match.MISSING_HERE,
                first.day,
                first.model,
                first.currency,
                0,
                theirs,
                request_id,
                lines=tuple(found),
            )
        else:
            left.remove(reservation)
            yield Item(
                Match.POSSIBLY_BILLED, first.day, first.model, first.currency, 0, theirs, request_id,
                reservation_id=reservation.id, lines=tuple(found),
            )  # fmt: skip
    for calls in booked.values():
        for call in calls:
            if call.micros:
                yield Item(
                    Match.MISSING_THERE, call.day, call.model, call.currency, call.micros, 0, call.request_id,
                    call.entry_id, call.micros,
                )  # fmt: skip
    for reservation in left:
        yield Item(
            Match.NOT_BILLED, reservation.reserved_at.date(), reservation.call.model, reservation.currency or "",
            0, 0, reservation_id=reservation.id,
        )  # fmt: skip


def _both(request_id: str, calls: Sequence[_Booked], found: Sequence[StatementLine]) -> Iterable[Item]:
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


def _named(request_id: str, pending: Sequence[Reservation]) -> Reservation | None:
    """The possibly billed call whose answer came under this id, and could not be read or counted."""
    return next((reservation for reservation in pending if request_id in reservation.reason.split()), None)


def _reserved_for(line: StatementLine, micros: int, pending: Sequence[Reservation]) -> Reservation | None:
    """The possibly billed call that a line may be: same model, near in time, no dearer than what was set aside."""

    def apart(reservation: Reservation) -> timedelta:
        return abs(reservation.reserved_at - line.moment) if line.moment else timedelta()

    possible = [
        reservation
        for reservation in pending
        if same_model(line.model, reservation.call.model)
        and (apart(reservation) <= WINDOW if line.moment else reservation.reserved_at.date() == line.day)
        and (reservation.estimate_micros is None or micros <= reservation.estimate_micros)
        and reservation.currency in (None, line.currency)
    ]
    return min(possible, key=lambda reservation: (apart(reservation), reservation.id), default=None)


def same_model(billed: str, asked: str) -> bool:
    """Whether a statement's name of a model is the one that was asked: it may add the day of a snapshot."""
    return not billed or billed == asked or billed.startswith(f"{asked}-") or asked.startswith(f"{billed}-")


def _by_day_and_model(lines: Iterable[StatementLine], ours: Iterable[_Booked]) -> Iterable[Item]:
    """Sums. Each call was rounded to the millionth, so sums may differ by one millionth a call and still agree."""
    lines, ours = list(lines), list(ours)
    names = sorted({call.model for call in ours}, key=len, reverse=True)

    def named(billed: str) -> str:
        return next((name for name in names if billed and same_model(billed, name)), billed)

    known = any(same_model(line.model, name) for line in lines if line.model for name in names)
    anonymous = any(not line.model for line in lines) or not known  # then days are all that can be compared
    billed: dict[tuple[date, str, str], list[StatementLine]] = defaultdict(list)
    for line in lines:
        billed[line.day, "" if anonymous else named(line.model), line.currency].append(line)
    booked: dict[tuple[date, str, str], list[_Booked]] = defaultdict(list)
    for call in ours:
        if call.currency:
            booked[call.day, "" if anonymous else call.model, call.currency].append(call)
    for key in sorted(billed.keys() | booked.keys()):
        day, model, currency = key
        found, calls = billed.get(key, []), booked.get(key, [])
        theirs, own = sum(line.cost_micros for line in found), sum(call.micros for call in calls)
        if not theirs and not own:
            continue
        if abs(theirs - own) <= len(calls) + len(found):
            match = Match.MATCHED
        elif not calls:
            match = Match.MISSING_HERE
        else:
            match = Match.DIFFERING if found else Match.MISSING_THERE
        yield Item(match, day, model, currency, own, theirs, lines=tuple(found))


def _only_provider(connection: Connection) -> str:
    query = select(_e.provider).where(_e.kind == "call", _e.cost_micros != 0).distinct()
    found = sorted(provider for provider in connection.execute(query).scalars() if provider)
    if len(found) != 1:
        told = ", ".join(found) or "none"
        raise WrongInput(f"Whose statement is it? Give --provider; the ledger has paid calls of: {told}.")
    return str(found[0])
