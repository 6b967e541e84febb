"""Serves *Re-judge the archive* in this project (src/inedit/orchestration/rejudge.py)."""

from inedit.orchestration.rejudge import rejudge_archive

__all__ = ["rejudge_archive"]
