"""Batches that wait at a provider, and the requests in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "provider_batches",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text()),
        sa.Column("submitted_at", sa.Text()),
        sa.Column("ended_at", sa.Text()),
        sa.Column("ending", sa.Text(), nullable=False, server_default=sa.text("''")),
        sqlite_strict=True,
    )
    op.create_index("ix_provider_batches_campaign_id", "provider_batches", ["campaign_id"])
    op.create_table(
        "batch_requests",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("batch_id", sa.Text(), sa.ForeignKey("provider_batches.id"), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("keep", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'released', 'doubtful')", name="ck_batch_requests_state"
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_batch_requests_batch_id", "batch_requests", ["batch_id"])
    op.create_index("ix_batch_requests_place", "batch_requests", ["place"])
