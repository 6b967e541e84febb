"""What asking in batches needs of others, as protocols; what any run needs is in :mod:`inedit.pipeline.services`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import IO, TYPE_CHECKING, Any, Protocol

from inedit.pipeline.services import CallBook, LanguageModel

if TYPE_CHECKING:
    from inedit.generation.batch_api import BatchLine, BatchStatus
    from inedit.generation.refusals import Refusal
    from inedit.ledger import Reservation
    from inedit.model import Prompt


class BatchBook(CallBook, Protocol):
    """A book of calls that can be read again: a batch is given by one process and may be fetched by another."""

    def pending(self, run_id: str | None = None) -> list[Reservation]:
        """What is set aside for calls that are under way or may have been billed."""


class BatchingModel(LanguageModel, Protocol):
    """A model that can also be asked in batches."""

    address: str

    def arguments(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> dict[str, Any]:
        """The request, in what the server is known to accept."""

    def learns(self, refusal: Refusal, sent: Mapping[str, Any]) -> bool:
        """Learn from a refusal what the server does without; False when it names nothing to leave out."""


class BatchProvider(Protocol):
    """Where batches are given and fetched; :class:`inedit.generation.batch_api.BatchApi` is one."""

    async def submit(self, lines: IO[bytes], name: str, run_id: str, number: int) -> BatchStatus:
        """Give a file of requests to the provider."""

    async def find(self, name: str, since: float) -> BatchStatus | None:
        """The batch of this name, if it has arrived."""

    async def look(self, batch_id: str) -> BatchStatus:
        """How a batch stands."""

    def lines(self, batch: BatchStatus) -> AsyncIterator[BatchLine]:
        """What became of each request."""
