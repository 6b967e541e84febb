"""How many threads an encoder may take."""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def compute_on_one_thread() -> None:
    """Set BLAS to one thread: idle threads of its wait by spinning, beside everything else."""
    threadpool_limits(limits=1, user_api="blas")
