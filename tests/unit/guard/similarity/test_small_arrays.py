"""Words as numbers, agreements, runs and openings of arrays that one can count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from inedit.guard.similarity.alignment import _agreements, _turns, align, informativeness
from inedit.guard.similarity.excerpt import _longest, found_again, least_runs, may_be_turned, may_hold
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shared_opening import _stands_in, is_pasted, runs_of_opening
from inedit.guard.similarity.template import _closing
from inedit.guard.similarity.words import (
    LONG,
    MIDDLE,
    NUMBER,
    SMALL,
    cut_words,
    distinct,
    found_in,
    kinds,
    places_of,
)


def _hashes(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.uint64)


def _words(count: int, first: int = 0) -> str:
    """So many words of six letters, all different."""
    letters = "bcdfghjklm"
    return " ".join("w" + "".join(letters[int(d)] for d in f"{first + n:04d}") + "x" for n in range(count))


@pytest.mark.parametrize(
    ("word", "kind"),
    [("a", SMALL), ("abc", SMALL), ("abcd", MIDDLE), ("abcde", MIDDLE), ("abcdef", LONG), ("abcdefg", LONG),
     ("1", NUMBER), ("9abcdef", NUMBER), ("0", NUMBER), ("a1", SMALL)],
)  # fmt: skip
def test_the_kinds_of_words(word: str, kind: int) -> None:
    """Three letters at most are small, five at most in the middle; digits come first in a number."""
    assert kinds(cut_words(word).words).tolist() == [kind]


def test_a_word_is_known_by_its_first_six_letters() -> None:
    """And by its kind."""
    one, other, third = cut_words("abcdefg abcdefh abcdexh").words.tolist()
    assert one == other
    assert one != third
    cut = cut_words(" ab  cde ")
    assert (cut.starts.tolist(), cut.ends.tolist()) == ([1, 5], [3, 8])
    assert cut_words("ab").starts.tolist() == [0]
    assert cut_words("").words.tolist() == []


def test_distinct_values_found_and_placed() -> None:
    """Sorted, each once; which of some are among others; where each stands."""
    assert distinct(_hashes(3, 1, 3, 2)).tolist() == [1, 2, 3]
    assert distinct(_hashes()).tolist() == []
    assert found_in(_hashes(1, 4, 9), _hashes(1, 9)).tolist() == [True, False, True]
    assert found_in(_hashes(1), _hashes()).tolist() == [False]
    many = np.arange(2000, dtype=np.uint64)
    assert found_in(many, _hashes(5, 1999)).nonzero()[0].tolist() == [5, 1999]
    places = places_of(_hashes(7, 5, 7))
    assert places.words.tolist() == [5, 7]
    assert places.often.tolist() == [1, 2]
    assert places.order[places.first].tolist() == [1, 0]


def test_what_an_agreeing_word_says() -> None:
    """Long ones all, middle ones four fifths, small ones and numbers half."""
    assert informativeness(cut_words("abcdef abcd abc 12").words).tolist() == [1.0, 0.8, 0.5, 0.5]


def test_all_places_at_which_words_agree() -> None:
    """Along the diagonals."""
    i, j = _agreements(_hashes(1, 2, 1), _hashes(2, 1))
    assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 1), (1, 0), (2, 1)]
    assert np.all(np.diff(i - j) >= 0)
    assert _turns(_hashes(5, 6, 5, 5)).tolist() == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("a", "b", "passages"),
    [
        ((1, 2, 3), (1, 2, 3), [(0, 3, 0, 3, 3.0)]),
        ((1, 2), (1, 2), [(0, 2, 0, 2, 2.0)]),
        ((1, 9), (1, 8), []),  # one word is chance
        ((1, 2, 9, 3), (1, 2, 8, 3), [(0, 4, 0, 4, 2.75)]),  # a word that differs costs a quarter
        ((1, 2, 9, 9, 9, 9, 3, 4), (1, 2, 8, 8, 8, 8, 3, 4), [(0, 8, 0, 8, 3.0)]),
        ((1, 2, 9, 9, 9, 9, 9, 3, 4), (1, 2, 8, 8, 8, 8, 8, 3, 4), [(0, 2, 0, 2, 2.0), (7, 9, 7, 9, 2.0)]),
        ((1, 2, 3, 4), (3, 4, 1, 2), [(0, 2, 2, 4, 2.0), (2, 4, 0, 2, 2.0)]),
        ((1, 2, 3), (4, 5, 6), []),
    ],
)
def test_passages_that_two_texts_share(
    a: tuple[int, ...], b: tuple[int, ...], passages: list[tuple[float, ...]]
) -> None:
    """Runs of agreements at most five words apart, of two words' weight and more, heaviest first."""
    found = align(_hashes(*a), _hashes(*b), np.ones(len(a)), np.ones(len(b)))
    assert [(p.a_start, p.a_end, p.b_start, p.b_end, round(p.weight, 6)) for p in found] == passages


def test_no_word_is_in_two_passages() -> None:
    """The heavier one has it."""
    found = align(_hashes(1, 2, 3), _hashes(1, 2, 3, 9, 1, 2), np.ones(3), np.ones(6))
    assert [(p.a_start, p.b_start) for p in found] == [(0, 0)]


@pytest.mark.parametrize(
    ("at", "words"),
    [((), 0), ((3,), 5), ((3, 4), 6), ((3, 5), 5), ((0, 1, 2, 9, 10), 7), ((0, 7, 8, 9, 10), 8)],
)
def test_the_longest_row_of_runs(at: tuple[int, ...], words: int) -> None:
    """Each run has five words; those side by side are one passage."""
    assert _longest(np.array(at, dtype=np.intp)) == words


@pytest.mark.parametrize(
    ("longer", "shorter", "holds"),
    [(78, 39, True), (77, 39, False), (200, 40, False), (200, 39, True), (10, 5, True), (9, 5, False)],
)
def test_a_text_twice_as_long_may_hold_an_excerpt(longer: int, shorter: int, holds: bool) -> None:
    """Of fewer than forty words."""
    assert bool(may_hold(longer, shorter)) is holds


def test_runs_that_an_excerpt_shares_and_lines_that_may_be_turned() -> None:
    """Eight words or three fifths, in fives; four fifths of the words of the longer text."""
    assert float(least_runs(10)) == 8 / 5
    assert float(least_runs(20)) == pytest.approx(12 / 5)
    assert may_be_turned(8, 10)
    assert not may_be_turned(7, 10)


@pytest.mark.parametrize(
    ("shorter", "longer", "signal"),
    [
        (_words(12), f"{_words(5, 100)} {_words(12)} {_words(20, 200)}", "excerpt"),
        (_words(7), f"{_words(5, 100)} {_words(7)} {_words(20, 200)}", None),  # seven words are few
        (_words(8), f"{_words(5, 100)} {_words(8)} {_words(20, 200)}", "excerpt"),
        (
            f"{_words(8)} {_words(2, 300)}",
            f"{_words(5, 100)} {_words(8)} {_words(20, 200)}",
            "excerpt",
        ),  # four fifths
        (f"{_words(8)} {_words(3, 300)}", f"{_words(5, 100)} {_words(8)} {_words(20, 200)}", None),
        (
            f"{_words(12)} {_words(8, 300)}",
            f"{_words(5, 100)} {_words(12)} {_words(30, 200)}",
            "excerpt",
        ),  # three fifths
        (
            f"{_words(12)} {_words(9, 300)}",
            f"{_words(5, 100)} {_words(12)} {_words(30, 200)}",
            None,
        ),  # less than three fifths
        (f"{_words(6)} 12", f"{_words(6)} 13", "all but figures"),
        (f"{_words(4)} 12", f"{_words(4)} 13", None),  # four words beside the figure
        (_words(6), _words(6), None),  # no figure at all
        (f"{_words(6)} 12", f"{_words(5)} wother 13", None),
    ],
)
def test_short_texts_found_again(shorter: str, longer: str, signal: str | None) -> None:
    """An excerpt by what stands in runs of five words, an SMS by all but its figures; whichever comes first."""
    one, other = Profile.of(shorter), Profile.of(longer)
    for found in (found_again(one, other), found_again(other, one)):
        assert (found and found.signal) == signal


@pytest.mark.parametrize(("words", "runs"), [(8, 0), (11, 0), (12, 1), (16, 2), (100, 23), (400, 23), (0, 0)])
def test_runs_of_three_words_in_an_opening(words: int, runs: int) -> None:
    """A quarter of the shorter text, twenty-five words at most."""
    assert runs_of_opening(words) == runs


@pytest.mark.parametrize(
    ("shared", "length", "pasted"),
    [(12, 12, True), (11, 12, False), (12, 60, True), (12, 61, False), (13, 61, True), (12, 11, False)],
)
def test_a_text_that_begins_with_a_passage_of_the_other(shared: int, length: int, pasted: bool) -> None:
    """Twelve words and a fifth of the shorter text."""
    head = list(range(min(shared, length)))
    a = np.array(head + list(range(1000, 1000 + length - len(head))), dtype=np.uint64)
    b = np.array([7777, *head, *range(2000, 2000 + length)], dtype=np.uint64)
    assert is_pasted(a, b) is is_pasted(b, a) is pasted


def test_a_head_stands_in_the_opening_of_a_text() -> None:
    """Whole, and not further down."""
    head = _hashes(1, 2)
    assert _stands_in(head, _hashes(9, 1, 2))
    assert not _stands_in(head, _hashes(9, 1, 3))
    assert not _stands_in(head, np.array([*range(100, 200), 1, 2], dtype=np.uint64))


def test_what_both_texts_close_with() -> None:
    """Stretches that begin in the words that are the same from the end."""
    a, b = Profile.of(f"{_words(5, 100)} {_words(10)}"), Profile.of(f"{_words(3, 200)} {_words(10)}")
    assert _closing(a, b, np.array([4, 5, 6])).tolist() == [False, True, True]
    assert _closing(a, a, np.array([0])).tolist() == [True]
    assert _closing(a, Profile.of(_words(5, 300)), np.array([14])).tolist() == [False]
