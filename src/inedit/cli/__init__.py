"""The command line: a module a room; heavy rooms are imported by the command that needs them."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import typer

    app: typer.Typer

__all__ = ["app", "main"]

INTERRUPTED = 130
COMPLETION = "_INEDIT_COMPLETE"
"""Set by a shell that asks what may follow."""
OBJECTS_BETWEEN_COLLECTIONS = 300_000
"""Modules and brand data are many objects and no garbage: a command that only reads ends before it is looked for."""
WHEN_SERVING, SERVING = 50_000, frozenset({"studio", "serve", "server", "mcp"})
"""The same for what runs all day. Who writes texts sets its own once it has begun."""
PLUGINS = "PYDANTIC_DISABLE_PLUGINS"
"""Pydantic looks for plugins in every package that is installed, a file each; we have none. Whoever sets it decides."""


def __getattr__(name: str) -> typer.Typer:
    """``app``: the whole command line, for those who want it without running it."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from inedit.cli.commands import command_line

    globals()[name] = command_line()
    whole: typer.Typer = globals()[name]
    return whole


def main() -> None:
    """Run the command; exit 0 done, 1 a person is needed, 2 wrong input, 3 provider failure, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):  # what a terminal cannot show is escaped, and stops nothing
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    atexit.register(
        gc.freeze
    )  # first, so it runs last: Python would look through all that it is about to give back
    asked = None if COMPLETION in os.environ else next(iter(sys.argv[1:]), None)
    if asked not in SERVING:  # a project's own flows may want theirs
        os.environ.setdefault(PLUGINS, "__all__")
    gc.set_threshold(WHEN_SERVING if asked in SERVING else OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    try:
        _run(asked)
    except KeyboardInterrupt:
        _end("Interrupted. What was paid for is kept; run the same command again to go on.")
    except SystemExit as end:  # Click and Rich turn a pipe that is closed into exit code 1
        if isinstance(end.__context__, BrokenPipeError):
            sys.exit(0)  # the reader of our output (head, less) has seen enough
        if end.code == INTERRUPTED:
            _end()
        raise


def _run(asked: str | None) -> None:
    """Import what the command needs, and run it: the imports take a second, in which somebody may press Ctrl-C."""
    from inedit.cli.commands import command_line
    from inedit.cli.console import complain
    from inedit.model.errors import IneditError

    try:
        command_line(asked)(standalone_mode=True)
    except IneditError as error:
        complain(error)
        sys.exit(error.exit_code)


def _end(why: str = "") -> NoReturn:
    """End as interrupted. Whoever presses Ctrl-C once more meanwhile changes nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if why:
        print(why, file=sys.stderr)
    sys.exit(INTERRUPTED)
