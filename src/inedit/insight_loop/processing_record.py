"""The record of processing activities (GDPR art. 30), as Markdown that a data protection officer can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select

from inedit.insight_loop.anonymity import LEAST_PEOPLE
from inedit.insight_loop.field_store import last_observed
from inedit.insight_loop.past_imports import read_imports
from inedit.insight_loop.redaction import KINDS
from inedit.insight_loop.retention import KEEP_DAYS
from inedit.insight_loop.verbatims import Place
from inedit.store import Store
from inedit.store.tables import forgotten_authors, verbatims

BASES = {
    "consent": "consent (art. 6(1)(a))",
    "contract": "contract (art. 6(1)(b))",
    "legitimate-interest": "legitimate interest (art. 6(1)(f))",
    "public": "manifestly public, under legitimate interest (art. 6(1)(f))",
    "anonymised": "anonymised before it reached us",
}


def processing_record(store: Store, places: Mapping[str, Place], controller: str, now: datetime) -> str:
    """The record as it stands at a moment. It holds counts, never a word of what anybody said."""
    return "\n".join((*_general(controller, now), *_by_place(store, places), *_history(store))) + "\n"


def _general(controller: str, now: datetime) -> Iterator[str]:
    yield f"# Record of processing: digital ethnography, {controller}"
    yield ""
    yield f"As of {now:%Y-%m-%d %H:%M} UTC, written by `inedit field record`. (GDPR art. 30)"
    yield ""
    rows = (
        ("Controller", f"{controller}. Contact and data protection officer: to be filled in."),
        ("Purpose", "Learning what customers need and feel, to write marketing copy. No profile of a person "
            "is made, nobody "
                    "is contacted, nothing decides about anybody."),
        ("Data subjects", "People who write in the places below, and people whom they mention."),
        ("Data", "What was said, redacted; its moment, place and language; a pseudonym of its author; whether "
            "it answers "
                 "another message. Names, handles, reactions, embeds, attachments and pictures are not stored."),
        ("Collection", "Files that somebody exported by hand are imported. Nothing is fetched, nobody is spoken to."),
        ("Pseudonyms", "HMAC-SHA-256 of the account under a key in a file of its own (mode 0600), outside the "
            "database and "
                       "the project. Handles are kept only as such hashes, to find who asks to be forgotten."),
        ("Redaction", f"Before storage, in French, English, German, Spanish and Italian: {', '.join(KINDS)}. "
            f"What it reaches "
                      "is measured (docs/field.md); names are found less surely than numbers."),
        ("Use", f"A statement becomes an insight only when at least {LEAST_PEOPLE} different people made it, "
            f"and is told in "
                "other words unless its author's consent is recorded."),
        ("Recipients", "The content team. A language model, where one is configured for coding: redacted text only."),
        ("Transfers", "None by this program, except to the configured language model: name its provider and "
            "country here."),
        ("Retention", f"By place, below; {KEEP_DAYS} days after import where nothing is said. `inedit field "
            f"prune`, or the "
                      "flow *Prune the field*, deletes."),
        ("Rights", "`inedit insights forget AUTHOR` deletes one person everywhere, proves it by a search, and "
            "keeps a hash so "
                   "that the next import passes over what he or she wrote."),
        ("Security", "Access by the rights of the database and the project's folder; the ledger's chain shows "
            "alterations."),
    )  # fmt: skip
    yield "| | |"
    yield "|---|---|"
    yield from (f"| **{name}** | {words} |" for name, words in rows)
    yield ""


def _by_place(store: Store, places: Mapping[str, Place]) -> Iterator[str]:
    query = select(
        verbatims.c.place_id, func.count(), func.count(verbatims.c.author.distinct()), func.min(verbatims.c.at),
        func.max(verbatims.c.at), func.sum(verbatims.c.consent),
    ).group_by(verbatims.c.place_id)  # fmt: skip
    with store.read() as connection:
        kept = {row[0]: row for row in connection.execute(query)}
    observed = last_observed(store)
    yield "## Places"
    yield ""
    yield (
        "| place | platform | members | language | legal basis | rules | last observed "
        "| verbatims | people | said from, to | consents | kept for |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for id in sorted({*places, *kept}):
        place, row = places.get(id), kept.get(id)
        about = (
            (_cell(place.name), place.platform, f"{place.size:,}" if place.size else "?", place.language or "several",
             BASES[place.legal_basis], _cell(place.rules))
            if place else (f"{id} (**not in the register**)", "?", "?", "?", "**none**", "?")
        )  # fmt: skip
        seen = f"{observed[id]:%Y-%m-%d}" if id in observed else "never"
        counts = (
            (f"{row[1]:,}", f"{row[2]:,}", f"{row[3][:10]}, {row[4][:10]}", f"{int(row[5] or 0):,}")
            if row else ("0", "0", "", "0")
        )  # fmt: skip
        days = (place.keep_days if place else None) or KEEP_DAYS
        yield f"| {' | '.join((*about, seen, *counts, f'{days} days'))} |"
    yield ""


def _history(store: Store) -> Iterator[str]:
    with store.read() as connection:
        erased = connection.execute(select(forgotten_authors.c.forgotten_at)).scalars().all()
    total: Counter[str] = Counter()
    yield "## Imports"
    yield ""
    yield "| when | place | format | read | new | redacted | |"
    yield "|---|---|---|---|---|---|---|"
    for one in read_imports(store):
        total.update(one.redactions)
        state = f"cut off: {_cell(one.cut)}" if one.cut else "" if one.ended_at else "interrupted"
        figures = f"{one.read:,} | {one.added:,} | {sum(one.redactions.values()):,}"
        yield f"| {one.started_at:%Y-%m-%dT%H:%M} | {one.place_id} | {one.format} | {figures} | {state} |"
    yield ""
    yield (
        "Redacted in all: "
        + (", ".join(f"{kind} {count:,}" for kind, count in total.most_common()) or "nothing")
        + "."
    )
    yield ""
    yield "## Requests to be forgotten"
    yield ""
    yield f"{len(erased)} answered" + (f", the last on {max(erased)[:10]}." if erased else ".")


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
