"""Baselines as rows: what anybody would get for a brief, asked and paid for once, whoever needs it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, Select, literal, select

from inedit.archive.leases import end_lease
from inedit.model import Prompt, Usage
from inedit.store import Store, insert_into, utc_now, utc_text
from inedit.store.tables import baselines


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a baseline stands: the digest of its prompt, the model that is asked, and its number from 0."""

    prompt_sha: str
    model: str
    number: int

    @classmethod
    def of(cls, prompt: Prompt, model: str, number: int) -> Slot:
        """The place of the ``number``-th answer of a model to a prompt."""
        return cls(hashlib.sha256(prompt.text.encode()).hexdigest(), model, number)

    @property
    def name(self) -> str:
        """The place as it is leased."""
        return f"baseline {self.prompt_sha} {self.model} {self.number}"

    @property
    def row(self) -> ColumnElement[bool]:
        """The condition that its row meets."""
        return (
            (baselines.c.prompt_sha == self.prompt_sha)
            & (baselines.c.model == self.model)
            & (baselines.c.number == self.number)
        )


def text_at(store: Store, slot: Slot) -> str | None:
    """The text of a baseline that was paid for."""
    with store.read() as connection:
        found = connection.execute(select(baselines.c.text).where(slot.row)).scalar_one_or_none()
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
    return select(literal(1)).where(slot.row)


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
