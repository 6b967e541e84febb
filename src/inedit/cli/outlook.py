"""A plan on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

if TYPE_CHECKING:
    from inedit.brand.schema import Campaign
    from inedit.pipeline.forecast import Outlook


def show_plan(console: Console, campaign: Campaign, outlook: Outlook) -> None:
    """The matrix by channel and language, then tokens, cost and time."""
    table = Table(title=f"{campaign.name}: {outlook.pieces} pieces", title_style="bold", title_justify="left",
                  box=box.SIMPLE_HEAD)  # fmt: skip
    table.add_column("channel")
    for language in outlook.languages:
        table.add_column(language, justify="right")
    for channel, counts in outlook.matrix.items():
        table.add_row(channel, *(str(counts.get(language, 0)) for language in outlook.languages))
    console.print(table)
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", justify="right")
    facts.add_column()
    for name, value in outlook.sentences():
        facts.add_row(name, value)
    console.print(Padding(facts, (0, 0, 1, 0)))
