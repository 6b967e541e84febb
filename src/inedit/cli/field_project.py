"""What the commands that code verbatims share: the project with its code book, and its store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.bootstrap import Settings
    from inedit.brand.load import Project
    from inedit.store import Store

PlaceOption = Annotated[
    str | None, typer.Option(help="Only what was said in this place.", show_default=False)
]


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def open_field(
    project: Path | None, *, needs_codes: bool = True
) -> Iterator[tuple[Project, Settings, Store]]:
    """The project, the settings and the store; a clear message where there is no code book."""
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.brand.load import load_project

    settings, root = Settings.from_environment(), find_root(project)
    loaded = load_project(root)
    if needs_codes and not loaded.brand.codes:
        raise WrongInput("There is no code book. Write brand_data/codebook.yaml; docs/coding.md says how.")
    with open_project_store(settings, root) as store:
        yield loaded, settings, store
