"""What stands beside the entries, held against them: reservations, balances, closings, sums, the database's guards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, union_all

from inedit.ledger.audit.human_reviews import human_review_violations
from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.calls import PENDING
from inedit.ledger.journal.memo_facts import add_up, read_facts
from inedit.ledger.journal.reading import whole_sum
from inedit.store.rollups import DRAFTS, ENTRIES, SAVINGS, Sums
from inedit.store.tables import balances, closings, ledger_entries, reservations
from inedit.store.triggers import postgres_guards, sqlite_guards

Balances = Mapping[tuple[str, str, str], int]
"""What entries add up to by scope, its id, and currency."""

_e = ledger_entries.c


def beside(connection: Connection, charged: Balances) -> Iterator[Violation]:
    """Everything that is wrong beside the entries; ``charged`` is what they add up to."""
    yield from _corrections(connection)
    yield from _responses(connection)
    yield from _reservations(connection)
    yield from _balances(connection, charged)
    yield from _closings(connection)
    for sums in (ENTRIES, DRAFTS):
        yield from _sums(connection, sums)
    yield from _savings(connection)
    yield from human_review_violations(connection)
    yield from _guards(connection)


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
            f"corrects {row.corrects}, which is no earlier call in its currency",
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


def _reservations(connection: Connection) -> Iterator[Violation]:
    """Each call was reserved, and each settled reservation has its call."""
    r = reservations.c
    both = reservations.outerjoin(ledger_entries, _e.reservation_id == r.id)
    lost = select(r.id, r.state).select_from(both).where(r.state == "settled", _e.seq.is_(None))
    for row in connection.execute(lost):
        yield Violation("reservation", f"reservation {row.id}", "was settled, but its entry is missing")
    joined = ledger_entries.outerjoin(reservations, _e.reservation_id == r.id)
    unsettled = (
        select(_e.seq, _e.id, r.state)
        .select_from(joined)
        .where(_e.kind == "call", or_(r.state.is_(None), r.state != "settled"))
    )
    for seq, entry_id, state in connection.execute(unsettled):
        where = f"entry {seq} ({entry_id})"
        yield Violation("reservation", where, f"has a reservation that is {state or 'missing'}")


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


def _sums(connection: Connection, sums: Sums) -> Iterator[Violation]:
    """Each sum that reports read is that of its facts: the two are added with opposite signs, and must cancel out."""
    for row in connection.execute(_left_over(sums)):
        differences = dict(zip(sums.measures, row[len(sums.keys) :], strict=True))
        yield _wrong_sum(sums, row[: len(sums.keys)], differences)


@cache
def _left_over(sums: Sums) -> Select[Any]:
    """Facts less sums, where anything is left."""
    facts, kept = sums.facts.c, sums.kept.c
    both = union_all(
        select(*(facts[name] for name in (*sums.keys, *sums.measures))),
        select(*(kept[name] for name in sums.keys), *((-kept[name]).label(name) for name in sums.measures)),
    ).subquery()
    left = [whole_sum(both.c[name]) for name in sums.measures]
    return (
        select(
            *(both.c[name] for name in sums.keys), *(sum_.label(f"left_{n}") for n, sum_ in enumerate(left))
        )
        .group_by(*(both.c[name] for name in sums.keys))
        .having(or_(*(sum_ != 0 for sum_ in left)))
    )


def _savings(connection: Connection) -> Iterator[Violation]:
    """The same for the memos, whose facts the program reads."""
    left: dict[tuple[Any, ...], Counter[str]] = {}
    for sign, rows in (
        (1, add_up(read_facts(connection, _e.kind == "memo"))),
        (-1, connection.execute(select(SAVINGS.kept)).mappings()),
    ):
        for row in rows:
            of_key = left.setdefault(tuple(row[name] for name in SAVINGS.keys), Counter())
            for name in SAVINGS.measures:
                of_key[name] += sign * row[name]
    for key, differences in left.items():
        if any(differences.values()):
            yield _wrong_sum(SAVINGS, key, differences)


def _wrong_sum(sums: Sums, key: Any, differences: Mapping[str, int]) -> Violation:
    where = ", ".join(
        f"{name} {value}" for name, value in zip(sums.keys, key, strict=True) if value not in ("", 0)
    )
    by = ", ".join(f"{name} by {-micros}" for name, micros in differences.items() if micros)
    return Violation(
        "sums", f"{sums.kept.name} of {where}", f"is not what its entries add up to; it is off in {by}"
    )


def _guards(connection: Connection) -> Iterator[Violation]:
    """What refuses changes, and keeps the sums, is still in place as it was made."""
    guards = sqlite_guards if connection.dialect.name == "sqlite" else postgres_guards
    wanted, present = guards(connection)
    for name, words in wanted.items():
        if name not in present:
            yield Violation(
                "trigger", f"trigger {name}", "is missing: the database no longer refuses changes"
            )
        elif present[name] != words:
            yield Violation(
                "trigger", f"trigger {name}", "is another one than was made: the database may accept changes"
            )
