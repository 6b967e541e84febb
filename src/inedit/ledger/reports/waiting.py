"""What waits for a person: pieces that are parked, at the minutes that their baselines expect one to spend on each.

They count until somebody has spent them: a review of the piece is booked, a newer revision takes its place, or it is
rejected. Minutes on accepted pieces that nobody has timed are assumed spent already
(:mod:`inedit.ledger.journal.savings`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from inedit.brand.schema import Baseline
from inedit.ledger.journal.memo_facts import REVIEW
from inedit.ledger.journal.reading import Scope
from inedit.ledger.journal.savings import Range, seconds_of, worth
from inedit.model import Status
from inedit.store.piece_facts import piece_facts
from inedit.store.tables import ledger_entries

BaselineOf = Callable[[str, str], Baseline | None]
"""The baseline of a channel and language."""

_p, _e = piece_facts.c, ledger_entries.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """Parked pieces that nobody has spent time on: what they are expected to take, and its worth in millionths.

    ``unvalued`` of them have no baseline: their time is not in the figures.
    """

    pieces: int = 0
    seconds: Range = field(default=Range(0, 0, 0))
    micros: Mapping[str, Range] = field(default_factory=dict)
    unvalued: int = 0

    @property
    def told(self) -> str:
        """The same in words."""
        minutes = " / ".join(
            f"{end / 60:,.0f}" for end in (self.seconds.low, self.seconds.expected, self.seconds.high)
        )
        rest = f"; no baseline for {self.unvalued:,} of them" if self.unvalued else ""
        who, them = ("1 piece waits", "it") if self.pieces == 1 else (f"{self.pieces:,} pieces wait", "them")
        return f"{who} for a person, who is expected to spend {minutes} minutes on {them}{rest}"


NOTHING_WAITS = Waiting()


def no_baseline(_channel: str, _language: str) -> None:
    """Nobody has set down what a piece takes."""


def what_waits(connection: Connection, scope: Scope, baseline_of: BaselineOf) -> Waiting:
    """The parked pieces of a scope, at the expected minutes of the baselines of today."""
    newer = piece_facts.alias("newer")
    same_piece = (
        (_e.campaign_id == _p.campaign_id) & (_e.spec_key == _p.spec_key) & (_e.edition == _p.edition)
    )
    drafts = select(func.min(_e.channel), func.min(_e.language)).where(same_piece, _e.kind == "call")
    channel, language = (
        drafts.with_only_columns(func.min(column)).scalar_subquery() for column in (_e.channel, _e.language)
    )
    reviewed = select(_e.seq).where(same_piece, _e.kind == "memo", _e.purpose == REVIEW).exists()
    followed = (
        select(newer.c.id)
        .where(
            newer.c.campaign_id == _p.campaign_id,
            newer.c.spec_key == _p.spec_key,
            newer.c.edition > _p.edition,
        )
        .exists()
    )
    parked = (
        select(channel.label("channel"), language.label("language"))
        .where(scope.pieces(), _p.status == Status.PARKED.value, ~reviewed, ~followed)
        .subquery()
    )
    query = select(parked.c.channel, parked.c.language, func.count()).group_by(
        parked.c.channel, parked.c.language
    )
    pieces = unvalued = 0
    seconds, micros = Range(0, 0, 0), defaultdict[str, Range](lambda: Range(0, 0, 0))
    for of_channel, of_language, count in connection.execute(query):
        pieces += count
        baseline = baseline_of(of_channel or "", of_language or "")
        if baseline is None:
            unvalued += count
            continue
        each = seconds_of(baseline.review_minutes)
        together = Range(each.low * count, each.expected * count, each.high * count)
        seconds += together
        micros[baseline.currency] += worth(together, baseline.hourly_rate)
    return Waiting(pieces, seconds, dict(micros), unvalued)
