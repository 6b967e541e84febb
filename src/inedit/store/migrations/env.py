"""What Alembic runs for each command: on the connection that it is given, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from inedit.store import rollups  # noqa: F401  # its tables belong to the metadata, too
from inedit.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
