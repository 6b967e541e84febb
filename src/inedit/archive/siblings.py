"""The accepted texts of a campaign in a language, which a new one must not sound like, each read but once."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select

from inedit.archive.pieces import STANDING
from inedit.model import VariantSpec
from inedit.store import Store
from inedit.store.prepared import Prepared
from inedit.store.tables import pieces

_NEWEST = Prepared(
    select(pieces.c.seq, pieces.c.id, pieces.c.spec_key, pieces.c.spec, pieces.c.parts)
    .where(
        pieces.c.campaign_id == bindparam("campaign"), pieces.c.scope == bindparam("here"), STANDING,
        pieces.c.seq > bindparam("last"),
    )
    .order_by(pieces.c.seq.desc())
    .limit(bindparam("most"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sibling:
    key: str
    told: tuple[str, Mapping[str, str]]  # its channel and parts


@dataclass(slots=True)
class _Campaign:
    """The newest texts of a campaign in a scope, by piece, the oldest first, and how far they have been read."""

    texts: dict[str, _Sibling] = field(default_factory=dict)
    last_seq: int = 0
    in_order: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)  # of all texts
    keys: frozenset[str] = frozenset()


@dataclass(slots=True)
class SiblingTexts:
    """What was read so far. A text that was written anew takes the place of what it said before."""

    _campaigns: dict[tuple[str, str], _Campaign] = field(default_factory=dict)
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def beside(
        self, store: Store, spec: VariantSpec, scope: str, most: int
    ) -> list[tuple[str, Mapping[str, str]]]:
        """Channel and parts of the newest texts beside a variant, ``most`` at most, the oldest first.

        Only what has been accepted since the last time is read from the database.
        """
        with self._reading:
            held = self._campaigns.setdefault((spec.campaign_id, scope), _Campaign())
            # twice as many: a variant's own texts, one for each revision, are left out below
            _catch_up(store, held, {"campaign": spec.campaign_id, "here": scope, "most": 2 * most})
            own = spec.key  # worked out each time that it is asked for
            if own not in held.keys:
                return held.in_order[max(0, len(held.in_order) - most) :]
            others = (text.told for text in reversed(held.texts.values()) if text.key != own)
            return list(islice(others, most))[::-1]


def _catch_up(store: Store, held: _Campaign, where: Mapping[str, Any]) -> None:
    with store.read() as connection:
        newer = _NEWEST.all(connection, {**where, "last": held.last_seq})
    if not newer:
        return
    for row in reversed(newer):
        held.texts.pop(row.id, None)
        channel, parts = json.loads(row.spec)["channel"], json.loads(row.parts)
        held.texts[row.id] = _Sibling(row.spec_key, (channel, parts))
        held.last_seq = row.seq
    for _ in range(len(held.texts) - where["most"]):  # the oldest come first, and are asked for no more
        held.texts.pop(next(iter(held.texts)))
    held.in_order = [text.told for text in held.texts.values()]
    held.keys = frozenset(text.key for text in held.texts.values())
