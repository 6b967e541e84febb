"""The brand's words: no banned term, no competitor's name, no string of worn phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.context import Context
from inedit.guard.facts import model_parts
from inedit.guard.text import fold, folded_words, stems, words
from inedit.guard.tongue import primary, remedy, tongue
from inedit.model import Draft, Finding, Severity, Span

TOO_MANY_CLICHES = 2
"""One worn phrase is noted; from this many on, the text goes back."""


def words_allowed(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No banned term (in any inflection), no competitor's name; worn phrases are counted."""
    return tuple(_words_allowed(draft, context))


def _words_allowed(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    brand = context.brand
    lexicon = brand.lexicons.get(language) or brand.lexicons.get(primary(language))
    worn: list[tuple[Span, str, str]] = []
    for part_id, text, start in model_parts(draft, context):
        for banned in lexicon.banned if lexicon else ():
            for span in occurrences(text, banned.term, language):
                written = span.of(text)
                key = "banned" if banned.instead else "banned_bare"
                yield Finding(
                    "lexicon",
                    Severity.BLOCK,
                    f"“{written}” is a word this brand does not use{': ' + banned.why if banned.why else '.'}",
                    _shift(span, start),
                    remedy=remedy(language, key, text=written, instead=banned.instead),
                    part=part_id,
                )
        competitors = {name for entry in brand.lexicons.values() for name in entry.competitors}
        for name in sorted(competitors):
            for span in names(text, name):
                yield Finding(
                    "lexicon",
                    Severity.BLOCK,
                    f"“{span.of(text)}” is a competitor's name.",
                    _shift(span, start),
                    remedy=remedy(language, "competitor", text=span.of(text)),
                    part=part_id,
                )
        for phrase in _begun(
            text, (*(lexicon.cliches if lexicon else ()), *tongue(language).tells), language
        ):
            worn.extend(
                (_shift(span, start), span.of(text), part_id) for span in occurrences(text, phrase, language)
            )
    worn = _outermost(worn)
    severity = Severity.BLOCK if len(worn) >= TOO_MANY_CLICHES else Severity.NOTE
    listed = ", ".join(f"“{written}”" for _, written, _ in worn)
    for span, written, part_id in worn:
        yield Finding(
            "lexicon",
            severity,
            f"“{written}” is a worn phrase of generated prose.",
            span,
            remedy=remedy(language, "cliches", text=listed),
            part=part_id,
        )


def occurrences(text: str, term: str, language: str, *, beginnings: bool = False) -> Iterator[Span]:
    """Where a term stands in a text as whole words, whatever its accents, case, hyphens and inflection.

    ``beginnings`` lets each word of the term be only the beginning of the text's word (« coinc » for «
    coincée »).
    """
    target, literal, held = stems(term, language), folded_words(term), _held(text, language)
    width = len(target)
    told = " " + " ".join(folded_words(text)) if beginnings else ""
    if not width or not all(
        root in held or word in held or f" {word}" in told for root, word in zip(target, literal, strict=True)
    ):
        return
    mine, folded, listed = stems(text, language), folded_words(text), words(text)

    def same(i: int, k: int) -> bool:
        # short words have no inflection to speak of, and their stems collide (« pas », « pass »)
        long = len(literal[k]) > 3
        return (
            folded[i] == literal[k]
            or (long and mine[i] == target[k])
            or (long and beginnings and folded[i].startswith(literal[k]))
        )

    for i in range(len(listed) - width + 1):
        if same(i, 0) and all(same(i + k, k) for k in range(1, width)):
            yield Span(listed[i].start, listed[i + width - 1].end)


def _begun(text: str, terms: tuple[str, ...], language: str) -> Iterator[str]:
    """Those of many terms whose first word stands in the text, each once, in their order."""
    begins = _beginnings(terms, language)
    found = {place for word in _held(text, language) for place in begins.get(word, ())}
    return (terms[place] for place in sorted(found))


@lru_cache(maxsize=16)
def _beginnings(terms: tuple[str, ...], language: str) -> dict[str, list[int]]:
    """The places of the terms that begin with a word or with a stem."""
    begins: dict[str, list[int]] = {}
    for term in dict.fromkeys(terms):
        for word in {*folded_words(term)[:1], *stems(term, language)[:1]}:
            begins.setdefault(word, []).append(terms.index(term))
    return begins


@lru_cache(maxsize=256)
def _held(text: str, language: str) -> frozenset[str]:
    """The words of a text and their stems, to see at once that a term is not there."""
    return frozenset((*folded_words(text), *stems(text, language)))


def names(text: str, name: str) -> Iterator[Span]:
    """Where a proper name stands in a text as whole words; a name written in lower case may be a common
    word."""
    sought, folded = fold(name), fold(text)
    if sought not in folded:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(sought)}(?:'s|s)?(?!\w)", folded):
        written = text[match.start() : match.end()]
        if any(character.isupper() for character in written) or " " in name or not name[:1].isupper():
            yield Span(match.start(), match.end())


def _outermost(found: list[tuple[Span, str, str]]) -> list[tuple[Span, str, str]]:
    """Without those that stand inside another; two wordings of one phrase are one phrase."""
    kept: list[tuple[Span, str, str]] = []
    for entry in sorted(found, key=lambda e: (e[0].start, -e[0].end)):
        if not kept or entry[0].start >= kept[-1][0].end:
            kept.append(entry)
    return kept


def _shift(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)
