"""The piece that results from a variant's drafts, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from inedit.model.drafts import VariantSpec
from inedit.model.verdicts import Verdict

CHECKED = ("accuracy", "plausibility", "sources")
"""What people read a piece for."""


class Status(StrEnum):
    """Where a piece stands."""

    ACCEPTED = "accepted"
    PARKED = "parked"
    REJECTED = "rejected"
    FAILED = "failed"  # no draft could be had: the provider failed


class Approval(StrEnum):
    """Where a piece stands with the person who has to approve it."""

    PENDING = "awaited"  # the guard accepts it; parked until a person has read it
    APPROVED = "given"
    CHANGES_REQUESTED = "sent-back"  # to be written again, with the person's comment
    REJECTED = "withheld"  # a person said no; it stays parked


@dataclass(frozen=True, slots=True)
class Piece:
    """A variant that has come to rest: accepted, parked, rejected or failed.

    ``cost_micros`` is the cost of all its attempts in millionths of ``currency``; None when one of them has an
    unknown price. ``minutes_saved`` is the expected figure against the baseline, None without a baseline.
    ``approval`` is None where nobody asked for one; ``decided_at`` is UTC text; ``prompt_sha`` is the digest of what
    its first prompt said, empty for older pieces: when that changes, the piece is stale.
    """

    id: str
    run_id: str
    spec: VariantSpec
    status: Status
    parts: Mapping[str, str]
    verdict: Verdict
    attempts: int
    reason: str = ""
    cost_micros: int | None = 0
    currency: str = "EUR"
    minutes_saved: float | None = None
    approval: Approval | None = None
    decided_at: str = ""
    decided_by: str = ""
    comment: str = ""
    prompt_sha: str = ""

    @property
    def stands(self) -> bool:
        """Whether the guard let it into the archive: accepted, or about to be when a person agrees."""
        return self.status is Status.ACCEPTED or self.approval is Approval.PENDING

    @property
    def revision_number(self) -> int:
        """Which writing of this place of the matrix it is: the number at the end of its id; the first of a text of any
        other origin, which may have any id."""
        number = self.id.rpartition("-")[2]
        return int(number) if number.isdecimal() else 1

    @property
    def text(self) -> str:
        """The parts in order, one a line."""
        return "\n".join(part for part in self.parts.values() if part)
