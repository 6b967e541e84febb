"""Files of ``brand_data/`` that hold a plain list and may be missing: prices, rates, budgets, the provider's pace."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from inedit.brand.error_messages import validation_issues
from inedit.brand.reading import read_document
from inedit.brand.schema import ProjectModel
from inedit.model.errors import Issue

FOLDER = "brand_data"

E = TypeVar("E", bound=ProjectModel)


def read_list(root: Path, name: str, model: type[E]) -> tuple[tuple[E, ...], tuple[Issue, ...]]:
    """The valid rows of ``brand_data/NAME.yaml``, and what is wrong with the others; no file is an empty list."""
    root = root.resolve()
    path = root / FOLDER / f"{name}.yaml"
    if not path.exists():
        return (), ()
    document = read_document(root, path)
    issues = list(document.issues)
    data: Any = document.data
    if not isinstance(data, list):
        if document.readable and data is not None:
            issues.append(
                document.issue((), "wrong-type", "This file must hold a list.", "Begin each entry with '- '.")
            )
        return (), tuple(issues)
    rows = []
    for index, row in enumerate(data):
        try:
            rows.append(model.model_validate(row))
        except ValidationError as error:
            issues.extend(validation_issues(error, document, (index,), model))
    return tuple(rows), tuple(issues)
