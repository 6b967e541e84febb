"""What a provider says it billed, as lines of one shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

WINDOW = timedelta(minutes=15)
"""How far the time on a statement may be from the time at which a call was reserved: retries, clocks, long answers."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One amount that a provider billed, in millionths of ``currency``. ``location`` says where it stands in the file.

    ``moment`` is None when only the day (UTC) is known; token counts are None when they are not told.
    """

    location: str
    day: date
    cost_micros: int
    currency: str
    model: str = ""
    project: str = ""
    request_id: str = ""
    moment: datetime | None = None
    input_tokens: int | None = None
    cached_tokens: int = 0
    output_tokens: int | None = None
    cache_write_tokens: int = 0
    requests: int | None = None  # how many calls the line counts, where a report of usage tells it
    repeats: bool = (
        False  # an earlier row of the table is the same, word for word, and names the same request
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """A provider's export: its lines, the days that it covers (both included), and what it is.

    ``sha256`` (64 hexadecimal digits) names the very file in whatever is posted because of it. ``made`` is when the
    provider made it, where somebody says so: it knows of nothing later.
    """

    name: str
    sha256: str
    lines: tuple[StatementLine, ...]
    first: date
    last: date
    counts_only: bool = False  # a report of usage: calls and tokens, no amounts
    made: datetime | None = None

    @property
    def has_ids(self) -> bool:
        """Whether every line names the request that it bills."""
        return bool(self.lines) and all(line.request_id for line in self.lines)

    def until(self, now: datetime) -> datetime:
        """The last sending that it must know of: a while before its last line, or the end of the last day that was over
        for a while when it was made. Providers list a call when its answer is done.

        Where nobody says when it was made, it was made in the last day that it bills something in, and at no later
        moment than is sure: that day may have gone on.
        """
        moments = [line.moment for line in self.lines]
        known = [moment for moment in moments if moment is not None]
        made = self.made
        if known and len(known) == len(moments):
            return min(max(known), made or now, now) - WINDOW
        if made is None:
            day = max((line.day for line in self.lines), default=self.first)
            made = max([datetime.combine(day, time(), UTC), *known])
        over = datetime.combine((min(now, made) - WINDOW).date(), time(), UTC)
        return min(over, datetime.combine(self.last + timedelta(days=1), time(), UTC))
