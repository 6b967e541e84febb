"""Does the check of the language's quality mark what a proof-reader would, and nothing else?

    python bench/language_quality/run.py [COPYDESK.jsonl …] > bench/results/language_quality.txt

`sentences.jsonl` has 60 faulty and 60 sound sentences a language, written blind by a large language model for this
project: whoever wrote them had not seen the check. Rows with an even number were looked at while it was made, those
with an odd number never; the latter are the measure. A faulty sentence is found when anything in it is marked, and it
is right when the mark overlaps the words that are wrong. Then: how many honest answers of a capable model
(`bench/prompts/answers.jsonl`, and files of the copy desk when given) are marked, and what the check costs.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inedit.brand.load import load_project
from inedit.brand.schema import Brand
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.judge import CHECKS, FinishedText, finished_draft, judge
from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.proofread import proofread

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LINE = "{:8}{:>8}{:>8}{:>8}{:>11}{:>9}{:>9}"


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def overlaps(row: dict[str, Any]) -> bool:
    """Whether something is marked where the fault is."""
    start = row["text"].index(row["span"])
    marked = proofread(row["text"], row["language"])
    return any(m.span.start < start + len(row["span"]) and start < m.span.end for m in marked)


def labelled() -> None:
    """Precision and recall by language, of either half."""
    listed = rows(HERE / "sentences.jsonl")
    kinds: dict[str, Counter[bool]] = {}
    for name, half in (("looked at", listed[::2]), ("never looked at", listed[1::2])):
        print(f"Rows {name} while the check was made")
        print(LINE.format("language", "faulty", "found", "sound", "precision", "recall", "in place"))
        for language in KNOWN:
            own = [row for row in half if row["language"] == language]
            faulty = [row for row in own if row["expected"] == "fault"]
            sound = [row for row in own if row["expected"] == "sound"]
            found = [row for row in faulty if proofread(row["text"], language)]
            false = sum(bool(proofread(row["text"], language)) for row in sound)
            precision = len(found) / ((len(found) + false) or 1)
            print(LINE.format(language, len(faulty), len(found), f"-{false}/{len(sound)}", f"{precision:.2f}",
                              f"{len(found) / len(faulty):.2f}", sum(map(overlaps, found))))  # fmt: skip
            if name.startswith("never"):
                for row in faulty:
                    kinds.setdefault(row["kind"], Counter())[row in found] += 1
        print()
    print("Found by kind, of the rows never looked at: ", end="")
    print(
        ", ".join(
            f"{kind} {n[True]} of {n.total()}" for kind, n in sorted(kinds.items(), key=lambda e: -e[1][True])
        ),
        end="\n\n",
    )


def honest(files: list[str]) -> Iterator[FinishedText]:
    """Texts by capable models, with their brand's data to be exempt."""
    for row in rows(ROOT / "bench/prompts/answers.jsonl"):
        if isinstance(row["answer"], dict):
            parts = {k: v for k, v in row["answer"].items() if isinstance(v, str)}
            yield FinishedText(parts, row["cell"]["language"], row["cell"]["channel"], row["cell"]["segment"])
    for file in files:
        for row in rows(Path(file)):
            cell = row.get("cell") or row
            if not row.get("fault"):
                yield FinishedText(row["parts"], cell["language"], cell["channel"], cell.get("segment") or "")


def rate(texts: list[FinishedText], brand: Brand) -> None:
    """How many honest texts are marked, every mark, and the cost."""
    today = brand_day(brand)
    found = 0
    for text in texts:
        findings = language_is_clean(*finished_draft(text, brand, today))
        found += bool(findings)
        for finding in findings:
            print(f"  {text.language}: {finding.message}")
    print(f"Honest texts with a finding: {found} of {len(texts)} ({100 * found / len(texts):.1f} %)\n")


def brand_day(_: Brand) -> Any:
    """The day of the measure."""
    from datetime import date

    return date(2026, 11, 28)


def cost(texts: list[FinishedText], brand: Brand) -> None:
    """CPU milliseconds a text, of the check alone and of the whole judgement."""
    for language in KNOWN:
        lexicon.cache_clear()
        begun = time.process_time()
        lexicon(language)
        print(f"Loading the lexicon of {language}: {1e3 * (time.process_time() - begun):.0f} ms")
    today = brand_day(brand)
    others = tuple(check for check in CHECKS if check is not language_is_clean)
    drafts = [finished_draft(text, brand, today) for text in texts]
    taken: dict[str, list[float]] = {"the check": [], "all checks but this": [], "all checks": []}
    work = {"the check": (language_is_clean,), "all checks but this": others, "all checks": CHECKS}
    for name, checks in work.items():
        for number, (draft, context) in enumerate(drafts):
            begun = time.process_time()
            if name == "the check":
                language_is_clean(draft, context)
            else:
                judge(draft, context, checks)
            if number >= len(drafts) // 3:  # what is compiled and remembered once
                taken[name].append(1e3 * (time.process_time() - begun))
        print(f"{name}: median {statistics.median(taken[name]):.2f} ms a text")
        forget()


def forget() -> None:
    """Forget what was read, so that each text is new."""
    import gc
    from functools import _lru_cache_wrapper

    for cached in [o for o in gc.get_objects() if isinstance(o, _lru_cache_wrapper)]:
        if cached.cache_info().maxsize is not None and cached.__module__.startswith(
            "inedit.guard.nlp.proofreading"
        ):
            cached.cache_clear()


if __name__ == "__main__":
    labelled()
    known = load_project(ROOT).brand
    given = list(honest(sys.argv[1:]))
    rate(given, known)
    cost(given, known)
