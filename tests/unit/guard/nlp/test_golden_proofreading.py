"""What a proof-reader marks: rule by rule, and in the sentences of ``bench/language_quality``.

``tests/golden/proofread.txt`` has for each rule what it marks and what it lets pass, written by hand.
``tests/golden/proofreading.<language>.txt`` has each sentence, and each faulty one as it would be right; below it a
line for each mark: its kind, the words, and what would be right where that is sure. ``!`` stands before a fault that is
not marked and before a sound sentence that is: known to be wrong, and held all the same so that nothing moves unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES
from inedit.guard.nlp.proofreading import english
from inedit.guard.nlp.proofreading.proofread import proofread

GOLDEN = ROOT / "tests" / "golden"
SENTENCES = ROOT / "bench" / "language_quality" / "sentences.jsonl"


def labelled(language: str) -> Iterator[tuple[str, str]]:
    """Each sentence of a language with the words that are wrong in it, or none."""
    for row in map(json.loads, SENTENCES.read_text(encoding="utf-8").splitlines()):
        if row["language"] == language:
            yield row["text"], row["span"] or ""
            if row["correct"]:
                yield row["correct"], ""


def marked(language: str) -> list[str]:
    """The lines of a golden file."""
    listed = []
    for text, wrong in labelled(language):
        found = proofread(text, language)
        start = text.index(wrong)
        hit = any(mark.span.start < start + len(wrong) and start < mark.span.end for mark in found)
        listed.append(("  " if hit == bool(wrong) and (wrong or not found) else "! ") + text)
        listed += [f"    {mark.kind} « {mark.span.of(text)} » {mark.right}".rstrip() for mark in found]
    return listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_faults_are_marked_as_they_were_and_sound_sentences_pass(language: str) -> None:
    """Each mark's kind, place and correction."""
    listed = marked(language)
    assert (GOLDEN / f"proofreading.{language}.txt").read_text(encoding="utf-8").splitlines() == listed


def bracketed(text: str, language: str) -> str:
    """A text with each mark in brackets, and behind a bar what would be right."""
    for mark in reversed(proofread(text, language)):
        right = f"|{mark.right}" if mark.right else ""
        text = f"{text[: mark.span.start]}[{mark.span.of(text)}{right}]{text[mark.span.end :]}"
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_marks_its_faults_and_nothing_else(language: str) -> None:
    """The words that are wrong, and the right ones."""
    lines = (GOLDEN / "proofread.txt").read_text(encoding="utf-8").splitlines()
    held = [line.removeprefix(f"{language}: ") for line in lines if line.startswith(f"{language}: ")]
    assert len(held) > 10
    plain = [re.sub(r"\[([^|\]]*)(?:\|[^\]]*)?\]", r"\1", line) for line in held]
    assert [bracketed(text, language) for text in plain] == held


if __name__ == "__main__":
    # after a change that is meant, PYTHONPATH=src:tests python THIS_FILE writes them anew
    for tag in LANGUAGES:
        (GOLDEN / f"proofreading.{tag}.txt").write_text("\n".join(marked(tag)) + "\n", encoding="utf-8")


def test_english_rules_are_tried_wherever_one_of_them_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words that rules may begin at spare the others; with every word among them, as much is marked."""
    texts = [text for text, _ in labelled("en")]
    marked_now = [proofread(text, "en") for text in texts]

    class Every(frozenset[str]):
        def __contains__(self, _: object) -> bool:
            return True

    monkeypatch.setattr(english, "_beginnings", Every)
    assert [proofread(text, "en") for text in texts] == marked_now
    assert any(marked_now)
