"""What second readings of drafts brought, an advisor's or a copy editor's: asked and paid for once, kept as it came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, Select, literal, select

from inedit.archive.leases import end_lease
from inedit.archive.rows import now_text
from inedit.model import Draft
from inedit.store import Store, insert_into
from inedit.store.tables import advice


@dataclass(frozen=True, slots=True)
class AdviceKey:
    """Where the answer about one text of one attempt at a piece stands: ``text_sha`` is the digest of the text,
    ``model`` who is asked (of a copy edit: who wrote the text), ``kind`` what for."""

    piece_id: str
    attempt: int
    text_sha: str
    model: str
    kind: str = "advice"

    @classmethod
    def of(cls, piece_id: str, draft: Draft, model: str, kind: str) -> Self:
        """The place of the answer about a draft."""
        digest = hashlib.sha256(draft.text.encode()).hexdigest()[:32]
        return cls(piece_id, draft.attempt, digest, model, kind)

    @property
    def name(self) -> str:
        """The place as it is stored and leased."""
        return f"{self.kind} {self.piece_id}:{self.attempt} {self.text_sha} {self.model}"


def advice_at(store: Store, place: AdviceKey) -> str | None:
    """The answer that was paid for, as it came; None when nobody has asked."""
    with store.read() as connection:
        found = connection.execute(select(advice.c.answer).where(advice.c.place == place.name)).scalar()
    return None if found is None else str(found)


def advised_at(place: AdviceKey) -> Select[int]:
    """Finds a row when the answer has been paid for."""
    return select(literal(1)).where(advice.c.place == place.name)


def put_advice(
    connection: Connection,
    place: AdviceKey,
    *,
    run_id: str,
    campaign_id: str,
    answer: str,
    response_id: str,
) -> None:
    """Keep an answer, in the transaction that charges it, and end its lease. One that is there stays."""
    row = {
        "place": place.name, "run_id": run_id, "campaign_id": campaign_id, "model": place.model, "answer": answer,
        "response_id": response_id, "created_at": now_text(),
    }  # fmt: skip
    connection.execute(insert_into(connection, advice).values(row).on_conflict_do_nothing())
    end_lease(connection, place.name)
