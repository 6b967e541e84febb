"""What the emotions' kernel knows, and where it is silent."""

from __future__ import annotations

import numpy as np
import pytest

from inedit.encoding import Encoder, load_encoder
from inedit.insight_loop.coding.kernels import by_emotion
from inedit.insight_loop.coding.offline import learnt_from

ENGLISH = (
    "I am so happy, this made my day!", "What a joy to see it at last.", "We are delighted with it.",
    "I am furious, this makes my blood boil.", "How dare they, I am outraged.", "This makes me so angry.",
    "I am scared of the dark.", "It terrifies me.", "I am afraid of what will happen.",
)  # fmt: skip
SAID = {
    "fr": (
        "Je suis tellement heureuse, quel bonheur !",
        "Ça me rend folle de rage.",
        "J'ai une peur bleue du noir.",
    ),
    "de": (
        "Ich bin so froh, wie schön!",
        "Das macht mich rasend vor Wut.",
        "Ich habe furchtbare Angst davor.",
    ),
    "es": (
        "¡Qué alegría, estoy feliz!",
        "Estoy furioso, qué rabia me da.",
        "Tengo mucho miedo a la oscuridad.",
    ),
    "it": ("Che gioia, sono felicissima!", "Sono furioso, che rabbia.", "Ho tanta paura del buio."),
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.mark.parametrize("language", SAID)
def test_an_emotion_sounds_alike_in_every_language(encoder: Encoder, language: str) -> None:
    """Joy is nearest to joy, anger to anger and fear to fear."""
    alike = by_emotion(encoder.encode(ENGLISH), encoder.digest)
    assert alike is not None
    by_three = alike(encoder.encode(SAID[language])).reshape(3, 3, 3).sum(axis=2)
    assert by_three.argmax(axis=1).tolist() == [0, 1, 2]


def test_of_another_encoder_nothing_is_known(encoder: Encoder) -> None:
    """The directions are those of one set of weights."""
    assert by_emotion(encoder.encode(ENGLISH), "0" * 64) is None


def test_a_direction_that_examples_do_not_differ_in_says_nothing(encoder: Encoder) -> None:
    """Examples that are all the same give finite likeness, not a division by nothing."""
    alike = by_emotion(encoder.encode(ENGLISH[:1] * 3), encoder.digest)
    assert alike is not None
    assert np.isfinite(alike(encoder.encode(ENGLISH))).all()


def test_only_codes_that_are_emotions_hear_them(encoder: Encoder) -> None:
    """The scores of another code are what they were, whatever the emotions' kernel says."""
    texts = [text for said in SAID.values() for text in said]
    labels = np.array([[n % 3 == 0, n % 3 == 1] for n in range(len(texts))])
    vectors = encoder.encode(texts)
    with_them, without = (
        learnt_from(encoder, ("joy", "need"), texts, vectors, labels, emotions, emotion_shares=(1.0,)).scores(
            texts, vectors
        )
        for emotions in (("joy",), ())
    )
    assert np.allclose(with_them[:, 1], without[:, 1])
    assert not np.allclose(with_them[:, 0], without[:, 0])
