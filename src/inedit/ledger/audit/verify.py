"""Proof that nothing was lost, doubled or edited: the whole ledger, held against its own rules.

One pass over the entries, in memory that does not grow with them, then a few questions about what stands
beside the entries (:mod:`inedit.ledger.audit.cross_checks`). Every flaw names the row that is wrong. An
anchor, a head that was kept outside, also finds what the database alone cannot: a chain that was rewritten
from some row to its end.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Connection, select

from inedit.ledger.audit.cross_checks import beside
from inedit.ledger.audit.sealed_rows import read_records
from inedit.ledger.audit.violations import Proof, Violation
from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.journal.chain import COLUMNS, GENESIS, Head, hash_rows_of, head
from inedit.ledger.journal.closed_rates import moved_rates, rates_with_closings
from inedit.ledger.journal.memo_facts import SAVING
from inedit.ledger.journal.reading import scan_entries
from inedit.ledger.journal.savings import Range, worth
from inedit.ledger.pricing.contract_prices import Rate
from inedit.ledger.pricing.months import is_period
from inedit.ledger.pricing.prices import Tier, cost_micros
from inedit.model import LedgerEntry
from inedit.store import Store
from inedit.store.tables import closings

_TIERS = frozenset(Tier)
_hash_of = hash_rows_of(COLUMNS)


def verify(store: Store, anchors: Iterable[Head] = (), rates: Sequence[Rate] = ()) -> Proof:
    """Read everything and say what is wrong, in the order in which it was found.

    ``anchors`` are heads that were kept outside, of any age; ``rates`` those that are written down now.
    """
    with store.read() as connection:
        totals = _Totals()
        kept = {anchor.seq: anchor for anchor in anchors}
        flaws = list(_entries(connection, totals, kept))
        flaws.extend(_anchors_reached(head(connection), kept.values()))
        records = read_records(connection)
        flaws.extend(beside(connection, totals.scopes(), records))
        flaws.extend(_moved_rates(connection, rates))
        return Proof(totals.entries, head(connection), tuple(flaws), records.since, records.existed)


@dataclass(slots=True)
class _Totals:
    """What the entries add up to while they are read."""

    entries: int = 0
    charged: Counter[tuple[str | None, str | None, str, str]] = field(default_factory=Counter)

    def add(self, entry: LedgerEntry) -> None:
        self.entries += 1
        if entry.cost_micros is not None and entry.currency is not None:
            self.charged[entry.run_id, entry.campaign_id, entry.period, entry.currency] += entry.cost_micros

    def scopes(self) -> Counter[tuple[str, str, str]]:
        """By scope, its id, and currency."""
        found: Counter[tuple[str, str, str]] = Counter()
        for (*ids, currency), micros in self.charged.items():
            for scope, scope_id in zip(("run", "campaign", "month"), ids, strict=True):
                if scope_id:
                    found[scope, scope_id, currency] += micros
        return found


def _entries(connection: Connection, totals: _Totals, anchors: Mapping[int, Head]) -> Iterator[Violation]:
    """Each entry by itself and with the one before it."""
    seq, before = 0, GENESIS
    closed = {row.period: row.last_seq for row in connection.execute(select(closings))}
    for entry in scan_entries(connection):
        if entry.seq != seq + 1:
            missing = f"{seq + 1}" if entry.seq == seq + 2 else f"{seq + 1} to {entry.seq - 1}"
            yield Violation(
                "chain", f"entry {missing}", "is missing: it was removed, or the next one was renumbered"
            )
        elif entry.prev_hash != before:
            yield Violation(
                "chain", _named(entry),
                f"does not follow entry {seq}: one of the two was replaced, inserted or moved",
            )  # fmt: skip
        if _hash_of(entry) != entry.hash:
            yield Violation("chain", _named(entry), "was edited: its content does not match its hash")
        if entry.seq in anchors and entry.hash != anchors[entry.seq].hash:
            yield Violation(
                "anchor", _named(entry), "is not the one whose hash was kept outside: the chain was rewritten"
            )
        for rule, message in _own_rules(entry):
            yield Violation(rule, _named(entry), message)
        if entry.seq > closed.get(entry.period, entry.seq):
            yield Violation(
                "closing", _named(entry), f"was added to {entry.period} after that month was closed"
            )
        if (own := entry.occurred_at[:7]) != entry.period and own not in closed:
            yield Violation(
                "closing", _named(entry), f"came after {own} was closed, and that closing is gone"
            )
        totals.add(entry)
        seq, before = entry.seq, entry.hash


def _moved_rates(connection: Connection, written: Sequence[Rate]) -> Iterator[Violation]:
    """No rate is dated back into a closed month: it would say of the month what its figures do not."""
    for month, (base, quote), rate, before in moved_rates(rates_with_closings(connection, written)):
        closed_with, remedy = "without such a rate", "date it after the last closed month"
        if before is not None:
            closed_with, remedy = f"with {before}", f"write down again what held then, and {remedy}"
        yield Violation(
            "rate", f"brand_data/rates.yaml, {base} to {quote}",
            f"is {rate} at the end of {month}, which was closed {closed_with} and is counted so: {remedy}",
        )  # fmt: skip


def _named(entry: LedgerEntry) -> str:
    return f"entry {entry.seq} ({entry.id})"


def _own_rules(entry: LedgerEntry) -> Iterator[tuple[str, str]]:
    """What must hold for an entry whatever stands around it: rule and message."""
    if not _known_period(entry.period):
        yield "period", f"is booked in '{entry.period}', which is not a month"
    elif entry.period != entry.occurred_at[:7] and "which is closed" not in (entry.note or ""):
        yield (
            "period",
            f"happened on {entry.occurred_at[:10]} and is booked in {entry.period} without a reason",
        )
    if entry.kind == "memo":
        if entry.cost_micros is not None:
            yield "memo", "is a memo and has a cost: time saved is never netted with money spent"
        if entry.purpose == SAVING and (message := _saving_flaw(entry)):
            yield "memo", message
        return
    if entry.cost_micros is not None and not entry.currency:
        yield "money", "has an amount without a currency"
    if entry.kind != "call":
        return
    parts = (entry.cached_tokens, entry.cache_write_tokens or 0)
    inside = min(parts) >= 0 and sum(parts) <= entry.input_tokens
    if not inside or not 0 <= entry.reasoning_tokens <= entry.output_tokens:
        yield "tokens", "counts more cached than input tokens, or more reasoning than output tokens"
    yield from (("price", message) for message in _price_flaws(entry))


def _saving_flaw(entry: LedgerEntry) -> str:
    """A saving must be its baseline's work less the review; reviews before it are booked in their own memos."""
    try:
        saved, money, measured = _saved_by(entry.details or "")
    except (ValueError, LookupError, TypeError, ArithmeticError):
        return "does not keep the baseline that it was computed from"
    seconds = Range(entry.saved_seconds_low, entry.saved_seconds_expected, entry.saved_seconds_high)  # type: ignore[arg-type]
    if seconds != saved:
        return f"says {seconds} seconds were saved, but its baseline makes {saved}"
    micros = Range(entry.saved_micros_low, entry.saved_micros_expected, entry.saved_micros_high)  # type: ignore[arg-type]
    if micros != money and not measured:
        return f"says {micros} millionths were saved, but its hourly rate makes {money}"
    return ""


@lru_cache(maxsize=1000)
def _saved_by(details: str) -> tuple[Range, Range, bool]:
    """Seconds and money that a baseline makes, and whether the review was measured. Pieces share it."""
    recorded = json.loads(details)
    saved, measured = Range(*recorded["work_seconds"]), recorded["spent_is_measured"]
    if not measured:
        saved = saved.minus(Range(*recorded["spent_seconds"]))
    return saved, worth(saved, Decimal(recorded["baseline"]["hourly_rate"])), measured


def _price_flaws(entry: LedgerEntry) -> Iterator[str]:
    """The cost must be the stored tokens at the stored prices; a missing or zero price must say why."""
    prices = (entry.input_price, entry.cached_price, entry.output_price)
    if entry.price_tier not in _TIERS:
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
        input_price, cached_price, output_price = (_price(price) for price in prices if price is not None)
        write_price = None if entry.cache_write_price is None else _price(entry.cache_write_price)
        expected = cost_micros(
            entry.input_tokens, entry.cached_tokens, entry.output_tokens,
            input_price=input_price, cached_price=cached_price, output_price=output_price,
            cache_write_tokens=entry.cache_write_tokens or 0, cache_write_price=write_price,
        )  # fmt: skip
    except (ArithmeticError, ValueError):
        yield "has a price that is not a number"
        return
    if entry.cost_micros != expected:
        yield f"costs {entry.cost_micros} millionths, but its tokens at its prices make {expected}"
    if not (input_price or cached_price or output_price or entry.price_note):
        yield "has a price of zero and does not say why"


_price = lru_cache(maxsize=1000)(Decimal)
_known_period = lru_cache(maxsize=1000)(is_period)


def _anchors_reached(newest: Head, anchors: Iterable[Head]) -> Iterator[Violation]:
    anchor = max(anchors, key=lambda one: one.seq, default=newest)
    if anchor.seq > newest.seq:
        yield Violation(
            "anchor", f"entry {newest.seq + 1}",
            f"is missing: the ledger reached entry {anchor.seq} when its head was kept outside",
        )  # fmt: skip
