"""What earlier calls and pieces tell: how much a call of a model uses on average, what each piece saved."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from inedit.model import Outcome
from inedit.store import Store
from inedit.store.seals import RECORDS
from inedit.store.tables import ledger_entries

_e = ledger_entries.c


@dataclass(frozen=True, slots=True)
class MeanUsage:
    """Means over ``calls`` charged drafts of one model."""

    calls: int
    input_tokens: float
    cached_tokens: float
    output_tokens: float
    latency_seconds: float


def mean_usage(store: Store, *, provider: str, model: str) -> MeanUsage | None:
    """Mean consumption of the drafts that a model has written so far; None when it has written none."""
    means = (
        func.avg(_e.input_tokens), func.avg(_e.cached_tokens), func.avg(_e.output_tokens),
        func.avg(_e.latency_ms),
    )  # fmt: skip
    query = select(func.count(), *means).where(
        _e.kind == "call", _e.purpose == "draft", _e.provider == provider, _e.model == model
    )
    with store.read() as connection:
        calls, tokens_in, cached, tokens_out, latency_ms = connection.execute(query).one()
    if not calls:
        return None
    return MeanUsage(calls, float(tokens_in), float(cached), float(tokens_out), float(latency_ms or 0) / 1000)


def draft_outcomes(store: Store, campaign_id: str, spec_key: str, edition: int) -> dict[int, Outcome]:
    """How the answers to a piece's attempts ended, by number of the attempt."""
    query = select(_e.attempt, _e.outcome).where(
        _e.campaign_id == campaign_id, _e.spec_key == spec_key, _e.edition == edition,
        _e.kind == "call", _e.purpose == "draft", _e.outcome.in_(list(Outcome)),
    )  # fmt: skip
    with store.read() as connection:
        return {attempt: Outcome(outcome) for attempt, outcome in connection.execute(query)}


def minutes_saved(store: Store, campaign_id: str) -> dict[tuple[str, int], float]:
    """Expected minutes saved by each accepted piece of a campaign, by variant key and edition."""
    query = (
        select(_e.spec_key, _e.edition, func.sum(_e.saved_seconds_expected))
        .where(
            _e.kind == "memo",
            _e.campaign_id == campaign_id,
            _e.spec_key.is_not(None),
            _e.purpose.not_in(RECORDS),
        )
        .group_by(_e.spec_key, _e.edition)
    )
    with store.read() as connection:
        return {(key, edition): int(seconds) / 60 for key, edition, seconds in connection.execute(query)}
