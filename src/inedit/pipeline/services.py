"""What a paid call needs of others, as protocols: the model, the ledger's book of calls, the provider's pace.

The parts of the house meet them as they are; tests meet them with fakes in memory (tests/fakes/services.py). The same
contract tests hold for both.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

from sqlalchemy import Connection

from inedit.generation.client import Completion
from inedit.ledger import Call, Reservation
from inedit.model import LedgerEntry, Prompt, Usage


class LanguageModel(Protocol):
    """Answers prompts. Every way in which it may fail is an error of :mod:`inedit.generation.errors`."""

    model: str

    def max_output_tokens(self, max_tokens: int) -> int:
        """The most output tokens that a call may be billed for."""

    async def complete(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> Completion:
        """Ask once."""


class CallBook(Protocol):
    """Where a call is reserved before it is sent, and charged or given back after."""

    def reserve(
        self,
        call: Call,
        input_tokens: int,
        max_output_tokens: int,
        *,
        within_transaction: Callable[[Connection], None] | None = None,
    ) -> Reservation:
        """Set aside the most that a call can cost."""

    def settle(
        self,
        reservation: Reservation,
        usage: Usage,
        response_id: str,
        *,
        outcome: str = "answered",
        tier: str = "",
        told_cost: Decimal | None = None,
        within_transaction: Callable[[Connection], None] | None = None,
    ) -> LedgerEntry:
        """Charge a call that came back; again is once."""

    def void(self, reservation: Reservation, reason: str) -> None:
        """Give back what was set aside for a call that was surely not billed."""

    def doubt(self, reservation: Reservation, reason: str) -> None:
        """Say that a call may have been billed."""
