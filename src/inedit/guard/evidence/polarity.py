"""What a text denies, clause by clause: negators, verbs of absence, and how far they reach. Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import KEPT_TEXTS, Word, sentences, stem_of, words_in

REACH = 5
"""A negator denies the next words of its clause, so many at most."""

_CLAUSE = re.compile(r"[,;:.](?=\s)|[()\[\]–—!?…«»“”„\"\n]")


LEADING = frozenset({"sans", "without", "ohne", "sin", "senza"})
"""Negators that deny only what they lead (« entre sans frapper » enters)."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a language that turn a sentence round."""

    negators: frozenset[str]
    only: frozenset[str]
    until: frozenset[str]
    but: frozenset[str]
    absence: tuple[str, ...]
    staying: tuple[str, ...]
    first: frozenset[str]
    then: frozenset[str]
    partial: frozenset[str]
    with_: frozenset[str]
    emphasis: frozenset[str]
    nothing: frozenset[str]
    may_negate: frozenset[str] = field(init=False, repr=False, compare=False)
    """The negators, and the end of “don’t”."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "may_negate", self.negators | {"t"})


_BEGINNINGS = ("absence", "staying")
"""Rows that list beginnings of words."""


@lru_cache(maxsize=1)
def polarity() -> dict[str, Lexicon]:
    """The words that turn a sentence round, by language."""
    source = files("inedit.guard.nlp").joinpath("data", "polarity.toml").read_text(encoding="utf-8")
    return {
        code: Lexicon(
            **{key: frozenset(listed.split()) for key, listed in rows.items() if key not in _BEGINNINGS},
            absence=tuple(rows["absence"].split()),
            staying=tuple(rows["staying"].split()),
        )
        for code, rows in tomllib.loads(source).items()
    }


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two marks, their stems and all of them ``folded``, a space before each; where they deny something.
    ``nothing``: it denies in another word (“nobody”). ``asked`` is True in a question."""

    words: tuple[Word, ...]
    stems: tuple[str, ...]
    folded: str
    negators: tuple[int, ...]
    absences: int
    nothing: bool
    asked: bool
    start: int
    end: int

    def parity(self, index: int, *, whole: bool) -> tuple[bool, bool]:
        """``(whether it denies, whether a negator does)`` of the word at ``index``; ``whole``: by any of the clause."""
        near = [
            at
            for at in self.negators
            if 0 < index - at <= REACH or (whole and self.words[at].folded not in LEADING)
        ]
        return bool((bool(near) + self.absences) % 2), bool(near)  # « aucune … jamais » denies once


@lru_cache(maxsize=KEPT_TEXTS // 4)  # the facts of a brand are held against every draft
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a text, a mark or an adversative (« mais ») ending one."""
    lexicon, found = polarity()[primary(language)], []
    for sentence in sentences(text):
        asked = "?" in sentence.of(text)[-3:]
        inside = words_in(text, sentence)
        groups: list[list[Word]] = [[]]
        for before, word in zip([None, *inside], inside, strict=False):
            gap = " " if before is None else text[before.end : word.start]
            if (gap != " " and _CLAUSE.search(gap)) or word.folded in lexicon.but:
                groups.append([])
            groups[-1].append(word)
        found += [_clause(tuple(group), lexicon, language, asked=asked) for group in groups if group]
    return tuple(found)


def _clause(group: tuple[Word, ...], lexicon: Lexicon, language: str, *, asked: bool) -> Clause:
    folded = [word.folded for word in group]
    negators = (
        []
        if lexicon.may_negate.isdisjoint(folded)
        else [  # so of most clauses
            index
            for index, word in enumerate(folded)
            if (word in lexicon.negators or (word == "t" and index and folded[index - 1].endswith("n")))
            and not lexicon.only & set(folded[index + 1 : index + 2])
            and not (
                word == "ne" and "né" not in group[index].text.lower() and lexicon is polarity().get("it")
            )
            and not any(
                next_word[:1].isdigit() for next_word in folded[index + 1 : index + 2]
            )  # „keine 2 Gramm“
        ]
    )
    if negators and not lexicon.until.isdisjoint(folded):
        negators = []  # “not until Sunday” is on Sunday
    code = primary(language)
    absent, known = _tells_absence(code), stem_of(language)
    absences = sum([len(word) > 3 and absent[word] for word in folded])
    nothing = not _begins_nothing(code).isdisjoint(folded) and any(
        _stands(said, folded, lexicon.only) for said in lexicon.nothing
    )
    roots = tuple([known[word.text] for word in group])
    return Clause(
        group, roots, f" {' '.join(folded)}", tuple(negators), absences, nothing,
        asked, group[0].start, group[-1].end,
    )  # fmt: skip


@per_word
def _tells_absence(word: str, code: str) -> bool:
    return word.startswith(polarity()[code].absence)


@lru_cache(maxsize=16)
def _begins_nothing(code: str) -> frozenset[str]:
    """The first words of what denies in other words than a negator."""
    return frozenset(said.partition("~")[0].partition("_")[0] for said in polarity()[code].nothing)


def _stands(said: str, folded: list[str], only: frozenset[str]) -> bool:
    """Whether words stand in a clause: « non plus », or « ne … plus » (``ne~plus``) with no « que » between."""
    first, apart, second = said.partition("~")
    if not apart:
        return f" {said.replace('_', ' ')} " in f" {' '.join(folded)} "
    behind = folded[folded.index(first) + 1 :] if first in folded else []
    return second in behind and only.isdisjoint(behind[: behind.index(second)])


def denies_a_limit(said: str, fact: str, language: str) -> bool:
    """Whether words with a denial say what a fact says of a limit: « n’atteint pas 2 grammes », "less than 2 grams"."""
    limits = {q.number for q in find_quantities(fact, language) if q.approximate == "under"}
    return bool(limits) and any(
        q.number in limits and q.approximate != "under" for q in find_quantities(said, language)
    )
