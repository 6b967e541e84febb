"""Rule packs: what holds in any trade, by rule and language, each pack with its source and date.

A pack is a file under ``data/packs/``. Each rule has, for each language, one pattern a line, matched without regard to
case or accents; ``{name}`` stands for the alternatives of that name under ``[words.<language>]``. What ``[honest]``
matches only looks like a finding (« au plus tard ») and is taken out before any rule is tried, except rules that say
``first``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.patterns import Pattern, Prefilter
from inedit.guard.nlp.text import plain
from inedit.model import Span

PACKS = ("superlatives", "green-claims", "placeholders", "model-talk")
"""The packs there are, by id, which is the file's name too."""

_TAKEN = "\ue000"
"""A private character, which no pattern names, for what is part of a finding or only looks like one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack in one language. ``id`` is the pack's and its own name: ``green-claims.neutral``."""

    id: str
    kind: str
    first: bool
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in one language; ``dated`` is the day its source was read.

    What a rule finds in a sentence that ``elsewhere`` matches, or after what ``subjects`` matches, is said of something
    else; ``impersonal`` matches where a deed is compared, ``offered`` where what anybody sells is named. The check
    decides which of its rules that holds for.
    """

    id: str
    source: str
    dated: date
    rules: tuple[Rule, ...]
    honest: tuple[Pattern, ...]
    elsewhere: Pattern | None
    subjects: Pattern | None
    impersonal: Pattern | None
    offered: Pattern | None
    prefilter: Prefilter[Rule | None] = field(init=False, repr=False, compare=False)
    """Every pattern in the order in which it is tried, with its rule; what is honest stands between those that come
    first and all others, with none."""

    def __post_init__(self) -> None:
        tried: list[tuple[Pattern, Rule | None]] = []
        for first in (True, False):
            tried += ((p, rule) for rule in self.rules if rule.first is first for p in rule.patterns)
            tried += ((pattern, None) for pattern in self.honest if first)
        object.__setattr__(self, "prefilter", Prefilter(tried))

    def matches(self, text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """What the rules find in a text, in their order; no character is part of two findings."""
        rest = plain(text)
        for pattern, rule in self.prefilter.possible(rest):
            if rule is None:
                rest = pattern.sub(_taken, rest)
                continue
            for match in pattern.finditer(rest):
                if _TAKEN in match.group() or not match.group().strip():
                    continue
                rest = rest[: match.start()] + _taken(match) + rest[match.end() :]
                yield rule, match


def switched_off(rule: str, off: frozenset[str]) -> bool:
    """Whether a rule, or its whole pack, is among those that are off."""
    return bool(off) and (rule in off or rule.partition(".")[0] in off)


def _taken(match: re.Match[str]) -> str:
    return _TAKEN * len(match.group())


def rule_ids() -> frozenset[str]:
    """Every pack and every rule that a brand can switch off."""
    return frozenset(
        name for pack in PACKS for name in (pack, *(f"{pack}.{rule}" for rule in _load(pack)["rules"]))
    )


@lru_cache(maxsize=64)
def rule_pack(name: str, language: str) -> Pack:
    """A pack's rules for a language; those under ``all`` hold in every one."""
    return _compile(name, primary(language))


@lru_cache(maxsize=64)
def _compile(name: str, language: str) -> Pack:
    data = _load(name)
    words: Mapping[str, str] = data.get("words", {}).get(language, {})
    rules = tuple(
        Rule(
            f"{name}.{rule}",
            listed.get("kind", rule),
            listed.get("first", False),
            tuple(_patterns(listed.get("all", "") + "\n" + listed.get(language, ""), words)),
        )
        for rule, listed in data["rules"].items()
    )
    return Pack(
        name,
        data["source"],
        data["date"],
        tuple(rule for rule in rules if rule.patterns),
        tuple(_patterns(data.get("honest", {}).get(language, ""), words)),
        *(
            _any(data.get(name, {}).get(language), words)
            for name in ("elsewhere", "subjects", "impersonal", "offered")
        ),
    )


def _patterns(listed: str, words: Mapping[str, str]) -> Iterator[Pattern]:
    for line in _lines(listed):
        source = line
        for name, alternatives in words.items():
            source = source.replace("{" + name + "}", "|".join(alternatives.split()))
        yield Pattern(source, re.IGNORECASE)


def _any(listed: str | None, words: Mapping[str, str]) -> Pattern | None:
    """One pattern for all of them."""
    lines = _lines(listed) if listed else []
    return next(_patterns("|".join(f"(?:{line})" for line in lines), words), None)


def _lines(listed: str) -> list[str]:
    return [line.strip() for line in listed.splitlines() if line.strip() and not line.startswith("# ")]


@lru_cache(maxsize=8)
def _load(name: str) -> dict[str, Any]:
    data = files("inedit.guard.nlp").joinpath("data", "packs", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def span_of(match: re.Match[str]) -> Span:
    """Where a match stands."""
    return Span(match.start(), match.end())
