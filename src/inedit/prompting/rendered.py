"""A block that was rendered before is not rendered again while all that it looked at is the same.

The system's words of a brand and its worked examples are those of every variant of a segment and tone, and the first
prompt of a piece is rendered once to be sent and once for its digest. A block depends on nothing but the variables that
it asks for, in the order in which it asks: where these are as they were, it says what it said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import UndefinedError

MOST_KEPT = 256
"""Renderings of a block by what it looked at; beyond, all are let go."""
MOST_WAYS = 8
"""Sets of names that a block is known to ask for: what it asks for may hang on what it finds."""

_NOT_THERE = object()


class Watched(dict[str, Any]):
    """Variables that remember which of them were asked for, whether they are there or not.

    Whoever goes through all of them, to copy them for a partial, may look at any.
    """

    def __init__(self, variables: Mapping[str, Any]) -> None:
        super().__init__(variables)
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)

    def __iter__(self) -> Iterator[str]:  # Python copies a dictionary with an iterator of its own by its keys
        self.asked.update(dict.keys(self))
        return super().__iter__()

    def copy(self) -> dict[str, Any]:
        return dict(self)

    def keys(self) -> Any:
        self.asked.update(dict.keys(self))
        return super().keys()

    def values(self) -> Any:
        self.asked.update(dict.keys(self))
        return super().values()

    def items(self) -> Any:
        self.asked.update(dict.keys(self))
        return super().items()


class Renderings:
    """What one block said, by what it looked at. Serves all threads of a process."""

    def __init__(self) -> None:
        self._ways: list[tuple[tuple[str, ...], dict[tuple[Any, ...], str | None]]] = []

    def find(self, variables: Mapping[str, Any]) -> tuple[str | None] | None:
        """What the block said when all that it asked for was as it is now; None where it is to be rendered."""
        for names, known in self._ways:
            try:
                key = _values(names, variables)
                if key in known:
                    return (known[key],)
            except (KeyError, TypeError, UndefinedError):  # let go meanwhile; or it cannot be compared
                continue
        return None

    def keep(self, seen: Watched, text: str | None) -> None:
        """What the block said, after it was rendered with these variables."""
        names = tuple(sorted(seen.asked))
        known = next((known for asked, known in self._ways if asked == names), None)
        if known is None:
            if len(self._ways) >= MOST_WAYS:
                return
            known = {}
            self._ways.append((names, known))
        if len(known) >= MOST_KEPT:
            known.clear()
        try:
            known[_values(names, seen)] = text
        except (TypeError, UndefinedError):  # a wording that is missing, or what a test supplies
            return


def _values(names: tuple[str, ...], variables: Mapping[str, Any]) -> tuple[Any, ...]:
    """With their types: 1, 1.0 and True are equal, and print apart."""
    given = [variables.get(name, _NOT_THERE) for name in names]
    return tuple([(type(value), value) for value in given])
