"""From two texts, and what is known of their siblings, to the numbers that a calibration weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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

_BESIDE_SIBLINGS = ("phrases", "frame", "mould", "passages", "sequence", "common order")

CERTAIN = 0.99
"""Probability of a copy from which a sibling is taken for one."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """Other texts of the brief, and what the core signals say of each beside either of the two texts compared."""

    texts: tuple[Profile, ...]
    nearness: tuple[Mapping[str, float], ...]


def measure(
    names: Iterable[str],
    a: Profile,
    b: Profile,
    siblings: Siblings | None = None,
    cosine: float | None = None,
) -> dict[str, float]:
    """The signals asked for. ``X of siblings`` is what X says of either text and the sibling nearest to it."""
    others = siblings.texts if siblings else ()
    found = {}
    for name in names:
        if name == MEANING:
            found[name] = cosine or 0.0
        elif name.endswith(OF_SIBLINGS):
            near = siblings.nearness if siblings else ()
            found[name] = max((signals[name.removesuffix(OF_SIBLINGS)] for signals in near), default=0.0)
        else:
            found[name] = SIGNALS[name](a, b, others)
    return found


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


def siblings_of(a: Profile, b: Profile, texts: Sequence[Profile]) -> Siblings | None:
    """The siblings that can tell what the brief makes common; None when there are too few.

    A sibling that is itself a copy of one of the two texts tells nothing of the brief, and would hide that copy: it
    is left out.
    """
    cold, kept, nearness = calibrations()["long"], [], []
    for text in texts:
        both = [measure(_BESIDE_SIBLINGS, *beyond_opening(side, text)) for side in (a, b)]
        if max(cold.probability(signals) for signals in both) < CERTAIN:
            kept.append(text)
            nearness += both
    return Siblings(tuple(kept), tuple(nearness)) if len(kept) >= FEWEST_SIBLINGS else None
