"""An insight that is told in words of the text's own is found by its meaning."""

from __future__ import annotations

import pytest

from inedit.encoding import load_encoder
from inedit.guard.similarity.retelling import passage_telling

ENCODER = "use-multilingual-v3"
INSIGHT = "La plupart des nappes reviennent déchirées au même endroit : là où une chaise les a coincées."
RETOLD = (
    "Un enfant se lève d’un coup, la chaise recule, un coin de tissu est resté dessous. À l’atelier, nous connaissons "
    "bien cet accroc : c’est celui que nous recevons le plus, toujours au même endroit de la nappe."
)
OTHER = "Le fil bleu est arrivé ce matin. Il attend son tour sur l’étagère, près de la fenêtre."


@pytest.fixture(scope="module")
def encode():  # type: ignore[no-untyped-def]
    return load_encoder(ENCODER).encode


def test_a_retelling_is_found_and_another_subject_is_not(encode) -> None:  # type: ignore[no-untyped-def]
    """The passage is shown; a text about something else of the same house tells nothing."""
    span = passage_telling(RETOLD, INSIGHT, encode, ENCODER)
    assert span is not None
    assert "nappe" in span.of(RETOLD)
    assert passage_telling(OTHER, INSIGHT, encode, ENCODER) is None


def test_an_encoder_without_a_threshold_tells_nothing(encode) -> None:  # type: ignore[no-untyped-def]
    """What was not measured decides nothing; nor does an empty text."""
    assert passage_telling(RETOLD, INSIGHT, encode, "another") is None
    assert passage_telling("", INSIGHT, encode, ENCODER) is None
