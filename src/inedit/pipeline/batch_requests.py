"""One call that is to be asked in a batch, and the part of a round that fits into one input file."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inedit.generation.batch_api import MOST_BYTES, QUEUE_FULL, BatchStatus, request_line
from inedit.generation.errors import NotServed
from inedit.generation.reading import Completion
from inedit.ledger import Call
from inedit.model import Prompt
from inedit.model.errors import IneditError, ProviderFailure
from inedit.pipeline.answer_targets import AnswerTarget
from inedit.pipeline.batch_services import BatchingModel
from inedit.pipeline.metered_call import Claim, most_tokens


@dataclass(slots=True, eq=False)
class Asked:
    """A call that waits for its answer. ``id`` is the custom id of its request, and its reservation's."""

    prompt: Prompt
    call: Call
    seed: int
    claim: Claim
    place: AnswerTarget
    max_tokens: int
    answered: asyncio.Future[Completion]
    id: str = ""
    sent: dict[str, Any] = field(default_factory=dict)  # the request, without its messages
    times: int = 0  # how often it was given to the provider

    def request(self, model: BatchingModel) -> bytes:
        """The line of the input file, under a new id."""
        self.id, self.times = uuid.uuid4().hex, self.times + 1
        arguments = model.arguments(
            self.prompt,
            seed=self.seed,
            temperature=self.prompt.sampling.temperature,
            max_tokens=self.max_tokens,
        )
        self.sent = {**arguments, "messages": [{"role": arguments["messages"][0]["role"]}]}
        return request_line(self.id, arguments)

    def most_tokens(self, model: BatchingModel) -> tuple[int, int]:
        """The most input and output tokens that it may be billed for."""
        return most_tokens(model, self.prompt, self.max_tokens)

    def fail(self, error: BaseException) -> None:
        """Tell whoever waits, unless he is gone."""
        if not self.answered.done():
            self.answered.set_exception(error)


def files(
    asked: Iterable[Asked], model: BatchingModel, most_requests: int, most_bytes: int = MOST_BYTES
) -> Iterator[list[tuple[Asked, bytes]]]:
    """The calls with their lines, as many together as an input file may hold."""
    part: list[tuple[Asked, bytes]] = []
    size = 0
    for one in asked:
        line = one.request(model)
        if part and (len(part) == most_requests or size + len(line) > most_bytes):
            yield part
            part, size = [], 0
        part.append((one, line))
        size += len(line)
    if part:
        yield part


def fail_all(asked: Iterable[Asked], error: BaseException) -> None:
    """Tell everybody."""
    for one in list(asked):
        one.fail(error)


def why_unanswered(status: BatchStatus, *, is_alone: bool) -> IneditError:
    """What to make of a request that a batch left unanswered: whether to ask again."""
    told = "; ".join(sentence for _, sentence in status.errors[:3])
    if status.status == "cancelled":
        return ProviderFailure(
            f"Batch {status.id} was cancelled at the provider before this was answered. What had been answered is "
            "kept; run the same command to ask for the rest."
        )
    full = any(code == QUEUE_FULL for code, _ in status.errors)
    if status.status == "failed" and (not full or is_alone):
        return ProviderFailure(
            f"The provider did not work on batch {status.id}: {told or 'it says nothing more'}"
        )
    return NotServed(f"batch {status.id} {status.status}{f': {told}' if told else ''}")
