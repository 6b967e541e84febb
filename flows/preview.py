"""Serves *Preview a prompt* in this project (src/inedit/orchestration/preview.py)."""

from inedit.orchestration.preview import preview_prompt

__all__ = ["preview_prompt"]
