"""Opens a database that is ready for use: made, or migrated after a backup, when needed."""

from __future__ import annotations

from sqlalchemy import URL

from inedit.store.engine import engine_for, refuse_foreign_file
from inedit.store.schema import ensure_schema
from inedit.store.transactions import Store


def open_store(url: str | URL) -> Store:
    """Open the database at a SQLAlchemy URL; create its tables, or migrate them after a backup, when needed.

    ``sqlite:///path/to/file.db`` or ``postgresql://user:password@host/name``. Raises
    :class:`~.errors.StoreError` when it cannot be written, is damaged, or was made by a newer version.
    """
    engine = engine_for(url)
    store = Store(engine)
    try:
        if store.is_sqlite:
            refuse_foreign_file(engine.url)
        ensure_schema(store)
    except BaseException:
        store.close()
        raise
    return store
