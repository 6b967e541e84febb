"""The way to the language model in batches: at half the price, within a day, and with the same books.

Pieces are made as they always are; each waits at :meth:`BatchedModel.call` for its answer. When nobody is left who
could ask something more, the round is closed, and all waiting calls go up as one batch (or several, within the bounds
of a file). Answers are charged as they are read and wake whoever waits for them; what the guard refuses asks again, in
the next round. What goes up and comes back is :mod:`inedit.pipeline.batch_desk`.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from typing import Self

from inedit.archive.leases import AlreadyClaimed
from inedit.archive.provider_batches import ProviderBatch, last_round, open_batches
from inedit.generation.batch_api import MOST_REQUESTS
from inedit.generation.reading import Completion
from inedit.ledger import Call
from inedit.model import Prompt
from inedit.pipeline.answer_targets import DraftTarget, GenericTextTarget, ReadingTarget
from inedit.pipeline.batch_books import BatchBooks
from inedit.pipeline.batch_desk import PAUSES, BatchDesk, Pauses
from inedit.pipeline.batch_requests import Asked, fail_all, files
from inedit.pipeline.batch_services import BatchBook, BatchingModel, BatchProvider
from inedit.pipeline.metered_call import Claim, Persist, RunCancelled
from inedit.pipeline.services import PieceArchive
from inedit.store import utc_now, utc_text


class BatchedModel:
    """Model, provider of batches and books of one campaign. :meth:`opened` while it is used; one event loop.

    ``tell`` is given sentences for the person who watches.
    """

    def __init__(
        self,
        model: BatchingModel,
        provider: BatchProvider,
        ledger: BatchBook,
        archive: PieceArchive,
        campaign_id: str,
        *,
        tell: Callable[[str], None],
        pauses: Pauses = PAUSES,
        most_requests: int = MOST_REQUESTS,
    ) -> None:
        self.model, self.store = model, archive.store
        self.campaign_id, self.pauses = campaign_id, pauses
        self.desk = BatchDesk(
            model, provider, BatchBooks(archive, ledger, archive.leases()), campaign_id, tell, self._ask_again,
            lambda: self._is_stopped, pauses, most_requests,
        )  # fmt: skip
        self._asked: set[Asked] = set()  # everybody who waits
        self._arrived: list[Asked] = []  # of them, those of whom nobody has taken notice
        self._queued: list[Asked] = []  # those of the next round
        self._at_work = 0
        self._was_closed = False
        self._last_arrival = self._look_around_at = 0.0
        self._stop: asyncio.Event | None = None
        self._trouble: Exception | None = None  # of the last step

    @property
    def answered(self) -> int:
        """Calls that were answered and charged so far."""
        return self.desk.answered

    # ---- for those who ask

    async def call(
        self, prompt: Prompt, call: Call, *, seed: int, claim: Claim, persist: Persist, max_tokens: int | None = None,
        stop: asyncio.Event | None = None,
    ) -> Completion:  # fmt: skip
        """Wait for the answer that a batch brings. It is charged, and ``persist`` has kept it.

        Raises what :meth:`~inedit.pipeline.metered_call.MeteredModel.call` raises. When ``stop`` is set, nobody waits
        any longer; what is at the provider stays there, for the next process.
        """
        assert isinstance(persist, DraftTarget | ReadingTarget | GenericTextTarget)  # noqa: S101  it must outlive this process
        self._stop = stop or self._stop
        if self._stop is not None and self._stop.is_set():
            raise RunCancelled
        asked = Asked(
            prompt, replace(call, tier="batch"), seed, claim, persist,
            (max_tokens or prompt.sampling.max_tokens) + self.desk.room_to_think,
            asyncio.get_running_loop().create_future(),
        )  # fmt: skip
        self._asked.add(asked)
        self._arrived.append(asked)
        self._last_arrival = time.monotonic()
        try:
            with self.idle():
                return await asked.answered
        finally:
            self._asked.discard(asked)

    @contextmanager
    def working(self) -> Iterator[None]:
        """While it lasts, one more is at work that may come to ask something: the round is not closed."""
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1

    @contextmanager
    def idle(self) -> Iterator[None]:
        """While it lasts, one of them asks nothing."""
        self._at_work -= 1
        try:
            yield
        finally:
            self._at_work += 1

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Self]:
        """While it lasts, batches are given and fetched."""
        async with self.desk.books.leases.renewed():
            looking = asyncio.create_task(self._look_after())
            try:
                yield self
            finally:
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking
                await self.desk.close()

    async def fetched(self, stop: asyncio.Event) -> None:
        """Wait until every batch of the campaign is fetched, those of which nobody waits for an answer as well; but not
        for what another process looks after, nor for what the provider does not hand out. Raises what keeps us from
        looking, such as the address of another provider."""
        self._stop = stop
        began = time.monotonic()
        while not stop.is_set():
            there = {one.id for one in await asyncio.to_thread(open_batches, self.store, self.campaign_id)}
            ours = [one for id, one in self.desk.open.items() if id in there]
            others = len(there) > len(ours) and time.monotonic() - began < self.pauses.others
            if not others and all(one.failed for one in ours):
                return
            if self._trouble is not None:
                raise self._trouble
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.pauses.look_around)

    # ---- the rounds

    async def _look_after(self) -> None:
        while True:
            try:
                await self._step()
            except Exception as error:  # whoever waits is told
                self._trouble = error
                fail_all(self._asked, error)
            else:
                self._trouble = None
            await asyncio.sleep(self.pauses.step)

    async def _step(self) -> None:
        if self._is_stopped:
            fail_all(self._asked, RunCancelled())
            self._arrived, self._queued = [], []
            return
        if time.monotonic() >= self._look_around_at:
            await self.desk.look_around()
            self._look_around_at = time.monotonic() + self.pauses.look_around
        await self._sort_arrivals()
        if self._is_closed() and self._queued:
            await self._give_round()
        for open_batch in list(self.desk.open.values()):
            if time.monotonic() >= open_batch.look_at and not self._is_stopped:
                await self.desk.look_at(open_batch)

    def _is_closed(self) -> bool:
        """Whether nobody is left who could come to ask something now: seen twice, for who has just been answered needs
        a moment to go on."""
        quiet = time.monotonic() - self._last_arrival > self.pauses.quiet
        closed = not self._arrived and (self._at_work <= 0 or quiet)
        before, self._was_closed = self._was_closed, closed
        return closed and before

    async def _sort_arrivals(self) -> None:
        """Who waits for a request that is at the provider already, and who for the next round."""
        arrived, self._arrived = self._arrived, []
        if not arrived:
            return
        waiting = self.desk.waiting
        places = {
            request.place: request
            for one in self.desk.open.values()
            for request in one.requests.values()
            if request.id not in waiting
        }
        for asked in arrived:
            request = places.get(asked.place.name)
            if request is None:
                self._queued.append(asked)
                continue
            try:
                await self.desk.in_thread(self.desk.books.attach, asked, request)
            except AlreadyClaimed as claimed:
                asked.fail(claimed)
            else:
                waiting[request.id] = asked

    async def _give_round(self) -> None:
        """All that waits, to the provider."""
        queued, self._queued = [one for one in self._queued if not one.answered.done()], []
        most = self.desk.most_requests
        parts = await self.desk.in_thread(lambda: list(files(queued, self.model, most)))
        number = 0
        for part in parts:
            run_id = part[0][0].call.run_id or ""
            number = number or await self.desk.in_thread(last_round, self.store, run_id) + 1
            batch = ProviderBatch(
                f"batch-{uuid.uuid4().hex}", run_id, self.campaign_id, number, self.model.address, self.model.model,
                utc_text(utc_now()),
            )  # fmt: skip
            await self.desk.give(batch, part)

    def _ask_again(self, asked: Iterable[Asked]) -> None:
        self._queued += asked

    @property
    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()
