"""Adding a finished insight to a file of ``brand_data/insights/``; what stands in the file stays as it is."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from inedit.brand.load import check_project
from inedit.model.errors import ProjectErrors, WrongInput, errors_among

HEADER = "# yaml-language-server: $schema=../schemas/insights.json\n"
TOP = "# What people said in their communities, accepted with `inedit insights accept`. Each entry may be edited.\n"


def add_insight(root: Path, stem: str, entry: Mapping[str, Any]) -> Path:
    """Add an entry at the end of ``brand_data/insights/<stem>.yaml``; returns the file.

    Raises :class:`~.errors.ProjectErrors`, with the file as it was, when the project has errors with it that it
    did not have before.
    """
    path = root / "brand_data" / "insights" / f"{stem}.yaml"
    had = {(issue.code, issue.message) for issue in errors_among(check_project(root))}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else None
        start = HEADER + TOP if before is None else before
        gap = "" if start.endswith("\n") else "\n"
        path.write_text(f"{start}{gap}{entry_yaml(entry)}", encoding="utf-8")
        new = [i for i in errors_among(check_project(root)) if (i.code, i.message) not in had]
        if new:
            path.unlink() if before is None else path.write_text(before, encoding="utf-8")
            raise ProjectErrors(new)
    except OSError as error:
        raise WrongInput(f"{path} cannot be written: {error.strerror}.") from error
    return path


def entry_yaml(entry: Mapping[str, Any]) -> str:
    """An entry of a list as it is written by hand: texts in double quotes, ids and dates plain."""
    yaml = YAML()
    yaml.width = 1_000_000
    out = io.StringIO()
    yaml.dump([_styled(entry, "id")], out)
    return out.getvalue()


def _styled(value: Any, key: str = "") -> Any:
    """Texts in double quotes, ids and dates plain, lists on one line."""
    if isinstance(value, Mapping):
        return CommentedMap(
            (name, one if name in ("id", "kind", "legal_basis") else _styled(one, name))
            for name, one in value.items()
        )
    if isinstance(value, list):
        plain = key in ("products", "segments", "topics", "markets")
        row = CommentedSeq(one if plain else DoubleQuotedScalarString(one) for one in value)
        row.fa.set_flow_style()
        return row
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value
