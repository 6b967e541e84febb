"""A run as people follow it: a line of log for what happens, and a progress artifact that moves.

No text of a draft, prompt or finding goes into the log: they quote insights, and insights quote people. The artifacts
at the end show them to those who may read them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from prefect import get_run_logger
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact

from inedit.model import Severity
from inedit.orchestration.artifacts import state_of
from inedit.pipeline.task import Event

SECONDS_BETWEEN_MOVES = 2.0
"""How often the progress artifact is moved, if anything is new: each move is a request to the server."""

LINES_OF_LOG = 400
"""Beyond so many pieces, every tenth of the run is logged, not each piece: nobody reads a log of thousands."""


class ProgressWatcher:
    """Passes a run's events on to Prefect. What Prefect cannot take (it is away) is not a reason to stop writing.

    ``calls`` tells how many calls were served so far, where this process makes them.
    """

    def __init__(self, planned: int, calls: Callable[[], int] = int) -> None:
        self._calls = calls
        self._planned = max(1, planned)
        self._counts: Counter[str] = Counter()
        self._drafts = 0  # that were asked for
        self._log = get_run_logger()
        self._each = planned <= LINES_OF_LOG
        self._logged_tenth = 0
        self._shown = ""  # what the artifact says
        self._over = asyncio.Event()
        self._artifact: UUID | None = None

    async def __aenter__(self) -> Self:
        self._mover = asyncio.create_task(self._move())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        await self._mover

    def see(self, event: Event) -> None:
        """Take one event of the run."""
        if event.kind == "requested":
            self._drafts += 1
        elif event.kind == "refused" and self._each:
            checks = dict.fromkeys(f.check for f in event.findings if f.severity is not Severity.NOTE)
            self._log.info("↩ %s: draft %d goes back: %s", event.spec.label, event.attempt, ", ".join(checks))
        elif event.piece is not None:
            piece = event.piece
            self._counts["there already" if event.kind == "skipped" else state_of(piece)] += 1
            if event.kind == "completed" and self._each:
                drafts = "the first draft" if piece.attempts == 1 else f"{piece.attempts} drafts"
                self._log.info("%s: %s, after %s", event.spec.label, state_of(piece), drafts)
            self._log_tenths()

    @property
    def _completed(self) -> int:
        return sum(self._counts.values())

    def _log_tenths(self) -> None:
        tenth = 10 * self._completed // self._planned
        if not self._each and tenth > self._logged_tenth:
            self._logged_tenth = tenth
            self._log.info(self._sentence())

    def _sentence(self) -> str:
        parts = ", ".join(f"{count} {name}" for name, count in self._counts.items())
        sentence = f"{self._completed} of {self._planned} pieces"
        for count, what in ((self._drafts, "draft"), (self._calls(), "call")):
            sentence += f" · {count:,} {what}{'s' if count > 1 else ''}" if count else ""
        return sentence + (f": {parts}" if parts else "")

    async def _move(self) -> None:
        """Keep the artifact at the newest position."""
        while not self._over.is_set():
            await self.show()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), SECONDS_BETWEEN_MOVES)
        await self.show()

    async def show(self) -> None:
        """Move the artifact, if there is anything new. Afterwards this is for a server that was away at the end."""
        sentence, done = self._sentence(), 100.0 * self._completed / self._planned
        if sentence == self._shown:
            return
        try:
            if self._artifact is None:
                self._artifact = await _created(done, sentence)
            else:
                await aupdate_progress_artifact(self._artifact, done, description=sentence)
            self._shown = sentence
        except Exception as error:  # Prefect raises what httpx does, and more
            self._log.debug("Progress cannot be shown: %s", type(error).__name__)


async def _created(done: float, sentence: str) -> UUID:
    created: Any = await acreate_progress_artifact(done, description=sentence)
    return UUID(str(created))
