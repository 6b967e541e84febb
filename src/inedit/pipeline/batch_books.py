"""The books of a batch: money set aside before it goes up, each line charged, given back or doubted once.

What happens to a request and to its money is written down in one transaction where money is spent. Where it
is given back there are two, the money first: a batch that is read again gives back what was given back, which is once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from inedit.archive.leases import AlreadyClaimed
from inedit.archive.provider_batches import (
    BatchRequest,
    ProviderBatch,
    State,
    close_request,
    end_batch,
    is_asked,
    open_requests,
    put_batch,
    put_request,
)
from inedit.generation.reading import Completion
from inedit.ledger import LimitReached, Reservation
from inedit.pipeline.answer_targets import target_from
from inedit.pipeline.batch_requests import Asked
from inedit.pipeline.batch_services import BatchBook, BatchingModel
from inedit.pipeline.services import Claims, PieceArchive


@dataclass(slots=True)
class OpenBatch:
    """A batch that this process looks after, and what has not come back of it."""

    batch: ProviderBatch
    requests: dict[str, BatchRequest]
    reservations: dict[str, Reservation]
    look_at: float = 0.0  # on the event loop's clock
    pause_seconds: float = 0.0
    missing_since: float = 0.0  # when the provider first did not know it
    told: str = ""
    failed: bool = False  # the provider does not let us fetch it, and no retry helps

    @property
    def name(self) -> str:
        """What people know it by."""
        return self.batch.provider_id or f"{self.batch.id} (not known at the provider)"


@dataclass(slots=True)
class SetAside:
    """What became of the calls of a part: requests that may be sent, calls that must wait for room in a budget, and
    calls that cannot be made, each with the reason."""

    open: OpenBatch
    taken: list[tuple[Asked, bytes]] = field(default_factory=list)
    held: list[Asked] = field(default_factory=list)
    refused: list[tuple[Asked, Exception]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BatchBooks:
    """Reads and writes what batches are about; every method is for a thread."""

    archive: PieceArchive
    ledger: BatchBook
    leases: Claims

    def set_aside(
        self,
        batch: ProviderBatch,
        part: Sequence[tuple[Asked, bytes]],
        model: BatchingModel,
        *,
        room_later: bool,
    ) -> SetAside:
        """Write the batch down, and set aside the most that each request can cost.

        ``room_later`` says that other batches will give back money. What raises for all calls alike (an unknown price
        under a hard limit, a database that cannot be written) gives back what was set aside, and is raised.
        """
        with self.archive.store.write() as connection:
            put_batch(connection, batch)
            self.leases.take(connection, batch.lease_key)
        found = SetAside(OpenBatch(batch, {}, {}))
        for asked, line in part:
            if found.held:  # in their order: nobody overtakes
                found.held.append(asked)
                continue
            request = BatchRequest(asked.id, asked.place.name, asked.place.as_json())
            try:
                reservation = self._reserve(batch, asked, request, model)
            except LimitReached as reached:
                if reached.may_fit_later and (room_later or found.taken):
                    found.held.append(asked)
                else:
                    found.refused.append((asked, reached))
            except AlreadyClaimed as claimed:
                found.refused.append((asked, claimed))
            except BaseException:
                self.release(found.open, "the batch was not given")
                raise
            else:
                found.taken.append((asked, line))
                found.open.requests[asked.id], found.open.reservations[asked.id] = request, reservation
        return found

    def _reserve(
        self, batch: ProviderBatch, asked: Asked, request: BatchRequest, model: BatchingModel
    ) -> Reservation:
        def with_it(connection: Connection) -> None:
            asked.claim(connection)
            if is_asked(connection, request.place):  # by a process whose claim has run out
                raise AlreadyClaimed(request.place)
            put_request(connection, batch.id, request)

        return self.ledger.reserve(
            asked.call, *asked.most_tokens(model), reservation_id=asked.id, within_transaction=with_it
        )

    def adopt(self, batch: ProviderBatch) -> OpenBatch | None:
        """Look after a batch from now on; None while another process does."""
        try:
            with self.archive.store.write() as connection:
                self.leases.take(connection, batch.lease_key)
        except AlreadyClaimed:
            return None
        requests = open_requests(self.archive.store, batch.id)
        pending = self.ledger.pending(batch.run_id)
        return OpenBatch(batch, requests, {one.id: one for one in pending if one.id in requests})

    def attach(self, asked: Asked, request: BatchRequest) -> None:
        """Wait for a request that an earlier process sent. Raises AlreadyClaimed while somebody else does."""
        with self.archive.store.write() as connection:
            asked.claim(connection)
        asked.place.was_asked(request.keep)

    def charge(self, open_batch: OpenBatch, request_id: str, answer: Completion, asked: Asked | None) -> None:
        """Charge an answer and keep its text. Its batch makes the price, whatever tier the provider names."""
        request, reservation = open_batch.requests[request_id], open_batch.reservations.get(request_id)
        if reservation is None:  # given back meanwhile, by hand
            self._close(request_id, "doubtful")
            return
        place = asked.place if asked else target_from(request.keep, self.archive)

        def with_it(connection: Connection) -> None:
            place(connection, answer)
            close_request(connection, request_id, "answered")

        self.ledger.settle(
            reservation, answer.usage, answer.response_id, outcome=answer.outcome, answer=answer.text,
            stated_cost=answer.stated_cost, within_transaction=with_it,
        )  # fmt: skip

    def give_back(self, open_batch: OpenBatch, request_id: str, reason: str) -> None:
        """The request was surely not billed."""
        if reservation := open_batch.reservations.get(request_id):
            self.ledger.void(reservation, reason)
        self._close(request_id, "released")

    def doubt(self, open_batch: OpenBatch, request_id: str, reason: str) -> None:
        """The request may be on the invoice."""
        if reservation := open_batch.reservations.get(request_id):
            self.ledger.doubt(reservation, reason)
        self._close(request_id, "doubtful")

    def release(self, open_batch: OpenBatch, reason: str) -> None:
        """Give back all that has not come back, and the batch is over."""
        for request_id in open_batch.requests:
            self.give_back(open_batch, request_id, reason)
        self.end(open_batch, reason)

    def give_up(self, open_batch: OpenBatch, reason: str) -> None:
        """All that has not come back may be on the invoice, and the batch is over."""
        for request_id in open_batch.requests:
            self.doubt(open_batch, request_id, reason)
        self.end(open_batch, reason)

    def end(self, open_batch: OpenBatch, ending: str) -> None:
        """Nothing more will come of the batch."""
        end_batch(self.archive.store, open_batch.batch.id, ending)
        self.leases.release([open_batch.batch.lease_key])

    def _close(self, request_id: str, state: State) -> None:
        with self.archive.store.write() as connection:
            close_request(connection, request_id, state)
