"""How long somebody waits for a database that another program holds.

What was paid for must be written: a run waits for :data:`BUSY_SECONDS`, and says after :data:`SOON_SECONDS` what it
waits for. A person who opens a page or starts a command hears of it after :data:`SOON_SECONDS`, and tries again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

BUSY_SECONDS = 60.0
"""How long a write waits for another one, in this process or another, before it gives up."""

SOON_SECONDS = 5.0
"""How long a person waits before they are told that another program holds the database."""

_patience: ContextVar[float] = ContextVar("patience", default=BUSY_SECONDS)


def patience_seconds() -> float:
    """How long whoever asks now waits for the database, in seconds."""
    return _patience.get()


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within the block, and what it hands on to other threads with its context, nobody waits longer than this."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)
