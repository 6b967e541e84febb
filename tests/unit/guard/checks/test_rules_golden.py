"""The golden lists: every line marked "-" is refused by its check, every line marked "+" passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body, draft, tiny_context, tiny_spec
from inedit.guard.checks.characters import characters_show
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.ending import sentences_end
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.green_claims import green_claims_are_supported
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.checks.language import right_language
from inedit.guard.checks.lexicon import words_allowed
from inedit.guard.checks.mirror import not_generic
from inedit.guard.checks.near_duplicate import copies_nothing
from inedit.guard.checks.own_words import words_are_own
from inedit.guard.checks.parts import parts_fit
from inedit.guard.checks.platform_rules import platform_rules_kept
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.repetition import nothing_repeated
from inedit.guard.checks.sameness import not_one_of_many
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.checks.unfinished import nothing_unfinished
from inedit.guard.context import Nearness
from inedit.guard.judge import CHECKS
from inedit.guard.similarity import Index
from inedit.guard.similarity.generic import GenericTexts, Reflection
from inedit.model import Draft, Finding, Severity

GOLDEN = ROOT / "tests" / "golden"
Found = tuple[Finding, ...]
Judge = Callable[[str, str, tuple[str, ...]], Found]
"""A line, its language and the lines marked "=" before it, to what its check finds."""


SUBJECT = "Orval"
"""Stands before the line, so that a span which is not shifted is seen."""


def _after_subject(text: str, language: str, **spec: Any) -> Draft:
    return draft({"subject": SUBJECT, "body": text}, tiny_spec(language, **spec))


def _plainly(check: Callable[[Draft, object], Found]) -> Judge:
    return lambda text, language, _: check(_after_subject(text, language), tiny_context(language))


def _insights(text: str, language: str, _: tuple[str, ...]) -> Found:
    return insights_are_used(
        _after_subject(text, language, insight_ids=("odette", "window")), tiny_context(language)
    )


def _own_words(text: str, language: str, _: tuple[str, ...]) -> Found:
    context = tiny_context(language)
    return words_are_own(
        _after_subject(text, language), replace(context, prompt=replace(context.prompt, style="full"))
    )


def _characters(text: str, language: str, _: tuple[str, ...]) -> Found:
    written = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code.group(1), 16)), text)
    return characters_show(_after_subject(written, language), tiny_context(language))


def _parts(text: str, language: str, _: tuple[str, ...]) -> Found:
    subject, main = _subject_and_body(text)
    wording = tiny_context(language).brand.identity.calls_to_action[0].text[language]
    parts = {"subject": subject, "body": main, "call_to_action": wording}
    return parts_fit(draft(parts, tiny_spec(language)), tiny_context(language))


def _mirror(text: str, language: str, generic: tuple[str, ...]) -> Found:
    """By its words only: no vector is near."""
    vectors = np.zeros((len(generic), 4), dtype=np.float32)
    known = GenericTexts(generic, vectors, 1.0, (), vectors[:0])
    near = Nearness(known, Reflection(1.0, 0, tuple))
    return not_generic(body(text, language), replace(tiny_context(language), nearness=near))


def _near_duplicate(text: str, language: str, archive: tuple[str, ...]) -> Found:
    index = Index(language)
    for number, other in enumerate(archive):
        index.add(str(number), other)
    near = Nearness(copies=tuple(index.matches(text)))
    return copies_nothing(body(text, language), replace(tiny_context(language), nearness=near))


def _platform_rules(text: str, language: str, _: tuple[str, ...]) -> Found:
    context = tiny_context(language)
    channel = context.brand.channels["email"].model_copy(update={"platform": "google-ads"})
    brand = context.brand.model_copy(update={"channels": {"email": channel}})
    parts = dict(zip(("headline_1", "description_1", "path_1"), text.split(" | "), strict=True))
    return platform_rules_kept(draft(parts, tiny_spec(language)), replace(context, brand=brand))


def _sameness(text: str, language: str, siblings: tuple[str, ...]) -> Found:
    subject, main = _subject_and_body(text)
    near = Nearness(siblings=tuple(_subject_and_body(sibling) for sibling in siblings))
    context = tiny_context(language)
    context = replace(context, nearness=near, prompt=replace(context.prompt, style="full"))
    return not_one_of_many(draft({"subject": subject, "body": main}, tiny_spec(language)), context)


def _subject_and_body(line: str) -> tuple[str, str]:
    subject, _, main = line.partition("|")
    return subject.strip(), main.strip()


JUDGES: dict[str, Judge] = {
    "superlatives": _plainly(superlatives_are_supported),
    "green-claims": _plainly(green_claims_are_supported),
    "unfinished": _plainly(nothing_unfinished),
    "lexicon": _plainly(words_allowed),
    "figures": _plainly(figures_are_supported),
    "promises": _plainly(promises_are_supported),
    "language": _plainly(right_language),
    "echo": _plainly(no_echo),
    "repetition": _plainly(nothing_repeated),
    "ending": _plainly(sentences_end),
    "insights": _insights,
    "own_words": _own_words,
    "mirror": _mirror,
    "near-duplicate": _near_duplicate,
    "sameness": _sameness,
}
OF_NO_LANGUAGE: dict[str, Judge] = {
    "parts": _parts, "characters": _characters, "platform-rules": _platform_rules,
}  # fmt: skip
FEWEST = 4
"""Lines of each kind that a list has at least."""


def _wrong(judge: Judge, name: str, language: str) -> list[str]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    others = tuple(line[2:] for line in lines if line.startswith("= "))
    marked = [(line[0], line[2:]) for line in lines if line[:2] in ("- ", "+ ")]
    assert all(sum(mark == kind for mark, _ in marked) >= FEWEST for kind in "-+")
    return [
        f"{mark} {text}: {[finding.message for finding in found]}"
        for mark, text in marked
        for found in [judge(text, language, others)]
        if any(finding.severity is Severity.BLOCK for finding in found) is not (mark == "-")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", JUDGES)
def test_the_golden_list_is_judged_as_it_says(check: str, language: str) -> None:
    """One sentence a line, in the five languages, look-alikes included."""
    assert _wrong(JUDGES[check], f"{check}.{language}.txt", language) == []


@pytest.mark.parametrize("check", OF_NO_LANGUAGE)
def test_what_speaks_no_language_has_one_list(check: str) -> None:
    """Lengths and invisible characters are the same in all languages."""
    assert _wrong(OF_NO_LANGUAGE[check], f"{check}.txt", "en") == []


def _passages(check: str, language: str) -> list[str]:
    """What each refused line of a list is refused for: its passages, as they stand in the line."""
    listed = []
    for line in (GOLDEN / f"{check}.{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            whole = _after_subject(line[2:], language).text.replace("\n", " ")
            found = JUDGES[check](line[2:], language, ())
            shown = [f"{f.severity.value} « {f.span.of(whole) if f.span else ''} »" for f in found]
            listed.append(f"{check}.{language} | {line[2:]} | {' '.join(shown)}")
    return listed


BESIDE_OTHERS = {"mirror", "near-duplicate", "sameness"}


def _all_passages(language: str) -> list[str]:
    return [
        passage for check in JUDGES if check not in BESIDE_OTHERS for passage in _passages(check, language)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refused_passages_are_where_they_were(language: str) -> None:
    """``passages.<language>.txt``: which words of a refused line the finding points at, and how severely. A new line of
    a list need not be there at once."""
    held = (GOLDEN / f"passages.{language}.txt").read_text(encoding="utf-8").splitlines()
    now = set(_all_passages(language))
    assert [line for line in held if line not in now] == []


def test_every_check_has_a_golden_list() -> None:
    """A new check comes with one. Those of ``address`` and ``language-quality`` have tests of their own; ``mentions``
    asks for what a brief demands, which no list can hold."""
    ids = {check.__module__.rsplit(".", 1)[1].replace("_", "-") for check in CHECKS}
    listed = {name.replace("_", "-") for name in (*JUDGES, *OF_NO_LANGUAGE)}
    assert ids - listed == {"address", "language-quality", "mentions"}


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes the passages anew
    for tag in LANGUAGES:
        (GOLDEN / f"passages.{tag}.txt").write_text("\n".join(_all_passages(tag)) + "\n", encoding="utf-8")
