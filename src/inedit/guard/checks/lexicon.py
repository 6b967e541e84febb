"""The brand's words: no banned term, no competitor's name, no string of worn phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.nlp.inflection import inflected
from inedit.guard.nlp.language_data import KNOWN, language_profile, primary, remedy
from inedit.guard.nlp.names import name_spans
from inedit.guard.nlp.proofreading.lexicon import lexicon as dictionary
from inedit.guard.nlp.text import fold, folded_words
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
    banned = lexicon.banned if lexicon else ()
    terms = tuple(entry.term for entry in banned)
    cliches = (*(lexicon.cliches if lexicon else ()), *language_profile(language).tells)
    competitors = sorted({name for entry in brand.lexicons.values() for name in entry.competitors})
    found_cliches: list[tuple[Span, str, str]] = []
    for part_id, text, start in model_parts(draft, context):
        for position, span, compounded in inflected(text, terms, language):
            entry, written = banned[position], span.of(text)
            if compounded and any(
                fold(written) in folded_words(f.text) for f in supplied_facts(draft, context)
            ):
                continue
            yield Finding(
                "lexicon",
                Severity.BLOCK,
                f"“{written}” is a word this brand does not use{': ' + entry.why if entry.why else '.'}",
                span.shifted(start),
                remedy=remedy(
                    language,
                    "banned" if entry.instead else "banned_bare",
                    text=written,
                    instead=entry.instead,
                ),
                part=part_id,
            )
        for name in competitors:
            for span, surely in name_spans(text, name):
                if not surely and _is_a_verb(text, span, primary(language)):
                    continue
                yield Finding(
                    "lexicon",
                    Severity.BLOCK if surely else Severity.REVIEW,
                    f"“{span.of(text)}” {'is' if surely else 'may be'} a competitor's name.",
                    span.shifted(start),
                    remedy=remedy(language, "competitor", text=span.of(text)),
                    part=part_id,
                )
        found_cliches.extend(
            (span.shifted(start), span.of(text), part_id)
            for _, span, _ in inflected(text, cliches, language)
            if not _is_of_a_place(text, span)
        )
    found_cliches = _outermost(found_cliches)
    severity = Severity.BLOCK if len(found_cliches) >= TOO_MANY_CLICHES else Severity.NOTE
    listed = ", ".join(f"“{written}”" for _, written, _ in found_cliches)
    for span, written, part_id in found_cliches:
        yield Finding(
            "lexicon",
            severity,
            f"“{written}” is a worn phrase of generated prose.",
            span,
            remedy=remedy(language, "cliches", text=listed),
            part=part_id,
        )


_NAMING = re.compile(
    r"\b(?:que|qu'|comme|chez|de|d'|avec|than|like|from|with|by|at|als|wie|bei|von|mit|come|di|da|con|como|che|contre|vs\.?"
    r"|et|and|und|y|e|ou|or|oder|o|la|le|il|el|the|der|die|das|un|une|una|a|ein|eine) ?$",
    re.IGNORECASE,
)
"""What stands before a thing's name and before no verb."""


def _is_a_verb(text: str, span: Span, code: str) -> bool:
    """«La nonna udiva la pioggia»: a name in small letters that the language has as a verb and nothing else."""
    found = dictionary(code).readings(span.of(text)) if code in KNOWN else frozenset()
    return bool(found) and all(r[0] == "V" for r in found) and not _NAMING.search(text[: span.start])


def _is_of_a_place(text: str, span: Span) -> bool:
    """« Au cœur de Lyon », “at the heart of Leeds”: what stands in a town says so."""
    last = span.of(text).split()[-1].lower()
    return last in ("de", "of", "von", "di") and text[span.end : span.end + 2].strip()[:1].isupper()


def _outermost(found: list[tuple[Span, str, str]]) -> list[tuple[Span, str, str]]:
    """Without those that stand inside another; two wordings of one phrase are one phrase."""
    kept: list[tuple[Span, str, str]] = []
    for entry in sorted(found, key=lambda e: (e[0].start, -e[0].end)):
        if not kept or entry[0].start >= kept[-1][0].end:
            kept.append(entry)
    return kept
