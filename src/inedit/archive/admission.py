"""The one door by which a piece gets into the archive.

Drafts are written and judged in parallel; here they pass one at a time. In one scope (brand and language) the
comparison with everything accepted so far and the insertion are a single transaction, in one process and across
processes, so that two drafts that copy each other can never both get in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from inedit.archive.leases import end_lease
from inedit.archive.pieces import STANDING, accepted_at, lease_name, put_piece
from inedit.archive.translations import PROTECTED, Elsewhere
from inedit.brand.schema import Brand, Campaign
from inedit.guard.near_duplicates import MEANING, MEANING_THRESHOLDS
from inedit.guard.similarity import Index
from inedit.model import Match, Originality, Piece
from inedit.store import Store
from inedit.store.tables import pieces, vectors

Vector = NDArray[np.float32]
Alongside = Callable[[Connection, Piece], None]
"""Writes something else in the transaction that admits a piece, so that both exist or neither."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The unit vector of a text, shape (d,), and which encoder made it: vectors of different ones never compare."""

    vector: Vector
    encoder: str
    digest: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A text that others are compared with by its vector; a protected one belongs to no campaign."""

    id: str
    text: str
    campaign_id: str = ""


@dataclass(slots=True)
class _Scope:
    """The in-memory index of one scope, and how far into the archive it has read."""

    index: Index
    last_seq: int = 0
    known: list[_Known] = field(default_factory=list)  # whose vector each row of ``rows`` is
    rows: Vector = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))

    def add(self, text: _Known, vector: Vector | None) -> None:
        """One more text to keep away from; without a vector it is compared by its words only."""
        self.index.add(text.id, text.text)
        if vector is None:
            return
        count = len(self.known)
        if count >= len(self.rows):  # room for twice as many, so that adding stays cheap
            grown = np.zeros((max(64, 2 * count), vector.shape[0]), dtype=np.float32)
            grown[:count] = self.rows[:count] if count else 0
            self.rows = grown
        self.rows[count] = vector
        self.known.append(text)

    def matches(self, text: str, embedding: Embedding) -> tuple[Match, ...]:
        """What a text copies by its words, then what it says again in other words."""
        by_words = self.index.matches(text)
        threshold = MEANING_THRESHOLDS.get(embedding.encoder)
        if threshold is None or not self.known:
            return by_words
        found = {match.piece_id for match in by_words}
        cosines = self.cosines(embedding)
        by_meaning = [
            Match(other.id, MEANING, float(cosines[place]), (), other.text)
            for place, other in enumerate(self.known)
            if cosines[place] >= threshold and other.id not in found
        ]
        return (*by_words, *sorted(by_meaning, key=lambda match: (-match.score, match.piece_id)))

    def cosines(self, embedding: Embedding) -> Vector:
        """How near a text stands to each known one, shape (len(known),)."""
        return self.rows[: len(self.known)] @ embedding.vector

    def measured(self, originality: Originality, campaign_id: str, embedding: Embedding) -> Originality:
        """With how new a text is beside its accepted siblings and beside the rest of the archive."""
        if not self.known:
            return originality
        cosines = self.cosines(embedding)
        sibling = np.array([other.campaign_id == campaign_id for other in self.known])
        earlier = ~sibling & np.array([not other.id.startswith(PROTECTED) for other in self.known])
        return replace(
            originality,
            sibling_novelty=1.0 - float(cosines[sibling].max()) if sibling.any() else None,
            archive_novelty=1.0 - float(cosines[earlier].max()) if earlier.any() else None,
        )


@dataclass(slots=True)
class Archive:
    """The accepted pieces of a brand, and the door to them. One instance serves all threads of a process."""

    store: Store
    brand: Brand
    encode: Callable[[Sequence[str]], Vector] | None = None  # rows of unit vectors, for the protected texts
    _scopes: dict[tuple[str, str, tuple[str, ...]], _Scope] = field(default_factory=dict)
    _elsewhere: dict[str, Elsewhere] = field(default_factory=dict)  # by digest of the encoder
    _door: threading.Lock = field(default_factory=threading.Lock)

    def admit(
        self, piece: Piece, embedding: Embedding, *, brief_sha: str, edition: int, campaign: Campaign,
        alongside: Alongside | None = None,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        """Insert the piece unless it copies something: the piece that now stands at its place, or what it copies.

        ``embedding`` is that of the piece's text. Nothing is written when there is a match, nor when another process
        was faster at the same place: then its piece is returned. ``alongside`` is called with the piece that gets in.
        """
        scope = scope_of(self.brand, piece.spec.language)
        with self._door, self.store.write() as connection:
            self.store.lock(connection, f"scope:{scope}")
            faster = accepted_at(connection, piece.spec, edition)
            if faster is not None:
                return faster
            known = self._known(connection, piece, embedding, campaign)
            matches = known.matches(piece.text, embedding)
            if matches:
                return matches
            elsewhere = self._in_other_languages(connection, embedding)
            translated = elsewhere.translated(piece, embedding.vector)
            protected = tuple(match for match in translated if match.piece_id.startswith(PROTECTED))
            if protected:
                return protected
            originality = known.measured(piece.verdict.originality, campaign.id, embedding)
            verdict = replace(piece.verdict, originality=originality)
            notes = tuple(elsewhere.note(match) for match in translated[:1])
            piece = replace(piece, verdict=verdict.with_findings(notes))
            put_piece(connection, piece, scope=scope, brief_sha=brief_sha, edition=edition)
            put_embedding(connection, piece.id, embedding)
            if alongside is not None:
                alongside(connection, piece)
            end_lease(
                connection, lease_name(piece.id)
            )  # last: who reserves takes the ledger's lock before a lease
            return piece

    def set_aside(self, piece: Piece, *, brief_sha: str, edition: int) -> None:
        """Keep a piece that did not get in (parked, rejected, failed) where a person finds it."""
        scope = scope_of(self.brand, piece.spec.language)
        with self.store.write() as connection:
            if accepted_at(connection, piece.spec, edition) is None:
                put_piece(connection, piece, scope=scope, brief_sha=brief_sha, edition=edition)
            end_lease(connection, lease_name(piece.id))

    def _known(
        self, connection: Connection, piece: Piece, embedding: Embedding, campaign: Campaign
    ) -> _Scope:
        """Everything that the piece must not copy, as of this transaction."""
        language = piece.spec.language
        common = common_texts(self.brand, campaign, language)
        key = (language, embedding.digest, common)
        held, scope = self._scopes.get(key), scope_of(self.brand, language)
        sent_back = (
            held is not None and piece.id in held.index
        )  # what it said before is nothing to keep away from
        if held is None or sent_back or not self._catch_up(connection, held, scope, embedding):
            held = self._scopes[key] = self._protected(language, common)
            self._catch_up(connection, held, scope, embedding)
        return held

    def _in_other_languages(self, connection: Connection, embedding: Embedding) -> Elsewhere:
        """What a piece may be the translation of, as of this transaction."""
        elsewhere = self._elsewhere.get(embedding.digest)
        if elsewhere is None:
            elsewhere = Elsewhere.beginning_with(self.brand.references, self.encode)
            self._elsewhere[embedding.digest] = elsewhere
        elsewhere.catch_up(connection, self.brand.identity.id, embedding.encoder, embedding.digest)
        return elsewhere

    def _protected(self, language: str, common: tuple[str, ...]) -> _Scope:
        """A new index that holds the protected texts of a language."""
        held = _Scope(Index(language, common))
        protected = list(self.brand.references_in(language))
        encoded = self.encode([r.text for r in protected]) if self.encode and protected else None
        for place, reference in enumerate(protected):
            vector = None if encoded is None else encoded[place]
            held.add(_Known(f"{PROTECTED}{reference.id}", reference.text), vector)
        return held

    def _catch_up(self, connection: Connection, held: _Scope, scope: str, embedding: Embedding) -> bool:
        """Read what has been accepted since the index was last used, by whichever process.

        False when a piece that it holds was written anew, after a person had sent it back: then it must be built anew.
        """
        newer = (
            select(pieces.c.seq, pieces.c.id, pieces.c.text, pieces.c.campaign_id, vectors.c.data)
            .outerjoin(
                vectors,
                (vectors.c.piece_id == pieces.c.id)
                & (vectors.c.model == embedding.encoder)
                & (vectors.c.digest == embedding.digest),
            )
            .where(pieces.c.scope == scope, STANDING, pieces.c.seq > held.last_seq)
            .order_by(pieces.c.seq)
        )
        for seq, piece_id, text, campaign_id, data in connection.execute(newer):
            if piece_id in held.index:
                return False
            known = _Known(piece_id, text, campaign_id)
            held.add(known, None if data is None else np.frombuffer(data, dtype=np.float32))
            held.last_seq = seq
        return True


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
