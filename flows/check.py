"""Serves *Check the brand project* in this project (src/inedit/orchestration/check.py)."""

from inedit.orchestration.check import check_project

__all__ = ["check_project"]
