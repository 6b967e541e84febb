"""What people asked runs for, and the runs that have not come to their end: what *Resume* goes on with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inedit.store import Store, canonical_json, utc_text
from inedit.store.tables import requests, runs

TRIAL = "trial:"
"""What ``asked_by`` begins with where one cell was tried (:mod:`inedit.archive.trials`): nothing goes on with that."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as the database remembers it. ``state`` is ``running`` for one that was killed, too."""

    id: str
    campaign_id: str
    state: str
    started_at: str


def put_request(store: Store, run_id: str, form: Mapping[str, Any], *, asked_by: str, now: datetime) -> None:
    """Keep what a run was asked for; ``asked_by`` names the asker's own run, and asking twice is asking once."""
    with store.write() as connection:
        store.lock(connection, "requests")
        known = connection.execute(select(requests.c.run_id).where(requests.c.asked_by == asked_by)).first()
        if known is None:
            connection.execute(
                requests.insert().values(
                    run_id=run_id, asked_by=asked_by, asked_at=utc_text(now), form=canonical_json(dict(form))
                )
            )


def run_asked_by(store: Store, asked_by: str) -> str | None:
    """The run that was opened for an asker: when it asks again, the run goes on."""
    with store.read() as connection:
        found = connection.execute(select(requests.c.run_id).where(requests.c.asked_by == asked_by)).scalar()
    return None if found is None else str(found)


def read_request(store: Store, run_id: str) -> dict[str, Any] | None:
    """What a run was asked for first."""
    mine = (requests.c.run_id == run_id) & ~requests.c.asked_by.startswith(TRIAL)
    query = select(requests.c.form).where(mine).order_by(requests.c.asked_at).limit(1)
    with store.read() as connection:
        found = connection.execute(query).scalar()
    return None if found is None else dict(json.loads(found))


def askers_of(store: Store, run_id: str) -> tuple[str, ...]:
    """Who asked for a run, and for its going on, the newest first."""
    query = (
        select(requests.c.asked_by).where(requests.c.run_id == run_id).order_by(requests.c.asked_at.desc())
    )
    with store.read() as connection:
        return tuple(connection.execute(query).scalars())


def unfinished_runs(store: Store, *, most: int) -> tuple[PastRun, ...]:
    """Runs that were asked for in a form and have not come to their end, the newest first."""
    asked = select(requests.c.run_id).distinct()
    query = (
        select(runs.c.id, runs.c.campaign_id, runs.c.state, runs.c.started_at)
        .where(runs.c.state != "complete", runs.c.id.in_(asked))
        .order_by(runs.c.started_at.desc())
        .limit(most)
    )
    with store.read() as connection:
        return tuple(PastRun(*row) for row in connection.execute(query))
