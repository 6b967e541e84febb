"""The database: SQLAlchemy Core tables and Alembic migrations, on SQLite or Postgres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from inedit.store.connect import open_store
    from inedit.store.patience import BUSY_SECONDS, SOON_SECONDS, waiting_at_most
    from inedit.store.transactions import Store
    from inedit.store.values import canonical_json, insert_for, insert_into, utc_now, utc_text

__getattr__, __dir__, _ = lazy_loader.attach(__name__, submod_attrs={
    "connect": ("open_store",),
    "patience": ("BUSY_SECONDS", "SOON_SECONDS", "waiting_at_most"),
    "transactions": ("Store",),
    "values": ("canonical_json", "insert_for", "insert_into", "utc_now", "utc_text"),
})  # fmt: skip

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
