"""Comparisons that an insight makes, which a variant was given to tell. Pure."""

from __future__ import annotations

from itertools import permutations

from inedit.guard.context import Context
from inedit.guard.evidence.statements import majorities
from inedit.guard.evidence.superlatives import SHARES, Superlative
from inedit.guard.nlp.clock import is_noon
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, YEAR
from inedit.guard.nlp.text import fold, folded_words, sentence_at, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import beginnings, word_pattern
from inedit.model import Draft, Span


def is_told(text: str, found: Superlative, draft: Draft, context: Context) -> bool:
    """Whether an insight that was to be told makes the comparison: by the same word (« moins », “richer”), by two
    figures of one measure (412 litres in June, 388 in January), or, of what is most common, by « la plupart »."""
    rule, span, kind, _ = found
    language = draft.spec.language
    often = any(w.folded.startswith(beginnings(language, "often")) for w in words(span.of(text)))
    if kind not in ("comparative", "rank") and not often:
        return False
    supplied = [
        context.brand.insights[i].text.get(language, "")
        for i in draft.spec.insight_ids
        if i in context.brand.insights
    ]
    sentence = sentence_at(text, span.start)
    said = {root(w.text, language) for w in words(sentence.of(text)) if is_content(w, language)}
    compared = {w.folded for w in words(span.of(text)) if w.folded in grammar(language).comparing}
    if kind == "rank":  # “the first guest meant to stay one night”, as the insight tells
        first = grammar(language).first
        ranked = {root(w.text, language) for w in words(span.of(text)) if is_content(w, language)}
        return any(
            not first.isdisjoint(folded_words(insight))
            and ranked & {root(w.text, language) for w in words(insight)}
            for insight in supplied
        )
    kinds = _kinds(text, span, language)
    measured = rule != "superlatives.bare" or _is_of_a_measure(text, span, language)
    all_others = word_pattern(language, "of_others")
    against_all = all_others.search(fold(text), span.start, min(span.end + 30, sentence.end)) is not None
    for insight in supplied:
        if against_all and all_others.search(fold(insight)) is None:
            continue  # „mehr Gläser als jedes Tuch“ follows from no two amounts
        near = said & {root(w.text, language) for w in words(insight) if is_content(w, language)}
        said_so = compared & set(folded_words(insight)) or _contrasts(insight, language, kinds)
        if not measured and not _shares_quality(text, span, insight, language):
            continue  # “a tastier rind” follows from no two amounts
        if near and (any(majorities(insight, language)) if often else said_so):
            return True
    return False


def _is_of_a_measure(text: str, span: Span, language: str) -> bool:
    """Whether amounts can bear a comparison out: « moins », “sooner”, “cheaper”, not “tastier”."""
    own, folded = turning(language), fold(text)
    if own is None:
        return True
    rest = {w for w in words(span.of(text)) if is_content(w, language)}
    patterns = [p for listed in (own.more, own.less) for p in listed.values()]
    return not rest or any(p.fullmatch(folded, span.start, span.end) for p in patterns)


def _shares_quality(text: str, span: Span, insight: str, language: str) -> bool:
    """Whether an insight has a word of what a comparison says, behind « plus » where that stands before it."""
    listed = words(span.of(text))
    last = max((i for i, w in enumerate(listed) if w.folded in grammar(language).comparing), default=-1)
    said = {root(w.text, language) for w in listed[last + 1 :] if is_content(w, language)}
    return not said.isdisjoint(root(w.text, language) for w in words(insight))


def _kinds(text: str, span: Span, language: str) -> frozenset[str]:
    """What a comparison is by, where its word says so: « moins vite », “sooner” by time."""
    own, folded = turning(language), fold(text)
    if own is None:
        return frozenset()
    named = (
        (kind, p) for listed in (own.more, own.less) for kind, p in listed.items() if kind in _BY_MEASURE
    )
    return frozenset(kind for kind, p in named if p.search(folded, span.start, span.end))


_BY_MEASURE = {"time": {"minutes", "months", "time"}, "length": {"mm"}, "weight": {"g"}}
"""Measures of the comparisons that only amounts of their own kind bear out."""


def _contrasts(insight: str, language: str, kinds: frozenset[str] = frozenset()) -> bool:
    """Whether an insight gives two amounts of one measure, of that which a comparison is by where its word says so; the
    second perhaps without its unit."""
    wanted = frozenset[str]().union(*(_BY_MEASURE[kind] for kind in kinds))
    measured = [
        q
        for q in find_quantities(insight, language)
        if q.dimension not in (*SHARES, YEAR, "date", "month")
        and not is_noon(q)
        and (not wanted or q.dimension in wanted)
    ]
    bare = [q for q in find_quantities(insight, language) if q.dimension == COUNT and not q.counted]
    return any(
        one.number != other.number and (one.dimension == other.dimension or other in bare)
        for one, other in permutations([*measured, *bare], 2)
        if one in measured
    )
