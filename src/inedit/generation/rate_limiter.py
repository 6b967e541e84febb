"""How many calls and tokens per minute a provider takes from us: one count for all workers, kept in the store.

A call that may be sent is counted in the transaction that reserves its money. The count is kept a second at a time, and
those of the last 61 seconds, the present one included, are added up: they cover every window of 60 seconds that ends
now, so that no such window ever holds more permissions than the limit. There are at most 62 rows a limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from sqlalchemy import Connection, bindparam, delete, select

from inedit.brand.lists import read_list
from inedit.brand.schema import ProjectModel, Text
from inedit.model.errors import Issue, ProjectErrors, WrongInput
from inedit.store import Store, insert_into
from inedit.store.prepared import Prepared
from inedit.store.tables import pace, pauses

FILE = "pace"
WINDOW_SECONDS = 60
LONGEST_PAUSE_SECONDS = 60.0


class PaceLimit(ProjectModel):
    """What a provider takes from this account in a minute: write down what its console says."""

    provider: Text = Field(examples=["openai"])
    model: Text = Field(
        "*", description="Name of the model; * stands for any characters.", examples=["gpt-5*"]
    )
    requests_per_minute: int | None = Field(None, ge=1, description="Calls per minute.")
    tokens_per_minute: int | None = Field(
        None, ge=1, description="Tokens per minute, of prompts and of the longest answers that may come."
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.requests_per_minute is None and self.tokens_per_minute is None:
            raise ValueError("give 'requests_per_minute', 'tokens_per_minute' or both")
        return self

    def applies(self, provider: str, model: str) -> bool:
        """Whether a call counts under this limit."""
        return self.provider == provider and fnmatchcase(model.lower(), self.model.lower())

    @property
    def bucket(self) -> str:
        """What its calls are counted under."""
        return f"{self.provider} {self.model}"


class RateLimited(Exception):
    """The provider's limit, or a pause that it asked for, leaves no room yet: nothing was sent.

    ``seconds`` is how long to wait before asking again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait for {seconds:.1f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class RateLimiter:
    """Grants calls, one count for all processes that share the store."""

    store: Store
    limits: Sequence[PaceLimit] = ()
    window_seconds: int = WINDOW_SECONDS
    _paused: Prepared = field(init=False)

    def __post_init__(self) -> None:
        now = self.store.moment()
        paused = select(pauses.c.until, now).where(
            pauses.c.bucket == bindparam("bucket_"), pauses.c.until > now
        )
        object.__setattr__(self, "_paused", Prepared(paused))

    def take(self, connection: Connection, provider: str, model: str, tokens: int) -> None:
        """Count a call of at most so many tokens, or raise :class:`RateLimited`.

        Raises :class:`~.errors.WrongInput` when no wait could ever make room for it.
        """
        pause_seconds = self._pause_seconds(connection, provider, model)
        if pause_seconds > 0:
            raise RateLimited(pause_seconds)
        limits = [limit for limit in self.limits if limit.applies(provider, model)]
        if not limits:
            return
        now = self.store.epoch_seconds(connection)
        for limit in limits:
            self._look(connection, limit, tokens, now)
        for limit in limits:
            row = insert_into(connection, pace).values(
                bucket=limit.bucket, second=int(now), requests=1, tokens=tokens
            )
            more = {"requests": pace.c.requests + 1, "tokens": pace.c.tokens + tokens}
            connection.execute(row.on_conflict_do_update(index_elements=["bucket", "second"], set_=more))

    def pause(self, provider: str, model: str, seconds: float) -> None:
        """Let nobody call this model for so long: the provider asked for it."""
        if seconds <= 0:
            return
        until = self.store.moment(min(seconds, LONGEST_PAUSE_SECONDS))
        with self.store.write() as connection:
            row = insert_into(connection, pauses).values(bucket=f"{provider} {model}", until=until)
            longer = row.on_conflict_do_update(
                index_elements=["bucket"],
                set_={"until": row.excluded.until},
                where=row.excluded.until > pauses.c.until,
            )
            connection.execute(longer)

    def _pause_seconds(self, connection: Connection, provider: str, model: str) -> float:
        found = self._paused.first(connection, {"bucket_": f"{provider} {model}"})
        if found is None:
            return 0.0
        until, present = map(datetime.fromisoformat, found)
        return (until - present).total_seconds()

    def _look(self, connection: Connection, limit: PaceLimit, tokens: int, now: float) -> None:
        """Raise when the call does not fit; forget what is too old to count."""
        if limit.tokens_per_minute is not None and tokens > limit.tokens_per_minute:
            raise WrongInput(
                f"A call may take up to {tokens} tokens, and brand_data/{FILE}.yaml allows {limit.provider} "
                f"{limit.tokens_per_minute} a minute. Correct 'tokens_per_minute', or use shorter prompts and parts."
            )
        oldest = int(now) - self.window_seconds
        mine = pace.c.bucket == limit.bucket
        query = select(pace.c.second, pace.c.requests, pace.c.tokens).where(mine, pace.c.second >= oldest)
        counted = connection.execute(query.order_by(pace.c.second)).all()
        requests_left = _left(limit.requests_per_minute, [row.requests for row in counted], 1)
        tokens_left = _left(limit.tokens_per_minute, [row.tokens for row in counted], tokens)
        must_pass = max(requests_left, tokens_left)
        if must_pass:
            raise RateLimited(counted[must_pass - 1].second + self.window_seconds + 1 - now)
        connection.execute(delete(pace).where(mine, pace.c.second < oldest))


def _left(limit: int | None, counts: Sequence[int], wanted: int) -> int:
    """How many of the oldest counts must be forgotten before ``wanted`` fits under the limit."""
    if limit is None:
        return 0
    over = sum(counts) + wanted - limit
    passed = 0
    for count in counts:
        if over <= 0:
            break
        over -= count
        passed += 1
    return passed


def load_pace(root: Path) -> tuple[PaceLimit, ...]:
    """The limits of ``brand_data/pace.yaml``; none when there is no such file.

    Raises :class:`~.errors.ProjectErrors` with all faults of the file.
    """
    limits, issues = read_list(root, FILE, PaceLimit)
    if issues:
        raise ProjectErrors(issues)
    return limits


def check_pace(root: Path) -> tuple[Issue, ...]:
    """Every fault that :func:`load_pace` would raise."""
    return read_list(root, FILE, PaceLimit)[1]
