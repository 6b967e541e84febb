"""What the ledger says, added up: of a run, a campaign, a month, or everything.

One pass of the database groups the entries by everything a report may ask for; the rest is adding up a few
hundred groups here. Costs include corrections. Savings stand beside costs and are never taken off them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, case, func, select

from inedit.ledger.calls import ADJUSTMENT, PENDING
from inedit.ledger.chain import head
from inedit.ledger.entries import OVERRUN, REPEATED
from inedit.ledger.figures import DIMENSIONS, Doubt, Line, Refusal, Summary, each
from inedit.ledger.memos import REVIEW, SAVING
from inedit.ledger.reading import Scope, whole_sum
from inedit.ledger.savings import Range
from inedit.model import Status
from inedit.store.tables import attempts, ledger_entries, pieces, reservations

ALLOCATIONS = ("pieces", "shared by a campaign", "unallocated")
"""Every cost is a piece's, or shared by the pieces of a campaign, or belongs to no campaign."""

Group = Row[*tuple[Any, ...]]
"""Sums of the entries that agree in every dimension, in kind and in currency."""

_e = ledger_entries.c
_p = pieces.c
_a = attempts.c

_SAME_PIECE = and_(_p.campaign_id == _e.campaign_id, _p.spec_key == _e.spec_key, _p.edition == _e.edition)
_SAME_DRAFT = and_(_a.campaign_id == _e.campaign_id, _a.spec_key == _e.spec_key, _a.edition == _e.edition)
_BECAME_IT = and_(_p.status == Status.ACCEPTED.value, _p.attempts == _e.attempt, _e.purpose == "draft")


def summarise(connection: Connection, scope: Scope) -> Summary:
    """Add up the entries of a scope."""
    groups = _groups(connection, scope)
    money = [group for group in groups if group.kind != "memo"]
    memos = [group for group in groups if group.purpose in (SAVING, REVIEW)]
    costs = _costs(money)
    at_rest, accepted = _count_pieces(connection, scope)
    refusals = _refusals(connection, scope)
    pending, pending_micros = _pending(connection, scope)
    unknown = sum(group.unknown for group in money)
    winners = _accepted(connection, scope)
    return Summary(
        scope=str(scope),
        calls=sum(group.calls for group in money),
        input_tokens=sum(group.input_tokens for group in money),
        cached_tokens=sum(group.cached_tokens for group in money),
        output_tokens=sum(group.output_tokens for group in money),
        reasoning_tokens=sum(group.reasoning_tokens for group in money),
        cost_micros=costs,
        unknown_price_calls=unknown,
        possibly_billed=pending,
        possibly_billed_micros=pending_micros,
        pieces=at_rest,
        accepted_pieces=accepted,
        cost_per_piece_micros=each(costs, at_rest),
        cost_per_accepted_micros=each(costs, accepted),
        rejected_attempts=sum(refusal.drafts for refusal in refusals),
        rejected_micros=_added(refusal.cost_micros for refusal in refusals),
        rejected_for=refusals,
        allocation_micros={
            name: _costs(group for group in money if group.allocation == name) for name in ALLOCATIONS
        },
        saved_seconds=_range(memos, "saved_seconds") if memos else None,
        saved_micros={
            currency: _range([memo for memo in memos if memo.currency == currency], "saved_micros")
            for currency in sorted({memo.currency for memo in memos})
        },
        saved_pieces=sum(memo.rows for memo in memos if memo.purpose == SAVING),
        measured_pieces=_measured(connection, scope) if memos else 0,
        by={name: _lines(money, name, winners) for name in DIMENSIONS},
        doubts=_doubts(groups, pending),
        head=head(connection),
    )


def _groups(connection: Connection, scope: Scope) -> Sequence[Group]:
    """Sums for each combination of dimensions, kind and currency."""
    corrections = ledger_entries.alias()
    is_call = and_(_e.kind == "call", _e.purpose != ADJUSTMENT)
    corrected = select(corrections.c.seq).where(corrections.c.corrects == _e.id).exists()
    allocation = case(
        (_e.spec_key.is_not(None), ALLOCATIONS[0]),
        (_e.campaign_id.is_not(None), ALLOCATIONS[1]),
        else_=ALLOCATIONS[2],
    ).label("allocation")
    sums = (
        "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cost_micros",
        *(f"saved_{what}_{end}" for what in ("seconds", "micros") for end in ("low", "expected", "high")),
    )  # fmt: skip
    counted = {
        "calls": is_call,
        "unknown": and_(is_call, _e.cost_micros.is_(None), ~corrected),
        "nameless": and_(is_call, _e.response_id.is_(None)),
        "repeated": _e.note.contains(REPEATED),
        "overrun": _e.note.contains(OVERRUN),
        "late": _e.period != func.substr(_e.occurred_at, 1, 7),
    }
    keys = (*(_e[name] for name in DIMENSIONS), _e.kind, _e.currency)
    query = (
        select(
            *keys,
            allocation,
            func.count().label("rows"),
            *(whole_sum(case((condition, 1), else_=0)).label(name) for name, condition in counted.items()),
            *(whole_sum(_e[name]).label(name) for name in sums),
        )
        .where(scope.entries())
        .group_by(*keys, allocation)
    )
    return connection.execute(query).all()


def _costs(groups: Iterable[Group]) -> dict[str, int]:
    """Cost by currency. Calls of unknown price have none, and are counted elsewhere."""
    total: Counter[str] = Counter()
    for group in groups:
        if group.currency is not None:
            total[group.currency] += group.cost_micros
    return dict(sorted(total.items()))


def _lines(groups: Sequence[Group], dimension: str, winners: Sequence[Group]) -> tuple[Line, ...]:
    """One line a value of a dimension, in order of its name; nothing when no entry has one."""
    by_value: dict[str, list[Group]] = {}
    for group in groups:
        by_value.setdefault(getattr(group, dimension) or "", []).append(group)
    accepted: Counter[str] = Counter()
    for winner in winners:
        accepted[getattr(winner, dimension) or ""] += winner.pieces
    return tuple(
        Line(
            value, sum(g.calls for g in found), _costs(found), sum(g.unknown for g in found), accepted[value]
        )
        for value, found in sorted(by_value.items())
        if len(by_value) > 1 or value
    )


def _accepted(connection: Connection, scope: Scope) -> Sequence[Group]:
    """Accepted pieces, counted by the dimensions of the drafts that became them."""
    keys = [_e[name] for name in DIMENSIONS]
    query = (
        select(*keys, func.count(_p.id.distinct()).label("pieces"))
        .select_from(ledger_entries.join(pieces, _SAME_PIECE))
        .where(scope.entries(), _e.kind == "call", _BECAME_IT)
        .group_by(*keys)
    )
    return connection.execute(query).all()


def _range(groups: Sequence[Group], what: str) -> Range:
    low, expected, high = (
        sum(getattr(group, f"{what}_{end}") for group in groups) for end in ("low", "expected", "high")
    )
    return Range(low, expected, high)


def _count_pieces(connection: Connection, scope: Scope) -> tuple[int, int]:
    """Pieces that came to rest, and those of them that were accepted."""
    accepted = whole_sum(case((_p.status == Status.ACCEPTED.value, 1), else_=0))
    row = connection.execute(select(func.count(), accepted).where(scope.pieces())).one()
    return row[0], row[1]


def _measured(connection: Connection, scope: Scope) -> int:
    """Pieces of which a person's minutes were measured."""
    reviewed = (
        select(_e.campaign_id, _e.spec_key, _e.edition)
        .where(scope.entries(), _e.kind == "memo", _e.purpose == REVIEW)
        .distinct()
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(reviewed)).scalar_one()


def _refusals(connection: Connection, scope: Scope) -> tuple[Refusal, ...]:
    """Drafts that did not become an accepted piece, of pieces that came to rest, by reason."""
    reason = func.coalesce(_a.refused_for, "").label("reason")
    same_draft = and_(_SAME_DRAFT, _a.attempt == _e.attempt)
    query = (
        select(
            reason, _e.currency,
            whole_sum(case((_e.kind == "call", 1), else_=0)).label("drafts"),
            whole_sum(_e.cost_micros).label("cost_micros"),
        )
        .select_from(ledger_entries.join(pieces, _SAME_PIECE).outerjoin(attempts, same_draft))
        .where(scope.entries(), _e.kind != "memo", _e.purpose == "draft", ~_BECAME_IT)
        .group_by(reason, _e.currency)
    )  # fmt: skip
    drafts: Counter[str] = Counter()
    costs: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        drafts[row.reason] += row.drafts
        if row.currency is not None:
            costs.setdefault(row.reason, {})[row.currency] = row.cost_micros
    return tuple(
        Refusal(reason, count, costs.get(reason, {}))
        for reason, count in sorted(drafts.items(), key=lambda found: (-found[1], found[0]))
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


def _doubts(groups: Sequence[Group], pending: int) -> tuple[Doubt, ...]:
    """What finance must look at, the gravest first; only what there is."""

    def count(name: str) -> int:
        return sum(getattr(group, name) for group in groups)

    doubts = (
        Doubt("calls of unknown price, not in the cost", count("unknown"),
              "Write the price down in brand_data/prices.yaml for the next ones, and correct these."),
        Doubt("calls possibly billed", pending,
              "Look them up in the provider's usage, then charge or void them."),
        Doubt("calls without a response id", count("nameless"),
              "They cannot be matched with the provider's records."),
        Doubt("calls whose response id came twice", count("repeated"),
              "A cache answered in the provider's place, or it does not number its answers: reconcile."),
        Doubt("calls that cost more than was set aside", count("overrun"),
              "The provider counted more tokens than expected: a hard limit may be passed by the difference."),
        Doubt("adjustments to a provider's statement", sum(g.rows for g in groups if g.purpose == ADJUSTMENT),
              "Each names the statement; no call of ours explains them."),
        Doubt("corrections", sum(group.rows for group in groups if group.kind == "correction"),
              "Each names the entry it corrects and why."),
        Doubt("entries booked late", count("late"), "Their own month was closed when they came."),
    )  # fmt: skip
    return tuple(doubt for doubt in doubts if doubt.count)
