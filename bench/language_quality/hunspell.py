"""Every form that a Hunspell dictionary stands for, with what its entries say of each (``po:`` and ``is:``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rule:
    """One affix: what it takes off, what it puts on, after which endings, and what it says of the form."""

    flag: str
    strip: str
    add: str
    condition: re.Pattern[str]
    crosses: bool
    tags: tuple[str, ...]
    more: tuple[str, ...]


class Affixes:
    """The rules of an ``.aff`` file by flag."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        found = re.search(r"^FLAG (\w+)", text, re.MULTILINE)
        self.kind = found.group(1) if found else "short"
        self.suffixes: dict[str, list[Rule]] = defaultdict(list)
        self.prefixes: dict[str, list[Rule]] = defaultdict(list)
        crosses: dict[tuple[str, str], bool] = {}
        for line in text.splitlines():
            fields = line.split()
            if not fields or fields[0] not in {"SFX", "PFX"}:
                continue
            kind, flag = fields[:2]
            if (kind, flag) not in crosses:
                crosses[kind, flag] = fields[2] == "Y"
                continue
            add, _, more = fields[3].partition("/")
            condition = fields[4] if len(fields) > 4 else "."
            pattern = re.compile(f"(?:{condition})$" if kind == "SFX" else f"^(?:{condition})")
            rule = Rule(
                flag,
                "" if fields[2] == "0" else fields[2],
                "" if add == "0" else add,
                pattern,
                crosses[kind, flag],
                tuple(fields[5:]),
                self.flags(more),
            )
            (self.suffixes if kind == "SFX" else self.prefixes)[flag].append(rule)
        self.needs = _named(text, "NEEDAFFIX", self)
        self.forbidden = _named(text, "FORBIDDENWORD", self)

    def suffixed(self, stem: str, flag: str) -> Iterator[tuple[Rule, str]]:
        """Each suffix of a flag that a stem takes, with the form."""
        for rule in self.suffixes.get(flag, ()):
            if stem.endswith(rule.strip) and rule.condition.search(stem):
                yield rule, stem[: len(stem) - len(rule.strip)] + rule.add

    def flags(self, written: str) -> tuple[str, ...]:
        """Flags as an entry writes them."""
        if self.kind == "long":
            return tuple(written[i : i + 2] for i in range(0, len(written), 2))
        if self.kind == "num":
            return tuple(written.split(","))
        return tuple(written)


def _named(text: str, name: str, affixes: Affixes) -> frozenset[str]:
    found = re.search(rf"^{name} (\S+)", text, re.MULTILINE)
    return frozenset(affixes.flags(found.group(1))) if found else frozenset()


def entries(path: Path, affixes: Affixes) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """``(stem, flags, tags)`` of each line of a ``.dic`` file."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        head, *tags = line.split("\t" if "\t" in line else " ")
        stem, _, flags = head.partition("/")
        if stem and not stem.startswith("#"):
            yield stem, affixes.flags(flags), tuple(tag for part in tags for tag in part.split())


def forms(
    stem: str, flags: tuple[str, ...], tags: tuple[str, ...], affixes: Affixes, *, prefixes: bool = True
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each form of an entry with its tags and, as ``fl:…``, the suffix that made it."""
    if affixes.forbidden & set(flags):
        return
    made: list[tuple[str, tuple[str, ...], bool]] = []
    if not affixes.needs & set(flags):
        made.append((stem, tags, True))
    for flag in flags:
        for rule, form in affixes.suffixed(stem, flag):
            said = (*tags, *rule.tags, f"fl:{flag}")
            if not affixes.needs & set(rule.more):
                made.append((form, said, rule.crosses))
            for further in rule.more:
                for second, longer in affixes.suffixed(form, further):
                    made.append((longer, (*said, *second.tags), rule.crosses))
    yield from ((form, said) for form, said, _ in made)
    for flag in flags if prefixes else ():
        for rule in affixes.prefixes.get(flag, ()):
            for form, said, crosses in made:
                if (crosses or form == stem) and form.startswith(rule.strip) and rule.condition.search(form):
                    yield rule.add + form[len(rule.strip) :], said
