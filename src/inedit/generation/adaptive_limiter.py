"""How many calls run at once: one more after a round that goes well, half as many when the server objects."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from types import TracebackType
from typing import Self

from inedit.generation.errors import ProviderThrottled

LONGEST_PAUSE_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 1.0


class AdaptiveConcurrencyLimiter:
    """Admits calls: ``async with limiter: await model.complete(…)``; one event loop at a time.

    Additive increase, multiplicative decrease, as in TCP (RFC 5681): a call that ends well raises the limit
    by ``1 / limit``, up to ``max_concurrency``; a :class:`ProviderThrottled` one halves it and lets nobody in until
    ``Retry-After`` is over (without one: 1 s, doubling while the server goes on objecting, with jitter).
    The calls that were under way at that moment do not halve it again.
    """

    def __init__(self, max_concurrency: int) -> None:
        if max_concurrency < 1:
            raise ValueError("max_concurrency counts calls: at least 1")
        self.max_concurrency = max_concurrency
        self.in_flight = 0
        self._limit = float(max_concurrency)
        self._sent_before_halving = 0
        self._resume_at = 0.0
        self._objections = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def limit(self) -> int:
        """Calls that may run at once now, from 1 to ``max_concurrency``."""
        return int(self._limit)

    @property
    def pause_seconds(self) -> float:
        """How long nobody is let in, because the server objected."""
        return max(0.0, self._resume_at - asyncio.get_running_loop().time())

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        while True:
            if pause_seconds := self.pause_seconds:
                await asyncio.sleep(pause_seconds)
            elif self.in_flight < self.limit:
                self.in_flight += 1
                return self
            else:
                turn = loop.create_future()
                self._waiting.append(turn)
                try:
                    await turn
                except asyncio.CancelledError:
                    self._wake()  # the turn may have been given to us: pass it on
                    raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Nothing is awaited here: a call that is being cancelled gives its place back for certain.
        self.in_flight -= 1
        stale = self._sent_before_halving > 0
        self._sent_before_halving = max(0, self._sent_before_halving - 1)
        if isinstance(error, ProviderThrottled):
            self._slow_down(error.retry_after_seconds, stale=stale)
        elif error is None:
            self._objections = 0
            self._limit = min(self.max_concurrency, self._limit + 1 / self._limit)
        self._wake()

    def _wake(self) -> None:
        """Call up as many of those who wait as there are places, first come, first served."""
        slots = self.limit - self.in_flight
        while slots > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                slots -= 1

    def _slow_down(self, retry_after_seconds: float | None, *, stale: bool) -> None:
        if not stale:
            self._limit = max(1.0, self._limit / 2)
            self._sent_before_halving = self.in_flight
            self._objections += 1
        if retry_after_seconds is None:
            backoff = FIRST_PAUSE_SECONDS * 2 ** max(0, self._objections - 1)
            retry_after_seconds = backoff * random.uniform(0.5, 1.0)  # noqa: S311  # jitter, no secret
        pause_seconds = min(retry_after_seconds, LONGEST_PAUSE_SECONDS)
        self._resume_at = max(self._resume_at, asyncio.get_running_loop().time() + pause_seconds)
