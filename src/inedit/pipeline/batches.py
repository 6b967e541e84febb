"""What many drafts wait for, done for all of them at once, by one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Generic, ParamSpec, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class CountingThreads(ThreadPoolExecutor):
    """Threads that tell how much they still have to do, and call ``on_less`` each time that it is less."""

    def __init__(self, most: int | None, name: str) -> None:
        super().__init__(most, name)
        self._open: set[Future[Any]] = set()
        self.on_less: Callable[[], None] = lambda: None

    @property
    def pending(self) -> int:
        """What was handed in and is not done, what is being worked on included."""
        return len(self._open)

    def submit(
        self, work: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Result]:
        """See :class:`concurrent.futures.Executor`."""
        future = super().submit(work, *args, **kwargs)
        self._open.add(future)
        future.add_done_callback(self._done)
        return future

    def _done(self, future: Future[Any]) -> None:
        self._open.discard(future)
        self.on_less()


class Batches(Generic[Item]):
    """Hands all items that wait to ``work``, in the order in which they came, at most ``most`` at once.

    While a batch is worked on, the next one gathers: alone, an item waits for nobody. As long as ``is_busy`` says that
    who comes after has enough to do, a batch that is not full gathers on: so it costs less and nobody gets it later;
    whoever has less to do than before says so by :meth:`look_again`. What ``work`` raises is raised for each item of
    its batch. One event loop.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], object],
        most: int,
        executor: Executor | None = None,
        is_busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self._work, self._most, self._is_busy = work, most, is_busy
        self._executor = executor or ThreadPoolExecutor(1, "batches")
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._working: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._held_in: asyncio.AbstractEventLoop | None = None  # where a batch is held back

    def look_again(self) -> None:
        """They may be busy no more. May be called by any thread."""
        loop = self._held_in
        if loop is not None:
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(self._changed.set)

    async def done(self, item: Item) -> None:
        """Come back when a batch with this item has been worked on."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if len(self._waiting) >= self._most:
            self._changed.set()
        if self._working is None:
            self._working = asyncio.create_task(self._work_on())
        await done

    async def _work_on(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                await self._gathered(loop)
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                error: BaseException | None = None
                try:
                    await loop.run_in_executor(self._executor, self._work, [item for item, _ in batch])
                except Exception as raised:  # whoever waits for it is told
                    error = raised
                for _, done in batch:
                    if done.cancelled():
                        continue
                    if error is None:
                        done.set_result(None)
                    else:
                        done.set_exception(error)
        finally:
            self._working = None

    async def _gathered(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait until the batch is full, or somebody waits for it."""
        self._held_in = loop  # before they are looked at: who is done in between says so
        try:
            while len(self._waiting) < self._most and self._is_busy():
                await self._changed.wait()
                self._changed.clear()
        finally:
            self._held_in = None
