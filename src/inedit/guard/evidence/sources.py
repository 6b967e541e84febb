"""Figures that the source of a claim gives: when it was counted, and of how many („Stand Januar 2026“, “of 2,318
sailings”). They may be told beside the claim, as where the proof is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, YEAR

_COUNTED = re.compile(r"(?<![\w.,])(\d{1,3}(?:[., \u00a0\u202f]\d{3})+|\d+)(?= [a-zA-ZÀ-ÿ]{3,})")
"""A number with what it counts: “2,318 sailings”, not “article 7”."""

_YEARS = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")

_FEWEST = 20
"""Smaller counts of a source agree with others by chance."""

_NEAR = 140
"""Characters between a figure of the claim and one of its source."""


class _Source(NamedTuple):
    """What a source says in figures: counts, years and months (a year times a hundred, and the month)."""

    counts: frozenset[Decimal]
    years: frozenset[Decimal]
    months: frozenset[Decimal]


@by_identity(maxsize=16)
def _sources(brand: Brand) -> dict[str, _Source]:
    """The figures of every claim's and insight's source, by its id."""
    told = {claim.id: claim.source for claim in brand.claims.values()}
    told |= {insight.id: insight.source for insight in brand.insights.values()}
    found = {id: _read(source) for id, source in told.items()}
    return {id: source for id, source in found.items() if any(source)}


def _read(source: str) -> _Source:
    numbers = (Decimal(re.sub(r"\D", "", m[1])) for m in _COUNTED.finditer(source))
    years = frozenset(Decimal(m[0]) for m in _YEARS.finditer(source))
    return _Source(
        frozenset(n for n in numbers if n >= _FEWEST and n not in years), years, frozenset(_months(source))
    )


def _months(source: str) -> Iterator[Decimal]:
    for language in KNOWN:
        for quantity in find_quantities(source, language):
            if quantity.dimension == "month":
                yield quantity.value
            elif quantity.dimension == "date" and quantity.year:
                yield quantity.year * 100 + quantity.value // 100


def given_by_a_source(said: Statement, known: Evidence, brand: Brand) -> Entry | None:
    """A figure of the claim whose source gives a figure of a text, where the text tells that claim: by a figure of it
    close by, or by two of its words. “Since 2025” is no year of counting."""
    quantity = said.quantity
    if quantity.dimension not in (COUNT, YEAR, "month") or quantity.bound or quantity.vague:
        return None
    if quantity.approximate not in ("", "about"):
        return None
    sources = _sources(brand)
    told = sentence_stems(said) - known.brand
    at = quantity.span
    near = {
        (q.dimension, q.value)
        for q in said.figures
        if q.span != at and max(q.span.start - at.end, at.start - q.span.end) <= _NEAR
    }
    for entry in known.entries:
        source = sources.get(entry.fact.id)
        if source is None or entry.fact.kind not in ("claim", "insight"):
            continue
        given = {COUNT: source.counts, YEAR: source.years, "month": source.months}[quantity.dimension]
        if quantity.value not in given:
            continue
        if (entry.quantity.dimension, entry.quantity.value) in near or len(entry.stems & told) >= _TOLD:
            return entry
    return None


_TOLD = 2
"""Words of a claim in a sentence that tells it."""
