"""Loading a brand project: every file read, every entry validated, all of them fitted together, in one pass.

All faults are reported at once, each with its file, line and column. No clock is read here: claims that have run out
are spoken of only when the caller gives the date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from inedit.brand.claim_dates import briefs_on, claims_on
from inedit.brand.cross_checks import CHECKS
from inedit.brand.error_messages import validation_faults
from inedit.brand.reading import Document, read_document
from inedit.brand.registry import Found, Registry, Section
from inedit.brand.schema import Baseline, Brand, BrandIdentity, Sheet
from inedit.errors import Issue, ProjectErrors, errors_among

FOLDER = "brand_data"
PROMPTS = "prompts"
SMALL = "small"
NEEDED = ("brand", "segments", "languages", "tones", "angles", "channels")
OPTIONAL = ("claims", "baselines")
FOLDERS = ("insights", "references", "lexicon", "campaigns")


@dataclass(frozen=True, slots=True)
class Project:
    """A brand project that is in order.

    ``sheets`` holds ``prompts/<channel>.yaml`` by channel; ``small_sheets`` those of ``prompts/small/``, for small
    models.
    """

    root: Path
    brand: Brand
    sheets: Mapping[str, Sheet]
    small_sheets: Mapping[str, Sheet] = field(default_factory=dict)


def load_project(root: Path, today: date | None = None) -> Project:
    """Load the project in the folder ``root``.

    Raises :class:`~inedit.errors.ProjectErrors` with *all* errors; warnings stop nothing. With ``today``, a
    campaign whose claims may all not be said is one of them.
    """
    reading = read_project(root, today)
    if (errors := errors_among(reading.issues)) or reading.project is None:
        raise ProjectErrors(errors)
    return reading.project


def check_project(root: Path, today: date | None = None) -> tuple[Issue, ...]:
    """Every error that :func:`load_project` would raise and every warning, in file and line order; empty when all
    is well."""
    return read_project(root, today).issues


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a project, and every error and warning, sorted.

    Entries with errors are left out of ``project``; it is None when nobody speaks: brand.yaml cannot be used.
    ``registry`` holds the same entries with their places in the files.
    """

    project: Project | None
    issues: tuple[Issue, ...]
    registry: Registry


def read_project(root: Path, today: date | None = None) -> Reading:
    """Read the project in the folder ``root``, whatever is wrong with it."""
    loader = _Loader(root.resolve(), today)
    loader.load()
    return Reading(loader.project(), tuple(sorted(loader.faults)), loader.shelves)


@dataclass(slots=True)
class _Loader:
    root: Path
    today: date | None
    shelves: Registry = field(default_factory=Registry)
    faults: list[Issue] = field(default_factory=list)

    def load(self) -> None:
        if not (self.root / FOLDER).is_dir():
            self.faults.append(
                Issue(
                    FOLDER, 0, 0, "no-brand-data",
                    f"There is no folder '{FOLDER}' here, so this is no brand project.",
                    "Go to a project's folder, or make a project with: inedit init DIR.",
                )
            )  # fmt: skip
            return
        shelves = self.shelves
        self._identity()
        self._list("segments", shelves.segments)
        self._list("languages", shelves.languages)
        self._list("tones", shelves.tones)
        self._list("angles", shelves.angles)
        self._list("channels", shelves.channels)
        self._list("claims", shelves.claims)
        self._baselines()
        for path in self._files(FOLDER, "insights"):
            self._entries(self._read(path), shelves.insights)
        for path in self._files(FOLDER, "references"):
            self._entries(self._read(path), shelves.references)
        self._one_a_file(shelves.lexicons, FOLDER, "lexicon")
        self._one_a_file(shelves.campaigns, FOLDER, "campaigns")
        self._one_a_file(shelves.sheets, PROMPTS)
        self._one_a_file(shelves.small_sheets, PROMPTS, SMALL)
        folders = (self.root / PROMPTS / "_partials").glob("*/")
        shelves.partials = frozenset(folder.name for folder in folders if folder.is_dir())
        self._misnamed()
        malformed = {fault[:3] for fault in map(astuple, self.faults)}
        for check in CHECKS:
            for fault in check(shelves):
                # A name that is no name at all is said to be so; that nothing bears it need not be added.
                if not (fault.code.startswith("unknown-") and astuple(fault)[:3] in malformed):
                    self.faults.append(fault)
        if self.today:
            self.faults.extend((*claims_on(self.today, shelves), *briefs_on(self.today, shelves)))

    def project(self) -> Project | None:
        """What was loaded without errors; None without a valid brand.yaml."""
        shelves = self.shelves
        if shelves.identity is None:
            return None
        brand = Brand(
            identity=shelves.identity.value,
            segments=shelves.segments.values(),
            languages=shelves.languages.values(),
            tones=shelves.tones.values(),
            angles=shelves.angles.values(),
            channels=shelves.channels.values(),
            claims=shelves.claims.values(),
            insights=shelves.insights.values(),
            lexicons=shelves.lexicons.values(),
            baselines=tuple(row.value for row in shelves.baselines),
            references=tuple(shelves.references.values().values()),
            campaigns=shelves.campaigns.values(),
        )
        return Project(self.root, brand, shelves.sheets.values(), shelves.small_sheets.values())

    def _read(self, path: Path) -> Document:
        document = read_document(self.root, path)
        self.faults.extend(document.faults)
        return document

    def _top(self, name: str) -> Document | None:
        """A file at the top of ``brand_data``; None when it is absent, with a fault if it is needed."""
        path = self.root / FOLDER / f"{name}.yaml"
        if path.exists() or path.is_symlink():
            document = self._read(path)
            if document.readable and not document.data and name in NEEDED:
                self.faults.append(document.fault((), "empty-file", "The file is empty.", "Fill it in."))
                document.readable = False
            return document
        if name in NEEDED:
            self.faults.append(
                Issue(
                    f"{FOLDER}/{name}.yaml", 0, 0, "missing-file", "The file is missing.",
                    "Add it; docs/brand-data.md says what belongs in it.",
                )
            )  # fmt: skip
        return None

    def _files(self, *folder: str) -> list[Path]:
        return sorted((self.root.joinpath(*folder)).glob("[!.]*.yaml"))

    def _misnamed(self) -> None:
        """Files that look like ours but would be passed over: ``segment.yaml``, ``claims.yml``."""
        known = (*NEEDED, *OPTIONAL)
        top = [(path, known) for path in (self.root / FOLDER).glob("*.y*ml")]
        inside = [(path, ()) for name in FOLDERS for path in (self.root / FOLDER / name).glob("*.yml")]
        inside += [(path, ()) for path in (self.root / PROMPTS).rglob("*.yml")]
        for path, names in (*top, *inside):
            meant = path.stem if path.suffix == ".yml" else None
            if names and path.stem not in names:
                meant = next(iter(get_close_matches(path.stem, names, n=1, cutoff=0.75)), None)
            if meant and (path.suffix == ".yml" or meant != path.stem):
                self.faults.append(
                    Issue(
                        path.relative_to(self.root).as_posix(), 0, 0, "misnamed-file",
                        "A file of this name is not read.", f"Rename it to {meant}.yaml.",
                    )
                )  # fmt: skip

    def _identity(self) -> None:
        document = self._top("brand")
        if document is None or not document.readable:
            return
        try:
            value = BrandIdentity.model_validate(document.data)
        except ValidationError as error:
            self.faults.extend(validation_faults(error, document, (), BrandIdentity))
        else:
            self.shelves.identity = Found(value, document, ())

    def _list(self, name: str, shelf: Section[Any]) -> None:
        document = self._top(name)
        if document is not None:
            self._entries(document, shelf)
        elif name in NEEDED:
            shelf.complete = False

    def _entries(self, document: Document, shelf: Section[Any]) -> None:
        rows = self._rows(document)
        shelf.complete &= rows is not None
        for index, row in enumerate(rows or ()):
            self.faults.extend(shelf.put(document, (index,), row))

    def _rows(self, document: Document) -> list[object] | None:
        """The items of a file that holds a list; None, with a fault, when it holds something else."""
        if not document.readable:
            return None
        if document.data is None:
            return []
        if isinstance(document.data, list):
            return document.data
        self.faults.append(
            document.fault((), "wrong-type", "This file must hold a list.", "Begin each entry with '- '.")
        )
        return None

    def _baselines(self) -> None:
        document = self._top("baselines")
        for index, row in enumerate((document and self._rows(document)) or ()):
            assert document is not None  # noqa: S101  it had rows
            try:
                value = Baseline.model_validate(row)
            except ValidationError as error:
                self.faults.extend(validation_faults(error, document, (index,), Baseline))
            else:
                self.shelves.baselines.append(Found(value, document, (index,)))

    def _one_a_file(self, shelf: Section[Any], *folder: str) -> None:
        """Files that hold one entry each, named after it."""
        for path in self._files(*folder):
            document = self._read(path)
            if not document.readable:
                shelf.complete = False
                continue
            if document.data is None:
                shelf.complete = False
                self.faults.append(document.fault((), "empty-file", "The file is empty.", "Fill it in."))
                continue
            self.faults.extend(shelf.put(document, (), document.data))
            name = document.data.get(shelf.key) if isinstance(document.data, dict) else None
            if isinstance(name, str) and name.strip() != path.stem:
                self.faults.append(
                    document.fault(
                        (shelf.key,), "name-differs",
                        f"The file is called {path.name}, its '{shelf.key}' is '{name}'.",
                        f"Write '{shelf.key}: {path.stem}', or rename the file.",
                    )
                )  # fmt: skip
