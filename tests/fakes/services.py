"""The services that a piece needs, in memory: nothing is sent, stored or waited for.

Each passes the same tests as the real part (tests/contract).
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inedit.archive.attempts import PaidAnswer
from inedit.archive.leases import LEASE, AlreadyClaimed
from inedit.archive.neighbours import Embedding
from inedit.archive.pieces import Standing, lease_key
from inedit.archive.reviews import Request
from inedit.brand.schema import Campaign
from inedit.generation.client import Completion
from inedit.guard.similarity.generic import GenericTexts
from inedit.ledger import Call, Price, Reservation, Tier
from inedit.ledger.journal.means import MeanUsage
from inedit.ledger.journal.reading import PieceCost
from inedit.model import (
    Approval,
    LedgerEntry,
    Match,
    Outcome,
    Piece,
    Prompt,
    Status,
    Usage,
    VariantSpec,
    Verdict,
)
from inedit.model.errors import StoreError

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

Inside = Callable[[Any], None]
"""What runs within a transaction; here it is given None for a connection."""


@dataclass
class FakeModel:
    """Gives the answers it was given, in turn; an exception among them is raised."""

    answers: list[Completion | Exception]
    model: str = "stub"
    asked: list[int] = field(default_factory=list)  # the limit of each call, in tokens
    prompts: list[Prompt] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)

    def max_output_tokens(self, max_tokens: int) -> int:
        return max_tokens

    async def complete(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> Completion:
        self.asked.append(max_tokens)
        self.prompts.append(prompt)
        self.seeds.append(seed)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeCallBook:
    """A ledger's book of calls: the state of each reservation, and an entry for each that was charged."""

    states: dict[str, str] = field(default_factory=dict)
    reservations: dict[str, Reservation] = field(default_factory=dict)
    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    reserved: list[tuple[int, int]] = field(default_factory=list)  # most tokens in and out of each call
    reasons: dict[str, str] = field(default_factory=dict)
    refuses: list[Exception] = field(default_factory=list)  # raised by the next reservations, in turn

    def reserve(
        self,
        call: Call,
        input_tokens: int,
        max_output_tokens: int,
        *,
        reservation_id: str = "",
        within_transaction: Inside | None = None,
    ) -> Reservation:
        if within_transaction is not None:
            within_transaction(None)
        if self.refuses:
            raise self.refuses.pop(0)
        reservation = Reservation(reservation_id or f"r{len(self.states)}", call, NOW, 0, "EUR")
        self.reservations[reservation.id] = reservation
        self.states[reservation.id] = "open"
        self.reserved.append((input_tokens, max_output_tokens))
        return reservation

    def settle(
        self, reservation: Reservation, usage: Usage, response_id: str, *, outcome: str = "answered", tier: str = "",
        answer: str | None = None, stated_cost: Decimal | None = None,
        within_transaction: Inside | None = None,
    ) -> LedgerEntry:  # fmt: skip
        if self.states[reservation.id] == "voided":
            raise StoreError("voided")
        if reservation.id not in self.entries:
            call, moment = reservation.call, NOW.isoformat()
            self.entries[reservation.id] = LedgerEntry(
                len(self.entries) + 1, reservation.id, "call", moment, moment, moment[:7], call.purpose,
                run_id=call.run_id, campaign_id=call.campaign_id, spec_key=call.spec_key, edition=call.edition,
                attempt=call.attempt, model=usage.model, response_id=response_id, outcome=outcome,
            )  # fmt: skip
            self.states[reservation.id] = "settled"
            if within_transaction is not None:
                within_transaction(None)
        return self.entries[reservation.id]

    def void(self, reservation: Reservation, reason: str) -> None:
        if self.states[reservation.id] == "settled":
            raise StoreError("charged")
        self.states[reservation.id] = "voided"
        self.reasons[reservation.id] = reason

    def doubt(self, reservation: Reservation, reason: str) -> None:
        if self.states[reservation.id] == "open":
            self.states[reservation.id] = "possibly_billed"
            self.reasons[reservation.id] = reason

    def pending(self, run_id: str | None = None) -> list[Reservation]:
        return [
            reservation
            for id, reservation in self.reservations.items()
            if self.states[id] in ("open", "possibly_billed") and run_id in (None, reservation.call.run_id)
        ]


@dataclass
class FakeHistory:
    """The past of a :class:`FakeLedger`."""

    ledger: FakeLedger

    def mean_usage(self, *, provider: str, model: str, candidates: int = 1) -> MeanUsage | None:
        return self.ledger.means.get((provider, model))

    def draft_outcomes(self, campaign_id: str, spec_key: str, revision_number: int) -> dict[int, Outcome]:
        return {
            entry.attempt or 0: Outcome(entry.outcome)
            for entry in self.ledger.entries.values()
            if (entry.campaign_id, entry.spec_key, entry.edition) == (campaign_id, spec_key, revision_number)
        }

    def minutes_saved(self, campaign_id: str) -> dict[tuple[str, int], float]:
        return {
            (key, revision_number): 0.0
            for campaign, key, revision_number in (*self.ledger.savings, *self.ledger.reviews)
            if campaign == campaign_id
        }


@dataclass
class FakePrices:
    """One price for every model of these names; no other has one."""

    per_million: dict[str, Decimal] = field(default_factory=dict)

    def price(self, provider: str, usage: Usage, *, at: datetime, tier: str = "standard") -> Price:
        one = self.per_million.get(usage.model)
        currency = None if one is None else "EUR"
        return Price(Tier.STANDARD, str(at.date()), "fake", "", currency, one, one, one)


@dataclass
class FakeLedger(FakeCallBook):
    """A whole ledger as a run sees it. ``savings`` and ``reviews`` are by campaign, variant key and revision_number."""

    savings: dict[tuple[str, str, int], str] = field(default_factory=dict)
    reviews: dict[tuple[str, str, int], list[Mapping[str, Any]]] = field(default_factory=dict)
    human_reviews: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    means: dict[tuple[str, str], MeanUsage] = field(default_factory=dict)
    prices: FakePrices = field(default_factory=FakePrices)
    costs: dict[tuple[str, int], PieceCost] = field(default_factory=dict)

    @property
    def history(self) -> FakeHistory:
        return FakeHistory(self)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """All or nothing, as far as the ledger is concerned."""
        before = dict(self.savings), {place: list(found) for place, found in self.reviews.items()}
        try:
            yield None
        except BaseException:
            self.savings, self.reviews = before
            raise

    def record_saving(
        self,
        spec: VariantSpec,
        baseline: Any,
        *,
        run_id: str,
        revision_number: int = 1,
        connection: Any = None,
    ) -> LedgerEntry:
        first = self.savings.setdefault((spec.campaign_id, spec.key, revision_number), run_id)
        return _memo("saving", spec, revision_number, first)

    def record_human_review(
        self, piece: Piece, *, by: str, checked: Collection[str], seconds: int, decision: str, at: datetime,
        currency: str | None = None, connection: Any = None,
    ) -> LedgerEntry:  # fmt: skip
        told = {"by": by, "checked": tuple(checked), "seconds": seconds, "decision": decision}
        self.human_reviews.append((piece.id, told))
        return _memo("human-review", piece.spec, piece.revision_number, piece.run_id)

    def record_review(
        self, spec: VariantSpec, minutes: Decimal, *, by: str, revision_number: int = 1, run_id: str | None = None,
        baseline: Any = None, about: Mapping[str, object] | None = None, connection: Any = None,
    ) -> LedgerEntry:  # fmt: skip
        told = {"minutes": minutes, "by": by, "run_id": run_id, "about": about}
        self.reviews.setdefault((spec.campaign_id, spec.key, revision_number), []).append(told)
        return _memo("review", spec, revision_number, run_id)

    def piece_costs(
        self, *, run_id: str | None = None, campaign_id: str | None = None
    ) -> dict[tuple[str, int], PieceCost]:
        return dict(self.costs)

    def summary(self, **_: Any) -> Any:
        raise NotImplementedError

    def budgets_of_run(self, run_id: str, campaign_id: str) -> tuple[Any, ...]:
        return ()


def _memo(purpose: str, spec: VariantSpec, revision_number: int, run_id: str | None) -> LedgerEntry:
    moment = NOW.isoformat()
    return LedgerEntry(
        0, f"{purpose}-{spec.key}-{revision_number}", "memo", moment, moment, moment[:7], purpose,
        run_id=run_id, campaign_id=spec.campaign_id, spec_key=spec.key, edition=revision_number,
    )  # fmt: skip


class NoPace:
    """A provider that sets no pace."""

    limits = ()

    def __init__(self) -> None:
        self.pauses: list[tuple[str, str, float]] = []

    def take(self, *_: Any) -> None: ...

    def pause(self, provider: str, model: str, seconds: float) -> None:
        self.pauses.append((provider, model, seconds))


@dataclass
class FakeClaims:
    """What one pool holds of an archive's places."""

    archive: FakeArchive
    released: list[str] = field(default_factory=list)
    renewing: int = 0

    def take(self, connection: Any, place: str, *, paid: Any = None, at: Any = None) -> None:
        if self.archive.holders.get(place, self) is not self:
            raise AlreadyClaimed(place)
        self.archive.holders[place] = self

    def take_attempt(self, connection: Any, spec: VariantSpec, revision_number: int, attempt: int) -> None:
        if (spec.campaign_id, spec.key, revision_number, attempt) in self.archive.answers:
            raise AlreadyClaimed(spec.key)
        self.take(connection, lease_key(f"{spec.key}-{revision_number}"))

    def others_at(self, places: Collection[str]) -> set[str]:
        return {place for place in places if self.archive.holders.get(place, self) is not self}

    def release(self, places: Iterable[str]) -> None:
        for place in list(places):
            self.released.append(place)
            if self.archive.holders.get(place) is self:
                del self.archive.holders[place]

    @asynccontextmanager
    async def renewed(self) -> AsyncIterator[None]:
        self.renewing += 1
        try:
            yield
        finally:
            self.renewing -= 1


class EmptyStore:
    """Where every question finds nothing."""

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield self

    @contextmanager
    def write(self) -> Iterator[Any]:
        yield self

    def execute(self, *_: Any) -> Any:
        return self

    def first(self) -> None:
        return None


@dataclass
class FakeArchive:
    """Pieces by campaign, variant key and revision. Two texts are copies of each other when they are the same. Many
    threads may be at it: what is looked through is a list of its own."""

    store: Any = field(default_factory=EmptyStore)
    pieces: dict[tuple[str, str, int], tuple[Piece, str]] = field(
        default_factory=dict
    )  # with the brief's digest
    answers: dict[tuple[str, str, int, int], PaidAnswer] = field(default_factory=dict)
    verdicts: dict[tuple[str, str, int, int], Piece] = field(default_factory=dict)
    embeddings: dict[str, Embedding] = field(default_factory=dict)
    holders: dict[str, FakeClaims] = field(default_factory=dict)

    def leases(self, length: timedelta = LEASE) -> FakeClaims:
        return FakeClaims(self)

    def paid_answers(self, spec: VariantSpec, revision_number: int) -> list[PaidAnswer]:
        here = (spec.campaign_id, spec.key, revision_number)
        return [answer for place, answer in sorted(self.answers.items()) if place[:3] == here]

    def paid_places(self, campaign_id: str, keys: Collection[str]) -> set[tuple[str, int]]:
        return {
            (key, number)
            for campaign, key, number, _ in self.answers
            if campaign == campaign_id and key in keys
        }

    def keep_answer(self, connection: Any, answer: PaidAnswer, *, run_id: str, revision_number: int) -> bool:
        place = (answer.spec.campaign_id, answer.spec.key, revision_number, answer.attempt)
        if place in self.answers:
            return False
        self.answers[place] = replace(
            answer, outcome=Outcome.ANSWERED
        )  # the ledger has it, the archive has not
        return True

    def keep_verdict(self, piece: Piece) -> None:
        self.verdicts[(*_place(piece), piece.attempts)] = piece

    def siblings(self, spec: VariantSpec, most: int) -> list[tuple[str, Mapping[str, str]]]:
        beside = [
            (piece.spec.channel, piece.parts)
            for piece, _ in list(self.pieces.values())
            if piece.stands and piece.spec.campaign_id == spec.campaign_id
            and piece.spec.language == spec.language and piece.spec.key != spec.key
        ]  # fmt: skip
        return beside[-most:]

    def vectors(
        self, piece_ids: Collection[str], encoder: str, digest: str
    ) -> dict[str, NDArray[np.float32]]:
        return {
            id: found.vector
            for id in piece_ids
            if (found := self.embeddings.get(id)) and (found.encoder, found.digest) == (encoder, digest)
        }

    def admit(
        self, piece: Piece, embedding: Embedding, *, brief_sha: str, revision_number: int, campaign: Campaign,
        within_transaction: Callable[[Any, Piece], None] | None = None,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        there, _ = self.pieces.get(_place(piece), (None, ""))
        if there is not None and there.stands:
            return there
        copied = [
            other for other, _ in list(self.pieces.values())
            if other.stands and other.spec.language == piece.spec.language and other.text == piece.text
        ]  # fmt: skip
        if copied:
            return tuple(Match(other.id, "containment", 1.0, (), other.text) for other in copied)
        if within_transaction is not None:
            within_transaction(None, piece)
        self.keep_verdict(piece)
        self._put(piece, brief_sha)
        self.embeddings[piece.id] = embedding
        return piece

    def set_aside(self, piece: Piece, *, brief_sha: str, revision_number: int) -> None:
        there, _ = self.pieces.get(_place(piece), (None, ""))
        if there is None or not there.stands:
            self._put(piece, brief_sha)

    def standing(self, campaign_id: str, keys: Collection[str] | None = None) -> dict[str, Standing]:
        return {
            key: Standing(revision_number, brief_sha, piece)
            for (campaign, key, revision_number), (piece, brief_sha) in sorted(
                self.pieces.items(), key=lambda one: one[0]
            )
            if campaign == campaign_id and (keys is None or key in keys)
        }

    def statuses(self, campaign_id: str) -> dict[str, Status]:
        return {key: standing.piece.status for key, standing in self.standing(campaign_id).items()}

    def generic_texts_at(self, places: Sequence[Any]) -> set[Any]:
        return set()

    def _put(self, piece: Piece, brief_sha: str) -> None:
        self.pieces.pop(_place(piece), None)
        self.pieces[_place(piece)] = (piece, brief_sha)
        self.holders.pop(lease_key(piece.id), None)


def _place(piece: Piece) -> tuple[str, str, int]:
    return piece.spec.campaign_id, piece.spec.key, piece.revision_number


@dataclass
class FakeReviews:
    """The archive's side of an approval: what was answered, and what became of each piece that waits."""

    waiting: set[str]
    answered: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    decided: dict[str, tuple[Approval, str, str]] = field(default_factory=dict)

    def close_request(self, connection: Any, request: Request, **answer: Any) -> bool:
        key = (request.run_id, request.number)
        if key in self.answered:
            return False
        self.answered[key] = answer
        return True

    def decide_piece(
        self, connection: Any, piece_id: str, approval: Approval, *, by: str, at: datetime, comment: str
    ) -> bool:
        if piece_id not in self.waiting:
            return False
        self.waiting.discard(piece_id)
        self.decided[piece_id] = (approval, by, comment)
        return True


@dataclass(frozen=True)
class FakeEncoder:
    """A direction for each word: texts are as like as the words that they share."""

    name: str = "fake"
    digest: str = "fake-1"
    dimensions: int = 64

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return (
            np.stack([self._one(text) for text in texts])
            if texts
            else np.zeros((0, self.dimensions), np.float32)
        )

    def _one(self, text: str) -> NDArray[np.float32]:
        row = np.zeros(self.dimensions, np.float32)
        for word in text.lower().split():
            row[hashlib.sha256(word.encode()).digest()[0] % self.dimensions] += 1
        length = float(np.linalg.norm(row))
        return row / length if length else row


@dataclass
class FakeGenericTexts:
    """Gives the same generic texts for every brief; ``asked`` says how many were wanted, each time."""

    texts: tuple[str, ...] = ()
    asked: list[int] = field(default_factory=list)

    async def baselines(
        self, campaign: Campaign, channel: str, language: str, count: int, **_: Any
    ) -> GenericTexts:
        self.asked.append(count)
        return GenericTexts.of(self.texts[:count], FakeEncoder().encode)


def accepted(spec: VariantSpec, text: str, *, revision_number: int = 1, **changes: Any) -> Piece:
    """An accepted piece of one part."""
    piece = Piece(
        f"{spec.key}-{revision_number}", "run-1", spec, Status.ACCEPTED, {"body": text}, Verdict(), 1
    )
    return replace(piece, **changes)
