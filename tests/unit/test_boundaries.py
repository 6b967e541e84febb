"""Boundaries that import-linter cannot see: which names of a room another one may use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp

import inedit

ROOMS = Path(inedit.__file__).parent


def imported(room: str, *, but: str = "") -> Iterator[tuple[str, str]]:
    """Module and name of every import in a room or a file of it; ``but`` begins the names of files to leave out."""
    files = [ROOMS / room] if room.endswith(".py") else sorted((ROOMS / room).rglob("*.py"))
    for file in files:
        if but and file.name.startswith(but):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield str(node.module), alias.name


def test_the_ledger_reads_of_pieces_only_what_the_archive_lets_it_know() -> None:
    """Never the table: a column that the archive renames is the archive's own affair. Only the audit of what is sealed
    holds whole rows against their seals."""
    tables = {"pieces", "attempts", "reviews", "baselines", "runs", "requests", "leases"}
    taken = {name for module, name in imported("ledger", but="sealed_") if module == "inedit.store.tables"}
    assert not taken & tables
    from inedit.store.piece_facts import piece_facts

    assert set(piece_facts.c.keys()) == {
        "seq", "id", "run_id", "campaign_id", "spec_key", "edition", "status", "created_at", "decided_at",
    }  # fmt: skip


MOST_ARROWS = 100
"""From one room to another, nouns and all."""


def test_no_room_needs_to_know_more_rooms_than_today() -> None:
    """Who wants a new arrow takes another one out."""
    graph = grimp.build_graph("inedit", cache_dir=None)

    def room(module: str) -> str:
        return module.partition(".")[2].partition(".")[0]

    arrows = {
        (room(module), room(found))
        for module in graph.modules
        for found in graph.find_modules_directly_imported_by(module)
    }
    between = sorted((here, there) for here, there in arrows if here and there and here != there)
    assert len(between) <= MOST_ARROWS, between


def test_approval_knows_the_ledger_as_a_service_alone() -> None:
    """Its lock and its ways of writing memos are the ledger's own: approval takes what the protocol gives."""
    assert not [module for module, _ in imported("pipeline/approval.py") if ".ledger" in module]


def test_the_pipeline_enters_the_ledger_by_its_door() -> None:
    """Of the rooms behind it, only figures that the protocols name are imported, and by those who name them."""
    inner = {(module, name) for module, name in imported("pipeline") if module.startswith("inedit.ledger.")}
    assert inner <= {
        ("inedit.ledger.journal.means", "MeanUsage"), ("inedit.ledger.journal.reading", "PieceCost"),
    }  # fmt: skip
