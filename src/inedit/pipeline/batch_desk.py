"""The provider's side of batches: given once, looked at, fetched line by line, each line written down once.

What a process leaves behind, stopped or killed, the next one takes over (:meth:`BatchDesk.look_around`): it reads from
the database which batches are open, and asks the provider about those of which it is not written down whether they
arrived.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from inedit.archive.provider_batches import ProviderBatch, mark_submitted, open_batches
from inedit.generation.batch_api import MOST_REQUESTS, QUEUE_FULL, BatchLine, BatchStatus, FilesGone
from inedit.generation.errors import MaybeBilled, NotServed, ProviderThrottled, Uncounted
from inedit.model.errors import IneditError, ProviderFailure, WrongInput
from inedit.pipeline.batch_books import BatchBooks, OpenBatch
from inedit.pipeline.batch_requests import Asked, fail_all, why_unanswered
from inedit.pipeline.batch_services import BatchingModel, BatchProvider
from inedit.pipeline.metered_call import more_room_to_think

MOST_TIMES = 3
"""How often a request is given to the provider before its piece is put down as failed."""

PASSING = (NotServed, ProviderThrottled, MaybeBilled)
"""What may go better next time."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds between looks. ``arrival`` is how long a batch must be missing in the provider's list before it counts as
    not ordered; ``quiet`` closes a round in which somebody at work asks nothing for so long. ``others`` is how long
    another process's batches are waited for in the end: until it has lost its leases, or lives and fetches them."""

    step: float = 0.1
    look_around: float = 1.0
    first_look: float = 5.0
    longest: float = 60.0
    growth: float = 1.5
    arrival: float = 60.0
    quiet: float = 120.0
    others: float = 60.0


PAUSES = Pauses()


@dataclass(slots=True)
class BatchDesk:
    """The batches of one campaign that this process looks after. ``again`` takes the calls that are to be asked in the
    next round; ``tell`` is given sentences for the person who watches. One event loop."""

    model: BatchingModel
    provider: BatchProvider
    books: BatchBooks
    campaign_id: str
    tell: Callable[[str], None]
    again: Callable[[Iterable[Asked]], None]
    is_stopped: Callable[[], bool]
    pauses: Pauses = PAUSES
    most_requests: int = MOST_REQUESTS
    open: dict[str, OpenBatch] = field(default_factory=dict, init=False)
    waiting: dict[str, Asked] = field(default_factory=dict, init=False)  # by request
    answered: int = field(default=0, init=False)
    room_to_think: int = field(default=0, init=False)
    _held: list[Asked] = field(default_factory=list, init=False)  # until there is room in a budget
    _elsewhere: set[str] = field(default_factory=set, init=False)  # batches of other processes
    _in_hand: asyncio.Future[Any] | None = field(default=None, init=False)  # what a thread is at

    async def look_around(self) -> None:
        """Take over what a process left behind that is no more."""
        elsewhere: set[str] = set()
        for batch in await self.in_thread(open_batches, self.books.archive.store, self.campaign_id):
            if batch.id in self.open:
                continue
            if batch.address != self.model.address:
                raise WrongInput(
                    f"Batch {batch.provider_id or batch.id} of this campaign waits at {batch.address}, and the model's "
                    f"address is {self.model.address} now. Set OPENAI_BASE_URL as it was, and run the same command to "
                    "fetch it."
                )
            adopted = await self.in_thread(self.books.adopt, batch)
            if adopted is None:
                elsewhere.add(batch.id)
                if batch.id not in self._elsewhere:
                    self.tell(
                        f"Batch {batch.provider_id or batch.id} is another process's still: waiting for it."
                    )
                continue
            self.open[batch.id] = adopted
            self.tell(
                f"Going on with batch {adopted.name} of run {batch.run_id}: {len(adopted.requests)} requests, "
                f"prepared at {batch.prepared_at}."
            )
        self._elsewhere = elsewhere

    async def give(self, batch: ProviderBatch, part: Sequence[tuple[Asked, bytes]]) -> None:
        """Set money aside for the calls of a part, and give those that may be made to the provider."""
        found = await self.in_thread(
            lambda: self.books.set_aside(batch, part, self.model, room_later=bool(self.open))
        )
        for asked, reason in found.refused:
            asked.fail(reason)
        self._held += found.held
        if not found.taken:
            await self.in_thread(self.books.end, found.open, "nothing to ask")
            return
        try:
            provider_id = await self._submitted(batch, [line for _, line in found.taken])
        except ProviderFailure as failure:
            await self.in_thread(self.books.release, found.open, "the provider did not take the batch")
            waiting, self._held = [*(asked for asked, _ in found.taken), *self._held], []
            fail_all(waiting, failure)
            return
        self.open[batch.id] = found.open
        self.waiting |= {asked.id: asked for asked, _ in found.taken}
        self._later(found.open)
        if not provider_id:
            self.tell("The answer to the order of a batch was lost: looking for it at the provider.")
            return
        await self.in_thread(mark_submitted, self.books.archive.store, batch.id, provider_id)
        found.open.batch = replace(batch, provider_id=provider_id)
        held = f" {len(found.held)} more wait until there is room in the budget." if found.held else ""
        self.tell(
            f"Round {batch.round}: {len(found.taken)} requests are at the provider as batch {provider_id}, for at most "
            f"24 hours. Stop here at any time: the same command goes on with it.{held}"
        )

    async def _submitted(self, batch: ProviderBatch, lines: Sequence[bytes]) -> str:
        """The provider's id of a batch; empty when its answer was lost, and the batch may be there or not."""
        with tempfile.TemporaryFile() as file:
            file.writelines(lines)
            for times in range(1, MOST_TIMES + 1):
                file.seek(0)
                try:
                    return (await self.provider.submit(file, batch.id, batch.run_id, batch.round)).id
                except MaybeBilled:
                    return ""
                except (NotServed, ProviderThrottled) as error:
                    trouble = error
                    await asyncio.sleep(self.pauses.first_look * times)
        raise ProviderFailure(f"The provider did not take a batch in {MOST_TIMES} trials: {trouble}")

    async def look_at(self, open_batch: OpenBatch) -> None:
        """See how a batch stands, and fetch it when it has ended; the next look is later."""
        try:
            if not open_batch.batch.provider_id and not await self._has_arrived(open_batch):
                return
            status = await self.provider.look(open_batch.batch.provider_id)
            told = f"{status.completed} of {status.total} answered, {status.failed} failed ({status.status})"
            if told != open_batch.told:
                open_batch.told, open_batch.pause_seconds = told, 0.0
                self.tell(f"Batch {open_batch.name}: {told}.")
            if status.has_ended:
                await self._fetch(open_batch, status)
        except PASSING as error:
            self.tell(f"Batch {open_batch.name} cannot be seen just now: {error}")
        except FilesGone as gone:
            waiting = self._waiters(open_batch)
            await self.in_thread(self.books.give_up, open_batch, "the provider has deleted its files")
            self._forget(open_batch)
            fail_all(waiting, gone)
        except ProviderFailure as failure:
            if not open_batch.failed:
                self.tell(f"Batch {open_batch.name} cannot be fetched now, and stays there: {failure}")
            open_batch.failed = True
            fail_all(self._waiters(open_batch), failure)
        finally:
            self._later(open_batch)

    async def _has_arrived(self, open_batch: OpenBatch) -> bool:
        """Whether a batch that an earlier process was about to give is at the provider; where it surely is not, its
        money is given back, and the calls are asked in the next round."""
        batch = open_batch.batch
        found = await self.provider.find(batch.id, batch.prepared_seconds)
        if found is not None:
            await self.in_thread(mark_submitted, self.books.archive.store, batch.id, found.id)
            open_batch.batch = replace(batch, provider_id=found.id)
            self.tell(f"Batch {found.id} had reached the provider: going on with it.")
            return True
        now = time.monotonic()
        open_batch.missing_since = open_batch.missing_since or now
        if now - open_batch.missing_since >= self.pauses.arrival:
            waiting = self._waiters(open_batch)
            await self.in_thread(self.books.release, open_batch, "never reached the provider")
            self._forget(open_batch)
            self.tell(
                f"A batch of run {batch.run_id} never reached the provider: its requests are asked again."
            )
            for asked in waiting:
                self._again_or_fail(asked, NotServed("the batch never reached the provider"))
        return False

    async def _fetch(self, open_batch: OpenBatch, status: BatchStatus) -> None:
        """Read every line of a batch that has ended; what has none was answered by nobody."""
        async for line in self.provider.lines(status):
            if self.is_stopped():
                return
            if line.request_id in open_batch.requests:
                await self._take(open_batch, line)
        left = list(open_batch.requests)
        if (
            status.status == "failed"
            and any(code == QUEUE_FULL for code, _ in status.errors)
            and len(left) > 1
        ):
            self.most_requests = max(1, len(left) // 2)
            self.tell(
                f"The provider's queue is full: the next batches hold at most {self.most_requests} requests."
            )
        for request_id in left:
            asked = self.waiting.pop(request_id, None)
            if status.status == "completed":
                reason: IneditError = MaybeBilled(f"Batch {status.id} has no line for a request.")
                await self.in_thread(self.books.doubt, open_batch, request_id, str(reason))
            else:
                reason = why_unanswered(status, is_alone=len(left) == 1)
                await self.in_thread(self.books.give_back, open_batch, request_id, f"batch {status.status}")
            open_batch.requests.pop(request_id)
            if asked is not None:
                self._again_or_fail(asked, reason)
        await self.in_thread(self.books.end, open_batch, status.status)
        self._forget(open_batch)

    async def _take(self, open_batch: OpenBatch, line: BatchLine) -> None:
        """Charge one line, or give its money back, and tell whoever waits."""
        asked = self.waiting.get(line.request_id)
        if line.answer is not None:
            await self.in_thread(self.books.charge, open_batch, line.request_id, line.answer, asked)
            self.answered += 1
            self.room_to_think = more_room_to_think(self.room_to_think, line.answer)
            if asked is not None and not asked.answered.done():
                asked.answered.set_result(line.answer)
        else:
            error = line.error or NotServed("not answered")
            why = type(error).__name__
            if isinstance(error, MaybeBilled):  # the id is reconciled by
                why = " ".join(filter(None, (why, error.response_id)))
                await self.in_thread(self.books.doubt, open_batch, line.request_id, why)
            else:
                await self.in_thread(self.books.give_back, open_batch, line.request_id, why)
            if asked is not None:
                if line.refusal is not None and self.model.learns(line.refusal, asked.sent):
                    error = NotServed(str(error))
                self._again_or_fail(asked, error)
        self.waiting.pop(line.request_id, None)
        open_batch.requests.pop(line.request_id)

    def _again_or_fail(self, asked: Asked, error: IneditError) -> None:
        if isinstance(error, PASSING) and not isinstance(error, Uncounted) and asked.times < MOST_TIMES:
            self.again([asked])
        elif isinstance(error, ProviderFailure):
            asked.fail(error)
        else:
            asked.fail(ProviderFailure(f"The model did not answer in {max(1, asked.times)} batches: {error}"))

    # ---- helpers

    def _later(self, open_batch: OpenBatch) -> None:
        """Look at a batch again, each time after a longer pause while nothing changes."""
        longer = open_batch.pause_seconds * self.pauses.growth or self.pauses.first_look
        open_batch.pause_seconds = min(self.pauses.longest, longer)
        open_batch.look_at = time.monotonic() + open_batch.pause_seconds

    def _waiters(self, open_batch: OpenBatch) -> list[Asked]:
        return [self.waiting.pop(id) for id in open_batch.requests if id in self.waiting]

    def _forget(self, open_batch: OpenBatch) -> None:
        self.open.pop(open_batch.batch.id, None)
        held, self._held = self._held, []
        self.again(held)

    async def close(self) -> None:
        """Write down what was begun, and leave the batches to the next process."""
        if self._in_hand is not None:
            await asyncio.wait([self._in_hand])
        held = [one.batch.lease_key for one in self.open.values()]
        await asyncio.to_thread(self.books.leases.release, held)

    async def in_thread(self, work: Callable[..., Result], *given: Any) -> Result:
        """Work on the database; what was begun is ended, whoever is cancelled."""
        self._in_hand = asyncio.ensure_future(asyncio.to_thread(work, *given))
        return await asyncio.shield(self._in_hand)
