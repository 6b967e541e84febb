"""Verbatims with the codes that hold of them, whoever gave these."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import func, select

from inedit.insight_loop.candidates import CodedVerbatim
from inedit.insight_loop.coding.codings import CodedText, coded_texts, effective_codes
from inedit.insight_loop.field_store import BATCH, verbatims
from inedit.store import Store
from inedit.store.tables import coded_texts as read_rows
from inedit.store.tables import verbatims as verbatim_rows

SURE = 0.4
"""Confidence from which on a code that a machine gave counts as evidence; what people decided always counts."""


def coded_verbatims(store: Store, place: str | None = None, sure: float = SURE) -> Iterator[CodedVerbatim]:
    """Those that have a code: people's decisions count before a model's, a model's before the offline coder's.

    Streamed: however many there are, one batch of decisions is in memory.
    """
    found = verbatims(store, place=place, coded=True)
    while batch := tuple(islice(found, BATCH)):
        decisions: dict[str, list[CodedText]] = {}
        for one in coded_texts(store, verbatim_ids=[verbatim.id for verbatim in batch]):
            decisions.setdefault(one.verbatim_id, []).append(one)
        for verbatim in batch:
            codings = tuple(
                coding
                for coding in effective_codes(decisions.get(verbatim.id, ()))
                if coding.confidence is None or coding.confidence >= sure
            )
            if codings:
                yield CodedVerbatim(verbatim, codings)


def field_state(store: Store) -> tuple[int, int, str]:
    """What changes whenever verbatims or their codes do: how many there are, and when the last was coded."""
    with store.read() as connection:
        count = connection.execute(select(func.count()).select_from(verbatim_rows)).scalar_one()
        read, last = connection.execute(select(func.count(), func.max(read_rows.c.at))).one()
    return int(count), int(read), last or ""
