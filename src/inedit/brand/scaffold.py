"""Making a new brand project: a small complete one, to be replaced file by file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from inedit.brand.load import FOLDER
from inedit.brand.schemas import write_schemas
from inedit.model.errors import WrongInput


def shipped_flows() -> list[Path]:
    """The files of ``flows/`` that every new project gets."""
    return sorted(Path(str(files("inedit.brand") / "starter" / "flows")).glob("*.py"))


def init_project(target: Path, language: str = "", others: Mapping[str, Any] | None = None) -> None:
    """Copy the starter project into ``target``, a new or empty folder, with the schemas that editors read.

    With a ``language``, its demo campaign writes in that one; ``others`` are the kinds of files that rooms above
    describe, as :func:`~inedit.brand.schemas.json_schemas` takes them. Raises :class:`~.errors.WrongInput` when
    the example has no such language, there is something in the folder already or it cannot be written; what was
    copied before a failure is taken away again.
    """
    with as_file(files("inedit.brand") / "starter") as starter:
        known = sorted(path.stem for path in (starter / "brand_data" / "lexicon").glob("*.yaml"))
    if language and language not in known:
        raise WrongInput(
            f"The example is not written in '{language}', but in: {', '.join(known)}. Begin with one of these, then: "
            f"inedit new language {language}"
        )
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
        write_schemas(target, others)
        if language:
            _write_in(target / FOLDER / "campaigns" / "demo.yaml", language)
    except OSError as error:
        for left in target.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        reason = error.strerror or "the copy failed"
        raise WrongInput(f"{target} cannot be written: {reason}. Name another folder.") from error


def _write_in(campaign: Path, language: str) -> None:
    text = campaign.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^languages: .*$", f"languages: [{language}]", text)
    campaign.write_text(re.sub(r"(?m)^# \d+ channel.*?Run it", "# Run it", text), encoding="utf-8")
