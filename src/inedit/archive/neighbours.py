"""Which accepted pieces stand nearest to a text by meaning: one seam, and what stands behind it on each database.

On Postgres the vectors are pgvector's, and the database itself finds the nearest (:mod:`inedit.archive.pgvector`). On
SQLite they are read into memory once and kept there. Both compare with every vector: a guard that asks an approximate
index would let the copies through that the index misses.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, func, insert, select

from inedit.archive.pieces import STANDING
from inedit.model import VariantSpec
from inedit.store.tables import pieces, vectors

Vector = NDArray[np.float32]

EVERYTHING = 2**31
"""As a limit: as many as there are."""

Cell = tuple[str, str, str, str]
"""Campaign, channel, segment and tone: where a translation of our own variant is expected."""


def cell_of(spec: VariantSpec) -> Cell:
    """The cell of a variant, in whichever language."""
    return spec.campaign_id, spec.channel, spec.segment, spec.tone


@dataclass(frozen=True, slots=True)
class Embedding:
    """The unit vector of a text, shape (d,), and which encoder made it: vectors of different ones never compare."""

    vector: Vector
    encoder: str
    digest: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An accepted piece, and its cosine to the text that is being looked at (-1 to 1)."""

    id: str
    text: str
    language: str
    cell: Cell
    cosine: float


class View(Protocol):
    """The accepted pieces of a brand as one text sees them, as of one transaction."""

    def best(self, scope: str, campaign_id: str) -> tuple[float | None, float | None]:
        """The highest cosine in a scope: to a piece of the campaign, and to one of any other; None without any."""
        ...

    def near(self, scope: str, least: float) -> list[Neighbour]:
        """The pieces of a scope with at least that cosine, the nearest first, equally near ones by their id."""
        ...

    def abroad(self, scope: str, least: float) -> Iterator[Neighbour]:
        """The pieces of all other scopes of the brand with at least that cosine, the nearest first."""
        ...


class Neighbours(Protocol):
    """Keeps the vectors of a brand's pieces. Every method runs in the caller's transaction."""

    def put(self, connection: Connection, piece_id: str, embedding: Embedding) -> None:
        """Store the vector of a piece with the identity of the encoder that made it."""
        ...

    def catch_up(self, connection: Connection, embedding: Embedding, most: int = EVERYTHING, /) -> int:
        """Read what :meth:`seen_from` would have to read first, so that no write has to wait for it: how many pieces
        that were, ``most`` at most."""
        ...

    def seen_from(
        self, connection: Connection, embedding: Embedding, *, but: str = "", caught_up: bool = False
    ) -> View:
        """How a text with this vector sees the pieces; ``but`` is the id of one that is left out. ``caught_up`` says
        that :meth:`catch_up` has read all that there is in this transaction."""
        ...


def row_of(piece_id: str, embedding: Embedding, data: object) -> dict[str, object]:
    """A vector as a row."""
    return {
        "piece_id": piece_id,
        "model": embedding.encoder,
        "digest": embedding.digest,
        "dimensions": int(embedding.vector.shape[0]),
        "data": data,
    }


def stored_vectors(
    connection: Connection, piece_ids: Collection[str], encoder: str, digest: str
) -> dict[str, Vector]:
    """The vectors of some pieces, each of shape (d,), as far as this very encoder made them."""
    wanted = (vectors.c.piece_id.in_(piece_ids), vectors.c.model == encoder, vectors.c.digest == digest)
    rows = connection.execute(select(vectors.c.piece_id, vectors.c.data).where(*wanted))
    return {
        id: np.frombuffer(data, np.float32) if isinstance(data, bytes) else np.asarray(data, np.float32)
        for id, data in rows
    }


_NEWER = (
    select(pieces.c.seq, pieces.c.id, pieces.c.scope, pieces.c.text, pieces.c.spec, vectors.c.data)
    .join(vectors, vectors.c.piece_id == pieces.c.id)
    .where(
        pieces.c.seq > bindparam("last"),
        STANDING,
        func.substr(pieces.c.scope, 1, bindparam("size")) == bindparam("brand"),
        vectors.c.model == bindparam("encoder"),
        vectors.c.digest == bindparam("with_digest"),
    )
    .order_by(pieces.c.seq)
    .limit(bindparam("most"))
)


class _Table:
    """Every vector of one encoder, row by row, and whose it is. Scopes and campaigns are numbered as they come."""

    def __init__(self) -> None:
        self.last_seq = 0
        self.pieces: list[Neighbour] = []  # their cosine is not used
        self.positions: dict[str, int] = {}  # the row of a piece
        self._numbers: dict[str, int] = {}
        self._rows: Vector = np.zeros((0, 0), dtype=np.float32)
        self._marks = np.zeros((0, 2), dtype=np.int32)  # scope and campaign of each row

    def put(self, scope: str, piece: Neighbour, vector: Vector) -> None:
        """One more row; a piece that was written anew takes the row that it had."""
        position = self.positions.setdefault(piece.id, len(self.pieces))
        if position == len(self.pieces):
            self.pieces.append(piece)
        self.pieces[position] = piece
        if position >= len(self._rows):  # room for twice as many, so that adding stays cheap
            room = max(64, 2 * position)
            rows, marks = np.zeros((room, vector.shape[0]), np.float32), np.zeros((room, 2), np.int32)
            if position:
                rows[:position], marks[:position] = self._rows[:position], self._marks[:position]
            self._rows, self._marks = rows, marks
        self._rows[position] = vector
        self._marks[position] = [
            self._numbers.setdefault(name, len(self._numbers))
            for name in (f"scope {scope}", f"campaign {piece.cell[0]}")
        ]

    def number(self, name: str) -> int:
        """The number of a scope or campaign; that of no row when it has none."""
        return self._numbers.get(name, -1)

    @property
    def rows(self) -> Vector:
        """The vectors, shape (pieces, d)."""
        return self._rows[: len(self.pieces)]

    @property
    def marks(self) -> NDArray[np.int32]:
        """Scope and campaign of each row, shape (pieces, 2)."""
        return self._marks[: len(self.pieces)]


@dataclass(slots=True)
class InMemory:
    """Vectors as bytes in the database, read once and compared here, by any number of threads: what comes in after a
    view was made stands beyond its rows."""

    brand_id: str
    _tables: dict[str, _Table] = field(default_factory=dict)  # by digest of the encoder
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def put(self, connection: Connection, piece_id: str, embedding: Embedding) -> None:
        """See :class:`Neighbours`."""
        data = np.ascontiguousarray(embedding.vector, dtype=np.float32).tobytes()
        connection.execute(insert(vectors), row_of(piece_id, embedding, data))

    def seen_from(
        self, connection: Connection, embedding: Embedding, *, but: str = "", caught_up: bool = False
    ) -> View:
        """See :class:`Neighbours`."""
        if not caught_up:
            self.catch_up(connection, embedding)
        with self._reading:
            table = self._tables[embedding.digest]
            rows, marks, position = table.rows, table.marks, table.positions.get(but)
        cosines = rows @ embedding.vector if len(rows) else np.zeros(0, dtype=np.float32)
        if position is not None and position < len(cosines):
            cosines[position] = -np.inf
        return _InMemoryView(table, marks, cosines)

    def catch_up(self, connection: Connection, embedding: Embedding, most: int = EVERYTHING, /) -> int:
        """Read what has been accepted since the last time, by whichever process."""
        with self._reading:
            table = self._tables.setdefault(embedding.digest, _Table())
            brand = f"{self.brand_id}:"
            rows = connection.execute(
                _NEWER,
                {"last": table.last_seq, "brand": brand, "size": len(brand), "most": most,
                 "encoder": embedding.encoder, "with_digest": embedding.digest},
            ).all()  # fmt: skip
            for seq, id, scope, text, spec, data in rows:
                table.put(scope, neighbour(id, text, spec, 0.0), np.frombuffer(data, dtype=np.float32))
                table.last_seq = seq
            return len(rows)


@dataclass(slots=True)
class _InMemoryView:
    table: _Table
    marks: NDArray[np.int32]
    cosines: Vector

    def best(self, scope: str, campaign_id: str) -> tuple[float | None, float | None]:
        here = self._of_scope(scope)
        siblings: NDArray[np.bool_] = self.marks[:, 1] == self.table.number(f"campaign {campaign_id}")
        return self._highest(here & siblings), self._highest(here & ~siblings)

    def _of_scope(self, scope: str) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.marks[:, 0] == self.table.number(f"scope {scope}")
        return found

    def _highest(self, among: NDArray[np.bool_]) -> float | None:
        found = float(self.cosines.max(initial=-np.inf, where=among))
        return found if np.isfinite(found) else None

    def near(self, scope: str, least: float) -> list[Neighbour]:
        found = [
            self._at(position) for position in np.flatnonzero((self.cosines >= least) & self._of_scope(scope))
        ]
        return sorted(found, key=lambda piece: (-piece.cosine, piece.id))

    def abroad(self, scope: str, least: float) -> Iterator[Neighbour]:
        near = np.flatnonzero((self.cosines >= least) & ~self._of_scope(scope))
        for position in near[np.argsort(-self.cosines[near], kind="stable")]:
            yield self._at(position)

    def _at(self, position: np.intp) -> Neighbour:
        piece = self.table.pieces[position]
        return Neighbour(piece.id, piece.text, piece.language, piece.cell, float(self.cosines[position]))


def neighbour(id: str, text: str, spec: str, cosine: float) -> Neighbour:
    """A piece as its row has it; ``spec`` is JSON."""
    stored = json.loads(spec)
    cell = (stored["campaign_id"], stored["channel"], stored["segment"], stored["tone"])
    return Neighbour(id, text, stored["language"], cell, cosine)
