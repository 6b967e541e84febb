"""What git says of a file of the project, where the project is in a repository; elsewhere there is no history."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

MOST = 12
SECONDS = 5
MOST_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """One commit that touched a file; ``day`` is ISO text."""

    id: str
    day: str
    by: str
    subject: str


def history_of(root: Path, file: str) -> tuple[Change, ...]:
    """The newest commits of a file, the newest first."""
    output = _git(root, "log", f"-n{MOST}", "--date=short", "--format=%h%x1f%ad%x1f%an%x1f%s", "--", file)
    rows = (line.split("\x1f", 3) for line in output.splitlines())
    return tuple(Change(*row) for row in rows if len(row) == 4)


def difference(root: Path, file: str, change: Change) -> tuple[tuple[str, str], ...]:
    """The lines of a commit's difference in a file, each with its kind: ``new``, ``gone`` or ``same``."""
    output = _git(
        root, "show", "--format=", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=2", change.id, "--", file
    )  # fmt: skip
    lines = output[:MOST_CHARS].splitlines()
    begin = next((n for n, line in enumerate(lines) if line.startswith("@@")), len(lines))
    kinds = {"+": "new", "-": "gone"}
    return tuple((kinds.get(line[:1], "same"), line[1:]) for line in lines[begin:] if line[:1] in "+- ")


def _git(root: Path, *words: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  # no shell; file names are known ones
            [git, "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(root), *words],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
