"""Characters that nobody sees, and letters that pass for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inedit.guard.nlp.characters import (
    _UNUSUAL,
    as_read,
    homoglyphs,
    invisible_runs,
    is_plain,
    without_invisible,
)
from inedit.model import Span

FAMILY = "👨\u200d👩\u200d👧"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("meil\u200bleur", "meilleur"),
        ("Super\u00adlativ", "Superlativ"),
        ("\ufeffAcme", "Acme"),
        ("A\u2060c\u200dm\u200ce", "Acme"),
        ("pr\u0435mium", "premium"),
        ("\u0410\u0441\u043c\u0435 et les autres marques", "Acme et les autres marques"),
        ("re\u0301volution", "révolution"),
        ("𝗽𝗿𝗲𝗺𝗶𝘂𝗺", "premium"),
        ("ｓａｌｅ", "sale"),
        ("de l’été\u202f!", "de l’été\u202f!"),
        (f"{FAMILY} ❤\ufe0f {ENGLAND} 1\ufe0f", f"{FAMILY} ❤\ufe0f {ENGLAND} 1\ufe0f"),
        ("Это велосипед", "Это велосипед"),
    ],
)
def test_a_text_is_read_as_its_reader_sees_it(written: str, read: str) -> None:
    """Invisible characters go, look-alikes become Latin, accents are composed; emoji and honest Cyrillic stay."""
    assert as_read(written).text == read


@given(st.text(alphabet="abéе\u200b\u00ad\u0301\u200d👨😀\ufe0f 𝗮.", max_size=30))
def test_every_character_that_is_read_has_its_place(text: str) -> None:
    """Places are in order, inside the text, and a plain text is its own reading."""
    read = as_read(text)
    assert len(read.text) == len(read.starts) == len(read.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(read.starts, read.ends, strict=True))
    assert list(read.starts) == sorted(read.starts)
    if is_plain(text):
        assert read.text == text


def test_spans_lead_back_to_what_was_written() -> None:
    """A word that is found in the text as read is shown with its invisible character."""
    written = "un meil\u200bleur ve\u0301lo"
    read = as_read(written)
    at = read.text.index("meilleur")
    assert read.written(Span(at, at + 8)).of(written) == "meil\u200bleur"
    at = read.text.index("vélo")
    assert read.written(Span(at, at + 4)).of(written) == "ve\u0301lo"


def test_emoji_keep_what_joins_them() -> None:
    """Taking out invisible characters leaves no emoji in pieces."""
    text = f"{FAMILY} ❤\ufe0f {ENGLAND}"
    assert invisible_runs(text) == ()
    assert without_invisible(f"a\u200b{text}\ufeff") == f"a{text}"


def test_look_alikes_are_told_from_words_of_another_alphabet() -> None:
    """A Cyrillic word is no Latin one in disguise; one letter in a Latin word is."""
    assert homoglyphs("Это городской велосипед") == ()
    assert [s.of("un pr\u0435mium") for s in homoglyphs("un pr\u0435mium")] == ["pr\u0435mium"]


@pytest.mark.parametrize(
    "code", [*range(0x20, 0x370), *range(0x2000, 0x2120), 0x200B, 0x430, 0xFEFF, 0xFF21, 0x1D400]
)
def test_a_character_is_usual_only_if_it_is_read_as_it_stands(code: int) -> None:
    """The usual characters of a text hold none that a reader does not see or takes for another."""
    assert is_plain(f"l’été {chr(code)}") is (_UNUSUAL.search(chr(code)) is None)
