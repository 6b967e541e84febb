"""The offline coder, on vectors that a test can make: two directions, and a text that lies in neither."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from inedit.insight_loop.coding.offline import Labelled, average_precision, learn
from inedit.insight_loop.coding.spans import clause_spans, located
from inedit.model import Span
from inedit.model.errors import WrongInput

TOPICS = {"wait": ("parcel", "delivery", "late"), "love": ("love", "lovely", "joy")}


class Topical:
    """An encoder that counts words of two topics, and words of none."""

    name, digest, dimensions = "topical", "0", 8

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), 8), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().replace(",", " ").replace(".", " ").split():
                topic = next((i for i, words in enumerate(TOPICS.values()) if word in words), 2)
                row[topic] += 1 if topic < 2 else 0.1
            row[3 + len(text) % 5] += 0.05
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


EXAMPLES = [
    *(Labelled(f"My parcel is late, number {n}.", frozenset({"wait"})) for n in range(6)),
    *(Labelled(f"I love it, such a joy {n}.", frozenset({"love"})) for n in range(6)),
    *(Labelled(f"It is Tuesday the {n}th here.", frozenset()) for n in range(6)),
    *(
        Labelled(f"Late parcel {n}, lovely cloth, it is Tuesday.", frozenset({"wait", "love"}))
        for n in range(4)
    ),
    Labelled("one of a kind", frozenset({"rare"})),
]


def test_codes_come_with_the_passage_that_carries_them_and_a_confidence():
    """Several codes in one text are told apart, each by its own clause."""
    coder = learn(Topical(), EXAMPLES)
    text = "Fine weather. My delivery is late again, but I love this lovely cloth."
    found = {guess.code: guess for guess in coder.code([text])[0]}
    assert set(found) == {"wait", "love"}
    assert found["wait"].span.of(text) == "My delivery is late again,"
    assert found["love"].span.of(text) == "but I love this lovely cloth."
    assert all(0 < guess.confidence <= 1 for guess in found.values())


def test_nothing_is_given_to_a_text_that_is_like_no_example():
    """Silence where it is not sure."""
    assert learn(Topical(), EXAMPLES).code(["It is Wednesday the 9th here.", ""]) == [(), ()]


def test_a_code_with_too_few_examples_is_told_and_never_given():
    """One example teaches nothing."""
    coder = learn(Topical(), EXAMPLES)
    assert set(coder.unlearnt) == {"rare"}
    assert not any(guess.code == "rare" for guess in coder.code(["one of a kind"])[0])


def test_without_examples_there_is_nothing_to_learn_from():
    """A clear message instead of a coder that guesses."""
    with pytest.raises(WrongInput, match="too few labelled examples"):
        learn(Topical(), [])


def test_average_precision_counts_from_the_top():
    """Hits at ranks 1 and 3: (1/1 + 2/3) / 2."""
    scores, has = np.array([0.9, 0.5, 0.4]), np.array([True, False, True])
    assert average_precision(scores, has) == pytest.approx((1 + 2 / 3) / 2)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("j'ai peur", "J’ai peur"),
        ("«de la rater»", "de la rater"),
        ("la\n rater", "la rater"),
        ("peur du noir", None),
        (" ", None),
    ],
)
def test_a_quotation_is_found_word_for_word_whatever_its_marks(quote, found):
    """Case, white space and kinds of apostrophe may differ; words may not."""
    text = "J’ai peur de la rater !"
    span = located(text, quote)
    assert (span.of(text) if span else None) == found


def test_a_sentence_with_one_clause_has_none_to_choose_from():
    """Two words are no quotation."""
    assert clause_spans("Trop cher, non merci.", Span(0, 21)) == ()
