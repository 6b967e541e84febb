"""How many threads an encoder may take."""

from __future__ import annotations

import torch
from threadpoolctl import threadpool_limits


def compute_on_one_thread() -> None:
    """Set torch and BLAS to one thread: idle threads of theirs wait by spinning, beside everything else."""
    torch.set_num_threads(1)
    threadpool_limits(limits=1, user_api="blas")
