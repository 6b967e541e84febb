"""Batches at a provider as rows: what was given when, what is asked in them, and what has come back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from inedit.store import Store, canonical_json, utc_now, utc_text
from inedit.store.tables import batch_requests, provider_batches

_b, _r = provider_batches.c, batch_requests.c


@dataclass(frozen=True, slots=True)
class ProviderBatch:
    """A batch. ``id`` is ours; ``provider_id`` is empty until the provider is known to have it."""

    id: str
    run_id: str
    campaign_id: str
    round: int
    address: str
    model: str
    prepared_at: str
    provider_id: str = ""

    @property
    def lease_key(self) -> str:
        """What is held by the process that looks after it."""
        return f"batch {self.id}"

    @property
    def prepared_seconds(self) -> float:
        """When it was prepared, in seconds since 1970."""
        return datetime.fromisoformat(self.prepared_at).timestamp()


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One request of a batch: ``id`` is its reservation's, ``place`` what an answer settles, ``keep`` where it goes."""

    id: str
    place: str
    keep: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a campaign has at a provider."""

    run_id: str
    model: str
    address: str
    requests: int


State = Literal["answered", "released", "doubtful"]


def put_batch(connection: Connection, batch: ProviderBatch) -> None:
    """Write a batch down before anything is sent."""
    row = {**asdict(batch), "provider_id": batch.provider_id or None}
    connection.execute(provider_batches.insert(), row)


def put_request(connection: Connection, batch_id: str, request: BatchRequest) -> None:
    """Write a request down, in the transaction that sets its money aside."""
    row = {
        "id": request.id,
        "batch_id": batch_id,
        "place": request.place,
        "keep": canonical_json(request.keep),
    }
    connection.execute(batch_requests.insert(), row)


def is_asked(connection: Connection, place: str) -> bool:
    """Whether an answer to this is on its way in some batch."""
    query = select(_r.id).where(_r.place == place, _r.state == "open").limit(1)
    return connection.execute(query).first() is not None


def mark_submitted(store: Store, batch_id: str, provider_id: str) -> None:
    """The provider has the batch, under this id."""
    values = {"provider_id": provider_id, "submitted_at": utc_text(utc_now())}
    with store.write() as connection:
        connection.execute(provider_batches.update().where(_b.id == batch_id).values(values))


def end_batch(store: Store, batch_id: str, ending: str) -> None:
    """Nothing more will come of the batch."""
    values = {"ended_at": utc_text(utc_now()), "ending": ending}
    with store.write() as connection:
        connection.execute(provider_batches.update().where(_b.id == batch_id).values(values))


def close_request(connection: Connection, request_id: str, state: State) -> None:
    """What became of a request."""
    connection.execute(
        batch_requests.update().where(_r.id == request_id, _r.state == "open").values(state=state)
    )


def open_batches(store: Store, campaign_id: str | None = None) -> list[ProviderBatch]:
    """The batches of a campaign, or of all, that have not come to their end, oldest first."""
    columns = (_b.id, _b.run_id, _b.campaign_id, _b.round, _b.address, _b.model, _b.prepared_at)
    query = (
        select(*columns, func.coalesce(_b.provider_id, ""))
        .where(_b.ended_at.is_(None))
        .order_by(_b.prepared_at, _b.id)
    )
    if campaign_id is not None:
        query = query.where(_b.campaign_id == campaign_id)
    with store.read() as connection:
        return [ProviderBatch(*row) for row in connection.execute(query)]


def open_requests(store: Store, batch_id: str) -> dict[str, BatchRequest]:
    """The requests of a batch of which nothing has come back, by id."""
    query = select(_r.id, _r.place, _r.keep).where(_r.batch_id == batch_id, _r.state == "open")
    with store.read() as connection:
        return {
            id: BatchRequest(id, place, json.loads(keep)) for id, place, keep in connection.execute(query)
        }


def last_round(store: Store, run_id: str) -> int:
    """The number of the last round of a run, 0 before the first one."""
    with store.read() as connection:
        found = connection.execute(select(func.max(_b.round)).where(_b.run_id == run_id)).scalar()
    return int(found or 0)


def outstanding(store: Store, campaign_id: str) -> Outstanding | None:
    """What a campaign has at a provider now; None when there is nothing."""
    query = (
        select(_b.run_id, _b.model, _b.address, func.count(_r.id))
        .join_from(provider_batches, batch_requests, _r.batch_id == _b.id)
        .where(_b.campaign_id == campaign_id, _b.ended_at.is_(None), _r.state == "open")
        .group_by(_b.run_id, _b.model, _b.address)
        .order_by(func.max(_b.prepared_at).desc())
    )
    with store.read() as connection:
        found = connection.execute(query).first()
    return None if found is None else Outstanding(*found)
