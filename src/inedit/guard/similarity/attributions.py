"""What each signal saw, so that a person sees it too: passages of both texts, as characters of them.

A signal returns a number, which is all that a decision needs; here is where that number came from. Nothing here decides
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel

from inedit.guard.similarity.profile import LETTERS, Profile
from inedit.guard.similarity.shingles import (
    RUN_WORDS,
    SKIP_WINDOW,
    TEMPLATE_WORDS,
    blanked,
    mix_pairs,
    stop_word_grams,
    template_grams,
)
from inedit.guard.similarity.signals import (
    SIGNALS,
    aligned,
    common_order_positions,
    sentence_table,
)
from inedit.guard.similarity.words import SMALL, Hashes, Positions, cut_words, distinct, found_in, kinds, stem
from inedit.model import Span

LIKE = 0.5
"""From which similarity on a sentence is shown beside its best match."""

SHOWN_LETTERS = 5
"""A run of fewer letters in common is not worth showing."""

Range = tuple[int, int]
"""First word and one past the last, among the words of a text that count."""

Ranges = list[Range]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one signal says of two texts, and the passages in which it saw it.

    ``paired`` tells that the passages belong together one by one; else each text has its own.
    """

    signal: str
    value: float
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]
    paired: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """Words of one text in whose place the other one has others, in a template that is the same."""

    a: Span
    b: Span


def attributions(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> tuple[Attribution, ...]:
    """Every signal of two texts, in the order of their names in :data:`SIGNALS`.

    Shingles that a sibling has as well are not shown, for they are the brief's.
    """
    return tuple(_attribution(name, a, b, siblings) for name in SIGNALS)


def exchanges(a: Profile, b: Profile) -> tuple[Exchange, ...]:
    """What a template swap exchanged: the words that differ where both texts fit one template for six words or more."""
    found = []
    for block in Indel.opcodes(blanked(a.words).tolist(), blanked(b.words).tolist()).as_matching_blocks():
        if block.size < TEMPLATE_WORDS:
            continue
        mine, theirs = (slice(start, start + block.size) for start in (block.a, block.b))
        for first, end in _runs(a.words[mine] != b.words[theirs]):
            found.append(
                Exchange(
                    a.span(block.a + first, block.a + end),
                    b.span(block.b + first, block.b + end),
                )
            )
    return tuple(found)


def _attribution(name: str, a: Profile, b: Profile, siblings: Sequence[Profile]) -> Attribution:
    value = SIGNALS[name](a, b, siblings)
    if name == "letter order":
        spans_a, spans_b = _letters_in_order(a, b)
        return Attribution(name, value, spans_a, spans_b, paired=True)
    if name in _SHINGLES:
        cut = _SHINGLES[name]
        ranges_a, ranges_b = _covered(cut, a, b, siblings), _covered(cut, b, a, siblings)
    else:
        pairs = _ALIGNED[name](a, b, siblings)
        ranges_a, ranges_b = [mine for mine, _ in pairs], [theirs for _, theirs in pairs]
    return Attribution(
        name,
        value,
        tuple(a.span(*part) for part in ranges_a),
        tuple(b.span(*part) for part in ranges_b),
        paired=name not in _SHINGLES,
    )


def _runs(marked: np.typing.NDArray[np.bool_]) -> Ranges:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Shingles of a text and the words, first and one past the last, that each one spans."""

    shingles: Hashes
    first: Positions
    end: Positions


def _phrases(text: Profile) -> _Stretches:
    words, count = text.words, len(text)
    gaps = range(1, min(SKIP_WINDOW, count - 1) + 1)
    first = np.concatenate([np.arange(0), *(np.arange(count - gap) for gap in gaps)])
    end = np.concatenate([np.arange(0), *(np.arange(gap + 1, count + 1) for gap in gaps)])
    return _Stretches(mix_pairs(words[first], words[end - 1]), first, end)


def _stop_word_ngrams(text: Profile) -> _Stretches:
    at = np.flatnonzero(kinds(text.words) == SMALL)
    return _Stretches(stop_word_grams(text.words), at[:-2], at[2:] + 1)


def _function_word_templates(text: Profile) -> _Stretches:
    shingles = template_grams(text.words)
    return _Stretches(shingles, np.arange(len(shingles)), np.arange(len(shingles)) + TEMPLATE_WORDS)


def _word_runs(text: Profile) -> _Stretches:
    return _Stretches(text.runs, np.arange(len(text.runs)), np.arange(len(text.runs)) + RUN_WORDS)


def _letter_runs(text: Profile) -> _Stretches:
    shingles = text.letter_shingles
    lengths = np.array([len(token) + 1 for token in text.tokens], dtype=np.intp)
    word_of = np.repeat(np.arange(len(text)), lengths)
    starts = np.arange(len(shingles))
    return _Stretches(shingles, word_of[starts], word_of[starts + LETTERS - 1] + 1)


def _cognates(text: Profile) -> _Stretches:
    telling = np.array([at for at, word in enumerate(text.tokens) if stem(word)], dtype=np.intp)
    stems = " ".join(stem(word) for word in text.tokens)
    return _Stretches(cut_words(stems).words, telling, telling + 1)


_SHINGLES: dict[str, Callable[[Profile], _Stretches]] = {
    "phrases": _phrases,
    "frame": _stop_word_ngrams,
    "mould": _function_word_templates,
    "word runs": _word_runs,
    "letter runs": _letter_runs,
    "cognates": _cognates,
}


def _covered(
    cut: Callable[[Profile], _Stretches], text: Profile, other: Profile, siblings: Sequence[Profile]
) -> Ranges:
    """The words of a text that its shingles span which the other text has and no sibling."""
    mine = cut(text)
    shared = found_in(mine.shingles, distinct(cut(other).shingles))
    for sibling in siblings:
        shared &= ~found_in(mine.shingles, distinct(cut(sibling).shingles))
    depth = np.zeros(len(text) + 1, dtype=np.intp)
    np.add.at(depth, mine.first[shared], 1)
    np.add.at(depth, mine.end[shared], -1)
    return _runs(np.cumsum(depth)[:-1] > 0)


Pairs = list[tuple[Range, Range]]


def _local_alignment(a: Profile, b: Profile, siblings: Sequence[Profile]) -> Pairs:
    return [((p.a_start, p.a_end), (p.b_start, p.b_end)) for p in aligned(a, b, siblings)]


def _longest(a: Profile, b: Profile, siblings: Sequence[Profile]) -> Pairs:
    return _local_alignment(a, b, siblings)[:1]


def _words_in_order(a: Profile, b: Profile, _: Sequence[Profile]) -> Pairs:
    blocks = Indel.opcodes(a.numbers, b.numbers).as_matching_blocks()
    return [((at.a, at.a + at.size), (at.b, at.b + at.size)) for at in blocks if at.size]


def _common_order(a: Profile, b: Profile, _: Sequence[Profile]) -> Pairs:
    return [((mine, mine + 1), (theirs, theirs + 1)) for mine, theirs in common_order_positions(a, b)]


def _sentences(a: Profile, b: Profile, _: Sequence[Profile]) -> Pairs:
    table = sentence_table(a, b)
    if not table.size:
        return []
    return [
        (a.sentences[one], b.sentences[other])
        for one, other in enumerate(table.argmax(axis=1).tolist())
        if table[one, other] >= LIKE
    ]


_ALIGNED: dict[str, Callable[[Profile, Profile, Sequence[Profile]], Pairs]] = {
    "passages": _local_alignment,
    "longest passage": _longest,
    "sequence": _words_in_order,
    "word order": _words_in_order,
    "common order": _common_order,
    "sentences": _sentences,
}


def _letters_in_order(a: Profile, b: Profile) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Runs of letters in common, as characters."""
    blocks = [
        block
        for block in Indel.opcodes(a.letters, b.letters).as_matching_blocks()
        if block.size >= SHOWN_LETTERS
    ]
    return (
        tuple(a.span_of_letters(block.a, block.a + block.size) for block in blocks),
        tuple(b.span_of_letters(block.b, block.b + block.size) for block in blocks),
    )
