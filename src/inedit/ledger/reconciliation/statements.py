"""What a provider says it billed: its export, read into lines of one shape.

Two forms are read. *OpenAI's organization costs*, the JSON that ``GET /v1/organization/costs`` answers (one page, a
list of pages, or pages one after the other): amounts by day, line item and project, without request ids. *CSV* with
named columns, as any console exports it once its columns are renamed:

    day or time   2026-11-03, or 2026-11-03T09:15:00Z (required; UTC)
    cost          0.0123 (required), in units of ``currency``
    currency      USD (required)
    model         gpt-5-mini
    request_id    the provider's id of the answer; with it lines are matched one by one
    project       the provider's name of the project that was billed
    input_tokens, cached_input_tokens, cache_write_tokens, output_tokens

Columns of other names are left alone. The table that OpenAI's console exports (``start_time_iso``, ``amount_value`` …)
is read as it is: :data:`ALSO_CALLED` says which of its columns is which.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from inedit.errors import Issue, ProjectErrors, WrongInput
from inedit.ledger.pricing.money import to_micros

REQUIRED_COLUMNS = ("cost", "currency")
ALSO_CALLED = {
    "start_time_iso": "day", "amount_value": "cost", "amount_currency": "currency", "line_item": "model",
    "project_id": "project",
}  # fmt: skip
"""Columns of the costs that OpenAI's console exports as a table."""

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One amount that a provider billed, in millionths of ``currency``. ``place`` says where it stands in the file.

    ``moment`` is None when only the day (UTC) is known; token counts are None when they are not told.
    """

    place: str
    day: date
    cost_micros: int
    currency: str
    model: str = ""
    project: str = ""
    request_id: str = ""
    moment: datetime | None = None
    input_tokens: int | None = None
    cached_tokens: int = 0
    output_tokens: int | None = None
    cache_write_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A provider's export: its lines, the days that it covers (both included), and what it is.

    ``sha256`` (64 hexadecimal digits) names the very file in whatever is posted because of it.
    """

    name: str
    sha256: str
    lines: tuple[StatementLine, ...]
    first: date
    last: date

    @property
    def has_ids(self) -> bool:
        """Whether every line names the request that it bills."""
        return bool(self.lines) and all(line.request_id for line in self.lines)


def read_statement(path: Path) -> Statement:
    """Read a provider's export.

    Raises:
        WrongInput: there is no such file, it is empty, or of neither form.
        ProjectErrors: lines that cannot be read, all of them at once.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise WrongInput(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path} is not a text in UTF-8: export it as CSV or JSON.") from error
    reader = _Json(path.name) if text.lstrip()[:1] in ("{", "[") else _Csv(path.name)
    try:
        lines = tuple(reader.lines(text))
    except csv.Error as error:  # a quotation mark that nothing closes, most likely
        raise WrongInput(f"{path} is no CSV that can be read ({error}): export it again.") from error
    if reader.faults:
        raise ProjectErrors(reader.faults)
    days = [*(line.day for line in lines), *reader.days]
    if not days:
        raise WrongInput(f"{path} has no line: export the days that you want to reconcile.")
    return Statement(path.name, hashlib.sha256(raw).hexdigest(), lines, min(days), max(days))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Issue] = []
        self.days: list[date] = []  # days that are covered though nothing may be billed in them

    def fault(self, line: int, message: str, remedy: str) -> None:
        self.faults.append(Issue(self.name, line, 0, "statement", message, remedy))


class _Csv(_Reader):
    def lines(self, text: str) -> Iterator[StatementLine]:
        sample = text.partition("\n")[0]
        delimiter = max(",;\t", key=sample.count)
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        found = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        names = {
            ALSO_CALLED.get(name, name): own
            for name, own in found.items()
            if ALSO_CALLED.get(name) not in found
        }
        missing = [name for name in REQUIRED_COLUMNS if name not in names]
        if "day" not in names and "time" not in names:
            missing.append("day (or time)")
        if missing:
            raise WrongInput(
                f"{self.name} has no column {', '.join(missing)}: rename its columns to day or time, cost, currency, "
                "and where you have them model, request_id, project, input_tokens, cached_input_tokens, "
                "cache_write_tokens, output_tokens."
            )
        for row in rows:
            cells = {name: (row[own] or "").strip() for name, own in names.items() if own is not None}
            if not any(cells.values()):
                continue
            day = _moment(cells.get("time") or cells.get("day", ""))
            if day is not None and not cells["cost"] and not cells["currency"]:
                self.days.append(day.date())  # nothing was billed that day, which is worth knowing
            elif (line := self._line(cells, rows.line_num)) is not None:
                yield line

    def _line(self, cells: Mapping[str, str], number: int) -> StatementLine | None:
        when, cost, currency = (
            cells.get("time") or cells.get("day", ""),
            cells["cost"],
            cells["currency"].upper(),
        )
        moment = _moment(when)
        if moment is None:
            self.fault(number, f"'{when}' is no day.", "Write it as 2026-11-03 or 2026-11-03T09:15:00Z.")
        amount = _amount(cost)
        if amount is None:
            self.fault(
                number, f"'{cost}' is no amount.", "Write it with a point and without a currency: 0.0123."
            )
        if not _CURRENCY.fullmatch(currency):
            self.fault(number, f"'{currency}' is no currency.", "Write its three letters: USD.")
        counts: dict[str, int | None] = {}
        for name in ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens"):
            told = cells.get(name, "")
            counts[name] = int(told) if told.isdecimal() else None
            if told and counts[name] is None:
                self.fault(number, f"'{told}' is no number of {name}.", "Write a whole number.")
        if moment is None or amount is None:
            return None
        exactly = moment if cells.get("time") and len(when) > len("2026-11-03") else None
        return StatementLine(
            f"line {number}", moment.date(), to_micros(amount), currency, _model(cells.get("model")),
            cells.get("project", ""), cells.get("request_id", ""), exactly,
            counts["input_tokens"], counts["cached_input_tokens"] or 0, counts["output_tokens"],
            counts["cache_write_tokens"] or 0,
        )  # fmt: skip


class _Json(_Reader):
    def lines(self, text: str) -> Iterator[StatementLine]:
        buckets = [bucket for page in self._pages(text) for bucket in page]
        for number, bucket in enumerate(buckets, start=1):
            try:
                start = datetime.fromtimestamp(int(bucket["start_time"]), UTC)
                end = datetime.fromtimestamp(int(bucket["end_time"]), UTC)
                results = list(bucket["results"] if "results" in bucket else bucket["result"])
            except (KeyError, TypeError, ValueError, OverflowError):
                remedy = "Export GET /v1/organization/costs as it is answered."
                self.fault(0, f"Bucket {number} has no start_time, end_time or results.", remedy)
                continue
            self.days += [start.date(), max(start, end - timedelta(seconds=1)).date()]
            for place, result in enumerate(results, start=1):
                if (line := self._line(result, f"bucket {number}, result {place}", start.date())) is not None:
                    yield line

    def _pages(self, text: str) -> Iterator[list[Any]]:
        decoder, at, more = json.JSONDecoder(parse_float=Decimal), 0, False
        try:
            while at < len(text):
                value, at = decoder.raw_decode(text, at)
                while at < len(text) and text[at].isspace():
                    at += 1
                for page in value if isinstance(value, list) else [value]:
                    more = bool(page.get("has_more"))
                    yield list(page["data"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise WrongInput(
                f"{self.name} is no export of organization costs: {error}. "
                "Export GET /v1/organization/costs, or a CSV with the columns day, cost, currency."
            ) from error
        if more:
            self.fault(0, "The last page says that there are more.", "Export all pages into the file.")

    def _line(self, result: Any, place: str, day: date) -> StatementLine | None:
        try:
            value, currency = result["amount"]["value"], str(result["amount"]["currency"]).upper()
        except (KeyError, TypeError):
            value, currency = None, ""
        amount = _amount(str(value))
        if amount is None or not _CURRENCY.fullmatch(currency):
            self.fault(0, f"The {place} has no amount.", "Export the costs as they are answered.")
            return None
        model, project = _model(result.get("line_item")), str(result.get("project_id") or "")
        return StatementLine(place, day, to_micros(amount), currency, model, project)


def _model(line_item: object) -> str:
    """The model of a line item: ``gpt-5-mini-2025-08-07, cached input`` names it before the comma."""
    return str(line_item or "").partition(",")[0].strip()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
