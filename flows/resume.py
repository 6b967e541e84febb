"""Serves *Resume* in this project (src/inedit/orchestration/resume.py)."""

from inedit.orchestration.resume import resume

__all__ = ["resume"]
