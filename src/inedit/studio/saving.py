"""Saving a file of ``brand_data/``: what ``check`` refuses is not saved, and nobody else's change is overwritten."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from inedit.bootstrap import issues_of
from inedit.errors import Issue, StoreError

FOLDERS = ("brand_data", "prompts")
SAVING = threading.Lock()
"""Held by whoever writes a file of the project, so that no thread of the studio overwrites another one's change."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it: ``changed_elsewhere`` when the file is another one than was read, ``refused`` what check has
    against it and had not before. Neither: it is saved."""

    changed_elsewhere: bool = False
    refused: tuple[Issue, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the file was written."""
        return not self.changed_elsewhere and not self.refused


def digest_of(content: bytes) -> str:
    """What a form carries, to tell later whether the file is still the one that it was made from."""
    return hashlib.sha256(content).hexdigest()


def save(root: Path, file: str, text: str, *, digest: str) -> Saved:
    """Write a file of the project (``brand_data/claims.yaml``: a name that is known, never one that was typed), whole
    or not at all."""
    path = root / file
    with SAVING:
        try:
            if digest_of(path.read_bytes()) != digest:
                return Saved(changed_elsewhere=True)
            if refused := _refusals(root, file, text):
                return Saved(refused=refused)
            if digest_of(path.read_bytes()) != digest:  # while it was checked
                return Saved(changed_elsewhere=True)
            _replace(path, text)
        except OSError as error:
            raise StoreError(f"Cannot write {file}: {error.strerror}.") from error
    return Saved()


def issues_with(root: Path, file: str, text: str) -> tuple[Issue, ...]:
    """What check would say of a file, and the errors that it would cause elsewhere, if it were saved like that."""
    known, found = _known(root), _trial(root, file, text)
    return tuple(i for i in found if i.file == file or (i.is_error and _of(i) not in known))


def _refusals(root: Path, file: str, text: str) -> tuple[Issue, ...]:
    """The errors that the project has with this file and has not without."""
    known = _known(root)
    return tuple(i for i in _trial(root, file, text) if i.is_error and _of(i) not in known)


def _of(issue: Issue) -> tuple[str, str, str]:
    return issue.file, issue.code, issue.message


def _known(root: Path) -> set[tuple[str, str, str]]:
    return {_of(issue) for issue in issues_of(root)}


def _trial(root: Path, file: str, text: str) -> tuple[Issue, ...]:
    """What check says of a copy of the project with this file."""
    with tempfile.TemporaryDirectory(prefix="inedit-check-") as name:
        trial = Path(name)
        for folder in FOLDERS:
            if (root / folder).is_dir():
                shutil.copytree(root / folder, trial / folder)
        (trial / file).write_bytes(text.encode())
        return tuple(issues_of(trial))


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, name)
        os.replace(name, path)  # noqa: PTH105  # one step
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
