"""How well the guard tells supported figures, superlatives and promises from invented ones, on labelled
sentences.

Run ``python bench/claims/run.py`` from the repository's root. A wrong passage is caught when a finding
overlaps it; a finding that overlaps none is a false alarm. Prints recall of wrong passages, precision of
findings, and the share of honest sentences that pass, for each language and round (round 2 was written
after the rules were made).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from fakes.brand import body, tiny_context  # noqa: E402  # tests/ is put on the path just above
from inedit.guard.checks.figures import figures_are_supported  # noqa: E402
from inedit.guard.checks.green_claims import green_claims_are_supported  # noqa: E402
from inedit.guard.checks.promises import promises_are_supported  # noqa: E402
from inedit.guard.checks.superlatives import superlatives_are_supported  # noqa: E402
from inedit.model import Finding  # noqa: E402

CHECKS = (
    figures_are_supported,
    superlatives_are_supported,
    promises_are_supported,
    green_claims_are_supported,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence with the passages that are wrong in it; none when it is honest."""

    language: str
    text: str
    wrong: tuple[str, ...]
    written: int


def labelled() -> tuple[Labelled, ...]:
    """The whole set, in the file's order."""
    rows = YAML(typ="safe").load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
    return tuple(
        Labelled(language, row["text"], tuple(row.get("wrong", ())), row.get("written", 1))
        for language, listed in rows.items()
        for row in listed
    )


def findings_on(row: Labelled) -> tuple[Finding, ...]:
    """What the three checks say of one sentence."""
    draft = body(row.text, row.language, insight_ids=("odette", "feet"))
    context = tiny_context(row.language)
    return tuple(finding for check in CHECKS for finding in check(draft, context))


def outcome(row: Labelled) -> Iterator[str]:
    """``caught`` or ``missed`` for each wrong passage, ``false alarm`` for each finding beside the point,
    ``passed``."""
    found = findings_on(row)
    positions = []
    for passage in row.wrong:
        start = row.text.index(passage)
        positions.append((start, start + len(passage)))
        hit = any(f.span and f.span.start < start + len(passage) and start < f.span.end for f in found)
        yield "caught" if hit else "missed"
    for finding in found:
        span = finding.span
        if span is None or not any(span.start < end and start < span.end for start, end in positions):
            yield "false alarm"
    if not row.wrong:
        yield "honest passed" if not found else "honest refused"


def rates(counts: Counter[str]) -> tuple[float, float, float]:
    """Recall of wrong passages, precision of findings, share of honest sentences that pass; each from 0 to
    1."""
    caught, missed, false = counts["caught"], counts["missed"], counts["false alarm"]
    passed, refused = counts["honest passed"], counts["honest refused"]
    return (
        caught / max(caught + missed, 1),
        caught / max(caught + false, 1),
        passed / max(passed + refused, 1),
    )


def main() -> None:
    """Print the table, then every sentence that was judged otherwise than labelled."""
    rows = labelled()
    faults = []
    started = perf_counter()
    judged = [(row, tuple(outcome(row))) for row in rows]
    seconds = perf_counter() - started
    print(f"{'':10}{'sentences':>10}{'wrong':>8}{'recall':>9}{'precision':>11}{'honest':>9}")
    for written in sorted({row.written for row in rows}):
        for language in (*dict.fromkeys(row.language for row in rows), "all"):
            mine = [(r, o) for r, o in judged if r.written == written and language in (r.language, "all")]
            counts = Counter(kind for _, kinds in mine for kind in kinds)
            recall, precision, honest = rates(counts)
            wrong = counts["caught"] + counts["missed"]
            print(
                f"{written}  {language:7}{len(mine):>10}{wrong:>8}{recall:>9.3f}{precision:>11.3f}{honest:>9.3f}"
            )
    for row, kinds in judged:
        if {"missed", "false alarm"} & set(kinds):
            said = [(f.check, f.span.of(row.text) if f.span else "") for f in findings_on(row)]
            faults.append(f"{row.language}: {row.text}\n    labelled {list(row.wrong)}, found {said}")
    print(f"\n{1000 * seconds / len(rows):.2f} ms a sentence\n")
    print("\n".join(faults))


if __name__ == "__main__":
    main()
