"""What the terminal shows: results on standard output, progress and complaints on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from rich.console import Console

from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.model import Finding

out = Console(highlight=False, emoji=False)
err = Console(stderr=True, highlight=False, emoji=False)

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project", "-p", help="Brand project folder. Default: the one you are in.", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def emit_json(value: Any, *, indent: int | None = 2) -> None:
    """One JSON document on standard output, indented for people who look; without an indent one line.

    Characters that standard output cannot carry are escaped as JSON escapes them.
    """
    sys.stdout.write(_as_text(value, indent) + "\n")


def emit_json_list(values: Iterable[Any]) -> None:
    """The same document of a list, of which one value is held at a time: it may be as long as the archive."""
    before = "["
    for value in values:
        sys.stdout.write(before + _as_text([value], 2).removeprefix("[").removesuffix("\n]"))
        before = ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")


def emit_json_with(document: Mapping[str, Any], name: str, values: Iterable[Any]) -> None:
    """The same document of an object whose empty list ``name`` is to hold values, of which one is held at a time.

    Where one cannot be read, those before it and the rest of the document are printed, and its error goes on.
    """
    head, _, tail = _as_text(document, 2).partition(f'\n  "{name}": []')
    before = f'{head}\n  "{name}": ['
    try:
        for value in values:
            sys.stdout.write(f"{before}\n{indent(_as_text(value, 2), ' ' * 4)}")
            before = ","
    finally:
        sys.stdout.write(f"{before}]{tail}\n" if before != "," else f"\n  ]{tail}\n")


def _as_text(value: Any, indent: int | None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, default=str)
    return text


def describe(finding: Finding, written_in: str) -> str:
    """What a finding says and what to do, in the person's language; ``written_in`` is that of the text."""
    from inedit.guard.messages import interface_language, message_for

    return message_for(interface_language(os.environ), finding, written_in)


def complain(message: object) -> None:
    """A message to the person, never a traceback."""
    err.print(f"[bold red]✗[/] {_plain(message)}")


def advise(message: object) -> None:
    """A remark that needs no action."""
    err.print(f"[dim]{_plain(message)}[/]")


def _plain(message: object) -> str:
    return str(message).replace("[", r"\[")


@contextmanager
def writing(file: Path | None) -> Iterator[TextIO]:
    """A stream for rows: standard output, or a file that appears only once it is complete."""
    if file is None:
        yield sys.stdout
        return
    unfinished = file.with_name(file.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        unfinished.replace(file)
    except OSError as error:
        raise WrongInput(f"Cannot write {file}: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
