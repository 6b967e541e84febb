"""Who or what a text says to be the only one: « Nous sommes le seul atelier … », “only Carnet”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.evidence.relations.scenes import region_in
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.text import Word, fold
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


def only_ones(
    text: str, language: str, brand: frozenset[str], things: frozenset[str]
) -> Iterator[tuple[Span, bool]]:
    """Each place that says of somebody or something that there is no other, and whether that is ours: the house, or one
    of its ``things``. What is the only one of a town or a region, or begins a sentence („Das einzige Sieb, das …“), may
    be the neighbours'. ``brand`` and ``things`` are stems."""
    own, folded = grammar(language), fold(text)
    for clause in clauses(text, language):
        if clause.has(own.exclusive):
            yield from _only_the_brand(clause, brand, language)
        inside = word_pattern(language, "only_one").finditer(folded, clause.span.start, clause.span.end)
        for one in inside:
            ours = _is_ours(clause, text, Span(*one.span()), brand, things, language)
            if ours is not None:
                yield Span(*one.span()), ours


def _only_the_brand(clause: Clause, brand: frozenset[str], language: str) -> Iterator[tuple[Span, bool]]:
    """« Seul Carnet … », “only with Carnet”: what nobody else has, said by the brand's own name."""
    own = grammar(language)
    small = own.prepositions | own.determiners
    for i, word in enumerate(clause.words):
        if word.folded not in own.exclusive:
            continue
        after = [w for w in clause.words[i + 1 : i + 4] if w.folded not in small]
        if after and after[0].text[:1].isupper() and root(after[0].text, language) in brand:
            yield Span(word.start, after[0].end), True


def _is_ours(
    clause: Clause, text: str, one: Span, brand: frozenset[str], things: frozenset[str], language: str
) -> bool | None:
    """Whether what is the only one is ours; None where nothing says whose it is, or the clause denies it."""
    own, folded = grammar(language), fold(text)
    before = [w for w in clause.words if w.end <= one.start]
    rest = [w for w in clause.words if w.start >= one.end][:_NEAR]
    if not own.denials.isdisjoint(w.folded for w in before):
        return None
    if (rest and root(rest[0].text, language) in things) or _is_us(
        before, folded[clause.span.start : one.start], brand, language
    ):
        return True
    near = Span(one.end, rest[-1].end if rest else one.end)
    that = not before and word_pattern(language, "one_that").match(folded, one.end)
    anything = rest and word_pattern(language, "any_thing").fullmatch(rest[0].folded)
    return False if (that and not anything) or region_in(text, near, language) is not None else None


def _is_us(before: Sequence[Word], leading: str, brand: frozenset[str], language: str) -> bool:
    """Whether the house or a thing of ours stands before a form of “is”; « est dans le seul tiroir » is where it is."""
    own = grammar(language)
    if word_pattern(language, "we_are").search(leading):
        return True
    ours = any(w.folded in own.we or root(w.text, language) in brand for w in before)
    led = bool(before) and before[-1].folded in own.prepositions
    return ours and not led and word_pattern(language, "is_one").search(leading) is not None


_NEAR = 5
"""Words behind “the only” among which a place says of where it is the only one."""
