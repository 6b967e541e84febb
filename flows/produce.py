"""Serves *Produce a campaign* in this project (src/inedit/orchestration/produce.py)."""

from inedit.orchestration.produce import produce_campaign

__all__ = ["produce_campaign"]
