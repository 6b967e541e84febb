"""What tests of the ledger share: a clock to turn, calls to pay, a baseline, a database to tamper with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

from inedit.archive.rows import dump, spec_json, verdict_json
from inedit.brand.schema import Baseline
from inedit.ledger import Call, Ledger
from inedit.model import LedgerEntry, Usage, VariantSpec, Verdict
from inedit.store import Store
from inedit.store.seals import seal_piece
from inedit.store.tables import pieces

MODEL = "gpt-5-mini"
_numbers = itertools.count(1)


@dataclass
class Clock:
    """A clock that goes one second further each time somebody looks at it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def turn_to(self, year: int, month: int, day: int) -> None:
        """Set the clock."""
        self.now = datetime(year, month, day, 9, 0, tzinfo=UTC)


def a_spec(index: int = 0, language: str = "fr", channel: str = "email") -> VariantSpec:
    """A variant of one campaign."""
    return VariantSpec("spring", channel, "parents", language, "warm", index)


def a_call(spec: VariantSpec | None = None, attempt: int = 1, **changes: object) -> Call:
    """A draft of a variant by a model with a list price."""
    arguments: dict[str, object] = {
        "purpose": "draft", "provider": "openai", "model": MODEL, "run_id": "run-1", "attempt": attempt,
    }  # fmt: skip
    return Call.for_variant(spec or a_spec(), **{**arguments, **changes})  # type: ignore[arg-type]


def a_usage(model: str = MODEL, tokens_in: int = 900, cached: int = 100, out: int = 200) -> Usage:
    """What one draft uses: at the list prices of November 2026 it costs 602.5 millionths of a dollar."""
    return Usage(model, tokens_in, cached, out, out // 4, 1.25)


def pay(
    ledger: Ledger, call: Call | None = None, usage: Usage | None = None, response: str = ""
) -> LedgerEntry:
    """One call from reservation to entry."""
    call = call or a_call()
    used = usage or a_usage(call.model)
    reservation = ledger.reserve(call, used.input_tokens, used.output_tokens)
    return ledger.settle(reservation, used, response or f"response-{next(_numbers)}")


def rest(
    store: Store,
    spec: VariantSpec | None = None,
    status: str = "accepted",
    tried: int = 1,
    wording: str = "t",
) -> str:
    """A piece comes to rest, and is sealed as the archive does it: its id."""
    spec = spec or a_spec()
    own = f"{spec.key}-1"
    with store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=own, run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, brief_sha="b", scope="s",
                status=status, spec=dump(spec_json(spec)), parts="{}", text=wording,
                verdict=dump(verdict_json(Verdict())), attempts=tried,
                created_at="2026-11-22T09:00:00.000Z",
            )
        )  # fmt: skip
        seal_piece(connection, own)
    return own


def a_baseline(language: str = "fr", channel: str = "email") -> Baseline:
    """An hour to write, twenty minutes to adapt, ten to review; 48 EUR an hour."""
    return Baseline.model_validate(
        {
            "channel": channel,
            "language": language,
            "writing_minutes": {"low": 45, "expected": 60, "high": 90},
            "adaptation_minutes": {"low": 12, "expected": 20, "high": 30},
            "review_minutes": {"low": 5, "expected": 10, "high": 15},
            "hourly_rate": "48",
            "currency": "EUR",
            "source": "time sheets, first half of 2026",
            "dated": "2026-07-01",
            "approved_by": "Chief financial officer",
        }
    )


@contextmanager
def tampering(store: Store) -> Iterator[Connection]:
    """A transaction of somebody who owns the database: triggers are off for it, checks ignored."""
    if not store.is_sqlite:
        with _tampering_on_postgres(store) as connection:
            yield connection
        return
    with store.write() as connection:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = connection.execute(query).all()
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for trigger in triggers:
            connection.execute(text(f"DROP TRIGGER {trigger.name}"))
        yield connection
        for trigger in triggers:
            connection.execute(text(trigger.sql))
        connection.execute(text("PRAGMA ignore_check_constraints = OFF"))


@contextmanager
def _tampering_on_postgres(store: Store) -> Iterator[Connection]:
    """A superuser replays rows as a replica would; check and unique constraints are gone for good."""
    with store.write() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        constraints = text(
            "SELECT conrelid::regclass AS owner, conname FROM pg_constraint"
            " WHERE contype IN ('c', 'u', 'f') AND connamespace = 'public'::regnamespace ORDER BY contype DESC"
        )
        for row in connection.execute(constraints).all():
            connection.execute(
                text(f"ALTER TABLE {row.owner} DROP CONSTRAINT IF EXISTS {row.conname} CASCADE")
            )
        yield connection
