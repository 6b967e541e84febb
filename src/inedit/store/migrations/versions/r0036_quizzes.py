"""What people answered in quizzes, and what was made of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "quiz_answers",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("quiz_id", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_quiz_answers_quiz_id", "quiz_answers", ["quiz_id"])
    op.create_table(
        "quiz_decisions",
        sa.Column("quiz_id", sa.Text(), primary_key=True),
        sa.Column("proposal", sa.Text(), primary_key=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision IN ('accepted', 'rejected')", name="ck_quiz_decisions_decision"),
        sqlite_strict=True,
    )
