"""A small sound project, and a way to break it in one place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from inedit.brand.load import check_project
from inedit.brand.scaffold import init_project
from inedit.model.errors import Issue


@dataclass
class Folder:
    """A brand project on disk that a test changes."""

    root: Path

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def issues(self) -> tuple[Issue, ...]:
        return check_project(self.root)

    def issue(self) -> Issue:
        """The one fault there is."""
        issues = self.issues()
        assert len(issues) == 1, "\n".join(map(str, issues))
        return issues[0]

    def line_of(self, file: str, text: str) -> int:
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    init_project(folder)
    for sheet in (folder / "prompts").glob("*.yaml"):  # without the long examples, tests run twice as fast
        sheet.write_text(sheet.read_text(encoding="utf-8").partition("examples:")[0], encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path, starter: Path) -> Folder:
    shutil.copytree(starter, tmp_path / "project")
    return Folder(tmp_path / "project")
