"""Making a new project."""

from __future__ import annotations

import fnmatch
import os
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from inedit.brand.load import check_project
from inedit.brand.scaffold import init_project
from inedit.insight_loop.places import load_places
from inedit.model.errors import WrongInput

ROOT = Path(__file__).parents[3]
STARTER = Path(str(files("inedit.brand") / "starter"))


def every_file(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def sources(folder: Path) -> dict[str, bytes]:
    return {name: text for name, text in every_file(folder).items() if name.endswith(".py")}


def test_a_new_project_is_sound(tmp_path):
    """What init writes passes its own check, and has the schemas that its files name."""
    init_project(tmp_path / "a" / "b")
    assert check_project(tmp_path / "a" / "b") == ()
    assert (tmp_path / "a" / "b" / "brand_data" / "schemas" / "claims.json").is_file()
    assert load_places(tmp_path / "a" / "b") == {}  # an example in comments


def test_an_empty_folder_is_good(tmp_path):
    """A folder that exists and holds nothing is filled."""
    init_project(tmp_path)
    assert check_project(tmp_path) == ()


def test_what_is_there_is_never_touched(tmp_path):
    """A folder with anything in it, or a file, is refused and left as it was."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(WrongInput, match="not empty"):
        init_project(tmp_path)
    with pytest.raises(WrongInput, match="is a file"):
        init_project(tmp_path / "notes.txt")
    with pytest.raises(WrongInput, match="cannot be used"):
        init_project(tmp_path / "notes.txt" / "below")
    assert every_file(tmp_path) == {"notes.txt": b"mine"}


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    """When the disk refuses half-way, the folder is empty again and the message says why."""
    from inedit.brand import scaffold

    def full(root, _others):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(scaffold, "write_schemas", full)
    with pytest.raises(WrongInput, match="No space left"):
        init_project(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_the_starter_has_the_prompts_of_the_repository():
    """The starter's prompts are a copy: after changing prompts/, copy it to src/inedit/brand/starter/."""
    assert every_file(STARTER / "prompts") == every_file(ROOT / "prompts")


def test_the_starter_has_the_flows_of_the_repository():
    """So are its flows: what 'inedit init' ships is what the demo project serves."""
    assert sources(STARTER / "flows") == sources(ROOT / "flows")


def test_every_file_of_the_starter_is_packaged():
    """The patterns of package-data match every file of the starter, so that the wheel holds it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["inedit"]
    for name in (name for name in every_file(STARTER) if not name.endswith(".pyc")):
        assert any(fnmatch.fnmatch(f"brand/starter/{name}", pattern) for pattern in patterns), name
