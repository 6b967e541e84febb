"""Sums that are kept while rows are written, so that a report reads thousands of rows instead of millions.

Sums of entries and of drafts are each said once, as a view of *facts*: one row an entry, with what it is added up by
and what it adds. Triggers keep a table of sums for each view: what a changed row says before the change is taken off,
what it says after it is added. Sums of memos are kept by the program, since what they say is inside JSON. The report of
one run groups the facts themselves, and ``ledger verify`` holds all sums against them.

Beside it: rows that SQLite's INSERT OR REPLACE would put in the place of others without asking a trigger.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CELL = ("period", "campaign_id", "channel", "segment", "language", "tone", "provider", "model")
RANGES = tuple(f"saved_{what}_{end}" for what in ("seconds", "micros") for end in ("low", "expected", "high"))
TOKENS = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens")


class Sums(NamedTuple):
    """A table of sums: what it is added up by, and what is added up."""

    table: str
    facts: str
    keys: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def grown(self) -> str:
        """What an insertion does where there is a row of these keys."""
        grown = ", ".join(f"{name} = {self.table}.{name} + excluded.{name}" for name in self.measures)
        return f"ON CONFLICT ({', '.join(self.keys)}) DO UPDATE SET {grown}"

    def put(self, sign: str, where: str) -> str:
        """The statement that adds (``+``) or takes off (``-``) some facts."""
        columns, keys = ", ".join((*self.keys, *self.measures)), ", ".join(self.keys)
        chosen = ", ".join((keys, *(f"{sign}SUM({name})" for name in self.measures)))
        return (
            f"INSERT INTO {self.table} ({columns}) SELECT {chosen} FROM {self.facts} WHERE {where}"  # noqa: S608
            f" GROUP BY {keys} {self.grown}"
        )


ENTRIES = Sums(
    "entry_sums", "entry_facts", (*CELL, "purpose", "kind", "currency", "allocation"),
    ("entries", "calls", "unknown", "nameless", "repeated", "overrun", "late", *TOKENS, "latency_ms", "cost_micros",
     *RANGES),
)  # fmt: skip
DRAFTS = Sums(
    "draft_sums",
    "draft_facts",
    (*CELL, "currency", "reason", "accepted"),
    ("drafts", "cost_micros", "pieces"),
)
SAVINGS = Sums(
    "saving_sums", "",
    ("period", "campaign_id", "currency", "hourly_rate", "agency_price", "review_seconds", "days_to_market", "since"),
    ("pieces", "work_seconds", "measured_pieces", "measured_seconds", "reinvestments", "reinvested_seconds"),
)  # fmt: skip
NAMED_BELOW = ", ".join(f"COALESCE(e.{name}, '') AS {name}" for name in CELL[2:])  # below the campaign
NAMED = f"COALESCE(e.campaign_id, '') AS campaign_id, {NAMED_BELOW}"
ADDED = ", ".join(
    f"COALESCE(e.{name}, 0) AS {name}" for name in (*TOKENS, "latency_ms", "cost_micros", *RANGES)
)

ENTRY_FACTS = f"""
CREATE VIEW entry_facts AS
SELECT e.seq, e.run_id, e.period, {NAMED}, e.purpose, e.kind, COALESCE(e.currency, '') AS currency,
       CASE WHEN e.spec_key IS NOT NULL THEN 'pieces' WHEN e.campaign_id IS NOT NULL THEN 'shared by a campaign'
            ELSE 'unallocated' END AS allocation,
       1 AS entries,
       CASE WHEN e.kind = 'call' AND e.purpose <> 'adjustment' THEN 1 ELSE 0 END AS calls,
       CASE WHEN e.kind = 'call' AND e.cost_micros IS NULL
             AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = e.id) THEN 1 ELSE 0 END AS unknown,
       CASE WHEN e.kind = 'call' AND e.purpose <> 'adjustment' AND e.response_id IS NULL
            THEN 1 ELSE 0 END AS nameless,
       CASE WHEN e.note LIKE '%the provider gave this response id before%' THEN 1 ELSE 0 END AS repeated,
       CASE WHEN e.note LIKE '%cost more than was set aside for it%' THEN 1 ELSE 0 END AS overrun,
       CASE WHEN e.period <> SUBSTR(e.occurred_at, 1, 7) THEN 1 ELSE 0 END AS late,
       {ADDED}
FROM ledger_entries e
"""  # noqa: S608  # made of constants

BECAME_IT = """p.status = 'accepted' AND p.attempts = e.attempt
            AND COALESCE(e.outcome, o.outcome, '') <> 'reconciled'"""

DRAFT_FACTS = f"""
CREATE VIEW draft_facts AS
SELECT e.seq, e.run_id, e.spec_key, e.edition, e.attempt, e.period, e.campaign_id, {NAMED_BELOW},
       COALESCE(e.currency, '') AS currency,
       CASE WHEN {BECAME_IT} THEN '' WHEN COALESCE(e.outcome, o.outcome) = 'reconciled' THEN 'answer lost'
            ELSE COALESCE(a.refused_for, '') END AS reason,
       CASE WHEN {BECAME_IT} THEN 1 ELSE 0 END AS accepted,
       CASE WHEN e.kind = 'call' THEN 1 ELSE 0 END AS drafts,
       COALESCE(e.cost_micros, 0) AS cost_micros,
       CASE WHEN {BECAME_IT} AND e.kind = 'call' THEN 1 ELSE 0 END AS pieces
FROM ledger_entries e
JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
LEFT JOIN attempts a ON a.campaign_id = e.campaign_id AND a.spec_key = e.spec_key AND a.edition = e.edition
                    AND a.attempt = e.attempt
LEFT JOIN ledger_entries o ON o.id = e.corrects
WHERE e.kind <> 'memo' AND e.purpose = 'draft'
"""  # noqa: S608  # made of constants


REFUSALS = """
CREATE VIEW finance_refusals AS
SELECT period AS month, campaign_id, channel, segment, language, tone, model, reason, NULLIF(currency, '') AS currency,
       CAST(SUM(drafts) AS BIGINT) AS drafts, CAST(SUM(cost_micros) AS BIGINT) AS cost_micros
FROM draft_facts WHERE accepted = 0
GROUP BY period, campaign_id, channel, segment, language, tone, model, reason, NULLIF(currency, '')
"""

NOTABLE = "(note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL))"
"""Every entry that is an exception is one of these; an index has them alone."""

EXCEPTIONS = (
    ("unknown_price", """kind = 'call' AND cost_micros IS NULL
       AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = ledger_entries.id)"""),
    ("no_request_id", "kind = 'call' AND purpose <> 'adjustment' AND response_id IS NULL"),
    ("repeated_request_id", "note LIKE '%the provider gave this response id before%'"),
    ("over_estimate", "note LIKE '%cost more than was set aside for it%'"),
    ("adjustment", "purpose = 'adjustment'"),
    ("correction", "kind = 'correction'"),
    ("late", "period <> SUBSTR(occurred_at, 1, 7)"),
)  # fmt: skip

EXCEPTIONS_VIEW = "CREATE VIEW finance_exceptions AS " + " UNION ALL ".join(
    (
        """SELECT 'possibly_billed' AS exception, NULL AS entry_number, NULL AS entry_id, id AS reservation_id,
       reserved_at AS occurred_at, period AS month, run_id, campaign_id, NULL AS spec_key, NULL AS edition,
       NULL AS provider, NULL AS model, estimate_micros AS amount_micros, currency, COALESCE(reason, state) AS note
FROM reservations WHERE state IN ('open', 'possibly_billed')""",
        *(
            f"""SELECT '{code}', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE {NOTABLE} AND {condition}"""  # noqa: S608  # made of constants
            for code, condition in EXCEPTIONS
        ),
    )
)

MEMOS = """
SELECT e.seq, e.period, COALESCE(e.campaign_id, '') AS campaign_id, COALESCE(e.currency, '') AS currency, e.purpose,
       e.details, s.details AS basis, COALESCE(SUBSTR(s.occurred_at, 1, 10), '') AS since,
       CASE WHEN EXISTS (
         SELECT 1 FROM ledger_entries b
         WHERE b.campaign_id = e.campaign_id AND b.spec_key = e.spec_key AND b.edition = e.edition
           AND b.kind = 'memo' AND b.purpose = 'review' AND b.seq < e.seq) THEN 0 ELSE 1 END AS is_first
FROM ledger_entries e
LEFT JOIN ledger_entries s ON s.campaign_id = e.campaign_id AND s.spec_key = e.spec_key AND s.edition = e.edition
                          AND s.kind = 'memo' AND s.purpose = 'saving'
WHERE e.kind = 'memo' AND e.seq > :last ORDER BY e.seq LIMIT :n
"""
BLOCK = 1000


def saving_facts(row: Any) -> dict[str, Any]:
    """What a memo says; its values are inside JSON, which no trigger of SQLite may read."""
    told = json.loads(row.details or "{}")
    saving, review, back = (row.purpose == purpose for purpose in ("saving", "review", "reinvested"))
    basis = told if saving else json.loads(row.basis or "{}") if "saving" in told else {}
    baseline, assumed = basis.get("baseline", {}), not basis.get("spent_is_measured")
    return {
        "period": row.period, "campaign_id": row.campaign_id, "currency": row.currency,
        "hourly_rate": str(baseline.get("hourly_rate") or told.get("hourly_rate", "")),
        "agency_price": str(baseline.get("agency_price") or ""),
        "review_seconds": round(Decimal(baseline["review_minutes"]["expected"]) * 60) if baseline else 0,
        "days_to_market": str(baseline.get("days_to_market") or ""),
        "since": row.since if basis else "",
        "pieces": int(saving), "work_seconds": told["work_seconds"][1] if saving else 0,
        "measured_pieces": int(row.is_first and "saving" in told and assumed if review else saving and not assumed),
        "measured_seconds": told["measured_seconds"] if review else 0,
        "reinvestments": int(back), "reinvested_seconds": told["reinvested_seconds"] if back else 0,
    }  # fmt: skip


class Kept(NamedTuple):
    """A trigger that keeps sums: when it runs, under which condition, and what it adds or takes off."""

    name: str
    event: str
    statement: str
    condition: str = ""


def _piece(row: str) -> str:
    return f"campaign_id = {row}.campaign_id AND spec_key = {row}.spec_key AND edition = {row}.edition"


def _draft(row: str) -> str:
    return f"{_piece(row)} AND attempt = {row}.attempt"


CORRECTED = "seq = (SELECT seq FROM ledger_entries WHERE id = NEW.corrects)"
A_CORRECTION = "NEW.kind = 'correction'"
OF_A_DRAFT = "NEW.purpose = 'draft' AND NEW.kind <> 'memo'"
JUDGED = "OLD.refused_for IS DISTINCT FROM NEW.refused_for"
TRIGGERS = (
    Kept("entry_sums_added", "AFTER INSERT ON ledger_entries", ENTRIES.put("+", "seq = NEW.seq")),
    Kept("entry_sums_before", "BEFORE INSERT ON ledger_entries", ENTRIES.put("-", CORRECTED), A_CORRECTION),
    Kept("entry_sums_after", "AFTER INSERT ON ledger_entries", ENTRIES.put("+", CORRECTED), A_CORRECTION),
    Kept("draft_sums_added", "AFTER INSERT ON ledger_entries", DRAFTS.put("+", "seq = NEW.seq"), OF_A_DRAFT),
    Kept("draft_sums_rested", "AFTER INSERT ON pieces", DRAFTS.put("+", _piece("NEW"))),
    Kept("draft_sums_leaving", "BEFORE DELETE ON pieces", DRAFTS.put("-", _piece("OLD"))),
    Kept("draft_sums_before", "BEFORE UPDATE OF status, attempts ON pieces", DRAFTS.put("-", _piece("OLD"))),
    Kept("draft_sums_after", "AFTER UPDATE OF status, attempts ON pieces", DRAFTS.put("+", _piece("NEW"))),
    Kept("draft_sums_answering", "BEFORE INSERT ON attempts", DRAFTS.put("-", _draft("NEW"))),
    Kept("draft_sums_answered", "AFTER INSERT ON attempts", DRAFTS.put("+", _draft("NEW"))),
    Kept("draft_sums_judging", "BEFORE UPDATE OF refused_for ON attempts", DRAFTS.put("-", _draft("OLD")), JUDGED),
    Kept("draft_sums_judged", "AFTER UPDATE OF refused_for ON attempts", DRAFTS.put("+", _draft("NEW")), JUDGED),
    Kept("draft_sums_forgetting", "BEFORE DELETE ON attempts", DRAFTS.put("-", _draft("OLD"))),
    Kept("draft_sums_forgotten", "AFTER DELETE ON attempts", DRAFTS.put("+", _draft("OLD"))),
)  # fmt: skip

SQLITE_TRIGGERS = (
    *(
        f"CREATE TRIGGER {kept.name} {kept.event}"
        + (f" WHEN {kept.condition.replace('IS DISTINCT FROM', 'IS NOT')}" if kept.condition else "")
        + f" BEGIN {kept.statement}; END"
        for kept in TRIGGERS
    ),
    """CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries
       WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.id)
         OR EXISTS (SELECT 1 FROM ledger_entries WHERE hash = NEW.hash)
         OR EXISTS (SELECT 1 FROM ledger_entries WHERE reservation_id = NEW.reservation_id)
         OR EXISTS (SELECT 1 FROM ledger_entries WHERE provider = NEW.provider AND response_id = NEW.response_id)
       BEGIN SELECT RAISE(ABORT, 'an entry with this id, hash, reservation_id or response_id is there'); END""",
    """CREATE TRIGGER closings_no_replace BEFORE INSERT ON closings
       WHEN EXISTS (SELECT 1 FROM closings WHERE period = NEW.period)
       BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END""",
    """CREATE TRIGGER reservations_no_replace BEFORE INSERT ON reservations
       WHEN EXISTS (SELECT 1 FROM reservations WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'a reservation is closed once and otherwise never changes'); END""",
)

LEDGER_LOCK = -138484540444757245
"""The lock under which the ledger is written: sums are read and written by one transaction at a time."""


def on_postgres(kept: Kept) -> tuple[str, str]:
    """The function and the trigger that do the same on Postgres."""
    returned = "OLD" if "DELETE" in kept.event else "NEW"
    function = (
        f"CREATE FUNCTION inedit_{kept.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" PERFORM pg_advisory_xact_lock({LEDGER_LOCK}); {kept.statement}; RETURN {returned}; END $$"
    )
    condition = f" WHEN ({kept.condition})" if kept.condition else ""
    trigger = f"CREATE TRIGGER {kept.name} {kept.event} FOR EACH ROW{condition} EXECUTE FUNCTION inedit_{kept.name}()"
    return function, trigger


def upgrade() -> None:
    """Make the facts and the sums of what is there, then keep them."""
    sqlite = op.get_context().dialect.name == "sqlite"
    for sums, view in ((ENTRIES, ENTRY_FACTS), (DRAFTS, DRAFT_FACTS)):
        op.execute(view)
        _create(sums)
        op.execute(sums.put("+", "true"))
    op.execute("DROP VIEW finance_refusals")
    op.execute(REFUSALS)
    op.execute(EXCEPTIONS_VIEW)
    _create(SAVINGS)
    _add_savings()
    op.create_index(
        "ix_pieces_campaign_id_created_at_run_id_status",
        "pieces",
        ["campaign_id", "created_at", "run_id", "status"],
    )
    op.create_index(
        "ix_ledger_entries_notable", "ledger_entries", ["seq"],
        sqlite_where=sa.text(NOTABLE), postgresql_where=sa.text(NOTABLE),
    )  # fmt: skip
    for statement in SQLITE_TRIGGERS if sqlite else (s for kept in TRIGGERS for s in on_postgres(kept)):
        op.execute(statement)


def _add_savings() -> None:
    """Add up the memos that are there, a block at a time."""
    connection, last = op.get_bind(), 0
    columns = ", ".join((*SAVINGS.keys, *SAVINGS.measures))
    values = ", ".join(f":{name}" for name in (*SAVINGS.keys, *SAVINGS.measures))
    add = sa.text(f"INSERT INTO saving_sums ({columns}) VALUES ({values}) {SAVINGS.grown}")  # noqa: S608
    while rows := connection.execute(sa.text(MEMOS), {"last": last, "n": BLOCK}).all():
        last = rows[-1].seq
        connection.execute(add, [saving_facts(row) for row in rows])


def _create(sums: Sums) -> None:
    whole = ("review_seconds", "accepted")
    op.create_table(
        sums.table,
        *(sa.Column(name, BIG if name in whole else sa.Text(), nullable=False) for name in sums.keys),
        *(sa.Column(name, BIG, nullable=False) for name in sums.measures),
        sa.PrimaryKeyConstraint(*sums.keys, name=f"pk_{sums.table}"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
