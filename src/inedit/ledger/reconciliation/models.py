"""Names of models as statements and calls have them."""

from __future__ import annotations


def same_model(billed: str, asked: str) -> bool:
    """Whether a statement's name of a model is the one that was asked: it may add the day of a snapshot."""
    return not billed or billed == asked or billed.startswith(f"{asked}-") or asked.startswith(f"{billed}-")
