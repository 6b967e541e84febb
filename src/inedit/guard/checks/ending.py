"""No part stops in the middle of a sentence."""

from __future__ import annotations

import re

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import language_profile, remedy
from inedit.guard.nlp.text import excerpt, fold, sentences, words
from inedit.model import Draft, Finding, Severity, Span

LONG_TEXT = 80
"""Characters from which a part that has full sentences must end as one."""

_ENDS_WELL = re.compile(r"[.!?…:»”“\"'’)\]]$|[^\w\s,;\-–—(«„/&+]$|#\w+$|\S+\.[a-z]{2,}\S*$|\d$")
_ENDS_BADLY = re.compile(r"[,;(«„&+]$|\s[-–—/]$|\w-$")


def _folded(word: str) -> str:
    return word if word.lower() == "è" else fold(word)  # « com'è » may end a title, « e » may not


def sentences_end(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """A part does not stop in the middle of a sentence."""
    language = draft.spec.language
    cut = language_profile(language).cut_words
    findings = []
    for part_id, text, start in model_parts(draft, context):
        stripped = text.rstrip()
        listed = words(stripped)
        if not listed:
            continue
        last = listed[-1]
        hangs = last.end == len(stripped) and _folded(last.text) in cut and not last.text.isupper()
        line = stripped.rsplit("\n", 1)[-1]  # a last line without a stop may be a title or a call to action
        runs_on = (
            len(stripped) >= LONG_TEXT
            and re.search(r"[.!?…]\s", line) is not None
            and _ENDS_WELL.search(line) is None
        )
        if hangs or runs_on or _ENDS_BADLY.search(stripped):
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
