"""The project's ledger, opened for a command that writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inedit.ledger import Ledger


@contextmanager
def open_books(project: Path | None) -> Iterator[Ledger]:
    """The ledger under what finance has set down, for as long as the command takes."""
    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store

    root = find_root(project)
    with open_project_store(Settings.from_environment(), root) as store:
        yield open_ledger(store, root)
