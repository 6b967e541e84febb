"""The nouns of the production line: frozen, without input or output, on the standard library alone.

What people edit (campaigns, segments, claims …) is described in :mod:`inedit.brand.schema`; here is what the
line itself makes: a variant to write, its prompt, its draft, what the guard found, the piece that results.
"""

from inedit.model.drafts import Draft, Message, Outcome, Prompt, Sampling, Span, Usage, VariantSpec, storable
from inedit.model.ledger_entry import LedgerEntry
from inedit.model.pieces import CHECKED, Approval, Piece, Status
from inedit.model.public_json import as_json
from inedit.model.verdicts import (
    Decision,
    Finding,
    Match,
    Originality,
    OwnWords,
    Receipt,
    Severity,
    Verdict,
)

__all__ = [
    "CHECKED",
    "Approval", "Decision", "Draft", "Finding", "LedgerEntry", "Match", "Message", "Originality", "Outcome", "OwnWords",
    "Piece", "Prompt", "Receipt", "Sampling", "Severity", "Span", "Status", "Usage", "VariantSpec", "Verdict",
    "as_json", "storable",
]  # fmt: skip
