"""Leases on what is being paid for, so that any number of processes share a campaign and pay nothing twice.

A place (of a piece, of a baseline) is leased in the very transaction that sets the money aside for it, and only while
nobody has paid for it. The lease is renewed while its holder lives and ends when the place is completed. That of a
process that was killed runs out; whoever comes next takes it over and goes on from the answers that were paid.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Connection, Double, Select, Text, bindparam, delete, false, literal, select

from inedit.archive.attempts import PAID, key_of_attempt
from inedit.archive.pieces import lease_key
from inedit.model import VariantSpec
from inedit.model.errors import StoreError
from inedit.store import Store, insert_into
from inedit.store.prepared import Prepared
from inedit.store.tables import leases

LEASE = timedelta(seconds=30)
"""After so long without a heartbeat, a holder counts as dead. Being wrong about it is safe: who wakes up after his
lease was taken over is told so before he can pay."""

SIGNS_OF_LIFE = 3
"""How often a lease is renewed before it would run out."""

NOTHING = select(literal(1)).where(false())
"""Finds nothing: what is not paid for by itself."""

_END = Prepared(delete(leases).where(leases.c.place == bindparam("place_")))


class AlreadyClaimed(Exception):
    """Somebody else is at this place, or has paid for it meanwhile: nothing was sent."""


class Leases:
    """What one team of workers holds. One event loop.

    ``length`` is how long a lease lasts after its holder's last heartbeat.
    """

    def __init__(self, store: Store, length: timedelta = LEASE) -> None:
        self.store, self.length = store, length
        self.holder = uuid.uuid4().hex
        self._free = (leases.c.holder == self.holder) | (leases.c.until <= store.moment())
        self._taking: dict[Select[int], Prepared] = {}
        self._renewer: asyncio.Task[None] | None = None
        self._users = 0

    def take(
        self,
        connection: Connection,
        lease_key: str,
        *,
        paid: Select[int] = NOTHING,
        at: Mapping[str, object] | None = None,
    ) -> None:
        """Hold a place from this transaction on, or raise :class:`AlreadyClaimed`.

        ``paid``, with the parameters ``at``, finds a row when what is about to be paid for is there already. A place
        that is held already is held for longer.
        """
        statement = self._taking.get(paid)
        if statement is None:
            statement = self._taking[paid] = self._take(connection, paid)
        seconds = self.length.total_seconds()
        found = statement.first(connection, {"place_": lease_key, "seconds": seconds, **(at or {})})
        if found is None:
            raise AlreadyClaimed(lease_key)

    def take_attempt(
        self, connection: Connection, spec: VariantSpec, revision_number: int, attempt: int
    ) -> None:
        """Hold the place of a piece to pay for one attempt at it, as :meth:`take` does, unless it is paid for."""
        piece_id = f"{spec.key}-{revision_number}"
        self.take(
            connection, lease_key(piece_id), paid=PAID, at=key_of_attempt(spec, revision_number, attempt)
        )

    def _take(self, connection: Connection, paid: Select[int]) -> Prepared:
        """Insert, or take over what is ours or has run out, unless it is paid for: one statement, and no row else."""
        until = self.store.moment(bindparam("seconds", type_=Double))
        row = select(bindparam("place_", type_=Text), literal(self.holder, Text), until).where(~paid.exists())
        lease = insert_into(connection, leases).from_select(["place", "holder", "until"], row)
        taken = lease.on_conflict_do_update(
            index_elements=["place"],
            set_={"holder": lease.excluded.holder, "until": lease.excluded.until},
            where=self._free,
        )
        return Prepared(taken.returning(leases.c.place))

    def others_at(self, lease_keys: Collection[str]) -> set[str]:
        """Those of the places that somebody else holds now."""
        query = select(leases.c.place).where(leases.c.place.in_(lease_keys), ~self._free)
        with self.store.read() as connection:
            return set(connection.execute(query).scalars())

    def release(self, lease_keys: Iterable[str]) -> None:
        """Give back places that are left without having come to rest."""
        left = list(lease_keys)
        if left:
            with self.store.write() as connection:
                connection.execute(
                    delete(leases).where(leases.c.place.in_(left), leases.c.holder == self.holder)
                )

    @asynccontextmanager
    async def renewed(self) -> AsyncIterator[None]:
        """While it lasts, the leases are renewed in time. May be entered several times at once."""
        self._users += 1
        if self._renewer is None:
            self._renewer = asyncio.create_task(self._renew())
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self._renewer.cancel()
                self._renewer = None

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self.length.total_seconds() / SIGNS_OF_LIFE)
            try:
                await asyncio.to_thread(self._extend)
            except StoreError:
                continue  # the next heartbeat may get through; until then a lost lease is noticed in time

    def _extend(self) -> None:
        with self.store.write() as connection:
            connection.execute(
                leases.update()
                .where(leases.c.holder == self.holder)
                .values(until=self.store.moment(self.length.total_seconds()))
            )


def end_lease(connection: Connection, lease_key: str) -> None:
    """A place is completed: nobody needs to hold it."""
    _END.run(connection, {"place_": lease_key})
