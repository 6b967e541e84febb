"""The one door by which a piece gets into the archive.

Drafts are written and judged in parallel; here they pass one at a time. In one scope (brand and language) the
comparison with everything accepted so far and the insertion are a single transaction, in one process and across
processes, so that two drafts that copy each other can never both get in.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge

from sqlalchemy import Connection, bindparam, select

from inedit.archive.leases import end_lease
from inedit.archive.neighbours import Embedding, InMemory, Neighbour, Neighbours, Vector, View
from inedit.archive.pgvector import InPostgres
from inedit.archive.pieces import STANDING, accepted_at, lease_key, put_piece
from inedit.archive.translations import MINIMUM_COSINE, NOWHERE, PROTECTED, translated
from inedit.brand.schema import Brand, Campaign, Reference
from inedit.guard.checks.near_duplicate import MEANING, MEANING_THRESHOLDS
from inedit.guard.similarity import Index
from inedit.model import Match, Piece
from inedit.store import Store
from inedit.store.tables import pieces

__all__ = ["PROTECTED", "Alongside", "Archive", "Embedding", "common_texts", "scope_of"]

WHOLE = "text"
"""The name of the only part of a text that came as a whole."""

Alongside = Callable[[Connection, Piece], None]
"""Writes something else in the transaction that admits a piece, so that both exist or neither."""


_NEWER = (
    select(pieces.c.seq, pieces.c.id, pieces.c.text, pieces.c.parts, pieces.c.spec)
    .where(pieces.c.scope == bindparam("here"), STANDING, pieces.c.seq > bindparam("last"))
    .order_by(pieces.c.seq)
)


@dataclass(slots=True)
class _Scope:
    """The texts of one scope by their words, how far into the archive they have been read, and the protected ones'
    vectors, shape (texts, d)."""

    index: Index
    protected: Sequence[Reference] = ()
    vectors: Vector | None = None
    last_seq: int = 0

    def matches(
        self,
        piece: Piece,
        common: tuple[str, ...],
        embedding: Embedding,
        near: Callable[[float], list[Neighbour]],
    ) -> tuple[Match, ...]:
        """What a piece copies by its words, then what it says again in other words.

        ``near`` finds the accepted pieces of the scope with at least some cosine.
        """
        spec = piece.spec
        by_words = self.index.matches(
            piece.text,
            brief=brief_of(spec.campaign_id, spec.channel),
            common=common,
            parts=_named(piece.parts),
        )
        threshold = MEANING_THRESHOLDS.get(embedding.encoder)
        if threshold is None:
            return by_words
        by_meaning = [Match(other.id, MEANING, other.cosine, (), other.text) for other in near(threshold)]
        if self.vectors is not None:
            cosines = self.vectors @ embedding.vector
            by_meaning += [
                Match(f"{PROTECTED}{reference.id}", MEANING, float(cosine), (), reference.text)
                for reference, cosine in zip(self.protected, cosines, strict=True)
                if cosine >= threshold
            ]
        found = {match.piece_id for match in by_words}
        others = [match for match in by_meaning if match.piece_id not in found]
        return (*by_words, *sorted(others, key=lambda match: (-match.score, match.piece_id)))


@dataclass(slots=True)
class Archive:
    """The accepted pieces of a brand, and the door to them. One instance serves all threads of a process."""

    store: Store
    brand: Brand
    encode: Callable[[Sequence[str]], Vector] | None = None  # rows of unit vectors, for the protected texts
    _scopes: dict[tuple[str, str], _Scope] = field(default_factory=dict, init=False)
    _neighbours: Neighbours = field(init=False)
    _references: dict[str, Vector] = field(default_factory=dict, init=False)  # by digest of the encoder
    _door: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        brand_id = self.brand.identity.id
        self._neighbours = InMemory(brand_id) if self.store.is_sqlite else InPostgres(brand_id)

    def admit(
        self, piece: Piece, embedding: Embedding, *, brief_sha: str, revision_number: int, campaign: Campaign,
        within_transaction: Alongside | None = None,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        """Insert the piece unless it copies something: the piece that now stands at its place, or what it copies.

        ``embedding`` is that of the piece's text. Nothing is written when there is a match, nor when another process
        was faster at the same place: then its piece is returned. ``within_transaction`` is called with
        the piece that gets in.
        """
        scope = scope_of(self.brand, piece.spec.language)
        with self._door:
            self._read_ahead(scope, piece, embedding)
            return self._admit_next(
                scope, piece, embedding, brief_sha, revision_number, campaign, within_transaction
            )

    def _admit_next(
        self, scope: str, piece: Piece, embedding: Embedding, brief_sha: str, revision_number: int, campaign: Campaign,
        within_transaction: Alongside | None,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        """The transaction of :meth:`admit`."""
        with self.store.write() as connection:
            self.store.lock(connection, f"scope:{scope}")
            faster = accepted_at(connection, piece.spec, revision_number)
            if faster is not None:
                return faster
            view = self._neighbours.seen_from(connection, embedding, but=piece.id)
            sibling, other = view.best(scope, campaign.id)
            nearest = max((cosine for cosine in (sibling, other) if cosine is not None), default=-1.0)
            known = self._known(connection, scope, piece, embedding)
            matches = known.matches(
                piece,
                campaign_texts(self.brand, campaign, piece.spec.language, piece.spec.channel),
                embedding,
                lambda least: view.near(scope, least) if nearest >= least else [],
            )
            if matches:
                return matches
            originality = replace(
                piece.verdict.originality, sibling_novelty=_novelty(sibling), archive_novelty=_novelty(other)
            )
            translations = translated(piece, self._abroad(view, scope, embedding))
            protected = tuple(found.match for found in translations if found.is_copy)
            if protected:
                return protected
            notes = tuple(found.note for found in translations[:1])
            piece = replace(
                piece, verdict=replace(piece.verdict, originality=originality).with_findings(notes)
            )
            put_piece(connection, piece, scope=scope, brief_sha=brief_sha, revision_number=revision_number)
            self._neighbours.put(connection, piece.id, embedding)
            if within_transaction is not None:
                within_transaction(connection, piece)
            end_lease(connection, lease_key(piece.id))  # last: a reservation locks the ledger, then a lease
            return piece

    def set_aside(self, piece: Piece, *, brief_sha: str, revision_number: int) -> None:
        """Keep a piece that did not get in (parked, rejected, failed) where a person finds it."""
        scope = scope_of(self.brand, piece.spec.language)
        with self.store.write() as connection:
            if accepted_at(connection, piece.spec, revision_number) is None:
                put_piece(
                    connection, piece, scope=scope, brief_sha=brief_sha, revision_number=revision_number
                )
            end_lease(connection, lease_key(piece.id))

    def _known(self, connection: Connection, scope: str, piece: Piece, embedding: Embedding) -> _Scope:
        """Everything that the piece must not copy, as of this transaction."""
        held = self._scope(piece.spec.language, embedding.digest)
        held.index.discard(piece.id)  # what it said before it was sent back is not a copy of itself
        self._catch_up(connection, held, scope)
        return held

    def _read_ahead(self, scope: str, piece: Piece, embedding: Embedding) -> None:
        """Read the archive before the write lock is taken: while it is held there is only the newest left to read."""
        with self.store.read() as connection:
            self._neighbours.catch_up(connection, embedding)
            self._catch_up(connection, self._scope(piece.spec.language, embedding.digest), scope)

    def _scope(self, language: str, digest: str) -> _Scope:
        key = (language, digest)
        if key not in self._scopes:
            self._scopes[key] = self._protected(language, digest)
        return self._scopes[key]

    def _protected(self, language: str, digest: str) -> _Scope:
        """A new index that holds the protected texts of a language."""
        protected = tuple(self.brand.references_in(language))
        vectors = self._reference_vectors(digest)
        positions = [
            position for position, reference in enumerate(self.brand.references) if reference in protected
        ]
        index = Index(language, brand_texts(self.brand, language))
        held = _Scope(index, protected, None if vectors is None else vectors[positions])
        for reference in protected:
            held.index.add(f"{PROTECTED}{reference.id}", reference.text)
        return held

    def _reference_vectors(self, digest: str) -> Vector | None:
        """The vectors of all protected texts by one encoder, shape (texts, d); None without any, or without it."""
        if self.encode is None or not self.brand.references:
            return None
        if digest not in self._references:
            self._references[digest] = self.encode([reference.text for reference in self.brand.references])
        return self._references[digest]

    def _abroad(self, view: View, scope: str, embedding: Embedding) -> Iterator[Neighbour]:
        """Accepted pieces and protected texts that a text may be the translation of, the nearest first."""
        vectors = self._reference_vectors(embedding.digest)
        near = [
            Neighbour(
                f"{PROTECTED}{reference.id}", reference.text, reference.language, NOWHERE, float(cosine)
            )
            for reference, cosine in zip(
                self.brand.references, () if vectors is None else vectors @ embedding.vector, strict=False
            )
            if cosine >= MINIMUM_COSINE
        ]
        near.sort(key=lambda other: -other.cosine)
        return merge(view.abroad(scope, MINIMUM_COSINE), near, key=lambda other: -other.cosine)

    def _catch_up(self, connection: Connection, held: _Scope, scope: str) -> None:
        """Read what has been accepted since the index was last used, by whichever process.

        A piece that was written anew, after a person had sent it back, takes the place of what it said before.
        """
        newer = connection.execute(_NEWER, {"here": scope, "last": held.last_seq})
        for seq, piece_id, text, parts, spec in newer:
            stored = json.loads(spec)
            brief = brief_of(stored["campaign_id"], stored["channel"])
            held.index.discard(piece_id)
            held.index.add(piece_id, text, brief=brief, parts=_named(json.loads(parts)))
            held.last_seq = seq


def _named(parts: Mapping[str, str]) -> Mapping[str, str]:
    """The parts of a piece that has any: a text that came as a whole has none."""
    return {} if set(parts) == {WHOLE} else parts


def _novelty(cosine: float | None) -> float | None:
    return None if cosine is None else 1.0 - cosine


def scope_of(brand: Brand, language: str) -> str:
    """Texts of one scope must not be copies of one another: a brand in a language."""
    return f"{brand.identity.id}:{language}"


def brief_of(campaign_id: str, channel: str) -> str:
    """What names the brief of a piece: texts of one campaign for one channel are siblings."""
    return f"{campaign_id} {channel}"


def brand_texts(brand: Brand, language: str) -> tuple[str, ...]:
    """What the brand itself puts into many texts: its name, approved claims, calls to action.

    Sharing these is not copying, so similarity discounts them.
    """
    supplied: Sequence[str | None] = (
        brand.identity.name,
        brand.identity.about.get(language),
        *(claim.text.get(language) for claim in brand.claims.values()),
        *(action.text.get(language) for action in brand.identity.calls_to_action),
    )
    return tuple(text for text in supplied if text)


def campaign_texts(
    brand: Brand, campaign: Campaign, language: str, channel: str | None = None
) -> tuple[str, ...]:
    """What the campaign puts into its texts: the offer, and what must be said word for word.

    ``channel`` is where it must be said; None means anywhere.
    """
    offer = campaign.offer.get(language)
    mentions = getattr(brand, "mentions", None)
    if mentions is None:
        mandatory: tuple[str, ...] = ()
    else:
        channels = campaign.channels if channel is None else (channel,)
        mandatory = tuple(text for name in channels for text in mentions(campaign, name, language))
    return tuple(dict.fromkeys(((offer,) if offer else ()) + mandatory))


def common_texts(brand: Brand, campaign: Campaign, language: str) -> tuple[str, ...]:
    """What a text of a campaign may share with any other one: what the brand and the campaign supply."""
    return (*brand_texts(brand, language), *campaign_texts(brand, campaign, language))
