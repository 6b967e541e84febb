"""A run as it happens: one line of progress in a terminal, one line per event in a log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)  # fmt: skip

from inedit.model import Severity, Status

if TYPE_CHECKING:
    from inedit.pipeline.task import Event

MARKS = {
    Status.ACCEPTED: "[green]✓[/]",
    Status.PARKED: "[yellow]‖[/]",
    Status.REJECTED: "[red]✗[/]",
    Status.FAILED: "[red]![/]",
}
SHOWN_FINDING_CHARS = 110


class LiveRun:
    """Shows a run on a console. ``quiet`` shows nothing (the caller prints JSON)."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._began = monotonic()
        self._done = 0
        self._counts = dict.fromkeys(Status, 0)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._progress.add_task("starting", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, sentence: str) -> None:
        """A sentence above the progress line."""
        if not self._quiet:
            self._progress.console.print(f"[bold]{escape(sentence)}[/]")

    def expect(self, pieces: int) -> None:
        """How many pieces the run is to bring."""
        self._progress.update(self._task, total=pieces)

    def watch(self, event: Event) -> None:
        """Show one event of the run."""
        if self._quiet:
            return
        label = escape(event.spec.label)
        if event.kind == "requested":
            again = f" (draft {event.attempt})" if event.attempt > 1 else ""
            self._progress.update(self._task, description=f"writing {label}{again}")
        elif event.kind == "refused":
            self._print(f"  [yellow]↩[/] {label}: {escape(_why(event))}")
        elif event.piece is not None:
            self._counts[event.piece.status] += 1
            self._progress.advance(self._task)
            if event.kind == "completed":
                reason = f": {escape(_short(event.piece.reason))}" if event.piece.reason else ""
                self._print(f"  {MARKS[event.piece.status]} {label}{reason}")

    def _print(self, line: str) -> None:
        elapsed = int(monotonic() - self._began)
        self._progress.console.print(f"[dim]{elapsed // 60:02}:{elapsed % 60:02}[/]{line}")


class Fetching:
    """A progress bar for weights on their way; invisible until the first byte."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=24), DownloadColumn(), TransferSpeedColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=None, visible=False)

    def __call__(self, done_bytes: int, total_bytes: int, source: str) -> None:
        """Progress of a download, in bytes; ``source`` is where they come from."""
        if not self._progress.live.is_started:
            self._progress.start()
        self._progress.update(
            self._task,
            visible=True,
            completed=done_bytes,
            total=total_bytes,
            description=f"weights from {source}",
        )

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()


@contextmanager
def fetching(console: Console) -> Iterator[Fetching]:
    """A progress bar for downloads that is gone when the context ends."""
    bar = Fetching(console)
    try:
        yield bar
    finally:
        bar.close()


def _why(event: Event) -> str:
    blocking = [finding for finding in event.findings if finding.severity is not Severity.NOTE]
    more = f" (+{len(blocking) - 1} more)" if len(blocking) > 1 else ""
    return f"back with: {_short(blocking[0].message)}{more}" if blocking else "back"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_FINDING_CHARS else text[: SHOWN_FINDING_CHARS - 1] + "…"
