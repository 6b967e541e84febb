"""Takes out of a text what says who wrote it or whom it is about, in French, English, German, Spanish and Italian.

Structured identifiers are found by their form and their check digits, whatever the language; names by what stands
around them and by a list of first names. Nothing is looked up anywhere, the same text gives the same result, and time grows
with the length of a text, whatever stands in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from inedit.insight_loop.redaction.accounts import account_spans, link_spans
from inedit.insight_loop.redaction.addresses import address_spans
from inedit.insight_loop.redaction.identifiers import identifier_spans
from inedit.insight_loop.redaction.joined import in_joined
from inedit.insight_loop.redaction.people import name_spans, people_spans
from inedit.insight_loop.redaction.phones import phone_spans
from inedit.insight_loop.redaction.spans import Found, merge_overlaps
from inedit.insight_loop.redaction.windows import composed, in_windows

__all__ = ["KINDS", "Redaction", "redact"]

KINDS = ("email", "link", "handle", "ip", "iban", "card", "id", "phone", "address", "name")
"""What is taken out; each leaves its kind in square brackets: ``[phone]``. The first of two that overlap wins."""

_DIGIT = re.compile(r"\d")
_SAME_LENGTH = {
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u2002\u2003\u3000\t"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF20: "@",
    0x2019: "'",
}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F))


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without what was taken out, and how often each of :data:`KINDS` was."""

    text: str
    counts: Mapping[str, int]


def redact(text: str, language: str | None = None, names: Collection[str] = ()) -> Redaction:
    """Replace identifiers by their kind.

    ``language`` is a BCP 47 tag: it decides only whether a first name that is a word as well may be one; None means any.
    ``names`` are names and handles of people known from elsewhere (who else wrote in the place), taken out as they are
    written there.
    """
    text = composed(text).translate(_INVISIBLE)
    read = text.translate(_SAME_LENGTH)
    found = [
        *in_windows(read, lambda piece: _spans(piece, language)),
        *link_spans(read),
        *name_spans(read, names),
    ]
    if not found:
        return Redaction(text, {})
    pieces, last, counts = [], 0, Counter[str]()
    for span in merge_overlaps(found, KINDS):
        pieces += [text[last : span.start], f"[{span.kind}]"]
        last = span.end
        counts[span.kind] += 1
    return Redaction("".join((*pieces, text[last:])), counts)


def _spans(text: str, language: str | None) -> Iterator[Found]:
    if _DIGIT.search(text):
        yield from in_joined(text, _numbers)
        yield from address_spans(text)
    else:
        yield from phone_spans(text, in_words_only=True)
    yield from account_spans(text)
    yield from people_spans(text, language)


def _numbers(text: str) -> Iterator[Found]:
    yield from identifier_spans(text)
    yield from phone_spans(text)
