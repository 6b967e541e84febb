"""The one door by which a piece gets into the archive.

Drafts are written and judged in parallel; here they pass one at a time. In one scope (brand and language) the
comparison with everything accepted so far and the insertion are a single transaction, in one process and across
processes, so that two drafts that copy each other can never both get in. The archive is read before it begins, block by
block; within it, only what was accepted in the last moment: no write waits for an index to be built.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from heapq import merge
from pathlib import Path

from sqlalchemy import Connection

from inedit.archive.attempts import PaidAnswer, paid_places, put_attempt, put_verdict, read_attempts
from inedit.archive.in_memory import InMemory
from inedit.archive.known_texts import brief_of, named
from inedit.archive.leases import LEASE, Leases, end_lease
from inedit.archive.neighbours import Embedding, Neighbour, Neighbours, Vector, View, novelty, stored_vectors
from inedit.archive.pieces import (
    Standing,
    accepted_at,
    held_piece,
    lease_key,
    newest_and_standing,
    put_piece,
    rewrite_verdict,
    seal_again,
    standing_pieces,
)  # fmt: skip
from inedit.archive.revisions import Edit, keep_edit, take_out, version_of
from inedit.archive.scopes import Scopes
from inedit.archive.siblings import SiblingTexts
from inedit.archive.supplied_texts import campaign_texts, common_texts, scope_of
from inedit.archive.translations import MINIMUM_COSINE, PROTECTED, protected_near, translated
from inedit.brand.schema import Brand, Campaign
from inedit.model import Match, Piece, VariantSpec
from inedit.store import Store
from inedit.store.seals import LEDGER_LOCK

__all__ = ["PROTECTED", "Archive", "Embedding", "WithinTransaction", "brief_of", "common_texts", "scope_of"]

BLOCK = 50
"""Texts that are read at once before a transaction, and at most about so many within it: 50 take some 15 ms."""

WithinTransaction = Callable[[Connection, Piece], None]
"""Writes something else in the transaction that admits a piece, so that both exist or neither."""


@dataclass(slots=True)
class Archive:
    """The accepted pieces of a brand, and the door to them. One instance serves all threads of a process."""

    store: Store
    brand: Brand
    encode: Callable[[Sequence[str]], Vector] | None = None  # rows of unit vectors, for the protected texts
    folder: Path | None = None  # where the index is kept between processes; None: it is not
    _scopes: Scopes = field(init=False)
    _neighbours: Neighbours = field(init=False)
    _siblings: SiblingTexts = field(default_factory=SiblingTexts, init=False)

    def __post_init__(self) -> None:
        brand_id = self.brand.identity.id
        self._scopes = Scopes(self.store, self.brand, self.encode, self.folder)
        self._neighbours = InMemory(brand_id, self.store, self.folder)

    def admit(
        self, piece: Piece, embedding: Embedding, *, brief_sha: str, revision_number: int, campaign: Campaign,
        within_transaction: WithinTransaction | None = None,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        """Insert the piece unless it copies something: the piece that now stands at its place, or what it copies.

        ``embedding`` is that of the piece's text. It is compared before the transaction, and again within it when
        anything came in meanwhile. Nothing is written when there is a match, nor when another process was faster at the
        same place: then its piece is returned. What the guard said is kept with the attempt.
        ``within_transaction`` is called with the piece that gets in.
        """
        scope = scope_of(self.brand, piece.spec.language)
        with self._scopes.door(piece.spec.language, embedding.digest):
            with self._read_ahead(piece, embedding, revision_number) as (connection, newest, stands):
                if stands and (faster := accepted_at(connection, piece.spec, revision_number)):
                    return faster
                view = self._neighbours.seen_from(connection, embedding, but=piece.id, newest=newest)
                measured = self._compared(connection, view, scope, piece, embedding, campaign)
                compared = self._translated(view, scope, measured, embedding)
            if not isinstance(compared, Piece):
                return compared
            with self.store.write() as connection:
                self.store.lock(connection, f"scope:{scope}")
                now, stands = newest_and_standing(connection, piece.spec, revision_number)
                if stands and (faster := accepted_at(connection, piece.spec, revision_number)):
                    return faster
                if now != newest:
                    known = self._scopes.of(piece.spec.language, embedding.digest)
                    view = self._neighbours.seen_from(connection, embedding, but=piece.id)
                    # what is new in another language can only be what this is a translation of
                    if known.catch_up(connection):
                        measured = self._compared(connection, view, scope, piece, embedding, campaign)
                    compared = self._translated(view, scope, measured, embedding)
                    if not isinstance(compared, Piece):
                        return compared
                self.store.lock(connection, LEDGER_LOCK)
                put_verdict(connection, compared)  # first: the piece is sealed with its drafts
                put_piece(
                    connection, compared, scope=scope, brief_sha=brief_sha, revision_number=revision_number
                )
                self._neighbours.put(connection, piece.id, embedding)
                if within_transaction is not None:
                    within_transaction(connection, compared)
                end_lease(connection, lease_key(piece.id))  # last, as a reservation locks ledger, then lease
                return compared

    def _compared(
        self, connection: Connection, view: View, scope: str, piece: Piece, embedding: Embedding,
        campaign: Campaign,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        """What a piece copies in its own language; the piece with its distances when it copies nothing there. The scope
        has been read up to the newest text that the caller's transaction sees."""
        known = self._scopes.of(piece.spec.language, embedding.digest)
        known.index.discard(piece.id)  # what it said before it was sent back is not a copy of itself
        supplied = campaign_texts(self.brand, campaign, piece.spec.language, piece.spec.channel)
        if by_words := known.copied(connection, piece, supplied):  # how near the others are, nobody asks
            again = known.said_again(embedding, lambda least: view.near(scope, least))
            copied = {match.piece_id for match in by_words}
            return (*by_words, *(match for match in again if match.piece_id not in copied))
        sibling, other = view.best(scope, campaign.id)
        nearest = max((cosine for cosine in (sibling, other) if cosine is not None), default=-1.0)
        again = known.said_again(embedding, lambda least: view.near(scope, least) if nearest >= least else [])
        if again:
            return again
        originality = replace(
            piece.verdict.originality, sibling_novelty=novelty(sibling), archive_novelty=novelty(other)
        )
        return replace(piece, verdict=replace(piece.verdict, originality=originality))

    def _translated(
        self, view: View, scope: str, piece: Piece | tuple[Match, ...], embedding: Embedding
    ) -> Piece | tuple[Match, ...]:
        """What a piece is the translation of that is protected; the piece with a note of any other translation."""
        if not isinstance(piece, Piece):
            return piece
        translations = translated(piece, self._abroad(view, scope, embedding))
        protected = tuple(found.match for found in translations if found.is_copy)
        if protected:
            return protected
        notes = tuple(found.note for found in translations[:1])
        return replace(piece, verdict=piece.verdict.with_findings(notes))

    def revise(
        self, piece: Piece, embedding: Embedding, edit: Edit, *, campaign: Campaign,
        within_transaction: WithinTransaction | None = None,
    ) -> Piece | tuple[Match, ...] | None:  # fmt: skip
        """Put a person's wording in the place of the text that it was made from: the piece, or what it copies.

        Both texts are kept as revisions. None, and nothing is written, when the text is not that one any more.
        """
        try:
            return self._revised(piece, embedding, edit, campaign, within_transaction)
        except BaseException:  # the text that stands was left out to be compared with: read everything again
            with self._scopes.door(piece.spec.language, embedding.digest):
                self._scopes.forget(piece.spec.language, embedding.digest)
            raise

    def _revised(
        self, piece: Piece, embedding: Embedding, edit: Edit, campaign: Campaign,
        within_transaction: WithinTransaction | None,
    ) -> Piece | tuple[Match, ...] | None:  # fmt: skip
        scope = scope_of(self.brand, piece.spec.language)
        with self._scopes.door(piece.spec.language, embedding.digest):
            with self._read_ahead(piece, embedding, piece.revision_number):
                pass
            with self.store.write() as connection:
                self.store.lock(connection, f"scope:{scope}")
                held = held_piece(connection, piece.id)
                if held is None or version_of(held.piece.parts) != edit.made_from:
                    return None
                self._scopes.of(piece.spec.language, embedding.digest).catch_up(connection)
                view = self._neighbours.seen_from(connection, embedding, but=piece.id)
                measured = self._compared(connection, view, scope, piece, embedding, campaign)
                compared = self._translated(view, scope, measured, embedding)
                if not isinstance(compared, Piece):
                    if held.piece.stands:  # it was left out to be compared with, and stays
                        self._scopes.of(piece.spec.language, embedding.digest).index.restore(piece.id)
                    return compared
                self.store.lock(connection, LEDGER_LOCK)
                keep_edit(connection, held.piece, held.created_at, piece.parts, edit)
                take_out(connection, piece.id)
                put_piece(
                    connection, compared, scope=scope, brief_sha=held.brief_sha, revision_number=piece.revision_number
                )  # fmt: skip
                self._neighbours.put(connection, piece.id, embedding)
                rewrite_verdict(connection, compared, by=edit.by, at=edit.at, because=edit.reason)
                if within_transaction is not None:
                    within_transaction(connection, compared)
                return compared

    def copies_by_words(self, piece: Piece, campaign: Campaign) -> tuple[Match, ...]:
        """Which texts a piece copies by its words, itself left out; nothing is written, nothing remembered."""
        language = piece.spec.language
        with self._scopes.door(language, ""):
            held = self._scopes.kept(language, "")
            with self.store.read() as connection:
                held.catch_up(connection)
            matches = held.index.matches(
                piece.text,
                brief=brief_of(piece.spec.campaign_id, piece.spec.channel),
                common=campaign_texts(self.brand, campaign, language, piece.spec.channel),
                parts=named(piece.parts),
                remember=False,
            )
        return tuple(match for match in matches if match.piece_id != piece.id)

    def set_aside(self, piece: Piece, *, brief_sha: str, revision_number: int) -> None:
        """Keep a piece that did not get in (parked, rejected, failed) where a person finds it."""
        scope = scope_of(self.brand, piece.spec.language)
        with self.store.write() as connection:
            if accepted_at(connection, piece.spec, revision_number) is None:
                put_piece(
                    connection, piece, scope=scope, brief_sha=brief_sha, revision_number=revision_number
                )
            end_lease(connection, lease_key(piece.id))

    # ---- what was paid for, and what stands

    def leases(self, length: timedelta = LEASE) -> Leases:
        """A new holder of leases on what is being paid for."""
        return Leases(self.store, length)

    def paid_answers(self, spec: VariantSpec, revision_number: int) -> list[PaidAnswer]:
        """The answers that were paid for one variant, first attempt first."""
        return read_attempts(self.store, spec.campaign_id, spec.key, revision_number)

    def paid_places(self, campaign_id: str, keys: Collection[str]) -> set[tuple[str, int]]:
        """Of these variants, the key and revision number of each for which an answer was paid."""
        return paid_places(self.store, campaign_id, keys)

    def keep_answer(
        self, connection: Connection, answer: PaidAnswer, *, run_id: str, revision_number: int
    ) -> bool:
        """Keep an answer in the transaction that charges it; False when its attempt has one already."""
        return put_attempt(connection, answer, run_id=run_id, revision_number=revision_number)

    def keep_verdict(self, piece: Piece) -> None:
        """Keep what the guard said of a refused attempt; the piece that is there already is sealed with it."""
        with self.store.write() as connection:
            self.store.lock(connection, LEDGER_LOCK)
            put_verdict(connection, piece)
            seal_again(connection, piece.spec, piece.revision_number)

    def standing(self, campaign_id: str, keys: Collection[str] | None = None) -> dict[str, Standing]:
        """What a campaign has already, by variant key; with ``keys``, at these places only."""
        return standing_pieces(self.store, campaign_id, keys)

    def vectors(self, piece_ids: Collection[str], encoder: str, digest: str) -> dict[str, Vector]:
        """The vectors that are stored of some pieces, each of shape (d,), as far as this very encoder made them."""
        with self.store.read() as connection:
            return stored_vectors(connection, piece_ids, encoder, digest)

    def siblings(self, spec: VariantSpec, most: int) -> list[tuple[str, Mapping[str, str]]]:
        """Channel and parts of the newest accepted texts of the variant's campaign and language, the oldest first."""
        return self._siblings.beside(self.store, spec, scope_of(self.brand, spec.language), most)

    # ---- inside

    @contextmanager
    def _read_ahead(
        self, piece: Piece, embedding: Embedding, revision_number: int
    ) -> Iterator[tuple[Connection, int, bool]]:
        """Read the archive before the write lock is taken, block by block; the last one's transaction, which sees no
        more, the number of the newest piece that it sees, and whether one stands at the place of this one."""
        while True:
            known = self._scopes.kept(piece.spec.language, embedding.digest)
            self._neighbours.keep(embedding)
            with self.store.read() as connection:
                newest, stands = newest_and_standing(connection, piece.spec, revision_number)
                read = self._neighbours.catch_up(connection, embedding, BLOCK, newest)
                if max(read, known.catch_up(connection, BLOCK, newest)) < BLOCK:
                    yield connection, newest, stands
                    return

    def _abroad(self, view: View, scope: str, embedding: Embedding) -> Iterator[Neighbour]:
        """Accepted pieces and protected texts that a text may be the translation of, the nearest first."""
        near = protected_near(
            self.brand.references, self._scopes.reference_vectors(embedding.digest), embedding
        )
        return merge(view.abroad(scope, MINIMUM_COSINE), near, key=lambda other: -other.cosine)
