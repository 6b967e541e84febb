"""Trials of a cell as rows: what was asked for and the answer that was paid for. No piece comes of them, and they are
kept among what people asked for, so that whoever asks to be forgotten is taken out of them as well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from inedit.archive.requests import TRIAL
from inedit.archive.rows import dump, spec_from, spec_json
from inedit.model import Outcome, VariantSpec
from inedit.store import Store, insert_into
from inedit.store.tables import requests


@dataclass(frozen=True, slots=True)
class PaidTrial:
    """One cell that was tried: its answer as it came. ``at`` is the moment in UTC, as ISO 8601."""

    id: str
    by: str
    at: str
    spec: VariantSpec
    model: str
    raw: str
    outcome: Outcome = Outcome.ANSWERED

    @property
    def day(self) -> date:
        """The day on which it was paid for."""
        return datetime.fromisoformat(self.at).date()


def put_trial(connection: Connection, trial: PaidTrial) -> None:
    """Keep a trial, in the transaction that charges for it."""
    told = {
        "trial": spec_json(trial.spec), "model": trial.model, "by": trial.by, "raw": trial.raw,
        "outcome": trial.outcome.value,
    }  # fmt: skip
    row = {"run_id": trial.id, "asked_by": TRIAL + trial.id, "asked_at": trial.at, "form": dump(told)}
    connection.execute(insert_into(connection, requests).on_conflict_do_nothing(), row)


def find_trial(store: Store, trial_id: str) -> PaidTrial | None:
    """A trial by its id."""
    query = select(requests).where(requests.c.asked_by == TRIAL + trial_id)
    with store.read() as connection:
        found = connection.execute(query).first()
    return None if found is None else _trial(found)


def newest_trials(store: Store, campaign_id: str, *, most: int) -> tuple[PaidTrial, ...]:
    """The trials of a campaign, the newest first."""
    query = select(requests).where(requests.c.asked_by.startswith(TRIAL)).order_by(requests.c.asked_at.desc())
    found: list[PaidTrial] = []
    with store.read() as connection:
        for row in connection.execute(query):
            trial = _trial(row)
            if trial.spec.campaign_id == campaign_id:
                found.append(trial)
            if len(found) == most:
                break
    return tuple(found)


def _trial(row: Row[Any]) -> PaidTrial:
    told = json.loads(row.form)
    return PaidTrial(
        row.run_id, told["by"], row.asked_at, spec_from(told["trial"]), told["model"], told["raw"],
        Outcome(told["outcome"]),
    )  # fmt: skip
