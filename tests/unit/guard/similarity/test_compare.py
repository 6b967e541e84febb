"""What is a copy, what is not, and where the copied passage stands."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.similarity import alignment, compare
from inedit.guard.similarity.measurements import Pair, siblings_of
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.signals import SIGNALS
from inedit.guard.similarity.source import source_of

_SPEC = importlib.util.spec_from_file_location("similarity_texts", Path(__file__).with_name("texts.py"))
assert _SPEC and _SPEC.loader
texts = importlib.util.module_from_spec(_SPEC)
__import__("sys").modules["similarity_texts"] = texts
_SPEC.loader.exec_module(texts)
TRIOS = texts.TRIOS
LANGUAGES = sorted(TRIOS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_copies_itself(language: str) -> None:
    """The same text is a copy with near certainty, and the span covers all of it but the punctuation at its end."""
    text = TRIOS[language].original
    found = compare(text, text, language=language)
    assert found.copy
    assert found.score > 0.99
    assert found.spans_a[0].of(text) == text.rstrip(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_one_brief_are_not_copies(language: str) -> None:
    """Two honest texts on one subject are not copies, even when both carry the same approved claim."""
    trio = TRIOS[language]
    assert not compare(trio.original, trio.same_brief, language=language).copy
    with_claim = compare(
        f"{trio.original} {trio.claim}",
        f"{trio.claim} {trio.same_brief}",
        language=language,
        common=[trio.claim],
    )
    assert not with_claim.copy


@pytest.mark.parametrize("language", LANGUAGES)
def test_exchanged_names_and_words_do_not_hide_a_copy(language: str) -> None:
    """Every fifth long word exchanged for another leaves a copy a copy."""
    trio, dice = TRIOS[language], random.Random(3)
    others = [word for word in trio.same_brief.split() if len(word) > 5]
    words = trio.original.split()
    long_ones = [at for at, word in enumerate(words) if len(word) > 5]
    for at in long_ones[::2]:
        words[at] = dice.choice(others)
    assert compare(trio.original, " ".join(words), language=language).copy


@pytest.mark.parametrize("language", LANGUAGES)
def test_turned_sentences_do_not_hide_a_copy(language: str) -> None:
    """The sentences in another order are the same text."""
    trio = TRIOS[language]
    turned = " ".join(reversed(trio.original.replace("? ", "?| ").replace(". ", ".| ").split("| ")))
    assert compare(trio.original, turned, language=language).copy


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_passage_is_found_where_it_stands(language: str) -> None:
    """A sentence pasted into another text makes a copy; the span holds it, give or take a few words."""
    trio = TRIOS[language]
    sentences = trio.original.replace("? ", "?| ").replace(". ", ".| ").split("| ")
    pasted = max(sentences, key=len)
    cut = trio.same_brief.index(". ") + 2
    mixed = trio.same_brief[:cut] + pasted + " " + trio.same_brief[cut:]
    found = compare(trio.original, mixed, language=language)
    assert found.copy
    core = pasted.strip(".?")
    assert core in found.spans_a[0].of(trio.original)
    assert core in found.spans_b[0].of(mixed)
    assert len(found.spans_b[0].of(mixed)) < len(core) + 25
    assert 0.2 < found.share < 0.9


def test_invisible_characters_do_not_hide_a_copy_nor_shift_its_span() -> None:
    """Spans are places in the text as it was given, zero-width characters and lookalikes included."""
    text = TRIOS["fr"].original
    noisy = "\u200b".join(text.replace("a", "а").replace("o", "ο"))
    found = compare(text, noisy, language="fr")
    assert found.copy
    assert found.spans_b[0].start == 0
    assert found.spans_b[0].end >= len(noisy) - 3


def test_siblings_make_their_common_phrases_harmless() -> None:
    """What all texts of a brief say is a cliché of the brief: with siblings known, two of them are not copies."""
    opening = "There are several good reasons why a family may want to cycle to school together every single morning."
    bodies = [TRIOS["en"].original, TRIOS["en"].same_brief]
    others = [f"{opening} {TRIOS['en'].claim} Reason number {n} is yours to tell." for n in range(6)]
    first, second = (f"{opening} {body}" for body in bodies)
    assert not compare(first, second, language="en", siblings=others).copy
    assert compare(first, first, language="en", siblings=others).copy


def test_a_third_copy_among_the_siblings_does_not_hide_the_other_two() -> None:
    """A sibling that is itself a copy tells nothing of the brief: it is left out, and the copy stays one."""
    trio = TRIOS["en"]
    second = trio.original.replace("forty bicycles", "fifty machines").replace("Thursday", "Friday")
    third = trio.original.replace("Martin", "Olivia").replace("before lunch", "by noon")
    assert compare(trio.original, second, language="en", siblings=[third, trio.same_brief]).copy


def test_a_copy_among_the_siblings_is_no_sibling() -> None:
    """What is left of the siblings: those that copy neither text, as long as there are two."""
    for trio in TRIOS.values():
        two, other = (Profile.of(text) for text in (trio.original, trio.same_brief))
        copy, plain = (
            Profile.of(f"Oh. {trio.original}"),
            [Profile.of(text) for text in (trio.same_brief, trio.claim)],
        )
        assert siblings_of(two, two, [plain[0], copy]) is None
        found = siblings_of(two, two, [plain[0], copy, plain[1]])
        assert found is not None
        assert found.texts == tuple(plain)
        assert siblings_of(two, other, [copy, plain[0], plain[1]]) is None  # each of two is the copy of one


def test_what_a_draft_and_a_sibling_have_in_common_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside another text of the brief the same siblings are met again; of a sibling that is gone nothing is kept."""
    trio, asked = TRIOS["en"], list[Profile]()
    frame = SIGNALS["frame"]

    def counted(a: Profile, b: Profile, siblings: Sequence[Profile]) -> float:
        asked.append(b)
        return frame(a, b, siblings)

    draft, sibling = (
        Profile(source_of(text), Profile.of(text).words) for text in (trio.original, trio.same_brief)
    )
    monkeypatch.setitem(SIGNALS, "frame", counted)
    found = [Pair(draft, sibling)["frame"] for _ in range(2)]
    assert found == 2 * [frame(draft, sibling, ())]
    assert len(asked) == 1
    asked.clear()
    assert len(draft.memo["beside"]) == 1
    del sibling
    assert not draft.memo["beside"]


def test_without_siblings_the_answer_says_so() -> None:
    """A cold start is told from a decision that knew the brief by its calibration; one sibling does not tell enough."""
    trio, french = TRIOS["de"], TRIOS["fr"]
    for siblings, calibration in (
        ([], "long"),
        ([trio.claim], "long"),
        ([trio.claim, french.claim], "long-siblings"),
    ):
        assert (
            compare(trio.original, trio.same_brief, language="de", siblings=siblings).calibration
            == calibration
        )


def test_short_texts_have_their_own_calibration() -> None:
    """A subject line with one word exchanged is a copy; another idea on the same product is not."""
    subject = "Votre pain encore tiède vous attend demain matin"
    assert compare(subject, "Votre pain encore chaud vous attend demain matin", language="fr").copy
    other = compare(subject, "Dix heures de patience, une croûte qui craque", language="fr")
    assert not other.copy
    assert other.calibration == "short"


def test_supplied_words_alone_are_no_copy() -> None:
    """Two texts made of nothing but approved claims repeat the brand, not each other."""
    claim = TRIOS["es"].claim
    assert not compare(claim, claim, language="es", common=[claim]).copy
    assert compare(claim, claim, language="es").copy


@pytest.mark.parametrize(("a", "b"), [("", ""), ("", "mot"), ("…", "!"), ("\u200b", "\u200b")])
def test_nothing_is_no_copy_of_anything(a: str, b: str) -> None:
    """Empty texts, or texts without a word, are never copies."""
    assert not compare(a, b, language="fr").copy


def test_japanese_works_by_characters() -> None:
    """A script without spaces is compared by its characters."""
    text = "毎朝四時に起きて、薪の窯でゆっくり焼き上げるパンを、温かいままお届けします。"
    assert compare(text, text.replace("パン", "ピザ"), language="ja").copy
    assert not compare(
        text, "新しい自転車の修理は、予約なしでいつでもご利用いただけます。", language="ja"
    ).copy


def test_a_cosine_tells_a_translation() -> None:
    """Between two languages the cosine decides; without one, names and cognates do what they can."""
    found = compare(TRIOS["fr"].original, TRIOS["en"].original, language="fr-en", cosine=0.9)
    assert found.copy
    assert found.signal == "meaning"
    assert not compare(TRIOS["fr"].original, TRIOS["en"].original, language="fr-en", cosine=0.2).copy


def test_many_threads_say_what_one_says() -> None:
    """The same pairs, in any order and on eight threads at once, get the same verdicts to the last bit."""
    rows = [(a, b, language) for language in LANGUAGES for a in TEXTS[language] for b in TEXTS[language]]

    def verdict(row: tuple[str, str, str]) -> tuple[object, ...]:
        found = compare(row[0], row[1], language=row[2], siblings=[TRIOS[row[2]].claim, TRIOS["fr"].claim])
        return found.copy, found.score, found.signal, found.spans_a, found.spans_b, found.share

    alone = [verdict(row) for row in rows]
    shuffled = random.Random(2).sample(range(len(rows)), len(rows))
    with ThreadPoolExecutor(8) as pool:
        concurrent = dict(zip(shuffled, pool.map(verdict, [rows[at] for at in shuffled]), strict=True))
    assert alone == [concurrent[at] for at in range(len(rows))]


TEXTS = {
    language: (trio.original, trio.same_brief, trio.claim, f"{trio.claim} {trio.original}")
    for language, trio in TRIOS.items()
}
PIECES = [
    part for trio in TRIOS.values() for text in (trio.original, trio.same_brief) for part in text.split(". ")
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4),
    st.permutations(PIECES[:6]),
)
def test_order_changes_nothing(a: list[str], b: list[str], siblings: list[str]) -> None:
    """Swapping the two texts, or shuffling the siblings, gives the same verdict to the last bit."""
    one = compare(". ".join(a), ". ".join(b), language="fr", siblings=siblings)
    other = compare(". ".join(b), ". ".join(a), language="fr", siblings=siblings[::-1])
    assert (one.copy, one.score, one.signal) == (other.copy, other.score, other.signal)
    assert (one.spans_a, one.spans_b) == (other.spans_b, other.spans_a)


@given(st.sampled_from(PIECES), st.text(max_size=120))
def test_any_text_can_be_compared(piece: str, text: str) -> None:
    """No text makes it fail; the score is a probability and each pair of spans lies inside its text."""
    found = compare(piece, text, language="en")
    assert 0.0 <= found.score <= 1.0
    assert all(0 <= s.start < s.end <= len(piece) for s in found.spans_a)
    assert all(0 <= s.start < s.end <= len(text) for s in found.spans_b)


def test_texts_that_loop_are_compared_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that agree in more places than can be kept count once each time they stand, whichever text is first."""
    rng = np.random.default_rng(1)
    monkeypatch.setattr(alignment, "MOST_AGREEMENTS", 300)
    for _ in range(200):
        a, b = (rng.integers(0, 6, size).astype(np.uint64) * 4 for size in rng.integers(5, 90, 2))
        there, back = alignment._agreements(a, b), alignment._agreements(b, a)
        assert sorted(zip(*there, strict=True)) == sorted(zip(*reversed(back), strict=True))
        assert (a[there[0]] == b[there[1]]).all()
        assert len(there[0]) <= 300 + min(len(a), len(b))


def test_long_loops_are_copies_of_themselves() -> None:
    """Two texts of 40,000 words, all the same but one: 1,600 million places at which they agree."""
    looping = "a. " * 20_000
    assert compare(looping + "fin " + looping, looping + "bout " + looping, language="fr").copy
