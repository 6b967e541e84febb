"""The return of a micro-community: the source article's example, ranges, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fakes.ledger import Clock, pay
from inedit.cli.community_return import content_cost
from inedit.insight_loop.return_on_community import (
    CommunityMonth,
    Range,
    as_range,
    months,
    return_of,
    row_of_cells,
)
from inedit.ledger import Ledger
from inedit.ledger.pricing.contract_prices import Rate
from inedit.model.errors import WrongInput
from inedit.store import open_store

SALON: dict[str, Any] = {
    "community": "salon", "month": "2026-11", "currency": "EUR", "members": 1000,
    "basket": {"before": 40, "uplift": "24 %"}, "repurchase": {"before": "20 %", "uplift": "37 %"},
    "user_content": {"count": 30, "value_each": 25}, "tools": 200,
    "moderation": {"hours": 40, "hourly_rate": 35}, "content": {"amount": 100, "campaigns": ["dawn"]},
    "source": "CRM export, N. Petit",
}  # fmt: skip


def salon(**changes: Any) -> CommunityMonth:
    return CommunityMonth.model_validate({**SALON, **changes})


def test_the_articles_example_worked_through() -> None:
    """Typology's salon: basket +24 %, repurchase +37 %. On 1,000 members who bought for 40 € at 20 % a month: 274 buy
    for 49.60 €, where 200 bought for 40. 13,590.40 less 8,000 is 5,590.40: 2,630.40 by basket, 2,960 by repurchase."""
    found = return_of(salon())
    assert (found.basket.expected, found.repurchase.expected) == (Decimal("2630.40"), 2960)
    assert found.basket.expected + found.repurchase.expected == 274 * Decimal("49.60") - 200 * 40
    assert (found.user_content.expected, found.costs.expected) == (750, 1700)
    assert round(found.ratio.expected, 2) == Decimal("3.73")
    assert found.ratio.low == found.ratio.high
    assert found.verdict == "pays"
    said = "\n".join(found.sentences())
    assert "(2,630 + 2,960 + 750) / (200 + 1,400 + 100.00) EUR" in said
    assert "(basket uplift + repurchase uplift + user content) / (tools + moderation + content)" in said


def test_the_ledgers_share_is_a_cost() -> None:
    found = return_of(salon(content={"campaigns": ["dawn"], "share": "50 %"}), Decimal(80), 3)
    assert found.content.expected == 40
    assert any("3 calls is unknown" in line for line in found.sentences())


def test_the_ledgers_share_is_converted_at_the_rate_of_its_month(tmp_path: Path) -> None:
    """The last of the month, whatever holds when somebody asks."""
    clock = Clock()
    rates = [
        Rate(
            base="USD", quote="EUR", rate=Decimal(rate), valid_from=date(2026, month, day), source="treasury"
        )
        for month, day, rate in ((1, 1, 1), (11, 29, 2), (12, 1, 9))
    ]
    ledger = Ledger(open_store(f"sqlite:///{tmp_path / 'inedit.db'}"), clock=clock, rates=rates)
    paid = Decimal(pay(ledger).cost_micros or 0) / 1_000_000
    row = salon(content={"campaigns": ["spring"]})
    assert content_cost(ledger, row) == (paid, 0)
    clock.turn_to(2026, 12, 9)
    assert content_cost(ledger, row) == (paid * 2, 0)
    ledger.store.close()


def test_ranges_go_through_and_an_unsure_return_is_said_to_be() -> None:
    """Half to all of the uplift is the community's: 2,795 + 750 to 5,590 + 750, over 1,700."""
    found = return_of(salon(attributed="50 %..100 %"))
    assert (round(found.ratio.low, 2), round(found.ratio.high, 2)) == (Decimal("2.09"), Decimal("3.73"))
    assert found.verdict == "open"
    assert return_of(salon(margin="30 %")).verdict == "does not pay"


def test_figures_as_people_write_them() -> None:
    ten = Decimal(10)
    assert as_range("8..12") == Range(Decimal(8), ten, Decimal(12))
    assert as_range({"low": 8, "expected": 10, "high": "12"}) == as_range("8..10..12")
    assert as_range("24,5 %").expected == Decimal("0.245")
    after = salon(basket={"before": 40, "after": "49,6"})
    assert return_of(after).basket == return_of(salon()).basket
    for wrong in ("much", "12..8", "1..2..3..4"):
        with pytest.raises(ValueError, match="number"):
            as_range(wrong)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValidationError, match="either 'uplift' or 'after'"):
        salon(basket={"before": 40})
    with pytest.raises(ValidationError, match="month"):
        salon(month="november")
    with pytest.raises(WrongInput, match="costs nothing"):
        return_of(salon(tools=0, moderation=0, content={}))


def test_a_row_of_cells_says_the_same_as_the_yaml() -> None:
    cells = {
        "community": "salon", "month": "2026-11", "currency": "EUR", "members": "1000", "basket_before": "40",
        "basket_uplift": "24 %", "repurchase_before": "20 %", "repurchase_uplift": "37 %",
        "user_content_count": "30", "user_content_value": "25", "tools": "200", "moderation_hours": "40",
        "moderation_rate": "35", "content": "100", "content_campaigns": "dawn", "source": "CRM export, N. Petit",
        "basket_after": "",
    }  # fmt: skip
    row = CommunityMonth.model_validate(row_of_cells(cells))
    assert row == salon()
    assert months([row], "salon", None) == (row,)
    assert months([row], None, "2026-10") == ()
