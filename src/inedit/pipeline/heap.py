"""One heap for all threads of a process that writes."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_M_ARENA_MAX = -8  # of glibc's malloc.h


def share_one_heap() -> None:
    """From now on threads have no heaps of their own, where the C library is glibc; elsewhere nothing happens.

    A heap keeps what was freed in it for its own threads: what judges leave is of no use to the thread that concludes
    the run, which would ask for as much again. Threads that compute take turns at the interpreter anyway, so that
    they hardly ever meet at the heap.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
