"""A/B tests and the figures that come back from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, empty: nothing has been tested."""
    op.create_table(
        "experiments",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("campaign_id", sa.Text(), nullable=False, index=True),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("design", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "experiment_figures",
        sa.Column("experiment_id", sa.Text(), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("day", sa.Text(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("impressions", BIG, nullable=False),
        sa.Column("clicks", BIG, nullable=False),
        sa.Column("conversions", BIG, nullable=False),
        sa.Column("revenue_micros", BIG),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.Column("file_sha", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
