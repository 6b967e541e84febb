"""What waits for a person, who reviewed what, and which share of the variants an agency would have been ordered.

``saving_sums`` is made anew with the share among its keys; the view ``finance_outcomes`` gets it as its last column.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from inedit.store.migrations.versions.r0007_sums import BIG, BLOCK, MEMOS, Sums, saving_facts
from inedit.store.migrations.versions.r0012_seals import NO_RECORDS

revision = "0020"
down_revision = "0012"

DEFAULT_SHARE = "0.25"
"""Share that memos are taken to mean whose baseline names none."""

SAVINGS = Sums(
    "saving_sums", "",
    ("period", "campaign_id", "currency", "hourly_rate", "agency_price", "agency_share", "review_seconds",
     "days_to_market", "since"),
    ("pieces", "work_seconds", "measured_pieces", "measured_seconds", "reinvestments", "reinvested_seconds"),
)  # fmt: skip

OUTCOMES = """
CREATE VIEW finance_outcomes AS
SELECT period AS month, NULLIF(campaign_id, '') AS campaign_id, NULLIF(currency, '') AS currency,
       NULLIF(hourly_rate, '') AS hourly_rate, NULLIF(agency_price, '') AS agency_price,
       NULLIF(days_to_market, '') AS baseline_days_to_market, NULLIF(since, '') AS accepted_on,
       pieces AS accepted_pieces, work_seconds AS baseline_work_seconds,
       pieces * review_seconds AS baseline_review_seconds,
       measured_seconds + (pieces - measured_pieces) * review_seconds AS spent_seconds,
       measured_pieces, reinvestments, reinvested_seconds, NULLIF(agency_share, '') AS agency_share
FROM saving_sums
"""

SAVED = f"""
CREATE VIEW finance_savings AS
SELECT e.campaign_id, e.spec_key, e.edition, MIN(e.period) AS month, MIN(e.channel) AS channel,
       MIN(e.segment) AS segment, MIN(e.language) AS language, MIN(e.tone) AS tone, e.currency,
       CAST(SUM(e.saved_seconds_low) AS BIGINT) AS saved_seconds_low,
       CAST(SUM(e.saved_seconds_expected) AS BIGINT) AS saved_seconds_expected,
       CAST(SUM(e.saved_seconds_high) AS BIGINT) AS saved_seconds_high,
       CAST(SUM(e.saved_micros_low) AS BIGINT) AS saved_micros_low,
       CAST(SUM(e.saved_micros_expected) AS BIGINT) AS saved_micros_expected,
       CAST(SUM(e.saved_micros_high) AS BIGINT) AS saved_micros_high,
       CAST(SUM(CASE WHEN e.purpose = 'review' THEN 1 ELSE 0 END) AS BIGINT) AS measurements
FROM ledger_entries e
WHERE e.kind = 'memo' AND e.purpose NOT IN ('human review', {NO_RECORDS})
GROUP BY e.campaign_id, e.spec_key, e.edition, e.currency
"""  # noqa: S608  # made of constants

SAVING_MEMOS = MEMOS.replace("e.kind = 'memo'", f"e.kind = 'memo' AND e.purpose NOT IN ({NO_RECORDS})", 1)

OF_DRAFTS = """SELECT MIN(e.{0}) FROM ledger_entries e WHERE e.campaign_id = p.campaign_id
          AND e.spec_key = p.spec_key AND e.edition = p.edition AND e.kind = 'call'"""
WAITING = f"""
CREATE VIEW finance_waiting AS
SELECT SUBSTR(p.created_at, 1, 7) AS month, p.campaign_id, p.id AS piece_id, p.created_at AS parked_at,
       ({OF_DRAFTS.format("channel")}) AS channel, ({OF_DRAFTS.format("language")}) AS language
FROM pieces p
WHERE p.status = 'parked'
  AND NOT EXISTS (SELECT 1 FROM pieces n WHERE n.campaign_id = p.campaign_id AND n.spec_key = p.spec_key
                  AND n.edition > p.edition)
  AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.campaign_id = p.campaign_id AND e.spec_key = p.spec_key
                  AND e.edition = p.edition AND e.kind = 'memo' AND e.purpose = 'review')
"""  # noqa: S608  # made of constants

HUMAN_REVIEWS = """
CREATE VIEW finance_human_reviews AS
SELECT h.piece_id, p.campaign_id, p.status, h.reviewed_at, h.reviewed_by, h.decision, h.accuracy, h.plausibility,
       h.sources, h.seconds, h.ai_share, h.text_sha256, h.entry_id
FROM human_reviews h LEFT JOIN pieces p ON p.id = h.piece_id
"""


def upgrade() -> None:
    """Make the sums anew; add the table and the views."""
    op.execute("DROP VIEW finance_outcomes")
    op.drop_table("saving_sums")
    op.create_table(
        "saving_sums",
        *(sa.Column(name, BIG if name == "review_seconds" else sa.Text(), nullable=False) for name in SAVINGS.keys),
        *(sa.Column(name, BIG, nullable=False) for name in SAVINGS.measures),
        sa.PrimaryKeyConstraint(*SAVINGS.keys, name="pk_saving_sums"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    _add_savings()
    op.execute(OUTCOMES)
    op.execute("DROP VIEW finance_savings")
    op.execute(SAVED)
    op.execute(WAITING)
    op.create_table(
        "human_reviews",
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("piece_id", sa.Text, nullable=False),
        sa.Column("reviewed_at", sa.Text, nullable=False),
        sa.Column("reviewed_by", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("accuracy", "plausibility", "sources")),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("ai_share", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name="fk_human_reviews_entry_id_ledger_entries"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_human_reviews"),
        sqlite_strict=True,
    )
    op.create_index("ix_human_reviews_piece_id", "human_reviews", ["piece_id"])
    op.execute(HUMAN_REVIEWS)


def _add_savings() -> None:
    """Add up the memos that are there, a block at a time."""
    connection, last = op.get_bind(), 0
    columns = (*SAVINGS.keys, *SAVINGS.measures)
    add = sa.text(
        f"INSERT INTO saving_sums ({', '.join(columns)}) VALUES ({', '.join(f':{c}' for c in columns)})"  # noqa: S608
        f" {SAVINGS.grown}"
    )
    while rows := connection.execute(sa.text(SAVING_MEMOS), {"last": last, "n": BLOCK}).all():
        last = rows[-1].seq
        connection.execute(add, [{**saving_facts(row), "agency_share": agency_share(row)} for row in rows])


def agency_share(row: Any) -> str:
    """The share that the baseline of a memo names; nothing where it names no price of an agency."""
    told = json.loads(row.details or "{}")
    basis = told if row.purpose == "saving" else json.loads(row.basis or "{}") if "saving" in told else {}
    baseline = basis.get("baseline", {})
    return str(baseline.get("agency_share") or DEFAULT_SHARE) if baseline.get("agency_price") else ""
