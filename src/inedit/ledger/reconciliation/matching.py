"""The ledger held against a provider's statement: what agrees, what does not, and what the difference is made of.

Where the statement names request ids, calls are matched one by one; where it does not, by day and model. The
difference between the two totals is always explained in full:

    statement - ledger = missing here + possibly billed - missing there + differing + rounding

Nothing is written here; :mod:`inedit.ledger.reconciliation.posting` does that on demand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from inedit.ledger.reconciliation.booked import Booked, booked_calls, pending_calls
from inedit.ledger.reconciliation.by_day import match_days
from inedit.ledger.reconciliation.by_request import match_requests
from inedit.ledger.reconciliation.items import Match, Reconciliation
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.model.errors import WrongInput
from inedit.store.tables import ledger_entries

_e = ledger_entries.c


def reconcile(
    connection: Connection,
    statement: Statement,
    *,
    now: datetime,
    provider: str = "",
    projects: Sequence[str] = (),
) -> Reconciliation:
    """Compare. ``provider`` may be left out when the ledger knows one that bills; ``projects`` are ours; ``now`` tells
    what may still be under way.

    Raises :class:`~.errors.WrongInput` when the provider cannot be told, or a project is not on the statement.
    """
    if statement.counts_only:
        raise WrongInput(
            f"{statement.name} is a report of usage: it has no amounts to hold the costs against."
        )
    provider = provider or only_provider(connection)
    ours = booked_calls(connection, provider, statement)
    distinct = _without_repeated_rows(statement.lines, ours)
    by_project: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in distinct:
        by_project[line.project][line.currency] += line.cost_micros
    unknown = [name for name in projects if name not in by_project]
    if unknown:
        known = ", ".join(sorted(filter(None, by_project))) or "none"
        raise WrongInput(f"The statement has no project {', '.join(unknown)}. It has: {known}.")
    lines = [line for line in distinct if not projects or line.project in projects]
    pending = pending_calls(connection, provider, statement, now)
    if statement.has_ids:
        items = tuple(match_requests(statement, lines, ours, pending))
    else:
        items = tuple(match_days(lines, ours, pending))
    left = {item.reservation_id for item in items if item.match is Match.UNDECIDED}
    micros = sum(one.estimate_micros or 0 for one in pending.open if one.id in left)
    billed = {name: dict(sums) for name, sums in sorted(by_project.items())}
    repeated = len(statement.lines) - len(distinct)
    return Reconciliation(provider, statement, items, billed, len(left), micros, repeated)


def _without_repeated_rows(lines: Sequence[StatementLine], ours: Sequence[Booked]) -> list[StatementLine]:
    """Rows that stand in the table twice are counted once, as pages that overlap have them; but as often as the ledger
    itself has calls under that id."""
    left = Counter(call.request_id for call in ours)
    kept = []
    for line in lines:
        if not line.repeats or left[line.request_id] > 0:
            kept.append(line)
            left[line.request_id] -= 1
    return kept


def only_provider(connection: Connection) -> str:
    """The one provider that was paid; :class:`~.errors.WrongInput` when there are others, or none."""
    query = select(_e.provider).where(_e.kind == "call", _e.cost_micros != 0).distinct()
    found = sorted(provider for provider in connection.execute(query).scalars() if provider)
    if len(found) != 1:
        named = ", ".join(found) or "none"
        raise WrongInput(f"Whose statement is it? Give --provider; the ledger has paid calls of: {named}.")
    return str(found[0])
