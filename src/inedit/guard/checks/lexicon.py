"""The brand's words: no banned term, no competitor's name, no string of worn phrases."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import language_profile, primary, remedy
from inedit.guard.nlp.occurrences import begun, names, occurrences
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
                    span.shifted(start),
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
                    span.shifted(start),
                    remedy=remedy(language, "competitor", text=span.of(text)),
                    part=part_id,
                )
        for phrase in begun(
            text, (*(lexicon.cliches if lexicon else ()), *language_profile(language).tells), language
        ):
            worn.extend(
                (span.shifted(start), span.of(text), part_id) for span in occurrences(text, phrase, language)
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


def _outermost(found: list[tuple[Span, str, str]]) -> list[tuple[Span, str, str]]:
    """Without those that stand inside another; two wordings of one phrase are one phrase."""
    kept: list[tuple[Span, str, str]] = []
    for entry in sorted(found, key=lambda e: (e[0].start, -e[0].end)):
        if not kept or entry[0].start >= kept[-1][0].end:
            kept.append(entry)
    return kept
