"""What a test is: its arms, what they differ in, what is counted, and what was promised before it began."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from inedit.model.errors import WrongInput

Factor = Literal["insight", "angle", "tone", "template"]
"""The one thing that arms are to differ in."""

Method = Literal["fixed", "sequential"]
"""``fixed``: read once, at the size that was planned; ``sequential``: may be read every day."""

Metric = Literal["clicks", "conversions"]
"""What is counted, for each impression."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a test. The first arm is the one that the others are compared with.

    ``value`` is the factor's (an insight's id, an angle's …); ``share`` of the audience, the shares add up to 1.
    """

    id: str
    value: str
    pieces: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Design:
    """What was laid down before a test began.

    ``rate`` is the metric per impression that is expected of the first arm, ``effect`` the smallest relative change
    worth finding (0.1: ten per cent more or less), ``alpha`` the probability of calling a winner among arms that do not
    differ, over all comparisons, ``power`` that of finding an effect of this size; ``size`` is the impressions that
    each arm needs for this. ``confounded`` names what else the arms differ in.
    """

    id: str
    campaign_id: str
    factor: Factor
    metric: Metric
    method: Method
    rate: float
    effect: float
    alpha: float
    power: float
    size: int
    arms: tuple[Arm, ...]
    started: date
    confounded: tuple[str, ...] = ()

    @property
    def comparisons(self) -> int:
        """How many arms are compared with the first one."""
        return len(self.arms) - 1

    def as_json(self) -> dict[str, Any]:
        """As it is stored, and printed."""
        return {**asdict(self), "started": self.started.isoformat()}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Design:
        """The reverse of :meth:`as_json`."""
        arms = tuple(Arm(**{**arm, "pieces": tuple(arm["pieces"])}) for arm in record["arms"])
        started, confounded = date.fromisoformat(record["started"]), tuple(record["confounded"])
        return cls(**{**record, "arms": arms, "started": started, "confounded": confounded})


def check_id(id: str) -> str:
    """The id of a test as it was given; :class:`~.errors.WrongInput` when it cannot be one."""
    if not _ID.fullmatch(id):
        raise WrongInput(f"'{id}' is not an id: small letters, digits, - and _, at most 60 of them.")
    return id
