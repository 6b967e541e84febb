"""What a provider says it billed or counted: its export, read into lines of one shape.

Three forms of costs are read; of usage, see :mod:`inedit.ledger.reconciliation.usage_forms`. *OpenAI's organization
costs*, the JSON that ``GET /v1/organization/costs`` answers (one page, a list of pages, or pages one after the other):
amounts by day, line item and project, without request ids. *Anthropic's cost report*, the JSON of
``GET /v1/organizations/cost_report``: amounts in hundredths, as text, by day and, when it is grouped by description, by
model and workspace (https://platform.claude.com/docs/en/api/admin/cost_report). *CSV* with named columns, as any
console exports it once its columns are renamed:

    day or time   2026-11-03, or 2026-11-03T09:15:00Z (required; UTC)
    cost          0.0123 (required), in units of ``currency``
    currency      USD (required)
    model         gpt-5-mini
    request_id    the provider's id of the answer; with it lines are matched one by one
    project       the provider's name of the project that was billed
    input_tokens, cached_input_tokens, cache_write_tokens, output_tokens

Columns of other names are left alone. The table that OpenAI's console exports (``start_time_iso``, ``amount_value`` …)
is read as it is: :data:`inedit.ledger.reconciliation.statement_forms.ALSO_CALLED` says which of its columns is which.
"""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from pathlib import Path

from inedit.ledger.reconciliation.statement_forms import Csv, Json, Reader
from inedit.ledger.reconciliation.statement_lines import Statement, StatementLine
from inedit.ledger.reconciliation.usage_forms import UsageCsv, UsageJson, counts_only
from inedit.model.errors import ProjectErrors, WrongInput

__all__ = ["Statement", "StatementLine", "read_statement"]


def read_statement(path: Path, *, made: datetime | None = None) -> Statement:
    """Read a provider's export, one of costs or one of usage (``counts_only`` tells which).

    ``made`` is when the provider made it, for who knows: no form of export tells it, and the date of a file is that of
    its newest copy.

    Raises:
        WrongInput: there is no such file, it is empty, or of no form that is known.
        ProjectErrors: lines that cannot be read, all of them at once.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise WrongInput(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path} is not a text in UTF-8: export it as CSV or JSON.") from error
    is_json, counts = text.lstrip()[:1] in ("{", "["), counts_only(text)
    reader: Reader
    if counts:
        reader = UsageJson(path.name) if is_json else UsageCsv(path.name)
    else:
        reader = Json(path.name) if is_json else Csv(path.name)
    try:
        lines = tuple(reader.lines(text))
    except csv.Error as error:  # a quotation mark that nothing closes, most likely
        raise WrongInput(f"{path} is no CSV that can be read ({error}): export it again.") from error
    if reader.issues:
        raise ProjectErrors(reader.issues)
    days = [*(line.day for line in lines), *reader.days]
    if not days:
        raise WrongInput(f"{path} has no line: export the days that you want to reconcile.")
    return Statement(path.name, hashlib.sha256(raw).hexdigest(), lines, min(days), max(days), counts, made)
