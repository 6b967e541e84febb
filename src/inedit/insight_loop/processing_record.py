"""The record of processing activities (GDPR art. 30), as Markdown that a data protection officer can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select

from inedit.insight_loop.anonymity import LEAST_PEOPLE
from inedit.insight_loop.field_store import last_observed
from inedit.insight_loop.past_imports import read_imports
from inedit.insight_loop.processing_words import GENERAL, WORDS, RecordWords
from inedit.insight_loop.redaction import KINDS
from inedit.insight_loop.retention import KEEP_DAYS
from inedit.insight_loop.verbatims import Place
from inedit.store import Store
from inedit.store.tables import forgotten_authors, verbatims


def processing_record(
    store: Store, places: Mapping[str, Place], controller: str, now: datetime, language: str = "en"
) -> str:
    """The record as it stands at a moment, in French or English. It holds counts, never a word of what anybody said."""
    tag = language if language in WORDS else "en"
    made = (
        *_general(controller, now, tag),
        *_by_place(store, places, WORDS[tag]),
        *_history(store, WORDS[tag]),
    )
    return "\n".join(made) + "\n"


def _general(controller: str, now: datetime, language: str) -> Iterator[str]:
    words = WORDS[language]
    figures = {
        "controller": controller, "kinds": ", ".join(words.get(kind, kind) for kind in KINDS), "people": LEAST_PEOPLE,
        "days": KEEP_DAYS,
    }  # fmt: skip
    yield f"# {words['title'].format(controller=controller)}"
    yield ""
    yield words["made"].format(now=now)
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield from (f"| **{name}** | {template.format(**figures)} |" for name, template in GENERAL[language])
    yield ""


def _by_place(store: Store, places: Mapping[str, Place], words: RecordWords) -> Iterator[str]:
    query = select(
        verbatims.c.place_id, func.count(), func.count(verbatims.c.author.distinct()), func.min(verbatims.c.at),
        func.max(verbatims.c.at), func.sum(verbatims.c.consent),
    ).group_by(verbatims.c.place_id)  # fmt: skip
    with store.read() as connection:
        stored = {row[0]: row for row in connection.execute(query)}
    observed = last_observed(store)
    yield f"## {words['places']}"
    yield ""
    yield f"| {words['places_columns']} |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for id in sorted({*places, *stored}):
        place, row = places.get(id), stored.get(id)
        about = (
            (_cell(place.name), place.platform, f"{place.size:,}" if place.size else "?",
             place.language or words["several"], words[place.legal_basis], _cell(place.rules))
            if place else (f"{id} ({words['unregistered']})", "?", "?", "?", f"**{words['none']}**", "?")
        )  # fmt: skip
        seen = f"{observed[id]:%Y-%m-%d}" if id in observed else words["never"]
        counts = (
            (f"{row[1]:,}", f"{row[2]:,}", f"{row[3][:10]}, {row[4][:10]}", f"{int(row[5] or 0):,}")
            if row else ("0", "0", "", "0")
        )  # fmt: skip
        days = (place.keep_days if place else None) or KEEP_DAYS
        yield f"| {' | '.join((*about, seen, *counts, words['days'].format(days=days)))} |"
    yield ""


def _history(store: Store, words: RecordWords) -> Iterator[str]:
    with store.read() as connection:
        erased = connection.execute(select(forgotten_authors.c.forgotten_at)).scalars().all()
    total: Counter[str] = Counter()
    yield f"## {words['imports']}"
    yield ""
    yield f"| {words['imports_columns']}|"
    yield "|---|---|---|---|---|---|---|"
    for one in read_imports(store):
        total.update(one.redactions)
        unended = "" if one.ended_at else words["interrupted"]
        state = words["cut"].format(why=_cell(one.cut)) if one.cut else unended
        figures = f"{one.read:,} | {one.added:,} | {sum(one.redactions.values()):,}"
        yield f"| {one.started_at:%Y-%m-%dT%H:%M} | {one.place_id} | {one.format} | {figures} | {state} |"
    yield ""
    found = ", ".join(f"{words.get(kind, kind)} {count:,}" for kind, count in total.most_common())
    yield words["redacted"].format(found=found or words["nothing"])
    yield ""
    yield f"## {words['requests']}"
    yield ""
    answered = words["answered_last" if erased else "answered"]
    yield answered.format(count=len(erased), last=max(erased, default="")[:10])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
