"""Serves *Check the brand project* in this project (src/inedit/flows/check.py)."""

from inedit.flows.check import check_project

__all__ = ["check_project"]
