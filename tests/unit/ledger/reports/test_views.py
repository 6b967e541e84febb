"""The views that finance points its own tools at."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import text

from fakes.ledger import a_baseline, a_call, a_spec, pay
from inedit.ledger import Call, Ledger
from inedit.store import Store

COLUMNS = {
    "finance_calls": "entry_number entry_id kind recorded_at occurred_at month run_id campaign_id piece_id spec_key"
    " edition channel segment language tone attempt purpose provider model provider_request_id outcome"
    " uncached_input_tokens cached_input_tokens output_tokens reasoning_tokens latency_ms cost_micros currency"
    " input_price cached_price output_price price_date price_tier price_source price_note corrected_entry_id note"
    " cache_write_tokens cache_write_price",
    "finance_months": "month campaign_id purpose provider model currency calls cost_micros unknown_price_calls",
    "finance_pieces": "campaign_id spec_key edition piece_id status channel segment language tone currency calls"
    " cost_micros unknown_price_calls",
    "finance_savings": "campaign_id spec_key edition month channel segment language tone currency"
    " saved_seconds_low saved_seconds_expected saved_seconds_high saved_micros_low saved_micros_expected"
    " saved_micros_high measurements",
    "finance_refusals": "month campaign_id channel segment language tone model reason currency drafts cost_micros",
    "finance_exceptions": "exception entry_number entry_id reservation_id occurred_at month run_id campaign_id spec_key"
    " edition provider model amount_micros currency note",
    "finance_outcomes": "month campaign_id currency hourly_rate agency_price baseline_days_to_market accepted_on"
    " accepted_pieces baseline_work_seconds baseline_review_seconds spent_seconds measured_pieces reinvestments"
    " reinvested_seconds",
}


@pytest.mark.parametrize("view", COLUMNS)
def test_columns_keep_their_names(store: Store, view: str) -> None:
    """Somebody's spreadsheet depends on them: a column may be added at the end, never renamed or taken away."""
    with store.read() as connection:
        found = list(connection.execute(text(f"SELECT * FROM {view}")).keys())  # noqa: S608  # ours
    assert found[: len(COLUMNS[view].split())] == COLUMNS[view].split()


def test_views_add_up_to_the_report(ledger: Ledger, store: Store) -> None:
    """Calls, months and pieces tell the same cost, corrections included; savings stand apart."""
    first = pay(ledger)
    pay(ledger, a_call(attempt=2))
    pay(ledger, Call("judge", "openai", "gpt-5-mini", run_id="run-1", campaign_id="spring"))
    pay(ledger, a_call(a_spec(1), provider="localhost:11434", model="llama"))
    ledger.correct(first.id, 1000, "USD", "invoice")
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.record_review(a_spec(), Decimal(4), by="Ana")
    summary = ledger.summary()

    def figures(query: str) -> tuple[object, ...]:
        with store.read() as connection:
            return tuple(connection.execute(text(query)).one())

    cost, shared = summary.cost_micros["USD"], summary.allocation_micros["shared by a campaign"]["USD"]
    assert figures("SELECT SUM(cost_micros), COUNT(*) FROM finance_calls") == (cost, 5)
    sums = "SELECT SUM(cost_micros), SUM(calls), SUM(unknown_price_calls) FROM"
    assert figures(f"{sums} finance_months") == (cost, summary.calls, 1)
    assert figures(f"{sums} finance_pieces") == (cost - shared, summary.calls - 1, 1)
    assert summary.saved_seconds is not None
    assert figures("SELECT saved_seconds_expected, measurements FROM finance_savings") == (
        summary.saved_seconds.expected, 1,
    )  # fmt: skip
