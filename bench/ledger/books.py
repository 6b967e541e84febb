"""Ledgers of any length that look like real ones: pieces with their drafts, refusals, reviews, corrections.

Of ten pieces six take one draft, three take two, one takes three; seven of eight are accepted and save time, a third
of those was reviewed with a watch; a record seals each piece. One call in thirty belongs to the campaign (the mirror's
baselines), one in a hundred was corrected, one in two hundred has no known price. A ledger of any length covers the
same ten months.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, select, text

from inedit.brand.schema import Baseline
from inedit.ledger import Call, Ledger, Price
from inedit.ledger.journal.budgets import book, scopes_of
from inedit.ledger.journal.chain import append_all
from inedit.ledger.journal.entries import blank_entry, period_of, sealed_details, with_price, with_usage
from inedit.ledger.journal.memo_facts import keep_facts
from inedit.ledger.journal.savings import basis_of, savings
from inedit.model import LedgerEntry, Usage, VariantSpec
from inedit.store import Store, canonical_json, utc_text
from inedit.store.seals import (
    DRAFT_COLUMNS,
    PIECE,
    digest_of,
    digest_of_answer,
    digest_of_draft,
    last_link,
    link_of,
)  # fmt: skip
from inedit.store.tables import attempts, pieces, reservations

START = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=300)
ENTRIES_A_PIECE = 3.67
PIECES_A_CAMPAIGN = 9_000
PIECES_A_RUN = 1_000
CHANNELS, SEGMENTS, LANGUAGES, TONES = ("email", "post", "page"), "abcdef", ("fr", "en", "de", "es"), "wxy"
MODELS = ("gpt-5-mini", "gpt-4o-mini")
REASONS = ("figures", "near-duplicate", "echo", "promises", "language", "parts")
WORDS = "L’atelier met l’eau froide d’abord, le sel ensuite. " * 10
VERDICT = json.dumps(
    {"findings": [{"check": "figures", "severity": "note", "message": "x" * 200}], "receipts": []}
)
BASELINE = Baseline.model_validate(
    {
        "channel": "email", "language": "fr", "writing_minutes": {"low": 45, "expected": 60, "high": 90},
        "adaptation_minutes": {"low": 12, "expected": 20, "high": 30},
        "review_minutes": {"low": 5, "expected": 10, "high": 15}, "hourly_rate": "48", "agency_price": "110",
        "currency": "EUR", "days_to_market": "6", "source": "time sheets", "dated": "2026-01-01",
        "approved_by": "Head of finance",
    }
)  # fmt: skip


def a_spec(number: int) -> VariantSpec:
    """The variant of a piece: 216 cells a campaign, filled evenly."""
    return VariantSpec(
        f"campaign-{number // PIECES_A_CAMPAIGN}", CHANNELS[number % 3], SEGMENTS[number // 3 % 6],
        LANGUAGES[number // 18 % 4], TONES[number // 72 % 3], number // 216,
    )  # fmt: skip


def a_call(number: int, attempt: int = 1) -> Call:
    """A draft of a piece."""
    unknown = number % 211 == 0
    return Call.for_variant(
        a_spec(number), purpose="draft", provider="localhost:8000" if unknown else "openai",
        model="own" if unknown else MODELS[number % 2], run_id=f"run-{number // PIECES_A_RUN}", attempt=attempt,
    )  # fmt: skip


def a_usage(number: int, model: str) -> Usage:
    """Tokens that vary from call to call."""
    return Usage(model, 900 + number % 700, number % 800, 150 + number % 300, 0, 1.0)


@dataclass
class Group:
    """Rows of several tables that belong together, in the order in which they are written."""

    entries: list[LedgerEntry] = field(default_factory=list)
    calls: list[tuple[Call, str, int, str | None]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    answered: list[dict[str, Any]] = field(default_factory=list)
    rested: list[dict[str, Any]] = field(default_factory=list)


class Books:
    """Writes a ledger piece by piece. What is measured is :meth:`write`; making the rows is not the ledger's work."""

    def __init__(self, ledger: Ledger, entries: int) -> None:
        self.ledger, self.store = ledger, ledger.store
        self.pieces = round(entries / ENTRIES_A_PIECE)
        self._first: set[tuple[str, str, str]] = set()

    def groups(self, size: int) -> Iterator[Group]:
        """Groups of about ``size`` entries."""
        group = Group()
        for number in range(self.pieces):
            self._piece(number, group)
            if len(group.entries) >= size or number == self.pieces - 1:
                yield group
                group = Group()

    def write(self, group: Group) -> None:
        """One durable transaction: the entries sealed and appended, with all that is kept beside them."""
        with self.store.write() as connection:
            self.store.lock(connection, "ledger")
            number, before = last_link(connection)
            for row in group.held:
                number += 1
                row["number"] = number
                row["hash"] = before = link_of(row, before)
            sealed = {row["id"]: row["hash"] for row in group.held}
            entries = [
                replace(
                    entry,
                    details=sealed_details(
                        entry.details,
                        sealed[entry.reservation_id or ""],
                        WORDS if entry.purpose == "draft" else None,
                    ),
                )
                if entry.kind == "call"
                else entry
                for entry in group.entries
            ]
            written = append_all(connection, entries)
            keep_facts(connection, written[0].seq)
            charged: Counter[tuple[tuple[str, str], str | None]] = Counter()
            for call, period, micros, currency in group.calls:
                for scope in scopes_of(call, period):
                    charged[scope, currency] += micros
            for (scope, currency), micros in charged.items():
                book(connection, [scope], currency, settled_micros=micros)
            connection.execute(insert(reservations), group.held)
            connection.execute(insert(attempts), group.answered)
            connection.execute(insert(pieces), group.rested)
            drafts = _drafts(connection, group.rested)
            append_all(connection, [_recorded(row, drafts[row["spec_key"]]) for row in group.rested])

    def _piece(self, number: int, group: Group) -> None:
        moment = START + SPAN * (number / self.pieces)
        spec, last_digit = a_spec(number), number % 10
        drafts, accepted = 1 + (last_digit >= 6) + (last_digit >= 9), number % 8 != 7
        for attempt in range(1, drafts + 1):
            call = a_call(number, attempt)
            entry = self._charged(call, number, moment, group)
            refused = None if accepted and attempt == drafts else REASONS[(number + attempt) % len(REASONS)]
            group.answered.append(
                {
                    "run_id": call.run_id, "campaign_id": spec.campaign_id, "spec_key": spec.key, "edition": 1,
                    "attempt": attempt, "spec": "{}", "raw": WORDS, "parts": WORDS, "usage": "{}", "verdict": VERDICT,
                    "created_at": utc_text(moment), "refused_for": refused,
                }
            )  # fmt: skip
            if number % 97 == 0 and attempt == 1 and entry.cost_micros is not None:
                correction = blank_entry(
                    "correction", call, recorded=moment, occurred=moment, period=entry.period
                )
                self._add(group, correction, call, 17, "USD", corrects=entry.id, note="invoice")
        if number % 30 == 0:
            shared = Call(
                "baseline", "openai", MODELS[0], run_id=f"run-{number // PIECES_A_RUN}", campaign_id=spec.campaign_id
            )  # fmt: skip
            self._charged(shared, number, moment, group)
        group.rested.append(_rested(spec, number, moment, "accepted" if accepted else "parked", drafts))
        if accepted:
            self._saved(spec, number, moment, group)

    def _charged(self, call: Call, number: int, moment: datetime, group: Group) -> LedgerEntry:
        usage, period, own = a_usage(number, call.model), period_of(moment), uuid.uuid4().hex
        price = _price(self.ledger, call.provider, call.model, moment.month)
        group.held.append(
            {
                "id": own, "reserved_at": utc_text(moment), "closed_at": utc_text(moment), "state": "settled",
                "run_id": call.run_id, "campaign_id": call.campaign_id, "period": period, "call": call.as_text(),
                "estimate_micros": 2000, "currency": "USD",
            }
        )  # fmt: skip
        blank = blank_entry("call", call, recorded=moment, occurred=moment, period=period)
        entry = with_price(with_usage(blank, usage), price, price.cost_micros(usage))
        return self._add(
            group,
            entry,
            call,
            entry.cost_micros,
            entry.currency,
            reservation_id=own,
            response_id=uuid.uuid4().hex,
        )

    def _saved(self, spec: VariantSpec, number: int, moment: datetime, group: Group) -> None:
        cell = (spec.campaign_id, spec.channel, spec.language)
        saving = savings(BASELINE, first=cell not in self._first)
        self._first.add(cell)
        call = Call.for_variant(
            spec, purpose="saving", provider="", model="", run_id=f"run-{number // PIECES_A_RUN}"
        )
        values: dict[str, Any] = {"provider": None, "model": None}
        for what, span in (("seconds", saving.seconds), ("micros", saving.micros)):
            values |= {f"saved_{what}_{end}": getattr(span, end) for end in ("low", "expected", "high")}
        blank = blank_entry("memo", call, recorded=moment, occurred=moment, period=period_of(moment))
        details = canonical_json(basis_of(BASELINE, saving))
        memo = self._add(group, blank, call, None, "EUR", **values, details=details)
        if number % 3 == 0:
            values |= {
                name: 60 if "seconds" in name else 800_000 for name in values if name.startswith("saved")
            }
            told = canonical_json({"measured_seconds": 540, "by": "Ana", "saving": memo.id})
            review = blank_entry("memo", call, recorded=moment, occurred=moment, period=period_of(moment))
            self._add(group, review, call, None, "EUR", **values, purpose="review", details=told)

    def _add(
        self,
        group: Group,
        entry: LedgerEntry,
        call: Call,
        micros: int | None,
        currency: str | None,
        **values: Any,
    ) -> LedgerEntry:
        known = {name: getattr(entry, name) for name in entry.__slots__}
        made = LedgerEntry(**{**known, "currency": currency, "cost_micros": micros, **values})
        group.entries.append(made)
        if micros is not None:
            group.calls.append((call, entry.period, micros, currency))
        return made


@cache
def _price(ledger: Ledger, provider: str, model: str, month: int) -> Price:
    """One look-up a model and month: pricing is not what is measured here."""
    return ledger.prices.price(provider, a_usage(0, model), at=START.replace(month=month))


def _rested(spec: VariantSpec, number: int, moment: datetime, status: str, drafts: int) -> dict[str, Any]:
    return {
        "id": f"{spec.key}-1", "run_id": f"run-{number // PIECES_A_RUN}", "campaign_id": spec.campaign_id,
        "spec_key": spec.key, "brief_sha": "b", "scope": "s", "spec": WORDS, "parts": WORDS, "text": WORDS,
        "status": status, "verdict": VERDICT, "attempts": drafts, "created_at": utc_text(moment),
    }  # fmt: skip


def _drafts(connection: Connection, rested: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The digests of the drafts of pieces, by variant and attempt; a variant belongs to one campaign."""
    found: dict[str, dict[str, str]] = {row["spec_key"]: {} for row in rested}
    query = (
        select(attempts.c.spec_key, attempts.c.attempt, *(attempts.c[name] for name in DRAFT_COLUMNS))
        .where(attempts.c.spec_key.in_(found))
        .order_by(attempts.c.attempt)
    )
    for key, attempt, *values in connection.execute(query):
        found[key][str(attempt)] = digest_of_draft(tuple(values))
    return found


def _recorded(row: dict[str, Any], drafts: dict[str, str]) -> LedgerEntry:
    """The memo that seals a piece with its drafts, as :func:`inedit.store.seals.seal_piece` writes it."""
    digest = digest_of({"reason": "", "edition": 1, **row})
    told = {
        "status": row["status"],
        "text": digest_of_answer(row["text"]),
        "digest": digest,
        "drafts": drafts,
    }
    nothing: dict[str, Any] = {
        f"saved_{what}_{end}": 0 for what in ("seconds", "micros") for end in ("low", "expected", "high")
    }
    return LedgerEntry(
        seq=0, id=uuid.uuid4().hex, kind="memo", recorded_at=row["created_at"], occurred_at=row["created_at"],
        period=row["created_at"][:7], purpose=PIECE, run_id=row["run_id"], campaign_id=row["campaign_id"],
        spec_key=row["spec_key"], details=canonical_json(told), **nothing,
    )  # fmt: skip


def entries_of(store: Store) -> int:
    """How many entries there are."""
    with store.read() as connection:
        return int(connection.execute(text("SELECT COUNT(*) FROM ledger_entries")).scalar_one())
