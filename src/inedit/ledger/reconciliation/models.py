"""Names of models as statements and calls have them."""

from __future__ import annotations

import re

_SNAPSHOT = re.compile(
    r"[-@](?P<snapshot>(?:(?:preview|exp)-)?(?:\d{4}-\d\d-\d\d|\d\d-\d\d(?:-\d{4})?|\d{3,8})|latest|preview|exp)$"
)
"""What follows the name of a model: the day of a snapshot, or a word for the newest one. ``-5`` and ``-mini`` do not:
``claude-sonnet-4-5`` and ``gpt-5-mini`` are other models than ``claude-sonnet-4`` and ``gpt-5``."""


def same_model(billed: str, asked: str) -> bool:
    """Whether a statement's name of a model may be the one that was asked: it may add the day of a snapshot, or be
    written for people (``Claude Haiku 4.5``)."""
    if not billed or billed == asked:
        return True
    (name, day), (own, own_day) = _parts(billed), _parts(asked)
    return name == own and (day == own_day or not (day.isdecimal() and own_day.isdecimal()))


def _parts(model: str) -> tuple[str, str]:
    """Name and snapshot; the snapshot is digits where it is a day, and empty or a word where it is not."""
    name = re.sub(r"[\s._]+", "-", model.strip().lower())
    found = _SNAPSHOT.search(name)
    if found is None:
        return name, ""
    return name[: found.start()], re.sub(r"^(?:preview|exp)-|-", "", found["snapshot"])
