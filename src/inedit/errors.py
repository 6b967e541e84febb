"""The errors that a person may meet, each with the exit code that the command line gives it.

Only the outermost layer (command line, flow) turns one into a message; everything below raises it with a
sentence that says what is wrong, where, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class IneditError(Exception):
    """Base of every error that Inédit raises on purpose. ``exit_code`` is what the process ends with."""

    exit_code = 2


class WrongInput(IneditError):
    """Something a person gave cannot be used: an unknown campaign, an impossible option, a missing key."""


class ProviderFailure(IneditError):
    """The language model's server could not be reached, refused us, or broke its own contract."""

    exit_code = 3


class ModelFileError(IneditError):
    """Weights are missing, incomplete, or do not have the digest that their publisher gave."""

    exit_code = 3


class StoreError(IneditError):
    """The database cannot be opened, is newer than this version, or refuses a write."""


class BudgetReached(IneditError):
    """The next call could cost more than what is left; nothing was sent."""

    exit_code = 1


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing wrong in a file that people edit.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant. ``code`` is stable and short
    (``unknown-segment``), ``remedy`` is an instruction, not an explanation.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message} {self.remedy}".rstrip()


class ProjectErrors(IneditError):
    """Everything that is wrong in a brand project, found in one pass. ``faults`` is never empty."""

    def __init__(self, faults: Sequence[Issue]) -> None:
        self.faults = tuple(sorted(faults))
        count = len(self.faults)
        super().__init__(
            f"{count} {'fault' if count == 1 else 'faults'} in the brand project:\n"
            + "\n".join(f"  {fault}" for fault in self.faults)
        )
