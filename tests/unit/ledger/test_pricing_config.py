"""What finance edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.ledger import Clock, a_call, pay
from inedit.ledger import (
    Ledger,
    Limit,
    LimitReached,
    PricingConfig,
    check_pricing_config,
    load_pricing_config,
)
from inedit.model.errors import ProjectErrors
from inedit.store import Store

PRICES = """\
- provider: localhost:11434
  model: llama*
  currency: EUR
  input_price: 0.10
  cached_price: 0.05
  output_price: 0.30
  valid_from: 2026-01-01
  source: electricity and depreciation, calculation of January 2026
"""
RATES = """\
- {base: USD, quote: EUR, rate: 0.92, valid_from: 2026-01-01, source: treasury}
"""
BUDGETS = """\
- {scope: month, amount: 0.001, currency: EUR}
- {scope: campaign, id: spring, amount: 500, currency: EUR, hard: false}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "brand_data"
    folder.mkdir(parents=True)
    for name, content in (("prices", PRICES), ("rates", RATES), ("budgets", BUDGETS)):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder.parent


def test_prices_rates_and_budgets_are_read_and_obeyed(project: Path, store: Store, clock: Clock) -> None:
    """A price of one's own makes the cost known; a dollar call is held to a budget in euros."""
    ledger = Ledger.under(load_pricing_config(project), store, clock)
    own = pay(ledger, a_call(provider="localhost:11434", model="llama-3.3"))
    assert (own.cost_micros, own.currency) == (145, "EUR")
    assert own.price_source is not None and own.price_source.startswith("contract: electricity")
    with pytest.raises(LimitReached, match=r"0\.0010 EUR"):
        ledger.reserve(a_call(), 1000, 600)


def test_amounts_never_pass_through_a_floating_point_number(project: Path) -> None:
    """What is typed is what counts, to the millionth."""
    assert load_pricing_config(project).limits == (
        Limit("month", 1000, "EUR"),
        Limit("campaign", 500_000_000, "EUR", hard=False, scope_id="spring"),
    )


def test_a_project_without_these_files_has_no_terms(tmp_path: Path) -> None:
    """List prices, no rates, no limits."""
    assert load_pricing_config(tmp_path) == PricingConfig()
    assert check_pricing_config(tmp_path) == ()


def test_every_fault_is_reported_with_its_line(project: Path) -> None:
    """A wrong month, a negative price and a currency that is none: all at once, none as a traceback."""
    folder = project / "brand_data"
    (folder / "prices.yaml").write_text(PRICES.replace("0.30", "-0.30"), encoding="utf-8")
    (folder / "rates.yaml").write_text(RATES.replace("quote: EUR", "quote: euro"), encoding="utf-8")
    (folder / "budgets.yaml").write_text(
        "- {scope: month, id: November, amount: 1, currency: EUR}\n", encoding="utf-8"
    )
    issues = check_pricing_config(project)
    assert [(issue.file, issue.line) for issue in issues] == [
        ("brand_data/budgets.yaml", 1), ("brand_data/prices.yaml", 6), ("brand_data/rates.yaml", 1),
    ]  # fmt: skip
    with pytest.raises(ProjectErrors, match="3 faults"):
        load_pricing_config(project)
    (folder / "rates.yaml").write_text("base: USD\n", encoding="utf-8")
    assert "must hold a list" in str(check_pricing_config(project)[-1])
