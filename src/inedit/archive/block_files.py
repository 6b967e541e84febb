"""Arrays that are kept in files and looked into where they lie: what can be made again from the database at any time.

A block is one file of arrays, one after the other, that is never written to again. ``blocks.json`` names the blocks
that count, in order, with their sizes and checksums, and what they were made from. It is replaced in one step, after
the blocks that it names are on the disk. Whoever finds anything else than it says has no blocks, and makes them anew.

Of each thing that is kept, there is a folder (:func:`folder_of`) in the folder of its kind, in that of the index. What
nobody opens for a month is deleted by whoever keeps something beside it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import IO, Any
from uuid import uuid4

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from inedit.archive.place import EMPTIED

log = logging.getLogger(__name__)

Arrays = Mapping[str, NDArray[Any]]

LIST, LOCK, ENDING = "blocks.json", "lock", ".block"
UNUSED = 30 * 86_400  # seconds after which a folder that nobody has opened is deleted
FORMAT = 1
ALIGNED = 64  # bytes: no array begins in the middle of a number
AT_ONCE = 1 << 22  # bytes that are read at once for a checksum


@dataclass(frozen=True, slots=True, eq=False)
class StoredBlock:
    """The arrays of a block, mapped from its file, and how the list has it."""

    entry: Mapping[str, Any]
    arrays: Arrays


class BlockFiles:
    """The blocks of one folder. ``made_from`` says what decides what is in them: those made from something else count
    for nothing."""

    def __init__(self, folder: Path, made_from: str) -> None:
        self.folder = folder
        self.made_from = made_from
        self._seen: str | None = None  # the list as it was when it was last read or written
        self._emptied = self._when_emptied()

    def load(self) -> list[StoredBlock]:
        """The blocks that are kept, in order; none where any of it is in doubt."""
        with suppress(OSError):
            os.utime(self.folder)  # it is in use
        for _ in range(3):  # another process may put others in the place of those that are listed
            try:
                return self._loaded()
            except FileNotFoundError:
                continue
            except (OSError, ValueError, KeyError, TypeError) as error:
                log.info("The index in %s is made again: %s", self.folder, error)
                break
        return []

    def save(self, blocks: Callable[[], Sequence[StoredBlock | Arrays]]) -> list[StoredBlock] | None:
        """Keep blocks in the place of all that are listed; those that are in no file yet are written.

        They are asked for when nobody else can come between. None, and nothing is kept, when another process has kept
        others since :meth:`load`, or the index was emptied: what was read before may be of somebody who was forgotten.
        Raises :class:`filelock.Timeout` when one is just about it, and :class:`OSError` when
        the disk does not take them.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / LOCK, timeout=0):
            if self._when_emptied() != self._emptied or self._listed() != self._seen:
                return None
            kept = self._saved(blocks())
            self._tidy()
            return kept

    def forget(self) -> None:
        """What is listed counts no more: the next :meth:`save` keeps something else in its place."""
        with suppress(OSError, NotImplementedError), FileLock(self.folder / LOCK, timeout=0):
            (self.folder / LIST).unlink(missing_ok=True)
        self._seen = self._listed()

    def _when_emptied(self) -> str | None:
        """What *Forget* left in the folder of the index when it last took everything out of it."""
        try:
            return (self.folder.parent.parent / EMPTIED).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def _listed(self) -> str | None:
        try:
            return (self.folder / LIST).read_text(encoding="utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def _loaded(self) -> list[StoredBlock]:
        written = self._listed()
        self._seen = written
        if written is None:
            return []
        summed, _, told = written.partition("\n")
        if summed != str(zlib.crc32(told.encode())):
            raise ValueError("its list is damaged")
        listed = json.loads(told)
        if listed["format"] != FORMAT or listed["made_from"] != self.made_from:
            return []
        return [self._mapped(entry) for entry in listed["blocks"]]

    def _mapped(self, entry: Mapping[str, Any]) -> StoredBlock:
        """A block, looked through once: what is damaged is found here, not when a text is compared."""
        path = self.folder / entry["file"]
        summed = 0
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != entry["bytes"]:
                raise ValueError(f"{path.name} has another length than listed")
            while part := file.read(AT_ONCE):
                summed = zlib.crc32(part, summed)
        if summed != entry["crc32"]:
            raise ValueError(f"{path.name} is damaged")
        return StoredBlock(entry, _arrays(path, entry))

    def _saved(self, blocks: Sequence[StoredBlock | Arrays]) -> list[StoredBlock]:
        kept = [block if isinstance(block, StoredBlock) else self._written(block) for block in blocks]
        listed = {"format": FORMAT, "made_from": self.made_from, "blocks": [block.entry for block in kept]}
        told = json.dumps(listed)
        written = f"{zlib.crc32(told.encode())}\n{told}"
        with _in_one_step(self.folder / LIST) as file:
            file.write(written.encode())
        self._seen = written
        named = {LIST, LOCK, *(block.entry["file"] for block in kept)}
        for path in self.folder.iterdir():
            if path.name not in named:  # whoever has it mapped keeps what is in it
                with suppress(OSError):  # on Windows it stays as long
                    path.unlink()
        return kept

    def _tidy(self) -> None:
        """Delete what stands beside this and was not opened for long: an edited brand, another encoder, database."""
        before = time.time() - UNUSED
        with suppress(OSError):
            for other in self.folder.parent.iterdir():
                if other != self.folder and other.stat().st_mtime < before:
                    rmtree(other, ignore_errors=True)

    def _written(self, arrays: Arrays) -> StoredBlock:
        path = self.folder / f"{uuid4().hex}{ENDING}"
        described, summed, position = {}, 0, 0
        with _in_one_step(path) as file:
            for name, array in arrays.items():
                padding = bytes(-position % ALIGNED)
                data = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
                described[name] = [position + len(padding), array.dtype.str, list(array.shape)]
                for part in (padding, data):
                    file.write(part)
                    summed = zlib.crc32(part, summed)
                    position += len(part)
        entry = {"file": path.name, "bytes": position, "crc32": summed, "arrays": described}
        return StoredBlock(entry, _arrays(path, entry))


def folder_of(folder: Path, database: str, what: str) -> Path:
    """Where the blocks of something are kept: those of another database have another place."""
    return folder / hashlib.blake2b(f"{database} {what}".encode(), digest_size=8).hexdigest()


def _arrays(path: Path, entry: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    whole = np.memmap(path, mode="r", dtype=np.uint8).view(np.ndarray)
    found = {}
    for name, (start, dtype, shape) in entry["arrays"].items():
        kind = np.dtype(dtype)
        size = kind.itemsize * int(np.prod(shape, dtype=np.int64))
        found[name] = whole[start : start + size].view(kind).reshape(shape)
    return found


@contextmanager
def _in_one_step(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there, with all that was written, or not at all, whatever ends before."""
    beside = path.with_name(f"{path.name}.{uuid4().hex}.new")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
