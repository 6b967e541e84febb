"""Tokens that are written to a provider's cache, which some models bill dearer than others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from inedit.store.migrations.versions.r0002_finance_views import CALLS

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

PARTS = "cache_write_tokens IS NULL OR (cache_write_tokens > 0 AND cache_write_tokens + cached_tokens <= input_tokens)"

VIEW = CALLS.replace(" e.note\n", " e.note,\n       e.cache_write_tokens, e.cache_write_price\n")


def upgrade() -> None:
    """Add the columns, empty in older rows, so that their hashes stay what they are; show them in the view of calls."""
    if op.get_context().dialect.name == "sqlite":  # which adds a constraint only together with its column
        op.execute(
            "ALTER TABLE ledger_entries ADD COLUMN cache_write_tokens INTEGER"
            f" CONSTRAINT ck_ledger_entries_cache_write CHECK ({PARTS})"
        )
        op.execute("ALTER TABLE ledger_entries ADD COLUMN cache_write_price TEXT")
    else:
        op.add_column("ledger_entries", sa.Column("cache_write_tokens", BIG))
        op.add_column("ledger_entries", sa.Column("cache_write_price", sa.Text()))
        op.create_check_constraint("ck_ledger_entries_cache_write", "ledger_entries", sa.text(PARTS))
    op.execute("DROP VIEW finance_calls")
    op.execute(VIEW)
