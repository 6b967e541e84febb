"""Many texts at once: which of those already there does a new one copy?"""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.similarity.decision import Similarity, decide
from inedit.guard.similarity.postings import Postings, search_keys
from inedit.guard.similarity.prefilter import may_copy
from inedit.guard.similarity.profile import Profile, Source, supplied_by
from inedit.guard.similarity.words import Hashes
from inedit.model import Match


class Index:
    """Texts of one language, searchable for copies.

    :meth:`matches` finds candidates by shared shingles and then decides exactly as
    :func:`inedit.guard.similarity.compare` does with the same ``common`` and no siblings. One thread at a time.
    """

    def __init__(self, language: str, common: Sequence[str] = ()) -> None:
        self.language = language
        self._supplied = supplied_by(common)
        self._texts: dict[str, str] = {}
        self._ids: list[str] = []
        self._words: list[Hashes] = []
        self._postings = Postings()

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, id: object) -> bool:
        return id in self._texts

    def add(self, id: str, text: str) -> None:
        """Adds a text under an id that is not there yet; raises :class:`ValueError` when it is."""
        if id in self._texts:
            raise ValueError(f"the index already holds a text under the id {id!r}")
        profile = Profile.of(text, self._supplied)
        self._postings.add(search_keys(profile))
        self._texts[id] = text
        self._ids.append(id)
        self._words.append(profile.words)

    def matches(self, text: str) -> tuple[Match, ...]:
        """The texts that ``text`` copies, surest first (equal ones by id); empty when it copies none.

        The spans of a match are places in ``text``; ``other_text`` is the longest copied passage of the other text.
        """
        draft = Profile.of(text, self._supplied)
        found = []
        near = self._postings.candidates(search_keys(draft))
        for place in may_copy(draft, [self._words[number] for number in near], self.language):
            id = self._ids[near[place]]
            other = Profile(Source(self._texts[id]), self._words[near[place]], (self._supplied,))
            similarity = decide(draft, other, language=self.language, copies_only=True)
            if similarity.copy:
                found.append(_match(id, other, similarity))
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))


def _match(id: str, other: Profile, similarity: Similarity) -> Match:
    passage = similarity.spans_b[0].of(other.original) if similarity.spans_b else other.original
    return Match(id, similarity.signal, similarity.score, similarity.spans_a, passage)
