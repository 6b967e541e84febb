"""Superlatives among our own things, which the figures of the facts order: „am teuersten ist der Stutzflügel: 95 €“ of
39, 54 and 95. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.facts import Fact
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR, Quantity
from inedit.guard.nlp.text import fold, folded_words, sentence_at, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span

_ALIKE = 2
"""Words of content that two facts share at least when they give one measure of things of a kind."""

_LEAST = 2
"""Figures of other things that a superlative has to surpass, where its own fact gives none."""


_POINTING = ("celle", "ceux", "quell", "la de", "las de", "los de")
"""« Celle du vélo cargo » is one of ours, not somebody else’s."""

_TURNING = frozenset({"moins", "least", "menos", "meno"})
"""« Le moins cher », “the least expensive”: what turns a superlative round."""


def is_ranked_by_facts(text: str, span: Span, language: str, facts: Sequence[Fact]) -> bool:
    """Whether the figure behind the superlative at ``span`` is a fact's, and the highest or lowest of its kind.

    What would be a boast of a market (the cheapest, the longest guarantee) has to be said of ours in its sentence: by
    “our”, or by another figure of the kind. Nobody else and no region may be named.
    """
    folded, sentence = fold(text), sentence_at(text, span.start)
    of_others, of_region = word_pattern(language, "of_others"), word_pattern(language, "of_a_region")
    said = folded[span.start : span.end]
    up = word_pattern(language, "ranked_up").search(said) is not None
    if not up and word_pattern(language, "ranked_down").search(said) is None:
        return False
    if of_region.search(folded, sentence.start, sentence.end) or any(
        not m.group().startswith(_POINTING) for m in of_others.finditer(folded, sentence.start, sentence.end)
    ):
        return False
    if not _TURNING.isdisjoint(folded_words(said)):
        up = not up
    told = figure_behind(text, span, sentence, language)
    if told is None or told.approximate or told.dimension == YEAR:
        return False
    modest = (up and told.dimension in CURRENCIES) or (not up and told.dimension == COUNT)
    if not modest and grammar(language).we.isdisjoint(folded_words(sentence.of(text))):
        return False
    claims = [(fact, _roots(fact)) for fact in facts if fact.kind == "claim"]
    given = _given(text, told, language, claims)
    named = _named(text, span, language)
    return bool(given) and all(_is_first(fact, own, q, named, claims, up=up) for fact, own, q in given)


def tells_our_figure(text: str, span: Span, language: str, facts: Sequence[Fact]) -> bool:
    """Whether a superlative of a figure (the highest, the shortest) stands before a price of ours, which it then ranks
    and sets no scene; what is called the first of ours by “our” is no boast."""
    said, sentence = fold(span.of(text)), sentence_at(text, span.start)
    if not any(word_pattern(language, name).search(said) for name in ("ranked_up", "ranked_down")):
        return False
    if not grammar(language).we.isdisjoint(folded_words(sentence.of(text))):
        return False
    told = figure_behind(text, span, sentence, language)
    claims = [(fact, _roots(fact)) for fact in facts if fact.kind == "claim"]
    return told is not None and told.dimension in CURRENCIES and bool(_given(text, told, language, claims))


_Claim = tuple[Fact, frozenset[str]]
"""A claim with the roots of its words."""


def _given(
    text: str, told: Quantity, language: str, claims: Sequence[_Claim]
) -> list[tuple[Fact, frozenset[str], Quantity]]:
    """The claims that give a figure of a text and share a word with it; those of the same period, where there are."""
    roots = {root(w.text, language) for w in words(text) if is_content(w, language)}
    given = [
        (fact, own, q)
        for fact, own in claims
        if not own.isdisjoint(roots)
        for q in _figures(fact)
        if _is_told(q, told)
    ]
    return [each for each in given if each[2].period == told.period] or given


def _named(text: str, span: Span, language: str) -> frozenset[str]:
    """The roots of what a superlative is said of: the words of content in and beside it (« la caution la plus … »)."""
    sentence = sentence_at(text, span.start)
    listed = [w for w in words(text) if sentence.start <= w.start < sentence.end]
    before = [w for w in listed if w.end <= span.start][-1:]
    after = [w for w in listed if w.start >= span.end][:1]
    within = [w for w in listed if span.start <= w.start < span.end]
    return frozenset(root(w.text, language) for w in (*before, *within, *after) if is_content(w, language))


def _is_first(
    fact: Fact,
    own: frozenset[str],
    figure: Quantity,
    named: frozenset[str],
    claims: Sequence[_Claim],
    *,
    up: bool,
) -> bool:
    """Whether a fact's figure is the highest, or lowest, of those that it and facts of its kind give by one measure.

    Where the fact tells what is ``named`` (a deposit), facts of its kind do so too; a rent is one by its period.
    """
    kind = own & named if not figure.period else frozenset[str]()
    alike = 1 if figure.period else _ALIKE
    others = [
        q.value
        for other, theirs in claims
        if other == fact or (len(own & theirs) >= alike and not (kind and kind.isdisjoint(theirs)))
        for q in _figures(other)
        if (q.dimension, q.period) == (figure.dimension, figure.period)
        and (other != fact or q.value != figure.value)
    ]
    within = any(
        (q.dimension, q.period) == (figure.dimension, figure.period) and q.value != figure.value
        for q in _figures(fact)
    )
    return len(others) >= (1 if within else _LEAST) and all(
        v <= figure.value if up else v >= figure.value for v in others
    )


def figure_behind(text: str, span: Span, sentence: Span, language: str) -> Quantity | None:
    """The first figure behind a superlative, in its sentence or the one after."""
    behind = [q for q in find_quantities(text, language) if q.span.start >= span.end]
    after = sentence_at(text, min(sentence.end + 1, len(text) - 1))
    return next((q for q in behind if q.span.start < max(sentence.end, after.end)), None)


def _figures(fact: Fact) -> tuple[Quantity, ...]:
    return find_quantities(fact.text, fact.language)


def _is_told(given: Quantity, told: Quantity) -> bool:
    """Whether a text tells a fact's figure; the period (a month's rent) may be left unsaid."""
    same = (given.value, given.dimension) == (told.value, told.dimension)
    return same and (given.period == told.period or not (given.period and told.period))


def _roots(fact: Fact) -> frozenset[str]:
    return frozenset(root(w.text, fact.language) for w in words(fact.text) if is_content(w, fact.language))
