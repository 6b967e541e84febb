"""Results that depend on brand data only, kept: what a brand can prove is worked out once, not for every draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_BY_VALUE = (str, int, date)


class _Asked(tuple[Any, ...]):
    """The arguments of a call as a key: what they are worth, or where they are kept. It keeps them, so that no other
    object can be where one of them is."""

    arguments: tuple[Any, ...]


def by_identity(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the ``maxsize`` last results of a function of values that never change.

    Strings, numbers and dates are compared, everything else is known by being the same object: brand data is frozen,
    and a project that is loaded anew is another one. Arguments are given by position.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize)
        def cached(asked: _Asked) -> R:
            return function(*asked.arguments)  # type: ignore[call-arg]

        @wraps(function)
        def wrapper(*arguments: P.args, **_: P.kwargs) -> R:
            # an address is told from a number by its sign
            asked = _Asked([each if isinstance(each, _BY_VALUE) else ~id(each) for each in arguments])
            asked.arguments = arguments
            return cached(asked)

        return wrapper

    return decorate
