"""Which possibly billed call each line of a statement settles, where nothing but time, model and amount can tell."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from inedit.ledger.journal.calls import Reservation
from inedit.ledger.reconciliation.booked import longest
from inedit.ledger.reconciliation.models import same_model
from inedit.ledger.reconciliation.statement_lines import WINDOW, StatementLine

Lines = Mapping[str, Sequence[StatementLine]]


def apart(found: Sequence[StatementLine], reservation: Reservation) -> timedelta | None:
    """How far in time the lines of one id are from a call that they may bill; None when it cannot be that call.

    It may be: same model, near in time (a request in a batch: from when it was given until a batch is done), no dearer
    than what was set aside, no refund.
    """
    line, micros = found[0], sum(line.cost_micros for line in found)
    sent, done = reservation.reserved_at, reservation.reserved_at + longest(reservation)
    away = max(sent - line.moment, line.moment - done, timedelta()) if line.moment else timedelta()
    possible = (
        same_model(line.model, reservation.call.model)
        and (away <= WINDOW if line.moment else sent.date() <= line.day <= (done + WINDOW).date())
        and micros >= 0
        and (reservation.estimate_micros is None or micros <= reservation.estimate_micros)
        and reservation.currency in (None, line.currency)
    )
    return away if possible else None


def nearest_calls(
    unknown: Lines, pending: Sequence[Reservation], stay: Collection[str]
) -> dict[str, Reservation]:
    """Which of the possibly billed calls each unknown id belongs to: the pairs nearest in time first.

    As many lines as can be have a call: where the nearest one is taken by a line that may be another's as well, that
    line takes the other. A line that was left over would be booked beside a call whose money stays set aside.

    Calls that ``stay`` set aside without a line may be billed later. Of these the dearest are left, so that what stays
    set aside is enough for whichever of them it was.
    """
    calls = {reservation.id: reservation for reservation in pending}
    pairs = sorted(
        (away, reservation.estimate_micros or 0, reservation.reserved_at, reservation.id, line)
        for line, found in unknown.items()
        for reservation in pending
        if (away := apart(found, reservation)) is not None
    )
    matching = _Matching()
    for *_, call, line in pairs:
        matching.possible[line].append(call)
        matching.lines[call].append(line)
        if line not in matching.call_of and call not in matching.line_of:
            matching.pair(call, line)
    for line in sorted(matching.possible.keys() - matching.call_of.keys()):
        matching.make_room(line)
    aside = {call: calls[call].estimate_micros or 0 for call in calls if call in stay}
    for call in sorted(aside.keys() - matching.line_of.keys(), key=lambda one: (aside[one], one)):
        matching.leave_a_dearer_one(call, aside)
    return {line: calls[call] for line, call in matching.call_of.items()}


@dataclass(slots=True)
class _Matching:
    """Lines and calls by their ids: which could be a pair, nearest first, and which are."""

    possible: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    call_of: dict[str, str] = field(default_factory=dict)
    line_of: dict[str, str] = field(default_factory=dict)

    def pair(self, call: str, line: str) -> None:
        self.call_of[line], self.line_of[call] = call, line

    def make_room(self, line: str) -> None:
        """Find a call for one more line, if others can change theirs: the shortest chain of changes."""
        taker_of: dict[str, str] = {}
        takers = deque([line])
        while takers:
            taker = takers.popleft()
            for call in self.possible[taker]:
                if call in taker_of:
                    continue
                taker_of[call] = taker
                if call in self.line_of:
                    takers.append(self.line_of[call])
                    continue
                freed: str | None = call
                while freed is not None:
                    taker = taker_of[freed]
                    before = self.call_of.get(taker)
                    self.pair(freed, taker)
                    freed = before
                return

    def leave_a_dearer_one(self, call: str, aside: Mapping[str, int]) -> None:
        """Give a call without a line one, and leave the dearest that a chain of changes can free in its place."""
        giver_of: dict[str, str] = {}  # calls that have a line, and the call that would take it
        takers = deque([call])
        while takers:
            taker = takers.popleft()
            for line in self.lines[taker]:
                freed = self.call_of.get(line, taker)
                if freed not in giver_of and freed != call:
                    giver_of[freed] = taker
                    takers.append(freed)
        dearest = max(giver_of, key=lambda one: (aside.get(one, -1), one), default=call)
        if aside.get(dearest, -1) <= aside[call]:
            return
        freed, line = dearest, self.line_of.pop(dearest)
        while True:
            taker = giver_of[freed]
            own = self.line_of.get(taker, "")
            self.pair(taker, line)
            if taker == call:
                return
            freed, line = taker, own
