"""Serves *Preview a prompt* in this project (src/inedit/flows/preview.py)."""

from inedit.flows.preview import preview_prompt

__all__ = ["preview_prompt"]
