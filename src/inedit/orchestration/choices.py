"""What the forms' lists offer at this moment: read from the brand project and from its database."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from inedit.archive.requests import PastRun, unfinished_runs
from inedit.bootstrap import STATE_FOLDER, Settings, embedded_models, is_embedded, open_project_store
from inedit.brand.load import FOLDER, load_project
from inedit.brand.names import local_name
from inedit.brand.schema import Brand, Segment, Tone
from inedit.insight_loop.places import load_places
from inedit.ledger.journal.reading import months
from inedit.orchestration.forms import EVERYTHING, SEPARATOR, Choices, named_choice

MODELS = "INEDIT_MODELS"
"""Names of a provider's models that the forms offer, separated by commas."""

STATES = {"running": "running, or killed", "interrupted": "interrupted", "failed": "failed"}
STOPPED = "stopped early"
"""A run's state in a list. One that ended early, such as by its budget, has a whole sentence for its state."""

INCOMING = "incoming"
"""Folder of exports that people put there for *Observe*; git passes over it, as over all of the state folder."""

RUNS_OFFERED = 40
"""Unfinished runs that *Resume* offers, the newest first."""


def choices_of(root: Path, brand: Brand | None = None) -> Choices:
    """The lists of a project; ``brand`` spares reading it again. Raises what loading it raises."""
    brand = brand or load_project(root).brand
    runs, booked = from_database(root)
    return Choices(
        campaigns=tuple(brand.campaigns),
        channels=tuple(brand.channels),
        segments=_named(brand, brand.segments),
        languages=tuple(brand.languages),
        tones=_named(brand, brand.tones),
        models=offered_models(Settings.from_environment(), os.environ),
        brand=brand.identity.name,
        runs=runs,
        months=booked,
        places=tuple(load_places(root)),
        codes=tuple(brand.codes),
        incoming=tuple(file.name for file in incoming_files(root)),
    )


def _named(brand: Brand, entries: Mapping[str, Segment | Tone]) -> tuple[str, ...]:
    return tuple(named_choice(local_name(entry.name, brand), id) for id, entry in entries.items())


def from_database(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lists that the database tells: runs to resume, months to export."""
    with open_project_store(Settings.from_environment(), root) as store:
        runs, booked = unfinished_runs(store, most=RUNS_OFFERED), months(store)
    return tuple(shown(run) for run in runs), (EVERYTHING, *booked)


def offered_models(settings: Settings, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The model that the environment names, those of ``INEDIT_MODELS``, and the embedded ones."""
    named = (name.strip() for name in environ.get(MODELS, "").split(","))
    return tuple(dict.fromkeys((settings.model, *filter(None, named), *embedded_models())))


def offered_advisors(settings: Settings, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The model that the environment names as advisor, and the offered ones of a provider or server: those that are
    embedded are too small to advise."""
    capable = (name for name in offered_models(settings, environ) if not is_embedded(name))
    return tuple(dict.fromkeys((*filter(None, (settings.advisor,)), *capable)))


def shown(run: PastRun) -> str:
    """A run as a list shows it: its id first, so that :func:`run_id_of` can take it out again."""
    return SEPARATOR.join((run.id, run.campaign_id, STATES.get(run.state, STOPPED)))


def run_id_of(choice: str) -> str:
    """The id of a run that was picked, or typed."""
    return choice.partition(SEPARATOR)[0].strip()


def incoming_files(root: Path) -> list[Path]:
    """Exports that wait to be imported, in :data:`INCOMING` of the project's state folder."""
    folder = root / STATE_FOLDER / INCOMING
    return sorted(path for path in folder.glob("[!.]*") if path.is_file())


def fingerprint(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of ``brand_data/`` does, or one that waits: its name, size and time of change (ns)."""
    files = sorted(path for path in (root / FOLDER).rglob("*.y*ml") if path.is_file())
    files += incoming_files(root)
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
