"""What is found in sentences that tell a fact, rightly or not: ``tests/golden/told.<language>.txt``.

Behind ``=`` stands a fact (behind a second one a tip of the same insight); each sentence below it is followed by what
is found in it: what it exchanges or turns round, what becomes of its figures, and what blocks it or asks for a review.
The facts are those of other tests; the sentences theirs, and some that were made of them by rule and meet conditions of
the code that theirs do not. Nobody has said that each is read rightly. A sentence may be added; its readings come with
the next writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, REGIONAL, regional_brand
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import known_evidence
from inedit.guard.evidence.matching import judge_statement
from inedit.guard.evidence.relations.exchanged import exchanged
from inedit.guard.evidence.relations.turned import turned
from inedit.guard.evidence.statements import statements
from inedit.guard.judge import OF_STATEMENTS, FinishedText, finished_draft

FILES = {
    f"{name}.{tag}": ROOT / "tests" / "golden" / f"{name}.{tag}.txt"
    for name in ("told", "retold")
    for tag in LANGUAGES
}
AT_ONCE = 8
"""Facts of one test: the fewer, the sooner it says that something moved."""
TODAY = date(2026, 11, 28)
BRAND = regional_brand()
CHECKS = sorted(OF_STATEMENTS, key=lambda check: check.__name__)


def found(text: str, language: str, facts: tuple[str, ...]) -> str:
    """All that is found in a sentence about one or two facts, on a line."""
    kinds = ("insight", "tip")
    known = tuple(Fact("x", kind, fact, language) for kind, fact in zip(kinds, facts, strict=False))
    listed = [f"exchanges « {span.of(text)} »" for span, _ in exchanged(text, language, known)]
    listed += [f"turns « {span.of(text)} »" for span in (one.span for one in turned(text, language, known))]
    draft, context = finished_draft(
        FinishedText({"text": text}, language, "email", facts=facts), BRAND, TODAY
    )
    evidence = known_evidence(draft, context)
    for said in statements(text, language):
        outcome = judge_statement(said, evidence, language, TODAY.year).outcome
        listed.append(f"{said.quantity.span.of(text)}: {outcome}")
    for check in CHECKS:
        for finding in check(draft, context):
            at = finding.span.of(text) if finding.span else ""
            listed.append(f"{finding.check} {finding.severity.value} « {at} »")
    return "; ".join(listed) or "nothing"


def blocks(key: str) -> list[list[str]]:
    """The lines of a file that are not indented, cut before each fact."""
    cut: list[list[str]] = []
    for line in FILES[key].read_text(encoding="utf-8").splitlines():
        if line.startswith("= ") and not (cut and cut[-1][-1].startswith("= ")):
            cut.append([])
        if not line.startswith(" "):
            cut[-1].append(line)
    return cut


def readings(some: Iterable[list[str]], language: str) -> Iterator[str]:
    """The facts of some blocks, each with its sentences and what is found in them."""
    for block in some:
        facts = tuple(line[2:] for line in block if line.startswith("= "))
        for line in block:
            yield line
            if not line.startswith("= "):
                yield f"  {found(line, language, facts)}"


def _held(key: str, first: int) -> list[str]:
    """The lines of a file that belong to some blocks."""
    lines = FILES[key].read_text(encoding="utf-8").splitlines()
    at = [
        number for number, line in enumerate(lines)
        if line.startswith("= ") and not (number and lines[number - 1].startswith("= "))
    ]  # fmt: skip
    return lines[at[first] : [*at, len(lines)][min(first + AT_ONCE, len(at))]]


GROUPS = [(key, first) for key in FILES for first in range(0, len(blocks(key)), AT_ONCE)]


@pytest.mark.parametrize(("key", "first"), GROUPS)
def test_what_is_told_of_a_fact_is_read_as_it_was(key: str, first: int) -> None:
    """What is exchanged or turned round, each figure's outcome, and the findings."""
    some = blocks(key)[first : first + AT_ONCE]
    assert list(readings(some, key.rpartition(".")[2])) == _held(key, first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_regional_tag_is_read_as_its_language(language: str) -> None:
    """Every table, pattern and rule that a language has, its countries have."""
    held = FILES[f"told.{language}"].read_text(encoding="utf-8").splitlines()
    assert len(held) > 100
    assert list(readings(blocks(f"told.{language}"), REGIONAL[language])) == held


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for name, path in FILES.items():
        tag = name.rpartition(".")[2]
        path.write_text("\n".join(list(readings(blocks(name), tag))) + "\n", encoding="utf-8")
