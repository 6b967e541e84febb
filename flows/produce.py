"""Serves *Produce a campaign* in this project (src/inedit/flows/produce.py)."""

from inedit.flows.produce import produce_campaign

__all__ = ["produce_campaign"]
