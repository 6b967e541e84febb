"""Baselines as rows: what anybody would get for a brief, asked and paid for once, whoever needs it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, select

from inedit.model import Prompt, Usage
from inedit.store import Store, utc_text
from inedit.store.tables import baselines

LEASE = timedelta(minutes=15)
"""A claim older than this was left by a process that died: another one may ask."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a baseline stands: the digest of its prompt, the model that is asked, and its number from 0."""

    prompt_sha: str
    model: str
    number: int

    @classmethod
    def of(cls, prompt: Prompt, model: str, number: int) -> Place:
        """The place of the ``number``-th answer of a model to a prompt."""
        return cls(hashlib.sha256(prompt.text.encode()).hexdigest(), model, number)

    @property
    def row(self) -> ColumnElement[bool]:
        """The condition that its row meets."""
        return (
            (baselines.c.prompt_sha == self.prompt_sha)
            & (baselines.c.model == self.model)
            & (baselines.c.number == self.number)
        )


def claim(
    store: Store,
    place: Place,
    *,
    campaign_id: str,
    channel: str,
    language: str,
    claimed_by: str,
    now: datetime,
) -> str | bool:
    """The text when it exists; else True when the caller is to ask for it, False when somebody else is asking."""
    with store.write() as connection:
        store.lock(connection, f"baseline:{place}")
        found = connection.execute(
            select(baselines.c.text, baselines.c.claimed_at).where(place.row)
        ).one_or_none()
        if found is not None and found.text is not None:
            return str(found.text)
        if found is not None and found.claimed_at > utc_text(now - LEASE):
            return False
        claimed = {"claimed_at": utc_text(now), "claimed_by": claimed_by}
        if found is not None:
            connection.execute(baselines.update().where(place.row).values(claimed))
        else:
            connection.execute(
                baselines.insert().values(
                    **asdict(place), **claimed, campaign_id=campaign_id, channel=channel, language=language
                )
            )
        return True


def put(connection: Connection, place: Place, *, text: str, response_id: str, usage: Usage) -> None:
    """Keep the answer to a claimed baseline, in the transaction that charges it."""
    kept = {"text": text, "response_id": response_id, "usage": json.dumps(asdict(usage))}
    connection.execute(baselines.update().where(place.row).values(kept))


def release(store: Store, place: Place) -> None:
    """Give a claim back that came to nothing; a text that is there stays."""
    with store.write() as connection:
        connection.execute(baselines.delete().where(place.row & baselines.c.text.is_(None)))


def existing(store: Store, places: list[Place]) -> set[Place]:
    """Those of the places whose text has been paid for."""
    if not places:
        return set()
    shas = {place.prompt_sha for place in places}
    query = select(baselines.c.prompt_sha, baselines.c.model, baselines.c.number).where(
        baselines.c.prompt_sha.in_(shas), baselines.c.text.is_not(None)
    )
    with store.read() as connection:
        found = {Place(*row) for row in connection.execute(query)}
    return found & set(places)
