"""A provider of batches in memory, which does as it is told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import IO, Any

from fakes.services import FakeLedger, FakeModel
from inedit.generation.batch_api import BatchLine, BatchStatus
from inedit.generation.errors import MaybeBilled
from inedit.generation.reading import Completion
from inedit.generation.refusals import Refusal
from inedit.ledger import Call, Reservation
from inedit.model import LedgerEntry, Prompt, Usage


@dataclass
class LedgerBesideStore(FakeLedger):
    """A ledger in memory whose transactions are those of a store: what is written along with it stands there."""

    store: Any = None

    def reserve(self, call: Call, *most: int, within_transaction: Any = None, **more: Any) -> Reservation:
        with self.store.write() as connection:
            return super().reserve(
                call, *most, within_transaction=lambda _: within_transaction(connection), **more
            )

    def settle(self, *charged: Any, within_transaction: Any = None, **more: Any) -> LedgerEntry:
        with self.store.write() as connection:
            return super().settle(
                *charged, within_transaction=lambda _: within_transaction(connection), **more
            )


@dataclass
class FakeBatchingModel(FakeModel):
    """Nobody asks it one by one."""

    answers: list[Completion | Exception] = field(default_factory=list)
    address: str = "http://provider.test/v1"
    learnt: list[str] = field(default_factory=list)

    def arguments(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> dict[str, Any]:
        return {
            "messages": [{"role": "user", "content": prompt.text}],
            "seed": seed,
            "max_tokens": max_tokens,
        }

    def learns(self, refusal: Refusal, sent: Any) -> bool:
        self.learnt.append(refusal.text)
        return "seed" in refusal.text


def answered(request_id: str, text: str) -> BatchLine:
    """A line with an answer."""
    return BatchLine(
        request_id, Completion(text, Usage("stub", 10, 0, 5, 0, 0.0), f"id-{request_id}", "stop")
    )


@dataclass
class FakeBatchProvider:
    """Each batch ends at the second look: as ``endings`` say in turn (``completed`` where they say nothing), with what
    ``lines`` makes of the ids of its requests and of their bodies."""

    lines_of: Callable[[str, dict[str, Any]], BatchLine | None]
    endings: list[BatchStatus] = field(default_factory=list)
    loses_orders: int = 0  # the first orders arrive, and their answers are lost
    refuses: list[Exception] = field(default_factory=list)  # raised by the next orders, which do not arrive
    given: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # requests, by our name of the batch
    looked: dict[str, int] = field(default_factory=dict)

    async def submit(self, lines: IO[bytes], name: str, run_id: str, number: int) -> BatchStatus:
        if self.refuses:
            raise self.refuses.pop(0)
        assert name not in self.given, "given twice"
        self.given[name] = [json.loads(line) for line in lines]
        if self.loses_orders:
            self.loses_orders -= 1
            raise MaybeBilled("connection lost")
        return BatchStatus(f"p-{name}", "validating")

    async def find(self, name: str, since: float) -> BatchStatus | None:
        return BatchStatus(f"p-{name}", "validating") if name in self.given else None

    async def look(self, batch_id: str) -> BatchStatus:
        self.looked[batch_id] = self.looked.get(batch_id, 0) + 1
        total = len(self.given[batch_id[2:]])
        if self.looked[batch_id] < 2:
            return BatchStatus(batch_id, "in_progress", total)
        ending = self.endings.pop(0) if self.endings else BatchStatus("", "completed")
        return replace(ending, id=batch_id, total=total)

    async def lines(self, batch: BatchStatus) -> AsyncIterator[BatchLine]:
        for request in reversed(self.given[batch.id[2:]]):
            line = self.lines_of(request["custom_id"], request["body"])
            if line is not None:
                yield line

    def requests_of(self, number: int) -> list[str]:
        """The ids in a batch, by its number from 0."""
        return [request["custom_id"] for request in list(self.given.values())[number]]

    def bodies(self, number: int) -> list[str]:
        """What was asked in it."""
        return [request["body"]["messages"][0]["content"] for request in list(self.given.values())[number]]
