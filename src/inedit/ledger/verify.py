"""Proof that nothing was lost, doubled or edited: the whole ledger, held against its own rules.

One pass over the entries, in memory that does not grow with them, then a few questions about what stands
beside the entries (reservations, balances, closings, triggers). Every flaw names the row that is wrong. An
anchor, a head that was kept outside, also finds what the database alone cannot: a chain that was rewritten
from some row to its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from sqlalchemy import Connection, func, or_, select, text

from inedit.ledger.calls import ADJUSTMENT, PENDING
from inedit.ledger.chain import EMPTY, Head, columns_of, hash_of, head
from inedit.ledger.entries import is_period
from inedit.ledger.prices import Tier, cost_micros
from inedit.ledger.reading import Scope, read_entries, whole_sum
from inedit.model import LedgerEntry
from inedit.store import Store
from inedit.store.tables import balances, closings, ledger_entries, reservations

TRIGGERS = (
    "ledger_entries_no_update", "ledger_entries_no_delete", "ledger_entries_in_order",
    "ledger_entries_open_period",
    "closings_no_update", "closings_no_delete", "reservations_no_delete", "reservations_once",
)  # fmt: skip
"""What keeps a database from changing the past on SQLite; on Postgres fewer triggers do the same."""

POSTGRES_TRIGGERS = (
    "ledger_entries_no_update", "ledger_entries_no_truncate", "ledger_entries_in_order", "closings_no_update",
    "closings_no_truncate", "reservations_no_delete", "reservations_no_truncate", "reservations_once",
)  # fmt: skip

_e = ledger_entries.c


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong. ``rule`` is stable and short, ``where`` names the row."""

    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification came to: how many entries were read, the head they lead to, and what is wrong."""

    entries: int
    head: Head
    flaws: tuple[Flaw, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


def verify(store: Store, anchor: Head | None = None) -> Proof:
    """Read everything and say what is wrong, in the order in which it was found."""
    with store.read() as connection:
        totals = _Totals()
        flaws = list(_entries(connection, totals, anchor))
        for check in (
            _anchor_reached(head(connection), anchor),
            _corrections(connection),
            _responses(connection),
            _reservations(connection),
            _balances(connection, totals),
            _closings(connection),
            _triggers(connection),
        ):
            flaws.extend(check)
        return Proof(totals.entries, head(connection), tuple(flaws))


@dataclass(slots=True)
class _Totals:
    """What the entries add up to while they are read."""

    entries: int = 0
    scopes: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, entry: LedgerEntry) -> None:
        self.entries += 1
        if entry.cost_micros is None or entry.currency is None:
            return
        for scope, scope_id in (
            ("run", entry.run_id),
            ("campaign", entry.campaign_id),
            ("month", entry.period),
        ):
            if scope_id:
                self.scopes[scope, scope_id, entry.currency] += entry.cost_micros


def _entries(connection: Connection, totals: _Totals, anchor: Head | None) -> Iterator[Flaw]:
    """Each entry by itself and with the one before it."""
    last = EMPTY
    closed = {row.period: row.last_seq for row in connection.execute(select(closings))}
    for entry in read_entries(connection, Scope()):
        where = f"entry {entry.seq} ({entry.id})"
        if entry.seq != last.seq + 1:
            missing = f"{last.seq + 1}" if entry.seq == last.seq + 2 else f"{last.seq + 1} to {entry.seq - 1}"
            yield Flaw(
                "chain", f"entry {missing}", "is missing: it was removed, or the next one was renumbered"
            )
        elif entry.prev_hash != last.hash:
            yield Flaw(
                "chain", where,
                f"does not follow entry {last.seq}: one of the two was replaced, inserted or moved",
            )  # fmt: skip
        if hash_of(columns_of(entry)) != entry.hash:
            yield Flaw("chain", where, "was edited: its content does not match its hash")
        if anchor is not None and entry.seq == anchor.seq and entry.hash != anchor.hash:
            yield Flaw("anchor", where, "is not the one whose hash was kept outside: the chain was rewritten")
        for rule, message in _own_rules(entry):
            yield Flaw(rule, where, message)
        if entry.seq > closed.get(entry.period, entry.seq):
            yield Flaw("closing", where, f"was added to {entry.period} after that month was closed")
        totals.add(entry)
        last = Head(entry.seq, entry.hash)


def _own_rules(entry: LedgerEntry) -> Iterator[tuple[str, str]]:
    """What must hold for an entry whatever stands around it: rule and message."""
    if not is_period(entry.period):
        yield "period", f"is booked in '{entry.period}', which is no month"
    elif entry.period != entry.occurred_at[:7] and "which is closed" not in (entry.note or ""):
        yield (
            "period",
            f"happened on {entry.occurred_at[:10]} and is booked in {entry.period} without a reason",
        )
    if entry.kind == "memo":
        if entry.cost_micros is not None:
            yield "memo", "is a memo and has a cost: time saved is never netted with money spent"
        return
    if entry.cost_micros is not None and not entry.currency:
        yield "money", "has an amount without a currency"
    if entry.kind != "call":
        return
    inside = 0 <= entry.cached_tokens <= entry.input_tokens
    if not inside or not 0 <= entry.reasoning_tokens <= entry.output_tokens:
        yield "tokens", "counts more cached than input tokens, or more reasoning than output tokens"
    yield from (("price", message) for message in _price_flaws(entry))


def _price_flaws(entry: LedgerEntry) -> Iterator[str]:
    """The cost must be the stored tokens at the stored prices; a missing or zero price must say why."""
    prices = (entry.input_price, entry.cached_price, entry.output_price)
    if entry.price_tier not in set(Tier):
        yield f"has an unknown price tier '{entry.price_tier}'"
    if not (entry.price_date and entry.price_source):
        yield "does not say where its price comes from, and of which day it is"
    if None in prices:
        if entry.cost_micros is not None and entry.purpose != ADJUSTMENT:
            yield "has a cost without the prices it was computed from"
        if not entry.price_note:
            yield "has no price and does not say why"
        return
    try:
        input_price, cached_price, output_price = (Decimal(price) for price in prices if price is not None)
    except InvalidOperation:
        yield "has a price that is no number"
        return
    expected = cost_micros(
        entry.input_tokens, entry.cached_tokens, entry.output_tokens,
        input_price=input_price, cached_price=cached_price, output_price=output_price,
    )  # fmt: skip
    if entry.cost_micros != expected:
        yield f"costs {entry.cost_micros} millionths, but its tokens at its prices make {expected}"
    if not any((input_price, cached_price, output_price)) and not entry.price_note:
        yield "has a price of zero and does not say why"


def _anchor_reached(newest: Head, anchor: Head | None) -> Iterator[Flaw]:
    if anchor is not None and anchor.seq > newest.seq:
        yield Flaw(
            "anchor", f"entry {newest.seq + 1}",
            f"is missing: the ledger reached entry {anchor.seq} when its head was kept outside",
        )  # fmt: skip


def _corrections(connection: Connection) -> Iterator[Flaw]:
    """A correction names an earlier call, in its currency."""
    original = ledger_entries.alias()
    query = (
        select(_e.seq, _e.id, _e.corrects)
        .select_from(ledger_entries.outerjoin(original, original.c.id == _e.corrects))
        .where(
            _e.kind == "correction",
            or_(
                original.c.seq.is_(None),
                original.c.seq >= _e.seq,
                original.c.kind != "call",
                original.c.currency != _e.currency,
            ),
        )
    )
    for row in connection.execute(query):
        yield Flaw(
            "correction", f"entry {row.seq} ({row.id})",
            f"corrects {row.corrects}, which is no earlier call in its currency",
        )  # fmt: skip


def _responses(connection: Connection) -> Iterator[Flaw]:
    """One response of a provider is one entry."""
    query = (
        select(_e.provider, _e.response_id, func.max(_e.seq).label("seq"))
        .where(_e.kind == "call", _e.response_id.is_not(None))
        .group_by(_e.provider, _e.response_id)
        .having(func.count() > 1)
    )
    for row in connection.execute(query):
        yield Flaw(
            "response", f"entry {row.seq}", f"charges response {row.response_id} of {row.provider} again"
        )


def _reservations(connection: Connection) -> Iterator[Flaw]:
    """Each call was reserved, and each settled reservation has its call."""
    r = reservations.c
    both = reservations.outerjoin(ledger_entries, _e.reservation_id == r.id)
    lost = select(r.id, r.state).select_from(both).where(r.state == "settled", _e.seq.is_(None))
    for row in connection.execute(lost):
        yield Flaw("reservation", f"reservation {row.id}", "was settled, but its entry is missing")
    joined = ledger_entries.outerjoin(reservations, _e.reservation_id == r.id)
    unsettled = (
        select(_e.seq, _e.id, r.state)
        .select_from(joined)
        .where(_e.kind == "call", or_(r.state.is_(None), r.state != "settled"))
    )
    for seq, entry_id, state in connection.execute(unsettled):
        where = f"entry {seq} ({entry_id})"
        yield Flaw("reservation", where, f"has a reservation that is {state or 'missing'}")


def _balances(connection: Connection, totals: _Totals) -> Iterator[Flaw]:
    """The running totals that budgets are checked against are the sums of what they stand for."""
    r = reservations.c
    reserved: Counter[tuple[str, str, str]] = Counter()
    for scope, column in (("run", r.run_id), ("campaign", r.campaign_id), ("month", r.period)):
        query = (
            select(column, r.currency, whole_sum(r.estimate_micros))
            .where(r.state.in_(PENDING), column.is_not(None), r.currency.is_not(None))
            .group_by(column, r.currency)
        )
        for scope_id, currency, micros in connection.execute(query):
            reserved[scope, scope_id, currency] = micros
    kept = {
        (row.scope, row.scope_id, row.currency): (row.settled_micros, row.reserved_micros)
        for row in connection.execute(select(balances))
    }
    for key in sorted(kept.keys() | totals.scopes.keys() | reserved.keys()):
        settled, aside = kept.get(key, (0, 0))
        if (settled, aside) != (totals.scopes[key], reserved[key]):
            yield Flaw(
                "balance", f"balance of {' '.join(key)}",
                f"says {settled} charged and {aside} set aside; the entries say {totals.scopes[key]}, "
                f"the reservations {reserved[key]}",
            )  # fmt: skip


def _closings(connection: Connection) -> Iterator[Flaw]:
    """The head that was written down when a month was closed is still in the chain."""
    query = (
        select(closings, _e.hash)
        .select_from(closings.outerjoin(ledger_entries, _e.seq == closings.c.last_seq))
        .where(closings.c.last_seq > 0)
    )
    for row in connection.execute(query):
        if row.hash != row.last_hash:
            yield Flaw(
                "closing", f"entry {row.last_seq}", f"is not the one that {row.period} was closed with"
            )


def _triggers(connection: Connection) -> Iterator[Flaw]:
    """What refuses changes is still in place."""
    if connection.dialect.name == "sqlite":
        wanted: Sequence[str] = TRIGGERS
        query = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        wanted = POSTGRES_TRIGGERS
        query = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    present = set(connection.execute(query).scalars())
    for name in wanted:
        if name not in present:
            yield Flaw("trigger", f"trigger {name}", "is missing: the database no longer refuses changes")
