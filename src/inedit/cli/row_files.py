"""Files that commands read: texts, and rows of JSON."""

from __future__ import annotations

import gzip
import json
import lzma
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from inedit.model.errors import WrongInput

FileArgument = Annotated[
    Path, typer.Argument(help="A file (.gz and .xz too), or - for standard input.", show_default=False)
]


def read_rows(file: Path) -> list[dict[str, Any]]:
    """Every row of a file of JSON lines. Raises :class:`WrongInput` that names the line."""
    rows = []
    lines = read_file(file).split("\n")  # texts may hold other ends of lines as they are
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise WrongInput(f"{file}, line {number}: not JSON ({error}).") from error
        if not isinstance(row, dict):
            raise WrongInput(f"{file}, line {number}: a row is a JSON object.")
        rows.append(row)
    return rows


def read_file(file: Path) -> str:
    """The text of a file, of standard input for ``-``, or of what gzip or xz has packed.

    Raises :class:`WrongInput` when it cannot be read.
    """
    packed: dict[str, Callable[..., IO[Any]]] = {".gz": gzip.open, ".xz": lzma.open}
    opened = packed.get(file.suffix, open)
    try:
        if str(file) == "-":
            return sys.stdin.read().removeprefix("\ufeff")
        with opened(file, "rt", encoding="utf-8-sig") as text:
            return str(text.read())
    except (EOFError, lzma.LZMAError, gzip.BadGzipFile, zlib.error) as error:
        raise WrongInput(f"{file} is not what its ending says, or is cut off: {error}.") from error
    except OSError as error:
        raise WrongInput(f"Cannot read {file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{file} is not UTF-8 text: save it as UTF-8.") from error
