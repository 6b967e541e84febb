"""What one scope must not be a copy of: its accepted texts by their words, and the protected ones by their meaning.

What was read of the archive is kept in files, as blocks (:mod:`inedit.archive.block_files`), where there is a folder
for it. They say what was in the archive when they were made; which of their texts stand is asked of the database each
time that they are opened. What they do not have is read.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, select

from inedit.archive.block_files import Arrays, BlockFiles
from inedit.archive.neighbours import EVERYTHING, Embedding, Neighbour, Vector
from inedit.archive.pieces import STANDING
from inedit.archive.stored_blocks import BlockStore, Difference, difference, is_due, mark_of
from inedit.archive.translations import PROTECTED
from inedit.brand.schema import Reference
from inedit.guard.checks.near_duplicate import MEANING, MEANING_THRESHOLDS
from inedit.guard.similarity import Index
from inedit.guard.similarity.blocks import TextBlock, code_digest
from inedit.model import Match, Piece
from inedit.store import Store
from inedit.store.prepared import Prepared
from inedit.store.tables import pieces

_HERE = select(
    pieces.c.seq, pieces.c.id, pieces.c.text, pieces.c.parts, pieces.c.spec, pieces.c.created_at
).where(pieces.c.scope == bindparam("here"), STANDING)

_NEWER = Prepared(
    _HERE.where(pieces.c.seq > bindparam("last")).order_by(pieces.c.seq).limit(bindparam("most"))
)
_STANDING = (
    select(pieces.c.seq, pieces.c.id, pieces.c.created_at)
    .where(pieces.c.scope == bindparam("here"), STANDING, pieces.c.seq <= bindparam("last"))
    .order_by(pieces.c.seq)
)
_ONE = _HERE.where(pieces.c.seq == bindparam("number"))
_TEXTS = "SELECT seq, text FROM pieces WHERE seq IN"

WHOLE = "text"
"""The name of the only part of a text that came as a whole."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A brand and a language, what its texts may share, the protected ones, and their vectors, shape (texts, d)."""

    name: str
    language: str
    common: tuple[str, ...] = ()
    protected: Sequence[Reference] = ()
    vectors: Vector | None = None

    @property
    def digest(self) -> str:
        """What decides how its texts are taken in."""
        told = [
            code_digest(),
            self.name,
            self.language,
            self.common,
            [(reference.id, reference.text) for reference in self.protected],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class KnownTexts:
    """The texts of one scope by their words, and how far into the archive they have been read."""

    def __init__(self, store: Store, scope: Scope, folder: Path | None = None) -> None:
        """``folder`` is where what is read is kept; None keeps nothing."""
        self.store = store
        self.scope = scope
        files = None if folder is None else BlockFiles(folder, scope.digest)
        kept = [] if files is None else files.load()
        there = [block.arrays for block in kept]
        changed = difference(store, _STANDING, {"here": scope.name}, there) if kept else None
        if files is not None and kept and changed is None:
            files.forget()
            kept = []
        blocks = [TextBlock(**block.arrays) for block in kept]
        self._reading: Connection | None = None  # the transaction of a draft that is being looked at
        self.index = Index(scope.language, scope.common, blocks, self._texts)
        self.last_seq = max((int(block.sources.max(initial=0)) for block in blocks), default=0)
        self._up_to = 0  # of all scopes' pieces: there was nothing newer when all had been read
        self._keeper = BlockStore(files, _merged, kept)
        self._sources, self._marks = array("q"), array("I")  # of the texts that are in no block
        if not blocks:
            for number, reference in enumerate(scope.protected):
                self._add(-number, 0, f"{PROTECTED}{reference.id}", reference.text, "", {})
        if changed is not None:
            self._take_up(changed)

    def _take_up(self, changed: Difference) -> None:
        """What has changed among the texts of blocks since these were made."""
        self.index.discard_in_blocks(changed.gone.tolist())
        for number in changed.missing:  # put aside once, and stands again
            with self.store.read() as connection:
                self._read(connection.execute(_ONE, {"here": self.scope.name, "number": number}))

    def catch_up(self, connection: Connection, most: int = EVERYTHING, newest: int = EVERYTHING) -> int:
        """Read what has been accepted since the index was last used, by whichever process: how many texts that were,
        ``most`` at most. ``newest`` is the number of the newest piece of all: as long as it stays, nothing is asked.

        A piece that was written anew, after a person had sent it back or edited it, takes the place of what it said.
        """
        if newest <= self._up_to:
            return 0
        newer = _NEWER.all(connection, {"here": self.scope.name, "last": self.last_seq, "most": most})
        self._read(newer)
        if len(newer) < most and newest < EVERYTHING:
            self._up_to = newest
        return len(newer)

    def _read(self, rows: Iterable[Any]) -> None:
        for seq, id, text, parts, spec, created_at in rows:
            stored = json.loads(spec)
            brief = brief_of(stored["campaign_id"], stored["channel"])
            self.index.discard(id)
            self._add(seq, mark_of(id, created_at), id, text, brief, named(json.loads(parts)))
            self.last_seq = max(self.last_seq, seq)

    def _add(self, source: int, mark: int, id: str, text: str, brief: str, parts: Mapping[str, str]) -> None:
        self.index.add(id, text, brief=brief, parts=parts)
        self._sources.append(source)
        self._marks.append(mark)

    def keep(self) -> bool:
        """Keep what was read when it is much. False when another process has kept more: make another one of this."""
        added = self.index.added
        if not is_due(added, sum(map(len, self.index.blocks))):
            return True
        kept = self._keeper.keep(lambda: self.index.block(self._sources, self._marks).arrays)
        if kept:
            self.index.rest_on([TextBlock(**block.arrays) for block in self._keeper.kept])
            self._sources, self._marks = array("q"), array("I")
        return kept is not False

    def _texts(self, sources: Sequence[int]) -> Mapping[int, str]:
        """Texts of blocks by their numbers in the archive, or the places of protected ones."""
        found = {source: self.scope.protected[-source].text for source in sources if source <= 0}
        stored = [source for source in sources if source > 0]
        if stored and self._reading is not None:
            found |= _told(self._reading, stored)
        elif stored:
            with self.store.read() as connection:
                found |= _told(connection, stored)
        return found

    def copied(self, connection: Connection, piece: Piece, common: tuple[str, ...]) -> tuple[Match, ...]:
        """What a piece copies by its words, surest first; what the texts say is read in the caller's transaction."""
        spec = piece.spec
        self._reading = connection
        try:
            return self.index.matches(
                piece.text,
                brief=brief_of(spec.campaign_id, spec.channel),
                common=common,
                parts=named(piece.parts),
            )
        finally:
            self._reading = None

    def said_again(self, embedding: Embedding, near: Callable[[float], list[Neighbour]]) -> tuple[Match, ...]:
        """What a text with this vector says in other words, nearest first.

        ``near`` finds the accepted pieces of the scope with at least some cosine.
        """
        threshold = MEANING_THRESHOLDS.get(embedding.encoder)
        if threshold is None:
            return ()
        found = [Match(other.id, MEANING, other.cosine, (), other.text) for other in near(threshold)]
        if self.scope.vectors is not None:
            cosines = self.scope.vectors @ embedding.vector
            found += [
                Match(f"{PROTECTED}{reference.id}", MEANING, float(cosine), (), reference.text)
                for reference, cosine in zip(self.scope.protected, cosines, strict=True)
                if cosine >= threshold
            ]
        return tuple(sorted(found, key=lambda match: (-match.score, match.piece_id)))


def _told(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """What pieces say, by their numbers: written out, as a list of parameters takes longer than the search for it."""
    wanted = ", ".join(str(int(number)) for number in numbers)
    return {row[0]: row[1] for row in connection.exec_driver_sql(f"{_TEXTS} ({wanted})")}


def named(parts: Mapping[str, str]) -> Mapping[str, str]:
    """The parts of a piece that has any: a text that came as a whole has none."""
    return {} if set(parts) == {WHOLE} else parts


def brief_of(campaign_id: str, channel: str) -> str:
    """What names the brief of a piece: texts of one campaign for one channel are siblings."""
    return f"{campaign_id} {channel}"


def _merged(blocks: Sequence[Arrays]) -> Arrays:
    return TextBlock.merged([TextBlock(**arrays) for arrays in blocks]).arrays
