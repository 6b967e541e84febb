"""What making a piece needs of others, as protocols: model, ledger, archive, claims and generic texts.

The encoder's protocol is :class:`inedit.encoding.Encoder`. The parts of the house meet these as they are; tests meet
them with fakes in memory (tests/fakes/services.py). The same contract tests hold for both (tests/contract).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from inedit.archive.leases import LEASE, NOTHING

if TYPE_CHECKING:  # annotations alone name them: who forecasts need not load what judges drafts
    from sqlalchemy import Connection, Select

    from inedit.archive.attempts import PaidAnswer
    from inedit.archive.neighbours import Embedding, Vector
    from inedit.archive.pieces import Standing
    from inedit.archive.reviews import Request
    from inedit.archive.slots import Slot
    from inedit.brand.schema import Baseline, Campaign
    from inedit.generation.reading import Completion
    from inedit.guard.similarity.generic import GenericTexts
    from inedit.ledger import BudgetState, Call, Price, Reservation, Summary
    from inedit.ledger.journal.means import MeanUsage
    from inedit.ledger.journal.reading import PieceCost
    from inedit.model import Approval, LedgerEntry, Match, Outcome, Piece, Prompt, Status, Usage, VariantSpec
    from inedit.store import Store


class LanguageModel(Protocol):
    """Answers prompts. Every way in which it may fail is an error of :mod:`inedit.generation.errors`."""

    model: str

    def max_output_tokens(self, max_tokens: int) -> int:
        """The most output tokens that a call may be billed for."""

    async def complete(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> Completion:
        """Ask once."""


class CallBook(Protocol):
    """Where a call is reserved before it is sent, and charged or given back after."""

    def reserve(
        self,
        call: Call,
        input_tokens: int,
        max_output_tokens: int,
        *,
        reservation_id: str = "",
        within_transaction: Callable[[Connection], None] | None = None,
    ) -> Reservation:
        """Set aside the most that a call can cost."""

    def settle(
        self,
        reservation: Reservation,
        usage: Usage,
        response_id: str,
        *,
        outcome: str = "answered",
        tier: str = "",
        answer: str | None = None,
        stated_cost: Decimal | None = None,
        within_transaction: Callable[[Connection], None] | None = None,
    ) -> LedgerEntry:
        """Charge a call that came back; again is once."""

    def void(self, reservation: Reservation, reason: str) -> None:
        """Give back what was set aside for a call that was surely not billed."""

    def doubt(self, reservation: Reservation, reason: str) -> None:
        """Say that a call may have been billed."""


class Pace(Protocol):
    """How fast a provider may be asked, for all processes together."""

    @property
    def limits(self) -> Collection[object]:
        """What is set; nothing when every call may go at once."""

    def take(self, connection: Connection, provider: str, model: str, tokens: int) -> None:
        """Count a call, or raise :class:`~inedit.generation.rate_limiter.RateLimited` with the seconds to wait."""

    def pause(self, provider: str, model: str, seconds: float) -> None:
        """Let nobody ask for so long."""


class Means(Protocol):
    """What earlier calls took."""

    def mean_usage(self, *, provider: str, model: str, candidates: int = 1) -> MeanUsage | None:
        """Mean consumption of a model's drafts so far; None when it has written none."""


class PastCalls(Means, Protocol):
    """What earlier calls and pieces tell."""

    def draft_outcomes(self, campaign_id: str, spec_key: str, revision_number: int) -> dict[int, Outcome]:
        """How the answers to a piece's attempts ended, by number of the attempt."""

    def minutes_saved(self, campaign_id: str) -> dict[tuple[str, int], float]:
        """Expected minutes that each accepted piece saved, by variant key and edition."""


class PriceList(Protocol):
    """What calls cost."""

    def price(self, provider: str, usage: Usage, *, at: datetime, tier: str = "standard") -> Price:
        """The price of the model that ``usage`` names; its fields are None where it is unknown."""


class SavingsBook(Protocol):
    """Where it is written down what pieces saved, and the minutes that people spent on them."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """A transaction in which nobody else writes to the ledger."""

    def record_saving(
        self, spec: VariantSpec, baseline: Baseline, *, run_id: str, revision_number: int = 1,
        connection: Connection | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """What an accepted piece saved; again is once."""

    def record_review(
        self, spec: VariantSpec, minutes: Decimal, *, by: str, revision_number: int = 1, run_id: str | None = None,
        baseline: Baseline | None = None, about: Mapping[str, object] | None = None,
        connection: Connection | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """Minutes that a person really spent on a piece."""

    def record_human_review(
        self, piece: Piece, *, by: str, checked: Collection[str], seconds: int, decision: str, at: datetime,
        currency: str | None = None, connection: Connection | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """Who read a piece, what for, and with what decision."""


class PieceLedger(CallBook, SavingsBook, Protocol):
    """All that a run needs of the ledger."""

    @property
    def history(self) -> PastCalls:
        """What earlier calls and pieces tell."""

    def piece_costs(
        self, *, run_id: str | None = None, campaign_id: str | None = None
    ) -> dict[tuple[str, int], PieceCost]:
        """What each piece cost, all its attempts included, by variant key and edition."""

    def summary(
        self, *, run_id: str | None = None, campaign_id: str | None = None, period: str | None = None
    ) -> Summary:
        """Everything added up."""

    def budgets_of_run(self, run_id: str, campaign_id: str) -> tuple[BudgetState, ...]:
        """The limits that a run is under."""


class Claims(Protocol):
    """What one pool holds, so that nobody else pays for the same. What is held already is held for longer."""

    def take(
        self,
        connection: Connection,
        place: str,
        *,
        paid: Select[int] = NOTHING,
        at: Mapping[str, object] | None = None,
    ) -> None:
        """Hold a place, or raise :class:`~inedit.archive.leases.AlreadyClaimed`."""

    def take_attempt(
        self, connection: Connection, spec: VariantSpec, revision_number: int, attempt: int
    ) -> None:
        """Hold the place of a piece, or raise ``AlreadyClaimed`` when somebody holds it or has paid the attempt."""

    def others_at(self, places: Collection[str]) -> set[str]:
        """Those of the places that somebody else holds now."""

    def release(self, places: Iterable[str]) -> None:
        """Give back places that are left unmade."""

    def renewed(self) -> AbstractAsyncContextManager[None]:
        """While it lasts, what is held is held on."""


class PieceArchive(Protocol):
    """What was paid for, what the guard said of it, and the one door by which a piece gets in."""

    store: Store  # for the steps of a whole run, which are not a piece's affair

    def leases(self, length: timedelta = LEASE) -> Claims:
        """A new holder of claims."""

    def paid_answers(self, spec: VariantSpec, revision_number: int) -> list[PaidAnswer]:
        """The answers that were paid for one variant, first attempt first."""

    def paid_places(self, campaign_id: str, keys: Collection[str]) -> set[tuple[str, int]]:
        """Of these variants, the key and revision number of each for which an answer was paid."""

    def keep_answer(
        self, connection: Connection, answer: PaidAnswer, *, run_id: str, revision_number: int
    ) -> bool:
        """Keep an answer in the transaction that charges it; False when its attempt has one already, which stays."""

    def keep_verdict(self, piece: Piece) -> None:
        """Keep what the guard said of a refused attempt; ``admit`` does so of one that gets in."""

    def siblings(self, spec: VariantSpec, most: int) -> list[tuple[str, Mapping[str, str]]]:
        """Channel and parts of the newest accepted texts of the variant's campaign and language, the oldest first."""

    def vectors(self, piece_ids: Collection[str], encoder: str, digest: str) -> dict[str, Vector]:
        """The vectors that are stored of some pieces, each of shape (d,), as far as this very encoder made them."""

    def admit(
        self, piece: Piece, embedding: Embedding, *, brief_sha: str, revision_number: int, campaign: Campaign,
        within_transaction: Callable[[Connection, Piece], None] | None = None,
    ) -> Piece | tuple[Match, ...]:  # fmt: skip
        """Insert the piece unless it copies something: the piece that now stands at its place, or what it copies."""

    def set_aside(self, piece: Piece, *, brief_sha: str, revision_number: int) -> None:
        """Keep a piece that did not get in where a person finds it; one that stands there stays."""

    def standing(self, campaign_id: str, keys: Collection[str] | None = None) -> dict[str, Standing]:
        """What a campaign has already, by variant key; with ``keys``, at these places only."""


class GenericTextSource(Protocol):
    """Gives what anybody would get for a brief."""

    async def baselines(
        self, campaign: Campaign, channel: str, language: str, count: int, *, run_id: str, stop: asyncio.Event,
        leases: Claims,
    ) -> GenericTexts:  # fmt: skip
        """``count`` generic texts; fewer when ``stop`` is set before they are there."""


class Reviews(Protocol):
    """The archive's side of an approval; the module :mod:`inedit.archive.reviews` is one."""

    def close_request(
        self, connection: Connection, request: Request, *, answered_at: datetime, decision: str, reviewer: str,
        seconds: int, comment: str,
    ) -> bool:  # fmt: skip
        """Write down the answer; False when the request had one already, and nothing is changed."""

    def decide_piece(
        self,
        connection: Connection,
        piece_id: str,
        approval: Approval,
        *,
        by: str,
        at: datetime,
        comment: str,
    ) -> bool:
        """What a person says of a piece that waits; False when it does not wait any more."""


class PaidBefore(Protocol):
    """What a forecast needs to know of the archive: what is there and costs nothing again."""

    def statuses(self, campaign_id: str) -> Mapping[str, Status]:
        """What became of the newest piece at each place of a campaign, by variant key."""

    def generic_texts_at(self, places: Sequence[Slot]) -> set[Slot]:
        """Those of the places of generic texts that have been paid for."""


class Prices(Protocol):
    """What a forecast needs to know of the ledger."""

    @property
    def history(self) -> Means:
        """What earlier calls took."""

    @property
    def prices(self) -> PriceList:
        """What calls cost."""
