"""What the guard reads in the sentences of ``bench/claims`` and ``bench/unseen``.

``tests/golden/readings.<language>.txt`` has those of ``sentences.yaml`` one by one, against the tiny brand;
``readings-demo.<language>.txt`` those of ``fresh.jsonl`` in texts of three, against the demo brand;
``readings-combe.<language>.txt`` statements about another brand, of which half have a planted fault.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import ROOT
from fakes.bench import bench
from fakes.brand import LANGUAGES, body, tiny_context
from fakes.readings import read
from inedit.brand.load import load_project
from inedit.brand.schema import Brand
from inedit.guard.judge import FinishedText, finished_draft

sys.path.insert(0, str(ROOT / "bench" / "claims"))
from run import CHECKS, labelled  # type: ignore[import-not-found]  # the bench's own reading of its set

GOLDEN = ROOT / "tests" / "golden"
TODAY = date(2026, 11, 28)


def of_tiny_brand(language: str) -> list[str]:
    """Each sentence on a line, then a line for each thing that is read in it."""
    context = tiny_context(language)
    listed = []
    for row in labelled():
        if row.language == language:
            draft = body(row.text, language, insight_ids=("odette", "feet"))
            listed += [row.text, *read(row.text, draft, context, CHECKS)]
    return [line.replace("\n", " ") for line in listed]


def of_demo_brand(language: str) -> list[str]:
    """The same for texts of three sentences."""
    brand = load_project(ROOT).brand
    rows = map(
        json.loads, (ROOT / "bench" / "claims" / "fresh.jsonl").read_text(encoding="utf-8").splitlines()
    )
    said = iter([row["text"] for row in rows if row["language"] == language])
    listed = []
    for text in (" ".join(three) for three in zip(said, said, said, strict=False)):
        written = FinishedText({"text": text}, language, "email")
        listed += [text, *read(text, *finished_draft(written, brand, TODAY), CHECKS)]
    return [line.replace("\n", " ") for line in listed]


@cache
def _combe() -> Brand:
    with TemporaryDirectory() as folder:
        return load_project(bench("unseen").project_of("combe", Path(folder))).brand


def of_another_brand(language: str) -> list[str]:
    """The same for statements about a dairy cooperative, each behind what it ought to be: passed or stopped."""
    listed = []
    for line in (
        (ROOT / "bench" / "unseen" / "combe" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        row = json.loads(line)
        if row["language"] == language:
            written = FinishedText({"text": row["text"]}, language, row["channel"], row.get("segment", ""))
            shown = read(row["text"], *finished_draft(written, _combe(), TODAY), CHECKS)
            listed += [f"{row['expected']}: {row['text']}", *shown]
    return [line.replace("\n", " ") for line in listed]


LISTS = {"readings": of_tiny_brand, "readings-demo": of_demo_brand, "readings-combe": of_another_brand}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_the_sentences_are_read_as_they_were(name: str, language: str) -> None:
    """Nouns and their roles, figures with what bears them out, promises, names, denials, receipts and findings."""
    held = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert LISTS[name](language) == held


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for made, reads in LISTS.items():
        for tag in LANGUAGES:
            (GOLDEN / f"{made}.{tag}.txt").write_text("\n".join(reads(tag)) + "\n", encoding="utf-8")
