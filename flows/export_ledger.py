"""Serves *Export the ledger* in this project (src/inedit/orchestration/ledger_export.py)."""

from inedit.orchestration.ledger_export import export_ledger

__all__ = ["export_ledger"]
