"""Many texts at once: which of those already there does a new one copy?"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from inedit.guard.similarity.blocks import Read, TextBlock, brief_key
from inedit.guard.similarity.decision import Similarity, decide
from inedit.guard.similarity.excerpt import pasted
from inedit.guard.similarity.indexed_texts import IndexedTexts
from inedit.guard.similarity.parts import SAME_PART, Unit, units_of
from inedit.guard.similarity.prefilter import may_copy
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.runs import holding, united
from inedit.guard.similarity.source import Source, source_of
from inedit.guard.similarity.template import MINIMUM_OWN_WORDS, beyond_template, share_stretch, template_of
from inedit.guard.similarity.words import Hashes, distinct
from inedit.model import Match

MOST_SIBLINGS = 8
"""So many texts of a brief tell what it makes common, those nearest to the draft; the fit knew as many."""

SURE_OF = 3
"""A draft that copies so many texts is refused whatever the others are: these are not held against their siblings."""

_CLOSINGS = 64
"""So many closing parts of refused drafts are remembered."""

_SIBLINGS_HELD = 64
"""So many siblings are remembered with what was cut from them, some 15 kB each."""

_ANY_BRIEF = brief_key("")
_NOTHING = np.empty(0, dtype=np.uint64)


class Index:
    """Texts of one language, searchable for copies.

    :meth:`matches` finds candidates by shared shingles and then decides as :func:`inedit.guard.similarity.compare` does
    with the same ``common``: without siblings, and between texts of one brief with them as well. One thread at a time.

    ``blocks`` are texts that an index with the same ``common`` took in earlier (see :meth:`block`); what they say is
    read by ``read`` where it is needed.
    """

    def __init__(
        self,
        language: str,
        common: Sequence[str] = (),
        blocks: Sequence[TextBlock] = (),
        read: Read = lambda _: {},
    ) -> None:
        self.language = language
        self._supplied = supplied_by(common)
        self._texts = IndexedTexts(self._supplied, blocks, read)
        self._refused: dict[int, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_SIBLINGS))
        self._refused_closings: deque[int] = deque(maxlen=_CLOSINGS)
        self._siblings_held: dict[int, Profile] = {}

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """The texts that do not change any more."""
        return self._texts.blocks

    @property
    def added(self) -> int:
        """How many texts are in no block."""
        return self._texts.added

    def block(self, sources: Sequence[int], marks: Sequence[int]) -> TextBlock:
        """The texts that are in no block as one, for :meth:`rest_on`: ``read`` is given the source of each later on,
        and who keeps the block may know it again by its mark. There is one text at least."""
        return self._texts.block(sources, marks)

    def rest_on(self, blocks: Sequence[TextBlock]) -> None:
        """Go on with these: the texts that there were, in the order that they had, none of them outside a block."""
        self._texts.rest_on(blocks)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._texts.number_of(id) is not None

    def add(self, id: str, text: str, *, brief: str = "", parts: Mapping[str, str] | None = None) -> None:
        """Adds a text under an id that is not there yet; raises :class:`ValueError` when it is.

        ``brief`` names what it was written for; texts of one brief are siblings, and without a name it has none.
        ``parts`` are what the text is made of, a line each, where they are known.
        """
        if id in self:
            raise ValueError(f"the index already holds a text under the id {id!r}")
        self._texts.add(id, text, brief, parts or {})

    def discard(self, id: str) -> None:
        """Forgets a text, if it is there: it keeps nobody away any more."""
        number = self._texts.number_of(id)
        if number is not None:
            self._texts.discard(number)

    def restore(self, id: str) -> None:
        """A text that was there and has been forgotten is there again."""
        self._texts.restore(id)

    def discard_in_blocks(self, numbers: Iterable[int]) -> None:
        """Forgets texts of blocks, numbered from 0 through all of them."""
        for number in numbers:
            self._texts.discard(number)

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
        of = brief_key(brief)
        found = self._copied(draft, self._texts.candidates(draft), of, supplied)
        units = list(units_of(parts or {}, united(self._supplied, supplied)))
        known = {match.piece_id for match in found}
        found += [match for match in self._same_parts(units, of) if match.piece_id not in known]
        if found and of and remember:
            for place in (of, _ANY_BRIEF):
                if text not in self._refused[place]:
                    self._refused[place].append(text)
            self._refused_closings.extend(unit.closing for unit in units if unit.closing is not None)
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))

    def _copied(
        self,
        draft: Profile,
        near: Sequence[int],
        brief: int,
        supplied: Hashes,
        template: Hashes | None = None,
    ) -> list[Match]:
        """Which of some texts a draft copies.

        What is a template is asked once, by the first seeming copy; the draft, less the template, then starts again.
        """
        found: list[Match] = []
        formula = _NOTHING if template is None else template
        seeming = self._seeming(draft, near, supplied, formula)
        self._texts.read_ahead(near[position] for position in seeming)
        briefs = self._texts.briefs_of_each(near) if seeming else []
        for position, held in seeming.items():
            number = near[position]
            other = self._read(number, held)
            if other is None:
                continue
            similarity = decide(draft, other, language=self.language, copies_only=True)
            of_other = briefs[position]
            alike = bool(brief) and of_other == brief
            seems = similarity.copy or (alike and _is_pasted(draft, other))
            if seems and number < self._texts.in_blocks and not _says_its_words(other):
                other = _less(Profile.of(other.original, self._supplied).without(supplied), formula)
                similarity = decide(draft, other, language=self.language, copies_only=True)
                seems = similarity.copy or (alike and _is_pasted(draft, other))
            if seems and template is None and brief:
                of_briefs = [at for at, of in zip(near, briefs, strict=True) if of][:MOST_SIBLINGS]
                template = template_of(draft, self._all_words(of_briefs, supplied, formula)[0])
                if len(template):
                    return self._copied(draft.without(template), near, brief, supplied, template)
            if (
                seems
                and brief
                and of_other
                and len(found) < SURE_OF
                and (alike or share_stretch(draft, other))
            ):
                nearest = [at for at, of in zip(near, briefs, strict=True) if of == of_other]
                known = self._worded(self._siblings(of_other, number, nearest), supplied, formula)
                refused = self._refused_drafts(brief if alike else _ANY_BRIEF, supplied)
                similarity = self._beside(draft, other, known, refused, similarity, alike=alike)
            if similarity.copy:
                found.append(_match(self._texts.id_of(number), other, similarity))
        return found

    def _beside(
        self, draft: Profile, other: Profile, siblings: Sequence[Profile], refused: Sequence[Profile],
        cold: Similarity, *, alike: bool,
    ) -> Similarity:  # fmt: skip
        """With the siblings of ``other``, which tell a draft of another brief of footers only."""
        if alike:
            return decide(
                draft, other, language=self.language, siblings=siblings, refused=refused, copies_only=True
            )
        mine, theirs, _ = beyond_template(draft, other, siblings, refused)
        return cold if mine is draft else decide(mine, theirs, language=self.language, copies_only=True)

    def _same_parts(self, units: Sequence[Unit], brief: int) -> Iterator[Match]:
        """The texts that have a part of the draft word for word, each once."""
        reported: set[int] = set()
        for unit in units:
            if unit.closing in self._refused_closings:
                continue  # a legal footer: what closes a text is refused once
            for number in self._texts.with_unit(unit.key):
                is_sibling = bool(brief) and self._texts.brief_of(number) == brief
                if number in reported or (unit.is_brief and not is_sibling):
                    continue
                reported.add(number)
                text = self._texts.text(number)
                if text is not None:
                    yield Match(self._texts.id_of(number), SAME_PART, 1.0, (unit.span,), text)

    def _seeming(
        self, draft: Profile, near: Sequence[int], supplied: Hashes, template: Hashes
    ) -> dict[int, Profile]:
        """Which of some texts may be copies, by their places, each as :meth:`_worded` has it."""
        words, cut = self._all_words(near, supplied, template)
        return {
            place: cut[place] if place in cut else self._held(near[place], words[place])
            for place in may_copy(draft, words, self.language)
        }

    def _all_words(
        self, numbers: Sequence[int], supplied: Hashes, template: Hashes
    ) -> tuple[list[Hashes], dict[int, Profile]]:
        """The words of :meth:`_worded`, of many texts, and those from which something was taken out, by their places.
        Most have none of what the brief supplies: all are asked at once which."""
        words, cut = self._texts.words_of_each(numbers), dict[int, Profile]()
        taken = distinct(np.concatenate([supplied, template])) if len(template) else supplied
        for place in holding(words, taken) if len(taken) else ():
            cut[place] = _less(self._held(numbers[place], words[place]).without(supplied), template)
            words[place] = cut[place].words
        return words, cut

    def _worded(self, numbers: Sequence[int], supplied: Hashes, template: Hashes) -> list[Profile]:
        """Texts less what the brief supplies, and less a template as long as they have something of their own; what
        needs their words alone may be asked of them."""
        words, cut = self._all_words(numbers, supplied, template)
        return [
            cut[place] if place in cut else self._remembered(number, words[place])
            for place, number in enumerate(numbers)
        ]

    def _remembered(self, number: int, words: Hashes) -> Profile:
        """The same as :meth:`_held`, cut into shingles once as long as it comes again: drafts of a brief that follow
        one another have siblings in common."""
        if number not in self._siblings_held:
            while len(self._siblings_held) >= _SIBLINGS_HELD:
                self._siblings_held.pop(next(iter(self._siblings_held)))
            self._siblings_held[number] = self._held(number, words)
        return self._siblings_held[number]

    def _held(self, number: int, words: Hashes) -> Profile:
        """A text with these words, less what is supplied to every brief."""
        return Profile(Source(self._texts.said(number)), words, (self._supplied,))

    def _read(self, number: int, held: Profile) -> Profile | None:
        """A text with all that it says; None when that is not to be read any more."""
        if number >= self._texts.in_blocks:
            return held
        text = self._texts.text(number)
        return None if text is None else Profile(source_of(text), held.words, held.taken_out)

    def _refused_drafts(self, brief: int, supplied: Hashes) -> list[Profile]:
        return [Profile.of(text, self._supplied).without(supplied) for text in self._refused[brief]]

    def _siblings(self, brief: int, but: int, nearest: Sequence[int]) -> list[int]:
        """Other texts of a brief: those that share most with the draft first, then the newest."""
        newest = islice(self._texts.newest_of(brief), MOST_SIBLINGS + len(nearest))
        return [number for number in dict.fromkeys([*nearest, *newest]) if number != but][:MOST_SIBLINGS]


def _less(text: Profile, template: Hashes) -> Profile:
    """A text less a template as long as it has something of its own."""
    left = text.without(template)
    return left if len(left) >= MINIMUM_OWN_WORDS else text


def _says_its_words(text: Profile) -> bool:
    """Whether what was read of a text is what was taken in: it is cut into words where these must be shown only."""
    return np.array_equal(text.source.cut.words[text.kept], text.words)


def _is_pasted(a: Profile, b: Profile) -> bool:
    """Whether a passage of one text may stand in the other, which siblings will tell for sure."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    return pasted(shorter, longer) is not None


def _match(id: str, other: Profile, similarity: Similarity) -> Match:
    passage = similarity.spans_b[0].of(other.original) if similarity.spans_b else other.original
    return Match(id, similarity.signal, similarity.score, similarity.spans_a, passage)
