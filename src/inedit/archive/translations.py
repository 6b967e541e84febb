"""Is a text the translation of another one? Of our own variant that is expected in the same cell, and worth knowing in
another one; of a protected text it is a copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from inedit.archive.pieces import STANDING
from inedit.brand.schema import Reference
from inedit.guard.near_duplicates import TRANSLATION
from inedit.guard.similarity import compare
from inedit.model import Finding, Match, Piece, Severity, VariantSpec
from inedit.store.tables import pieces, vectors

Vector = NDArray[np.float32]

LEAST_COSINE = 0.5
"""Pairs below it are not compared: on copybench's cross-language track every translation is above."""

MOST_COMPARED = 5
"""Only the nearest few texts are compared in full."""

PROTECTED = "reference:"
"""Prefix of the ids under which protected texts (competitors', generic) are compared."""

Cell = tuple[str, str, str, str]
NOWHERE: Cell = ("", "", "", "")
"""The cell of a protected text: no piece's own."""


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
    """The accepted pieces of a brand and its protected texts in all languages, by their vectors of one encoder."""

    known: list[_Accepted] = field(default_factory=list)
    last_seq: int = 0
    _rows: list[Vector] = field(default_factory=list)
    _table: Vector | None = None

    @classmethod
    def beginning_with(
        cls, references: Sequence[Reference], encode: Callable[[Sequence[str]], Vector] | None
    ) -> Elsewhere:
        """Before any piece: the protected texts, in whatever language they are."""
        protected = [_Accepted(f"{PROTECTED}{r.id}", r.text, r.language, NOWHERE) for r in references]
        if encode is None or not protected:
            return cls()
        return cls(protected, _rows=list(encode([reference.text for reference in references])))

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

    def translated(self, piece: Piece, vector: Vector) -> tuple[Match, ...]:
        """The texts in other languages that a piece translates, the surest first; those of its own cell aside."""
        if not self.known:
            return ()
        if self._table is None:
            self._table = np.stack(self._rows)
        cosines = self._table @ vector
        own, language = cell_of(piece.spec), piece.spec.language
        found: list[Match] = []
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
                found.append(Match(other.id, TRANSLATION, similarity.score, (), other.text))
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))

    def note(self, match: Match) -> Finding:
        """What is said of a piece that translates an accepted one of another cell."""
        other = next(known for known in self.known if known.id == match.piece_id)
        return Finding(
            "translation",
            Severity.NOTE,
            f"It says what {other.id} says in {other.language} ({' · '.join(other.cell[1:])}; {match.score:.0%} sure).",
            matches=(match,),
        )


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
