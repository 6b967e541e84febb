"""What stands beside the entries, held against them: reservations, balances, closings, sums, the database's guards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, union_all

from inedit.ledger.audit.human_reviews import human_review_violations
from inedit.ledger.audit.sealed_decisions import approvals, closed_months, piece_decisions, savings_of_pieces
from inedit.ledger.audit.sealed_drafts import sealed_drafts
from inedit.ledger.audit.sealed_generic_texts import generic_texts
from inedit.ledger.audit.sealed_rows import Records, answers, set_aside
from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.calls import PENDING
from inedit.ledger.journal.memo_facts import add_up, read_facts
from inedit.ledger.journal.reading import whole_sum
from inedit.store.rollups import DRAFTS, ENTRIES, SAVINGS, Rollup
from inedit.store.tables import balances, closings, ledger_entries, reservations
from inedit.store.triggers import trigger_flaws
from inedit.store.views import view_flaws

Balances = Mapping[tuple[str, str, str], int]
"""What entries add up to by scope, its id, and currency."""

_e = ledger_entries.c


def beside(connection: Connection, charged: Balances, records: Records) -> Iterator[Violation]:
    """Everything that is wrong beside the entries; ``charged`` is what they add up to."""
    yield from _corrections(connection)
    yield from _responses(connection)
    for seq in records.unreadable:
        yield Violation("record", f"entry {seq}", "seals something, and cannot be read")
    yield from set_aside(connection, records)
    yield from answers(connection, records)
    yield from generic_texts(connection, records)
    yield from piece_decisions(connection)
    yield from sealed_drafts(connection)
    yield from savings_of_pieces(connection)
    yield from closed_months(connection, records)
    yield from approvals(connection, records)
    yield from _balances(connection, charged)
    yield from _closings(connection)
    for rollup in (ENTRIES, DRAFTS):
        yield from _rollup(connection, rollup)
    yield from _savings(connection)
    yield from human_review_violations(connection)
    yield from _triggers(connection)


def _corrections(connection: Connection) -> Iterator[Violation]:
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
        yield Violation(
            "correction", f"entry {row.seq} ({row.id})",
            f"corrects {row.corrects}, which is not an earlier call in its currency",
        )  # fmt: skip


def _responses(connection: Connection) -> Iterator[Violation]:
    """One response of a provider is one entry."""
    query = (
        select(_e.provider, _e.response_id, func.max(_e.seq).label("seq"))
        .where(_e.kind == "call", _e.response_id.is_not(None))
        .group_by(_e.provider, _e.response_id)
        .having(func.count() > 1)
    )
    for row in connection.execute(query):
        yield Violation(
            "response", f"entry {row.seq}", f"charges response {row.response_id} of {row.provider} again"
        )


def _balances(connection: Connection, charged: Balances) -> Iterator[Violation]:
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
    for key in sorted(kept.keys() | charged.keys() | reserved.keys()):
        settled, aside = kept.get(key, (0, 0))
        said = charged.get(key, 0)
        if (settled, aside) != (said, reserved[key]):
            yield Violation(
                "balance", f"balance of {' '.join(key)}",
                f"says {settled} charged and {aside} set aside; the entries say {said}, "
                f"the reservations {reserved[key]}",
            )  # fmt: skip


def _closings(connection: Connection) -> Iterator[Violation]:
    """The head that was written down when a month was closed is still in the chain."""
    query = (
        select(closings, _e.hash)
        .select_from(closings.outerjoin(ledger_entries, _e.seq == closings.c.last_seq))
        .where(closings.c.last_seq > 0)
    )
    for row in connection.execute(query):
        if row.hash != row.last_hash:
            yield Violation(
                "closing", f"entry {row.last_seq}", f"is not the one that {row.period} was closed with"
            )


def _rollup(connection: Connection, rollup: Rollup) -> Iterator[Violation]:
    """Each sum that reports read is that of its facts: the two are added with opposite signs, and must cancel out."""
    for row in connection.execute(_left_over(rollup)):
        differences = dict(zip(rollup.measures, row[len(rollup.keys) :], strict=True))
        yield _wrong_sum(rollup, row[: len(rollup.keys)], differences)


@cache
def _left_over(rollup: Rollup) -> Select[Any]:
    """Facts less sums, where anything is left."""
    facts, kept = rollup.facts.c, rollup.kept.c
    both = union_all(
        select(*(facts[name] for name in (*rollup.keys, *rollup.measures))),
        select(
            *(kept[name] for name in rollup.keys), *((-kept[name]).label(name) for name in rollup.measures)
        ),
    ).subquery()
    left = [whole_sum(both.c[name]) for name in rollup.measures]
    return (
        select(
            *(both.c[name] for name in rollup.keys), *(sum_.label(f"left_{n}") for n, sum_ in enumerate(left))
        )
        .group_by(*(both.c[name] for name in rollup.keys))
        .having(or_(*(sum_ != 0 for sum_ in left)))
    )


def _savings(connection: Connection) -> Iterator[Violation]:
    """The same for the memos, whose facts the program reads."""
    left: dict[tuple[Any, ...], Counter[str]] = {}
    try:
        facts = add_up(read_facts(connection, _e.kind == "memo"))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):  # the chain names the memo
        yield Violation(
            "sums", SAVINGS.kept.name, "cannot be held against the memos: one of them cannot be read"
        )
        return
    for sign, rows in (
        (1, facts),
        (-1, connection.execute(select(SAVINGS.kept)).mappings()),
    ):
        for row in rows:
            of_key = left.setdefault(tuple(row[name] for name in SAVINGS.keys), Counter())
            for name in SAVINGS.measures:
                of_key[name] += sign * row[name]
    for key, differences in left.items():
        if any(differences.values()):
            yield _wrong_sum(SAVINGS, key, differences)


def _wrong_sum(rollup: Rollup, key: Any, differences: Mapping[str, int]) -> Violation:
    where = ", ".join(
        f"{name} {value}" for name, value in zip(rollup.keys, key, strict=True) if value not in ("", 0)
    )
    by = ", ".join(f"{name} by {-micros}" for name, micros in differences.items() if micros)
    return Violation(
        "sums", f"{rollup.kept.name} of {where}", f"is not what its entries add up to; it is off in {by}"
    )


def _triggers(connection: Connection) -> Iterator[Violation]:
    """What refuses changes, and keeps the sums, is still in place as it was made; so are the views that people read."""
    for name, message in trigger_flaws(connection):
        yield Violation("trigger", name, message)
    for name, message in view_flaws(connection):
        yield Violation("view", f"view {name}", message)
