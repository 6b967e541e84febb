"""What many drafts wait for, done for all of them at once, by one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Batches(Generic[Item]):
    """Hands all items that wait to ``work``, in the order in which they came, at most ``most`` at once.

    While a batch is worked on, the next one gathers: alone, an item waits for nobody. What ``work`` raises is
    raised for each item of its batch. One event loop.
    """

    def __init__(
        self, work: Callable[[Sequence[Item]], object], most: int, executor: Executor | None = None
    ) -> None:
        self._work, self._most = work, most
        self._executor = executor or ThreadPoolExecutor(1, "batches")
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._working: asyncio.Task[None] | None = None

    async def done(self, item: Item) -> None:
        """Come back when a batch with this item has been worked on."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._working is None:
            self._working = asyncio.create_task(self._work_on())
        await done

    async def _work_on(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
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
