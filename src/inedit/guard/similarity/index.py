"""Many texts at once: which of those already there does a new one copy?"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from inedit.guard.similarity.decision import Similarity, decide
from inedit.guard.similarity.excerpt import pasted
from inedit.guard.similarity.parts import SAME_PART, Unit, units_of
from inedit.guard.similarity.postings import Postings, search_keys
from inedit.guard.similarity.prefilter import may_copy
from inedit.guard.similarity.profile import Profile, Source, supplied_by
from inedit.guard.similarity.template import MINIMUM_OWN_WORDS, beyond_template, template_of
from inedit.guard.similarity.words import Hashes, distinct
from inedit.model import Match

MOST_SIBLINGS = 8
"""So many texts of a brief tell what it makes common, those nearest to the draft; the fit knew as many."""

SURE_OF = 3
"""A draft that copies so many texts is refused whatever the others are: these are not held against their siblings."""


_CLOSINGS = 64
"""So many closing parts of refused drafts are remembered."""

_ANY_BRIEF = ""
_NOTHING = np.empty(0, dtype=np.uint64)


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
        self._refused_closings: deque[int] = deque(maxlen=_CLOSINGS)
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
        near = [
            number for number in self._postings.candidates(search_keys(draft)) if number not in self._gone
        ]
        found = self._copied(draft, near, brief, supplied)
        units = list(units_of(parts or {}, distinct(np.concatenate([self._supplied, supplied]))))
        known = {match.piece_id for match in found}
        found += [match for match in self._same_parts(units, brief) if match.piece_id not in known]
        if found and brief and remember:
            for place in (brief, _ANY_BRIEF):
                if text not in self._refused[place]:
                    self._refused[place].append(text)
            self._refused_closings.extend(unit.closing for unit in units if unit.closing is not None)
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))

    def _copied(
        self,
        draft: Profile,
        near: Sequence[int],
        brief: str,
        supplied: Hashes,
        template: Hashes | None = None,
    ) -> list[Match]:
        """Which of some texts a draft copies.

        What is a template is asked once, by the first seeming copy; the draft, less the template, then starts again.
        """
        found: list[Match] = []
        told = _NOTHING if template is None else template
        others = [self._profile(number, supplied, told) for number in near]
        for position in may_copy(draft, [other.words for other in others], self.language):
            number, other = near[position], others[position]
            similarity = decide(draft, other, language=self.language, copies_only=True)
            of_other = self._briefs[number]
            alike = bool(brief) and of_other == brief
            seems = similarity.copy or (alike and _is_pasted(draft, other))
            if seems and template is None and brief:
                admitted = [text for text, of in zip(others, near, strict=True) if self._briefs[of]]
                template = template_of(draft, admitted[:MOST_SIBLINGS])
                if len(template):
                    return self._copied(draft.without(template), near, brief, supplied, template)
            if seems and brief and of_other and len(found) < SURE_OF:
                known = [self._profile(id, supplied, told) for id in self._siblings(of_other, number, near)]
                refused = self._refused_drafts(brief if alike else _ANY_BRIEF, supplied)
                similarity = self._beside(draft, other, known, refused, similarity, alike=alike)
            if similarity.copy:
                found.append(_match(self._ids[number], other, similarity))
        return found

    def _beside(
        self, draft: Profile, other: Profile, siblings: Sequence[Profile], refused: Sequence[Profile],
        cold: Similarity, *, alike: bool,
    ) -> Similarity:  # fmt: skip
        """With the siblings of ``other``, which tell a draft of another brief of footers only."""
        if alike:
            return decide(draft, other, language=self.language, siblings=siblings, refused=refused)
        mine, theirs, _ = beyond_template(draft, other, siblings, refused)
        return cold if mine is draft else decide(mine, theirs, language=self.language, copies_only=True)

    def _same_parts(self, units: Sequence[Unit], brief: str) -> Iterator[Match]:
        """The texts that have a part of the draft word for word, each once."""
        told: set[int] = set()
        for unit in units:
            if unit.closing in self._refused_closings:
                continue  # a legal footer: what closes a text is refused once
            for number in self._units.get(unit.key, ()):
                is_sibling = bool(brief) and self._briefs[number] == brief
                if number in told or number in self._gone or (unit.is_brief and not is_sibling):
                    continue
                told.add(number)
                yield Match(self._ids[number], SAME_PART, 1.0, (unit.span,), self._texts[number])

    def _profile(self, number: int, supplied: Hashes, template: Hashes) -> Profile:
        """A text less what the brief supplies, and less a template as long as it has something of its own."""
        text = Profile(Source(self._texts[number]), self._words[number], (self._supplied,)).without(supplied)
        left = text.without(template)
        return left if len(left) >= MINIMUM_OWN_WORDS else text

    def _refused_drafts(self, brief: str, supplied: Hashes) -> list[Profile]:
        return [Profile.of(text, self._supplied).without(supplied) for text in self._refused[brief]]

    def _siblings(self, brief: str, but: int, near: Sequence[int]) -> list[int]:
        """Other texts of a brief: those that share most with the draft first, then the newest."""
        of_brief = self._of_brief[brief]
        known = set(of_brief)
        nearest = [number for number in near if number in known]
        newest = of_brief[: -MOST_SIBLINGS - len(nearest) - 1 : -1]
        return [number for number in dict.fromkeys([*nearest, *newest]) if number != but][:MOST_SIBLINGS]


def _is_pasted(a: Profile, b: Profile) -> bool:
    """Whether a passage of one text may stand in the other, which siblings will tell for sure."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    return pasted(shorter, longer) is not None


def _match(id: str, other: Profile, similarity: Similarity) -> Match:
    passage = similarity.spans_b[0].of(other.original) if similarity.spans_b else other.original
    return Match(id, similarity.signal, similarity.score, similarity.spans_a, passage)
