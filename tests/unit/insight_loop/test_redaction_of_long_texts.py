"""Long texts lose what short ones lose, wherever it stands in them, and hostile ones cost as much as honest ones."""

from __future__ import annotations

import time
import unicodedata

import pytest

from inedit.insight_loop.redaction import redact
from inedit.insight_loop.redaction.windows import MARGIN, OWN, WHOLE, composed

LONG = 200_000
HOSTILE = {
    "letters after an at": ("@", "a"),
    "dashes after an at": ("@", "a-"),
    "dots after an at": ("x@ 1 ", "a."),
    "digits": ("", "0"),
    "grouped digits": ("", "1-"),
    "digits after an at": ("@", "1"),
    "underscores": ("@", "_"),
    "spelled addresses": ("", "dot "),
    "streets": ("@", "straße"),
    "names": ("", "Jean-"),
    "marks over one letter": ("a", "\u0301\u0323"),
    "links": ("", "www."),
    "addresses without an end": ("", "a_at_"),
    "odd signs": ("", "1_"),
}
SLOW = ("grouped digits",)
"""Each digit may begin a number, and is asked whether it does: some 80 microseconds."""
PERSONAL = (
    ("tu peux écrire à zoe.canari@gmail.com si tu veux", "canari"),
    ("appelle au 06 12 34 56 78 ce soir", "34 56"),
    ("IBAN FR76 3000 6000 0112 3456 7890 189 merci", "3456"),
    ("J'habite 12 bis rue des Lilas, 75011 Paris et voilà", "Lilas"),
    ("hier ma femme Zoubida a taché la nappe", "Zoubida"),
    ("mon insta c'est @zoe_can77 en ce moment", "can77"),
    ("https://www.instagram.com/zoecanari/ ici", "zoecanari"),
)


def seconds(text: str) -> float:
    began = time.process_time()
    redact(text)
    return time.process_time() - began


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_takes_twice_the_time(kind: str) -> None:
    start, again = HOSTILE[kind]
    length = LONG // 5 if kind in SLOW else LONG
    whole = start + again * (length // len(again))
    half = whole[: length // 2]
    ratio = seconds(whole) / seconds(half)
    if ratio >= 3:  # something else may have had the processor: four would be quadratic, two is linear
        ratio = min(ratio, seconds(whole) / seconds(half))
    assert ratio < 3, f"{kind}: {ratio:.1f} times as long for twice the text"


def test_many_names_in_a_long_text_are_looked_for_at_once() -> None:
    names = [f"zed{number}" for number in range(4_000)]
    whole = " ".join(names * 2)

    def took(text: str, known: list[str]) -> float:
        began = time.process_time()
        assert "zed" not in redact(text, names=known).text
        return time.process_time() - began

    assert took(whole, names) < 3 * took(" ".join(names), names[:2_000] * 2 + names)


@pytest.mark.parametrize(("sentence", "secret"), PERSONAL)
def test_nothing_slips_through_where_two_pieces_meet(sentence: str, secret: str) -> None:
    filler = "le lin froisse et c'est très bien ainsi, on le garde. "
    for offset in range(OWN - len(sentence) - 5, OWN + 5):
        before = (filler * 60)[: 2 * OWN + offset - 1].rsplit(" ", 1)[0]
        before += " " * (2 * OWN + offset - len(before))
        text = f"{before}{sentence} {filler * 20}"
        assert len(text) > WHOLE
        assert secret not in redact(text, "fr").text, offset


def test_a_long_text_reads_as_its_parts_do() -> None:
    parts = [sentence for sentence, _ in PERSONAL] * 40
    alone = [redact(part, "fr") for part in parts]
    together = redact("\n".join(parts), "fr")
    assert together.text == "\n".join(one.text for one in alone)
    assert sum(together.counts.values()) == sum(sum(one.counts.values()) for one in alone)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@" + "ab_" * 3_000 + "c fin", "[handle] fin"),
        ("voir " + "ab1" * 1_500 + "@gmail.com fin", "voir [email] fin"),
        ("https://www.instagram.com/" + "ab" * 2_000 + " fin", "[link] fin"),
        ("https://shop.com/" + "ab/" * 900 + "?mail=zoe fin", "https://shop.com/" + "ab/" * 900 + "[link] fin"),
    ],
)  # fmt: skip
def test_what_has_no_end_is_taken_out_to_its_end(text: str, left: str) -> None:
    assert redact(text).text == left


def test_marks_are_composed_in_long_texts_as_in_short_ones() -> None:
    written = "l'été à Liège, déjà brûlé " * 200
    apart = unicodedata.normalize("NFD", written)
    assert len(apart) > WHOLE > MARGIN
    assert composed(apart) == written
