"""Texts that were taken from another one by rule, from a few words of it to all of them: what a copy may look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]{4,}")


def reworded(text: str, other: str) -> Iterator[tuple[str, str]]:
    """What was done, and ``text`` so changed; its words are exchanged for those of ``other``, an honest text."""
    words, theirs = text.split(), other.split()
    ends = [at for at, word in enumerate(words, start=1) if word.endswith(".")]
    for step in (2, 3, 4, 6):
        yield f"every word no. {step} exchanged", _exchanged(text, other, step)
    for size in (5, 8, 12, 16, 24, 36, 48):
        yield f"its first {size} words, then another text", " ".join([*words[:size], *theirs[size:]])
    for size in (6, 7, 8, 9, 10, 12, 15, 20, 30):
        inside = [*theirs[:20], *words[11 : 11 + size], *theirs[20:]]
        yield f"{size} words of it inside another text", " ".join(inside)
    for size in (2, 3, 4, 6, 9, 14, 20, 24, 25, 30, 35, 36, 40):
        yield f"its first {size} words alone", " ".join(words[:size])
    yield (
        "its sentences the other way round",
        " ".join(
            " ".join(words[start:end])
            for start, end in reversed(list(zip([0, *ends], [*ends, len(words)], strict=True)))
        ),
    )
    for step in (4, 7, 12):
        yield f"every word no. {step} left out", " ".join(w for at, w in enumerate(words, 1) if at % step)
        more = (f"{w} {theirs[at % len(theirs)]}" if at % step == 0 else w for at, w in enumerate(words, 1))
        yield f"a word more after each {step}", " ".join(more)
    yield "two halves exchanged", " ".join([*words[len(words) // 2 :], *words[: len(words) // 2]])
    yield (
        "each two words exchanged",
        " ".join(word for at in range(0, len(words), 2) for word in reversed(words[at : at + 2])),
    )
    yield "in capitals, without stops", re.sub(r"[.,;:?!]", "", text).upper()
    yield "all of it, then the other text", f"{text}\n{other}"


def _exchanged(text: str, other: str, step: int) -> str:
    """Every so manieth longer word exchanged for one of another text."""
    theirs, count = _WORD.findall(other), 0

    def put(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return found.group() if count % step else theirs[count % len(theirs)]

    return _WORD.sub(put, text)
