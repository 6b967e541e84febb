"""What the proof-reader marks in spoilt sentences that lead its rules to both sides of their conditions.

``tests/golden/spoilt-chosen.<language>.txt`` has the sentences, spoilt once or twice by rule
(:mod:`fakes.spoilt`), each followed by its marks. Of 15,000 in each language those were kept that meet a condition of
the rules as no sentence of ``spoilt.<language>.txt`` does. A sentence may be added; its marks come with the next
writing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES
from inedit.guard.nlp.proofreading.proofread import proofread

FILES = {tag: ROOT / "tests" / "golden" / f"spoilt-chosen.{tag}.txt" for tag in LANGUAGES}


def readings(language: str) -> Iterator[str]:
    """Each sentence, and a line for each mark with its kind, its place, its words and what would be right."""
    for sentence in FILES[language].read_text(encoding="utf-8").splitlines():
        if not sentence.startswith(" "):
            yield sentence
            for mark in proofread(sentence, language):
                right = f" -> {mark.right}" if mark.right else ""
                yield f"  {mark.span.start} {mark.kind}: {mark.span.of(sentence)}{right}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_sentences_are_marked_as_they_were(language: str) -> None:
    """Every mark with its kind, place and correction, and no other."""
    held = FILES[language].read_text(encoding="utf-8").splitlines()
    assert sum(not line.startswith(" ") for line in held) > 40
    assert list(readings(language)) == held


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for tag, path in FILES.items():
        path.write_text("\n".join(list(readings(tag))) + "\n", encoding="utf-8")
