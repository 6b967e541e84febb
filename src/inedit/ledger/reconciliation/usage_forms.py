"""Reports of usage: what a provider counted, in calls and tokens, without amounts.

Read are *OpenAI's usage of completions*, the JSON of ``GET /v1/organization/usage/completions``
(https://platform.openai.com/docs/api-reference/usage/completions) or the table of the same columns that its console
exports, and *Anthropic's usage report*, the JSON of ``GET /v1/organizations/usage_report/messages``
(https://platform.claude.com/docs/en/api/admin/usage_report/retrieve_messages). Buckets may be a minute, an hour or a
day long; the models are told when the report is grouped by model.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from inedit.ledger.reconciliation.statement_forms import Json, Reader, moment_of
from inedit.ledger.reconciliation.statement_lines import StatementLine
from inedit.model.errors import WrongInput

_USAGE = re.compile(r'"(?:num_model_requests|uncached_input_tokens|organization\.usage\.\w+\.result)"')
_COSTS = re.compile(r'"amount"')


def counts_only(text: str) -> bool:
    """Whether an export is a report of usage, which has no amounts."""
    if text.lstrip()[:1] in ("{", "["):
        return _USAGE.search(text) is not None and _COSTS.search(text) is None
    header = {name.strip().strip('"').lower() for name in re.split("[,;\t]", text.partition("\n")[0])}
    return {"num_model_requests", "input_tokens"} <= header and not {"cost", "amount_value"} & header


class UsageJson(Json):
    """A report of usage as an API answers it."""

    def lines(self, text: str) -> Iterator[StatementLine]:
        for number, start, last, results in self.buckets(text):
            if start.date() != last.date():
                self.issue(
                    0, f"Bucket {number} is longer than a day.", "Ask for buckets of a day: bucket_width=1d."
                )
                continue
            for location, result in enumerate(results, start=1):
                try:
                    yield _line(result, f"bucket {number}, result {location}", start.date())
                except (KeyError, TypeError, ValueError, AttributeError):
                    self.issue(
                        0, f"The {location}. result of bucket {number} has no whole numbers of tokens.",
                        "Export the usage as the provider's API answers it.",
                    )  # fmt: skip


class UsageCsv(Reader):
    """The same as a table, as OpenAI's console exports it."""

    def lines(self, text: str) -> Iterator[StatementLine]:
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        begins = next(
            (name for name in ("start_time_iso", "start_time", "day", "time") if name in names), None
        )
        if begins is None:
            raise WrongInput(f"{self.name} has no column start_time: export the usage with its times.")
        for row in rows:
            cells = {name: (row[own] or "").strip() for name, own in names.items()}
            if not any(cells.values()):
                continue
            moment = _when(cells[begins])
            if moment is None:
                self.issue(
                    rows.line_num, f"'{cells[begins]}' is not a time.", "Write it as 2026-11-03T00:00:00Z."
                )
                continue
            self.days.append(moment.date())
            if not cells["num_model_requests"]:
                continue  # a day on which nothing was asked
            try:
                yield _line(cells, f"line {rows.line_num}", moment.date())
            except ValueError:
                self.issue(
                    rows.line_num,
                    "The tokens are not whole numbers.",
                    "Export the usage as the console gives it.",
                )


def _line(counts: Mapping[str, Any], location: str, day: date) -> StatementLine:
    """One result. OpenAI's input holds what was cached, Anthropic's tells it apart."""
    written: Any = counts.get("cache_creation") or {}
    written = sum(_count(written, f"ephemeral_{kept}_input_tokens") for kept in ("5m", "1h"))
    written += _count(counts, "input_cache_write_tokens")
    cached = _count(counts, "input_cached_tokens") + _count(counts, "cache_read_input_tokens")
    if "uncached_input_tokens" in counts:
        tokens_in = _count(counts, "uncached_input_tokens") + cached + written
    else:
        tokens_in = int(counts["input_tokens"])
    requests = counts.get("num_model_requests")
    return StatementLine(
        location, day, 0, "", str(counts.get("model") or ""),
        project=str(counts.get("project_id") or counts.get("workspace_id") or ""),
        input_tokens=tokens_in, cached_tokens=cached, output_tokens=int(counts["output_tokens"]),
        cache_write_tokens=written, requests=None if requests in (None, "") else int(requests),
    )  # fmt: skip


def _count(counts: Mapping[str, Any], name: str) -> int:
    return int(counts.get(name) or 0)


def _when(text: str) -> datetime | None:
    """A moment as text, or as seconds since 1970."""
    try:
        return datetime.fromtimestamp(int(text), UTC) if text.isdecimal() else moment_of(text)
    except (OverflowError, ValueError, OSError):
        return None
