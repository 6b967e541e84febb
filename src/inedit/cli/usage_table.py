"""A report of usage beside the ledger, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

    from inedit.ledger.reconciliation.usage import Counts, UsageComparison

SHOWN_ROWS = 60


def show_usage(console: Console, compared: UsageComparison) -> None:
    """Each day and model in both books, what differs first."""
    statement = compared.statement
    console.print(
        f"{compared.provider}, {statement.first} to {statement.last}, {statement.name}: calls and tokens"
    )
    table = Table(
        "day", "model", "", "calls", "in", "cached", "written", "out", "possibly billed", box=box.SIMPLE_HEAD
    )
    rows = sorted(compared.rows, key=lambda row: row.agrees)
    for row in rows[:SHOWN_ROWS]:
        maybe = f"{row.possibly_billed:,}" if row.possibly_billed else ""
        table.add_row(str(row.day), row.model or "–", "statement", *_cells(row.statement), maybe)
        table.add_row("", "", "ledger" if row.agrees else "[yellow]ledger[/]", *_cells(row.ledger), "")
    console.print(table)
    if len(rows) > SHOWN_ROWS:
        console.print(f"… {len(rows) - SHOWN_ROWS} more: see --json")
    different = sum(not row.agrees for row in rows)
    console.print(
        f"{different} of {len(rows)} do not agree. A report of usage has no amounts: book from the costs."
        if different
        else "[green]✓[/] Both count the same."
    )


def _cells(counts: Counts) -> tuple[str, ...]:
    requests = "?" if counts.requests is None else f"{counts.requests:,}"
    tokens = (counts.input_tokens, counts.cached_tokens, counts.cache_write_tokens, counts.output_tokens)
    return (requests, *(f"{count:,}" for count in tokens))
