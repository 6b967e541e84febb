"""What anybody would get for a brief, asked and paid for once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "baselines",
        sa.Column("prompt_sha", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("campaign_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("claimed_at", sa.Text, nullable=False),
        sa.Column("claimed_by", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("response_id", sa.Text),
        sa.Column("usage", sa.Text),
        sa.CheckConstraint("(text IS NULL) = (response_id IS NULL)", name="ck_baselines_paid"),
        sa.PrimaryKeyConstraint("prompt_sha", "model", "number", name="pk_baselines"),
        sqlite_strict=True,
    )
