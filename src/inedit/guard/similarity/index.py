"""Many texts at once: which of those already there does a new one copy?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.model import Match


class Index:
    """Texts of one language, searchable for copies. :meth:`matches` decides exactly as :func:`compare` does."""

    def __init__(self, language: str, common: Sequence[str] = ()) -> None:
        self.language = language
        self._supplied = supplied_by(common)
        self._profiles: dict[str, Profile] = {}
        self._postings: dict[int, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._profiles)

    def __contains__(self, id: object) -> bool:
        return id in self._profiles

    def add(self, id: str, text: str, vector: NDArray[np.float32] | None = None) -> None:
        """Adds a text under an id that is not there yet. ``vector`` is kept for nothing today."""
        del vector
        if id in self._profiles:
            raise ValueError(f"the index already holds a text under the id {id!r}")
        profile = self._profiles[id] = Profile.of(text, self._supplied)
        for shingle in profile.phrases.tolist():
            self._postings[shingle].append(id)

    def matches(self, text: str, vector: NDArray[np.float32] | None = None) -> tuple[Match, ...]:
        """The texts that ``text`` copies, surest first (equal ones by id); empty when it copies none."""
        del vector
        draft = Profile.of(text, self._supplied)
        candidates = {id for shingle in draft.phrases.tolist() for id in self._postings.get(shingle, ())}
        found = []
        for id in candidates:
            other = self._profiles[id]
            similarity = decide(draft, other, language=self.language)
            if similarity.copy:
                passage = similarity.spans_b[0].of(other.original) if similarity.spans_b else other.original
                found.append(Match(id, similarity.signal, similarity.score, similarity.spans_a, passage))
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))
