"""The HTML page and the workbook: every number is the SQL views'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay
from inedit.errors import WrongInput
from inedit.ledger import Call, Ledger, Limit
from inedit.ledger import workbook as workbook_module
from inedit.ledger.figures import DIMENSIONS
from inedit.ledger.page import Report, page_of
from inedit.ledger.piece_lines import piece_lines
from inedit.ledger.reading import Scope
from inedit.ledger.workbook import write_workbook
from inedit.model import VariantSpec
from inedit.store import Store
from inedit.store.tables import attempts, pieces

MADE = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


def rest(store: Store, spec: VariantSpec, status: str, refused: dict[int, str], tried: int) -> None:
    """A piece at rest, with why its drafts were refused."""
    with store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{spec.key}-1", run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, brief_sha="b",
                scope="s", status=status, spec="{}", parts="{}", text="t", verdict="{}", attempts=tried,
                created_at="2026-11-22T09:00:00.000Z",
            )
        )  # fmt: skip
        for attempt, reason in refused.items():
            connection.execute(
                attempts.insert().values(
                    run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, attempt=attempt, spec="{}",
                    usage="{}", created_at="2026-11-22T09:00:00.000Z", refused_for=reason,
                )
            )  # fmt: skip


@pytest.fixture
def books(ledger: Ledger, store: Store, clock: Clock) -> Ledger:
    """Two months, two currencies, refusals, an unknown price, a correction, an adjustment, savings, a budget."""
    for attempt in (1, 2):
        pay(ledger, a_call(attempt=attempt))
    rest(store, a_spec(), "accepted", {1: "figures"}, 2)
    german = a_spec(1, "de", "social")
    first = pay(ledger, a_call(german, model="gpt-4o-mini"), a_usage("gpt-4o-mini"))
    rest(store, german, "parked", {1: "echo"}, 1)
    pay(ledger, Call("judge", "openai", "gpt-4o-mini", run_id="run-1", campaign_id="spring"))
    pay(ledger, Call("baseline", "embedded", "qwen", run_id="run-1"))
    pay(ledger, a_call(a_spec(2), provider="localhost:11434", model="llama"))
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.record_review(a_spec(), Decimal(4), by="Ana")
    ledger.reserve(a_call(a_spec(3)), 1000, 600)
    clock.turn_to(2026, 12, 3)
    ledger.correct(first.id, 1000, "USD", "=1+1 invoice <b>7</b>")
    ledger.adjust(
        Call("adjustment", "openai", "gpt-5-mini"), 13, "USD", occurred_at=clock(), source="s", reason="r"
    )
    pay(ledger, a_call(a_spec(4)))
    return ledger.with_limits(Limit("campaign", 10_000, "USD", hard=False, scope_id="spring"))


def report_of(ledger: Ledger, scope: Scope | None = None) -> Report:
    asked = scope or Scope()
    summary = ledger.summary(run_id=asked.run_id, campaign_id=asked.campaign_id, period=asked.period)
    with ledger.store.read() as connection:
        lines = piece_lines(connection, asked)
    budgets = ledger.budgets(campaign_id="spring")
    return Report(summary, budgets, ledger.outcomes({"spring": date(2026, 11, 2)}), lines)


def views(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def table_of(page: str, table: str) -> dict[str, Counter[str]]:
    """Amounts of a table by the name of its row and their currency."""
    (body,) = re.findall(rf'<table[^>]* id="{table}">(.*?)</table>', page, re.DOTALL)
    found: dict[str, Counter[str]] = {}
    for name, row in re.findall(r'<tr data-name="([^"]*)">(.*?)</tr>', body, re.DOTALL):
        cells = re.findall(r'<td class="n cost">(.*?)</td>', row, re.DOTALL) or [row]
        found[name] = Counter()
        for micros, currency in re.findall(r'data-micros="(-?\d+)" data-currency="(\w+)"', cells[0]):
            found[name][currency] += int(micros)
    return found


COLUMN = {name: {"period": "month"}.get(name, name) for name in DIMENSIONS}
"""The view's column of each dimension."""


def test_every_number_of_the_page_is_the_views(books: Ledger, store: Store) -> None:
    """Totals, every split, refusals, each piece, what was saved."""
    page = page_of(report_of(books), MADE)

    def sums(column: str, view: str) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        query = f"SELECT {column}, currency, SUM(cost_micros) FROM {view} GROUP BY 1, 2"  # noqa: S608  # ours
        for name, currency, micros in views(store, query):
            if currency:
                found.setdefault(str(name or ""), Counter())[str(currency)] = int(str(micros))
            else:
                found.setdefault(str(name or ""), Counter())
        return found

    for dimension, column in COLUMN.items():
        assert table_of(page, f"by-{dimension}") == sums(column, "finance_calls"), dimension
    assert table_of(page, "refusals") == sums("reason", "finance_refusals")
    at_rest = {name: cost for name, cost in sums("piece_id", "finance_pieces").items() if name}
    assert table_of(page, "by-piece") == at_rest
    total = re.search(r'<b id="cost">(.*?)</b>', page, re.DOTALL)
    assert total is not None
    told = dict(re.findall(r'data-micros="(\d+)" data-currency="(\w+)"', total[1]))
    assert {currency: int(micros) for micros, currency in told.items()} == dict(
        views(
            store,
            "SELECT currency, SUM(cost_micros) FROM finance_calls WHERE currency IS NOT NULL GROUP BY 1",
        )
    )
    assert "1 call of unknown price" in total[1]
    saved = re.search(r'id="saved">(.*?)</b>', page, re.DOTALL)
    assert saved is not None
    assert (
        tuple(map(int, re.findall(r'data-seconds="(-?\d+)"', saved[1])))
        == views(
            store,
            "SELECT SUM(saved_seconds_low), SUM(saved_seconds_expected), SUM(saved_seconds_high) FROM finance_savings",
        )[0]
    )
    (calls,) = re.findall(r'<b id="calls">(\d+)</b>', page)
    assert [(int(calls),)] == views(store, "SELECT SUM(calls) FROM finance_months")


def test_the_page_needs_nothing_else_and_runs_nothing(books: Ledger) -> None:
    """No script, no address to load from, and a name that is markup stays a name."""
    pay(books, a_call(a_spec(5), model="<script>alert(1)</script>", provider="localhost:1"))
    page = page_of(report_of(books), MADE)
    assert "<script" not in page
    assert not re.search(r"(src|href)\s*=|url\(|@import|https?://", page)
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_an_empty_ledger_has_a_page_too(ledger: Ledger, tmp_path: Path) -> None:
    """Dashes, no division, no missing table."""
    page = page_of(Report(ledger.summary()), MADE)
    assert "no accepted piece with a baseline" in page
    with ledger.store.read() as connection:
        write_workbook(connection, Scope(), Report(ledger.summary()), tmp_path / "empty.xlsx")
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames == [
        "Report",
        "Splits",
        "Pieces",
        "Entries",
        "Savings",
    ]


class Spreadsheet:
    """As much of a spreadsheet as our formulas need: it computes them from the cells, not from the values kept."""

    def __init__(self, path: Path) -> None:
        self.formulas, self.values = load_workbook(path), load_workbook(path, data_only=True)

    def column(self, place: str) -> list[object]:
        name, letter = re.fullmatch(r"(\w+)!\$?([A-Z]+):\$?[A-Z]+", place).groups()  # type: ignore[union-attr]
        return [cell.value for cell in self.values[name][letter]]

    def compute(self, sheet: Worksheet, formula: str) -> float:  # noqa: PLR0911  # one form after the other
        if found := re.fullmatch(r"=(.+)/(\d+)", formula):
            return self.compute(sheet, f"={found[1]}") / int(found[2])
        if found := re.fullmatch(r"=SUM\(([^,()]+)\)", formula):
            return sum(value for value in self.column(found[1]) if isinstance(value, int | float))
        if found := re.fullmatch(r"=SUMIFS\((.+)\)", formula):
            what, *criteria = found[1].split(",")
            tests: list[tuple[list[object], Callable[[object], bool]]] = []
            for place, wanted in zip(criteria[::2], criteria[1::2], strict=True):
                value = (
                    wanted[1:-1]
                    if wanted[0] == '"'
                    else self.values[sheet.title][wanted.replace("$", "")].value
                )
                tests.append(
                    (
                        self.column(place),
                        (lambda v: v not in (None, ""))
                        if value == "<>"
                        else (lambda v, value=value: v == value),
                    )
                )
            amounts = self.column(what)
            return sum(
                amount
                for at, amount in enumerate(amounts)
                if isinstance(amount, int | float) and all(test(values[at]) for values, test in tests)
            )
        if found := re.fullmatch(r"=COUNTA\(([^()]+)\)-1", formula):
            return len([value for value in self.column(found[1]) if value is not None]) - 1
        if found := re.fullmatch(r'=COUNTIF\(([^,]+),"(\w+)"\)', formula):
            return self.column(found[1]).count(found[2])
        cell = {name: self.values[sheet.title][name].value for name in re.findall(r"[A-Z]\d+", formula)}
        if found := re.fullmatch(r"=IF\((\w+)=0,0,(\w+)/(\w+)\)", formula):
            return 0 if not cell[found[1]] else cell[found[2]] / cell[found[3]]
        if found := re.fullmatch(r"=(\w+)-(\w+)-(\w+)", formula):
            return cell[found[1]] - cell[found[2]] - cell[found[3]]
        raise AssertionError(f"a formula of another form: {formula}")


@pytest.mark.parametrize("scope", [Scope(), Scope(period="2026-11"), Scope(campaign_id="spring")], ids=str)
def test_every_formula_comes_to_the_value_that_is_written(
    books: Ledger, tmp_path: Path, scope: Scope
) -> None:
    """Recalculated from the rows, each sum is the ledger's own figure."""
    path = tmp_path / "report.xlsx"
    with books.store.read() as connection:
        write_workbook(connection, scope, report_of(books, scope), path)
    sheet, computed = Spreadsheet(path), 0
    for title in ("Report", "Splits"):
        for row in sheet.formulas[title].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    kept = sheet.values[title][cell.coordinate].value
                    assert sheet.compute(sheet.formulas[title], cell.value) == pytest.approx(
                        kept, abs=1e-9
                    ), cell.value
                    computed += 1
    assert computed > 50


def test_the_workbook_says_what_the_views_say(books: Ledger, store: Store, tmp_path: Path) -> None:
    """Its entries are the view's calls, its pieces the view's pieces; a text that looks like a formula stays a text."""
    path = tmp_path / "report.xlsx"
    with store.read() as connection:
        write_workbook(connection, Scope(), report_of(books), path)
    book = load_workbook(path, data_only=True)
    head, *rows = book["Entries"].iter_rows(values_only=True)
    at = {name: place for place, name in enumerate(head)}
    told = [
        (row[at["number"]], row[at["month"]], row[at["cost in millionths"]], row[at["currency"]])
        for row in rows
    ]
    assert told == views(
        store, "SELECT entry_number, month, cost_micros, currency FROM finance_calls ORDER BY 1"
    )
    assert any(str(row[at["note"]]).startswith("=1+1") for row in rows)
    formulas = [c.value for r in load_workbook(path)["Entries"].iter_rows() for c in r if c.data_type == "f"]
    assert formulas == []
    head, *rows = book["Pieces"].iter_rows(values_only=True)
    costs = {
        row[0]: Counter({c: round(row[head.index(f"cost {c}")] * 1e6) for c in ("USD",)}) for row in rows
    }
    assert costs == {
        str(name): Counter({str(currency): int(str(micros))})
        for name, currency, micros in views(
            store, "SELECT piece_id, currency, cost_micros FROM finance_pieces WHERE piece_id IS NOT NULL"
        )
    }


def test_more_entries_than_a_sheet_has_rows_are_refused(
    books: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do instead, and without a file."""
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 3)
    with books.store.read() as connection, pytest.raises(WrongInput, match="--month or --campaign"):
        write_workbook(connection, Scope(), report_of(books), tmp_path / "x.xlsx")
    with books.store.read() as connection, pytest.raises(WrongInput, match="Cannot write"):
        write_workbook(connection, Scope(run_id="none"), report_of(books), tmp_path / "no" / "x.xlsx")
    assert list(tmp_path.glob("x*")) == []
