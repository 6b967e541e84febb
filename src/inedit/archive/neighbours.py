"""Which accepted pieces stand nearest to a text by meaning: the seam, and what its two sides have in common.

Behind it :mod:`inedit.archive.in_memory` reads the vectors once and compares with every one of them: a guard that asks
an approximate index would let the copies through that the index misses.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from inedit.model import VariantSpec
from inedit.store.tables import vectors

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

    def catch_up(
        self,
        connection: Connection,
        embedding: Embedding,
        most: int = EVERYTHING,
        newest: int = EVERYTHING,
        /,
    ) -> int:
        """Read what :meth:`seen_from` would have to read first, so that no write has to wait for it: how many pieces
        that were, ``most`` at most. ``newest`` is the number of the newest piece that the transaction sees: as long as
        it stays, nothing is asked."""
        ...

    def keep(self, embedding: Embedding, /) -> None:
        """Keep what was read in files, when it is much and there is a place for it; outside any transaction."""
        ...

    def seen_from(
        self, connection: Connection, embedding: Embedding, *, but: str = "", newest: int = EVERYTHING
    ) -> View:
        """How a text with this vector sees all pieces that this transaction does; ``but`` is the id of one that is left
        out, ``newest`` what :meth:`catch_up` is told."""
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
    return {id: as_vector(data) for id, data in rows}


def as_vector(data: object) -> Vector:
    """A vector as the database has it: bytes on SQLite, numbers on Postgres."""
    return np.frombuffer(data, np.float32) if isinstance(data, bytes) else np.asarray(data, np.float32)


def neighbour(id: str, text: str, spec: str, cosine: float) -> Neighbour:
    """A piece as its row has it; ``spec`` is JSON."""
    stored = json.loads(spec)
    cell = (stored["campaign_id"], stored["channel"], stored["segment"], stored["tone"])
    return Neighbour(id, text, stored["language"], cell, cosine)


def novelty(cosine: float | None) -> float | None:
    """How far a text is from one whose vector is so near: 1 less the cosine; None where there is no such text."""
    return None if cosine is None else 1.0 - cosine
