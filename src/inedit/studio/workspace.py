"""What the pages work on: a brand project, its database, and what is made of them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from inedit.archive.admission import Archive
from inedit.archive.catalogue import Card, Catalogue
from inedit.archive.looks import Looks
from inedit.archive.pieces import read_pieces
from inedit.bootstrap import (
    Settings,
    index_folder,
    lazy_encoder,
    load_all_prompts,
    open_ledger,
    open_project_store,
)
from inedit.brand.load import Project, load_project
from inedit.brand.schema import Brand
from inedit.encoding import Encoder
from inedit.ledger import Ledger
from inedit.model import Piece, Status
from inedit.model.errors import IneditError
from inedit.pipeline.decision import decide
from inedit.pipeline.editing import judge_edit
from inedit.pipeline.stale import prompt_digest
from inedit.prompting import Templates
from inedit.store import Store
from inedit.studio.candidates import CandidateCache
from inedit.studio.decisions import Decisions, Taken
from inedit.studio.passwords import Gate
from inedit.studio.running import Runs
from inedit.studio.trials import Trials

Stamp = tuple[tuple[str, int, int], ...]

LOOK_SECONDS = 1.0
"""How often decisions are looked at."""

READ_FOLDERS = ("brand_data", "prompts")


@dataclass(frozen=True, slots=True)
class _Loaded:
    stamp: Stamp
    project: Project
    templates: Templates
    archive: Archive
    typing: Archive
    kinds: Mapping[str, Templates]


@dataclass(slots=True)
class Workspace:
    """One project. Files are read again once they have changed; ``clock`` gives the moment, in UTC."""

    root: Path
    settings: Settings
    store: Store
    encoder: Callable[[], Encoder]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    catalogue: Catalogue = field(init=False)
    looks: Looks = field(init=False)
    gate: Gate = field(init=False)
    decisions: Decisions = field(init=False)
    runs: Runs = field(init=False)
    trials: Trials = field(default_factory=Trials)
    candidates: CandidateCache = field(default_factory=CandidateCache)
    address: str = ""  # where people open the studio: what a link begins with
    _held: _Loaded | None = None
    _encoder_loading: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stale: tuple[object, frozenset[str]] | None = None

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(self.store)
        self.looks = Looks(self.store)
        self.gate = Gate(self.store, self.clock)
        self.decisions = Decisions(self._carry_out)
        self.runs = Runs(self.root, self.settings, self.encoder)

    def project(self) -> Project:
        """The project as its files say now; raises :class:`~.errors.ProjectErrors` when they cannot be read."""
        return self._loaded().project

    def templates(self) -> Templates:
        """The prompts that a run would read."""
        return self._loaded().templates

    def kinds(self) -> Mapping[str, Templates]:
        """All prompts of the project, by their kind: a piece is judged by those that it was written by."""
        return self._loaded().kinds

    def archive(self) -> Archive:
        """The door to the accepted pieces, under the brand as it is now."""
        return self._loaded().archive

    def typing_archive(self) -> Archive:
        """The accepted pieces by their words alone, for drafts that are judged while somebody types: no encoder."""
        return self._loaded().typing

    def expect_a_save(self) -> None:
        """Load the encoder while somebody types: saving compares the meaning of texts, and would wait for it."""
        if self._encoder_loading is None:
            self._encoder_loading = threading.Thread(target=self._load_encoder)
            self._encoder_loading.start()

    def _load_encoder(self) -> None:
        with suppress(IneditError):  # told to whoever saves
            self.encoder()

    def find(self, piece_id: str) -> Piece | None:
        """A piece by its whole id."""
        return next(read_pieces(self.store, piece_id=piece_id), None)

    def stale(self) -> frozenset[str]:
        """The accepted pieces whose prompt would say something else today."""
        loaded, cards = self._loaded(), self.catalogue.cards()
        today = self.clock().date()
        seen = (loaded.stamp, today, cards[-1].seq if cards else 0, len(cards))
        if self._stale is None or self._stale[0] != seen:
            brand = loaded.project.brand
            read = (card for card in cards if card.status is Status.ACCEPTED and card.prompt_sha)
            found = frozenset(
                card.id for card in read if not self._says_the_same(card, brand, loaded.kinds.values(), today)
            )
            self._stale = (seen, found)
        return self._stale[1]

    def _says_the_same(self, card: Card, brand: Brand, kinds: Iterable[Templates], today: date) -> bool:
        campaign = brand.campaigns.get(card.spec.campaign_id)
        return campaign is not None and any(
            prompt_digest(kind, brand, campaign, card.spec, today) == card.prompt_sha for kind in kinds
        )

    def _carry_out(self, waiting: Taken) -> bool:
        """A decision whose time to be undone has run out."""
        piece = self.find(waiting.piece_id)
        return piece is not None and decide(
            self.store, self.ledger(), self.project().brand, piece, waiting.approval, by=waiting.by,
            at=waiting.at, seconds=waiting.seconds, comment=waiting.comment, checked=waiting.checked,
        )  # fmt: skip

    def ledger(self) -> Ledger:
        """The ledger, under what finance has set down in the project now."""
        return open_ledger(self.store, self.root, self.settings)

    def _loaded(self) -> _Loaded:
        with self._lock:
            stamp = _stamp(self.root)
            if self._held is None or self._held.stamp != stamp:
                project = load_project(self.root)
                folder = index_folder(self.root)
                archive = Archive(
                    self.store, project.brand, lambda texts: self.encoder().encode(texts), folder
                )
                kinds = load_all_prompts(self.settings, project)
                self._held = _Loaded(
                    stamp,
                    project,
                    next(iter(kinds.values())),
                    archive,
                    Archive(self.store, project.brand, folder=folder),
                    kinds,
                )
            return self._held


@contextmanager
def open_workspace(settings: Settings, root: Path) -> Iterator[Workspace]:
    """A project with its database, for as long as the context lasts."""
    with open_project_store(settings, root) as store:
        workspace = Workspace(root, settings, store, lazy_encoder(settings))
        workspace.project()  # what cannot be read is told before a page is served
        over = threading.Event()
        background = [
            threading.Thread(target=work, args=(workspace, over)) for work in (_carry_out_due, _warm_up)
        ]
        for thread in background:
            thread.start()
        try:
            yield workspace
        finally:
            workspace.runs.end()
            workspace.trials.end()
            over.set()
            for thread in (*background, *filter(None, [workspace._encoder_loading])):
                thread.join()
            workspace.decisions.carry_out_all()
            workspace.looks.flush()


def _carry_out_due(workspace: Workspace, over: threading.Event) -> None:
    """Carry out decisions whose time to be undone has run out, until the studio closes."""
    while not over.wait(LOOK_SECONDS):
        workspace.decisions.carry_out_due(workspace.clock())
        with suppress(IneditError):
            workspace.looks.flush()


def _warm_up(workspace: Workspace, over: threading.Event) -> None:
    """Read the archive, and load the checks' language data by judging a text, before somebody waits for them."""
    judged = set[str]()
    for card in workspace.catalogue.cards():
        if over.is_set():
            return
        if card.spec.language in judged or (piece := workspace.find(card.id)) is None:
            continue
        judged.add(card.spec.language)
        with suppress(IneditError):
            judge_edit(workspace.typing_archive(), workspace.kinds(), piece, {}, workspace.clock().date())


def _stamp(root: Path) -> Stamp:
    """Names, times and sizes of all files that the project is read from."""
    return tuple(sorted(one for folder in READ_FOLDERS for one in _files(root / folder)))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Every page asks several times: entries of a folder know what they are without being asked."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(Path(entry.path))
            else:
                found = entry.stat()
                yield entry.path, found.st_mtime_ns, found.st_size
