"""What docs/ledger.md says can be done."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from fakes.ledger import a_baseline, a_call, a_spec, pay
from inedit.ledger import Ledger, load_pricing_config
from inedit.ledger.exports.rows import ALL_KINDS, export
from inedit.ledger.journal.chain import COLUMNS
from inedit.store import Store

PAGE = (Path(__file__).parents[3] / "docs" / "ledger.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_an_auditor_can_check_the_chain_with_the_ten_lines_of_the_page(ledger: Ledger, store: Store) -> None:
    """They accept an export as it is, and refuse one in which a figure was changed."""
    entry = pay(ledger)
    ledger.correct(entry.id, 700, "USD", "invoice 12, « net »")
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    out = io.StringIO()
    export(store, out, "jsonl", kinds=ALL_KINDS)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    names: dict[str, object] = {}
    (code,) = blocks("python")
    exec(code, names)  # noqa: S102  # the page's own example
    names["check"](rows)  # type: ignore[operator]
    rows[1]["cost_micros"] -= 1
    with pytest.raises(AssertionError):
        names["check"](rows)  # type: ignore[operator]


def test_the_files_that_finance_edits_are_valid_as_printed(tmp_path: Path) -> None:
    """Each example names its file in the first line, and loads."""
    (tmp_path / "brand_data").mkdir()
    for block in blocks("yaml"):
        path = re.search(r"# (brand_data/\w+\.yaml)", block)
        assert path is not None
        (tmp_path / path[1]).write_text(block, encoding="utf-8")
    terms = load_pricing_config(tmp_path)
    assert (len(terms.prices), len(terms.rates), len(terms.budgets)) == (1, 1, 2)


def test_the_query_of_the_page_runs(ledger: Ledger, store: Store) -> None:
    """Whoever copies it gets the month's cost."""
    pay(ledger, a_call())
    (query,) = blocks("sql")
    with store.read() as connection:
        assert tuple(connection.execute(text(query)).one()) == ("2026-11", "USD", 0.000602, 0)


def test_every_column_is_explained() -> None:
    """A column without a word on the page would be a figure that nobody can defend."""
    table = PAGE.split("## What a row is")[1].split("### The cost of a call")[0]
    explained = set(re.findall(r"`(\w+)`", table))
    suffixed = {
        f"saved_{what}_{end}" for what in ("seconds", "micros") for end in ("low", "expected", "high")
    }
    assert set(COLUMNS) - suffixed <= explained
    assert {"saved_seconds_low", "_expected", "_high", "saved_micros_low"} <= explained
