"""Tests and their figures in the store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from inedit.insight_loop.experiments.design import Design
from inedit.insight_loop.experiments.figures import Figures
from inedit.model.errors import WrongInput
from inedit.store import Store, canonical_json, utc_text
from inedit.store.tables import experiment_figures, experiments

_f = experiment_figures.c


@dataclass(frozen=True, slots=True)
class Import:
    """What an import came to: days that are new, that were corrected, that stood there as they are."""

    new: int
    corrected: int
    unchanged: int


def put_design(store: Store, design: Design, now: datetime) -> None:
    """Write a test down. Raises :class:`~.errors.WrongInput` when there is one of this id already."""
    with store.write() as connection:
        store.lock(connection, "experiments")
        known = connection.execute(select(experiments.c.id).where(experiments.c.id == design.id)).first()
        if known is not None:
            raise WrongInput(f"There is a test '{design.id}' already. Give another id with --id.")
        connection.execute(
            experiments.insert().values(
                id=design.id, campaign_id=design.campaign_id, started_at=utc_text(now),
                design=canonical_json(design.as_json()),
            )
        )  # fmt: skip


def read_designs(store: Store, campaign_id: str | None = None) -> tuple[Design, ...]:
    """Every test, or those of a campaign, the oldest first."""
    query = select(experiments.c.design).order_by(experiments.c.started_at, experiments.c.id)
    if campaign_id is not None:
        query = query.where(experiments.c.campaign_id == campaign_id)
    with store.read() as connection:
        return tuple(Design.from_json(json.loads(record)) for record in connection.execute(query).scalars())


def read_design(store: Store, id: str) -> Design:
    """One test. Raises :class:`~.errors.WrongInput` when there is none of this id."""
    found = {design.id: design for design in read_designs(store)}
    if id not in found:
        raise WrongInput(f"There is no test '{id}'. There is: {', '.join(found) or 'none yet'}.")
    return found[id]


def put_figures(
    store: Store, design: Design, figures: Iterable[Figures], *, file_sha: str, now: datetime
) -> Import:
    """Take figures in: those that stand there already change nothing, others replace them and keep them as history.

    Raises :class:`~.errors.WrongInput` when an arm is told by piece now and was told as a whole before.
    """
    new = corrected = unchanged = 0
    with store.write() as connection:
        store.lock(connection, f"experiment {design.id}")
        query = select(experiment_figures).where(_f.experiment_id == design.id).order_by(_f.number)
        rows = connection.execute(query).mappings().all()
        latest = {(row["source"], row["day"]): row for row in rows}
        grain = {row["arm"]: row["source"] != row["arm"] for row in rows}
        for one in figures:
            if grain.setdefault(one.arm, one.source != one.arm) != (one.source != one.arm):
                raise WrongInput(
                    f"The figures of arm '{one.arm}' came {'by piece' if grain[one.arm] else 'as a whole'} before: "
                    "give them in the same way, or they would count twice."
                )
            values = {
                "arm": one.arm, "impressions": one.impressions, "clicks": one.clicks,
                "conversions": one.conversions, "revenue_micros": one.revenue_micros,
            }  # fmt: skip
            before = latest.get((one.source, one.day.isoformat()))
            if before is not None and all(before[name] == value for name, value in values.items()):
                unchanged += 1
                continue
            number = before["number"] + 1 if before is not None else 1
            new, corrected = new + (number == 1), corrected + (number > 1)
            connection.execute(
                experiment_figures.insert().values(
                    experiment_id=design.id, source=one.source, day=one.day.isoformat(), number=number,
                    imported_at=utc_text(now), file_sha=file_sha, **values,
                )
            )  # fmt: skip
    return Import(new, corrected, unchanged)


def read_figures(store: Store, experiment_id: str) -> tuple[Figures, ...]:
    """The figures of a test that count today, by day."""
    newest = (
        select(_f.source, _f.day, func.max(_f.number).label("number"))
        .where(_f.experiment_id == experiment_id)
        .group_by(_f.source, _f.day)
        .subquery()
    )
    query = (
        select(experiment_figures)
        .join(
            newest, (_f.source == newest.c.source) & (_f.day == newest.c.day) & (_f.number == newest.c.number)
        )
        .where(_f.experiment_id == experiment_id)
        .order_by(_f.day, _f.source)
    )
    with store.read() as connection:
        return tuple(
            Figures(
                row["source"], row["arm"], date.fromisoformat(row["day"]), row["impressions"], row["clicks"],
                row["conversions"], row["revenue_micros"],
            )
            for row in connection.execute(query).mappings()
        )  # fmt: skip


def corrections(store: Store, experiment_id: str) -> int:
    """How many figures of a test were replaced by corrected ones."""
    query = select(func.count()).where(_f.experiment_id == experiment_id, _f.number > 1)
    with store.read() as connection:
        return int(connection.execute(query).scalar_one())
