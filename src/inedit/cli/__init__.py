"""The command line: a module a room; heavy rooms are imported by the command that needs them."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from inedit.cli.app import app
from inedit.cli.console import complain
from inedit.errors import IneditError

__all__ = ["app", "main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command; exit 0 done, 1 a person is needed, 2 wrong input, 3 provider failure, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):  # what a terminal cannot show is escaped, and stops nothing
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(standalone_mode=True)
    except IneditError as error:
        complain(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        complain("Interrupted. What was paid for is kept; run the same command again to go on.")
        sys.exit(INTERRUPTED)
    except SystemExit as end:  # Click and Rich turn a pipe that is closed into exit code 1
        if isinstance(end.__context__, BrokenPipeError):
            sys.exit(0)  # the reader of our output (head, less) has seen enough
        raise
