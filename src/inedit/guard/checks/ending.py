"""No part stops in the middle of a sentence."""

from __future__ import annotations

import re

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import language_profile, remedy
from inedit.guard.nlp.text import Word, excerpt, sentences, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Draft, Finding, Severity, Span

LONG_TEXT = 80
"""Characters from which a part that has full sentences must end as one."""

_ENDS_WELL = re.compile(r"[.!?…:»”“\"'’)\]]$|[^\w\s,;\-–—(«„/&+]$|#\w+$|\S+\.[a-z]{2,}\S*$|\d$")
"""No match has a space, so that it stands behind the last one of a text that ends with none."""
_ENDS_BADLY = re.compile(r"[,;(«„&+]$|\s[-–—/]$|\w-$")
_LONGEST_BAD_END = 2

_APOSTROPHES = str.maketrans("’\u00a0\u202f", "'  ")


def sentences_end(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """A part does not stop in the middle of a sentence."""
    language = draft.spec.language
    findings = []
    for part_id, text, start in model_parts(draft, context):
        stripped = text.rstrip()
        listed = words(stripped)
        if not listed:
            continue
        last = listed[-1]
        hangs = last.end == len(stripped) and not last.text.isupper() and _hangs(stripped, last, language)
        line = stripped.rsplit("\n", 1)[-1]  # a last line without a stop may be a title or a call to action
        runs_on = (
            len(stripped) >= LONG_TEXT
            and re.search(r"[.!?…]\s", line) is not None
            and _ENDS_WELL.search(line, line.rfind(" ") + 1) is None
        )
        if hangs or runs_on or _ENDS_BADLY.search(stripped, len(stripped) - _LONGEST_BAD_END):
            tail = sentences(stripped)[-1]
            written = excerpt(tail.of(stripped))
            findings.append(
                Finding(
                    "ending",
                    Severity.BLOCK,
                    f"“{written}” stops in the middle of a sentence.",
                    Span(tail.start + start, tail.end + start),
                    remedy=remedy(language, "cut"),
                    part=part_id,
                )
            )
    return tuple(findings)


def _hangs(text: str, last: Word, language: str) -> bool:
    """Whether the last word needs another one behind it: « selon le », “Monday to”, „die Kundin, deren“, “for twelve
    weeks in 10”. Accents tell « il y a » from « à »; a conjunction may be a noun (« sans mais », „ein Aber“)."""
    tail = sentences(text)[-1].of(text).translate(_APOSTROPHES).lower()
    if word_pattern(language, "cut_noun").search(tail):
        return False
    if last.text.lower() in language_profile(language).cut_words:
        return True
    return word_pattern(language, "cut_ending").search(tail) is not None
