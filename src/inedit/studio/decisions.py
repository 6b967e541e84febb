"""Decisions that can still be undone.

What an approved piece saved goes into a ledger that nothing is ever taken out of. So a decision is carried out
:data:`GRACE` after it was taken, or when the studio closes, and until then it can be undone. Should the process die
meanwhile, the piece goes on waiting: nothing is lost but a keystroke.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from inedit.model import Approval
from inedit.model.errors import IneditError

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=20)
"""How long a decision can be undone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that somebody took, with the seconds that it took them."""

    piece_id: str
    approval: Approval
    by: str
    at: datetime
    seconds: int
    comment: str = ""
    checked: tuple[str, ...] = ()
    batch: str = ""  # those that were taken with one key share it, and are undone together


@dataclass(slots=True)
class Decisions:
    """The decisions of the last seconds. One instance serves all threads of a process."""

    carry_out: Callable[[Taken], bool]
    trouble: dict[str, str] = field(default_factory=dict)  # what could not be carried out, by piece, and why
    _waiting: dict[str, Taken] = field(default_factory=dict)
    _due: set[str] = field(default_factory=set)  # pieces whose decision is being carried out
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _working: threading.Lock = field(default_factory=threading.Lock)

    def take(self, decision: Taken) -> None:
        """Take a decision; another one on the same piece takes its place."""
        with self._lock:
            self.trouble.pop(decision.piece_id, None)
            self._waiting.pop(decision.piece_id, None)
            self._waiting[decision.piece_id] = decision

    def undo(self, by: str) -> tuple[Taken, ...]:
        """Take a person's last decision back, with those that were taken by the same key; none when nothing is left to
        be undone."""
        with self._lock:
            mine = [t for t in self._waiting.values() if t.by == by and t.piece_id not in self._due]
            last = mine[-1:]
            if last and last[0].batch:
                last = [taken for taken in mine if taken.batch == last[0].batch]
            for taken in last:
                del self._waiting[taken.piece_id]
            return tuple(last)

    def waiting(self) -> dict[str, Taken]:
        """Decisions that can still be undone, by piece."""
        with self._lock:
            return dict(self._waiting)

    def carry_out_due(self, now: datetime) -> None:
        """Carry out those whose time has run out."""
        self._carry_out([taken for taken in self.waiting().values() if now - taken.at >= GRACE])

    def carry_out_all(self) -> None:
        """Carry out every one, now."""
        self._carry_out(list(self.waiting().values()))

    def _carry_out(self, due: list[Taken]) -> None:
        with self._working:
            with self._lock:
                self._due.update(taken.piece_id for taken in due)
            for taken in due:
                with self._lock:
                    if self._waiting.get(taken.piece_id) is not taken:
                        self._due.discard(taken.piece_id)
                        continue  # it was undone, or carried out
                try:
                    done = self.carry_out(taken)
                    if not done:
                        self.trouble[taken.piece_id] = "decided"
                except IneditError as error:
                    log.warning("A decision on %s could not be carried out: %s", taken.piece_id, error)
                    self.trouble[taken.piece_id] = str(error)
                finally:
                    with self._lock:
                        self._due.discard(taken.piece_id)
                        if self._waiting.get(taken.piece_id) is taken:
                            del self._waiting[taken.piece_id]
