"""What any number of processes need to share a campaign: leases on what is being paid for, the provider's pace;
on Postgres, vectors that the database itself can compare."""

from __future__ import annotations

from array import array

import sqlalchemy as sa
from alembic import op

from inedit.model.errors import StoreError
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
    if op.get_context().dialect.name == "postgresql":
        vectors_in_pgvector()


def vectors_in_pgvector() -> None:
    """Hand the vectors to the extension, which finds the nearest ones where they are."""
    connection = op.get_bind()
    offered = connection.execute(
        sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
    ).first()
    if offered is None:
        raise StoreError(
            "This Postgres server lacks the extension pgvector, which keeps the archive's vectors. Install it there "
            "(Debian and Ubuntu: the package postgresql-NN-pgvector; most hosted servers have it) and try again; "
            "nothing was changed."
        )
    created = connection.execute(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'vector'")).first()
    if created is None:
        try:
            connection.execute(sa.text("CREATE EXTENSION vector"))
        except sa.exc.ProgrammingError as error:
            raise StoreError(
                "This database user may not switch pgvector on. Let the database's owner run once: "
                f"CREATE EXTENSION vector; ({str(error.orig).strip()})"
            ) from error
    op.execute("ALTER TABLE vectors ADD COLUMN told vector")
    rows = connection.execute(sa.text("SELECT piece_id, data FROM vectors")).all()
    for piece_id, data in rows:
        numbers = array("f", bytes(data))
        connection.execute(
            sa.text("UPDATE vectors SET told = CAST(:told AS vector) WHERE piece_id = :piece"),
            {"told": f"[{','.join(map(str, numbers))}]", "piece": piece_id},
        )
    op.execute("ALTER TABLE vectors DROP COLUMN data")
    op.execute("ALTER TABLE vectors RENAME COLUMN told TO data")
    op.execute("ALTER TABLE vectors ALTER COLUMN data SET NOT NULL")
    op.execute("ALTER TABLE vectors ALTER COLUMN data SET STORAGE MAIN")  # beside the row: it is always read
