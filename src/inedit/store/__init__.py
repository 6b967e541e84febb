"""The database: SQLAlchemy Core tables and Alembic migrations, on SQLite or Postgres."""

from __future__ import annotations

from inedit.store.connect import open_store
from inedit.store.patience import BUSY_SECONDS, SOON_SECONDS, waiting_at_most
from inedit.store.transactions import Store
from inedit.store.values import canonical_json, insert_for, insert_into, utc_now, utc_text

__all__ = [
    "BUSY_SECONDS",
    "SOON_SECONDS",
    "Store",
    "canonical_json",
    "insert_for",
    "insert_into",
    "open_store",
    "utc_now",
    "utc_text",
    "waiting_at_most",
]
