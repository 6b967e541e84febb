"""What a verification finds."""

from __future__ import annotations

from dataclasses import dataclass

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
    """What a verification came to: how many entries were read, the head they lead to, and what is wrong."""

    entries: int
    head: Head
    flaws: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws
