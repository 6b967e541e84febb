"""From two texts, and what is known of their siblings, to the numbers that a calibration weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from inedit.guard.similarity.calibration import Calibration, calibrations
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shared_opening import beyond_opening
from inedit.guard.similarity.signals import SIGNALS, Value, local_alignment_at_most

OF_SIBLINGS = " of siblings"
"""Ends the name of a signal taken between the texts and their siblings: what is ordinary for this brief."""

MEANING = "meaning"
"""The name of the encoder's signal: the cosine of the two texts' vectors."""

FEWEST_SIBLINGS = 2
"""With fewer siblings the decision is that of a cold start: one text does not tell what a brief makes common."""

_CHEAPEST_OF_SIBLINGS = ("sequence", "frame", "mould", "common order", "passages")

CERTAIN = 0.99
"""Probability of a copy from which a sibling is taken for one."""

_LEAST_CERTAIN = math.log(CERTAIN / (1.0 - CERTAIN)) - 1e-9
"""The logarithm of its odds, less what rounding may take."""


class Pair:
    """A text and a sibling, less what both open with, and their signals, each taken when it is first asked for.

    A draft that is held against several texts of its brief meets the same siblings beside each: what was found stays
    with it.
    """

    def __init__(self, text: Profile, sibling: Profile) -> None:
        self._text, self._sibling = text, sibling
        self._found: dict[str, float] = _beside(text, sibling)

    @cached_property
    def _texts(self) -> tuple[Profile, Profile]:
        return beyond_opening(self._text, self._sibling)

    def __getitem__(self, name: str) -> float:
        if name not in self._found:
            self._found[name] = SIGNALS[name](*self._texts, ())
        return self._found[name]

    @property
    def is_copy(self) -> bool:
        """Whether one is surely a copy of the other."""
        cold = calibrations()["long"]
        total = cold.highest_total
        for name in _CHEAPEST_OF_SIBLINGS:  # most are told by the cheapest alone
            total += cold.weights[name] * (self[name] - 1.0)
            if total < _LEAST_CERTAIN:
                return False
        return cold.probability({name: self[name] for name in cold.weights}) >= CERTAIN


def _beside(text: Profile, sibling: Profile) -> dict[str, float]:
    """Where what is found of a text and a sibling is kept, as long as that one is in use."""
    if "beside" not in text.memo:
        text.memo["beside"] = WeakKeyDictionary()
    kept: WeakKeyDictionary[Profile, dict[str, float]] = text.memo["beside"]
    return kept.setdefault(sibling, {})


@dataclass(frozen=True, slots=True)
class Siblings:
    """Other texts of the brief, and what the signals say of each beside either of the two texts compared."""

    texts: tuple[Profile, ...]
    nearness: tuple[Pair, ...]


def measure(
    names: Iterable[str],
    a: Profile,
    b: Profile,
    siblings: Siblings | None = None,
    cosine: float | None = None,
) -> dict[str, float]:
    """The signals asked for. ``X of siblings`` is what X says of either text and the sibling nearest to it."""
    return {name: _measured(name, a, b, siblings, cosine) for name in names}


def _measured(name: str, a: Profile, b: Profile, siblings: Siblings | None, cosine: float | None) -> float:
    """One signal."""
    if name == MEANING:
        return cosine or 0.0
    if name.endswith(OF_SIBLINGS):
        near = siblings.nearness if siblings else ()
        return max((signals[name.removesuffix(OF_SIBLINGS)] for signals in near), default=0.0)
    return SIGNALS[name](a, b, siblings.texts if siblings else ())


_CHEAPEST_FIRST: tuple[tuple[str, Value], ...] = (
    *(
        (name, SIGNALS[name])
        for name in ("cognates", "letter order", "word order", "sequence", "mould", "frame")
    ),
    ("passages", local_alignment_at_most),
    *((name, SIGNALS[name]) for name in ("common order", "phrases", "sentences", "passages")),
)


def until_no_copy(calibration: Calibration, a: Profile, b: Profile, cosine: float | None) -> dict[str, float]:
    """The signals of a calibration, the cheapest first, until those left cannot make a copy: they are then at most so.

    For a cold start, where every weight is positive.
    """
    found = dict.fromkeys(calibration.weights, 1.0)
    if MEANING in found:
        found[MEANING] = cosine or 0.0
    total = calibration.total(found)
    for name, value in _CHEAPEST_FIRST:
        if name in found and total >= calibration.least_total:
            before, found[name] = found[name], value(a, b, ())
            total += calibration.weights[name] * (found[name] - before)
    return found


_CHEAPEST_BESIDE_SIBLINGS = (
    "sequence",
    "frame",
    "mould",
    "phrases",
    f"sequence{OF_SIBLINGS}",
    f"frame{OF_SIBLINGS}",
    "passages",
    f"phrases{OF_SIBLINGS}",
)


def until_no_copy_beside(
    calibration: Calibration, a: Profile, b: Profile, siblings: Siblings
) -> dict[str, float]:
    """The same where siblings are known. What is near to them speaks against a copy: it is at the least nothing."""
    found = {name: float(weight > 0.0) for name, weight in calibration.weights.items()}
    total = calibration.total(found)
    first = [name for name in _CHEAPEST_BESIDE_SIBLINGS if name in found]
    for name in (*first, *(name for name in found if name not in first)):
        for value in _approached(name, a, b, siblings):
            before, found[name] = found[name], value
            total += calibration.weights[name] * (value - before)
            if total < calibration.least_total:
                return found
    return found


def _approached(name: str, a: Profile, b: Profile, siblings: Siblings) -> Iterator[float]:
    """A signal, after what it cannot exceed or is at the least as far as that is known sooner."""
    if name.endswith(OF_SIBLINGS):
        nearest, own = 0.0, name.removesuffix(OF_SIBLINGS)
        for pair in siblings.nearness:
            if (found := pair[own]) > nearest:
                nearest = found
                yield nearest
        return
    if name == "passages":
        yield local_alignment_at_most(a, b)
    yield _measured(name, a, b, siblings, None)


def siblings_of(a: Profile, b: Profile, texts: Sequence[Profile]) -> Siblings | None:
    """The siblings that can tell what the brief makes common; None when there are too few.

    A sibling that is itself a copy of one of the two texts tells nothing of the brief, and would hide that copy: it
    is left out.
    """
    kept, nearness = [], list[Pair]()
    for text in texts:
        both = [Pair(side, text) for side in (a, b)]
        if not any(pair.is_copy for pair in both):
            kept.append(text)
            nearness += both
    return Siblings(tuple(kept), tuple(nearness)) if len(kept) >= FEWEST_SIBLINGS else None
