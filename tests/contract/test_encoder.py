"""What the pipeline relies on in an encoder."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.services import FakeEncoder
from inedit.encoding import Encoder, load_encoder

TEXTS = ("Le lin sèche au vent.", "Linen dries in the wind.", "Un couteau coupe le pain.")


@pytest.fixture(scope="module", params=["fake", "real"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return FakeEncoder() if request.param == "fake" else load_encoder()


def test_each_text_gives_a_unit_row(encoder: Encoder) -> None:
    """As long as the encoder says; no text gives no row."""
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0] * len(TEXTS), abs=1e-5)
    assert len(encoder.encode([])) == 0


def test_a_row_does_not_depend_on_its_company(encoder: Encoder) -> None:
    """The same text points the same way whatever stands beside it."""
    together, alone = encoder.encode(TEXTS), encoder.encode(TEXTS[1:2])
    assert together[1] == pytest.approx(alone[0], abs=1e-5)


def test_the_same_words_are_nearer_than_others(encoder: Encoder) -> None:
    """A text is most like itself."""
    vectors = encoder.encode([TEXTS[0], TEXTS[0] + " Le vent.", TEXTS[2]])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_it_says_which_one_it_is(encoder: Encoder) -> None:
    """Vectors of different encoders are never compared."""
    assert encoder.name
    assert encoder.digest
