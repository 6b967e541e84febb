"""The brand project: where it is, its database, its prompts, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inedit.archive.place import INDEX
from inedit.bootstrap.settings import Settings, is_embedded
from inedit.model.errors import Issue, StoreError, WrongInput, errors_among

if TYPE_CHECKING:
    from inedit.brand.load import Project
    from inedit.brand.schema import Campaign
    from inedit.prompting import Style, Templates
    from inedit.store import Store

STATE_FOLDER = ".inedit"
"""Folder of a brand project in which the default database lives."""


def find_root(start: Path | None = None) -> Path:
    """The brand project around ``start`` (default: the current folder): the nearest folder with ``brand_data``."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "brand_data").is_dir():
            return folder
    raise WrongInput(
        f"No brand project here: neither {here} nor a folder above it has a 'brand_data' folder. "
        "Go to your project, name it with --project, or make one with 'inedit init FOLDER'."
    )


def index_folder(root: Path) -> Path:
    """Where the index of accepted texts is kept between processes."""
    return root / INDEX


def database_url(settings: Settings, root: Path) -> str:
    """``INEDIT_DATABASE_URL``, or an SQLite file inside the project."""
    return settings.database_url or f"sqlite:///{root / STATE_FOLDER / 'inedit.db'}"


@contextmanager
def open_project_store(settings: Settings, root: Path, *, writing: bool = False) -> Iterator[Store]:
    """The project's database, made and migrated when needed; with ``writing``, one that another program holds is told
    within seconds, before anything slow or paid begins. Raises :class:`~.errors.StoreError`."""
    from inedit.store import open_store

    if not settings.database_url:
        try:
            (root / STATE_FOLDER).mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"Cannot write in {root}: {error.strerror}. Make the folder writable, or set INEDIT_DATABASE_URL."
            ) from error
    store = open_store(database_url(settings, root))
    try:
        if writing:
            store.refuse_held()
        yield store
    finally:
        store.close()


def prompt_style(settings: Settings, project: Project) -> Style:
    """Which of the project's prompts a run reads: the chosen ones, or those that suit the model.

    Embedded models read the small ones. A project without ``prompts/small/`` has one kind only, which all models read;
    it is the short kind, that earlier versions shipped, unless ``full`` is asked for by name.
    """
    from inedit.prompting import styles

    if settings.prompts != "auto":
        return "small" if settings.prompts == "small" else "full"
    return "small" if is_embedded(settings.model) or "small" not in styles(project) else "full"


def load_prompts(settings: Settings, project: Project, campaign: Campaign | None = None) -> Templates:
    """The project's templates in the style that :func:`prompt_style` gives, checked; with ``campaign`` those that its
    brief needs, for who looks ahead."""
    from inedit.prompting import load_for_brief, load_templates

    style = prompt_style(settings, project)
    return load_templates(project, style) if campaign is None else load_for_brief(project, style, campaign)


def load_all_prompts(settings: Settings, project: Project) -> Mapping[str, Templates]:
    """The project's templates in every style that it has, by its name; the one that a run would read comes first."""
    from inedit.prompting import load_templates, styles

    chosen = prompt_style(settings, project)
    named = dict.fromkeys((chosen, *styles(project)))
    return {style: load_templates(project, style) for style in named}


def issues_of(root: Path) -> tuple[Issue, ...]:
    """Every error and warning in a brand project: its data first, then its templates, which are read in any case and
    rendered once the data is in order."""
    from inedit.brand.lists import read_list
    from inedit.brand.load import read_project
    from inedit.generation.rate_limiter import check_pace
    from inedit.insight_loop.places import check_places
    from inedit.insight_loop.return_on_community import FILE, CommunityMonth
    from inedit.ledger import check_pricing_config
    from inedit.prompting import check_coverage, check_templates, check_wordings

    reading = read_project(root, datetime.now(UTC).date())
    _, returns = read_list(root, FILE, CommunityMonth)
    issues = (*reading.issues, *check_pricing_config(root), *check_pace(root), *check_places(root), *returns)
    sound = not errors_among(issues)
    issues = (*issues, *check_wordings(reading.registry))
    if reading.project is None:
        return issues
    return (*issues, *check_templates(reading.project, rendering=sound), *check_coverage(reading.project))
