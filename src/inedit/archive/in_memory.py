"""Vectors in memory and in files: what a process has read of them, and how one text sees them."""

from __future__ import annotations

import sys
import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, func, insert, select

from inedit.archive.block_files import Arrays, BlockFiles, folder_of
from inedit.archive.neighbours import (
    EVERYTHING,
    Embedding,
    Neighbour,
    Vector,
    View,
    as_vector,
    neighbour,
    row_of,
)
from inedit.archive.pieces import STANDING
from inedit.archive.seen_pieces import SeenPieces
from inedit.archive.seen_vectors import Seen
from inedit.archive.stored_blocks import BlockStore, difference, is_due, mark_of
from inedit.archive.vector_blocks import VectorBlock, key_of
from inedit.store import Store
from inedit.store.prepared import Prepared
from inedit.store.tables import pieces, vectors

VECTORS_VERSION = 3
"""Raised when blocks of vectors are made in another way."""

_WANTED = (
    STANDING,
    func.substr(pieces.c.scope, 1, bindparam("size")) == bindparam("brand"),
    vectors.c.model == bindparam("encoder"),
    vectors.c.digest == bindparam("with_digest"),
)
_WITH_VECTORS = pieces.join(vectors, vectors.c.piece_id == pieces.c.id)
_ROW = (
    select(
        pieces.c.seq, pieces.c.id, pieces.c.scope, pieces.c.text, pieces.c.spec, vectors.c.data, pieces.c.created_at
    )
    .select_from(_WITH_VECTORS)
    .where(*_WANTED)
)  # fmt: skip
_LATER = _ROW.where(pieces.c.seq > bindparam("last"))
_NEWER = Prepared(_LATER.order_by(pieces.c.seq).limit(bindparam("most")))
_NUMBERED = pieces.c.seq == bindparam("number")
_ONE = _ROW.where(_NUMBERED)
_PUT = Prepared(insert(vectors))
_STANDS = (
    select(pieces.c.seq, pieces.c.id, pieces.c.created_at)
    .select_from(_WITH_VECTORS)
    .where(*_WANTED, pieces.c.seq <= bindparam("last"))
    .order_by(pieces.c.seq)
)


class _Table:
    """Every vector of one encoder, and whose it is: those of blocks, and those that came after them, row by row."""

    def __init__(self, blocks: Sequence[VectorBlock] = ()) -> None:
        self.last_seq = max((int(block.sources.max(initial=0)) for block in blocks), default=0)
        # of all pieces, with or without a vector: there was nothing newer when all had been read
        self.up_to = 0
        self.gone: list[list[int]] = [[] for _ in blocks]
        self.rest_on(blocks)

    def rest_on(self, blocks: Sequence[VectorBlock]) -> None:
        """Go on with these blocks, and with no row beside them."""
        self.blocks = tuple(blocks)
        self.pieces: list[Neighbour] = []  # their cosine is not used
        self.positions: dict[str, int] = {}  # the row of a piece
        self.sources, self.marks = array("q"), array("I")
        self._rows: Vector = np.zeros((0, 0), dtype=np.float32)
        self._keys = np.zeros((0, 2), dtype=np.uint64)  # scope and campaign of each row

    def put(self, source: int, mark: int, scope: str, piece: Neighbour, vector: Vector) -> None:
        """One more row; a piece that was written anew takes the row that it had."""
        for block, gone in zip(self.blocks, self.gone, strict=True):
            there = block.position_of(piece.id)
            if there is not None:
                gone.append(there)
        position = self.positions.setdefault(piece.id, len(self.pieces))
        if position == len(self.pieces):
            self.pieces.append(piece)
            self.sources.append(source)
            self.marks.append(mark)
        self.pieces[position], self.sources[position], self.marks[position] = piece, source, mark
        if position >= len(self._rows):  # room for twice as many, so that adding stays cheap
            room = max(64, 2 * position)
            rows, keys = np.zeros((room, vector.shape[0]), np.float32), np.zeros((room, 2), np.uint64)
            if position:
                rows[:position], keys[:position] = self._rows[:position], self._keys[:position]
            self._rows, self._keys = rows, keys
        self._rows[position] = vector
        self._keys[position] = [key_of(f"scope {scope}"), key_of(f"campaign {piece.cell[0]}")]

    @property
    def rows(self) -> Vector:
        """The vectors that are in no block, shape (pieces, d)."""
        return self._rows[: len(self.pieces)]

    @property
    def keys(self) -> NDArray[np.uint64]:
        """Scope and campaign of each row, shape (pieces, 2)."""
        return self._keys[: len(self.pieces)]

    def block(self) -> VectorBlock:
        """The rows that are in no block as one."""
        ids = [piece.id for piece in self.pieces]
        scopes, campaigns = (np.ascontiguousarray(self.keys[:, column]) for column in (0, 1))
        return VectorBlock.of(self.sources, self.marks, ids, scopes, campaigns, self.rows)

    def seen(self, own: Vector, but: str) -> list[Seen]:
        """All vectors as one sees them, less that of one piece."""
        found = []
        for block, gone in zip(self.blocks, self.gone, strict=True):
            itself = block.position_of(but)
            found.append(Seen.of(block, own, gone if itself is None else [*gone, itself]))
        if self.pieces:
            itself = self.positions.get(but)
            left_out = () if itself is None else (itself,)
            found.append(Seen(own, self.rows, self.keys[:, 0], self.keys[:, 1], left_out))
        return found


@dataclass(slots=True)
class InMemory:
    """Vectors of the database, read once and compared here, by any number of threads: what comes in after a
    view was made stands beyond its rows. They are kept below ``folder``, where there is one, and mapped from there."""

    brand_id: str
    store: Store | None = None
    folder: Path | None = None
    _tables: dict[str, tuple[_Table, BlockStore]] = field(default_factory=dict)  # by digest of the encoder
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def put(self, connection: Connection, piece_id: str, embedding: Embedding) -> None:
        """See :class:`~inedit.archive.neighbours.Neighbours`."""
        vector = np.ascontiguousarray(embedding.vector, dtype=np.float32)
        data = vector.tobytes() if connection.dialect.name == "sqlite" else vector
        _PUT.run(connection, row_of(piece_id, embedding, data))

    def seen_from(
        self, connection: Connection, embedding: Embedding, *, but: str = "", newest: int = EVERYTHING
    ) -> View:
        """See :class:`~inedit.archive.neighbours.Neighbours`."""
        with self._reading:  # at once: after a catch-up before, another thread may have opened another table
            table, _ = self._table(embedding)
            self._read_newer(connection, embedding, table, EVERYTHING, newest)
            return SeenPieces(connection, table.blocks, table.pieces, table.seen(embedding.vector, but))

    def catch_up(
        self,
        connection: Connection,
        embedding: Embedding,
        most: int = EVERYTHING,
        newest: int = EVERYTHING,
        /,
    ) -> int:
        """Read what has been accepted since the last time, by whichever process."""
        with self._reading:
            table, _ = self._table(embedding)
            return self._read_newer(connection, embedding, table, most, newest)

    def keep(self, embedding: Embedding, /) -> None:
        """See :class:`~inedit.archive.neighbours.Neighbours`."""
        with self._reading:
            table, keeper = self._table(embedding)
            if not is_due(len(table.pieces), sum(map(len, table.blocks))):
                return
            kept = keeper.keep(lambda: table.block().arrays)
            if kept is False and self.store is not None:
                table, keeper = self._opened(embedding)
                with self.store.read() as connection:
                    self._read_newer(connection, embedding, table)
                self._tables[embedding.digest] = table, keeper
            elif kept:
                gone = [
                    first + at
                    for first, ats in zip(_firsts(table.blocks), table.gone, strict=True)
                    for at in ats
                ]
                table.rest_on([VectorBlock(**block.arrays) for block in keeper.kept])
                table.gone = _by_block(gone, table.blocks)

    def _table(self, embedding: Embedding) -> tuple[_Table, BlockStore]:
        if embedding.digest not in self._tables:
            self._tables[embedding.digest] = self._opened(embedding)
        return self._tables[embedding.digest]

    def _opened(self, embedding: Embedding) -> tuple[_Table, BlockStore]:
        """What is kept of an encoder's vectors, as far as the database still has it."""
        if self.store is None or self.folder is None:
            return _Table(), BlockStore(None, _merged, [])
        brand = f"{VECTORS_VERSION} {sys.byteorder} {self.brand_id}"
        made_from = f"{brand} {embedding.encoder} {embedding.digest}"
        files = BlockFiles(folder_of(self.folder / "vectors", self.store.address, made_from), made_from)
        kept, where = files.load(), self._where(embedding)
        changed = difference(self.store, _STANDS, where, [block.arrays for block in kept]) if kept else None
        if changed is None:
            if kept:
                files.forget()
            return _Table(), BlockStore(files, _merged, [])
        table = _Table([VectorBlock(**block.arrays) for block in kept])
        table.gone = _by_block(changed.gone.tolist(), table.blocks)
        for number in changed.missing:
            with self.store.read() as connection:
                _put(table, connection.execute(_ONE, {**where, "number": number}).all())
        return table, BlockStore(files, _merged, kept)

    def _read_newer(
        self, connection: Connection, embedding: Embedding, table: _Table, most: int = EVERYTHING,
        newest: int = EVERYTHING,
    ) -> int:  # fmt: skip
        if newest <= table.up_to:
            return 0
        where = {**self._where(embedding), "last": table.last_seq, "most": most}
        rows = _NEWER.all(connection, where)
        _put(table, rows)
        if len(rows) < most and newest < EVERYTHING:
            table.up_to = newest
        return len(rows)

    def _where(self, embedding: Embedding) -> dict[str, Any]:
        brand = f"{self.brand_id}:"
        by = {"encoder": embedding.encoder, "with_digest": embedding.digest}
        return {"brand": brand, "size": len(brand), **by}


def _put(table: _Table, rows: Iterable[Any]) -> None:
    for seq, id, scope, text, spec, data, created_at in rows:
        table.put(seq, mark_of(id, created_at), scope, neighbour(id, text, spec, 0.0), as_vector(data))
        table.last_seq = max(table.last_seq, seq)


def _merged(blocks: Sequence[Arrays]) -> Arrays:
    return VectorBlock.merged([VectorBlock(**arrays) for arrays in blocks]).arrays


def _firsts(blocks: Sequence[VectorBlock]) -> list[int]:
    """The number of the first piece of each block, in all of them."""
    return [0, *accumulate(map(len, blocks))][: len(blocks)]


def _by_block(numbers: Iterable[int], blocks: Sequence[VectorBlock]) -> list[list[int]]:
    """Numbers in all blocks as places in each."""
    firsts = _firsts(blocks)
    found: list[list[int]] = [[] for _ in blocks]
    for number in numbers:
        at = bisect_right(firsts, number) - 1
        found[at].append(number - firsts[at])
    return found
