"""The database: SQLAlchemy Core tables and Alembic migrations, on SQLite or Postgres."""

from __future__ import annotations

from inedit.store.connect import open_store
from inedit.store.transactions import Store
from inedit.store.values import canonical_json, insert_into, utc_now, utc_text

__all__ = ["Store", "canonical_json", "insert_into", "open_store", "utc_now", "utc_text"]
