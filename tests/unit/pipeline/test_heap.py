"""Threads of a process that writes share one heap."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

COUNT_HEAPS = """
import ctypes, sys, threading
from inedit.pipeline.heap import share_one_heap
libc = ctypes.CDLL(None)
for _ in range(sys.argv.count("shared")):
    share_one_heap()
hold = threading.Barrier(9)
def work():
    kept = [bytearray(5_000) for _ in range(100)]
    hold.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
hold.wait()
for thread in threads: thread.join()
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps its heaps as it likes")
def test_threads_have_no_heaps_of_their_own() -> None:
    """Without it each of eight threads may have one; every pool of a process asks, and once more changes nothing."""

    def heaps(*arguments: str) -> int:
        command = [sys.executable, "-c", COUNT_HEAPS, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.count("<heap nr=")

    assert heaps("shared") == heaps("shared", "shared") == 1
    assert heaps() > 1
