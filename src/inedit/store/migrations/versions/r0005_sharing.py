"""What any number of processes need to share a campaign: leases on what is being paid for, the provider's pace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from inedit.store.migrations.versions.r0001_first_tables import BIG

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables; baselines that were being asked for when a process died are asked for again."""
    op.create_table(
        "leases",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_leases"),
        sqlite_strict=True,
    )
    op.create_table(
        "pace",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("second", BIG, autoincrement=False, nullable=False),
        sa.Column("requests", BIG, nullable=False),
        sa.Column("tokens", BIG, nullable=False),
        sa.PrimaryKeyConstraint("bucket", "second", name="pk_pace"),
        sqlite_strict=True,
    )
    op.create_table(
        "pauses",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_pauses"),
        sqlite_strict=True,
    )
    op.drop_index("ix_pieces_scope_status_seq", "pieces")
    op.create_index("ix_pieces_scope_seq", "pieces", ["scope", "seq"])
    op.execute("DELETE FROM baselines WHERE text IS NULL")
