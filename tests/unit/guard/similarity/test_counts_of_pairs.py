"""Keys, manners and repetitions counted: the small sums on which likeness rests, on both sides."""

from __future__ import annotations

import numpy as np
import pytest

from inedit.guard.checks.repetition import _loop, _Said
from inedit.guard.nlp.text import folded_words, words
from inedit.guard.similarity.normalise import _is_unspaced, fold
from inedit.guard.similarity.postings import Postings, _expand, fewer_keys, in_sample, is_sampled
from inedit.guard.similarity.sameness import (
    Pattern,
    _class_of,
    _in_links,
    _keys,
    _runs,
    _supplied,
    patterns,
    repeated_by,
)

STOP = frozenset({"the", "we", "and"})


def _counts(*numbers: int) -> np.ndarray:
    return np.array(numbers)


@pytest.mark.parametrize(
    ("one", "other", "fewer"),
    [
        ((30, 4), (40, 5), 30),  # both brief: any key
        ((40, 5), (30, 4), 30),
        ((30, 4), (40, 40), 4),  # one is long: sampled ones only
        ((40, 40), (30, 4), 4),
        ((50, 50), (40, 40), 40),
        ((4, 4), (40, 5), 4),
    ],
)
def test_the_keys_of_the_text_that_has_fewer(
    one: tuple[int, int], other: tuple[int, int], fewer: int
) -> None:
    """Of those that both may have: all of two brief texts, else the sampled ones."""
    mine, theirs = tuple(map(_counts, one)), tuple(map(_counts, other))
    assert fewer_keys(mine, theirs).tolist() == [fewer]  # type: ignore[arg-type]


def test_many_pairs_at_once() -> None:
    """Each by itself."""
    found = fewer_keys((_counts(30, 40), _counts(4, 40)), (_counts(50, 50), _counts(5, 50)))
    assert found.tolist() == [30, 40]


def test_places_of_several_runs_in_one_array() -> None:
    """From each low one up to its high one."""
    assert _expand(np.array([2, 7]), np.array([5, 8])).tolist() == [2, 3, 4, 7]


def test_one_phrase_in_eight_and_every_frame_is_sampled() -> None:
    """By three of the high bits."""
    keys = np.arange(16, dtype=np.uint64) << np.uint64(40)
    assert is_sampled(keys).tolist() == [number % 8 == 0 for number in range(16)]
    assert is_sampled(in_sample(keys)).all()
    low = np.arange(16, dtype=np.uint64)
    assert in_sample(low).tolist() == low.tolist()


def test_texts_are_found_by_the_keys_that_they_share() -> None:
    """Those that share most first; none without a key in common."""
    index = Postings()
    first = np.arange(0, 100, dtype=np.uint64) << np.uint64(43)
    assert [
        index.add(first),
        index.add(first[:50]),
        index.add(np.arange(900, 950, dtype=np.uint64) << np.uint64(43)),
    ] == [0, 1, 2]
    assert len(index) == 3
    assert index.candidates(first) == [0, 1]
    assert index.candidates(first[60:]) == [0]
    assert index.candidates(np.empty(0, dtype=np.uint64)) == []
    assert Postings().candidates(first) == []
    assert index.add(np.empty(0, dtype=np.uint64)) == 3
    assert index.candidates(first) == [0, 1]


# manners of a set


@pytest.mark.parametrize(
    ("text", "index", "names", "kind"),
    [
        ("the", 1, True, "the"), ("12", 1, True, "#"), ("Whitby", 1, True, "^"), ("Whitby", 0, True, "·"),
        ("Whitby", 1, False, "·"), ("sheet", 1, True, "·"), ("12th", 1, True, "·"),
    ],
)  # fmt: skip
def test_what_a_word_is_in_a_skeleton(text: str, index: int, names: bool, kind: str) -> None:
    """A small word as it is, a number, a name inside a sentence, or any other."""
    assert _class_of(words(text)[0], index, STOP, names=names) == kind


def test_the_patterns_of_one_text() -> None:
    """Its subject, openings, first sentence, frames, skeletons and phrases."""
    parts = ("A soft sheet", "Why do we wash the old sheets? We wash all of the sheets at noon, 12 of them.")
    found: dict[str, list[str]] = {}
    for (kind, pattern), _ in _keys(parts, "en", frozenset()):
        found.setdefault(kind, []).append(pattern)
    assert found["subject"] == ["a soft sheet"]
    assert found["opening"] == ["a soft sheet", "why do we"]
    assert found["first sentence"] == ["why do we wash the old sheets"]
    assert any(frame.endswith("… ?") for frame in found["frame"])
    assert all(frame.split(" …")[0].split()[-1] not in "·#" for frame in found["frame"])
    assert any(skeleton.endswith("?") for skeleton in found["skeleton"])
    assert "wash the old sheets" in found["phrase"]
    assert not list(_keys(("", "  "), "en", frozenset()))
    assert not [
        key for key, _ in _keys(("One part only, of one text.",), "en", frozenset()) if key[0] == "subject"
    ]


def test_what_the_brand_supplies_is_nobodys_manner() -> None:
    """Phrases of four words in a row, shorter texts whole, and addresses."""
    runs = _runs(("ten years of guarantee for all", "exemple.fr", "one"))
    assert ("ten", "years", "of", "guarantee") in runs
    assert ("exemple", "fr") in runs
    assert ("one",) not in runs
    assert _supplied(folded_words("with ten years of guarantee now"), runs) == {1, 2, 3, 4}
    sentence = "Go to exemple.fr/rdv now"
    assert _in_links(sentence, words(sentence)) == {2, 3, 4}


@pytest.mark.parametrize(
    ("kind", "where", "of", "exceeds"),
    [
        ("subject", 2, 100, True), ("subject", 1, 1, False), ("opening", 2, 5, False), ("opening", 3, 5, True),
        ("opening", 3, 4, False), ("frame", 4, 10, False), ("frame", 5, 10, True),
    ],
)  # fmt: skip
def test_when_a_pattern_stands_in_too_many_texts(kind: str, where: int, of: int, exceeds: bool) -> None:
    """More than two in five of five and more; a subject may not come twice."""
    assert Pattern(kind, "x", tuple(range(where)), of, 0.4, ()).exceeds is exceeds


def test_the_manner_of_a_set_and_of_a_new_text() -> None:
    """The widest spread first, each with the texts that have it."""
    animals = ("dog", "cat", "hen", "cow", "pig")
    texts = [
        (f"What if the {a} slept", f"At our place the {a} sleeps on hay number {n}.")
        for n, a in enumerate(animals)
    ]
    found = patterns(texts, "en")
    assert found
    assert {p.texts for p in found} == {5}
    assert all(p.exceeds for p in found)
    assert not patterns(texts[:4], "en")
    new = repeated_by(texts[4], texts[:4], "en")
    assert {p.pattern for p in new} <= {p.pattern for p in patterns(texts, "en")}
    assert all(4 in p.where for p in new)
    assert not repeated_by(("Hello", "Nothing of the kind."), texts[:4], "en")


# said twice


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("so so so", "so so so"), ("so so", None), ("we sew we sew we sew", "we sew we sew we sew"), ("12 12 12", None),
        ("a b c a b c a b c", "a b c a b c a b c"), ("a b c d a b c d a b c d", None),
        ("one: all the sheets, two: all the sheets, three: all the sheets", "all the sheets"),
        ("All the sheets. All the sheets now. All the sheets here.", None),  # sentences that begin alike
        ("c c d e c c d f c c d g", None),  # no word of three letters
    ],
)  # fmt: skip
def test_words_that_come_round_again(text: str, loop: str | None) -> None:
    """Up to three of them three times in a row, or three that make up a fifth of the text."""
    found = _loop(text)
    assert (found and found.of(text)) == loop


def test_three_words_must_make_up_a_fifth() -> None:
    """Nine of forty-five do, of forty-six they do not."""
    said = "all the sheets "
    for filler, loops in ((36, True), (37, False)):
        rest = [f"w{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(filler)]
        text = (
            said + " ".join(rest[:10]) + " " + said + " ".join(rest[10:20]) + " " + said + " ".join(rest[20:])
        )
        assert (_loop(text) is not None) is loops


@pytest.mark.parametrize(
    ("one", "other", "again"),
    [
        ("We wash old sheets by hand.", "By hand we wash old sheets.", True),
        ("We wash old sheets by hand.", "We wash old towels by foot.", False),
        ("Do we wash old sheets by hand?", "We wash old sheets by hand.", False),
        ("Do we wash old sheets by hand?", "By hand we wash old sheets.", False),
        ("We wash old sheets here.", "We wash old sheets there, dry.", True),  # three stems in four
        ("A sheet.", "A sheet!", True),
        ("A sheet?", "A sheet.", True),  # the very words
        ("The sheet is on it.", "On it all the sheet lies.", False),
    ],
)
def test_a_sentence_that_says_another_one_again(one: str, other: str, again: bool) -> None:
    """By three quarters of its stems; a question is no answer."""
    assert _Said.of(other, "en").says_again(_Said.of(one, "en")) is again


# scripts


@pytest.mark.parametrize(
    ("letter", "unspaced"),
    [
        ("\u0e00", True), ("\u0eff", True), ("\u1000", True), ("\u109f", True), ("\u1780", True), ("\u17ff", True),
        ("\u3040", True), ("\u30ff", True), ("\u4e00", True), ("\u177f", False), ("\u1800", False), ("a", False),
        ("\u303f", False), ("\u0dff", False), ("\u0f00", False), ("\u10a0", False),
    ],
)  # fmt: skip
def test_scripts_without_spaces(letter: str, unspaced: bool) -> None:
    """From their first letter to their last one: each letter is a word of its own."""
    assert _is_unspaced(letter) is unspaced
    assert fold("ab cd") == "ab cd"
