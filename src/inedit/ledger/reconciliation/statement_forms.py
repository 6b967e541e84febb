"""The forms of a provider's export: each reader turns one of them into lines of one shape."""

from __future__ import annotations

import csv
import io
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from inedit.ledger.pricing.money import to_micros
from inedit.ledger.reconciliation.statement_lines import StatementLine
from inedit.model.errors import Issue, WrongInput

REQUIRED_COLUMNS = ("cost", "currency")
ALSO_CALLED = {
    "date": "day", "start_time_iso": "day", "usage_date_utc": "day",
    "timestamp": "time", "created_at": "time",
    "amount_value": "cost", "cost_usd": "cost", "cost_total": "cost",
    "amount_currency": "currency",
    "line_item": "model", "model_permaslug": "model",
    "project_id": "project", "workspace": "project",
    "generation_id": "request_id",
    "prompt_tokens": "input_tokens", "cached_tokens": "cached_input_tokens", "completion_tokens": "output_tokens",
}  # fmt: skip
"""Columns of tables that consoles export: OpenAI's costs, Anthropic's costs, OpenRouter's activity (the tokens that it
tells are not those that it bills, so they are left out)."""

IN_DOLLARS = ("cost_usd", "cost_total")
"""Columns of costs whose tables have no currency: Anthropic's name it, OpenRouter's credits are dollars."""

ON_TOP = "byok_usage_inference"
"""What the host bills for a call of OpenRouter's with a key of one's own, beside what OpenRouter takes."""

_CURRENCY = re.compile(r"[A-Z]{3}")


class Reader(ABC):
    """What reading came upon: lines that cannot be read, and the days that are covered."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.issues: list[Issue] = []
        self.days: list[date] = []  # days that are covered though nothing may be billed in them

    @abstractmethod
    def lines(self, text: str) -> Iterator[StatementLine]:
        """The lines of an export."""

    def issue(self, line: int, message: str, remedy: str) -> None:
        self.issues.append(Issue(self.name, line, 0, "statement", message, remedy))


class Csv(Reader):
    def lines(self, text: str) -> Iterator[StatementLine]:
        sample = text.partition("\n")[0]
        delimiter = max(",;\t", key=sample.count)
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = self._names(rows.fieldnames or ())
        in_dollars = "currency" not in names and _normalised(names.get("cost", "")) in IN_DOLLARS
        missing = [
            name for name in REQUIRED_COLUMNS if name not in names and not (in_dollars and name == "currency")
        ]
        if "day" not in names and "time" not in names:
            missing.append("day (or time)")
        if missing:
            raise WrongInput(
                f"{self.name} has no column {', '.join(missing)}: rename its columns to day or time, cost, currency, "
                "and where you have them model, request_id, project, input_tokens, cached_input_tokens, "
                "cache_write_tokens, output_tokens."
            )
        seen: set[tuple[str, ...]] = set()
        for row in rows:
            cells = {name: (row[own] or "").strip() for name, own in names.items()}
            if not any(cells.values()):
                continue
            if in_dollars:
                cells["currency"] = "USD"
            if delimiter == ";":  # the comma is a decimal one where columns are not parted by it
                for name in {"cost", ON_TOP} & cells.keys():
                    cells[name] = re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", cells[name])
            day = _moment_in(cells.get("time") or cells.get("day", ""))
            if day is not None and not cells["cost"] and (in_dollars or not cells["currency"]):
                self.days.append(day.date())  # nothing was billed that day, which is worth knowing
            elif (line := self._line(cells, rows.line_num)) is not None:
                whole = tuple(str(cell) for cell in row.values())
                yield replace(line, repeats=bool(line.request_id) and whole in seen)
                seen.add(whole)

    def _names(self, columns: Iterable[str | None]) -> dict[str, str]:
        """What a line needs, each with its column: the one of that very name, else the only one that is also called so.

        Raises :class:`~.errors.WrongInput` where two would do: one of them would be booked unseen.
        """
        names: dict[str, list[str]] = {}
        for column in columns:
            if column is not None:
                name = _normalised(column)
                names.setdefault(ALSO_CALLED.get(name, name), []).append(column)
        for name, found in names.items():
            owns = [own for own in found if _normalised(own) == name] or found
            if len(owns) > 1 and name in (*ALSO_CALLED.values(), "cache_write_tokens", ON_TOP):
                raise WrongInput(
                    f"{self.name} has several columns for {name}: {', '.join(owns)}. "
                    f"Keep one of them, or rename the right one to {name}."
                )
            names[name] = owns
        return {name: owns[-1] for name, owns in names.items()}

    def _line(self, cells: Mapping[str, str], number: int) -> StatementLine | None:
        when, cost, currency = (
            cells.get("time") or cells.get("day", ""),
            cells["cost"],
            cells["currency"].upper(),
        )
        moment = _moment_in(when)
        if moment is None:
            self.issue(number, f"'{when}' is not a day.", "Write it as 2026-11-03 or 2026-11-03T09:15:00Z.")
        billed_too = cells.get(ON_TOP) or "0"
        amount, on_top = _amount(cost), _amount(billed_too)
        remedy = "Write it with a point and without a currency: 0.0123."
        if amount is None:
            self.issue(number, f"'{cost}' is not an amount.", remedy)
        if on_top is None:
            self.issue(number, f"'{billed_too}' is not an amount of {ON_TOP}.", remedy)
        if not _CURRENCY.fullmatch(currency):
            self.issue(number, f"'{currency}' is not a currency.", "Write its three letters: USD.")
        counts: dict[str, int | None] = {}
        for name in ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens"):
            written = cells.get(name, "")
            counts[name] = int(written) if written.isdecimal() else None
            if written and counts[name] is None:
                self.issue(number, f"'{written}' is not a number of {name}.", "Write a whole number.")
        if moment is None or amount is None or on_top is None:
            return None
        exactly = moment if cells.get("time") and len(when) > len("2026-11-03") else None
        return StatementLine(
            f"line {number}", moment.date(), to_micros(amount + on_top), currency, _model(cells.get("model")),
            cells.get("project", ""), cells.get("request_id", ""), exactly,
            counts["input_tokens"], counts["cached_input_tokens"] or 0, counts["output_tokens"],
            counts["cache_write_tokens"] or 0,
        )  # fmt: skip


class Json(Reader):
    def lines(self, text: str) -> Iterator[StatementLine]:
        seen: dict[str, str] = {}
        for number, start, last, results in self.buckets(text):
            for location, result in enumerate(results, start=1):
                where = f"bucket {number}, result {location}"
                if (line := self._line(result, where, start.date())) is not None:
                    whole = f"{start} {last} {result}"
                    if line.cost_micros and (first := seen.setdefault(whole, where)) != where:
                        self.issue(
                            0, f"The {where} is what {first} says already, to the last digit.",
                            "Put each page into the file once; group costs of several projects by project.",
                        )  # fmt: skip
                    yield line

    def buckets(self, text: str) -> Iterator[tuple[int, datetime, datetime, list[Any]]]:
        """Each bucket by its number, with its beginning, its last second and its results."""
        found = [bucket for page in self._pages(text) for bucket in page]
        for number, bucket in enumerate(found, start=1):
            try:
                start, end = _span(bucket)
                results = list(bucket["results"] if "results" in bucket else bucket["result"])
            except (KeyError, TypeError, ValueError, OverflowError):
                remedy = "Export it as the provider's API answers it."
                self.issue(0, f"Bucket {number} has no beginning, end or results.", remedy)
                continue
            last = max(start, end - timedelta(seconds=1))
            self.days += [start.date(), last.date()]
            yield number, start, last, results

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
                f"{self.name} is not an export of organization costs: {error}. "
                f"Export OpenAI's GET /v1/organization/costs, "
                "Anthropic's GET /v1/organizations/cost_report, or a CSV with the columns day, cost, currency."
            ) from error
        if more:
            self.issue(0, "The last page says that there are more.", "Export all pages into the file.")

    def _line(self, result: Any, location: str, day: date) -> StatementLine | None:
        try:
            amount, currency = _cost(result)
        except (KeyError, TypeError):
            amount, currency = None, ""
        if amount is None or not _CURRENCY.fullmatch(currency):
            self.issue(0, f"The {location} has no amount.", "Export the costs as they are answered.")
            return None
        model = _model(result.get("line_item") or result.get("model"))
        project = str(result.get("project_id") or result.get("workspace_id") or "")
        return StatementLine(location, day, to_micros(amount), currency, model, project)


def _normalised(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().lower())


def _span(bucket: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Beginning and end of a bucket: seconds since 1970 at OpenAI, moments as text at Anthropic."""
    if "starting_at" in bucket:
        start, end = moment_of(str(bucket["starting_at"])), moment_of(str(bucket["ending_at"]))
        if start is None or end is None:
            raise ValueError
        return start, end
    return tuple(datetime.fromtimestamp(int(bucket[name]), UTC) for name in ("start_time", "end_time"))  # type: ignore[return-value]


def _cost(result: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """Amount and currency of a result: OpenAI names the amount in units, Anthropic in hundredths, as text."""
    if isinstance(result["amount"], Mapping):
        return _amount(str(result["amount"]["value"])), str(result["amount"]["currency"]).upper()
    hundredths = _amount(str(result["amount"]))
    return None if hundredths is None else hundredths / 100, str(result["currency"]).upper()


def _model(line_item: object) -> str:
    """The model of a line item: ``gpt-5-mini-2025-08-07, cached input`` names it before the comma."""
    return str(line_item or "").partition(",")[0].strip()


def moment_of(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment_in(text: str) -> datetime | None:
    """A moment as tables have it: also with a ``UTC`` behind it, or in seconds since 1970."""
    if re.fullmatch(r"\d{10}", text):
        return datetime.fromtimestamp(int(text), UTC)
    return moment_of(text.removesuffix("UTC").strip())


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
