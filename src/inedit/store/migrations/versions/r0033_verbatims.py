"""What people said in their communities, what was imported when, and who asked to be forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0030"


def upgrade() -> None:
    """Make the tables, empty."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "verbatims",
        sa.Column("seq", big, primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text()),
        sa.Column("consent", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("observation_id", big),
        sa.UniqueConstraint("id", name="uq_verbatims_id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_verbatims_author", "verbatims", ["author"])
    op.create_index("ix_verbatims_place_id_at", "verbatims", ["place_id", "at"])
    op.create_table(
        "observations",
        sa.Column("id", big, primary_key=True),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.Column("read", big, nullable=False, server_default=sa.text("0")),
        sa.Column("added", big, nullable=False, server_default=sa.text("0")),
        sa.Column("cut", sa.Text()),
        sa.Column("redactions", sa.Text(), nullable=False, server_default=sa.text("'{}'")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_observations_place_id", "observations", ["place_id"])
    op.create_table(
        "forgotten_authors",
        sa.Column("author_sha", sa.Text(), primary_key=True),
        sa.Column("forgotten_at", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "author_aliases",
        sa.Column("alias", sa.Text(), primary_key=True),
        sa.Column("author", sa.Text(), primary_key=True),
        sqlite_strict=True,
    )
    op.create_index("ix_author_aliases_author", "author_aliases", ["author"])
