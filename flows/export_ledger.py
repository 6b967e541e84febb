"""Serves *Export the ledger* in this project (src/inedit/flows/ledger_export.py)."""

from inedit.flows.ledger_export import export_ledger

__all__ = ["export_ledger"]
