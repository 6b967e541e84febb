"""Reading a text as a proof-reader does: spelling, agreement, elision, words said twice. Deterministic, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.proofreading.english import english_faults
from inedit.guard.nlp.proofreading.german import common_noun, german_faults
from inedit.guard.nlp.proofreading.helpers import helper_faults
from inedit.guard.nlp.proofreading.loans import is_loan
from inedit.guard.nlp.proofreading.romance import romance_faults
from inedit.guard.nlp.proofreading.sounds import sound_faults
from inedit.guard.nlp.proofreading.spelling import SHORTEST, known, meant
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token, tokens
from inedit.model import Span

_NOT_PROSE = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\{\{.*?\}\}|\{\w+\}|\[[^\]\n]*\]|\b[\w-]+\.(?:com|fr|de|es|it|net|org|eu)\b\S*"
)
_MAY_BE_NO_PROSE = re.compile(r"[@#{\[/.](?:(?<!\.)|(?<=\.)\S)")
"""What each of these has."""

_AGAIN = {  # words that come twice in a row in good prose
    "fr": "nous vous si tout très bien non oui bla toc chut",
    "en": "that had very bye no yes so really is",
    "de": "die der das sie den sehr so ja nein dass es wir dem",
    "es": "que muy no sí ya nada poco así",
    "it": "piano molto no sì appena poco così bene via passo quasi",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """What a proof-reader marks: where, of which kind, and what would be right, when that is sure.

    ``kind`` is spelling, capital, twice, agreement, verb, sound or confused.
    """

    span: Span
    kind: str
    right: str = ""


def proofread(text: str, language: str) -> tuple[Marked, ...]:
    """Every fault in a text, in its order; nothing in a language that has no lexicon."""
    code = primary(language)
    if code not in KNOWN:
        return ()
    # an address stands where a name could; a bar ends the sentence for every rule
    read = text
    if _MAY_BE_NO_PROSE.search(text):
        read = _NOT_PROSE.sub(lambda found: " " * (len(found.group()) - 1) + "|", text)
    listed = tokens(read, code)
    found = [*_misspelt(listed, code), *_faults(listed, code), *_pairs(listed, code), *_twice(listed, code)]
    found = [f for f in found if f.kind != "capital" or not is_loan(listed, f.first, code, f.right)]
    marked: list[Marked] = []
    for fault in sorted(found, key=lambda fault: (fault.first, fault.last)):
        span = Span(listed[fault.first].start, listed[fault.last].end)
        if not span.overlaps([other.span for other in marked]):
            marked.append(Marked(span, fault.kind, fault.right))
    return tuple(marked)


def _faults(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    yield from sound_faults(listed, language)
    if language == "de":
        yield from german_faults(listed)
    elif language == "en":
        yield from english_faults(listed)
    else:
        yield from romance_faults(listed, language)
        yield from helper_faults(listed, language)


def _misspelt(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    """Words in small letters that no dictionary has, and German nouns; other words with a capital may be names."""
    accents = tables(language).map("accent")
    for i, token in enumerate(listed):
        if token.low in accents:
            yield Fault(i, i, "spelling", accents[token.low])
        elif token.word and not token.readings and len(token.low) >= SHORTEST and not token.low.endswith("'"):
            named = not token.text.islower() and (language != "de" or not common_noun(listed, i))
            if not named and not known(token, language):
                right = meant(token.text.replace("’", "'"), language)
                if (right or token.text.islower()) and not is_loan(listed, i, language, right):
                    yield Fault(i, i, "spelling", right)


def _pairs(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    """Two words that are taken for two others."""
    pairs, first = tables(language).map("pairs"), _first_words(language)
    for i in range(len(listed) - 1):
        if listed[i].low not in first:  # so for nearly all
            continue
        one, other = listed[i], listed[i + 1]
        gap = "" if one.end == other.start else " "
        right = pairs.get(f"{one.low}{gap}{other.low}")
        if right and not _is_a_subject(listed, i):
            yield Fault(i, i + 1, "confused", right[0].upper() + right[1:] if one.capital else right)


@cache
def _first_words(language: str) -> frozenset[str]:
    """The words that such a pair may begin with, and more: with an elision nobody knows where the second begins."""
    pairs = tables(language).map("pairs")
    return frozenset(pair[:end] for pair in pairs for end in range(1, len(pair) + 1))


def _is_a_subject(listed: Sequence[Token], at: int) -> bool:
    """« L'un peut partir », « quelqu'un peut », « un peut partir »: who can, not how much."""
    if listed[at].low != "un":
        return False
    joined = at > 0 and listed[at - 1].end == listed[at].start and listed[at - 1].low.endswith("'")
    return joined or any("I" in token.readings for token in listed[at + 2 : at + 3])


def _twice(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    for i in range(len(listed) - 1):
        one, other = listed[i], listed[i + 1]
        plain = one.word and one.low == other.low and len(one.low) > 1 and other.text.islower()
        if plain and one.low not in _AGAIN[language].split():
            yield Fault(i, i + 1, "twice", one.text)
