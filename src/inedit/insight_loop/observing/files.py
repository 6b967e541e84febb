"""Files as a stream of bytes, compressed or not; one that ends too early is noticed and read up to its end."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from inedit.insight_loop.observing.messages import Tally
from inedit.model.errors import WrongInput

CHUNK = 1 << 16
LARGEST_WINDOW = 1 << 31
"""Of zstandard: Reddit's archives are packed with ``--long=31``."""


class _Decompressor(Protocol):
    """What zlib and zstandard have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class Source(io.RawIOBase):
    """The decompressed bytes of a file. ``position`` and ``size`` count bytes of the file itself, for progress."""

    def __init__(self, raw: BinaryIO, packing: str, tally: Tally) -> None:
        self._raw, self._packing, self._tally = raw, packing, tally
        self._frame = self._next_frame()
        self._fed = False
        self._waiting = b""
        self.position = 0
        start = raw.tell()
        self.size = raw.seek(0, io.SEEK_END)
        raw.seek(start)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As RawIOBase has it."""
        while not self._waiting:
            chunk = self._raw.read(CHUNK)
            self.position += len(chunk)
            if not chunk:
                if self._frame is not None and self._fed and not self._frame.eof:
                    self._tally.cut = f"the {self._packing} stream ends in the middle"
                return 0
            self._waiting = chunk if self._frame is None else self._unpacked(chunk)
        count = min(len(buffer), len(self._waiting))
        buffer[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count

    def _unpacked(self, chunk: bytes) -> bytes:
        """What a chunk holds; a file may be several frames one behind the other."""
        out = []
        while chunk:
            assert self._frame is not None  # noqa: S101  it is packed
            if self._frame.eof:
                self._frame = self._next_frame()
                assert self._frame is not None  # noqa: S101
            self._fed = True
            try:
                out.append(self._frame.decompress(chunk))
            except (zlib.error, zstandard.ZstdError) as error:
                self._tally.cut = f"the {self._packing} stream is broken ({error})"
                self._raw.seek(0, io.SEEK_END)
                self._fed = False
                break
            chunk = self._frame.unused_data if self._frame.eof else b""
        return b"".join(out)

    def _next_frame(self) -> _Decompressor | None:
        if self._packing == "gzip":
            return zlib.decompressobj(wbits=31)
        if self._packing == "zstandard":
            return zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompressobj()
        return None


@contextmanager
def opened(file: Path | BinaryIO, tally: Tally) -> Iterator[tuple[io.BufferedReader, Source]]:
    """A file's content as a buffered stream behind any byte order mark, and the source below it."""
    try:
        with file.open("rb") if isinstance(file, Path) else nullcontext(file) as raw:
            head = raw.read(4)
            raw.seek(0)
            packing = (
                "gzip" if head[:2] == b"\x1f\x8b" else "zstandard" if head == b"\x28\xb5\x2f\xfd" else ""
            )
            source = Source(raw, packing, tally)
            stream: io.BufferedReader = io.BufferedReader(source, CHUNK)
            if stream.peek(3)[:3] == b"\xef\xbb\xbf":
                stream.read(3)
            yield stream, source
    except OSError as error:
        name = file if isinstance(file, Path) else "the file"
        raise WrongInput(f"Cannot read {name}: {error.strerror or error}.") from error
