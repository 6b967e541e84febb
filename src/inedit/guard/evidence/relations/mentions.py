"""The words of a text that say of what its figures are, and the passages around a figure. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.evidence.relations.contrast import COMMA
from inedit.guard.evidence.relations.shared_words import stated_words
from inedit.guard.nlp.function_words import is_number
from inedit.guard.nlp.grammar import grammar, is_content, is_joiner, root
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import YEAR
from inedit.guard.nlp.text import Word, sentence_at, sentences, words
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

PARTS = re.compile(r"[:;()!?…]|\s[–—]\s|(?<!\d)\.(?=\s)")
"""Marks that end what is said of a figure, more surely than a comma."""

DATES = (YEAR, "month", "date")
_DAYS = 366
_NEAR = 3
_LEADING = 2


class Mention(NamedTuple):
    """A word that says of what a figure is: its root, as written, where it stands, the words before and after it."""

    root: str
    text: str
    start: int
    before: str
    after: str


@lru_cache(maxsize=4096)
def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The words of content of a text, and « jour », « nuit » where no number counts them."""
    told = {w.start: w.root for w in stated_words(text, language)}
    units = language_profile(language).units
    listed, found = words(text), []
    figures = [q.span for q in find_quantities(text, language) if not q.whole and q.dimension not in DATES]
    for i, word in enumerate(listed):
        if any(span.start <= word.start < span.end for span in figures):
            continue
        beside = [
            w for w in (listed[i - 1] if i else None, listed[i + 1] if i + 1 < len(listed) else None) if w
        ]
        counted = any(_counts(w, language) for w in beside)
        unit = word.folded in units and len(word.folded) > 2 and not counted
        if word.start in told or unit or word.folded in grammar(language).measure_nouns:
            after = listed[i + 1] if i + 1 < len(listed) else None
            joined = after is not None and not text[word.end : after.start].strip(" -\u00a0")
            found.append(
                Mention(
                    told.get(word.start, root(word.text, language)),
                    word.text,
                    word.start,
                    _led_by(text, listed, i, language),
                    root(after.text, language) if after and joined and is_content(after, language) else "",
                )
            )
    return tuple(found)


def _led_by(text: str, listed: Sequence[Word], i: int, language: str) -> str:
    """The word before a word, past an article that a preposition leads: „in der Keimkammer“; « de » for its like."""
    own = grammar(language)
    before: list[str] = []
    for k in (i - 1, i - 2):
        if k < 0 or text[listed[k].end : listed[k + 1].start].strip(" '’\u00a0"):
            break
        before.append(listed[k].folded)
    if len(before) > 1 and before[0] in own.determiners and before[1] in own.prepositions | own.genitive:
        before = before[1:]
    first = before[0] if before else ""
    return "de" if first in own.genitive and first not in own.indefinite else first


def _counts(word: Word, language: str) -> bool:
    """Whether a number beside « jour » says which or how many: « 4e jour », “day 21”, not « celui de jour 410 »."""
    digits = re.match(r"\d+", word.text)
    return int(digits[0]) <= _DAYS if digits else is_number(word, language) and word.folded != "one"


@lru_cache(maxsize=4096)
def noun_of(text: str, language: str, figure: Span) -> str:
    """The root of what a number counts: the next word of content, past « de nos » and its like."""
    for word in [w for w in words(text) if w.start >= figure.end][:_NEAR]:
        if re.search(r"[^\s'’\u00a0-]", re.sub(r"\w", "", text[figure.end : word.start])):
            return ""
        if is_content(word, language):
            return root(word.text, language) if _may_be_noun(word.text, language) else ""
    return ""


def _may_be_noun(word: str, language: str) -> bool:
    """Whether a word behind a number is what it counts, not « cousus » of « 38 cousus »."""
    if primary(language) == "de":
        return word[:1].isupper()
    known = readings(word.lower(), primary(language))
    noun = any(r.startswith("N") for r in known) and not any(r.startswith("K") for r in known)
    return not known or noun


def part_around(text: str, language: str, figure: Span, whole: Span) -> Span:
    """What stands between the marks and joiners around a figure."""
    cuts = [m.start() for marks in (COMMA, PARTS) for m in marks.finditer(text, whole.start, whole.end)]
    cuts += [w.start for w in words(text) if whole.start <= w.start < whole.end and is_joiner(w, language)]
    return around(figure, whole, cuts)


def around(figure: Span, whole: Span, cuts: Sequence[int]) -> Span:
    """What stands between the cuts around a figure."""
    start = max((cut for cut in cuts if cut <= figure.start), default=whole.start)
    return Span(start, min((cut for cut in cuts if cut >= figure.end), default=whole.end))


def is_whole(text: str, language: str, figure: Span) -> bool:
    """Whether a figure is what another one is taken of: “of the 96 people”, « sur 60 clés », „von den 40“."""
    own = grammar(language)
    sentence = sentence_at(text, figure.start)
    cuts = [m.end() for m in COMMA.finditer(text, sentence.start, figure.start)]
    leads = [w for w in words(text) if (cuts[-1] if cuts else sentence.start) <= w.start < figure.start]
    near = [w for w in leads[-2:] if w.folded not in own.determiners - own.genitive]
    first = leads[:1] if not any(is_number(w, language) for w in leads) else []
    out_of = word_list(language, "out_of")
    opening = own.genitive | out_of
    return any(w.folded in opening for w in first) or any(
        w.folded in (opening if len(leads) <= _LEADING else out_of - own.genitive) for w in near[-1:]
    )


def is_of(text: str, language: str, part: Span, whole: Span) -> bool:
    """„58 der 96 Teilnehmer“, “214 of the 1,870 calls”."""
    between = [w for w in words(text) if part.end <= w.start < whole.start]
    own = grammar(language)
    small = own.genitive | own.determiners | word_list(language, "out_of")
    return (
        part.end <= whole.start and 0 < len(between) <= _LEADING and all(w.folded in small for w in between)
    )


def roots_near(text: str, language: str, at: Span) -> set[str]:
    """The words of a sentence and of the one before it."""
    sentence = sentence_at(text, at.start)
    before = [s for s in sentences(text) if s.end <= sentence.start][-1:]
    start = before[0].start if before else sentence.start
    return {m.root for m in mentions(text, language) if start <= m.start < sentence.end}
