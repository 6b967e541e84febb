"""Limits on spending: per run, campaign and month, hard or soft, checked as money is set aside.

A balance counts what was charged and what is set aside for calls that have not come back. A call is
admitted to a hard limit only when both and its own estimate fit, so that any number of workers together
cannot pass it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, text

from inedit.ledger.journal.amounts_by_month import amounts
from inedit.ledger.journal.calls import Call
from inedit.ledger.journal.limits import Limit
from inedit.ledger.pricing.contract_prices import Rates, counting_day, needed_rate, rate_on
from inedit.ledger.pricing.money import round_half_even, shown
from inedit.model.errors import BudgetReached, WrongInput
from inedit.store.prepared import Prepared
from inedit.store.tables import balances

if TYPE_CHECKING:
    from inedit.ledger.journal.reading import Scope as ReportScope

FindRate = Callable[[Rates, str, str, date], Decimal | None]
SCOPE_NAMES: dict[str, str] = {"run": "this run", "campaign": "the campaign", "month": "the month"}


class LimitReached(BudgetReached):
    """A hard limit leaves no room for the next call; nothing was sent.

    ``may_fit_later`` is True when only money set aside for calls under way stands in the way.
    """

    def __init__(self, message: str, *, may_fit_later: bool) -> None:
        super().__init__(message)
        self.may_fit_later = may_fit_later


@dataclass(frozen=True, slots=True)
class BudgetState:
    """A limit beside what was charged and what is set aside, in millionths of the limit's currency.

    ``missing_rates`` names the currencies that could not be converted; their amounts are not in the figures. ``rates``
    is what one unit of each of the others was counted as, ``past_rates`` the same by month (``2026-10``) for what was
    charged in months that are over.
    """

    limit: Limit
    scope_id: str
    settled_micros: int
    reserved_micros: int
    missing_rates: tuple[str, ...] = ()
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    past_rates: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    @property
    def left_micros(self) -> int:
        """What may still be set aside; negative when the limit was passed."""
        return self.limit.limit_micros - self.settled_micros - self.reserved_micros

    @property
    def told(self) -> str:
        """The state in one line: what was charged, of how much, what is left or by how much it was passed."""
        currency, limit = self.limit.currency, self.limit
        words = f"{shown(self.settled_micros, currency)} charged of {shown(limit.limit_micros, currency)}"
        if self.reserved_micros:
            words += f", {shown(self.reserved_micros, currency)} set aside"
        left = shown(abs(self.left_micros), currency)
        words += f", {left} left" if self.left_micros >= 0 else f": passed by {left}"
        missing = "".join(f"; {name} without a rate is not in it" for name in self.missing_rates)
        kind = "hard" if limit.hard else "soft"
        return f"{SCOPE_NAMES[limit.scope]} {self.scope_id} ({kind}): {words}{missing}"

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**asdict(self), "left_micros": self.left_micros}


def scopes_of(call: Call, period: str) -> tuple[tuple[str, str], ...]:
    """The scopes that a call's cost counts in, each with its id."""
    named = (("run", call.run_id), ("campaign", call.campaign_id), ("month", period))
    return tuple((scope, scope_id) for scope, scope_id in named if scope_id)


def admit(
    connection: Connection,
    limits: Sequence[Limit],
    rates: Rates,
    *,
    call: Call,
    period: str,
    day: date,
    estimate_micros: int | None,
    currency: str | None,
) -> tuple[str, ...]:
    """Check every limit that the call falls under; the warnings of the soft ones that it may pass.

    Raises :class:`LimitReached` for a hard limit without room, :class:`~.errors.WrongInput` when a hard
    limit cannot be checked: the price is unknown, or a rate between the currencies is missing.
    """
    scopes = dict(scopes_of(call, period))
    warnings = []
    for limit in limits:
        scope_id = scopes.get(limit.scope)
        if scope_id is None or limit.scope_id not in ("", scope_id):
            continue
        if estimate_micros is None or currency is None:
            if limit.hard and not limit.unknown_price_allowed:
                raise WrongInput(_unknown_price(limit, scope_id, call))
            continue
        if estimate_micros == 0:
            continue  # what costs nothing needs no room and no rate
        find_rate: FindRate = needed_rate if limit.hard else rate_on
        rate = find_rate(rates, currency, limit.currency, day)
        if rate is None:
            continue
        estimate = round_half_even(estimate_micros * rate)
        state = state_of(connection, limit, scope_id, rates, day, find_rate)
        if estimate <= state.left_micros:
            continue
        message = _no_room(state, estimate)
        if limit.hard:
            raise LimitReached(message, may_fit_later=estimate <= state.left_micros + state.reserved_micros)
        warnings.append(message)
    return tuple(warnings)


def budget_states(
    connection: Connection, limits: Iterable[Limit], rates: Rates, scope: ReportScope, day: date
) -> tuple[BudgetState, ...]:
    """Each limit that has to do with a scope beside what was charged and set aside."""
    return tuple(
        state_of(connection, limit, scope_id, rates, day)
        for limit in limits
        for scope_id in _limited_by(connection, limit, scope)
    )


def _limited_by(connection: Connection, limit: Limit, scope: ReportScope) -> list[str]:
    """The runs, campaigns or months that a limit is for, in a report on a scope: all that it names, or knows.

    A report on one run says nothing of its campaign's or month's budget, one on a month nothing of the campaigns'.
    """
    asked = {"run": scope.run_id, "campaign": scope.campaign_id, "month": scope.period}
    if any(asked.values()) and not asked[limit.scope]:
        return []
    if limit.scope_id:
        return [limit.scope_id] if asked[limit.scope] in (None, limit.scope_id) else []
    if asked_for := asked[limit.scope]:
        return [asked_for]
    known = select(balances.c.scope_id).where(balances.c.scope == limit.scope).distinct()
    return sorted(connection.execute(known).scalars())


def state_of(
    connection: Connection,
    limit: Limit,
    scope_id: str,
    rates: Rates,
    day: date,
    find_rate: FindRate = rate_on,
) -> BudgetState:
    """How much of a limit is used up on a day.

    What was charged in a month is counted at the rates of :func:`counting_day`.
    """
    this_month = f"{day:%Y-%m}"
    settled = reserved = 0
    missing, used = list[str](), dict[str, Decimal]()
    past = defaultdict[str, dict[str, Decimal]](dict)
    for month, currency, charged, aside in amounts(
        connection, limit.scope, scope_id, limit.currency, this_month
    ):
        rate = find_rate(rates, currency, limit.currency, counting_day(month, day))
        if rate is None:
            missing.append(currency)
            continue
        if month == this_month or limit.scope == "month":
            used[currency] = rate
        else:
            past[month][currency] = rate
        settled += round_half_even(charged * rate)
        reserved += round_half_even(aside * rate)
    return BudgetState(limit, scope_id, settled, reserved, tuple(dict.fromkeys(missing)), used, {**past})


_BOOK = Prepared(
    text(
        "INSERT INTO balances (scope, scope_id, currency, settled_micros, reserved_micros)"
        " VALUES (:scope, :scope_id, :currency, :settled_micros, :reserved_micros)"
        " ON CONFLICT (scope, scope_id, currency) DO UPDATE SET"
        " settled_micros = balances.settled_micros + excluded.settled_micros,"
        " reserved_micros = balances.reserved_micros + excluded.reserved_micros"
    )
)  # SQLite and Postgres agree on these words; SQLAlchemy has one construct for each of them


def book(
    connection: Connection,
    scopes: Iterable[tuple[str, str]],
    currency: str | None,
    *,
    settled_micros: int = 0,
    reserved_micros: int = 0,
) -> None:
    """Add to the balances of these scopes. The caller holds the ledger's lock."""
    if currency is None or (settled_micros == 0 and reserved_micros == 0):
        return
    amounts = {"currency": currency, "settled_micros": settled_micros, "reserved_micros": reserved_micros}
    _BOOK.run(connection, *({"scope": scope, "scope_id": scope_id, **amounts} for scope, scope_id in scopes))


def _no_room(state: BudgetState, estimate_micros: int) -> str:
    limit, currency = state.limit, state.limit.currency
    return (
        f"The next call may cost up to {shown(estimate_micros, currency)}, and {SCOPE_NAMES[limit.scope]} "
        f"({state.scope_id}) may cost {shown(limit.limit_micros, currency)}: "
        f"{shown(state.settled_micros, currency)} was charged and {shown(state.reserved_micros, currency)} "
        f"is set aside for calls under way or possibly billed. {_ADVICE[limit.scope]}"
    )


_ADVICE = {
    "run": "Raise the most that it may cost, or run again later: what exists is kept.",
    "campaign": "Raise the campaign's budget in its brief, or stop here: what exists is kept.",
    "month": "Raise the month's budget, or wait for the next month: what exists is kept.",
}


def _unknown_price(limit: Limit, scope_id: str, call: Call) -> str:
    tier = "" if call.tier == "standard" else f"{call.tier} "
    return (
        f"The {tier}price of '{call.model}' at '{call.provider}' is not known, so the limit of "
        f"{shown(limit.limit_micros, limit.currency)} on {SCOPE_NAMES[limit.scope]} ({scope_id}) "
        "could not be kept. "
        f"Write its {tier}price down in brand_data/prices.yaml. For a server that nobody bills, say why: "
        "INEDIT_FREE_SERVER='our own Ollama'. Or lift the limit."
    )
