"""Vectors in Postgres, as pgvector's own type: the database compares, and no process holds them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Double, Select, bindparam, case, func, insert, not_, select

from inedit.archive.neighbours import EVERYTHING, Embedding, Neighbour, Vector, View, neighbour, row_of
from inedit.archive.pieces import STANDING
from inedit.store.tables import pieces, vectors

BLOCK = 50
"""Pieces of other languages are fetched so many at a time: few are looked at."""

_COSINE: ColumnElement[float] = -vectors.c.data.op("<#>", return_type=Double)(
    bindparam("own", type_=vectors.c.data.type)
)
"""pgvector's ``<#>`` is the negative inner product; of unit vectors, that is the cosine."""

_COMPARABLE = (
    (vectors.c.model == bindparam("encoder"))
    & (vectors.c.digest == bindparam("digest"))
    & (pieces.c.id != bindparam("but"))
    & STANDING
)
_HERE = pieces.c.scope == bindparam("here")


def _of(*columns: Any) -> Select[Any]:
    return select(*columns).join_from(pieces, vectors, vectors.c.piece_id == pieces.c.id).where(_COMPARABLE)


_SIBLING = pieces.c.campaign_id == bindparam("campaign")
_BEST = _of(func.max(case((_SIBLING, _COSINE))), func.max(case((not_(_SIBLING), _COSINE)))).where(_HERE)

_NEAREST = _of(pieces.c.id, pieces.c.text, pieces.c.spec, _COSINE.label("cosine")).where(
    bindparam("least") <= _COSINE
)
_NEAR = _NEAREST.where(_HERE).order_by(_COSINE.desc(), pieces.c.id)
_ABROAD = (
    _NEAREST.where(not_(_HERE), func.starts_with(pieces.c.scope, bindparam("brand")))
    .order_by(_COSINE.desc(), pieces.c.seq)
    .limit(BLOCK)
    .offset(bindparam("skipped"))
)


@dataclass(frozen=True, slots=True)
class InPostgres:
    """See :class:`~inedit.archive.neighbours.Neighbours`."""

    brand_id: str

    def put(self, connection: Connection, piece_id: str, embedding: Embedding) -> None:
        """See :class:`~inedit.archive.neighbours.Neighbours`."""
        connection.execute(insert(vectors), row_of(piece_id, embedding, embedding.vector))

    def catch_up(
        self,
        _connection: Connection,
        _embedding: Embedding,
        _most: int = EVERYTHING,
        _newest: int = EVERYTHING,
        /,
    ) -> int:
        """See :class:`~inedit.archive.neighbours.Neighbours`: the database keeps the vectors, so nothing is read."""
        return 0

    def keep(self, _embedding: Embedding, /) -> None:
        """See :class:`~inedit.archive.neighbours.Neighbours`: nothing was read."""

    def seen_from(
        self,
        connection: Connection,
        embedding: Embedding,
        *,
        but: str = "",
        newest: int = EVERYTHING,  # noqa: ARG002
    ) -> View:
        """See :class:`~inedit.archive.neighbours.Neighbours`."""
        own: dict[str, str | Vector] = {
            "own": embedding.vector,
            "encoder": embedding.encoder,
            "digest": embedding.digest,
            "but": but,
        }
        return _PostgresView(connection, self.brand_id, own)


@dataclass(frozen=True, slots=True)
class _PostgresView:
    connection: Connection
    brand_id: str
    own: dict[str, str | Vector]

    def best(self, scope: str, campaign_id: str) -> tuple[float | None, float | None]:
        sibling, other = self.connection.execute(
            _BEST, {**self.own, "here": scope, "campaign": campaign_id}
        ).one()
        return sibling, other

    def near(self, scope: str, least: float) -> list[Neighbour]:
        found = self.connection.execute(_NEAR, {**self.own, "here": scope, "least": least})
        return [neighbour(*row) for row in found]

    def abroad(self, scope: str, least: float) -> Iterator[Neighbour]:
        parameters = {**self.own, "here": scope, "least": least, "brand": f"{self.brand_id}:"}
        skipped = 0
        while True:
            block = self.connection.execute(_ABROAD, {**parameters, "skipped": skipped}).all()
            yield from (neighbour(*row) for row in block)
            if len(block) < BLOCK:
                return
            skipped += BLOCK
