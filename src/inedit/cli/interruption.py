"""Ctrl-C while a run is written: once to stop new calls, twice to abandon those under way."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

Result = TypeVar("Result")

FINISHING = "Stopping: calls under way are being finished and kept. Press Ctrl-C again to abandon them."
STAYS_AT_PROVIDER = "Stopping: what is at the provider stays there, and the same command goes on with it."


def run_until_abandoned(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end, or until the person has abandoned it: then KeyboardInterrupt, as from any other command."""
    try:
        return asyncio.run(work)
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


class Stopping:
    """While it lasts, the first Ctrl-C sets ``stop`` and the second one cancels the task that entered it.

    What is cancelled is recorded as possibly billed before the process ends. That takes a moment, in which further
    ones change nothing, so that nobody can interrupt the bookkeeping.
    """

    def __init__(self, stop: asyncio.Event, say: Callable[[str], None], first: str = FINISHING) -> None:
        self._stop, self._say, self._first = stop, say, first
        self._abandoned = False
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()

    def __enter__(self) -> Self:
        self._loop.add_signal_handler(signal.SIGINT, self._come)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.remove_signal_handler(signal.SIGINT)
        if self._abandoned:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _come(self) -> None:
        if self._abandoned:
            return
        if not self._stop.is_set():
            self._stop.set()
            self._say(self._first)
            return
        self._abandoned = True
        self._say(
            "Abandoned: the calls under way may be billed, and 'inedit ledger pending' lists them. "
            "Run the same command again to go on."
        )
        if self._task is not None:
            self._task.cancel()
