"""*Prune*: verbatims go when the time for which a place may keep them is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from inedit.insight_loop.verbatims import Place
from inedit.store import Store, utc_text
from inedit.store.erasure import rows_of_verbatims
from inedit.store.tables import author_aliases, observations, verbatims

KEEP_DAYS = 730
"""For a place that does not say otherwise, and for one that is in the register no more."""

BLOCK = 500


def prune(
    store: Store,
    places: Mapping[str, Place],
    now: datetime,
    *,
    everything: bool = False,
    dry_run: bool = False,
) -> dict[str, int]:
    """Delete verbatims imported longer ago than their place keeps them; how many, by place.

    ``everything`` empties the field. With ``dry_run`` they are only counted.
    """
    gone: dict[str, int] = {}
    with store.read() as connection:
        known = sorted(connection.execute(select(verbatims.c.place_id).distinct()).scalars())
    for place in known:
        days = places[place].keep_days if place in places else None
        before = utc_text(now - timedelta(days=days or KEEP_DAYS))
        old = select(observations.c.id).where(observations.c.started_at < before)
        due = verbatims.c.place_id == place
        if not everything:
            due &= or_(
                verbatims.c.observation_id.in_(old),
                verbatims.c.observation_id.is_(None) & (verbatims.c.at < before),
            )
        if dry_run:
            with store.read() as connection:
                count = connection.execute(
                    select(func.count()).select_from(verbatims).where(due)
                ).scalar_one()
        else:
            count = 0
            while True:
                with store.write() as connection:
                    ids = list(connection.execute(select(verbatims.c.id).where(due).limit(BLOCK)).scalars())
                    if not ids:
                        break
                    rows_of_verbatims(connection, ids)
                    count += connection.execute(delete(verbatims).where(verbatims.c.id.in_(ids))).rowcount
        if count:
            gone[place] = int(count)
    if not dry_run:
        with store.write() as connection:  # names of whom nothing is kept any more
            there = select(verbatims.c.id).where(verbatims.c.author == author_aliases.c.author).exists()
            connection.execute(delete(author_aliases).where(~there))
    return gone
