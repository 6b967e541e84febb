"""The chain of the journal's entries. It lies in the store, where the archive can reach it, too."""

from __future__ import annotations

from inedit.store.chain import (
    COLUMNS,
    EMPTY,
    GENESIS,
    Head,
    append,
    append_all,
    canonical_form,
    columns_of,
    hash_of,
    hash_rows_of,
    head,
    read_heads,
    with_columns,
)

__all__ = [
    "COLUMNS",
    "EMPTY",
    "GENESIS",
    "Head",
    "append",
    "append_all",
    "canonical_form",
    "columns_of",
    "hash_of",
    "hash_rows_of",
    "head",
    "read_heads",
    "with_columns",
]
