"""What the guard reads in the sentences of ``bench/claims`` and ``bench/unseen``.

``tests/golden/readings.<language>.txt`` has those of ``sentences.yaml`` one by one, against the tiny brand;
``readings-demo.<language>.txt`` those of ``fresh.jsonl`` in texts of three, against the demo brand;
``readings-combe.<language>.txt`` statements about another brand, of which half have a planted fault.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, partial

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body, tiny_context
from fakes.brands import demo_project, unseen_brand
from fakes.readings import read
from inedit.guard.context import Context
from inedit.guard.judge import FinishedText, finished_draft
from inedit.model import Draft

sys.path.insert(0, str(ROOT / "bench" / "claims"))
from run import CHECKS, labelled  # type: ignore[import-not-found]  # the bench's own reading of its set

GOLDEN = ROOT / "tests" / "golden"
TODAY = date(2026, 11, 28)


Row = tuple[str, str, Draft, Context]
"""What a text is shown as, the text itself, and its draft with its context."""


@cache
def _rows_of(path: str, language: str) -> tuple[dict[str, str], ...]:
    lines = (ROOT / "bench" / path).read_text(encoding="utf-8").splitlines()
    return tuple(row for row in map(json.loads, lines) if row["language"] == language)


def of_tiny_brand(language: str) -> Iterator[Callable[[], Row]]:
    """Each sentence."""
    context = tiny_context(language)
    for row in labelled():
        if row.language == language:
            yield partial(_of_tiny_brand, row.text, language, context)


def _of_tiny_brand(text: str, language: str, context: Context) -> Row:
    return text, text, body(text, language, insight_ids=("odette", "feet")), context


def of_demo_brand(language: str) -> Iterator[Callable[[], Row]]:
    """Texts of three sentences."""
    said = iter([row["text"] for row in _rows_of("claims/fresh.jsonl", language)])
    for three in zip(said, said, said, strict=False):
        yield partial(_of_demo_brand, " ".join(three), language)


def _of_demo_brand(text: str, language: str) -> Row:
    written = FinishedText({"text": text}, language, "email")
    return text, text, *finished_draft(written, demo_project().brand, TODAY)


def of_another_brand(language: str) -> Iterator[Callable[[], Row]]:
    """Statements about a dairy cooperative, each behind what it ought to be: passed or stopped."""
    for row in _rows_of("unseen/combe/statements.jsonl", language):
        yield partial(_of_another_brand, row)


def _of_another_brand(row: dict[str, str]) -> Row:
    written = FinishedText({"text": row["text"]}, row["language"], row["channel"], row.get("segment", ""))
    shown = f"{row['expected']}: {row['text']}"
    return shown, row["text"], *finished_draft(written, unseen_brand("combe"), TODAY)


LISTS = {"readings": of_tiny_brand, "readings-demo": of_demo_brand, "readings-combe": of_another_brand}
AT_ONCE = 12
"""Texts of one test: the fewer, the sooner it says that something moved."""


def readings(rows: Iterable[Callable[[], Row]]) -> Iterator[str]:
    """Each text on a line, then a line for each thing that is read in it."""
    for row in rows:
        shown, text, draft, context = row()
        yield shown
        yield from (line.replace("\n", " ") for line in read(text, draft, context, CHECKS))


def _groups() -> Iterator[tuple[str, str, int]]:
    for name, rows in LISTS.items():
        for language in LANGUAGES:
            yield from ((name, language, first) for first in range(0, len([*rows(language)]), AT_ONCE))


@pytest.mark.parametrize(("name", "language", "first"), list(_groups()))
def test_the_sentences_are_read_as_they_were(name: str, language: str, first: int) -> None:
    """Nouns and their roles, figures with what bears them out, promises, names, denials, receipts and findings."""
    held = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
    at = [number for number, line in enumerate(held) if not line.startswith(" ")]
    rows = [*LISTS[name](language)]
    assert len(rows) == len(at)
    end = [*at, len(held)][min(first + AT_ONCE, len(at))]
    assert list(readings(rows[first : first + AT_ONCE])) == held[at[first] : end]


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for made, rows_of in LISTS.items():
        for tag in LANGUAGES:
            lines = [*readings(rows_of(tag))]
            (GOLDEN / f"{made}.{tag}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
