"""What is read in sentences that were spoilt by rule, thousands of them: :mod:`fakes.spoilt`.

``tests/golden/spoilt.<language>.txt`` has those in which the proof-reader marks something, each with its marks in
brackets; ``figures-anew.<language>.txt`` those with a figure, and what is read of it. Nobody has said which of these
readings are right: the files hold what is, so that a change shows all that it moves. Right answers are in
``proofread.txt``, ``proofreading.<language>.txt`` and ``quantities.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, REGIONAL
from fakes.spoilt import other_figures, sound_sentences, spoilt_words
from inedit.guard.nlp.proofreading.proofread import proofread
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import Quantity

GOLDEN = ROOT / "tests" / "golden"


def marked(language: str, tag: str = "") -> Iterator[str]:
    """Each spoilt sentence in which something is marked."""
    for sentence in sound_sentences(language):
        for text in spoilt_words(sentence, language):
            shown = text
            for mark in reversed(proofread(text, tag or language)):
                right = f"|{mark.right}" if mark.right else ""
                shown = f"{shown[: mark.span.start]}[{mark.kind}: {mark.span.of(text)}{right}]{shown[mark.span.end :]}"
            if shown != text:
                yield shown


def figures(language: str) -> Iterator[str]:
    """Each sentence with figures in other forms, and all that is read of them."""
    for sentence in sound_sentences(language):
        for text in other_figures(sentence, language):
            found = find_quantities(text, language)
            if found:
                yield text
                yield from (f"  {_read(quantity, text)}" for quantity in found)


def _read(quantity: Quantity, text: str) -> str:
    partner = f"{quantity.bound} end of {quantity.partner:f}" if quantity.partner is not None else ""
    more = (
        quantity.approximate, "vague" * quantity.vague, partner, f"per {quantity.period}" * bool(quantity.period),
        f"in {quantity.year}" if quantity.year else "", f"of {quantity.counted}" * bool(quantity.counted),
        "after a word" * quantity.has_left_context,
    )  # fmt: skip
    known = " ".join((*filter(None, more), f"({' '.join(quantity.nouns)})"))
    return f"{quantity.span.of(text)} | {quantity.value:f} {quantity.dimension} {quantity.number:f} | {known}"


LISTS = {"spoilt": marked, "figures-anew": figures}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_spoilt_sentences_are_read_as_they_were(name: str, language: str) -> None:
    """Every mark with its kind, place and correction; every figure with its place, value and surroundings."""
    held = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert len(held) > 300
    assert list(LISTS[name](language)) == held


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_regional_tag_is_proofread_as_its_language(language: str) -> None:
    """The first hundred marks."""
    held = (GOLDEN / f"spoilt.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert list(islice(marked(language, REGIONAL[language]), 100)) == held[:100]


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for made, reads in LISTS.items():
        for tag in LANGUAGES:
            (GOLDEN / f"{made}.{tag}.txt").write_text("\n".join(reads(tag)) + "\n", encoding="utf-8")
