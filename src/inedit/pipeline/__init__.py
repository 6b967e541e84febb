"""A whole campaign: begun once, written shard by shard by one process or by many, concluded from the store.

:func:`run_campaign` does the three in one process. A flow does the same, with its shards on other workers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from inedit.pipeline.accounting import accounted, each_accounted
    from inedit.pipeline.campaign import OpenRun, begin_run, conclude_run, run_campaign
    from inedit.pipeline.manner import sameness_by_language
    from inedit.pipeline.run import Run, diversity_by_language
    from inedit.pipeline.shard import ShardResult
    from inedit.pipeline.tally import ORIGINALITY_FIGURES, originality_of
    from inedit.pipeline.worker_pool import FAILURES_IN_A_ROW, WorkerPool, ignore

__getattr__, __dir__, _ = lazy_loader.attach(__name__, submod_attrs={
    "accounting": ("accounted", "each_accounted"),
    "campaign": ("OpenRun", "begin_run", "conclude_run", "run_campaign"),
    "manner": ("sameness_by_language",),
    "run": ("Run", "diversity_by_language"),
    "shard": ("ShardResult",),
    "tally": ("ORIGINALITY_FIGURES", "originality_of"),
    "worker_pool": ("FAILURES_IN_A_ROW", "WorkerPool", "ignore"),
})  # fmt: skip

__all__ = [
    "FAILURES_IN_A_ROW",
    "ORIGINALITY_FIGURES",
    "OpenRun",
    "Run",
    "ShardResult",
    "WorkerPool",
    "accounted",
    "begin_run",
    "conclude_run",
    "diversity_by_language",
    "each_accounted",
    "ignore",
    "originality_of",
    "run_campaign",
    "sameness_by_language",
]
