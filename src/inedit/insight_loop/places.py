"""*Map*: the register of places in ``brand_data/places.yaml``, checked like everything else that people edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from inedit.brand.lists import FOLDER, read_list
from inedit.insight_loop.verbatims import Place
from inedit.model.errors import Issue, ProjectErrors, WrongInput

FILE = "places"


def load_places(root: Path) -> Mapping[str, Place]:
    """The places of a project by id; none when there is no such file.

    Raises :class:`~.errors.ProjectErrors` with all faults of the file.
    """
    places, issues = _read(root)
    if issues:
        raise ProjectErrors(issues)
    return {place.id: place for place in places}


def check_places(root: Path) -> tuple[Issue, ...]:
    """Every fault that :func:`load_places` would raise."""
    return _read(root)[1]


def place_named(root: Path, id: str) -> Place:
    """A place by its id. Raises :class:`~.errors.WrongInput` when it is not registered: map before observing."""
    places = load_places(root)
    if id not in places:
        known = f" It has: {', '.join(places)}." if places else ""
        raise WrongInput(
            f"There is no place '{id}' in {FOLDER}/{FILE}.yaml.{known} Add it there first, with its rules and "
            f"the legal "
            "basis: docs/field.md shows an entry."
        )
    return places[id]


def _read(root: Path) -> tuple[tuple[Place, ...], tuple[Issue, ...]]:
    places, issues = read_list(root, FILE, Place)
    twice = [id for id, count in Counter(place.id for place in places).items() if count > 1]
    return places, (
        *issues,
        *(
            Issue(
                f"{FOLDER}/{FILE}.yaml", 0, 0, "duplicate-id", f"There are several places '{id}'.",
                "Rename or delete all but one.",
            )
            for id in twice
        ),
    )  # fmt: skip
