"""Saving a file of ``brand_data/``: what ``check`` refuses is not saved, and nobody else's change is overwritten."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from inedit.bootstrap import issues_of
from inedit.model.errors import Issue, StoreError

FOLDERS = ("brand_data", "prompts")
NEW_FILE_MODE = 0o644
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


def content_of(path: Path) -> bytes:
    """What stands in a file; nothing in one that is not there yet."""
    return path.read_bytes() if path.exists() else b""


def save(root: Path, file: str, text: str, *, digest: str) -> Saved:
    """Write a file of the project (``brand_data/claims.yaml``: a name that is known, never one that was typed), whole
    or not at all. A file that is not there yet has the digest of nothing."""
    path = root / file
    with SAVING:
        try:
            if digest_of(content_of(path)) != digest:
                return Saved(changed_elsewhere=True)
            if refused := _refusals(root, file, text):
                return Saved(refused=refused)
            if digest_of(content_of(path)) != digest:  # while it was checked
                return Saved(changed_elsewhere=True)
            _replace(path, text)
        except OSError as error:
            raise StoreError(f"Cannot write {file}: {error.strerror}.") from error
    return Saved()


def issues_with(root: Path, file: str, text: str) -> tuple[Issue, ...]:
    """What check would say of a file, and the errors that it would cause elsewhere, if it were saved like that."""
    known, found = _known(root), issues_as_if(root, file, text)
    return tuple(i for i in found if i.file == file or (i.is_error and _of(i) not in known))


def _refusals(root: Path, file: str, text: str) -> tuple[Issue, ...]:
    """The errors that the project has with this file and has not without."""
    known = _known(root)
    return tuple(i for i in issues_as_if(root, file, text) if i.is_error and _of(i) not in known)


def _of(issue: Issue) -> tuple[str, str, str]:
    return issue.file, issue.code, issue.message


def _known(root: Path) -> set[tuple[str, str, str]]:
    return {_of(issue) for issue in issues_of(root)}


def issues_as_if(
    root: Path, file: str, text: str, check: Callable[[Path], Iterable[Issue]] = issues_of
) -> tuple[Issue, ...]:
    """Everything that ``check`` says of a copy of the project with this file."""
    with tempfile.TemporaryDirectory(prefix="inedit-check-") as name:
        trial = Path(name)
        for folder in FOLDERS:
            if (root / folder).is_dir():
                shutil.copytree(root / folder, trial / folder)
        (trial / file).parent.mkdir(parents=True, exist_ok=True)
        (trial / file).write_bytes(text.encode())
        return tuple(check(trial))


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, name) if path.exists() else Path(name).chmod(NEW_FILE_MODE)
        os.replace(name, path)  # noqa: PTH105  # one step
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
