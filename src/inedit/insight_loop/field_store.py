"""Verbatims as rows: added once, read in the order in which they came, counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection, Row, exists, func, select

from inedit.insight_loop.verbatims import Verbatim
from inedit.model.errors import WrongInput
from inedit.store import Store, insert_into, utc_text
from inedit.store.tables import coded_texts, codings, forgotten_authors, observations
from inedit.store.tables import verbatims as rows

BATCH = 1_000
"""Verbatims written in one transaction, and read in one query."""


def add_verbatims(store: Store, found: Iterable[Verbatim], *, observation_id: int | None = None) -> int:
    """Keep verbatims; returns how many are new.

    What is there already stays as it is, and what somebody said who asked to be forgotten is passed over.
    """
    added, rest = 0, iter(found)
    while batch := tuple(islice(rest, BATCH)):
        with store.write() as connection:
            added += _add(connection, batch, observation_id)
    return added


def verbatims(
    store: Store,
    place: str | None = None,
    since: datetime | None = None,
    after: str | None = None,
    limit: int | None = None,
    ids: Iterable[str] | None = None,
    coded: bool = False,
    unread_by: str | None = None,
) -> Iterator[Verbatim]:
    """Verbatims in the order in which they were imported, streamed: memory stays flat, and between two of them the
    caller may write.

    ``place`` is a place's id; ``since`` leaves out what was said before that moment; ``after`` is the id of the
    verbatim behind which to go on; ``ids`` are the only ones wanted; ``coded`` leaves out those to which nobody gave a
    code, ``unread_by`` those that this coder has read. Raises :class:`~.errors.WrongInput` when there is no
    verbatim ``after``.
    """
    wanted = [rows.c.seq > 0]
    if place is not None:
        wanted.append(rows.c.place_id == place)
    if since is not None:
        wanted.append(rows.c.at >= utc_text(since))
    if ids is not None:
        wanted.append(rows.c.id.in_(tuple(ids)))
    if coded:
        wanted.append(exists().where(codings.c.verbatim_id == rows.c.id))
    if unread_by is not None:
        read = exists().where(coded_texts.c.verbatim_id == rows.c.id, coded_texts.c.coder == unread_by)
        wanted.append(~read)
    last, left = _number_of(store, after) if after else 0, limit
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        query = select(rows).where(*wanted, rows.c.seq > last).order_by(rows.c.seq).limit(size)
        with store.read() as connection:
            page = connection.execute(query).all()
        for row in page:
            yield _verbatim(row)
        if len(page) < size:
            return
        last, left = page[-1].seq, None if left is None else left - len(page)


def known_ids(store: Store, ids: Iterable[str]) -> set[str]:
    """Which of the ids are those of verbatims that are there already."""
    with store.read() as connection:
        return set(connection.execute(select(rows.c.id).where(rows.c.id.in_(tuple(ids)))).scalars())


def count_verbatims(store: Store) -> Mapping[str, int]:
    """How many verbatims there are, by place."""
    query = select(rows.c.place_id, func.count()).group_by(rows.c.place_id).order_by(rows.c.place_id)
    with store.read() as connection:
        return {str(place): int(count) for place, count in connection.execute(query)}


def last_observed(store: Store) -> Mapping[str, datetime]:
    """When each place was last imported from, in UTC."""
    query = select(observations.c.place_id, func.max(observations.c.ended_at)).where(
        observations.c.ended_at.is_not(None)
    )
    with store.read() as connection:
        found = connection.execute(query.group_by(observations.c.place_id)).all()
    return {place: parse_utc(at) for place, at in found}


def forgotten_sha(author: str) -> str:
    """What is kept of a pseudonym that was forgotten: enough to know it again, not to find it."""
    return hashlib.sha256(f"forgotten:{author}".encode()).hexdigest()


def parse_utc(text: str) -> datetime:
    """The moment that :func:`inedit.store.utc_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def forgotten_among(connection: Connection, authors: Iterable[str]) -> set[str]:
    """Which of the pseudonyms are those of people who asked to be forgotten."""
    shas = {forgotten_sha(author): author for author in authors}
    query = select(forgotten_authors.c.author_sha).where(forgotten_authors.c.author_sha.in_(shas))
    return {shas[sha] for sha in connection.execute(query).scalars()}


def _add(connection: Connection, batch: tuple[Verbatim, ...], observation_id: int | None) -> int:
    gone = forgotten_among(connection, {verbatim.author for verbatim in batch})
    fresh = {verbatim.id: verbatim for verbatim in batch if verbatim.author not in gone}
    known = set(connection.execute(select(rows.c.id).where(rows.c.id.in_(fresh))).scalars())
    values = [_row(verbatim, observation_id) for id, verbatim in fresh.items() if id not in known]
    if values:
        connection.execute(insert_into(connection, rows).on_conflict_do_nothing(), values)
    return len(values)


def _row(verbatim: Verbatim, observation_id: int | None) -> dict[str, object]:
    return {
        "id": verbatim.id,
        "place_id": verbatim.place_id,
        "author": verbatim.author,
        "at": utc_text(verbatim.at),
        "language": verbatim.language,
        "text": verbatim.text,
        "reply_to": verbatim.reply_to,
        "consent": int(verbatim.consent),
        "observation_id": observation_id,
    }


def _number_of(store: Store, verbatim_id: str) -> int:
    with store.read() as connection:
        found = connection.execute(select(rows.c.seq).where(rows.c.id == verbatim_id)).scalar()
    if found is None:
        raise WrongInput(f"There is no verbatim '{verbatim_id}' to go on after.")
    return int(found)


def _verbatim(row: Row[tuple[object, ...]]) -> Verbatim:
    return Verbatim(
        row.id, row.place_id, row.author, parse_utc(row.at), row.language, row.text, row.reply_to,
        bool(row.consent),
    )  # fmt: skip
