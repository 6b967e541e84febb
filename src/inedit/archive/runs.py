"""Runs as rows: when each began and ended, for which brief, on which model."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import literal, select

from inedit.brand.preferences import NO_PREFERENCES, Preferences
from inedit.brand.schema import Campaign
from inedit.model.errors import WrongInput
from inedit.store import Store, canonical_json
from inedit.store.tables import runs


def start_run(store: Store, campaign: Campaign, *, model: str, options: Mapping[str, Any]) -> str:
    """Open a run and return its id: the date, so that people can tell runs apart, and six random digits.

    ``options`` are kept as JSON: they say later how the run was made.
    """
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    with store.write() as connection:
        connection.execute(
            runs.insert().values(
                id=run_id,
                campaign_id=campaign.id,
                brief_sha=campaign.sha,
                started_at=now.isoformat(timespec="milliseconds"),
                state="running",
                model=model,
                options=canonical_json(dict(options)),
            )
        )
    return run_id


def others_write(store: Store, campaign_id: str, run_id: str) -> bool:
    """Whether another run of a campaign is under way, or was when its process was killed."""
    query = select(literal(1)).where(
        runs.c.campaign_id == campaign_id, runs.c.id != run_id, runs.c.state == "running"
    )
    with store.read() as connection:
        return connection.execute(query.limit(1)).first() is not None


def rejoin_run(store: Store, campaign: Campaign, run_id: str) -> None:
    """Open a run again that was interrupted. Raises :class:`~.errors.WrongInput` when the campaign has none."""
    with store.write() as connection:
        opened = connection.execute(
            runs.update()
            .where(runs.c.id == run_id, runs.c.campaign_id == campaign.id)
            .values(state="running", ended_at=None)
        )
    if not opened.rowcount:
        raise WrongInput(f"Campaign '{campaign.id}' has no run '{run_id}' to go on with.")


def read_run_preferences(store: Store, run_id: str) -> Preferences:
    """What A/B tests had taught when a run was planned; nothing for one that does not know, or is not there."""
    query = select(runs.c.options).where(runs.c.id == run_id)
    with store.read() as connection:
        options = json.loads(connection.execute(query).scalar() or "{}")
    return Preferences.from_json(options["preferences"]) if "preferences" in options else NO_PREFERENCES


def is_open(store: Store, run_id: str) -> bool:
    """Whether a run is being written: it was begun, and nobody has ended it."""
    query = select(runs.c.id).where(runs.c.id == run_id, runs.c.state == "running")
    with store.read() as connection:
        return connection.execute(query).first() is not None


def end_run(store: Store, run_id: str, state: str) -> None:
    """Close a run: ``complete``, ``failed``, or the reason why it stopped early."""
    with store.write() as connection:
        connection.execute(
            runs.update()
            .where(runs.c.id == run_id)
            .values(state=state, ended_at=datetime.now(UTC).isoformat(timespec="milliseconds"))
        )
