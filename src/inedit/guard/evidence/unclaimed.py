"""Superlatives that a text does not claim: it denies saying so („wir behaupten nicht, die Schnellsten zu sein“), leaves
it to the reader („ob wir …, rechnen Sie selbst nach“), or asks and does not know (“The biggest in France? We haven't
measured the others”). Pure."""

from __future__ import annotations

import re

from inedit.guard.evidence.polarity import polarity
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import fold, folded_words, sentence_at, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


def is_unclaimed(text: str, span: Span, language: str) -> bool:
    """Whether the superlative at ``span`` is denied, left open or only asked.

    It is claimed all the same where what follows in its sentence sets something against the denial (“but”), or where
    the denial is followed by others who say it (“We don't claim to be the best. Our customers do.”).
    """
    folded, sentence = fold(text), sentence_at(text, span.start)
    if _is_only_asked(text, folded, span, language):
        return True
    following = sentence_at(text, min(sentence.end + 1, len(text) - 1))
    following = following if following.start >= sentence.end else Span(sentence.end, sentence.end)
    said_by_others = word_pattern(language, "others_say")
    if said_by_others.search(folded, span.end, following.end):
        return False
    if text[sentence.start : sentence.end].rstrip().endswith("?"):
        unknown = word_pattern(language, "left_open").search(folded, following.start, following.end)
        return unknown is not None and not _is_turned(text[unknown.end() : following.end], language)
    if _is_turned(text[span.end : sentence.end], language):
        return False
    for name in ("claims_denied", "is_not_the"):
        found = word_pattern(language, name).finditer(folded, sentence.start, span.end)
        if any(_leads(text[m.end() : max(m.end(), span.start)], language) for m in found):
            return True
    return _is_not_always(text, folded, Span(span.end, sentence.end), language)


def _is_only_asked(text: str, folded: str, span: Span, language: str) -> bool:
    """Whether the superlative stands behind “whether we are”, or behind “if we are” and is left to the reader."""
    sentence = sentence_at(text, span.start)
    asked = [
        m.group()
        for m in word_pattern(language, "whether_we").finditer(folded, sentence.start, span.start)
        if _leads(text[m.end() : span.start], language)
    ]
    if not asked or text[sentence.start : sentence.end].rstrip().endswith("?"):
        return False

    def has(*names: str) -> bool:
        return any(word_pattern(language, n).search(folded, sentence.start, sentence.end) for n in names)

    left = has("left_open", "judge_yourself", "left_to_others")
    if (
        has("beyond_doubt")
        or (has("others_say") and not left)
        or _is_turned(text[span.end : sentence.end], language)
    ):
        return False
    return left or any(map(_ONLY_ASKING.match, asked))


_ONLY_ASKING = re.compile("ob |whether ")
"""What never takes for granted what it asks, as “if we are the best” may."""


def is_asked_and_denied(text: str, span: Span, language: str) -> bool:
    """Whether the superlative at ``span`` is asked for, and we deny something in the sentence after: perhaps the very
    thing (“The finest wall in the valley? We haven't been round the valley”), perhaps that there is a better one."""
    sentence = sentence_at(text, span.start)
    if not text[sentence.start : sentence.end].rstrip().endswith("?"):
        return False
    answer = sentence_at(text, min(sentence.end + 1, len(text) - 1))
    denied = word_pattern(language, "we_deny").search(fold(text), answer.start, answer.end)
    return answer.start >= sentence.end and denied is not None and not _is_turned(answer.of(text), language)


def _is_not_always(text: str, folded: str, rest: Span, language: str) -> bool:
    """Whether what follows a superlative says that it is not always so, of nothing of ours (« la monture la plus fine
    n'est pas toujours la meilleure »)."""
    said = word_pattern(language, "is_not_always").search(folded, rest.start, rest.end)
    between = text[rest.start : said.start()] if said else ""
    few = len(words(between)) <= _SUBJECT and _SIGNS.isdisjoint(between) and "," not in between
    return said is not None and few and grammar(language).we.isdisjoint(folded_words(rest.of(text)))


_SUBJECT = 3
"""Words of a subject behind its superlative: “the thinnest frame in the shop”."""


def _leads(between: str, language: str) -> bool:
    """Whether nothing but an article stands between."""
    articles = grammar(language).determiners
    return all(w.folded in articles for w in words(between)) and _SIGNS.isdisjoint(between)


_SIGNS = frozenset(".:;!?")


def _is_turned(rest: str, language: str) -> bool:
    """Whether « mais » follows."""
    return not polarity()[primary(language)].but.isdisjoint(folded_words(rest))
