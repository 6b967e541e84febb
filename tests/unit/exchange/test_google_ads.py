"""Ads are within Google's limits, or there is no file."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.exchange import a_text
from inedit.exchange import export_pieces
from inedit.exchange.google_ads import width
from inedit.model.errors import WrongInput

AD = {
    **{f"headline_{number}": f"Du lin, titre {number}" for number in range(1, 4)},
    "description_1": "Séché au vent de la vallée.", "description_2": "Tissé ici depuis trois générations.",
    "path_1": "lin",
}  # fmt: skip


def rows(*texts: object) -> list[dict[str, str]]:
    content = export_pieces("google-ads", texts).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_a_whole_text_is_an_ad() -> None:
    """With its campaign, group, page, and who approved it."""
    text = a_text(AD, channel="search")
    (row,) = rows(text)
    assert (row["Ad type"], row["Headline 3"], row["Path 1"]) == (
        "Responsive search ad",
        "Du lin, titre 3",
        "lin",
    )
    assert (row["Final URL"], row["Status"], row["Headline 4"]) == (
        "https://example.org/?a=1&b=2",
        "Paused",
        "",
    )
    assert text.piece.id in row["Comment"]
    assert "Anne" in row["Comment"]


def test_variants_of_a_cell_make_one_ad() -> None:
    """Where each has too few headlines for an ad of its own; what two of them say is said once."""
    short = [a_text({"headline": f"Titre {n}", "description": f"Texte {n % 2}"}, index=n) for n in range(4)]
    (row,) = rows(*short)
    assert [row[f"Headline {n}"] for n in range(1, 6)] == ["Titre 0", "Titre 1", "Titre 2", "Titre 3", ""]
    assert [row[f"Description {n}"] for n in range(1, 4)] == ["Texte 0", "Texte 1", ""]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"headline_1": "x" * 31}, "has 31 characters; headlines have at most 30"),
        ({"headline_1": "字" * 16}, "has 32 characters"),
        ({"description_1": "x" * 91}, "descriptions have at most 90"),
        ({"path_2": "x" * 16}, "paths have at most 15"),
        ({f"headline_{n}": f"Titre {n}" for n in range(1, 17)}, "16 headlines, and an ad has 3 to 15"),
        ({"description_2": ""}, "1 descriptions, and an ad has 2 to 4"),
        ({"story": "Il était une fois."}, "no place for story"),
        ({"headline_1": "Deux\nlignes"}, "several lines"),
    ],
)
def test_what_does_not_fit_is_told(changes: dict[str, str], said: str) -> None:
    """Never cut."""
    parts = {id: words for id, words in {**AD, **changes}.items() if words}
    with pytest.raises(WrongInput, match=said):
        rows(a_text(parts))


def test_an_ad_group_has_three_ads() -> None:
    """A fourth is refused."""
    four = [a_text({**AD, "headline_1": f"Autre {n}"}, index=n) for n in range(4)]
    assert len(rows(*four[:3])) == 3
    with pytest.raises(WrongInput, match="4 ads, and at most 3"):
        rows(*four)


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                [f"{kind}_{n}" for kind in ("headline", "description", "path") for n in range(1, 6)]
            ),
            st.text("aé字= ", min_size=1, max_size=40).map(str.strip).filter(bool),
            max_size=15,
        ),
        max_size=3,
    )
)
def test_limits_hold_whatever_the_words(parts: list[dict[str, str]]) -> None:
    """A file that is written is within them all, and holds every word."""
    texts = [a_text(said, index=n) for n, said in enumerate(parts)]
    try:
        found = rows(*texts)
    except WrongInput:
        return
    for name, least, most, chars in (("Headline", 3, 15, 30), ("Description", 2, 4, 90), ("Path", 0, 2, 15)):
        for row in found:
            said = [row[f"{name} {n}"].removeprefix("'") for n in range(1, most + 1) if row[f"{name} {n}"]]
            assert least <= len(said) <= most
            assert all(width(words) <= chars for words in said)
    written = {cell.removeprefix("'") for row in found for cell in row.values()}
    assert {words for said in parts for words in said.values()} <= written
