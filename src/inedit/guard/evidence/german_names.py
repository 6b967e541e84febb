"""Names of people and houses in German, where every noun has a capital."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from inedit.guard.evidence.capitals import common_words
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence
from inedit.guard.evidence.names import supplied_names
from inedit.guard.evidence.subjects import is_ours
from inedit.guard.nlp.grammar import Clause, clauses, grammar
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.proofreading.german_nouns import noun_slots
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


def german_names(text: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Span]:
    """Names of people and houses in German, where every noun has a capital: two capitals in a row that no article,
    number or adjective leads (« verschnürt Marlies Hagedorn »), or one after « Hotel ». A common noun after a
    preposition (« Bei Nichtgefallen Geld zurück ») is nobody's first name."""
    own, common = grammar("de"), common_words("de")
    supplied = supplied_names(facts, known, "de").words | common
    for clause in clauses(text, "de"):
        for i, (first, second) in enumerate(_pairs(clause, own.establishments, own.prepositions)):
            named = second.text[:1].isupper() and first.text[:1].isupper()
            if named and i and _is_awarded(first, second, clause, known) and second.folded not in supplied:
                yield Span(first.start, second.end)
                continue
            if (
                not named
                or (text[first.end : second.start] != " " and first.folded not in own.establishments)
                or second.folded in supplied
                or second.text.isupper()
            ):
                continue
            if first.folded in own.establishments or (
                first.folded not in supplied
                and not _is_led(clause, i, own.determiners)
                and not (i and clause.words[i - 1].folded in own.prepositions and _is_common(first.text))
            ):
                yield Span(first.start, second.end)


def _is_awarded(first: Word, second: Word, clause: Clause, known: Evidence) -> bool:
    """„trägt den Blauen Engel“: an adjective with a capital inside a clause is a part of a name, and something of ours
    bears it or was given it."""
    adjective = first.folded.endswith(_ADJECTIVE) and "A" in readings(first.text.lower(), "de")
    bears = adjective and any(word_pattern("de", "bears").fullmatch(w.folded) for w in clause.words)
    ours = [n for n in clause.nouns if n.role == "bare" and n.stem in known.heads and n.word != second]
    return bears and (bool(ours) or is_ours(clause, known, "de"))


def _pairs(
    clause: Clause, establishments: frozenset[str], prepositions: frozenset[str]
) -> Iterator[tuple[Word, Word]]:
    """Each word of a clause with the next one; « Hotel » with the name behind « Zur »."""
    for i, (first, second) in enumerate(pairwise(clause.words)):
        inside = second.text[:1].isupper() and second.folded in prepositions and i + 2 < len(clause.words)
        yield first, clause.words[i + 2] if inside and first.folded in establishments else second


def _is_common(written: str) -> bool:
    """Whether a word is a common noun, or made of a verb („beim Rösten“)."""
    return bool(noun_slots(written)) or "I" in readings(written.lower(), "de")


def _is_led(clause: Clause, i: int, determiners: frozenset[str]) -> bool:
    """Whether the word may be an adjective at the beginning, or a noun after an article, a number or an adjective."""
    numbers = language_profile("de")
    if i == 0:
        first = clause.words[0].folded
        return first.endswith(_ADJECTIVE) or word_values(first, numbers) is not None
    before = clause.words[i - 1]
    return (
        before.folded in determiners
        or before.folded.isdigit()
        or (before.text.islower() and before.folded.endswith(_ADJECTIVE))
        or word_values(before.folded, numbers) is not None
    )


_ADJECTIVE = ("e", "er", "es", "en", "em")
