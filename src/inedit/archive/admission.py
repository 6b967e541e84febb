"""The one door by which a piece gets into the archive.

Drafts are written and judged in parallel; here they pass one at a time. In one scope (brand and language) the
comparison with everything accepted so far and the insertion are a single transaction, in one process and across
processes, so that two drafts that copy each other can never both get in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from inedit.archive.pieces import accepted_at, put_piece
from inedit.brand.schema import Brand, Campaign
from inedit.guard.near_duplicates import MEANING, MEANING_THRESHOLDS
from inedit.guard.similarity import Index
from inedit.model import Match, Piece, Status
from inedit.store import Store
from inedit.store.tables import pieces, vectors

Vector = NDArray[np.float32]
PROTECTED = "reference:"
"""Prefix of the ids under which protected texts (competitors', generic) stand in an index."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The unit vector of a text, shape (d,), and which encoder made it: vectors of different ones never compare."""

    vector: Vector
    encoder: str
    digest: str


@dataclass(slots=True)
class _Scope:
    """The in-memory index of one scope, and how far into the archive it has read."""

    index: Index
    last_seq: int = 0
    known: list[tuple[str, str]] = field(default_factory=list)  # id and text of each row of ``rows``
    rows: Vector = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))

    def add(self, id: str, text: str, vector: Vector | None) -> None:
        """One more text to keep away from; without a vector it is compared by its words only."""
        self.index.add(id, text)
        if vector is None:
            return
        count = len(self.known)
        if count >= len(self.rows):  # room for twice as many, so that adding stays cheap
            grown = np.zeros((max(64, 2 * count), vector.shape[0]), dtype=np.float32)
            grown[:count] = self.rows[:count] if count else 0
            self.rows = grown
        self.rows[count] = vector
        self.known.append((id, text))

    def matches(self, text: str, embedding: Embedding) -> tuple[Match, ...]:
        """What a text copies by its words, then what it says again in other words."""
        by_words = self.index.matches(text)
        threshold = MEANING_THRESHOLDS.get(embedding.encoder)
        if threshold is None or not self.known:
            return by_words
        found = {match.piece_id for match in by_words}
        cosines = self.rows[: len(self.known)] @ embedding.vector
        by_meaning = [
            Match(id, MEANING, float(cosines[place]), (), other)
            for place, (id, other) in enumerate(self.known)
            if cosines[place] >= threshold and id not in found
        ]
        return (*by_words, *sorted(by_meaning, key=lambda match: (-match.score, match.piece_id)))


@dataclass(slots=True)
class Archive:
    """The accepted pieces of a brand, and the door to them. One instance serves all threads of a process."""

    store: Store
    brand: Brand
    encode: Callable[[Sequence[str]], Vector] | None = None  # rows of unit vectors, for the protected texts
    _scopes: dict[tuple[str, str, tuple[str, ...]], _Scope] = field(default_factory=dict)
    _door: threading.Lock = field(default_factory=threading.Lock)

    def admit(
        self, piece: Piece, embedding: Embedding, *, brief_sha: str, edition: int, campaign: Campaign
    ) -> Piece | tuple[Match, ...]:
        """Insert the piece unless it copies something: the piece that now stands at its place, or what it copies.

        ``embedding`` is that of the piece's text. Nothing is written when there is a match, nor when another process
        was faster at the same place: then its piece is returned.
        """
        scope = scope_of(self.brand, piece.spec.language)
        with self._door, self.store.write() as connection:
            self.store.lock(connection, f"scope:{scope}")
            faster = accepted_at(connection, piece.spec, edition)
            if faster is not None:
                return faster
            matches = self._matches(connection, piece, embedding, campaign)
            if matches:
                return matches
            put_piece(connection, piece, scope=scope, brief_sha=brief_sha, edition=edition)
            put_embedding(connection, piece.id, embedding)
            return piece

    def set_aside(self, piece: Piece, *, brief_sha: str, edition: int) -> None:
        """Keep a piece that did not get in (parked, rejected, failed) where a person finds it."""
        scope = scope_of(self.brand, piece.spec.language)
        with self.store.write() as connection:
            if accepted_at(connection, piece.spec, edition) is None:
                put_piece(connection, piece, scope=scope, brief_sha=brief_sha, edition=edition)

    def _matches(
        self, connection: Connection, piece: Piece, embedding: Embedding, campaign: Campaign
    ) -> tuple[Match, ...]:
        language = piece.spec.language
        common = common_texts(self.brand, campaign, language)
        key = (language, embedding.digest, common)
        held = self._scopes.get(key)
        if held is None:
            held = _Scope(Index(language, common))
            protected = list(self.brand.references_in(language))
            encoded = self.encode([r.text for r in protected]) if self.encode and protected else None
            for place, reference in enumerate(protected):
                vector = None if encoded is None else encoded[place]
                held.add(f"{PROTECTED}{reference.id}", reference.text, vector)
            self._scopes[key] = held
        self._catch_up(connection, held, scope_of(self.brand, language), embedding)
        return held.matches(piece.text, embedding)

    def _catch_up(self, connection: Connection, held: _Scope, scope: str, embedding: Embedding) -> None:
        """Read what has been accepted since the index was last used, by whichever process."""
        newer = (
            select(pieces.c.seq, pieces.c.id, pieces.c.text, vectors.c.data)
            .outerjoin(
                vectors,
                (vectors.c.piece_id == pieces.c.id)
                & (vectors.c.model == embedding.encoder)
                & (vectors.c.digest == embedding.digest),
            )
            .where(pieces.c.scope == scope, pieces.c.status == Status.ACCEPTED, pieces.c.seq > held.last_seq)
            .order_by(pieces.c.seq)
        )
        for seq, piece_id, text, data in connection.execute(newer):
            held.add(piece_id, text, None if data is None else np.frombuffer(data, dtype=np.float32))
            held.last_seq = seq


def scope_of(brand: Brand, language: str) -> str:
    """Texts of one scope must not be copies of one another: a brand in a language."""
    return f"{brand.identity.id}:{language}"


def common_texts(brand: Brand, campaign: Campaign, language: str) -> tuple[str, ...]:
    """What the brand itself puts into many texts: approved claims, calls to action, its name, the offer.

    Sharing these is no copying, so similarity discounts them.
    """
    supplied: Sequence[str | None] = (
        brand.identity.name,
        brand.identity.about.get(language),
        campaign.offer.get(language),
        *(claim.text.get(language) for claim in brand.claims.values()),
        *(action.text.get(language) for action in brand.identity.calls_to_action),
    )
    return tuple(text for text in supplied if text)


def put_embedding(connection: Connection, piece_id: str, embedding: Embedding) -> None:
    """Store the vector of a piece with the identity of the encoder that made it."""
    connection.execute(
        vectors.insert().values(
            piece_id=piece_id,
            model=embedding.encoder,
            digest=embedding.digest,
            dimensions=int(embedding.vector.shape[0]),
            data=np.ascontiguousarray(embedding.vector, dtype=np.float32).tobytes(),
        )
    )
