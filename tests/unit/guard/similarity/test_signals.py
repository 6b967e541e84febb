"""Each signal: what it measures, what it forgives, and that it can show where it looked."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from inedit.guard.similarity.attributions import attributions, exchanges
from inedit.guard.similarity.calibration import calibrations
from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.measurements import CERTAIN, Pair, measure, siblings_of
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shared_opening import beyond_opening
from inedit.guard.similarity.signals import SIGNALS, best_matches
from inedit.guard.similarity.words import distinct

_SPEC = importlib.util.spec_from_file_location("similarity_texts", Path(__file__).with_name("texts.py"))
assert _SPEC and _SPEC.loader
texts = importlib.util.module_from_spec(_SPEC)
__import__("sys").modules["similarity_texts"] = texts
_SPEC.loader.exec_module(texts)
TRIOS = texts.TRIOS
LANGUAGES = sorted(TRIOS)
OTHERS = ["toile", "pendre", "clairs"]
PIECES = [
    part for trio in TRIOS.values() for text in (trio.original, trio.same_brief) for part in text.split(". ")
]


def value(name: str, a: str, b: str, siblings: tuple[str, ...] = ()) -> float:
    return SIGNALS[name](Profile.of(a), Profile.of(b), [Profile.of(text) for text in siblings])


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signal_is_high_for_a_copy_and_low_for_a_same_brief_text(name: str, language: str) -> None:
    """The same text reads near 1 (passages, on a scale for long texts, above 3/4); an honest text clearly less."""
    trio = TRIOS[language]
    same, same_brief = value(name, trio.original, trio.original), value(name, trio.original, trio.same_brief)
    assert same > (0.75 if "passage" in name else 0.85)
    assert same_brief < 0.62
    assert same > same_brief + 0.3


@pytest.mark.parametrize("name", SIGNALS)
@given(st.lists(st.sampled_from(PIECES), max_size=4), st.lists(st.sampled_from(PIECES), max_size=4))
def test_a_signal_is_a_share_and_the_same_both_ways(name: str, a: list[str], b: list[str]) -> None:
    """Between 0 and 1 for any two texts, empty ones too, whichever comes first."""
    one, other = ". ".join(a), ". ".join(b)
    assert 0.0 <= value(name, one, other) <= 1.0
    assert value(name, one, other) == pytest.approx(value(name, other, one), abs=0.05)


@pytest.mark.parametrize(
    "name",
    ["phrases", "frame", "mould", "passages", "sentences", "word runs", "letter runs", "longest passage"],
)
def test_what_siblings_share_counts_less(name: str) -> None:
    """A passage that other texts of the brief have as well weighs less in every signal that reads passages."""
    trio = TRIOS["fr"]
    a, b = f"{trio.original} {trio.claim}", f"{trio.claim} {trio.same_brief}"
    shared = tuple(
        f"{trio.claim} {filler}" for filler in ("Venez nous voir.", "À demain, au four.", "Bonne journée.")
    )
    assert value(name, a, b, shared) < value(name, a, b) or value(name, a, b) == 0.0


@pytest.mark.parametrize(
    ("name", "keeps"),
    [
        ("frame", lambda words, dice: [w if len(w) <= 3 else dice.choice(OTHERS) for w in words]),
        ("mould", lambda words, dice: [w if len(w) <= 3 else dice.choice(OTHERS) for w in words]),
        ("common order", lambda words, dice: [w for w in words if dice.random() > 0.4]),
        ("phrases", lambda words, dice: [x for w in words for x in ([w, "donc"] if dice.random() < 0.15 else [w])]),
        ("letter order", lambda words, dice: [w[:-1] + "x" if dice.random() < 0.3 else w for w in words]),
        ("sentences", lambda words, dice: " ".join(words).replace("? ", "?|").replace(". ", ".|").split("|")[::-1]),
    ],
)  # fmt: skip
def test_what_each_signal_survives(name: str, keeps: object) -> None:
    """Exchanged words leave the frame and the template; dropped ones the order; fillers the phrases; typos the letters;
    turned sentences their alignment."""
    text = TRIOS["fr"].original
    edited = " ".join(keeps(text.split(), random.Random(5)))  # type: ignore[operator]
    assert value(name, text, edited) > 0.55
    assert value(name, text, edited) > value(name, text, TRIOS["fr"].same_brief) + 0.3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_signal_shows_where_it_looked(language: str) -> None:
    """For a text with a pasted sentence every signal has spans in both texts, and those of passages hold it.

    The letters in common may be scattered: runs of fewer than five are not shown.
    """
    trio = TRIOS[language]
    pasted = max(trio.original.replace("? ", "?|").replace(". ", ".|").split("|"), key=len)
    mixed = f"{trio.same_brief} {pasted}"
    for seen in attributions(Profile.of(trio.original), Profile.of(mixed)):
        assert seen.value == value(seen.signal, trio.original, mixed)
        assert seen.spans_a or seen.signal == "letter order", seen.signal
        assert seen.spans_b or seen.signal == "letter order", seen.signal
        assert len(seen.spans_a) == len(seen.spans_b) or not seen.paired
        assert all(0 <= s.start < s.end <= len(trio.original) for s in seen.spans_a)
        assert all(0 <= s.start < s.end <= len(mixed) for s in seen.spans_b)
        if seen.signal in ("passages", "longest passage", "phrases", "mould", "word runs"):
            core = pasted[len(pasted) // 4 : -len(pasted) // 4]
            assert any(core in span.of(trio.original) for span in seen.spans_a), seen.signal
            assert any(core in span.of(mixed) for span in seen.spans_b), seen.signal


@pytest.mark.parametrize("name", ["passages", "longest passage", "sentences"])
def test_paired_spans_say_the_same(name: str) -> None:
    """Pair by pair the two passages are the same words, when nothing was exchanged."""
    text = TRIOS["de"].original
    moved = " ".join(reversed(text.replace("? ", "?|").replace(". ", ".|").split("|")))
    (seen,) = (s for s in attributions(Profile.of(text), Profile.of(moved)) if s.signal == name)
    assert seen.spans_a
    for mine, theirs in zip(seen.spans_a, seen.spans_b, strict=True):
        assert Profile.of(mine.of(text)).tokens == Profile.of(theirs.of(moved)).tokens


def test_a_template_swap_shows_what_was_exchanged() -> None:
    """Names and numbers put into the same template are named, side by side."""
    text = (
        "Depuis 1938, Élise coud les draps de lin dans la cour de son atelier de Gérardmer, au bord du lac."
    )
    swapped = text.replace("1938", "2004").replace("Élise", "Marthe").replace("draps de lin", "tapis de jute")
    found = exchanges(Profile.of(text), Profile.of(swapped))
    assert [(swap.a.of(text), swap.b.of(swapped)) for swap in found] == [
        ("1938, Élise", "2004, Marthe"),
        ("draps", "tapis"),
    ]


def test_sentences_are_aligned_by_meaning_with_any_vectors() -> None:
    """Given the cosines of sentences, the mean of each one's nearest is the signal."""
    a, b = (
        Profile.of("Le lin boit peu. La mer monte vite."),
        Profile.of("La marée grimpe tôt. Ce textile a peu soif."),
    )
    cosines = np.array([[0.1, 0.9], [0.8, 0.2]])
    assert 0.8 <= best_matches(cosines, a, b) <= 0.9


def test_invisible_noise_changes_no_signal() -> None:
    """Zero-width characters, lookalikes, case and punctuation leave every signal where it was."""
    trio = TRIOS["fr"]
    noisy = "\u200b".join(trio.original.replace("a", "а").replace("e", "е")).upper().replace(",", " —")
    for name in SIGNALS:
        assert value(name, noisy, trio.same_brief) == pytest.approx(
            value(name, trio.original, trio.same_brief)
        ), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_siblings_are_told_from_copies_as_by_all_signals(language: str) -> None:
    """A sibling is left out when all signals of a cold start are sure of it, though most are told by the cheapest."""
    cold, trio, dice = calibrations()["long"], TRIOS[language], random.Random(4)
    original = Profile.of(trio.original)
    told = []
    for kept in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0.0):
        words = trio.original.split()
        made = " ".join(word if dice.random() < kept else dice.choice(OTHERS) for word in words)
        for text in (made, trio.same_brief):
            sibling = Profile.of(text)
            both = beyond_opening(original, sibling)
            sure = cold.probability(measure(cold.weights, *both)) >= CERTAIN
            assert Pair(original, sibling).is_copy == sure
            told.append(sure)
    assert {True, False} == set(told)
    known = siblings_of(original, original, [Profile.of(trio.same_brief)] * 2)
    assert known is not None
    for name in ("phrases", "frame", "sequence"):
        found = measure([f"{name} of siblings"], original, original, known)
        pair = beyond_opening(original, Profile.of(trio.same_brief))
        assert found[f"{name} of siblings"] == SIGNALS[name](*pair, ())


WORDS = st.lists(
    st.sampled_from(["un", "lin", "deux", "laine", "trois", "chanvre", "quatre", "coton"]), max_size=14
)


@given(WORDS, WORDS)
def test_the_order_of_words_is_that_of_their_hashes(a: list[str], b: list[str]) -> None:
    """Texts are spelt by letters to be compared, and most have no :func:`sequence` by the words that they share."""
    one, other = Profile.of(" ".join(a)), Profile.of(" ".join(b))
    alike = Indel.normalized_similarity(one.numbers, other.numbers)
    assert SIGNALS["word order"](one, other, ()) == alike
    assert SIGNALS["sequence"](one, other, ()) == max(0.0, 2.0 * alike - 1.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_for_copies_only_is_told_the_same_of_copies(language: str) -> None:
    """With siblings and without: the verdict, and of copies the score to the last digit; else no less than it is."""
    trio, dice = TRIOS[language], random.Random(8)
    original = Profile.of(trio.original)
    siblings = [Profile.of(trio.same_brief), *(Profile.of(TRIOS[other].original) for other in LANGUAGES)]
    told = set()
    for kept in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.0):
        words = trio.original.split()
        made = Profile.of(" ".join(word if dice.random() < kept else dice.choice(OTHERS) for word in words))
        for known in ((), siblings[:1], siblings):
            whole = decide(made, original, language=language, siblings=known)
            soon = decide(made, original, language=language, siblings=known, copies_only=True)
            assert (soon.copy, soon.calibration) == (whole.copy, whole.calibration)
            assert soon.score == whole.score if whole.copy else soon.score >= whole.score
            told.add((whole.calibration, whole.copy))
    assert {("long-siblings", True), ("long-siblings", False)} <= told


def test_what_is_taken_out_is_the_same_however_much_is_asked_for() -> None:
    """Few runs, or the many that a brand supplies: most texts hold none of them, and stay what they are."""
    trio = TRIOS["fr"]
    whole, nothing = Profile.of(trio.original), Profile.of(trio.same_brief).distinct_runs
    assert whole.without(nothing) is whole
    few = whole.distinct_runs[:2]
    for runs in (few, distinct(np.concatenate([few, nothing]))):
        left = whole.without(runs)
        gone = {place + offset for place, run in enumerate(whole.runs) if run in few for offset in range(3)}
        assert left.numbers == [word for place, word in enumerate(whole.numbers) if place not in gone]
