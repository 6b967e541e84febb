"""What the ledger says, added up: of a run, a campaign, a month, or everything.

The figures come from sums that are kept while entries are written (:mod:`inedit.store.rollups`), so that a report over
a million entries reads thousands of rows; those of one run come from its own entries. Costs include corrections.
Savings stand beside costs and are never taken off them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from inedit.ledger.audit.audit_exceptions import KINDS
from inedit.ledger.journal.calls import ADJUSTMENT, PENDING
from inedit.ledger.journal.chain import head
from inedit.ledger.journal.memo_facts import REVIEW, SAVING, Facts, saving_rollups
from inedit.ledger.journal.reading import Scope, added_up, whole_sum
from inedit.ledger.journal.savings import Range
from inedit.ledger.reports.figures import DIMENSIONS, Refusal, SplitLine, Summary, UnconfirmedCall, each
from inedit.model import Status
from inedit.store.piece_facts import piece_facts
from inedit.store.rollups import DRAFTS, ENTRIES
from inedit.store.tables import reservations

ALLOCATIONS = ("pieces", "shared by a campaign", "unallocated")
"""Every cost is a piece's, or shared by the pieces of a campaign, or belongs to no campaign."""

SAVED_SECONDS = ("saved_seconds_low", "saved_seconds_expected", "saved_seconds_high")

Group = Row[*tuple[Any, ...]]
"""Sums of the entries that agree in purpose, kind, currency and allocation."""


def summarise(connection: Connection, scope: Scope) -> Summary:
    """Add up the entries of a scope."""
    groups = added_up(connection, ENTRIES, scope, ("purpose", "kind", "currency", "allocation"))
    money = [group for group in groups if group.kind != "memo"]
    memos = [group for group in groups if group.kind == "memo" and group.purpose in (SAVING, REVIEW)]
    savings = saving_rollups(connection, scope)
    costs = _costs(money)
    at_rest, accepted = _count_pieces(connection, scope)
    refusals = _refusals(connection, scope)
    pending, pending_micros = _pending(connection, scope)
    return Summary(
        scope=str(scope),
        calls=_total(money, "calls"),
        input_tokens=_total(money, "input_tokens"),
        cached_tokens=_total(money, "cached_tokens"),
        output_tokens=_total(money, "output_tokens"),
        reasoning_tokens=_total(money, "reasoning_tokens"),
        cost_micros=costs,
        unknown_price_calls=_total(money, "unknown"),
        possibly_billed=pending,
        possibly_billed_micros=pending_micros,
        pieces=at_rest,
        accepted_pieces=accepted,
        cost_per_piece_micros=each(costs, at_rest),
        cost_per_accepted_micros=each(costs, accepted),
        rejected_attempts=sum(refusal.drafts for refusal in refusals),
        rejected_micros=_added(refusal.cost_micros for refusal in refusals),
        rejected_for=refusals,
        accepted_micros=_costs(
            added_up(connection, DRAFTS, scope, ("currency",), ("cost_micros",), accepted=1)
        ),
        allocation_micros={
            name: _costs(group for group in money if group.allocation == name) for name in ALLOCATIONS
        },
        saved_seconds=_range(memos, "saved_seconds") if memos else None,
        saved_micros={
            currency: _range([memo for memo in memos if memo.currency == currency], "saved_micros")
            for currency in sorted({memo.currency for memo in memos})
        },
        saved_pieces=_number(savings, "pieces"),
        measured_pieces=_number(savings, "measured_pieces"),
        by={name: _lines(connection, scope, name) for name in DIMENSIONS},
        doubts=_doubts(groups, pending),
        head=head(connection),
    )


def _total(groups: Iterable[Group], name: str) -> int:
    return sum(getattr(group, name) for group in groups)


def _number(savings: Sequence[Facts], name: str) -> int:
    return sum(int(one[name]) for one in savings)


def _costs(groups: Iterable[Group]) -> dict[str, int]:
    """Cost by currency. Calls of unknown price have none, and are counted elsewhere."""
    total: Counter[str] = Counter()
    for group in groups:
        if group.currency:
            total[group.currency] += group.cost_micros
    return dict(sorted(total.items()))


def _lines(connection: Connection, scope: Scope, dimension: str) -> tuple[SplitLine, ...]:
    """One line a value of a dimension, in order of its name; nothing when no entry has one."""
    measures = ("entries", "calls", "unknown", "cost_micros", *SAVED_SECONDS)
    by_value: dict[str, list[Group]] = {}
    for group in added_up(connection, ENTRIES, scope, (dimension, "kind", "purpose", "currency"), measures):
        counts = group.entries and (group.kind != "memo" or (group.purpose in (SAVING, REVIEW)))
        if counts and (group.kind != "memo" or dimension not in ("provider", "model", "purpose")):
            by_value.setdefault(getattr(group, dimension), []).append(group)
    accepted = _accepted(connection, scope, dimension)
    lines = []
    for value, found in sorted(by_value.items()):
        money, memos = [g for g in found if g.kind != "memo"], [g for g in found if g.kind == "memo"]
        lines.append(
            SplitLine(
                value, _total(money, "calls"), _costs(money), _total(money, "unknown"), accepted[value],
                _range(memos, "saved_seconds") if memos else None,
            )
        )  # fmt: skip
    return tuple(lines) if len(lines) > 1 or any(line.name for line in lines) else ()


def _accepted(connection: Connection, scope: Scope, dimension: str) -> Counter[str]:
    """Accepted pieces by a dimension of the drafts that became them."""
    if dimension == "purpose":
        rows = added_up(connection, DRAFTS, scope, ("accepted",), ("pieces",), accepted=1)
        return Counter({"draft": sum(row.pieces for row in rows)})
    rows = added_up(connection, DRAFTS, scope, (dimension,), ("pieces",), accepted=1)
    return Counter({getattr(row, dimension): row.pieces for row in rows})


def _range(groups: Sequence[Group], what: str) -> Range:
    return Range(*(_total(groups, f"{what}_{end}") for end in ("low", "expected", "high")))


def _count_pieces(connection: Connection, scope: Scope) -> tuple[int, int]:
    """Pieces that came to rest, and those of them that were accepted."""
    accepted = whole_sum(case((piece_facts.c.status == Status.ACCEPTED.value, 1), else_=0))
    row = connection.execute(select(func.count(), accepted).where(scope.pieces())).one()
    return row[0], row[1]


def _refusals(connection: Connection, scope: Scope) -> tuple[Refusal, ...]:
    """Drafts that did not become an accepted piece, of pieces that came to rest, by reason."""
    drafts: Counter[str] = Counter()
    costs: dict[str, dict[str, int]] = {}
    for row in added_up(
        connection, DRAFTS, scope, ("reason", "currency"), ("drafts", "cost_micros"), accepted=0
    ):
        drafts[row.reason] += row.drafts
        if row.currency and (row.drafts or row.cost_micros):
            costs.setdefault(row.reason, {})[row.currency] = row.cost_micros
    return tuple(
        Refusal(reason, count, costs.get(reason, {}))
        for reason, count in sorted(drafts.items(), key=lambda found: (-found[1], found[0]))
        if count or costs.get(reason)
    )


def _added(costs: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Costs by currency, added up."""
    total: Counter[str] = Counter()
    for cost in costs:
        total.update(cost)
    return dict(sorted(total.items()))


def _pending(connection: Connection, scope: Scope) -> tuple[int, dict[str, int]]:
    """Calls that were sent and neither charged nor voided, and what was set aside for them."""
    r = reservations.c
    query = (
        select(r.currency, func.count(), whole_sum(r.estimate_micros))
        .where(scope.reservations(), r.state.in_(PENDING))
        .group_by(r.currency)
    )
    rows = connection.execute(query).all()
    return sum(row[1] for row in rows), {row[0]: row[2] for row in rows if row[0] is not None}


def _doubts(groups: Sequence[Group], pending: int) -> tuple[UnconfirmedCall, ...]:
    """What finance must look at, the gravest first; only what there is."""
    counts = {
        "unknown_price": _total(groups, "unknown"),
        "possibly_billed": pending,
        "no_request_id": _total(groups, "nameless"),
        "repeated_request_id": _total(groups, "repeated"),
        "over_estimate": _total(groups, "overrun"),
        "adjustment": _total((group for group in groups if group.purpose == ADJUSTMENT), "entries"),
        "correction": _total((group for group in groups if group.kind == "correction"), "entries"),
        "late": _total(groups, "late"),
    }
    return tuple(
        UnconfirmedCall(kind.code, kind.what, counts[kind.code], kind.remedy)
        for kind in KINDS
        if counts[kind.code]
    )
