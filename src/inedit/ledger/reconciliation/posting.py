"""Writing down what a reconciliation found, so that the ledger says what the provider billed.

Each item is a transaction of its own. Reconciling again afterwards finds these items matched, so an interrupted posting
is finished by posting again, and nothing is booked twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Protocol

from inedit.ledger.journal.calls import Call, Reservation
from inedit.ledger.reconciliation.items import Item, Match, Reconciliation
from inedit.model import LedgerEntry, Usage
from inedit.model.errors import WrongInput


class Books(Protocol):
    """What posting does with a ledger; :class:`inedit.ledger.Ledger` is one."""

    def pending(self) -> list[Reservation]: ...

    def void(self, reservation: Reservation, reason: str) -> None: ...

    def correct(self, entry_id: str, cost_micros: int, currency: str, reason: str) -> LedgerEntry: ...

    def adjust(
        self, call: Call, cost_micros: int, currency: str, *, occurred_at: datetime, source: str, reason: str,
        request_id: str = "", reservation: Reservation | None = None, usage: Usage | None = None,
    ) -> LedgerEntry: ...  # fmt: skip

    def settle(
        self, reservation: Reservation, usage: Usage, response_id: str, *, outcome: str = "answered"
    ) -> LedgerEntry: ...  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posted:
    """What was done about an item: ``corrected``, ``settled``, ``voided``, ``adjusted``, or ``left`` and why."""

    item: Item
    action: str
    entry_id: str = ""
    why: str = ""


def post(ledger: Books, reconciliation: Reconciliation) -> tuple[Posted, ...]:
    """Book every item that does not agree, as far as the statement proves it.

    A call that the statement does not have is left alone: the provider may bill it later; when it says that it will
    not, correct it to 0. So is a call that is under way, or that was sent after the statement was
    made, or that a partial statement does not name.
    """
    statement = reconciliation.statement
    source = f"statement {statement.name}, sha256 {statement.sha256[:16]}"
    pending = {reservation.id: reservation for reservation in ledger.pending()}
    return tuple(
        _post(ledger, item, reconciliation.provider, source, pending)
        if not item.reservation_id or item.reservation_id in pending
        else Posted(item, "left", "", "it was settled meanwhile: reconcile again")
        for item in reconciliation.open_items
    )


def _post(
    ledger: Books, item: Item, provider: str, source: str, pending: Mapping[str, Reservation]
) -> Posted:
    reason = ", ".join((source, *(line.location for line in item.lines[:3])))
    if item.match is Match.NOT_BILLED:
        ledger.void(pending[item.reservation_id], f"not on {source}")
        return Posted(item, "voided")
    if item.match is Match.POSSIBLY_BILLED:
        return _settled(ledger, item, pending[item.reservation_id], source, reason)
    if item.match is Match.MISSING_THERE:
        return Posted(item, "left", item.entry_id, "the provider may bill it later")
    if item.match is Match.DIFFERING and item.entry_id:
        cost = item.entry_micros + item.difference_micros
        try:
            entry = ledger.correct(item.entry_id, cost, item.currency, reason)
        except WrongInput as error:  # charged in another currency
            return Posted(item, "left", item.entry_id, str(error))
        return Posted(item, "corrected", entry.id)
    return _adjusted(ledger, item, provider, source, reason)


def _adjusted(ledger: Books, item: Item, provider: str, source: str, reason: str) -> Posted:
    """Book an amount that no call of ours explains."""
    call = Call("adjustment", provider, item.model, campaign_id=item.campaign_id)
    try:
        entry = ledger.adjust(
            call, item.difference_micros, item.currency, occurred_at=_moment(item), source=source, reason=reason,
            request_id=item.request_id, usage=_usage(item, item.model),
        )  # fmt: skip
    except WrongInput as error:  # the ledger has a call under this id
        return Posted(item, "left", "", str(error))
    return Posted(item, "adjusted", entry.id)


def _settled(ledger: Books, item: Item, reservation: Reservation, source: str, reason: str) -> Posted:
    """Charge the possibly billed call: from its tokens where the statement tells them, else by the amount."""
    usage = _usage(item, item.model or reservation.call.model)
    if usage is None:
        entry = ledger.adjust(
            reservation.call, item.statement_micros, item.currency, occurred_at=reservation.reserved_at,
            source=source, reason=reason, request_id=item.request_id, reservation=reservation,
        )  # fmt: skip
        return Posted(item, "settled", entry.id)
    entry = ledger.settle(reservation, usage, item.request_id, outcome="reconciled")
    if entry.cost_micros != item.statement_micros:
        ledger.correct(entry.id, item.statement_micros, item.currency, reason)
    return Posted(item, "settled", entry.id)


def _usage(item: Item, model: str) -> Usage | None:
    """The tokens of the one request that an item is about; None where the statement does not tell them."""
    tokens_in = [line.input_tokens for line in item.lines]
    tokens_out = [line.output_tokens for line in item.lines]
    if not item.request_id or None in tokens_in or None in tokens_out:
        return None
    return Usage(
        model, sum(filter(None, tokens_in)), sum(line.cached_tokens for line in item.lines),
        sum(filter(None, tokens_out)), 0, 0.0, sum(line.cache_write_tokens for line in item.lines),
    )  # fmt: skip


def _moment(item: Item) -> datetime:
    """When it took place: the statement's time, or noon of its day."""
    moments = [line.moment for line in item.lines if line.moment]
    return moments[0] if moments else datetime.combine(item.day, time(12), UTC)
