"""Names of models as statements and calls have them."""

from __future__ import annotations

import re

_SNAPSHOT = re.compile(
    r"[-@](?P<snapshot>(?:(?:preview|exp)-)?(?:\d{4}-\d\d-\d\d|\d\d-\d\d(?:-\d{4})?|(?:0[1-9]|1[0-2])-20\d\d|\d{3,8})"
    r"|latest|preview|exp)$"
)
"""What follows the name of a model: the day or month of a snapshot, or a word for the newest one. ``-5`` and
``-mini`` do not: ``claude-sonnet-4-5`` and ``gpt-5-mini`` are other models than ``claude-sonnet-4`` and ``gpt-5``."""

_WORD = re.compile(r"\d+(?:-\d+)*(?![^-])|[^-]+")
"""A word of a name, or its version: ``4-5`` is one, and no other one than ``5-4``."""


def same_model(billed: str, asked: str) -> bool:
    """Whether a statement's name of a model may be the one that was asked: it may add the day of a snapshot, be
    written for people (``Claude Haiku 4.5``), or be OpenRouter's, with the maker before it and its words in another
    order (``anthropic/claude-4.5-haiku``)."""
    if not billed or billed == asked:
        return True
    (name, day), (own, own_day) = _parts(billed), _parts(asked)
    return _is_one_name(name, own) and (day == own_day or not (day.isdecimal() and own_day.isdecimal()))


def _is_one_name(billed: str, asked: str) -> bool:
    if billed == asked or "/" not in billed + asked:
        return billed == asked
    (maker, _, name), (their_maker, _, own) = billed.rpartition("/"), asked.rpartition("/")
    one_maker = maker == their_maker or not (maker and their_maker)
    return one_maker and sorted(_WORD.findall(name)) == sorted(_WORD.findall(own))


def _parts(model: str) -> tuple[str, str]:
    """Name and snapshot; the snapshot is digits where it is a day, and empty or a word where it is not."""
    name = re.sub(r"[\s._]+", "-", model.strip().lower())
    found = _SNAPSHOT.search(name)
    if found is None:
        return name, ""
    return name[: found.start()], re.sub(r"^(?:preview|exp)-|-", "", found["snapshot"])
