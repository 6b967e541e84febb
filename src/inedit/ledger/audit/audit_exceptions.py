"""What finance must not have to find out by itself, entry by entry: the view ``finance_exceptions``, read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, case, select

from inedit.ledger.journal.calls import why_unconfirmed
from inedit.ledger.journal.reading import BLOCK_ROWS, Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of exception: its code in the view, what it is, and what to do about it."""

    code: str
    what: str
    remedy: str


KINDS = (
    Kind("unknown_price", "calls of unknown price, not in the cost",
         "Write the price down in brand_data/prices.yaml for the next ones, and correct these."),
    Kind("possibly_billed", "calls possibly billed",
         "Reconcile them with the provider's usage, then charge or void them."),
    Kind("no_request_id", "calls without a response id",
         "They cannot be matched with the provider's records."),
    Kind("repeated_request_id", "calls whose response id came twice",
         "A cache answered in the provider's place, or it does not number its answers: reconcile."),
    Kind("over_estimate", "calls that cost more than was set aside",
         "The provider counted more tokens than expected: a hard limit may be passed by the difference."),
    Kind("adjustment", "adjustments to a provider's statement",
         "Each names the statement; no call of ours explains them."),
    Kind("correction", "corrections", "Each names the entry it corrects and why."),
    Kind("late", "entries booked late", "Their own month was closed when they came."),
)  # fmt: skip
"""All kinds, the gravest first."""

_NUMBERS = ("entry_number", "edition", "amount_micros")
_view = Table(
    "finance_exceptions", MetaData(),
    *(
        Column(name, Integer if name in _NUMBERS else Text)
        for name in (
            "exception", "entry_number", "entry_id", "reservation_id", "occurred_at", "month", "run_id", "campaign_id",
            "spec_key", "edition", "provider", "model", "amount_micros", "currency", "note",
        )
    ),
)  # fmt: skip
_v = _view.c


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One exception. ``amount_micros`` is the entry's cost, or what is set aside for a call possibly billed."""

    code: str
    entry_number: int | None
    name: str  # the entry's id, or the reservation's
    occurred_at: str
    month: str
    campaign_id: str
    piece: str
    provider: str
    model: str
    amount_micros: int | None
    currency: str
    note: str


def exceptions(connection: Connection, scope: Scope, most: int | None = None) -> Iterator[ExceptionLine]:
    """The exceptions of a scope, the gravest kind first and the newest of each first; at most ``most``."""
    gravity = case({kind.code: index for index, kind in enumerate(KINDS)}, value=_v.exception)
    conditions = [
        column == wanted
        for column, wanted in (
            (_v.run_id, scope.run_id), (_v.campaign_id, scope.campaign_id), (_v.month, scope.period),
        )
        if wanted is not None
    ]  # fmt: skip
    query = select(_view).where(*conditions).order_by(gravity, _v.occurred_at.desc(), _v.entry_number.desc())
    for row in connection.execute(query.limit(most).execution_options(yield_per=BLOCK_ROWS)):
        yield ExceptionLine(
            row.exception, row.entry_number, row.entry_id or row.reservation_id, row.occurred_at, row.month,
            row.campaign_id or "", f"{row.spec_key}-{row.edition}" if row.spec_key else "", row.provider or "",
            row.model or "", row.amount_micros, row.currency or "", why_unconfirmed(row.note or ""),
        )  # fmt: skip
