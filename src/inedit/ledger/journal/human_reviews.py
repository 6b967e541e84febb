"""Who reviewed a piece for accuracy, plausibility and sources, when and how long, and how much of it a model wrote.

Each review is a memo in the ledger's chain, which saves nothing, and a row of ``human_reviews`` with the same for
queries; ``ledger verify`` holds the rows against the memos. A text that was reviewed by people under somebody's
editorial responsibility needs no label under article 50(4) of the EU AI Act; whether it was, and whether the text is
still the one that was read, is what these records show. They are not legal advice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from inedit.ledger.journal.calls import Call
from inedit.ledger.journal.chain import append
from inedit.ledger.journal.entries import blank_entry, open_period
from inedit.ledger.journal.memo_facts import HUMAN_REVIEW, keep_facts
from inedit.ledger.journal.reading import Scope
from inedit.model import CHECKED, LedgerEntry, Piece, Status
from inedit.store import Store, canonical_json, utc_text
from inedit.store.piece_facts import piece_facts
from inedit.store.tables import human_reviews as table


@dataclass(frozen=True, slots=True)
class HumanReview:
    """One review of a piece. ``ai_share`` is the share of its words that are a model's own, 0 to 1, as decimal text."""

    piece_id: str
    reviewed_at: str
    reviewed_by: str
    decision: str
    accuracy: bool
    plausibility: bool
    sources: bool
    seconds: int
    ai_share: str
    text_sha256: str

    @property
    def checked(self) -> tuple[str, ...]:
        """What it was read for."""
        return tuple(name for name in CHECKED if getattr(self, name))

    def is_of(self, text: str) -> bool:
        """Whether it was this very text that was read."""
        return self.text_sha256 == digest(text)

    def told(self, text: str) -> str:
        """The review in a sentence; ``text`` is that of the piece as it is."""
        what = f"for {', '.join(self.checked)}" if self.checked else "without saying what for"
        another = "" if self.is_of(text) else "; the text has changed since"
        return (
            f"{self.decision} by {self.reviewed_by}, read {what}, {self.reviewed_at[:10]}, "
            f"{self.seconds / 60:.1f} minutes{another}"
        )

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ReviewedPieces:
    """How many of the accepted pieces people have reviewed, for all of :data:`CHECKED`, and how long in all."""

    accepted: int = 0
    reviewed: int = 0
    for_everything: int = 0
    seconds: int = 0

    @property
    def told(self) -> str:
        """The same in words."""
        minutes = f"{self.seconds / 60:,.1f}".removesuffix(".0")
        return (
            f"{self.reviewed:,} of {self.accepted:,} accepted pieces, {self.for_everything:,} for "
            f"{', '.join(CHECKED)}; {minutes} minutes"
        )


NOBODY_REVIEWED = ReviewedPieces()


def ai_share(piece: Piece) -> Decimal:
    """The share of a piece's words that are a model's own: the others stand word for word in what people supplied.

    Where that was not measured, all of them are taken for the model's.
    """
    pasted = piece.verdict.originality.paste_share
    return Decimal(1) if pasted is None else Decimal(str(round(1 - pasted, 4)))


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def record_human_review(
    connection: Connection,
    piece: Piece,
    *,
    by: str,
    checked: Collection[str],
    seconds: int,
    decision: str,
    at: datetime,
    currency: str | None = None,
) -> LedgerEntry:
    """Write down a review, in the chain and as a row. The caller holds the ledger's lock.

    ``currency`` is that of the piece's other memos, so that they stand together.
    """
    review = HumanReview(
        piece.id, utc_text(at), by, decision, "accuracy" in checked, "plausibility" in checked, "sources" in checked,
        seconds, str(ai_share(piece)), digest(piece.text),
    )  # fmt: skip
    call = Call.for_variant(
        piece.spec, purpose=HUMAN_REVIEW, provider="", model="", run_id=piece.run_id,
        revision_number=piece.revision_number,
    )  # fmt: skip
    period, late = open_period(connection, at, at)
    blank = blank_entry("memo", call, recorded=at, occurred=at, period=period)
    entry = append(
        connection,
        replace(
            blank, provider=None, model=None, currency=currency, note=late or None,
            details=canonical_json({HUMAN_REVIEW: review.as_json()}),
            saved_seconds_low=0, saved_seconds_expected=0, saved_seconds_high=0,
            saved_micros_low=0, saved_micros_expected=0, saved_micros_high=0,
        ),
    )  # fmt: skip
    keep_facts(connection, entry.seq)
    connection.execute(insert(table).values(row_of(entry.id, review.as_json())))
    return entry


def row_of(entry_id: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The row that stands for what a memo tells."""
    return {**facts, **{name: int(facts[name]) for name in CHECKED}, "entry_id": entry_id}


def told_by(entry: LedgerEntry) -> dict[str, Any]:
    """What the memo of a review tells."""
    return dict(json.loads(entry.details or "{}")[HUMAN_REVIEW])


def human_reviews(store: Store, piece_ids: Sequence[str]) -> tuple[HumanReview, ...]:
    """The reviews of pieces, oldest first."""
    query = select(table).where(table.c.piece_id.in_(piece_ids)).order_by(table.c.reviewed_at)
    with store.read() as connection:
        return tuple(
            HumanReview(
                row.piece_id, row.reviewed_at, row.reviewed_by, row.decision, bool(row.accuracy),
                bool(row.plausibility), bool(row.sources), row.seconds, row.ai_share, row.text_sha256,
            )
            for row in connection.execute(query)
        )  # fmt: skip


def reviewed_pieces(connection: Connection, scope: Scope) -> ReviewedPieces:
    """How many of a scope's accepted pieces people have reviewed."""
    p, of_piece = piece_facts.c, table.c.piece_id == piece_facts.c.id
    accepted = and_(scope.pieces(), p.status == Status.ACCEPTED.value)
    whole = [table.c[name] == 1 for name in CHECKED]
    count = connection.execute(select(func.count()).select_from(piece_facts).where(accepted)).scalar_one()
    reviewed = (
        select(func.count(func.distinct(p.id)), func.coalesce(func.sum(table.c.seconds), 0))
        .select_from(piece_facts.join(table, of_piece))
        .where(accepted)
    )
    found, seconds = connection.execute(reviewed).one()
    for_everything = connection.execute(reviewed.where(*whole)).one()[0]
    return ReviewedPieces(count, found, for_everything, int(seconds))
