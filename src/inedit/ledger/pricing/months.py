"""Months as the ledger names them: ``2026-11``, in UTC."""

from __future__ import annotations

import re
from datetime import datetime

from inedit.store import utc_text

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def period_of(moment: datetime) -> str:
    """The month of a moment, in UTC: ``2026-11``."""
    return utc_text(moment)[:7]


def is_period(text: str) -> bool:
    """Whether the text is a month: ``2026-11``."""
    return _MONTH.fullmatch(text) is not None
