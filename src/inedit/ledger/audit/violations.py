"""What a verification finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inedit.ledger.journal.chain import Head


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong. ``rule`` is stable and short, ``where`` names the row."""

    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification came to: how many entries were read, the head they lead to, and what is wrong.

    ``existed`` counts the rows that were there when sealing began, at the moment ``sealed_since``: what happened to
    them before that, nobody can tell. It is empty for a ledger that was sealed from its beginning.
    """

    entries: int
    head: Head
    flaws: tuple[Violation, ...]
    sealed_since: str = ""
    existed: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws
