"""Many texts at once: which of those already there does a new one copy?"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from inedit.guard.similarity.decision import Similarity, decide
from inedit.guard.similarity.parts import SAME_PART, units_of
from inedit.guard.similarity.postings import Postings, search_keys
from inedit.guard.similarity.prefilter import may_copy
from inedit.guard.similarity.profile import Profile, Source, supplied_by
from inedit.guard.similarity.words import Hashes, distinct
from inedit.model import Match

MOST_SIBLINGS = 8
"""So many texts of a brief tell what it makes common, those nearest to the draft; the fit knew as many."""

SURE_OF = 3
"""A draft that copies so many texts is refused whatever the others are: these are not held against their siblings."""


class Index:
    """Texts of one language, searchable for copies.

    :meth:`matches` finds candidates by shared shingles and then decides as :func:`inedit.guard.similarity.compare` does
    with the same ``common``: without siblings, and between texts of one brief with them as well. One thread at a time.
    """

    def __init__(self, language: str, common: Sequence[str] = ()) -> None:
        self.language = language
        self._supplied = supplied_by(common)
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._words: list[Hashes] = []
        self._briefs: list[str] = []
        self._of_brief: dict[str, list[int]] = defaultdict(list)
        self._units: dict[int, list[int]] = defaultdict(list)
        self._gone: set[int] = set()
        self._refused: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_SIBLINGS))
        self._postings = Postings()

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, id: object) -> bool:
        return id in self._numbers

    def add(self, id: str, text: str, *, brief: str = "", parts: Mapping[str, str] | None = None) -> None:
        """Adds a text under an id that is not there yet; raises :class:`ValueError` when it is.

        ``brief`` names what it was written for; texts of one brief are siblings, and without a name it has none.
        ``parts`` are what the text is made of, a line each, where they are known.
        """
        if id in self._numbers:
            raise ValueError(f"the index already holds a text under the id {id!r}")
        profile = Profile.of(text, self._supplied)
        number = self._postings.add(search_keys(profile))
        self._numbers[id] = number
        self._ids.append(id)
        self._texts.append(text)
        self._words.append(profile.words)
        self._briefs.append(brief)
        if brief:
            self._of_brief[brief].append(number)
        for unit in units_of(parts or {}, self._supplied):
            self._units[unit.key].append(number)

    def discard(self, id: str) -> None:
        """Forgets a text, if it is there: it keeps nobody away any more."""
        number = self._numbers.pop(id, None)
        if number is not None:
            self._gone.add(number)
            if self._briefs[number]:
                self._of_brief[self._briefs[number]].remove(number)

    def matches(
        self,
        text: str,
        *,
        brief: str = "",
        common: Sequence[str] = (),
        parts: Mapping[str, str] | None = None,
        remember: bool = True,
    ) -> tuple[Match, ...]:
        """The texts that ``text`` copies, surest first (equal ones by id); empty when it copies none.

        ``common`` is what the brief supplies beyond what the index was made with. A text of the same brief is copied
        only when it seems so to one who does not know the brief and to one who knows its other texts.
        What is refused is remembered as a text of its brief, unless it is a draft that somebody is still typing.
        The spans of a match are places in ``text``; ``other_text`` is the longest copied passage of the other text.
        """
        supplied = supplied_by(common)
        draft = Profile.of(text, self._supplied).without(supplied)
        found: list[Match] = []
        near = [
            number for number in self._postings.candidates(search_keys(draft)) if number not in self._gone
        ]
        others = [self._profile(number).without(supplied) for number in near]
        for position in may_copy(draft, [other.words for other in others], self.language):
            number, other = near[position], others[position]
            similarity = decide(draft, other, language=self.language, copies_only=True)
            sure = len(found) >= SURE_OF
            if similarity.copy and not sure and brief and self._briefs[number] == brief:
                siblings = self._siblings(brief, number, near, supplied)
                refused = [
                    Profile.of(said, self._supplied).without(supplied) for said in self._refused[brief]
                ]
                similarity = decide(draft, other, language=self.language, siblings=siblings, refused=refused)
            if similarity.copy:
                found.append(_match(self._ids[number], other, similarity))
        known = {match.piece_id for match in found}
        found += [match for match in self._same_parts(parts, brief, supplied) if match.piece_id not in known]
        if found and brief and remember and text not in self._refused[brief]:
            self._refused[brief].append(text)
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))

    def _same_parts(self, parts: Mapping[str, str] | None, brief: str, supplied: Hashes) -> Iterator[Match]:
        """The texts that have a part of the draft word for word, each once."""
        told: set[int] = set()
        for unit in units_of(parts or {}, distinct(np.concatenate([self._supplied, supplied]))):
            for number in self._units.get(unit.key, ()):
                is_sibling = bool(brief) and self._briefs[number] == brief
                if number in told or number in self._gone or (unit.is_brief and not is_sibling):
                    continue
                told.add(number)
                yield Match(self._ids[number], SAME_PART, 1.0, (unit.span,), self._texts[number])

    def _profile(self, number: int) -> Profile:
        return Profile(Source(self._texts[number]), self._words[number], (self._supplied,))

    def _siblings(self, brief: str, but: int, near: Sequence[int], supplied: Hashes) -> list[Profile]:
        """Other texts of a brief: those that share most with the draft first, then the newest."""
        of_brief = self._of_brief[brief]
        known = set(of_brief)
        nearest = [number for number in near if number in known]
        newest = of_brief[: -MOST_SIBLINGS - len(nearest) - 1 : -1]
        chosen = [number for number in dict.fromkeys([*nearest, *newest]) if number != but][:MOST_SIBLINGS]
        return [self._profile(number).without(supplied) for number in chosen]


def _match(id: str, other: Profile, similarity: Similarity) -> Match:
    passage = similarity.spans_b[0].of(other.original) if similarity.spans_b else other.original
    return Match(id, similarity.signal, similarity.score, similarity.spans_a, passage)
