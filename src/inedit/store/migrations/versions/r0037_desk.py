"""Who may enter the studio, what each person has looked at, and who is to read what until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Make the tables, empty: without users the start-up token opens the studio."""
    op.create_table(
        "studio_users",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('marketer', 'reviewer', 'finance', 'admin')", name="role"),
        sqlite_strict=True,
    )
    op.create_table(
        "studio_looks",
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("piece_id", sa.Text(), primary_key=True),
        sa.Column("looked_at", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "assignments",
        sa.Column("reviewer", sa.Text(), primary_key=True),
        sa.Column("campaign_id", sa.Text(), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("assigned_by", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
