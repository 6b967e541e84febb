"""What the pages work on: a brand project, its database, and what is made of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from inedit.archive.admission import Archive
from inedit.bootstrap import Settings, lazy_encoder, load_prompts, open_ledger, open_project_store
from inedit.brand.load import Project, load_project
from inedit.encoding import Encoder
from inedit.ledger import Ledger
from inedit.prompting import Templates
from inedit.store import Store

Stamp = tuple[tuple[str, int, int], ...]

READ_FOLDERS = ("brand_data", "prompts")


@dataclass(frozen=True, slots=True)
class _Loaded:
    stamp: Stamp
    project: Project
    templates: Templates
    archive: Archive


@dataclass(slots=True)
class Workspace:
    """One project. Files are read again once they have changed; ``clock`` gives the moment, in UTC."""

    root: Path
    settings: Settings
    store: Store
    encoder: Callable[[], Encoder]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _held: _Loaded | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def project(self) -> Project:
        """The project as its files say now; raises :class:`~inedit.errors.ProjectErrors` when they cannot be read."""
        return self._loaded().project

    def templates(self) -> Templates:
        """The prompts that a run would read."""
        return self._loaded().templates

    def archive(self) -> Archive:
        """The door to the accepted pieces, under the brand as it is now."""
        return self._loaded().archive

    def ledger(self) -> Ledger:
        """The ledger, under what finance has set down in the project now."""
        return open_ledger(self.store, self.root, self.settings)

    def _loaded(self) -> _Loaded:
        with self._lock:
            stamp = _stamp(self.root)
            if self._held is None or self._held.stamp != stamp:
                project = load_project(self.root)
                archive = Archive(self.store, project.brand, lambda texts: self.encoder().encode(texts))
                self._held = _Loaded(stamp, project, load_prompts(self.settings, project), archive)
            return self._held


@contextmanager
def open_workspace(settings: Settings, root: Path) -> Iterator[Workspace]:
    """A project with its database, for as long as the context lasts."""
    with open_project_store(settings, root) as store:
        workspace = Workspace(root, settings, store, lazy_encoder(settings))
        workspace.project()  # what cannot be read is told before a page is served
        yield workspace


def _stamp(root: Path) -> Stamp:
    """Names, times and sizes of all files that the project is read from."""
    files = (file for folder in READ_FOLDERS for file in sorted((root / folder).rglob("*")) if file.is_file())
    return tuple((str(file), (s := file.stat()).st_mtime_ns, s.st_size) for file in files)
