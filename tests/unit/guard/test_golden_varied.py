"""What the guard reads in sentences that lead its rules to both sides of their conditions.

``tests/golden/varied.<brand>.<language>.txt`` has the sentences, each followed by what is read in it and by what all
checks find. Of some thousands that were made by rule from the facts of each brand (a figure, a word or a name of
another fact, a word more, two sentences joined, two words exchanged), those were kept that meet most of the conditions
of the code, truly and falsely, a little below a threshold and a little above it. Nobody has said that each is read
rightly: the files hold what is read, so that a change shows all that it moves. A sentence may be added to a file; its
readings come with the next writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from conftest import ROOT
from fakes.brand import body, tiny_context
from fakes.brands import demo_project, unseen_brand
from fakes.readings import read
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.checks.parts import parts_fit
from inedit.guard.context import Context
from inedit.guard.judge import CHECKS, FinishedText, finished_draft
from inedit.model import Draft

GOLDEN = ROOT / "tests" / "golden"
FILES = {
    path.name.split(".", 1)[1].removesuffix(".txt"): path for path in sorted(GOLDEN.glob("varied.*.txt"))
}
READ_BY = tuple(check for check in CHECKS if check not in (parts_fit, insights_are_used))
"""Checks that make sense of one sentence."""
TODAY = date(2026, 11, 28)
_QUOTED = re.compile(r"(?<=») “[^”]*”:| says “[^”]*”")
"""What a finding's message says again: the passage, and the fact in full."""
LONGEST = 105
AT_ONCE = 10
"""Sentences of one test: the fewer, the sooner it says that something moved."""


@cache
def _drafts(name: str, language: str) -> Callable[[str], tuple[Draft, Context]]:
    """What makes of a sentence a draft with its context."""
    if name == "tiny":
        context = tiny_context(language)
        return lambda text: (body(text, language, insight_ids=("odette", "feet")), context)
    empty, known = finished_draft(
        FinishedText({"text": ""}, language, "email"),
        demo_project().brand if name == "demo" else unseen_brand(name),
        TODAY,
    )
    return lambda text: (replace(empty, parts={"text": text}), known)


def sentences_of(key: str) -> list[str]:
    """The sentences of a file: the lines that are not indented."""
    lines = FILES[key].read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith(" ")]


def readings(key: str, sentences: list[str]) -> Iterator[str]:
    """Each sentence, and a line for each thing that is read in it."""
    draft_of = _drafts(*key.split("."))
    for sentence in sentences:
        yield sentence
        for line in read(sentence, *draft_of(sentence), READ_BY):
            if line.startswith("  nouns: "):
                continue  # those of a thousand sentences stand in ``readings``
            short = _QUOTED.sub("", " ".join(line.split()))
            yield f"  {short if len(short) < LONGEST else short[:LONGEST] + ' …'}"


def _groups() -> Iterator[tuple[str, int]]:
    for key in FILES:
        for first in range(0, len(sentences_of(key)), AT_ONCE):
            yield key, first


@pytest.mark.parametrize(("key", "first"), list(_groups()))
def test_varied_sentences_are_read_as_they_were(key: str, first: int) -> None:
    """Figures and what bears them out, promises, names, denials, receipts, and the findings of all checks."""
    listed = sentences_of(key)
    group = listed[first : first + AT_ONCE]
    lines = FILES[key].read_text(encoding="utf-8").splitlines()
    at = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert len(set(listed)) == len(listed)
    assert list(readings(key, group)) == lines[at[first] : [*at, len(lines)][first + len(group)]]


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for name, path in FILES.items():
        path.write_text("\n".join(readings(name, sentences_of(name))) + "\n", encoding="utf-8")
