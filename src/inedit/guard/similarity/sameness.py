"""What a set of texts has in common that no comparison of two shows: openings, frames, skeletons. Pure.

Each text of a campaign may be its own and the set still sound like one text: every subject asks « Et si … ? », every
body goes on « Chez nous, … ». Patterns are counted by document frequency: in how many texts they stand, not how often.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.text import Word, excerpt, folded_words, sentences, words

MOST_SHARE = 0.4
"""Share of a language's texts above which a pattern makes them one another's copies in manner."""

FEWEST_TEXTS = 5
"""Below it shares say nothing: two of four may begin alike."""

OPENING_WORDS = 3
PHRASE_WORDS = 4
FRAME_WORDS = 5
SKELETON_WORDS = 6

REMEMBERED_TEXTS = 256
"""Texts of a language whose patterns are kept, those read last: a draft is held against 200 siblings."""

KINDS = ("subject", "opening", "first sentence", "frame", "skeleton", "phrase")

IDENTICAL = ("subject", "first sentence")
"""Kinds that may not come twice in any set, however large."""

Parts = Sequence[str]
"""The parts of one text that the model worded, in order: the first is its subject or hook, the longest its body."""

Key = tuple[str, str]
"""Kind and pattern. « · » stands for a word of content, « ^ » for a name, « # » for a number."""


Keys = Mapping[Key, str]
"""The patterns of a text, each with the words that first show it."""
Reader = Callable[[tuple[str, ...]], Keys]
Hashes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that ``texts`` of ``of`` texts have in common. ``where`` are their indices, ``examples`` how the first
    of them say it; ``limit`` is the share above which it is too much (0: any second one)."""

    kind: str
    pattern: str
    where: tuple[int, ...]
    of: int
    limit: float
    examples: tuple[str, ...]

    @property
    def texts(self) -> int:
        """In how many texts it stands."""
        return len(self.where)

    @property
    def exceeds(self) -> bool:
        """Whether it stands in more texts than it may."""
        if self.kind in IDENTICAL:
            return self.texts > 1
        return self.of >= FEWEST_TEXTS and self.texts > self.limit * self.of


def patterns(
    texts: Sequence[Parts], language: str, common: Sequence[str] = (), limit: float = MOST_SHARE
) -> tuple[Pattern, ...]:
    """The patterns that more texts have than may, the widest spread first; of two in the same texts the longer one.

    ``common`` are texts that any of them may repeat (claims, the offer): phrases that stand in one are nobody's manner.
    """
    remembered = _remembered(language, tuple(common))
    keys_of = remembered.keys_of if len(texts) <= REMEMBERED_TEXTS else remembered.read
    wanted, hashes = _often(texts, keys_of, limit)
    found: dict[Key, dict[int, str]] = defaultdict(dict)
    for index, parts in enumerate(texts):
        if not wanted.isdisjoint(hashes[index].tolist()):
            for key, example in keys_of(tuple(parts)).items():
                if hash(key) in wanted:
                    found[key][index] = example
    return _exceeding(found, len(texts), limit)


def _often(texts: Sequence[Parts], keys_of: Reader, limit: float) -> tuple[set[int], list[Hashes]]:
    """The hashes of the patterns that may exceed their limit, and those of each text: eight bytes a pattern, where the
    patterns of thousands of texts would take hundreds of megabytes."""
    hashes, identical = [], []
    for parts in texts:
        keys = keys_of(tuple(parts))
        hashes.append(np.fromiter(map(hash, keys), np.int64))
        identical += [hash(key) for key in keys if key[0] in IDENTICAL]
    wanted = {key for key, times in Counter(identical).items() if times > 1}
    if len(texts) >= FEWEST_TEXTS:
        distinct, times = np.unique(np.concatenate(hashes), return_counts=True)
        wanted |= set(distinct[times > limit * len(texts)].tolist())
    return wanted, hashes


def repeated_by(
    parts: Parts,
    others: Sequence[Parts],
    language: str,
    common: Sequence[str] = (),
    limit: float = MOST_SHARE,
) -> tuple[Pattern, ...]:
    """The patterns that a new text would make exceed their limit beside the others, the new text being the last."""
    remembered, last = _remembered(language, tuple(common)), len(others)
    mine = remembered.keys_of(tuple(parts))
    beyond = limit * (last + 1) - 1 if last + 1 >= FEWEST_TEXTS else float("inf")
    found = remembered.sharing(mine, [tuple(other) for other in others], beyond)
    for key, places in found.items():
        places[last] = mine[key]
    return _exceeding(found, last + 1, limit)


def _exceeding(found: Mapping[Key, Mapping[int, str]], of: int, limit: float) -> tuple[Pattern, ...]:
    """Those of the patterns, each with the texts that have it, which stand in more texts than they may."""
    listed = (
        Pattern(kind, pattern, tuple(positions), of, limit, tuple(dict.fromkeys(positions.values()))[:3])
        for (kind, pattern), positions in found.items()
        if len(positions) > 1
    )
    widest: list[Pattern] = []
    for one in sorted((p for p in listed if p.exceeds), key=_widest_first):
        if not any(_within(one, other) for other in widest):
            widest.append(one)
    return tuple(widest)


def _widest_first(pattern: Pattern) -> tuple[int, int, str, int]:
    return -pattern.texts, -len(pattern.pattern), pattern.pattern, KINDS.index(pattern.kind)


def _within(one: Pattern, other: Pattern) -> bool:
    """Whether a pattern is a piece of another one that stands in as many texts."""
    return set(one.where) <= set(other.where) and one.kind not in IDENTICAL and other.texts == one.texts


@lru_cache(maxsize=8)
def _remembered(language: str, common: tuple[str, ...]) -> _Remembered:
    """What was read of texts of a language that may all say what these common ones do."""
    return _Remembered(language, _runs(common))


class _Remembered:
    """The patterns of the texts read last, some 20 KB each, and which texts have a pattern: of a text's siblings most
    share none with it, and need not be looked at."""

    def __init__(self, language: str, nobodys: frozenset[tuple[str, ...]]) -> None:
        self._language, self._nobodys = language, nobodys
        self._known: OrderedDict[tuple[str, ...], Keys] = OrderedDict()
        self._having: dict[Key, tuple[tuple[str, ...], ...]] = {}
        self._changing = threading.Lock()

    def read(self, parts: tuple[str, ...]) -> Keys:
        """The patterns of a text."""
        found: dict[Key, str] = {}
        for key, example in _keys(parts, self._language, self._nobodys):
            found.setdefault(key, example)
        return found

    def keys_of(self, parts: tuple[str, ...]) -> Keys:
        """The same, remembered."""
        with self._changing:
            found = self._taken_in(parts)
            self._forget()
        return found

    def sharing(
        self, mine: Keys, others: Sequence[tuple[str, ...]], beyond: float
    ) -> dict[Key, dict[int, str]]:
        """How other texts, by their numbers, show each of these patterns that more than ``beyond`` of them may have, or
        that may not come twice; theirs are not gone through."""
        with self._changing:
            read = [self._taken_in(other) for other in others]
            having = {key: self._having[key] for key in mine if key in self._having}
            self._forget()
        numbers: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, parts in enumerate(others):
            numbers[parts].append(number)
        most = max(map(len, numbers.values()), default=0)
        found = {}
        for key, texts in having.items():
            if key[0] in IDENTICAL or most * len(texts) > beyond:
                sharing = sorted([number for parts in texts for number in numbers.get(parts, ())])
                found[key] = {number: read[number][key] for number in sharing}
        return found

    def _taken_in(self, parts: tuple[str, ...]) -> Keys:
        found = self._known.get(parts)
        if found is None:
            found = self._known[parts] = self.read(parts)
            for key in found:
                self._having[key] = (*self._having.get(key, ()), parts)
        else:
            self._known.move_to_end(parts)
        return found

    def _forget(self) -> None:
        while len(self._known) > REMEMBERED_TEXTS:
            oldest, keys = self._known.popitem(last=False)
            for key in keys:
                self._having[key] = tuple([parts for parts in self._having[key] if parts is not oldest])
                if not self._having[key]:
                    del self._having[key]


def _keys(
    parts: tuple[str, ...], language: str, nobodys: frozenset[tuple[str, ...]]
) -> Iterator[tuple[Key, str]]:
    written = [part for part in parts if part.strip()]
    if not written:
        return
    body = max(written, key=len)
    if len(written) > 1:
        yield ("subject", " ".join(folded_words(written[0]))), excerpt(written[0])
    for part in dict.fromkeys((written[0], body)):
        opening = " ".join(folded_words(part)[:OPENING_WORDS])
        yield ("opening", opening), excerpt(part, 60)
    first = sentences(body)[0].of(body) if sentences(body) else ""
    if len(folded_words(first)) > OPENING_WORDS:
        yield ("first sentence", " ".join(folded_words(first))), excerpt(first)
    for part in written:
        for span in sentences(part):
            yield from _of_sentence(span.of(part), language, nobodys)


def _of_sentence(
    sentence: str, language: str, nobodys: frozenset[tuple[str, ...]]
) -> Iterator[tuple[Key, str]]:
    """The frame that a sentence begins with, its whole skeleton, and its phrases."""
    listed, stop = words(sentence), language_profile(language).stop_words
    folded = folded_words(sentence)
    supplied = _supplied(folded, nobodys) | _in_links(sentence, listed)
    if len(folded) >= PHRASE_WORDS and len(supplied) == len(folded):
        return
    mark = next((m for m in "?!:…" if sentence.rstrip(" \"'»”“)").endswith(m)), "")
    names = primary(language) != "de"  # where every noun has a capital
    classes = [_class_of(word, index, stop, names=names) for index, word in enumerate(listed)]
    for size in range(2, min(FRAME_WORDS, len(classes)) + 1):
        head = classes[:size]
        function_words = size - head.count("·") - head.count("^") - head.count("#")
        is_telling = function_words >= 3 or (
            function_words >= 1 and ("^" in head or (mark == "?" and function_words >= 2))
        )  # « c'est » frames nothing
        if is_telling and head[-1] not in "·#":
            yield ("frame", f"{' '.join(head)} … {mark}".strip()), excerpt(sentence, 60)
    if len(listed) >= SKELETON_WORDS:
        yield ("skeleton", " ".join([*classes, mark]).strip()), excerpt(sentence)
    for first in range(len(folded) - PHRASE_WORDS + 1):
        run = folded[first : first + PHRASE_WORDS]
        if supplied and supplied.issuperset(range(first, first + PHRASE_WORDS)):
            continue
        if not (run[0].isdigit() and all(map(str.isdigit, run))):
            yield ("phrase", " ".join(run)), " ".join(w.text for w in listed[first : first + PHRASE_WORDS])


def _supplied(folded: tuple[str, ...], nobodys: frozenset[tuple[str, ...]]) -> frozenset[int]:
    """Where the words stand that the brand supplies in a row: also where an address leads up to a mention."""
    return frozenset(
        at
        for size in range(2, PHRASE_WORDS + 1)
        for first in range(len(folded) - size + 1)
        if folded[first : first + size] in nobodys
        for at in range(first, first + size)
    )


_LINK = re.compile(r"[\w@-]+(?:\.[\w-]{2,})+(?:/\S*)?")


def _in_links(sentence: str, listed: Sequence[Word]) -> frozenset[int]:
    """Which words stand in an address: « exemple.fr/rdv »."""
    links = [match.span() for match in _LINK.finditer(sentence)] if "." in sentence else []
    if not links:
        return frozenset()
    return frozenset(
        at for at, word in enumerate(listed) if any(start <= word.start < end for start, end in links)
    )


def _class_of(word: Word, index: int, stop: frozenset[str], *, names: bool) -> str:
    """A function word as it is; « # » a number, « ^ » a name inside a sentence, « · » any other word."""
    if word.folded in stop:
        return word.folded
    if word.folded.isdigit():
        return "#"
    return "^" if names and index and word.text[:1].isupper() else "·"


def _runs(common: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Phrases of the supplied texts, and those that are shorter than a phrase (an address) whole."""
    short = (listed for text in common if 1 < len(listed := folded_words(text)) < PHRASE_WORDS)
    return frozenset(short) | frozenset(
        listed[first : first + PHRASE_WORDS]
        for text in common
        for listed in (folded_words(text),)
        for first in range(len(listed) - PHRASE_WORDS + 1)
    )
