"""The comparisons of a sentence, as it makes them: where, more or less, of what part of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import YEAR
from inedit.guard.nlp.text import fold, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import word_list, word_pattern
from inedit.model import Span

_FARTHEST_THAN = 60
"""Characters from a comparison to its second term."""


_PART = re.compile(r"[,;:()!?…«»“”]+(?=\s|$)|\s[–—]\s|\.(?=\s|$)")


def said_comparisons(
    text: str, language: str, sentence: Span, measure: str
) -> Iterator[tuple[Span, int, bool]]:
    """Comparisons by a measure in a sentence: where, whether more (1) or less (-1), whether by « plus » alone."""
    own, folded = turning(language), fold(text)
    taken: list[Span] = []
    assert own is not None  # noqa: S101 - the caller has looked
    measures = tuple(own.more) if measure == "any" else (measure, "any")
    for sign, patterns in ((-1, own.less), (1, own.more)):
        for kind in measures:
            for m in patterns[kind].finditer(folded, sentence.start, sentence.end):
                span = Span(m.start(), m.end())
                if span.overlaps(taken) or _is_of_a_figure(text, span, language):
                    continue
                if not is_denied(text, span, sentence, language):
                    taken.append(span)
                    yield span, sign, m.group() in word_list(language, "comparatives")


_BESIDE = 8
"""Characters between « moins de » and its figure, or between a figure and « de plus »."""


def _is_of_a_figure(text: str, span: Span, language: str) -> bool:
    """Whether a comparison only says how a figure is meant: « moins de douze », “fifteen per cent less”."""
    return any(
        q.span.start < span.end + _BESIDE and span.start - _BESIDE < q.span.end and q.dimension != YEAR
        for q in find_quantities(text, language)
    )


def is_denied(text: str, span: Span, sentence: Span, language: str) -> bool:
    """Whether a negation stands before a comparison in its part: “no more often than”."""
    part = part_around(text, span, sentence)
    negations = grammar(language).negations | grammar(language).denials
    return any(w.folded in negations and part.start <= w.start < span.start for w in words(text))


def part_around(text: str, span: Span, sentence: Span) -> Span:
    """The part of a sentence between two marks that a passage stands in."""
    marks = list(_PART.finditer(text, sentence.start, sentence.end))
    start = max((m.end() for m in marks if m.end() <= span.start), default=sentence.start)
    end = min((m.start() for m in marks if m.start() >= span.end), default=sentence.end)
    return Span(start, max(end, span.end))


def is_bare(text: str, span: Span, sentence: Span, measured: set[str], language: str) -> bool:
    """Whether « plus » says how much or often: what follows is what the fact's figures measure (« plus d'arbres », not
    « plus riche »), « que », or nothing."""
    own, part = turning(language), part_around(text, span, sentence)
    after = [w for w in words(text) if span.end <= w.start < part.end]
    for word in after[:3]:
        if own is not None and own.than.fullmatch(word.folded):
            return True
        if is_content(word, language):
            return any(alike(root(word.text, language), other) for other in measured)
    return True


def than_in(text: str, language: str, span: Span, part: Span) -> Span | None:
    own = turning(language)
    found = own.than.search(fold(text), span.end, min(part.end, span.end + _FARTHEST_THAN)) if own else None
    return Span(found.start(), found.end()) if found else None


def part_before(text: str, language: str, part: Span, sentence: Span) -> Span | None:
    """The part of the sentence before, as far as it says of what it is."""
    if part.start <= sentence.start:
        return None
    head = part_around(text, Span(part.start - 2, part.start - 2), sentence)
    before = part_around(text, Span(head.start, head.start + 1), sentence)
    folded = fold(text)
    cuts = [
        m.start() for m in word_pattern(language, "rather_than").finditer(folded, before.start, part.start)
    ]
    return Span(before.start, min(cuts, default=part.start))
