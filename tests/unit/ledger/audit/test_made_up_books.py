"""The ledgers that the bench measures are sealed as those of production: what it times, `verify` really reads."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fakes.ledger import tampering
from inedit.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parents[4] / "bench" / "ledger"))
from books import Books


def test_made_up_books_hold_and_their_drafts_are_sealed(ledger: Ledger) -> None:
    """Each piece's record has a digest of each of its drafts; one that is edited is named."""
    books = Books(ledger, 120)
    for group in books.groups(50):
        books.write(group)
    assert ledger.verify().flaws == ()
    sealed = [json.loads(e.details or "{}")["drafts"] for e in ledger.entries() if e.purpose == "piece"]
    assert len(sealed) == books.pieces
    assert {len(drafts) for drafts in sealed} == {1, 2, 3}
    with tampering(ledger.store) as connection:
        connection.exec_driver_sql("UPDATE attempts SET refused_for = 'echo' WHERE id = 1")
    assert {flaw.rule for flaw in ledger.verify().flaws} >= {"draft"}
