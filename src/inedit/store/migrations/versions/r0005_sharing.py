"""What any number of processes need to share a campaign: leases on what is being paid for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
    op.execute("DELETE FROM baselines WHERE text IS NULL")
