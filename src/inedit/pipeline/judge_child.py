"""The process of a judge. Its standard input is one end of a pair of sockets; when the other end is closed, however the
run came to its end, it ends as well.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from inedit.pipeline.heap import share_one_heap

READIER_TO_END = "500"
"""Of 1,000: where memory runs out, the system ends a judge rather than the process that keeps the ledger."""


def main() -> None:
    """Serve the run that has the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run to handle
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(READIER_TO_END)
    share_one_heap()
    from inedit.pipeline.judge_desk import serve  # noqa: PLC0415  # takes a second, in which Ctrl-C may come

    with suppress(EOFError, ConnectionError):  # the run has gone
        serve(Connection(sys.stdin.fileno()))
    os._exit(0)  # nothing is kept here that would have to be put away


if __name__ == "__main__":
    main()
