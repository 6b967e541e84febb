"""Results that depend on brand data only, kept: what a brand can prove is worked out once, not for every draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_BY_VALUE = (str, int, date)


class _Same:
    """An argument as a part of a key: known by being the same object, since hashing what it holds takes too long."""

    __slots__ = ("it",)

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


def by_identity(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the ``maxsize`` last results of a function of values that never change.

    Strings, numbers and dates are compared, everything else is known by being the same object: brand data is frozen,
    and a project that is loaded anew is another one. Arguments are given by position.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize)
        def cached(*keys: Any) -> R:
            return function(*(key.it if isinstance(key, _Same) else key for key in keys))  # type: ignore[arg-type, call-arg]

        @wraps(function)
        def wrapper(*arguments: P.args, **_: P.kwargs) -> R:
            return cached(*(each if isinstance(each, _BY_VALUE) else _Same(each) for each in arguments))

        return wrapper

    return decorate
