"""The hash chain: each entry seals itself and the one before it.

The canonical form of an entry is the JSON object of its columns except ``hash``, those without a value left
out, keys sorted, no spaces, in UTF-8; its hash is SHA-256, in hexadecimal. The first entry follows the
empty text. An auditor can recompute it in any language; a column added in a later version does not alter
the hash of older rows.

It lies below the ledger, because the archive seals its pieces in it, too (:mod:`inedit.store.seals`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from json.encoder import encode_basestring as _quoted
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, insert, select

from inedit.model import LedgerEntry
from inedit.model.errors import WrongInput
from inedit.store.prepared import Prepared
from inedit.store.tables import ledger_entries
from inedit.store.values import canonical_json

GENESIS = ""
"""What the first entry has in place of the hash before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry's number and hash. Kept outside (printed, mailed), it proves later that nothing was
    cut off."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def of(cls, text: str) -> Head:
        """The head printed as ``number:hash``; :class:`~.errors.WrongInput` for anything else."""
        found = re.fullmatch(r"\s*(\d{1,18}):([0-9a-f]{64}|)\s*", text)
        if found is None:
            raise WrongInput(f"'{text}' is not a head of a ledger: give it as it was printed, number:hash.")
        return cls(int(found[1]), found[2])


def read_heads(text: str) -> list[Head]:
    """The heads of a file in which they were kept, one a line after the moment at which it was written."""
    return [Head.of(line.split()[-1]) for line in text.splitlines() if line.strip()]


EMPTY = Head(0, GENESIS)
"""The head of a ledger without entries."""


def canonical_form(columns: Mapping[str, Any]) -> str:
    """The text that is hashed."""
    return canonical_json(
        {name: value for name, value in columns.items() if value is not None and name != "hash"}
    )


def hash_of(columns: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_form(columns).encode()).hexdigest()


def hash_rows_of(columns: Sequence[str]) -> Callable[[Sequence[Any]], str]:
    """What gives :func:`hash_of` for rows of texts and whole numbers, their values in the order of ``columns``.

    It is for who reads a million of them: names are sorted and written once, in half of the time.
    """
    names = sorted(set(columns) - {"hash"})
    in_order = itemgetter(*(columns.index(name) for name in names))
    keys = [f"{_quoted(name)}:" for name in names]

    def hash_of_row(values: Sequence[Any]) -> str:
        members = ",".join(
            [
                key + (_quoted(value) if value.__class__ is str else _plain(value))
                for key, value in zip(keys, in_order(values), strict=True)
                if value is not None
            ]
        )
        return hashlib.sha256(f"{{{members}}}".encode()).hexdigest()

    return hash_of_row


def _plain(value: Any) -> str:
    return str(value) if value.__class__ is int else canonical_json(value)


def head(connection: Connection) -> Head:
    """The newest entry, or number 0 in an empty ledger."""
    row = _NEWEST.first(connection)
    return EMPTY if row is None else Head(row.seq, row.hash)


def append(connection: Connection, entry: LedgerEntry) -> LedgerEntry:
    """Write an entry after the newest one and return it with its number and hashes.

    The caller holds the ledger's lock, so that no other entry can come between.
    """
    return append_all(connection, (entry,))[0]


def append_all(connection: Connection, entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """The same for several entries, in their order."""
    last, rows = head(connection), []
    for entry in entries:
        row = {**columns_of(entry), "seq": last.seq + 1, "prev_hash": last.hash}
        row["hash"] = _hash_of_values(list(row.values()))
        last = Head(row["seq"], row["hash"])
        rows.append(row)
    if rows:
        _INSERT.run(connection, *rows)
    return [LedgerEntry(**row) for row in rows]


def columns_of(entry: LedgerEntry) -> dict[str, Any]:
    """The columns of an entry by name."""
    return dict(zip(COLUMNS, _VALUES(entry), strict=True))


def with_columns(entry: LedgerEntry, **columns: Any) -> LedgerEntry:
    """The entry with other values in these columns: ``dataclasses.replace`` asks for each of fifty by itself."""
    return LedgerEntry(**{**columns_of(entry), **columns})


COLUMNS = tuple(field.name for field in fields(LedgerEntry))
"""Names of the columns, in the order in which people read them."""

_VALUES: Callable[[LedgerEntry], tuple[Any, ...]] = attrgetter(*COLUMNS)
_hash_of_values = hash_rows_of(COLUMNS)
_INSERT = Prepared(insert(ledger_entries))
_NEWEST = Prepared(
    select(ledger_entries.c.seq, ledger_entries.c.hash).order_by(ledger_entries.c.seq.desc()).limit(1)
)
