"""What `inedit guard bench` prints."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

HEADS = {
    "auroc": "AUROC", "average_precision": "AP", "recall_at_1": "R@1%", "recall_at_5": "R@5%",
    "frozen_recall": "recall", "frozen_false_positives": "FP", "calibration_error": "ECE",
}  # fmt: skip


def show_bench(console: Console, report: dict[str, Any]) -> None:
    """Refusals per draft; a table per slice, one line per means; then the kinds of pairs at the frozen thresholds.

    ``R@1%`` is recall at 1 % false positives; ``recall`` and ``FP`` are what a means decides by itself.
    """
    _show_drafts(console, report)
    for entry in report["slices"]:
        title = f"{entry['slice']}: {entry['copies']} copies, {entry['honest']} honest"
        table = Table(title=title, title_style="bold", title_justify="left", box=box.SIMPLE_HEAD)
        table.add_column("", no_wrap=True)
        for head in HEADS.values():
            table.add_column(head, justify="right", no_wrap=True)
        for name, found in entry.items():
            if isinstance(found, dict):
                cells = (f"{found[key]:.3f}" if key in found else "" for key in HEADS)
                table.add_row(name, *cells)
        console.print(table)
    table = Table(title="Called a copy at the frozen thresholds", title_style="bold", title_justify="left",
                  box=box.SIMPLE_HEAD)  # fmt: skip
    for head in ("writer", "track", "label", "kind", "pairs", "flagged", "without siblings"):
        table.add_column(
            head, justify="right" if head in ("pairs", "flagged", "without siblings") else "left"
        )
    for kind in report["kinds"]:
        table.add_row(
            kind["writer"], kind["track"], kind["label"], kind["kind"], str(kind["pairs"]),
            f"{kind['flagged']:.3f}", f"{kind['flagged_without_siblings']:.3f}",
        )  # fmt: skip
    console.print(table)


def _show_drafts(console: Console, report: dict[str, Any]) -> None:
    """How many honest drafts the door refuses, and how many copies it finds."""
    table = Table(title="Honest drafts of one brief, admitted in turn: refused", title_style="bold",
                  title_justify="left", box=box.SIMPLE_HEAD)  # fmt: skip
    for head in ("texts per brief", "the door knows", "slice", "drafts", "refused"):
        table.add_column(head, justify="right" if head in ("drafts", "refused") else "left")
    for row in report["drafts"]:
        table.add_row(
            str(row["texts_per_brief"]),
            row["knows"],
            row["slice"],
            str(row["drafts"]),
            f"{row['refused']:.2%}",
        )
    console.print(table)
    if "all" in report["door_recall"]:
        console.print(f"Copies found at the door: {report['door_recall']['all']:.3f}")
