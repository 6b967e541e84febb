"""Making a new brand project: a small complete one, to be replaced file by file."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from inedit.brand.schemas import write_schemas
from inedit.errors import WrongInput


def shipped_flows() -> list[Path]:
    """The files of ``flows/`` that every new project gets."""
    return sorted(Path(str(files("inedit.brand") / "starter" / "flows")).glob("*.py"))


def init_project(target: Path) -> None:
    """Copy the starter project into ``target``, a new or empty folder, with the schemas that editors read.

    Raises :class:`~inedit.errors.WrongInput` when there is something in the folder already or it cannot be
    written; what was copied before a failure is taken away again.
    """
    try:
        if target.exists() and not target.is_dir():
            raise WrongInput(f"{target} is a file. Name a new or an empty folder.")
        if target.is_dir() and any(target.iterdir()):
            raise WrongInput(f"{target} is not empty. Name a new or an empty folder.")
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongInput(f"{target} cannot be used: {error.strerror}. Name another folder.") from error
    try:
        with as_file(files("inedit.brand") / "starter") as starter:
            shutil.copytree(starter, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        write_schemas(target)
    except OSError as error:
        for left in target.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        reason = error.strerror or "the copy failed"
        raise WrongInput(f"{target} cannot be written: {reason}. Name another folder.") from error
