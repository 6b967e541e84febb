"""The documented thresholds of the similarity engine, each at its edge."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np
import pytest

from fakes.made_up import made_up
from inedit.guard.similarity import Index, compare
from inedit.guard.similarity.calibration import Calibration, calibration_for, calibrations, meaning_helps
from inedit.guard.similarity.excerpt import PASTE, found_again, least_runs, may_be_turned, may_hold
from inedit.guard.similarity.parts import _ends_of_first_sentence, units_of
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.sameness import patterns
from inedit.guard.similarity.shared_opening import beyond_opening, is_pasted, runs_of_opening
from inedit.guard.similarity.spread import spread_of
from inedit.guard.similarity.template import beyond_template

NOTHING = supplied_by([])


def profile(words: list[str]) -> Profile:
    return Profile.of(" ".join(words))


@pytest.mark.parametrize(
    ("words", "siblings", "name"),
    [
        (24, False, "short"),
        (24, True, "short"),
        (25, False, "brief"),
        (25, True, "long-siblings"),
        (39, False, "brief"),
        (40, False, "long"),
        (40, True, "long-siblings"),
    ],
)
def test_texts_of_25_and_of_40_words_have_other_calibrations(words: int, siblings: bool, name: str) -> None:
    """The shorter text decides; siblings count from 25 words on."""
    assert calibration_for(language="fr", words=words, siblings=siblings).name == name


def test_languages_have_calibrations_of_their_own() -> None:
    """Without spaces, between two languages, and thresholds for German and English short texts."""
    assert calibration_for(language="ja", words=24, siblings=False).name == "unspaced"
    assert calibration_for(language="zh-TW", words=24, siblings=False, cosine=True).name == "unspaced-meaning"
    assert calibration_for(language="ja", words=40, siblings=False).name == "long"
    assert calibration_for(language="en-fr", words=90, siblings=True).name == "cross-language"
    assert (
        calibration_for(language="en-fr", words=90, siblings=False, cosine=True).name
        == "cross-language-meaning"
    )
    assert calibration_for(language="en-GB", words=90, siblings=False, cosine=True).name == "long"
    assert calibration_for(language="fr-fr", words=90, siblings=False).name == "long"
    assert calibration_for(language="de-AT", words=9, siblings=False).threshold == 0.8444
    assert calibration_for(language="EN", words=9, siblings=False).threshold == 0.9456
    assert calibration_for(language="it", words=9, siblings=False).threshold == 0.9401
    assert [meaning_helps(tag) for tag in ("fr", "fr-FR", "fr-fr", "fr-de", "ja", "th")] == [
        False, False, False, True, True, True,
    ]  # fmt: skip


def test_long_texts_lose_what_both_open_with() -> None:
    """Short ones and translations do not."""
    skipping = {name for name, calibration in calibrations().items() if calibration.skips_opening}
    assert skipping == {"brief", "long", "long-siblings"}


def test_a_probability_is_a_logistic_of_the_weighted_signals() -> None:
    """Bias plus weights, however far out; the least total is that of the threshold."""
    calibration = Calibration("toy", -1.0, {"a": 2.0, "b": -0.5}, 0.25, 0.01)
    assert calibration.total({"a": 1.0, "b": 2.0}) == 0.0
    assert calibration.probability({"a": 1.0, "b": 2.0}) == 0.5
    assert calibration.probability({"a": 1e9, "b": 0.0}) == pytest.approx(1.0)
    assert calibration.probability({"a": -1e9, "b": 0.0}) == pytest.approx(math.exp(-60), rel=1e-6)
    assert calibration.least_total == pytest.approx(math.log(1 / 3), abs=1e-8)
    assert Calibration("sure", 0.0, {}, 1.0, 0.0).least_total == pytest.approx(12 * math.log(10), rel=1e-3)
    assert calibration.strongest({"a": 0.1, "b": 0.1}) == "a"


def test_four_words_are_compared_as_texts_and_three_letter_by_letter() -> None:
    """Three words are a copy only when they are the same words."""
    four, three = made_up(4), made_up(3)
    assert compare(" ".join(four), " ".join(four), language="fr").calibration == "short"
    same = compare(" ".join(three), " ".join(three).upper(), language="fr")
    assert (same.calibration, same.copy, same.score, same.threshold, same.share) == (
        "tiny",
        True,
        1.0,
        1.0,
        1.0,
    )
    other = compare(" ".join(three), " ".join([*three[:2], "autre"]), language="fr")
    assert (other.copy, other.score, other.passages) == (False, 0.0, ())
    assert not compare("", "", language="fr").copy


def found(shorter: list[str], longer: list[str], *siblings: list[str]) -> tuple[str, float, float] | None:
    seen = found_again(profile(shorter), profile(longer), [profile(text) for text in siblings])
    return (seen.signal, round(seen.share, 3), seen.threshold) if seen else None


@pytest.mark.parametrize(
    ("taken", "own", "expected"),
    [
        ([8], 2, ("excerpt", 0.8, 0.8)),
        ([8], 3, None),  # less than four fifths
        ([7], 0, None),  # fewer than eight words
        ([8], 0, ("excerpt", 1.0, 0.8)),
        ([5, 5], 2, ("excerpt", 0.833, 0.8)),
        ([4, 4, 4], 0, None),  # runs of four words are none
        ([12], 8, ("excerpt", 0.6, 0.6)),  # a run of twelve words
        ([12], 9, None),
        ([11], 7, None),  # a run of eleven
    ],
)
def test_an_excerpt_is_four_fifths_in_runs_of_five_or_three_fifths_with_one_of_twelve(
    taken: list[int], own: int, expected: tuple[str, float, float] | None
) -> None:
    """Of a text twice as long, in runs of five words and more, eight words at least."""
    longer, shorter, at = made_up(60), [], 0
    for number, size in enumerate(taken):
        shorter += longer[at : at + size]
        at += size + 5
        if number < len(taken) - 1 and own:
            shorter += made_up(1, 300 + number)
    left = own - (len(taken) - 1 if own else 0)
    assert found([*shorter, *made_up(left, 400)], longer) == expected


def test_an_excerpt_has_fewer_than_40_words_and_the_other_text_is_twice_as_long() -> None:
    """Longer texts are compared as wholes."""
    longer = made_up(100)
    assert found(longer[:39], longer) == ("excerpt", 1.0, 0.6)
    assert found(longer[:40], longer) is None
    assert found(longer[:20], longer[:40]) == ("excerpt", 1.0, 0.6)
    assert found(longer[:20], longer[:39]) is None
    assert [may_hold(*lengths) for lengths in ((78, 39), (80, 40), (77, 39))] == [True, False, False]
    assert [least_runs(words) for words in (10, 20)] == [8 / 5, 12 / 5]
    assert found(longer[:20], longer, longer[:20]) is None  # a sibling says it too


def lines(*sizes: int) -> list[list[str]]:
    words, at, made = made_up(sum(sizes)), 0, []
    for size in sizes:
        made.append(words[at : at + size])
        at += size
    return made


@pytest.mark.parametrize(
    ("sizes", "own", "copy"),
    [
        ((4, 4, 4, 4), 4, True),  # four lines, four fifths of twenty words
        ((4, 4, 4, 4), 5, False),
        ((6, 5, 5), 4, False),  # three lines
        ((2, 2, 2, 2), 2, True),  # eight words
    ],
)
def test_four_lines_turned_round_are_a_copy(sizes: tuple[int, ...], own: int, copy: bool) -> None:
    """With four fifths of the longer text's words."""
    same = lines(*sizes)
    one = ". ".join(" ".join(line) for line in [*same, made_up(own, 500)])
    other = ". ".join(" ".join(line) for line in [*same[::-1], made_up(own, 700)])
    seen = found_again(Profile.of(one), Profile.of(other))
    assert (seen is not None and seen.signal == "same lines") is copy
    assert [may_be_turned(*counts) for counts in ((8, 10), (7, 10))] == [True, False]


def test_texts_that_differ_in_figures_alone_are_a_copy() -> None:
    """Five words beside the figures, which agree to 95 %; without any figure the calibrations decide."""
    words = made_up(20)
    assert found(["12", *words[:5]], ["15", *words[:5]]) == ("all but figures", 1.0, 0.95)
    assert found(["12", *words[:4]], ["15", *words[:4]]) is None
    assert found(words[:5], words[:5]) is None
    assert found(["12", *words], ["15", *words[:19], *made_up(1, 900)]) == ("all but figures", 0.95, 0.95)
    assert found(["12", *words[:19]], ["15", *words[:18], *made_up(1, 900)]) is None
    assert found(["12", *words[:6]], ["15", *words[:6]], made_up(9, 50)) is None


def test_the_opening_is_a_quarter_of_the_shorter_text_and_at_most_25_words() -> None:
    """In runs of three words."""
    assert [runs_of_opening(words) for words in (8, 11, 12, 15, 16, 40, 100, 103, 104, 400)] == [
        0, 0, 1, 1, 2, 8, 23, 23, 23, 23,
    ]  # fmt: skip


def test_twelve_words_and_a_fifth_that_begin_two_texts_are_a_paste() -> None:
    """From the first word on, word for word."""
    words = made_up(80)

    def pasted(alike: int, length: int) -> bool:
        rest = made_up(length, 200)
        one, other = words[:length], [*words[:alike], *rest][:length]
        return is_pasted(profile(one).words, profile(other).words)

    assert [pasted(12, 60), pasted(11, 60)] == [True, False]
    assert [pasted(13, 65), pasted(12, 65), pasted(13, 61), pasted(12, 61)] == [True, False, True, False]
    assert not is_pasted(profile(words[:11]).words, profile(words[:11]).words)


def test_half_of_a_text_is_left_when_its_opening_is_taken_out() -> None:
    """What both texts open with goes wherever it stands, unless too little would be left."""
    opening, own = made_up(5), made_up(40, 100)
    one, other = [*opening, *own], [*made_up(1, 60), *opening, *made_up(39, 200)]
    left = beyond_opening(profile(one), profile(other))
    assert [len(text) for text in left] == [40, 40]
    again = [*opening, *opening, *opening, *opening, *opening, *own[:25]]
    kept = beyond_opening(profile(again), profile([*made_up(1, 60), *opening, *made_up(44, 200)]))
    assert [len(text) for text in kept] == [25, 45]  # exactly half is left
    more = [*again[:-1]]
    kept = beyond_opening(profile(more), profile([*made_up(1, 60), *opening, *made_up(44, 200)]))
    assert [len(text) for text in kept] == [49, 50]


def test_a_pasted_opening_is_the_briefs_when_siblings_have_a_quarter_of_its_runs() -> None:
    """Else it stays in, to be found."""
    opening = made_up(14)
    one, other = [*opening, *made_up(46, 100)], [*opening, *made_up(46, 200)]
    assert [len(text) for text in beyond_opening(profile(one), profile(other))] == [60, 60]
    three = [*opening[:5], *made_up(30, 300)]  # three of the twelve runs of three words
    two = [*opening[:4], *made_up(30, 300)]
    assert [len(text) for text in beyond_opening(profile(one), profile(other), [profile(three)])] == [46, 46]
    assert [len(text) for text in beyond_opening(profile(one), profile(other), [profile(two)])] == [60, 60]


@pytest.mark.parametrize(
    ("bearers", "others", "taken"),
    [(2, 1, True), (1, 0, False), (2, 2, False), (3, 2, True), (1, 1, False)],
)
def test_a_template_stands_in_two_siblings_and_in_most_of_them(
    bearers: int, others: int, taken: bool
) -> None:
    """A passage of eight words in the middle of both texts is nobody's when most siblings carry it."""
    stock = made_up(8)
    texts = [
        profile([*made_up(10, 100 * n), *middle, *made_up(10, 100 * n + 50)])
        for n in range(1, bearers + others + 3)
        for middle in [stock if n <= bearers + 2 else made_up(8, 90 * n)]
    ]
    left, _, siblings = beyond_template(texts[0], texts[1], texts[2:])
    assert len(left) == (20 if taken else 28)
    assert [len(text) for text in siblings][:1] == [20 if taken else 28]


@pytest.mark.parametrize(("own", "taken"), [(8, True), (7, False)])
def test_a_template_leaves_eight_words(own: int, taken: bool) -> None:
    """Of texts that are alike throughout nothing is taken out."""
    stock = made_up(12)
    texts = [profile([*made_up(own, 100 * n), *stock]) for n in range(1, 6)]
    left, _, _ = beyond_template(texts[0], texts[1], texts[2:])
    assert len(left) == (own if taken else own + 12)


def test_a_footer_needs_one_sibling_and_seven_words_are_no_passage() -> None:
    """What closes both texts is told from one bearer; a refused draft counts as one."""
    stock = made_up(8)
    texts = [profile([*made_up(12, 100 * n), *stock]) for n in range(1, 4)]
    assert len(beyond_template(texts[0], texts[1], texts[2:])[0]) == 12
    assert len(beyond_template(texts[0], texts[1], [], texts[2:])[0]) == 12
    assert len(beyond_template(texts[0], texts[1], [], [profile(made_up(20, 900))])[0]) == 20
    short = [profile([*made_up(12, 100 * n), *stock[:7]]) for n in range(1, 4)]
    assert len(beyond_template(short[0], short[1], short[2:])[0]) == 19


@pytest.mark.parametrize(
    ("lead", "middle", "end", "kept"),
    [(2, 4, 8, [2, 4, 8]), (1, 3, 7, []), (3, 12, 12, [3, 12, 12]), (4, 4, 7, [4, 4])],
)
def test_a_part_has_words_to_be_told_by(lead: int, middle: int, end: int, kept: list[int]) -> None:
    """Two words for what leads a text, eight for what closes it, four for the others; brief is fewer than four."""
    sizes = (lead, middle, end)
    parts = {f"part {n}": " ".join(made_up(size, 100 * n)) for n, size in enumerate(sizes)}
    text = "\n".join(parts.values())
    units = list(units_of(parts, NOTHING))
    assert [len(unit.span.of(text).split()) for unit in units] == kept
    assert [unit.is_brief for unit in units] == [size < 4 for size in kept]


def test_a_first_sentence_of_eight_words_is_told_by() -> None:
    """A shorter one is a greeting; of a part of more than 600 characters only the sentence is kept."""

    def told(first: int, rest: int) -> list[str]:
        text = f"{' '.join(made_up(first))}. {' '.join(made_up(rest, 300))}."
        parts = {"subject": "Lin", "body": text, "end": "Fin"}
        return [unit.span.of("\n".join(parts.values())) for unit in units_of(parts, NOTHING)]

    eight, seven = " ".join(made_up(8)), " ".join(made_up(7))
    assert [passage.rstrip(".") for passage in told(8, 120)] == [eight]
    assert told(7, 120) == []
    assert len(told(8, 20)) == 2
    assert [len(passage.split()) for passage in told(7, 20)] == [27]
    assert not any(passage.startswith(seven + ".") and len(passage.split()) == 7 for passage in told(7, 20))


def test_a_first_sentence_is_the_same_whatever_follows_and_whoever_supplies_a_part_of_it() -> None:
    """A short sentence after it belongs to no key; neither the brand's words in it nor those of the brief hide it."""
    index = Index("fr", ["elle pose les mains sur la toile"])
    said = "Chaque matin d'hiver, elle pose les mains sur la toile avant de parler à ses filles."
    index.add(
        "one", f"{said} Rien.\nLe fil attend.", parts={"body": f"{said} Rien.", "end": "Le fil attend."}
    )
    other = {"body": f"{said} Le métier se tait encore une heure entière.", "end": "À demain."}
    for common in ((), ("En hiver, elle pose",)):
        assert [m.piece_id for m in index.matches("\n".join(other.values()), common=common, parts=other)] == [
            "one"
        ]
    supplied = {"body": f"Elle pose les mains sur la toile. {' '.join(made_up(20))}.", "end": "Fin"}
    assert index.matches("\n".join(supplied.values()), parts=supplied) == ()


@pytest.mark.parametrize(("words", "found"), [(13, True), (12, False), (13, False)])
def test_a_paste_in_the_middle_is_thirteen_words_that_no_sibling_has(words: int, found: bool) -> None:
    """A fifth of the shorter text at least; what a sibling has too is the brief's."""
    paste, bearer = made_up(words), words == 13 and not found
    mine, theirs = ([*made_up(24, at), *paste, *made_up(24, at + 50)] for at in (100, 200))
    siblings = [profile([*made_up(60, at), *(paste if bearer else ())]) for at in (300, 400, 500)]
    told = found_again(profile(mine), profile(theirs), siblings)
    assert (told is not None and told.signal == PASTE) == found
    opens = [[*paste, *made_up(40, at)] for at in (100, 200)]  # a restated brief, not told here
    assert found_again(*map(profile, opens), siblings) is None
    longer = [*mine, *made_up(20, 600)], [*theirs, *made_up(20, 700)]
    assert found_again(*map(profile, longer), siblings) is None  # less than a fifth


def test_a_brief_subject_is_told_among_texts_of_one_brief_only() -> None:
    """Three words may lead two campaigns; four may not."""
    index = Index("fr")
    for number, size in ((1, 3), (2, 4)):
        parts = {"subject": " ".join(made_up(size, 50 * number)), "body": " ".join(made_up(30, 100 * number))}
        index.add(str(number), "\n".join(parts.values()), brief="spring", parts=parts)

    def copied(number: int, size: int, brief: str) -> list[str]:
        parts = {"subject": " ".join(made_up(size, 50 * number)), "body": " ".join(made_up(30, 900))}
        return [
            match.piece_id for match in index.matches("\n".join(parts.values()), brief=brief, parts=parts)
        ]

    assert copied(1, 3, "spring") == ["1"]
    assert copied(1, 3, "autumn") == []
    assert copied(2, 4, "autumn") == ["2"]


def kinds(texts: list[tuple[str, ...]]) -> set[str]:
    return {pattern.kind for pattern in patterns(texts, "en")}


@pytest.mark.parametrize(
    ("same", "of", "found"), [(2, 5, False), (3, 5, True), (4, 10, False), (5, 10, True), (4, 4, False)]
)
def test_a_manner_is_one_that_more_than_two_fifths_share(same: int, of: int, found: bool) -> None:
    """From five texts on."""
    opening = made_up(3)
    texts = [
        (" ".join([*(opening if n < same else made_up(3, 500 + 10 * n)), *made_up(3, 20 * n + 40)]) + ".",)
        for n in range(of)
    ]
    assert ("opening" in kinds(texts)) is found


def test_an_opening_has_three_words_and_a_phrase_four() -> None:
    """Two words that all begin with are no manner; three words inside a text are no phrase."""

    def texts(words: int, lead: int) -> list[tuple[str, ...]]:
        shared = made_up(words)
        return [
            (" ".join([*made_up(lead, 900 + 10 * n), *shared, *made_up(3 + n, 30 * n + 40)]) + ".",) for n in range(5)
        ]  # fmt: skip

    assert kinds(texts(3, 0)) == {"opening"}
    assert kinds(texts(2, 0)) == set()
    assert kinds(texts(4, 4)) == {"phrase"}
    assert kinds(texts(3, 4)) == set()


def test_texts_are_of_one_class_from_a_cosine_of_065_on() -> None:
    """Below it they are two; of one text alone nothing is said."""

    def classes(cosine: float) -> int:
        rows = np.array([[1.0, 0.0], [cosine, math.sqrt(1 - cosine**2)]], dtype=np.float32)
        figures = spread_of(rows)
        assert figures is not None
        assert figures.mean_cosine == pytest.approx(cosine)
        return figures.distinct

    assert [classes(0.651), classes(0.649)] == [1, 2]
    assert spread_of(np.ones((1, 2), dtype=np.float32)) is None
    apart = spread_of(np.eye(3, dtype=np.float32))
    assert apart is not None
    assert (apart.texts, apart.distinct, round(apart.vendi, 6)) == (3, 3, 3.0)


@pytest.mark.parametrize("sizes", [(9, 12), (9, 2, 1, 12), (2, 9, 1), (9,), (8, 2), (1, 1, 9), ()])
def test_where_a_first_sentence_ends(sizes: tuple[int, ...]) -> None:
    """By its own stop, and where the short ones after it are counted to it, as the profile counts them."""
    words = iter(made_up(sum(sizes)))
    text = " … ".join(" ".join(islice(words, size)) for size in sizes)
    whole = Profile.of(f"  … {text}.")
    ends = sorted({sizes[0], whole.sentences[0][1]}) if sizes else []
    assert _ends_of_first_sentence(whole.source.folded) == ends


def test_the_parts_of_a_text_are_told_by_the_same_beside_any_brief() -> None:
    """Kept for the draft, then for the text that it became: but what a brief supplies is in neither."""
    parts = {"hook": " ".join(made_up(6)), "body": " ".join(made_up(20, 50)), "end": " ".join(made_up(9, 90))}
    hooks = supplied_by([parts["hook"]])
    everything, less = list(units_of(parts, NOTHING)), list(units_of(parts, hooks))
    assert [unit.span for unit in less] == [unit.span for unit in everything[1:]]
    assert list(units_of(parts, NOTHING)) == everything
    moved = list(units_of({"before": "Un mot", **parts}, NOTHING))
    assert [unit.key for unit in moved[1:]] == [unit.key for unit in everything]
    assert [unit.span.start - 7 for unit in moved[1:]] == [unit.span.start for unit in everything]
