"""A folder in memory for what tests write: a database that waits for a disk at each commit costs most of their time."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # a folder in memory, on Linux
MEMORY_BYTES = 3 << 30
"""What has to be free there: a run of all tests writes about one gigabyte, and each server of Postgres some more."""


def fast_folder() -> Path | None:
    """A folder in memory, where there is room in it: files are made, synchronised and removed without a disk."""
    try:
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return None
    return MEMORY if free > MEMORY_BYTES and os.access(MEMORY, os.W_OK | os.X_OK) else None


def write_to_memory() -> Path | None:
    """Temporary files of this process and of those that it starts lie there, in a folder of their own: that folder, or
    None where ``TMPDIR`` says otherwise, as it does in a process that such a one has started."""
    memory = fast_folder()
    if memory is None or "TMPDIR" in os.environ:
        return None
    folder = tempfile.mkdtemp(prefix="inedit-tests-", dir=memory)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    return Path(folder)
