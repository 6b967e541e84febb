"""Charges that have no id of the provider, held against lines that have one.

A statement by day settles lost calls by amount; when the provider's list with ids comes later, its lines bill the same
calls. They are compared within a day, model and currency: first one by one by equal amounts, then as sums, so that
nothing is charged a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from inedit.ledger.reconciliation.booked import Booked
from inedit.ledger.reconciliation.items import Item, Match
from inedit.ledger.reconciliation.models import same_model
from inedit.ledger.reconciliation.statement_lines import WINDOW, StatementLine

Lines = Mapping[str, Sequence[StatementLine]]

SUMS_AT_MOST = 10_000
"""How many sums of lines are tried. Of a longer list, its first lines are taken as they fit."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What was compared: ``ids`` are the lines that charges without an id pay for, ``entry_ids`` those charges."""

    items: list[Item] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    entry_ids: set[str] = field(default_factory=set)


def cover(unknown: Lines, charges: Iterable[Booked]) -> Covered:
    """Which lines of ids that the ledger does not have are paid for by ``charges`` that have no id."""
    covered = Covered()
    by_day: dict[tuple[date, str, str], list[Booked]] = defaultdict(list)
    for charge in charges:
        by_day[charge.day, charge.model, charge.currency].append(charge)
    for day, model, currency in sorted(by_day):
        possible = {
            request_id: lines
            for request_id, lines in unknown.items()
            if request_id not in covered.ids and _may_be_of(lines[0], day, model, currency)
        }
        left = _one_by_one(possible, by_day[day, model, currency], covered)
        _as_sums(possible, left, covered)
    return covered


def _may_be_of(line: StatementLine, day: date, model: str, currency: str) -> bool:
    """Whether a line may bill a call sent on that day: answers end a while later, maybe on the next day."""
    moment = line.moment or datetime.combine(line.day, time())
    days = (line.day, (moment - WINDOW).date())
    return (
        currency == line.currency
        and day in days
        and (not model or same_model(line.model, model) or not line.model)
    )


def _one_by_one(possible: Lines, charges: Sequence[Booked], covered: Covered) -> list[Booked]:
    """Pairs of equal amounts; the charges that are left."""
    left = []
    for charge in charges:
        found = next(
            (
                request_id
                for request_id, lines in possible.items()
                if request_id not in covered.ids and _micros(lines) == charge.micros
            ),
            None,
        )
        if found is None:
            left.append(charge)
            continue
        covered.items.append(
            Item(
                Match.MATCHED, charge.day, charge.model, charge.currency, charge.micros, charge.micros, found,
                charge.entry_id, charge.micros, lines=tuple(possible[found]),
            )
        )  # fmt: skip
        covered.ids.add(found)
        covered.entry_ids.add(charge.entry_id)
    return left


def _as_sums(possible: Lines, charges: Sequence[Booked], covered: Covered) -> None:
    """The lines that fit into what is left, those of the day first, the earlier first; what they pass it by is open.

    Where these fall short and others make up the sum to the millionth, it is those: just after midnight, calls of both
    days have lines.
    """
    paid = sum(charge.micros for charge in charges)
    rest = [request_id for request_id in possible if request_id not in covered.ids]
    if paid <= 0 or not rest:
        return
    first = charges[0]
    rest.sort(key=lambda one: (possible[one][0].day != first.day, str(possible[one][0].moment), one))
    taken, total = [], 0
    for request_id in rest:
        if total + _micros(possible[request_id]) <= paid:
            taken.append(request_id)
            total += _micros(possible[request_id])
    if total < paid and (exact := _making_up(paid, rest, possible)):
        taken, total = exact, paid
    if total < paid:  # one that does not fit is partly paid for
        over = next((one for one in rest if one not in taken and possible[one][0].day == first.day), None)
        if over is not None:
            taken.append(over)
            total += _micros(possible[over])
    if not taken:
        return
    match = Match.DIFFERING if total > paid else Match.MATCHED
    own = min(paid, total)
    lines = tuple(line for request_id in taken for line in possible[request_id])
    covered.items.append(Item(match, first.day, first.model, first.currency, own, total, lines=lines))
    covered.ids.update(taken)
    if total >= paid:
        covered.entry_ids.update(charge.entry_id for charge in charges)


def _making_up(paid: int, rest: Sequence[str], possible: Lines) -> list[str]:
    """The first of these lines whose amounts are exactly ``paid``; none where there are no such lines, or too many."""
    sums = [{0}]  # what the last line can make up, the last two, and so on
    for request_id in reversed(rest):
        more = {known + _micros(possible[request_id]) for known in sums[-1]}
        sums.append(sums[-1] | {known for known in more if known <= paid})
        if len(sums[-1]) > SUMS_AT_MOST:
            break
    taken, left = [], paid
    for at, request_id in enumerate(rest):
        behind = len(rest) - at - 1
        micros = _micros(possible[request_id])
        if left - micros in sums[behind] if behind < len(sums) else micros <= left:
            taken.append(request_id)
            left -= micros
    return [] if left else taken


def _micros(lines: Sequence[StatementLine]) -> int:
    return sum(line.cost_micros for line in lines)
