"""Entries as CSV, JSON lines or Parquet: one row per call, written as it is read, in the same memory for any length.

Every column of the ledger is there, the hashes too, so that the chain can be recomputed from a JSON export
of all kinds. Calls and corrections are exported, whose ``cost_micros`` add up to the report's cost; memos
of time saved only on demand.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TextIO

from sqlalchemy import Integer, and_, select

from inedit.ledger.journal.chain import COLUMNS
from inedit.ledger.journal.reading import BLOCK_ROWS, Scope
from inedit.model.errors import WrongInput
from inedit.store import Store
from inedit.store.piece_facts import piece_facts
from inedit.store.tables import ledger_entries

Format = Literal["csv", "jsonl"]
MONEY_KINDS = ("call", "correction")
ALL_KINDS = (*MONEY_KINDS, "memo")

EXPORT_COLUMNS = (*COLUMNS[: COLUMNS.index("spec_key")], "piece_id", *COLUMNS[COLUMNS.index("spec_key") :])
"""Names of the exported columns, in order. They only ever grow at the end."""

_RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_rows(
    store: Store, scope: Scope | None = None, kinds: Collection[str] = MONEY_KINDS
) -> Iterator[dict[str, Any]]:
    """Rows in order of their number. ``piece_id`` is the piece that the variant became, once there is one."""
    entries = ledger_entries.c
    piece = and_(
        piece_facts.c.campaign_id == entries.campaign_id,
        piece_facts.c.spec_key == entries.spec_key,
        piece_facts.c.edition == entries.edition,
    )
    columns = [piece_facts.c.id if name == "piece_id" else entries[name] for name in EXPORT_COLUMNS]
    query = (
        select(*columns)
        .select_from(ledger_entries.outerjoin(piece_facts, piece))
        .where((scope or Scope()).entries(), entries.kind.in_(kinds))
        .order_by(entries.seq)
    )
    with store.read() as connection:
        for row in connection.execute(query.execution_options(yield_per=BLOCK_ROWS)):
            yield dict(zip(EXPORT_COLUMNS, row, strict=True))


def export(
    store: Store,
    out: TextIO,
    form: Format,
    scope: Scope | None = None,
    kinds: Collection[str] = MONEY_KINDS,
) -> int:
    """Write the rows to a file open for text (CSV: with ``newline=""``); how many there were."""
    rows = export_rows(store, scope, kinds)
    return _as_csv(rows, out) if form == "csv" else _as_jsonl(rows, out)


def _as_csv(rows: Iterator[dict[str, Any]], out: TextIO) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(EXPORT_COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([_harmless(value) for value in row.values()])
        count += 1
    return count


def _as_jsonl(rows: Iterator[dict[str, Any]], out: TextIO) -> int:
    count = 0
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def export_parquet(
    store: Store, path: Path, scope: Scope | None = None, kinds: Collection[str] = MONEY_KINDS
) -> int:
    """Write the rows to a Parquet file: whole numbers as 64-bit integers, everything else as text.

    Raises :class:`~.errors.WrongInput` when pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415
    except ImportError as error:
        raise WrongInput("Parquet needs pyarrow: pip install 'inedit[parquet]'.") from error
    whole = {column.name for column in ledger_entries.columns if isinstance(column.type, Integer)}
    schema = pa.schema([(name, pa.int64() if name in whole else pa.string()) for name in EXPORT_COLUMNS])
    rows, count = export_rows(store, scope, kinds), 0
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while block := list(islice(rows, BLOCK_ROWS * 10)):
            writer.write_table(pa.Table.from_pylist(block, schema=schema))
            count += len(block)
    return count


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY_STARTS) else value
