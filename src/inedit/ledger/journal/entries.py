"""What goes into the columns of an entry, and which month it is booked in."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from inedit.ledger.journal.calls import Call
from inedit.ledger.journal.chain import head, with_columns
from inedit.ledger.pricing.months import period_of
from inedit.ledger.pricing.prices import Price
from inedit.model import LedgerEntry, Usage
from inedit.store import canonical_json, utc_text
from inedit.store.prepared import Prepared
from inedit.store.seals import digest_of_answer, open_month
from inedit.store.tables import closings, ledger_entries

_CLOSED = Prepared(select(closings.c.period).where(closings.c.period == bindparam("month")))
_TAKEN = Prepared(
    select(ledger_entries.c.id).where(
        ledger_entries.c.provider == bindparam("by"), ledger_entries.c.response_id == bindparam("id_given")
    )
)

REPEATED = "the provider gave this response id before"
"""Note of a call whose response id another call has as well."""

OVERRUN = "cost more than was set aside for it"
"""Note of a call that its reservation did not cover."""


def blank_entry(kind: str, call: Call, *, recorded: datetime, occurred: datetime, period: str) -> LedgerEntry:
    """An entry that says what the money is for, and no more. Its number and hashes are given on appending."""
    return LedgerEntry(
        seq=0, id=uuid.uuid4().hex, kind=kind, recorded_at=utc_text(recorded), occurred_at=utc_text(occurred),
        period=period, purpose=call.purpose, run_id=call.run_id, campaign_id=call.campaign_id,
        spec_key=call.spec_key, edition=call.edition, channel=call.channel, segment=call.segment,
        language=call.language, tone=call.tone, attempt=call.attempt, provider=call.provider,
        model=call.model,
        details=_details_of(call) if kind == "call" else None,
    )  # fmt: skip


def _details_of(call: Call) -> str | None:
    """Which templates the prompt was made of, and where the answer is kept."""
    facts: dict[str, object] = {
        name: value for name, value in (("prompts", call.prompts), ("place", call.place)) if value
    }
    if call.candidates > 1:
        facts["candidates"] = call.candidates
    return canonical_json(facts) if facts else None


def with_usage(entry: LedgerEntry, usage: Usage) -> LedgerEntry:
    """The entry with what the call consumed, in tokens and milliseconds."""
    return with_columns(
        entry, model=usage.model, input_tokens=usage.input_tokens, cached_tokens=usage.cached_tokens,
        output_tokens=usage.output_tokens, reasoning_tokens=usage.reasoning_tokens,
        latency_ms=round(usage.latency_seconds * 1000), cache_write_tokens=usage.cache_write_tokens or None,
    )  # fmt: skip


def with_price(entry: LedgerEntry, price: Price, cost_micros: int | None) -> LedgerEntry:
    """The entry with its cost, and with the prices it was computed from."""

    def text(value: object) -> str | None:
        return None if value is None else str(value)

    return with_columns(
        entry, cost_micros=cost_micros, currency=price.currency, input_price=text(price.input_price),
        cached_price=text(price.cached_price), output_price=text(price.output_price), price_date=price.date,
        price_tier=price.tier.value, price_source=price.source, price_note=price.note or None,
        cache_write_price=text(price.cache_write_price) if entry.cache_write_tokens else None,
    )  # fmt: skip


def sealed_details(details: str | None, reservation: str | None, answer: str | None = None) -> str | None:
    """The details of a call with the hash of its reservation and, where one came, the digest of its answer."""
    facts: dict[str, object] = json.loads(details) if details else {}
    if reservation is not None:
        facts["reservation"] = reservation
    if answer is not None:
        facts["answer"] = digest_of_answer(answer)
    return canonical_json(facts) if facts else None


def call_of(entry: LedgerEntry) -> Call:
    """What the money of an entry is for."""
    return Call(
        entry.purpose, entry.provider or "", entry.model or "", entry.run_id, entry.campaign_id,
        entry.spec_key, entry.edition, entry.attempt, entry.channel, entry.segment, entry.language,
        entry.tone,
    )  # fmt: skip


def entry_of(connection: Connection, reservation_id: str) -> LedgerEntry:
    """The entry that a settled reservation has become."""
    query = select(ledger_entries).where(ledger_entries.c.reservation_id == reservation_id)
    return LedgerEntry(**connection.execute(query).mappings().one())


def check_tokens(usage: Usage) -> None:
    """Refuse counts that contradict one another. Raises ValueError."""
    parts = (usage.cached_tokens, usage.cache_write_tokens)
    inside = min(parts) >= 0 and sum(parts) <= usage.input_tokens
    if not inside or not 0 <= usage.reasoning_tokens <= usage.output_tokens:
        raise ValueError(
            f"the token counts contradict one another: {usage.cached_tokens} cached and "
            f"{usage.cache_write_tokens} written to the cache of {usage.input_tokens} in, "
            f"{usage.reasoning_tokens} reasoning of {usage.output_tokens} out"
        )


def free_response_id(connection: Connection, provider: str, response_id: str) -> tuple[str | None, str]:
    """The response id to keep, and a note when the provider gave none or gave it before.

    One that came before is followed by the number that its entry will have: ``chatcmpl-1~17``.
    """
    if not response_id:
        return None, "the provider gave no response id"
    if entry_under(connection, provider, response_id) is None:
        return response_id, ""
    return f"{response_id}~{head(connection).seq + 1}", REPEATED


def entry_under(connection: Connection, provider: str, response_id: str) -> str | None:
    """The entry that was charged under a provider's id, if there is one."""
    found = _TAKEN.first(connection, {"by": provider, "id_given": response_id})
    return None if found is None else str(found.id)


def is_closed(connection: Connection, period: str) -> bool:
    """Whether the month is closed."""
    return _CLOSED.first(connection, {"month": period}) is not None


def open_period(connection: Connection, occurred: datetime, now: datetime) -> tuple[str, str]:
    """The month to book in, and a note when it is not the one in which it happened.

    What is late is booked in the present month. Where that is closed, a clock goes wrong: what was paid is booked in
    the first month that is open, so that it always finds a place.
    """
    period = period_of(occurred)
    if not is_closed(connection, period):
        return period, ""
    found, _ = open_month(connection, max(period, period_of(now)))
    return found, f"belongs to {period}, which is closed"


def joined(*notes: str) -> str | None:
    """Several notes as one; None without any."""
    return "; ".join(filter(None, notes)) or None
