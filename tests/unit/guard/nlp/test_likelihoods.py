"""The opinion on a language is py3langid's own, whatever was read before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from inedit.guard.nlp import likelihoods as module
from inedit.guard.nlp.likelihoods import likelihoods

IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE)
TEXTS = (
    "Le drap de votre grand-mère s’est usé par le milieu, et le milieu seulement",
    "Die Näherin schaut zuerst an den unteren Saum",
    "O lençol gasta-se primeiro aos pés",
    "READ MORE",
    "ÉTÉ À LA MER",
    "中文 字 日本語",
    "Здраво свете добар дан",
    "e\u0301te\u0301",
    "deux  espaces ",
    "123",
    "   ",
    "",
)


def _holds(text: str) -> None:
    ranked, found = IDENTIFIER.rank(text), likelihoods(text)
    assert found.best == ranked[0][0]
    assert [found[code] for code, _ in ranked] == [score for _, score in ranked]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_that_of_the_library(text: str) -> None:
    _holds(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=12).map(" ".join))
def test_words_that_were_met_before_count_as_read_anew(text: str) -> None:
    _holds(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_of_any_text_as_well(text: str) -> None:
    """No state of the model tells what stood further back than it is read from."""
    _holds(text)


def test_texts_that_were_read_ahead_have_the_same_features() -> None:
    model = module._model()
    model._ahead.clear()  # what texts of other tests have left
    alone = [model._features(text) for text in TEXTS]
    module.read_ahead(TEXTS)
    assert set(model._ahead) == set(TEXTS)
    assert [model._features(text) for text in TEXTS] == alone
    assert not model._ahead
    for number in range(3 * module.READ_AHEAD):
        module.read_ahead((f"numéro {number}",))
    assert len(model._ahead) <= module.READ_AHEAD + 1


def test_rows_of_the_table_are_converted_when_they_are_asked_for() -> None:
    """Once each, whatever stands beside them, and by several threads at once."""
    halves = np.arange(9_000, dtype=np.float16).reshape(3_000, 3)
    rows, dice = module._Rows(halves), np.random.default_rng(7)
    asked = [dice.integers(0, 3_000, size) for size in (1, 2, 30, 700, 3_000)] * 4
    with ThreadPoolExecutor(4) as threads:
        for wanted, found in zip(asked, threads.map(rows.take, asked), strict=True):
            assert np.array_equal(found, halves[wanted].astype(np.float32))
    assert rows._converted == len(np.unique(np.concatenate(asked)))


def test_only_rows_that_a_text_asks_for_are_converted() -> None:
    """The table has a hundred thousand, and a text some dozens."""
    model = module._Model()  # one of its own: other tests of this process have asked the one that is shared
    for text in TEXTS:
        model.scores(text)
    assert 0 < model._table._converted < 5_000
