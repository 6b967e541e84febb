"""Baselines as rows: what anybody would get for a brief, asked and paid for once, whoever needs it."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, Select, literal, select

from inedit.archive.leases import end_lease
from inedit.archive.slots import Slot
from inedit.model import Usage
from inedit.store import Store, insert_into, utc_now, utc_text
from inedit.store.tables import baselines


def _row_of(slot: Slot) -> ColumnElement[bool]:
    """The condition that its row meets."""
    return (
        (baselines.c.prompt_sha == slot.prompt_sha)
        & (baselines.c.model == slot.model)
        & (baselines.c.number == slot.number)
    )


def text_at(store: Store, slot: Slot) -> str | None:
    """The text of a baseline that was paid for."""
    with store.read() as connection:
        found = connection.execute(select(baselines.c.text).where(_row_of(slot))).scalar_one_or_none()
    return None if found is None else str(found)


def texts_by_language(store: Store, campaign_id: str) -> dict[str, list[str]]:
    """The baselines of a campaign that were paid for, by language, in the order of their prompts and numbers."""
    query = (
        select(baselines.c.language, baselines.c.text)
        .where(baselines.c.campaign_id == campaign_id, baselines.c.text.is_not(None))
        .order_by(baselines.c.language, baselines.c.prompt_sha, baselines.c.model, baselines.c.number)
    )
    found: dict[str, list[str]] = {}
    with store.read() as connection:
        for language, text in connection.execute(query):
            found.setdefault(language, []).append(text)
    return found


def paid_at(slot: Slot) -> Select[int]:
    """Finds a row when the baseline has been paid for."""
    return select(literal(1)).where(_row_of(slot))


def put(
    connection: Connection, slot: Slot, *, campaign_id: str, channel: str, language: str, run_id: str, text: str,
    response_id: str, usage: Usage,
) -> None:  # fmt: skip
    """Keep a baseline, in the transaction that charges it, and end its lease. One that is there stays."""
    row = {
        **asdict(slot), "campaign_id": campaign_id, "channel": channel, "language": language,
        "claimed_at": utc_text(utc_now()), "claimed_by": run_id,
        "text": text, "response_id": response_id, "usage": json.dumps(asdict(usage)),
    }  # fmt: skip
    connection.execute(insert_into(connection, baselines).values(row).on_conflict_do_nothing())
    end_lease(connection, slot.name)


def existing(store: Store, slots: list[Slot]) -> set[Slot]:
    """Those of the places whose text has been paid for."""
    if not slots:
        return set()
    shas = {slot.prompt_sha for slot in slots}
    query = select(baselines.c.prompt_sha, baselines.c.model, baselines.c.number).where(
        baselines.c.prompt_sha.in_(shas), baselines.c.text.is_not(None)
    )
    with store.read() as connection:
        found = {Slot(*row) for row in connection.execute(query)}
    return found & set(slots)
