"""Candidate insights for the studio: computed once, and again when verbatims or their codes have changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from inedit.encoding import Encoder
from inedit.insight_loop.anonymity import LEAST_PEOPLE
from inedit.insight_loop.candidates import Candidates, candidates
from inedit.insight_loop.coded_verbatims import coded_verbatims, field_state
from inedit.store import Store


@dataclass(slots=True)
class CandidateCache:
    """The candidates of one store, as of the last change of what they are made of."""

    _held: tuple[object, Candidates] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, store: Store, encoder: Callable[[], Encoder]) -> Candidates:
        """The candidates as they are now, of at least five people each."""
        with self._lock:
            state = field_state(store)
            if self._held is None or self._held[0] != state:
                coded = tuple(coded_verbatims(store))
                nothing = Candidates((), 0, LEAST_PEOPLE)
                self._held = state, candidates(coded, encoder()) if coded else nothing
            return self._held[1]
