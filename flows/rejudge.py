"""Serves *Re-judge the archive* in this project (src/inedit/flows/rejudge.py)."""

from inedit.flows.rejudge import rejudge_archive

__all__ = ["rejudge_archive"]
