"""Who read which verbatim to code it, and the codes that were given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Make the tables, empty: nothing has been coded."""
    op.create_table(
        "coded_texts",
        sa.Column("verbatim_id", sa.Text(), primary_key=True),
        sa.Column("coder", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("refused", sa.Text(), nullable=False, server_default=sa.text("'[]'")),
        sqlite_strict=True,
    )
    op.create_table(
        "codings",
        sa.Column("verbatim_id", sa.Text(), primary_key=True),
        sa.Column("coder", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("permille", sa.Integer()),
        sqlite_strict=True,
    )
    op.create_index("ix_codings_code", "codings", ["code"])
