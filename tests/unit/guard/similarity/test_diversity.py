"""How various a set of texts is as a whole."""

from __future__ import annotations

from inedit.guard.similarity.diversity import compression_ratio, distinct, diversity_of, messages

STORM = "In 1999 the storm took the roof of the weaving hall, and nobody stopped the looms for it."
HEM = "Each mended sheet goes home with the date of its repair sewn into the hem by hand."
SALT = "Against red wine we use cold water first and salt only afterwards: salt alone fixes the stain."


def test_copies_count_once() -> None:
    """A text, its copy with a word exchanged, and a different one are two."""
    copy = STORM.replace("nobody", "no one")
    assert distinct([STORM, copy, HEM], "en") == 2
    assert distinct([HEM, copy, STORM], "en") == 2
    assert distinct([STORM, HEM, SALT], "en") == 3


def test_a_set_that_repeats_itself_compresses_better() -> None:
    """Three times nearly the same text is told from three texts, whatever their order."""
    same = [STORM, STORM.replace("roof", "door"), STORM.replace("hall", "shed")]
    various = [STORM, HEM, SALT]
    assert compression_ratio(same) > 1.5 * compression_ratio(various)
    assert compression_ratio(various) == compression_ratio(various[::-1])


def test_one_text_says_nothing_of_a_set() -> None:
    """The ratio of a single text is unknown, and so is that of none."""
    assert compression_ratio([STORM]) is None
    assert diversity_of([], "en").distinct == 0
    assert diversity_of([STORM], "en").distinct == 1


def test_what_the_brand_supplies_makes_no_copies() -> None:
    """Approved wordings that every text repeats are not counted against the set."""
    offer = "Every piece is repaired for life in our workshop, whoever bought it and whenever that was."
    texts = [f"{STORM} {offer}", f"{HEM} {offer}"]
    assert diversity_of(texts, "en", (offer,)).distinct == 2


def test_texts_that_tell_the_same_insights_are_one_message() -> None:
    """Who has read one of them gains nothing from the other; a text that tells none stands for itself."""
    one, other, both = frozenset({"a"}), frozenset({"b"}), frozenset({"a", "b"})
    assert messages([one, one, other]) == 2
    assert messages([one, both]) == 2
    assert messages([frozenset(), frozenset(), one]) == 3
    assert messages([]) == 0
