"""What changed from one text to the next, word by word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """Characters that stayed (``same``), went (``gone``) or came (``new``)."""

    kind: str
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The way from one text to another.

    >>> [(c.kind, c.text) for c in changes("un drap blanc", "un drap bleu")]
    [('same', 'un drap '), ('gone', 'blanc'), ('new', 'bleu')]
    """
    a, b = _WORDS.findall(before), _WORDS.findall(after)
    made = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Change("same", "".join(a[i:j])))
            continue
        if i < j:
            made.append(Change("gone", "".join(a[i:j])))
        if k < m:
            made.append(Change("new", "".join(b[k:m])))
    return tuple(made)


def changed_parts(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[Change, ...]]:
    """The parts that changed, each with its way."""
    return {
        name: changes(before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys((*before, *after))
        if before.get(name, "") != after.get(name, "")
    }
