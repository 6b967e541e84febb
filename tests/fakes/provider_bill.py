"""What a provider knows of the calls that it got, and the statements that it makes of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fakes.ledger import MODEL, Clock
from inedit.ledger import Reservation
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.model import Usage


@dataclass(frozen=True)
class Sent:
    """A call as the provider knows it: ``micros`` is 0 for one that it does not bill."""

    reservation: Reservation
    request_id: str
    moment: datetime
    usage: Usage
    micros: int


class Bill:
    """The calls that were sent, and what the provider says of them at a moment, in one of its ways."""

    def __init__(self, begun: date, clock: Clock, dice: random.Random) -> None:
        self.sent: list[Sent] = []
        self.late: set[str] = set()  # ids that lists with ids have two days later
        self._begun, self._clock, self._random = begun, clock, dice

    def billed(self) -> list[Sent]:
        """What is billed by now."""
        return [call for call in self.sent if call.micros and call.moment <= self._clock.now]

    def micros(self) -> dict[str, int]:
        """What each id is billed, over all calls that have it."""
        told = Counter[str]()
        for call in self.sent:
            if call.micros:
                told[call.request_id] += call.micros
        return dict(told)

    def with_ids(self, calls: Sequence[Sent] | None = None, name: str = "complete") -> Statement | None:
        """One line for each of the calls, of all that are billed by default, often with times and tokens."""
        tells = name == "cut off" or self._random.random() < 0.7
        lines = [
            StatementLine(
                f"line {number}", moment.date(), call.micros, "USD", MODEL, request_id=call.request_id,
                moment=moment if tells else None,
                input_tokens=call.usage.input_tokens if tells else None,
                output_tokens=call.usage.output_tokens if tells else None,
            )
            for number, call in enumerate(self.billed() if calls is None else calls)
            if (moment := self._listed_at(call)) <= self._clock.now
        ]  # fmt: skip
        self._random.shuffle(lines)
        if not lines:
            return None
        days = [line.day for line in lines]
        if name == "complete":
            days.append(self._begun)
        return self._statement(name, lines, days)

    def _listed_at(self, call: Sent) -> datetime:
        return call.moment + timedelta(days=2 * (call.request_id in self.late))

    def cut_off(self) -> Statement | None:
        """It ends at some earlier line, or begins at a later day."""
        calls = sorted(self.billed(), key=self._listed_at)
        late = [call for call in calls if call.request_id in self.late]
        if not late and self._random.random() < 0.5:
            return self.with_ids(calls[: self._random.randint(0, len(calls))], "cut off")
        day = self._listed_at(self._random.choice(late or calls)).date() if calls else date.min
        return self.with_ids([call for call in calls if self._listed_at(call).date() >= day], "later days")

    def with_gaps(self, booked_ids: set[str | None]) -> Statement | None:
        """It lacks one of these at least, which the ledger has, and others."""
        calls = self.billed()
        gaps = {call.request_id for call in calls if self._random.random() < 0.3}
        booked = [call.request_id for call in calls if call.request_id in booked_ids]
        if not booked:
            return None
        gaps.add(self._random.choice(booked))
        return self.with_ids([call for call in calls if call.request_id not in gaps], "with gaps")

    def by_day(self) -> Statement | None:
        """Sums of days."""
        sums = Counter[date]()
        for call in self.billed():
            sums[call.reservation.reserved_at.date()] += call.micros
        lines = [StatementLine(str(day), day, micros, "USD", MODEL) for day, micros in sums.items()]
        return self._statement("by day", lines, list(sums)) if lines else None

    def _statement(self, name: str, lines: list[StatementLine], days: list[date]) -> Statement:
        now = self._clock.now
        return Statement(f"{name} {now}", "0" * 64, tuple(lines), min(days), max(days), made=now)
