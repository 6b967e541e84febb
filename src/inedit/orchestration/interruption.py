"""A run that is ended from outside: by Cancel in the UI, by a signal, by a machine that shuts down."""

from __future__ import annotations

import asyncio
import signal
from types import TracebackType
from typing import Any, Self

from prefect.client.orchestration import PrefectClient, get_client
from prefect.exceptions import Pause
from prefect.runtime import flow_run
from prefect.states import Cancelled, Crashed, State, Suspended

GRACE_SECONDS = 20.0
"""How long calls under way may still take; Prefect kills the process after 30 s."""

LOOK_SECONDS = 1.0
"""How often a run looks whether it has been cancelled."""


class Interruption:
    """While it lasts, SIGTERM, or Cancel or Suspend in the UI, sets ``stop``: calls under way are finished, no new
    one is made.

    What is not finished after :data:`GRACE_SECONDS` is cut off, and the block ends there; the ledger then calls it
    possibly billed. ``came`` says afterwards whether there was an interruption. Outside of a process's main thread
    nobody sends signals, and none is listened to.

    Prefect's runner sends SIGTERM when a run is cancelled, but no more once its server has been away for some
    seconds, and never for one that is suspended: Prefect only notes that, and waits for the next task to begin. So the
    run looks itself.
    """

    def __init__(self, stop: asyncio.Event) -> None:
        self.came = False
        self._stop = stop
        self._timer: asyncio.TimerHandle | None = None
        self._before: Any = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.current_task()
        self._looking = asyncio.create_task(self._look())
        before = signal.getsignal(signal.SIGTERM)
        try:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._come)
        except (ValueError, RuntimeError, NotImplementedError):
            return self
        self._before = before
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._looking.cancel()
        await asyncio.gather(self._looking, return_exceptions=True)
        if self._timer is not None:
            self._timer.cancel()
        if self._before is not None:
            asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
            signal.signal(signal.SIGTERM, self._before)
        cut_off = self.came and isinstance(error, asyncio.CancelledError)
        if cut_off and self._task is not None:
            self._task.uncancel()
        return cut_off

    async def _look(self) -> None:
        async with get_client() as client:
            while not self.came:
                await asyncio.sleep(LOOK_SECONDS)
                try:
                    found = (await client.read_flow_run(flow_run.get_id())).state
                    if found is not None and (found.is_cancelling() or found.is_paused()):
                        self._come()
                        await _suspend_without_end(client, found)
                except Exception:  # noqa: S112  # Prefect is away, and raises what httpx does and more
                    continue

    def _come(self) -> None:
        if not self.came:
            self.came = True
            self._stop.set()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(GRACE_SECONDS, self._cut_off)

    def _cut_off(self) -> None:
        if self._task is not None:
            self._task.cancel()


async def ended_early(message: str) -> State[Any]:
    """The state of a run that was interrupted: cancelled when somebody cancelled it, else crashed.

    Raises Prefect's own signal for one that was suspended: it stays so, and Resume starts it from its top, where it
    finds what was paid for. One that was resumed already, while its last calls came to their end, is left to go on.
    """
    async with get_client() as client:
        found = (await client.read_flow_run(flow_run.get_id())).state
        await _suspend_without_end(client, found)
    if found is not None and (found.is_paused() or found.is_scheduled() or found.is_pending()):
        raise Pause(message, state=found)
    cancelled = found is not None and (found.is_cancelling() or found.is_cancelled())
    return Cancelled(message=message) if cancelled else Crashed(message=message)


async def _suspend_without_end(client: PrefectClient, found: State[Any] | None) -> None:
    """Let a suspended run stay so for as long as nobody resumes it: the box behind the UI's *Suspend* asks for a time,
    five minutes unless somebody says otherwise, after which Prefect would call the run failed."""
    if found is not None and found.is_paused() and found.state_details.pause_timeout:
        suspended = Suspended(pause_key=found.state_details.pause_key)
        await client.set_flow_run_state(flow_run.get_id(), suspended, force=True)
