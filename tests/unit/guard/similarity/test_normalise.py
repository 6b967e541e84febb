"""What folding forgives, and that it remembers where each character was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inedit.guard.similarity.normalise import fold, origins_of


@pytest.mark.parametrize(
    ("dressed", "plain"),
    [
        ("L’Œuvre, déjà « ﬁnie » !", "l oeuvre deja finie"),
        ("STRASSE", "straße"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("𝐁𝐨𝐥𝐝 move", "bold move"),
        ("pаyеr еn lignе", "payer en ligne"),  # Cyrillic а and е
        ("in\u200bvi\u00adsi\u2060ble", "invisible"),
        ("e\u0301te\u0301", "été"),
        ("a\u202fb\u00a0c", "a b c"),
        ('<b class="x">gras</b> ici', "gras ici"),
    ],
)
def test_dress_is_forgiven(dressed: str, plain: str) -> None:
    """Ligatures, accents, case, width, lookalikes, invisible characters, spaces and tags change nothing."""
    assert fold(dressed).split() == fold(plain).split()


def test_voiced_kana_stay_distinct() -> None:
    """が is not か: only what decorates a letter is taken off, not what makes it another."""
    assert fold("が").split() == ["が"] != fold("か").split()


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    """Each character of a script without spaces is a word, Latin words beside it stay whole."""
    assert fold("東京でSale中").split() == ["東", "京", "で", "sale", "中"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("ก", "ໆ"),
        ("က", "႖"),
        ("ក", "ឳ"),
        ("ぁ", "ヺ"),
        ("ㇰ", "ㇿ"),
        ("㐀", "鿿"),
        ("豈", "龎"),
        ("𠀀", "𱍊"),
    ],
)
def test_letters_at_both_ends_of_a_script_are_words(first: str, last: str) -> None:
    """Thai to Lao, Myanmar, Khmer, kana, small kana, and Han in all its blocks."""
    for letter in (first, last):
        assert fold(f"a{letter}b").split() == ["a", unicodedata.normalize("NFKC", letter), "b"]


@pytest.mark.parametrize("letter", ["ༀ", "ა", "ᠠ", "ㄅ", "ㄱ", "ꀀ", "가", "ऄ", "ﬀ", "א"])
def test_letters_beside_these_scripts_stay_together(letter: str) -> None:
    """Tibetan, Georgian, Mongolian, Bopomofo, Hangul, Yi, Devanagari, Latin and Hebrew have words with spaces."""
    assert len(fold(f"a{letter}b").split()) == 1


@given(st.text(max_size=80))
def test_each_folded_character_knows_its_origin(text: str) -> None:
    """There is an index of the original for each folded character, and that character folds to it."""
    folded, origins = fold(text), origins_of(text).tolist()
    assert len(origins) == len(folded)
    assert origins == sorted(origins)
    if "<" not in text:
        assert all(letter in fold(text[origin]) for letter, origin in zip(folded, origins, strict=True))


@example("㌞")
@example("Ω")
@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded has nothing left to take off."""
    words = fold(text).split()
    assert fold(" ".join(words)).split() == words


def test_html_entities_are_read_and_closing_hashtags_are_no_words() -> None:
    """Both keep every remaining character's place; a text of hashtags alone keeps them."""
    text = "L&eacute;gende d&#39;Aube &amp; lin #orval et fil\n#lin #maison #2026"
    assert fold(text).split() == ["legende", "d", "aube", "lin", "orval", "et", "fil"]
    assert len(origins_of(text)) == len(fold(text))
    at = fold(text).index("aube")
    assert text[origins_of(text)[at]] == "A"
    assert fold("#lin #maison").split() == ["lin", "maison"]
