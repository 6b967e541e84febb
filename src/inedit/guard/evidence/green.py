"""Which environmental claims a text makes, and whether a supplied fact makes the same one of the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.packs import rule_pack, span_of
from inedit.guard.nlp.text import fold, folded_words, plain, sentence_at, stem, stems, words
from inedit.model import Span


class GreenClaim(NamedTuple):
    """By which rule and where a claim is made; ``subject`` is the noun it has to be said of, if any."""

    rule: str
    span: Span
    subject: str


@lru_cache(maxsize=2048)
def green_claims(text: str, language: str) -> tuple[GreenClaim, ...]:
    """Each environmental claim of a text; ambiguous ones (“clean”) with the noun that they are said of."""
    pack = rule_pack("green-claims", language)
    found = []
    for rule, match in pack.matches(text):
        subject = match.group(1) or "" if rule.kind == "subject" else ""
        if subject and pack.elsewhere and pack.elsewhere.search(plain(text)):
            continue
        found.append(GreenClaim(rule.id, span_of(match), subject))
    return tuple(found)


def supports(fact: str, text: str, span: Span, language: str) -> bool:
    """Whether a fact has every word of a claim and, where the sentence has others, speaks of the same thing."""
    told = frozenset(stems(fact, language)) | frozenset(folded_words(fact))
    if not _content(span.of(text), language) <= told:
        return False
    around = sentence_at(text, span.start)
    others = _content(text[around.start : span.start] + " " + text[span.end : around.end], language)
    return not others or bool(others & told)


@lru_cache(maxsize=512)
def _content(text: str, language: str) -> frozenset[str]:
    """The stems of the words that are not function words."""
    small = language_profile(language).stop_words
    return frozenset(stem(word.text, language) for word in words(text) if word.folded not in small)


def is_offered(noun: str, offered: Iterable[str], language: str) -> bool:
    """Whether a noun, or the head of a German compound, is a word of what the brand sells."""
    mine, folded = stem(noun, language), fold(noun)
    return any(
        mine == stem(word, language) or folded.endswith(fold(word)) for word in offered if len(word) > 2
    )
