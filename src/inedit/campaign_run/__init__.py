"""A whole campaign: begun once, written shard by shard by one process or by many, concluded from the store.

:func:`run_campaign` does the three in one process. A flow does the same, with its shards on other workers.
"""

from __future__ import annotations

from inedit.campaign_run.run import (
    ORIGINALITY_FIGURES,
    Run,
    accounted,
    diversity_by_language,
    originality_of,
)
from inedit.campaign_run.shard import Written
from inedit.campaign_run.team import FAILURES_IN_A_ROW, Team, ignore
from inedit.campaign_run.whole import Begun, begin_run, conclude_run, run_campaign

__all__ = [
    "FAILURES_IN_A_ROW",
    "ORIGINALITY_FIGURES",
    "Begun",
    "Run",
    "Team",
    "Written",
    "accounted",
    "begin_run",
    "conclude_run",
    "diversity_by_language",
    "ignore",
    "originality_of",
    "run_campaign",
]
