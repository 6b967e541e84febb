"""What one scope must not be a copy of: its accepted texts by their words, and the protected ones by their meaning."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from inedit.archive.neighbours import EVERYTHING, Embedding, Neighbour, Vector
from inedit.archive.pieces import STANDING
from inedit.archive.translations import PROTECTED
from inedit.brand.schema import Reference
from inedit.guard.checks.near_duplicate import MEANING, MEANING_THRESHOLDS
from inedit.guard.similarity import Index
from inedit.model import Match, Piece
from inedit.store.tables import pieces

_NEWER = (
    select(pieces.c.seq, pieces.c.id, pieces.c.text, pieces.c.parts, pieces.c.spec)
    .where(pieces.c.scope == bindparam("here"), STANDING, pieces.c.seq > bindparam("last"))
    .order_by(pieces.c.seq)
    .limit(bindparam("most"))
)

WHOLE = "text"
"""The name of the only part of a text that came as a whole."""


@dataclass(slots=True)
class KnownTexts:
    """The texts of one scope by their words, how far into the archive they have been read, and the protected ones'
    vectors, shape (texts, d)."""

    index: Index
    protected: Sequence[Reference] = ()
    vectors: Vector | None = None
    last_seq: int = 0

    def catch_up(self, connection: Connection, scope: str, most: int = EVERYTHING) -> int:
        """Read what has been accepted since the index was last used, by whichever process: how many texts that were,
        ``most`` at most.

        A piece that was written anew, after a person had sent it back or edited it, takes the place of what it said.
        """
        newer = connection.execute(_NEWER, {"here": scope, "last": self.last_seq, "most": most}).all()
        for seq, piece_id, text, parts, spec in newer:
            stored = json.loads(spec)
            brief = brief_of(stored["campaign_id"], stored["channel"])
            self.index.discard(piece_id)
            self.index.add(piece_id, text, brief=brief, parts=named(json.loads(parts)))
            self.last_seq = seq
        return len(newer)

    def add(self, piece: Piece) -> None:
        """One more text that others must not copy."""
        brief = brief_of(piece.spec.campaign_id, piece.spec.channel)
        self.index.add(piece.id, piece.text, brief=brief, parts=named(piece.parts))

    def matches(
        self,
        piece: Piece,
        common: tuple[str, ...],
        embedding: Embedding,
        near: Callable[[float], list[Neighbour]],
    ) -> tuple[Match, ...]:
        """What a piece copies by its words, then what it says again in other words.

        ``near`` finds the accepted pieces of the scope with at least some cosine.
        """
        spec = piece.spec
        by_words = self.index.matches(
            piece.text,
            brief=brief_of(spec.campaign_id, spec.channel),
            common=common,
            parts=named(piece.parts),
        )
        threshold = MEANING_THRESHOLDS.get(embedding.encoder)
        if threshold is None:
            return by_words
        by_meaning = [Match(other.id, MEANING, other.cosine, (), other.text) for other in near(threshold)]
        if self.vectors is not None:
            cosines = self.vectors @ embedding.vector
            by_meaning += [
                Match(f"{PROTECTED}{reference.id}", MEANING, float(cosine), (), reference.text)
                for reference, cosine in zip(self.protected, cosines, strict=True)
                if cosine >= threshold
            ]
        found = {match.piece_id for match in by_words}
        others = [match for match in by_meaning if match.piece_id not in found]
        return (*by_words, *sorted(others, key=lambda match: (-match.score, match.piece_id)))


def named(parts: Mapping[str, str]) -> Mapping[str, str]:
    """The parts of a piece that has any: a text that came as a whole has none."""
    return {} if set(parts) == {WHOLE} else parts


def brief_of(campaign_id: str, channel: str) -> str:
    """What names the brief of a piece: texts of one campaign for one channel are siblings."""
    return f"{campaign_id} {channel}"
