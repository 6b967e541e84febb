"""The HTML page and the workbook: every number is the SQL views'."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay
from fakes.spreadsheet import SOFFICE, Spreadsheet, recalculated
from inedit.ledger import Call, Ledger, Limit
from inedit.ledger.journal.reading import Scope
from inedit.ledger.pricing.contract_prices import Rate
from inedit.ledger.reports import workbook as workbook_module
from inedit.ledger.reports.figures import DIMENSIONS
from inedit.ledger.reports.html_report import page_of
from inedit.ledger.reports.report_data import Report
from inedit.ledger.reports.reporter import Reporter
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput
from inedit.store import Store
from inedit.store.seals import seal_piece
from inedit.store.tables import attempts, pieces

MADE = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


def rest(store: Store, spec: VariantSpec, status: str, refused: dict[int, str], tried: int) -> None:
    """A completed piece, with why its drafts were refused."""
    with store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{spec.key}-1", run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, brief_sha="b",
                scope="s", status=status, spec="{}", parts="{}", text="t", verdict="{}", attempts=tried,
                created_at="2026-11-22T09:00:00.000Z",
            )
        )  # fmt: skip
        seal_piece(connection, f"{spec.key}-1")
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


def reporter(ledger: Ledger) -> Reporter:
    return Reporter(ledger, {"spring": date(2026, 11, 2)})


def report_of(ledger: Ledger, scope: Scope | None = None) -> Report:
    return reporter(ledger).report(scope or Scope(), None)


def views(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def table_of(page: str, table: str) -> dict[str, Counter[str]]:
    """Amounts of a table by the name of its row and their currency."""
    (body,) = re.findall(rf'<table[^>]* id="{table}">(.*?)</table>', page, re.DOTALL)
    found: dict[str, Counter[str]] = {}
    for name, row in re.findall(r'<tr data-name="([^"]*)"[^>]*>(.*?)</tr>', body, re.DOTALL):
        cells = re.findall(r'<td class="n cost">(.*?)</td>', row, re.DOTALL) or [row]
        found[name] = Counter()
        for micros, currency in re.findall(r'data-micros="(-?\d+)" data-currency="(\w+)"', cells[0]):
            found[name][currency] += int(micros)
    return found


COLUMN = {name: {"period": "month"}.get(name, name) for name in DIMENSIONS}
"""The view's column of each dimension."""


def numbers_of(page: str, table: str, cell: str, pattern: str = r"(-?[\d,]+)") -> dict[str, tuple[int, ...]]:
    """The whole numbers in one kind of cell of a table, by the name of its row."""
    (body,) = re.findall(rf'<table[^>]* id="{table}">(.*?)</table>', page, re.DOTALL)
    rows = re.findall(r'<tr data-name="([^"]*)"[^>]*>(.*?)</tr>', body, re.DOTALL)
    found = {name: re.search(rf'<td class="n {cell}">(.*?)</td>', row, re.DOTALL) for name, row in rows}
    return {
        name: tuple(int(number.replace(",", "")) for number in re.findall(pattern, hit[1]))
        for name, hit in found.items()
        if hit is not None
    }


def view_of(store: Store, column: str, what: str, view: str) -> dict[str, tuple[int, ...]]:
    query = f"SELECT COALESCE({column}, ''), {what} FROM {view} GROUP BY 1"  # noqa: S608  # ours
    return {str(name): tuple(int(str(number or 0)) for number in rest) for name, *rest in views(store, query)}


def sums_of(store: Store, column: str, view: str) -> dict[str, Counter[str]]:
    """Costs of a view by the values of a column and by currency."""
    found: dict[str, Counter[str]] = {}
    query = f"SELECT {column}, currency, SUM(cost_micros) FROM {view} GROUP BY 1, 2"  # noqa: S608  # ours
    for name, currency, micros in views(store, query):
        of_name = found.setdefault(str(name or ""), Counter())
        if currency:
            of_name[str(currency)] = int(str(micros))
    return found


def test_every_number_of_the_page_is_the_views(books: Ledger, store: Store) -> None:
    """Totals, every split with its calls, its accepted pieces and its savings, refusals, pieces, exceptions."""
    page = page_of(report_of(books), MADE)
    saved = "SUM(saved_seconds_low), SUM(saved_seconds_expected), SUM(saved_seconds_high)"
    for dimension, column in COLUMN.items():
        table = f"by-{dimension}"
        assert table_of(page, table) == sums_of(store, column, "finance_calls"), dimension
        calls = "SUM(CASE WHEN kind = 'call' AND purpose <> 'adjustment' THEN 1 ELSE 0 END)"
        assert numbers_of(page, table, "calls") == view_of(store, column, calls, "finance_calls")
        if dimension in ("channel", "segment", "language", "tone", "campaign_id", "period"):
            told = {
                name: n
                for name, n in numbers_of(page, table, "saved", r'data-seconds="(-?\d+)"').items()
                if n
            }
            assert told == view_of(store, column, saved, "finance_savings")
        if dimension in ("channel", "segment", "language", "tone", "campaign_id"):
            told = {name: n for name, n in numbers_of(page, table, "accepted").items() if n != (0,)}
            assert told == view_of(
                store, column, "COUNT(DISTINCT piece_id)", "finance_pieces WHERE status = 'accepted'"
            )
    assert table_of(page, "refusals") == sums_of(store, "reason", "finance_refusals")
    at_rest = {name: cost for name, cost in sums_of(store, "piece_id", "finance_pieces").items() if name}
    assert table_of(page, "by-piece") == at_rest
    allocated = table_of(page, "allocation")
    parts = allocated["pieces"] + allocated["shared by a campaign"] + allocated["unallocated"]
    assert (
        parts
        == allocated["everything"]
        == Counter(
            dict(
                views(
                    store,
                    "SELECT currency, SUM(cost_micros) FROM finance_months WHERE currency IS NOT NULL GROUP BY 1",
                )
            )
        )
    )
    total = re.search(r'<b id="cost">(.*?)</b>', page, re.DOTALL)
    assert total is not None
    found = dict(re.findall(r'data-micros="(\d+)" data-currency="(\w+)"', total[1]))
    assert {currency: int(micros) for micros, currency in found.items()} == dict(
        views(
            store,
            "SELECT currency, SUM(cost_micros) FROM finance_calls WHERE currency IS NOT NULL GROUP BY 1",
        )
    )
    assert "1 call of unknown price" in total[1]
    (seconds,) = re.findall(r'<b id="saved">(.*?)</b>', page, re.DOTALL)
    assert [tuple(map(int, re.findall(r'data-seconds="(-?\d+)"', seconds)))] == views(
        store,
        f"SELECT {saved} FROM finance_savings",  # noqa: S608  # ours
    )
    (calls,) = re.findall(r'<b id="calls" data-count="(\d+)">', page)
    assert [(int(calls),)] == views(store, "SELECT SUM(calls) FROM finance_months")
    counts = dict(re.findall(r'<tr data-name="(\w+)"><td class="n">(\d+)</td><td class="warn">', page))
    assert {code: int(count) for code, count in counts.items()} == dict(
        views(store, "SELECT exception, COUNT(*) FROM finance_exceptions GROUP BY 1")
    )
    assert len(re.findall(r"data-code=", page)) == sum(map(int, counts.values()))


def test_budgets_beside_what_the_views_say_was_charged(books: Ledger, store: Store) -> None:
    """The page's budget of a campaign: charged is the campaign's cost, set aside what its pending calls may cost."""
    page = page_of(report_of(books), MADE)
    (row,) = re.findall(r'<tr data-name="campaign spring">(.*?)</tr>', page, re.DOTALL)
    limit, charged, aside, left = map(int, re.findall(r'data-micros="(-?\d+)"', row))
    spring = "WHERE campaign_id = 'spring' AND currency = 'USD'"
    assert [(charged,)] == views(store, f"SELECT SUM(cost_micros) FROM finance_calls {spring}")  # noqa: S608
    pending = f"{spring} AND exception = 'possibly_billed'"
    assert [(aside,)] == views(store, f"SELECT SUM(amount_micros) FROM finance_exceptions {pending}")  # noqa: S608
    assert (limit, left) == (10_000, 10_000 - charged - aside)


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
    reporter(ledger).write_workbook(Scope(), tmp_path / "empty.xlsx")
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames == [
        "Report",
        "Splits",
        "Pieces",
        "Entries",
        "Savings",
        "Exceptions",
    ]


def test_no_amount_of_the_page_reads_as_nothing_but_nothing(books: Ledger) -> None:
    """Bars of months too, though they cost less than a cent."""
    page = page_of(report_of(books), MADE)
    told = re.findall(r'data-micros="(-?\d+)"[^>]*>([^<]*)<', page)
    columns = re.findall(r'<div class="column"><span class="amount" data-micros="(\d+)"[^>]*>([^<]*)<', page)
    assert len(columns) == 2
    assert [micros for micros, said in told if (int(micros) != 0) != bool(re.search("[1-9]", said))] == []
    assert all(round(int(micros) / 1e6, 4) == float(said) for micros, said in columns)


SCOPES = [Scope(), Scope(period="2026-11"), Scope(campaign_id="spring"), Scope(run_id="run-1")]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_every_formula_comes_to_the_value_that_is_written(
    books: Ledger, tmp_path: Path, scope: Scope
) -> None:
    """Recalculated from the rows, each sum is the ledger's own figure."""
    path = tmp_path / "report.xlsx"
    reporter(books).write_workbook(scope, path)
    sheet, computed = Spreadsheet(path), 0
    for title, cell, kept in sheet.cells():
        assert sheet.compute(title, cell.value) == pytest.approx(kept, abs=1e-9), (title, cell.value)
        computed += 1
    assert computed > 80


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_comes_to_the_same(books: Ledger, tmp_path: Path) -> None:
    """A real spreadsheet, with nothing but the rows and the formulas, computes every figure as it was written."""
    path = tmp_path / "report.xlsx"
    reporter(books).write_workbook(Scope(), path)
    kept, anew = Spreadsheet(path), recalculated(path, tmp_path)
    checked = 0
    for title, cell, value in kept.cells():
        assert anew.values[title][cell.coordinate].value == pytest.approx(value, abs=1e-9), (
            title,
            cell.value,
        )
        checked += 1
    assert checked > 80


def test_a_workbook_after_another_budget_is_computed_from_its_rows(
    books: Ledger, store: Store, clock: Clock, tmp_path: Path
) -> None:
    """Budgets in another currency, at each month's own rate: written, and recalculated, it is the views' sum."""
    rates = [
        Rate(base="USD", quote="EUR", rate=Decimal(rate), valid_from=date(2026, month, 1), source="treasury")
        for month, rate in ((1, "0.9"), (12, "0.8"))
    ]
    path = tmp_path / "report.xlsx"
    in_months = "SELECT month, SUM(cost_micros) FROM finance_calls WHERE campaign_id = 'spring' GROUP BY 1"
    paid = {str(month): Decimal(str(micros)) for month, micros in views(store, in_months)}
    for most in (5_000, 900):
        limits = (Limit("campaign", most, "EUR", hard=False), Limit("month", most, "EUR", hard=False))
        reporter(Ledger(store, clock=clock, limits=limits, rates=rates)).write_workbook(Scope(), path)
        sheet = Spreadsheet(path)
        (line,) = (
            cell.row
            for cell in sheet.formulas["Report"]["A"]
            if str(cell.value).startswith("campaign spring")
        )
        for title, cell, kept in sheet.cells():
            computed = sheet.compute(title, cell.value)
            assert computed == pytest.approx(kept, abs=2e-6), cell.value
            if (title, cell.coordinate) == ("Report", f"C{line}"):
                charged = paid["2026-11"] * Decimal("0.9") + paid["2026-12"] * Decimal("0.8")
                assert computed * 1e6 == pytest.approx(float(charged))
        assert sheet.values["Report"][f"B{line}"].value == most / 1e6


def test_the_workbook_says_what_the_views_say(books: Ledger, store: Store, tmp_path: Path) -> None:
    """Its entries are the view's calls, its pieces the view's pieces; a text that looks like a formula stays a text."""
    path = tmp_path / "report.xlsx"
    reporter(books).write_workbook(Scope(), path)
    book = load_workbook(path, data_only=True)
    head, *rows = book["Entries"].iter_rows(values_only=True)
    at = {name: index for index, name in enumerate(head)}
    told = [
        (row[at["number"]], row[at["month"]], row[at["cost in millionths"]], row[at["currency"]])
        for row in rows
    ]
    assert told == views(
        store, "SELECT entry_number, month, cost_micros, currency FROM finance_calls ORDER BY 1"
    )
    assert any(str(row[at["note"]]).startswith("=1+1") for row in rows)
    _, *savings = book["Savings"].iter_rows(values_only=True)
    assert (
        sum(row[10] for row in savings)
        == views(store, "SELECT SUM(saved_seconds_expected) FROM finance_savings")[0][0]
    )
    _, *exceptions = book["Exceptions"].iter_rows(values_only=True)
    told = sorted((row[0], row[9]) for row in exceptions if row[9] is not None)
    known = "SELECT exception, amount_micros FROM finance_exceptions WHERE amount_micros IS NOT NULL ORDER BY 1, 2"
    assert told == views(store, known)
    lost = next(row for row in exceptions if row[0] == "possibly_billed")
    assert lost[6:9] == (f"{a_spec(3).key}-1", "openai", "gpt-5-mini")
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
    at = head.index("minutes saved, expected")
    saved = "SELECT spec_key, saved_seconds_expected FROM finance_savings WHERE spec_key IS NOT NULL"
    told = [(str(row[0]).removesuffix("-1"), row[at] * 60) for row in rows if row[at] is not None]
    assert sorted(told) == sorted(views(store, saved))
    formulas = [row[at].value for row in load_workbook(path)["Pieces"].iter_rows(min_row=2)]
    assert {str(formula)[:16] for formula in formulas if formula} == {"=SUMIFS(Savings!"}


def test_more_entries_than_a_sheet_has_rows_are_refused(
    books: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do instead, and without a file."""
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 3)
    with pytest.raises(WrongInput, match="--month or --campaign"):
        reporter(books).write_workbook(Scope(), tmp_path / "x.xlsx")
    with pytest.raises(WrongInput, match="Cannot write"):
        reporter(books).write_workbook(Scope(run_id="none"), tmp_path / "no" / "x.xlsx")
    assert list(tmp_path.glob("x*")) == []


def test_a_line_of_the_workbook_is_as_high_as_its_texts(books: Ledger, tmp_path: Path) -> None:
    """What a promise rests on and what is missing stand beside one another in full: neither runs into the next line."""
    path = tmp_path / "report.xlsx"
    reporter(books).write_workbook(Scope(), path)
    sheet = load_workbook(path)["Report"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Promised and measured")
    at = {cell.value: cell.column_letter for cell in head if cell.value}
    checked = 0
    for number in range(head[0].row + 1, sheet.max_row + 1):
        for name in ("rests on", "missing"):
            cell = sheet[f"{at[name]}{number}"]
            if cell.value and cell.alignment.wrap_text:
                lines = -(-len(cell.value) // sheet.column_dimensions[at[name]].width)
                assert lines * 15 <= (sheet.row_dimensions[number].height or 15), cell.value
                checked += 1
    assert checked
