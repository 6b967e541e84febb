"""Which promises a text makes, by its words: free, guaranteed, delivered, reduced, certified …"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from inedit.guard.evidence.denied_promises import DENIABLE as BY_ITS_VERB
from inedit.guard.evidence.denied_promises import is_denied_by_its_verb
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.text import fold, plain, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span

DENIABLE = frozenset({"guarantee", "returns", "replacement", "refund", "speed"})
"""Promises that a clause may deny (« ne rentre pas dans la garantie »); what is free is often said by a denial."""

_AFTER = 3
"""Words from a promise to what denies it: “the guarantee does not cover”."""

_BEFORE = 5
"""Words from what denies a promise to it, a preposition between: « n'est pas couvert par la garantie »."""

_MARK = re.compile(r"[;:.!?()–—\n]")

_ENDS = frozenset(",;:.!?()–—\n")
"""Signs past which a denial is another clause's."""


@lru_cache(maxsize=4096)
def promises(text: str, language: str, *, denied: bool = False) -> tuple[tuple[str, Span], ...]:
    """``(kind, span)`` of each promise of a text; « pas de remise » is none, unless the ``denied`` are wanted too. What
    a pattern calls ``p`` is the promise, the rest what makes it one (« aucune reprise n'est facturée »)."""
    data = language_profile(language)
    rest = plain(text)
    found = []
    for pattern, kind in data.promises.possible(rest):
        if not kind:
            rest = pattern.sub(lambda match: "~" * len(match.group()), rest)
            continue
        for match in pattern.finditer(rest):
            refused = bool(not denied and data.negation and data.negation.search(fold(text[: match.start()])))
            refused = refused or (
                not denied and kind in DENIABLE and _is_denied(text, match.span(), language)
            )
            refused = refused or (
                not denied and kind in BY_ITS_VERB and is_denied_by_its_verb(text, match.span(), language)
            )
            refused = refused or (
                not denied and kind == "discount" and _is_not_given(text, match.end(), language)
            )
            written = data.homographs and data.homographs.search(text, *match.span())
            if "~" in match.group() or refused or written:
                continue
            start, end = match.span("p") if "p" in match.re.groupindex else match.span()
            found.append((kind, Span(start, end)))
            rest = rest[:start] + "~" * (end - start) + rest[end:]
    return tuple(sorted(found, key=lambda entry: entry[1]))


def _is_denied(text: str, at: tuple[int, int], language: str) -> bool:
    """Whether a clause denies what a promise's words name: inside them („nehmen wir nicht zurück“), right after them,
    or before the preposition that leads them."""
    own, (start, end) = grammar(language), at
    listed = words(text)
    if any(w.folded in own.denials for w in listed if start <= w.start < end):
        return True
    after = list(
        takewhile(lambda w: w.folded not in own.prepositions, [w for w in listed if w.start >= end][:_AFTER])
    )
    verbal = own.denials - own.determiners - own.waiving  # « sin pedir ninguna foto » denies no promise
    if any(w.folded in verbal and _in_clause(text, end, w.start) for w in after):
        return True
    before = [w for w in listed if w.end <= start][-_BEFORE:]
    led = any(w.folded in own.prepositions | own.genitive for w in before[-2:])
    return led and any(w.folded in own.denials and _in_clause(text, w.end, start) for w in before[:-1])


def _is_not_given(text: str, end: int, language: str) -> bool:
    """« A luglio lo sconto per i gruppi non c'è »: the rest up to a mark says that it is not there."""
    rest = _MARK.split(fold(text[end:]), maxsplit=1)[0]
    return word_pattern(language, "is_not_given").search(rest) is not None


def _in_clause(text: str, start: int, end: int) -> bool:
    return _ENDS.isdisjoint(text[start:end])
