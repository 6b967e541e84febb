"""Doors of rooms: a name is imported when somebody first asks for it; so a plan loads none of what judges drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any


def door(room: str, homes: Mapping[str, Iterable[str]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package that gives, by inner module, the names that are asked for at its door."""
    home_of = {name: module for module, names in homes.items() for name in names}

    def found(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(f"{room}.{home_of[name]}"), name)
        setattr(import_module(room), name, value)
        return value

    return found
