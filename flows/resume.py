"""Serves *Resume* in this project (src/inedit/flows/resume.py)."""

from inedit.flows.resume import resume

__all__ = ["resume"]
