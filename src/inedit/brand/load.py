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
from inedit.brand.error_messages import validation_issues
from inedit.brand.quiz import Quiz
from inedit.brand.reading import Document, read_document
from inedit.brand.registry import Found, Registry, Section
from inedit.brand.schema import Baseline, Brand, BrandIdentity, Sheet
from inedit.model.errors import Issue, ProjectErrors, errors_among

FOLDER = "brand_data"
PROMPTS = "prompts"
SMALL = "small"
NEEDED = ("brand", "segments", "languages", "tones", "angles", "channels")
OPTIONAL = ("claims", "baselines", "codebook")
FOLDERS = ("insights", "references", "lexicon", "campaigns", "quizzes")


@dataclass(frozen=True, slots=True)
class Project:
    """A brand project that is in order.

    ``sheets`` holds ``prompts/<channel>.yaml`` by channel; ``small_sheets`` those of ``prompts/small/``, for small
    models; ``quizzes`` is by id.
    """

    root: Path
    brand: Brand
    sheets: Mapping[str, Sheet]
    small_sheets: Mapping[str, Sheet] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)


def load_project(root: Path, today: date | None = None) -> Project:
    """Load the project in the folder ``root``.

    Raises :class:`~.errors.ProjectErrors` with *all* errors; warnings stop nothing. With ``today``, a
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
    return Reading(loader.project(), tuple(sorted(loader.issues)), loader.registry)


@dataclass(slots=True)
class _Loader:
    root: Path
    today: date | None
    registry: Registry = field(default_factory=Registry)
    issues: list[Issue] = field(default_factory=list)

    def load(self) -> None:
        if not (self.root / FOLDER).is_dir():
            self.issues.append(
                Issue(
                    FOLDER, 0, 0, "no-brand-data",
                    f"There is no folder '{FOLDER}' here, so this is not a brand project.",
                    "Go to a project's folder, or make a project with: inedit init DIR.",
                )
            )  # fmt: skip
            return
        registry = self.registry
        self._identity()
        self._list("segments", registry.segments)
        self._list("languages", registry.languages)
        self._list("tones", registry.tones)
        self._list("angles", registry.angles)
        self._list("channels", registry.channels)
        self._list("claims", registry.claims)
        self._list("codebook", registry.codes)
        self._baselines()
        for path in self._files(FOLDER, "insights"):
            self._entries(self._read(path), registry.insights)
        for path in self._files(FOLDER, "references"):
            self._entries(self._read(path), registry.references)
        self._one_a_file(registry.lexicons, FOLDER, "lexicon")
        self._one_a_file(registry.campaigns, FOLDER, "campaigns")
        self._one_a_file(registry.quizzes, FOLDER, "quizzes")
        self._one_a_file(registry.sheets, PROMPTS)
        self._one_a_file(registry.small_sheets, PROMPTS, SMALL)
        folders = (self.root / PROMPTS / "_partials").glob("*/")
        registry.partials = frozenset(folder.name for folder in folders if folder.is_dir())
        self._misnamed()
        malformed = {issue[:3] for issue in map(astuple, self.issues)}
        for check in CHECKS:
            for issue in check(registry):
                # A name that is not a name at all is said to be so; that nothing bears it need not be added.
                if not (issue.code.startswith("unknown-") and astuple(issue)[:3] in malformed):
                    self.issues.append(issue)
        if self.today:
            self.issues.extend((*claims_on(self.today, registry), *briefs_on(self.today, registry)))

    def project(self) -> Project | None:
        """What was loaded without errors; None without a valid brand.yaml."""
        registry = self.registry
        if registry.identity is None:
            return None
        brand = Brand(
            identity=registry.identity.value,
            segments=registry.segments.values(),
            languages=registry.languages.values(),
            tones=registry.tones.values(),
            angles=registry.angles.values(),
            channels=registry.channels.values(),
            claims=registry.claims.values(),
            insights=registry.insights.values(),
            lexicons=registry.lexicons.values(),
            baselines=tuple(row.value for row in registry.baselines),
            references=tuple(registry.references.values().values()),
            campaigns=registry.campaigns.values(),
            codes=registry.codes.values(),
        )
        return Project(
            self.root,
            brand,
            registry.sheets.values(),
            registry.small_sheets.values(),
            registry.quizzes.values(),
        )

    def _read(self, path: Path) -> Document:
        document = read_document(self.root, path)
        self.issues.extend(document.issues)
        return document

    def _top(self, name: str) -> Document | None:
        """A file at the top of ``brand_data``; None when it is absent, with a fault if it is needed."""
        path = self.root / FOLDER / f"{name}.yaml"
        if path.exists() or path.is_symlink():
            document = self._read(path)
            if document.readable and not document.data and name in NEEDED:
                self.issues.append(document.issue((), "empty-file", "The file is empty.", "Fill it in."))
                document.readable = False
            return document
        if name in NEEDED:
            self.issues.append(
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
                self.issues.append(
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
            self.issues.extend(validation_issues(error, document, (), BrandIdentity))
        else:
            self.registry.identity = Found(value, document, ())

    def _list(self, name: str, section: Section[Any]) -> None:
        document = self._top(name)
        if document is not None:
            self._entries(document, section)
        elif name in NEEDED:
            section.complete = False

    def _entries(self, document: Document, section: Section[Any]) -> None:
        rows = self._rows(document)
        section.complete &= rows is not None
        for index, row in enumerate(rows or ()):
            self.issues.extend(section.put(document, (index,), row))

    def _rows(self, document: Document) -> list[object] | None:
        """The items of a file that holds a list; None, with a fault, when it holds something else."""
        if not document.readable:
            return None
        if document.data is None:
            return []
        if isinstance(document.data, list):
            return document.data
        self.issues.append(
            document.issue((), "wrong-type", "This file must hold a list.", "Begin each entry with '- '.")
        )
        return None

    def _baselines(self) -> None:
        document = self._top("baselines")
        for index, row in enumerate((document and self._rows(document)) or ()):
            assert document is not None  # noqa: S101  it had rows
            try:
                value = Baseline.model_validate(row)
            except ValidationError as error:
                self.issues.extend(validation_issues(error, document, (index,), Baseline))
            else:
                self.registry.baselines.append(Found(value, document, (index,)))

    def _one_a_file(self, section: Section[Any], *folder: str) -> None:
        """Files that hold one entry each, named after it."""
        for path in self._files(*folder):
            document = self._read(path)
            if not document.readable:
                section.complete = False
                continue
            if document.data is None:
                section.complete = False
                self.issues.append(document.issue((), "empty-file", "The file is empty.", "Fill it in."))
                continue
            self.issues.extend(section.put(document, (), document.data))
            name = document.data.get(section.key) if isinstance(document.data, dict) else None
            if isinstance(name, str) and name.strip() != path.stem:
                self.issues.append(
                    document.issue(
                        (section.key,), "name-differs",
                        f"The file is called {path.name}, its '{section.key}' is '{name}'.",
                        f"Write '{section.key}: {path.stem}', or rename the file.",
                    )
                )  # fmt: skip
