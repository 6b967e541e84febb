"""Is a text the translation of another variant? Expected in the same cell, worth knowing in another one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from inedit.archive.pieces import STANDING
from inedit.guard.near_duplicates import MEANING
from inedit.guard.similarity import compare
from inedit.model import Finding, Match, Piece, Severity, VariantSpec
from inedit.store.tables import pieces, vectors

Vector = NDArray[np.float32]

LEAST_COSINE = 0.5
"""Pairs below it are not compared: on copybench's cross-language track every translation is above."""

MOST_COMPARED = 5
"""Only the nearest few texts are compared in full."""

Cell = tuple[str, str, str, str]


def cell_of(spec: VariantSpec) -> Cell:
    """Campaign, channel, segment and tone: where a translation of our own variant is expected."""
    return spec.campaign_id, spec.channel, spec.segment, spec.tone


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A piece as it is compared across languages."""

    id: str
    text: str
    language: str
    cell: Cell


@dataclass(slots=True)
class Elsewhere:
    """The accepted pieces of a brand in all languages, by their vectors of one encoder."""

    known: list[_Accepted] = field(default_factory=list)
    last_seq: int = 0
    _rows: list[Vector] = field(default_factory=list)
    _table: Vector | None = None

    def catch_up(self, connection: Connection, brand_id: str, encoder: str, digest: str) -> None:
        """Read what has been accepted since the last time, by whichever process."""
        newer = (
            select(pieces.c.seq, pieces.c.id, pieces.c.text, pieces.c.spec, vectors.c.data)
            .join(vectors, vectors.c.piece_id == pieces.c.id)
            .where(
                pieces.c.seq > self.last_seq,
                STANDING,
                pieces.c.scope.startswith(f"{brand_id}:", autoescape=True),
                vectors.c.model == encoder,
                vectors.c.digest == digest,
            )
            .order_by(pieces.c.seq)
        )
        for seq, id, text, spec, data in connection.execute(newer):
            place = json.loads(spec)
            cell = (place["campaign_id"], place["channel"], place["segment"], place["tone"])
            self.known.append(_Accepted(id, text, place["language"], cell))
            self._rows.append(np.frombuffer(data, dtype=np.float32))
            self.last_seq, self._table = seq, None

    def findings(self, piece: Piece, vector: Vector) -> tuple[Finding, ...]:
        """A note for the surest translation of a piece of another cell in another language; () when there is none."""
        if not self.known:
            return ()
        if self._table is None:
            self._table = np.stack(self._rows)
        cosines = self._table @ vector
        own, language = cell_of(piece.spec), piece.spec.language
        found: list[tuple[float, _Accepted]] = []
        compared = 0
        for place in np.argsort(-cosines, kind="stable"):
            other = self.known[int(place)]
            if cosines[place] < LEAST_COSINE or compared == MOST_COMPARED:
                break
            if _primary(other.language) == _primary(language) or other.cell == own:
                continue
            compared += 1
            pair = f"{_primary(language)}-{_primary(other.language)}"
            similarity = compare(piece.text, other.text, language=pair, cosine=float(cosines[place]))
            if similarity.copy:
                found.append((similarity.score, other))
        if not found:
            return ()
        score, other = max(found, key=lambda pair: (pair[0], pair[1].id))
        return (
            Finding(
                "translation",
                Severity.NOTE,
                f"It says what {other.id} says in {other.language} ({' · '.join(other.cell[1:])}; {score:.0%} sure).",
                matches=(Match(other.id, MEANING, score, (), other.text),),
            ),
        )


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
