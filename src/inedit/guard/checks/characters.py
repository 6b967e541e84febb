"""Nothing in the text that a reader cannot see, and no letters dressed up as others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.characters import STYLED, as_read, invisible_runs, is_plain
from inedit.guard.nlp.language_data import remedy
from inedit.model import Draft, Finding, Severity, Span

SOFT_HYPHEN = "\u00ad"


def characters_show(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No invisible characters; letters of the mathematical and full-width alphabets are for a person to decide."""
    return () if is_plain(draft.text) else tuple(_characters_show(draft, context))


def _characters_show(draft: Draft, context: Context) -> Iterator[Finding]:
    for part_id, text, start in model_parts(draft, context):
        for span in invisible_runs(text):
            hidden = span.of(text)
            names = ", ".join(
                f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in dict.fromkeys(hidden)
            )
            word = as_read(_around(text, span)).text
            yield Finding(
                "characters",
                # a soft hyphen is what a web page may want; the others have no honest use here
                Severity.REVIEW if set(hidden) == {SOFT_HYPHEN} else Severity.BLOCK,
                f"“{word}” holds a character that nobody sees ({names}).",
                span.shifted(start),
                remedy=remedy(draft.spec.language, "invisible", text=word),
                part=part_id,
            )
        for match in STYLED.finditer(text):
            plain = unicodedata.normalize("NFKC", match.group())
            yield Finding(
                "characters",
                Severity.REVIEW,
                f"“{match.group()}” is written in mathematical or full-width letters: screen readers skip them and "
                "no search finds them.",
                Span(match.start() + start, match.end() + start),
                remedy=remedy(draft.spec.language, "styled", text=plain),
                part=part_id,
            )


def _around(text: str, span: Span) -> str:
    """The word, or the two words, that a span stands in."""
    start = max(text.rfind(" ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    return text[start:].split(maxsplit=1)[0] if text[start:].strip() else text[span.start : span.end]
