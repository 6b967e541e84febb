"""The services of a paid call, in memory: nothing is sent, stored or waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from inedit.errors import StoreError
from inedit.generation.client import Completion
from inedit.ledger import Call, Reservation
from inedit.model import LedgerEntry, Prompt, Usage

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class FakeModel:
    """Gives the answers it was given, in turn; an exception among them is raised."""

    answers: list[Completion | Exception]
    model: str = "stub"
    asked: list[int] = field(default_factory=list)  # the limit of each call, in tokens

    def max_output_tokens(self, max_tokens: int) -> int:
        return max_tokens

    async def complete(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> Completion:
        self.asked.append(max_tokens)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeCallBook:
    """A ledger's book of calls: the state of each reservation, and an entry for each that was charged."""

    states: dict[str, str] = field(default_factory=dict)
    entries: dict[str, LedgerEntry] = field(default_factory=dict)

    def reserve(
        self, call: Call, input_tokens: int, max_output_tokens: int, *,
        within_transaction: Callable[[Any], None] | None = None,
    ) -> Reservation:  # fmt: skip
        if within_transaction is not None:
            within_transaction(None)
        reservation = Reservation(f"r{len(self.states)}", call, NOW, 0, "EUR")
        self.states[reservation.id] = "open"
        return reservation

    def settle(
        self, reservation: Reservation, usage: Usage, response_id: str, *, outcome: str = "answered", tier: str = "",
        told_cost: Decimal | None = None, within_transaction: Callable[[Any], None] | None = None,
    ) -> LedgerEntry:  # fmt: skip
        if self.states[reservation.id] == "voided":
            raise StoreError("voided")
        if reservation.id not in self.entries:
            moment = NOW.isoformat()
            self.entries[reservation.id] = LedgerEntry(
                len(self.entries) + 1, reservation.id, "call", moment, moment, moment[:7], reservation.call.purpose,
                response_id=response_id, outcome=outcome,
            )  # fmt: skip
            self.states[reservation.id] = "settled"
            if within_transaction is not None:
                within_transaction(None)
        return self.entries[reservation.id]

    def void(self, reservation: Reservation, reason: str) -> None:
        self.states[reservation.id] = "voided"

    def doubt(self, reservation: Reservation, reason: str) -> None:
        self.states[reservation.id] = "possibly_billed"


class NoPace:
    """A provider that sets no pace."""

    limits = ()

    def take(self, *_: Any) -> None: ...

    def pause(self, *_: Any) -> None: ...
