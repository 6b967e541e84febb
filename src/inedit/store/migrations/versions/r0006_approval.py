"""Who approved a piece, the requests for approval, and what people asked a run for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column and the tables."""
    op.add_column("pieces", sa.Column("approval", sa.Text))
    op.create_table(
        "reviews",
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("requested_at", sa.Text, nullable=False),
        sa.Column("answered_at", sa.Text),
        sa.Column("decision", sa.Text),
        sa.Column("reviewer", sa.Text),
        sa.Column("seconds", sa.Integer),
        sa.Column("comment", sa.Text),
        sa.CheckConstraint("(answered_at IS NULL) = (decision IS NULL)", name="ck_reviews_answered"),
        sa.PrimaryKeyConstraint("run_id", "round", name="pk_reviews"),
        sqlite_strict=True,
    )
    op.create_table(
        "requests",
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "asked_by", name="pk_requests"),
        sqlite_strict=True,
    )
    op.create_index("ix_requests_asked_by", "requests", ["asked_by"], unique=True)
