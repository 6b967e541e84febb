"""Who is to read what until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from inedit.archive.catalogue import Card
from inedit.model import Approval
from inedit.store import Store, insert_into, utc_text
from inedit.store.tables import assignments


@dataclass(frozen=True, slots=True)
class Assignment:
    """What somebody is to read: the pieces of a campaign, in a language; either may be empty for every one.
    ``due`` is a day as ISO text, empty for no hurry; ``email`` is where a link goes, empty for nowhere."""

    reviewer: str
    campaign_id: str = ""
    language: str = ""
    due: str = ""
    email: str = ""
    assigned_by: str = ""
    assigned_at: str = ""

    def concerns(self, card: Card) -> bool:
        """Whether a piece waits and is theirs to read."""
        return (
            card.approval is Approval.PENDING
            and self.campaign_id in ("", card.spec.campaign_id)
            and self.language in ("", card.spec.language)
        )


def read_assignments(store: Store) -> tuple[Assignment, ...]:
    """All of them: the most urgent first, those without a day last."""
    c = assignments.c
    query = select(assignments).order_by(c.due == "", c.due, c.reviewer, c.campaign_id, c.language)
    with store.read() as connection:
        return tuple(Assignment(*row) for row in connection.execute(query))


def assign(store: Store, wanted: Assignment, *, by: str, now: datetime) -> None:
    """Give somebody something to read; the same again has its new day and address."""
    row = {
        "reviewer": wanted.reviewer, "campaign_id": wanted.campaign_id, "language": wanted.language,
        "due": wanted.due, "email": wanted.email, "assigned_by": by, "assigned_at": utc_text(now),
    }  # fmt: skip
    with store.write() as connection:
        connection.execute(
            insert_into(connection, assignments).on_conflict_do_update(
                index_elements=["reviewer", "campaign_id", "language"],
                set_={name: row[name] for name in ("due", "email", "assigned_by", "assigned_at")},
            ),
            row,
        )


def unassign(store: Store, reviewer: str, campaign_id: str, language: str) -> None:
    """Take it back."""
    with store.write() as connection:
        connection.execute(
            delete(assignments).where(
                assignments.c.reviewer == reviewer,
                assignments.c.campaign_id == campaign_id,
                assignments.c.language == language,
            )
        )
