"""Texts that the guard can accept, as many as a bench needs: sentences of an open grammar over some hundred everyday
words a language, so that two of them share neither their words in a row nor their skeleton of function words.

What the archive's door takes for function words are those of at most three letters. So that skeletons differ among a
hundred thousand texts, the grammars (``grammar-en.txt``, ``grammar-fr.txt``) have many of these in every place, nouns,
verbs and adverbs among them, and sentences of many builds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

Choose = random.Random
Grammar = Mapping[str, tuple[tuple[str, ...], ...]]
"""The alternatives of each name, in tokens: names are in capitals and stand for one of their own alternatives."""

_ENDINGS = {
    "en": {"S": (r"(?<=[sxh])$", "es", r"(?<=[aeiou]y)$", "s", r"y$", "ies", r"$", "s"),
           "ED": (r"e$", "ed", r"(?<=[aeiou]y)$", "ed", r"y$", "ied", r"$", "ed"),
           "ING": (r"e$", "ing", r"$", "ing")},
    "fr": {"E": (r"er$", "e"), "AIT": (r"er$", "ait"), "A": (r"er$", "a"), "ENT": (r"er$", "ent"),
           "AIENT": (r"er$", "aient"), "PP": (r"er$", "é"), "PPF": (r"er$", "ée"), "ANT": (r"er$", "ant"),
           "PL": (r"(?<=[sxz])$", "", r"(?<=eau)$", "x", r"$", "s")},
}  # fmt: skip
"""What ``VERB+ING`` makes of a word: the first pattern that is found in it is replaced by what follows the pattern."""

_JOINED = {
    "en": (),
    "fr": (
        (r"\bde le\b", "du"), (r"\bde les\b", "des"), (r"\bà le\b", "au"), (r"\bà les\b", "aux"),
        (r"\bsi (ils?)\b", r"s’\1"), (r"\b([Ll]orsqu|[Pp]uisqu|[Qq]uoiqu|[Qq]u|d)e (ils?|elles?|on|une?)\b", r"\1’\2"),
        (r"_", ""),
    ),
}  # fmt: skip
"""How words are written that stand side by side; « le_ » is a pronoun, which joins nothing."""


@cache
def grammar(language: str) -> Grammar:
    """The rules of a language: in a line, a name, and either words (after ``:``) or alternatives (after ``=``)."""
    lines = Path(__file__).with_name(f"grammar-{language}.txt").read_text(encoding="utf-8").splitlines()
    rules: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in lines:
        name, sign, said = line.partition(" ")[0], line.partition(" ")[2][:1], line.partition(" ")[2][1:]
        if sign and name.isupper():
            listed = said.split() if sign == ":" else said.split(" | ")
            rules[name] = (*rules.get(name, ()), *(tuple(alternative.split()) for alternative in listed))
    return rules


def _said(language: str, name: str, dice: Choose) -> Iterator[str]:
    """The words that a name stands for."""
    for token in dice.choice(grammar(language)[name]):
        own, _, ending = token.partition("+")
        if not own.isupper() or own not in grammar(language):
            yield token
            continue
        words = list(_said(language, own, dice))
        yield from words[:-1]
        yield _ended(language, words[-1], ending) if ending else words[-1]


@cache
def _ended(language: str, word: str, ending: str) -> str:
    rules = _ENDINGS[language][ending]
    found = next(at for at in range(0, len(rules), 2) if re.search(rules[at], word))
    return re.sub(rules[found], rules[found + 1], word)


def sentence(language: str, dice: Choose, depth: int = 1) -> str:
    """A sentence of six to some thirty words; without ``depth`` one of a single clause or two."""
    said = " ".join(_said(language, "SENTENCE" if depth else "SHORT", dice))
    said = re.sub(r" ([,.])", r"\1", said)
    for pattern, joined in _JOINED[language]:
        said = re.sub(pattern, joined, said)
    said = said.replace(" ?", "\u202f?" if language == "fr" else "?")
    return f"{said[0].upper()}{said[1:]}{'' if said.endswith('?') else '.'}"


def texts(language: str, seed: int) -> Iterator[tuple[str, str, str]]:
    """A hook, and what stands before and after the insight in a body; another text each time, without end."""
    dice = random.Random(seed)
    while True:
        hook = next(s for s in iter(lambda: sentence(language, dice, 0), None) if 40 <= len(s) <= 85)
        before, after = (
            next(s for s in iter(lambda: _paragraph(language, dice), None) if 90 <= len(s) <= 160)
            for _ in "ab"
        )
        yield hook, before, after


def _paragraph(language: str, dice: Choose) -> str:
    """One sentence, or two or three of which each has a build of its own."""
    return " ".join(
        sentence(language, dice, depth) for depth in dice.choice(((1,), (1, 0), (0, 1), (0, 0), (0, 0, 0)))
    )
