"""What earlier calls and pieces tell: how much a call of a model uses on average, what each piece saved."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from inedit.ledger.journal.means import MeanUsage
from inedit.model import Outcome
from inedit.store import Store
from inedit.store.seals import RECORDS
from inedit.store.tables import ledger_entries

_e = ledger_entries.c


@dataclass(frozen=True, slots=True)
class History:
    """The past of a store's ledger."""

    store: Store

    def mean_usage(self, *, provider: str, model: str, candidates: int = 1) -> MeanUsage | None:
        """Mean consumption of the calls for drafts that a model has answered so far with as many ``candidates``; None
        when there are none."""
        several = func.coalesce(_e.details, "").contains('"candidates":')
        asked = several & _e.details.contains(f'"candidates":{candidates}') if candidates > 1 else ~several
        means = (
            func.avg(_e.input_tokens), func.avg(_e.cached_tokens), func.avg(_e.output_tokens),
            func.avg(func.nullif(_e.latency_ms, 0)),  # nobody knows how long an answer in a batch took
        )  # fmt: skip
        query = select(func.count(), *means).where(
            _e.kind == "call", _e.purpose == "draft", _e.provider == provider, _e.model == model, asked
        )
        with self.store.read() as connection:
            calls, tokens_in, cached, tokens_out, latency_ms = connection.execute(query).one()
        return MeanUsage.of(calls, tokens_in, cached, tokens_out, latency_ms)

    def draft_outcomes(self, campaign_id: str, spec_key: str, revision_number: int) -> dict[int, Outcome]:
        """How the answers to a piece's attempts ended, by number of the attempt."""
        query = select(_e.attempt, _e.outcome).where(
            _e.campaign_id == campaign_id, _e.spec_key == spec_key, _e.edition == revision_number,
            _e.kind == "call", _e.purpose == "draft", _e.outcome.in_(list(Outcome)),
        )  # fmt: skip
        with self.store.read() as connection:
            return {attempt: Outcome(outcome) for attempt, outcome in connection.execute(query)}

    def minutes_saved(self, campaign_id: str) -> dict[tuple[str, int], float]:
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
        with self.store.read() as connection:
            return {
                (key, revision_number): int(seconds) / 60
                for key, revision_number, seconds in connection.execute(query)
            }
