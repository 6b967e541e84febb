"""A month is closed from the command line, with the rates of exchange that its figures need."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.ledger import Clock, pay
from fakes.project import write_tiny_project
from inedit.cli.ledger_writing import close
from inedit.ledger import Ledger
from inedit.model.errors import WrongInput
from inedit.store import open_store

RATE = '- {base: USD, quote: EUR, rate: 0.92, valid_from: 2026-01-01, source: "Treasury"}\n'
BUDGET = "- {scope: month, amount: 100, currency: EUR, hard: false}\n"


def test_who_closes_a_month_is_asked_for_its_rates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards it takes none any more: so before, or without them on purpose."""
    url = f"sqlite:///{tmp_path / 'books.db'}"
    monkeypatch.setenv("INEDIT_DATABASE_URL", url)
    root = write_tiny_project(tmp_path / "brand")
    (root / "brand_data" / "budgets.yaml").write_text(BUDGET, encoding="utf-8")
    store, clock = open_store(url), Clock()
    for month in (9, 10):
        clock.turn_to(2026, month, 5)
        pay(Ledger(store, clock=clock))
    with pytest.raises(WrongInput, match=r"figures of 2026-09 need rates .*: USD to EUR\."):
        close("2026-09", "Ana", project=root)
    close("2026-09", "Ana", without_rates=True, project=root)
    (root / "brand_data" / "rates.yaml").write_text(RATE, encoding="utf-8")
    close("2026-10", "Ana", project=root)
    closed = Ledger(store).rates_with_closings().closed
    assert [len(rates) for rates in closed.values()] == [0, 1]
    store.close()
