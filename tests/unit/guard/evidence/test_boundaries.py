"""On both sides of what decides inside the evidence: lengths of time, shares of capitals, insights told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.brand import tiny_spec
from inedit.guard.evidence.bearing_out import are_akin
from inedit.guard.evidence.capitals import _is_titled
from inedit.guard.evidence.denial import _alike
from inedit.guard.evidence.marks import Marks, is_strong
from inedit.guard.evidence.paraphrase import FEWEST_WORDS, kept, long_sentences
from inedit.guard.evidence.polarity import clauses as polarity_clauses
from inedit.guard.evidence.receipts import insight_use
from inedit.guard.evidence.rivals import _same_order
from inedit.guard.nlp.grammar import clauses
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Receipt, Span


def _lasting(value: int, dimension: str) -> Quantity:
    return Quantity(Span(0, 1), Decimal(value), dimension, Decimal(value))


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [
        ((60, "minutes"), (60 * 24, "minutes"), True),
        ((60, "minutes"), (60 * 24 + 1, "minutes"), False),
        ((60 * 24 + 1, "minutes"), (60, "minutes"), False),
        ((60, "time"), (1440, "minutes"), True),
        ((600, "time"), (1441, "minutes"), False),
        ((600, "minutes"), (1441, "minutes"), True),
    ],
)
def test_lengths_of_time_up_to_twenty_four_times_as_long_may_be_of_one_thing(
    one: tuple[int, str], other: tuple[int, str], comparable: bool
) -> None:
    """A time of day is compared with lengths of a day at most."""
    assert _same_order(_lasting(*one), _lasting(*other)) is comparable


@pytest.mark.parametrize(
    ("told", "share"), [((), 0.0), (("a",), 0.5), (("a", "b"), 1.0), (("a", "c"), 0.5), (("c",), 0.0)]
)
def test_the_share_of_insights_told_counts_the_supplied_ones(told: tuple[str, ...], share: float) -> None:
    """Claims and insights that nobody supplied are none of it; without a supplied one there is no share."""
    receipts = [
        *(Receipt(Span(0, 1), each, "insight", "quote") for each in told),
        Receipt(Span(0, 1), "b", "claim", "quote"),
    ]
    assert insight_use(tiny_spec("fr", insight_ids=("a", "b")), receipts) == share
    assert insight_use(tiny_spec("fr", insight_ids=()), receipts) is None


@pytest.mark.parametrize(
    ("line", "titled"),
    [
        ("Out Of The Cupboard", False),  # one word of content behind the first
        ("Soft Linen Sheets for Summer", True),
        ("Soft Linen Sheets for Cool Summer nights", True),  # four in five
        ("Soft Linen sheets for Summer", False),
        ("Soft Linen Sheets for Summer nights", False),  # three in four
        ("It was Bernadette Cazals", False),  # no words of every day
    ],
)
def test_a_line_with_four_words_in_five_in_capitals_is_a_title(line: str, titled: bool) -> None:
    """Of the words of content behind the first one, two at least, most of them words of every day."""
    [clause] = clauses(line, "en")
    assert _is_titled(line, clause, "en") is titled


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [("brod", "broder", True), ("bro", "broder", False), ("stick", "gestickt", True), ("brod", "broderiesx", False),
     ("brod", "broderie", True), ("gestickt", "stick", True), ("fran", "franz", True), ("frac", "franz", False)],
)  # fmt: skip
def test_a_family_begins_with_four_letters_and_ends_within_four(one: str, other: str, akin: bool) -> None:
    """« brod » and « broder » are of one family, whichever comes first."""
    assert are_akin(one, other) is akin
    assert are_akin(other, one) is akin


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("macht", "machte", True), ("mach", "macht", True), ("mac", "macht", False), ("tischler", "tischtuch", False),
     ("abcdefgxyz", "abcdefguvw", True), ("abcdefxyzw", "abcdefuvwx", False), ("sol", "sol", True)],
)  # fmt: skip
def test_forms_of_a_word_share_seven_tenths_of_the_shorter_one(one: str, other: str, alike: bool) -> None:
    """And four letters at least."""
    assert _alike(one, other) is alike
    assert _alike(other, one) is alike


def test_a_sentence_of_seven_words_is_recognised_and_one_of_six_is_not() -> None:
    """Stems are counted, function words included; the share kept is that of the source."""
    assert FEWEST_WORDS == 7
    assert (
        len(long_sentences("un deux trois quatre cinq six sept. un deux trois quatre cinq six.", "fr")) == 1
    )
    assert kept(("a", "x", "b", "c"), ("a", "b", "c", "d")) == 0.75
    assert kept(("c", "b", "a"), ("a", "b", "c")) == pytest.approx(1 / 3)
    assert kept(("a",), ()) == 0.0


def test_marks_tell_by_a_strong_one_two_vouched_ones_or_enough_stems() -> None:
    """One common word of evidence beside another of the insight's own words vouches for it."""

    def tell(strong: bool, proofs: set[str], stems: set[str]) -> bool:
        return Marks((), strong, frozenset(proofs), frozenset(stems), enough=3).tell

    assert tell(True, set(), set())
    assert not tell(False, {"a"}, {"a"})
    assert tell(False, {"a"}, {"b"})
    assert tell(False, {"a", "b"}, set())
    assert not tell(False, set(), {"a", "b"})
    assert tell(False, set(), {"a", "b", "c"})


@pytest.mark.parametrize(
    ("phrase", "language", "strong"),
    [("bleu", "fr", False), ("fil bleu", "fr", True), ("Odette", "fr", True), ("Faden", "de", False),
     ("71", "de", True)],
)  # fmt: skip
def test_a_common_word_among_several_proves_nothing_alone(phrase: str, language: str, strong: bool) -> None:
    """A phrase, a name and a figure do, and so does an only word."""
    assert is_strong(phrase, ("coin", phrase), language) is strong
    assert is_strong(phrase, (phrase,), language)


@pytest.mark.parametrize(
    ("text", "language", "denies"),
    [
        ("Der Faden wiegt keine 2 Gramm.", "de", False),
        ("Der Faden wiegt keine Unze.", "de", True),
        ("Not until Sunday.", "en", False),
        ("It does not open on Sunday.", "en", True),
        ("It doesn't open.", "en", True),
    ],
)
def test_what_turns_a_sentence_round_is_no_limit_and_no_date(text: str, language: str, denies: bool) -> None:
    """„keine 2 Gramm“ gives a limit, “not until Sunday” a day."""
    [clause] = polarity_clauses(text, language)
    assert bool(clause.negators) is denies
    assert not clause.asked
    [asked] = polarity_clauses(text.replace(".", "?"), language)
    assert asked.asked
