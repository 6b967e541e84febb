"""The ledger held against what a provider counted: calls and tokens by day and model. No amounts, so nothing to book.

A difference in tokens says where a difference in money comes from: calls of somebody else under the same key, calls
that were served and whose answer was lost, or a kind of tokens that the ledger counts in another way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select

from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.reconciliation.booked import pending_calls
from inedit.ledger.reconciliation.by_day import naming
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.model.errors import WrongInput
from inedit.store.tables import ledger_entries

_e = ledger_entries.c


@dataclass(frozen=True, slots=True)
class Counts:
    """Calls and tokens. ``requests`` is None where a report does not tell it (Anthropic's)."""

    requests: int | None = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        requests = (
            None if None in (self.requests, other.requests) else (self.requests or 0) + (other.requests or 0)
        )
        tokens = (
            getattr(self, one.name) + getattr(other, one.name)
            for one in fields(Counts)
            if one.name != "requests"
        )
        return Counts(requests, *tokens)

    def agrees(self, other: Counts) -> bool:
        """Whether they are the same, as far as both tell it."""
        both_known = None not in (self.requests, other.requests)
        return asdict(self) | {"requests": 0} == asdict(other) | {"requests": 0} and (
            not both_known or self.requests == other.requests
        )


@dataclass(frozen=True, slots=True)
class UsageRow:
    """A day and model in both books. ``possibly_billed`` calls of ours may be in the provider's figure only."""

    day: date
    model: str
    statement: Counts
    ledger: Counts
    possibly_billed: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the provider counted what the ledger has."""
        return self.statement.agrees(self.ledger)


@dataclass(frozen=True, slots=True)
class UsageComparison:
    """Everything that was compared."""

    provider: str
    statement: Statement
    rows: tuple[UsageRow, ...] = field(default=())

    @property
    def agrees(self) -> bool:
        """Whether all of it agrees."""
        return all(row.agrees for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """The same for scripts."""
        return {
            "kind": "usage", "provider": self.provider, "statement": self.statement.name,
            "sha256": self.statement.sha256, "first": str(self.statement.first), "last": str(self.statement.last),
            "agrees": self.agrees,
            "rows": [{**asdict(row), "day": str(row.day), "agrees": row.agrees} for row in self.rows],
        }  # fmt: skip


def compare_usage(
    connection: Connection,
    statement: Statement,
    *,
    now: datetime,
    provider: str,
    projects: Sequence[str] = (),
) -> UsageComparison:
    """Hold calls and tokens against a report of usage, by day and model (by day where the report names no model).

    Raises :class:`~.errors.WrongInput` for a project that is not in the report.
    """
    there = {line.project for line in statement.lines}
    if unknown := [name for name in projects if name not in there]:
        known = ", ".join(sorted(filter(None, there))) or "none"
        raise WrongInput(f"The report has no project {', '.join(unknown)}. It has: {known}.")
    lines = [line for line in statement.lines if not projects or line.project in projects]
    booked = _booked(connection, statement, provider)
    open_calls = pending_calls(connection, provider, statement, now).open
    name = naming(lines, [*(model for _, model, _ in booked), *(one.call.model for one in open_calls)])
    theirs: dict[tuple[date, str], Counts] = defaultdict(Counts)
    ours: dict[tuple[date, str], Counts] = defaultdict(Counts)
    for line in lines:
        theirs[line.day, name(line.model)] = theirs[line.day, name(line.model)].plus(_counts(line))
    for day, model, counts in booked:
        ours[day, name(model)] = ours[day, name(model)].plus(counts)
    maybe = Counter((one.reserved_at.date(), name(one.call.model)) for one in open_calls)
    rows = (
        UsageRow(*key, theirs.get(key, Counts()), ours.get(key, Counts()), maybe[key])
        for key in sorted(theirs.keys() | ours.keys())
    )
    return UsageComparison(provider, statement, tuple(rows))


def _counts(line: StatementLine) -> Counts:
    return Counts(
        line.requests,
        line.input_tokens or 0,
        line.cached_tokens,
        line.cache_write_tokens,
        line.output_tokens or 0,
    )


def _booked(connection: Connection, statement: Statement, provider: str) -> list[tuple[date, str, Counts]]:
    """Calls and tokens of the ledger in the days of the report. An adjustment is a call where tokens are told."""
    day = func.substr(_e.occurred_at, 1, 10)
    is_call = case((_e.purpose != ADJUSTMENT, 1), (_e.input_tokens > 0, 1), else_=0)
    query = (
        select(
            day.label("day"), _e.model, func.sum(is_call), func.sum(_e.input_tokens), func.sum(_e.cached_tokens),
            func.sum(func.coalesce(_e.cache_write_tokens, 0)), func.sum(_e.output_tokens),
        )
        .where(
            _e.kind == "call", _e.provider == provider, _e.occurred_at >= str(statement.first),
            _e.occurred_at < str(statement.last + timedelta(days=1)),
        )
        .group_by(day, _e.model)
    )  # fmt: skip
    return [
        (date.fromisoformat(row[0]), str(row[1]), Counts(*(int(value) for value in row[2:])))
        for row in connection.execute(query)
    ]
