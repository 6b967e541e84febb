"""What the archive lets others know of its pieces: where each belongs, how it stands, since when. Never a text.

The ledger joins its entries to these columns and to no others, so that the archive may change its table as long as it
still gives them.
"""

from __future__ import annotations

from sqlalchemy import select

from inedit.store.tables import pieces

_p = pieces.c

piece_facts = select(
    _p.seq, _p.id, _p.run_id, _p.campaign_id, _p.spec_key, _p.edition, _p.status, _p.created_at, _p.decided_at,
).subquery("piece_facts")  # fmt: skip
"""One row for each piece."""
