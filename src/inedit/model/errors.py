"""The errors that a person may meet, each with the exit code that the command line gives it.

Only the outermost layer (command line, flow) turns one into a message; everything below raises it with a
sentence that says what is wrong, where, and how to fix it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


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


class IssueSeverity(StrEnum):
    """How bad an issue is: with an ``error`` nothing is produced; a ``warning`` is said and stops nothing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing wrong, or doubtful, in a file that people edit.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant. ``code`` is stable and short
    (``unknown-segment``), ``remedy`` is an instruction, not an explanation.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    remedy: str
    severity: IssueSeverity = IssueSeverity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether nothing can be produced before this is put right."""
        return self.severity is IssueSeverity.ERROR

    def __str__(self) -> str:
        location = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{location}: {self.message} {self.remedy}".rstrip()


def errors_among(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues that are errors, in their order."""
    return tuple(issue for issue in issues if issue.is_error)


CAUSES = frozenset({
    "no-brand-data", "missing-file", "empty-file", "misnamed-file", "name-differs", "yaml-syntax", "unreadable-file",
    "not-utf-8", "file-too-large", "outside-project", "not-a-file", "incomplete-language",
})  # fmt: skip
"""Codes of mistakes that many others follow from: a file that is not there or cannot be read, a language begun."""

MANY = 10
"""Places from which one mistake is told before those of fewer places."""


def causes_first(issues: Iterable[Issue]) -> list[tuple[Issue, tuple[Issue, ...]]]:
    """Issues of one kind and wording together, each group as its first and the others.

    Errors come before warnings; among them mistakes that others follow from, then those made in many places, then file
    by file.
    """
    groups: dict[tuple[object, ...], list[Issue]] = {}
    for issue in sorted(issues):
        groups.setdefault((issue.severity, issue.code, issue.message, issue.remedy), []).append(issue)

    def rank(group: list[Issue]) -> tuple[bool, bool, int, Issue]:
        first, size = group[0], len(group)
        return not first.is_error, first.code not in CAUSES, -size if size >= MANY else 0, first

    return [(group[0], tuple(group[1:])) for group in sorted(groups.values(), key=rank)]


def counted(issues: Sequence[Issue]) -> str:
    """How many errors and warnings there are, in words: ``3 errors, 1 warning``."""
    errors = len(errors_among(issues))
    numbers = (("error", errors), ("warning", len(issues) - errors))
    return ", ".join(f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in numbers if n) or "no errors"


class ProjectErrors(IneditError):
    """Everything that is wrong in a brand project, found in one pass. ``issues`` is never empty; no warnings."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(sorted(issues))
        count = len(self.issues)
        super().__init__(
            f"{count} {'fault' if count == 1 else 'faults'} in the brand project:\n"
            + "\n".join(f"  {issue}" for issue in self.issues)
        )
