"""What went into a piece's prompt, as a digest: a piece is stale when that changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column, empty in older rows: of them nobody knows."""
    op.add_column("pieces", sa.Column("prompt_sha", sa.Text()))
