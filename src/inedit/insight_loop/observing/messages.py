"""A message as a platform exports it: it lives until it is redacted, and is never kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What a reader found. ``scope`` and ``id`` name the message on its platform, ``author`` the account.

    ``aliases`` are the names and handles that the place shows of the author, ``mentioned`` those of others.
    """

    scope: str
    id: str
    author: str
    at: datetime
    text: str
    aliases: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    reply_to: str | None = None
    language: str | None = None
    consent: bool = False


@dataclass(slots=True)
class Tally:
    """What happened while a file was read. ``cut`` says where it ends too early; empty when it does not."""

    cut: str = ""
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def skip(self, reason: str) -> None:
        """Count a message that is left out."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


def parse_timestamp(text: str) -> datetime:
    """A moment in ISO 8601; without a zone it is taken for UTC. Raises ValueError."""
    timestamp = datetime.fromisoformat(text)
    return (timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=UTC)).astimezone(UTC)
