"""Reports of usage, which tell calls and tokens no amounts; and what OpenRouter says that each answer cost."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from fakes.ledger import a_call, a_usage, pay
from inedit.generation.reading import Completion, read_completion
from inedit.ledger import Ledger
from inedit.ledger.reconciliation.statements import read_statement
from inedit.ledger.reconciliation.usage import Counts
from inedit.model.errors import ProjectErrors, WrongInput

RECORDED = Path(__file__).parents[3] / "data" / "statements"
"""Bodies as the providers' public pages show them, with figures of ours."""

TWO_CALLS = Counts(2, 1800, 200, 0, 400)


@pytest.mark.parametrize("name", ["openai_usage.json", "openai_usage.csv"])
def test_openais_usage_is_held_against_the_ledger_by_day_and_model(ledger: Ledger, name: str) -> None:
    """Its hours add up to days, a snapshot's name is the model's, another project is left out."""
    pay(ledger)
    pay(ledger)
    report = read_statement(RECORDED / name)
    compared = ledger.compare_usage(report, projects=["proj_brand"])
    (row,) = compared.rows
    assert (row.statement, row.ledger, row.model) == (TWO_CALLS, TWO_CALLS, "gpt-5-mini")
    assert compared.agrees
    lost = ledger.reserve(a_call(), 1000, 600)
    ledger.doubt(lost, "MaybeBilled")
    if name.endswith(".json"):
        (row,) = ledger.compare_usage(report).rows
        assert (row.agrees, row.possibly_billed) == (False, 1)
        assert row.statement == Counts(5, 1850, 200, 0, 410)


def test_anthropics_usage_tells_apart_what_was_read_and_written(ledger: Ledger) -> None:
    """The ledger's input holds all three; calls are not told, and not compared."""
    call = a_call(provider="anthropic", model="claude-sonnet-4-5")
    pay(ledger, call, replace(a_usage(call.model, 1000, 200, 500), cache_write_tokens=100))
    compared = ledger.compare_usage(read_statement(RECORDED / "anthropic_usage.json"))
    (row,) = compared.rows
    assert row.statement == Counts(None, 1000, 200, 100, 500)
    assert (row.ledger.requests, compared.agrees) == (1, True)
    assert json.loads(json.dumps(compared.as_json()))["rows"][0]["agrees"] is True


def test_a_report_of_usage_is_never_taken_for_costs(ledger: Ledger, tmp_path: Path) -> None:
    """It books nothing; one that is not whole, or in buckets of a month, is refused."""
    pay(ledger)
    report = read_statement(RECORDED / "openai_usage.json")
    with pytest.raises(WrongInput, match="has no amounts"):
        ledger.reconcile(report)
    with pytest.raises(WrongInput, match="no project proj_x"):
        ledger.compare_usage(report, projects=["proj_x"])
    page = json.loads((RECORDED / "openai_usage.json").read_text())
    for change, words in (
        ({"has_more": True}, "there are more"),
        ({"data": [{**page["data"][0], "end_time": 1797897600}]}, "longer than a day"),
        ({"data": [{**page["data"][0], "results": [{"num_model_requests": 1}]}]}, "no whole numbers"),
    ):
        file = tmp_path / "usage.json"
        file.write_text(json.dumps({**page, **change}))
        with pytest.raises(ProjectErrors) as caught:
            read_statement(file)
        assert words in str(caught.value)


def answer(**usage: object) -> Completion:
    """The recorded answer of OpenRouter, with changes to what it counts."""
    body = json.loads((RECORDED / "openrouter_answer.json").read_text())
    body["usage"].update(usage)
    return read_completion(
        json.dumps(body).encode(), address="a", model="m", request_id="r", latency_seconds=0.0
    )


def test_what_openrouter_says_of_its_cost_is_read() -> None:
    """To the last digit; with a key of one's own the host's bill comes on top; nonsense is not told."""
    assert answer().stated_cost == Decimal("0.0009056")
    assert answer(is_byok=True).stated_cost == Decimal("0.0018112")
    for nonsense in (None, "0.1", True, -1, {"total_cost": 1}, float("1e30")):
        assert answer(cost=nonsense).stated_cost is None


@pytest.mark.parametrize(
    ("provider", "told", "micros", "corrections", "kept"),
    [
        ("openrouter", "0.0009056", 906, 0, "905.6"),  # what the list says, to the millionth
        ("openrouter", "0.0011", 1100, 1, "1100"),  # another host was dearer
        ("openrouter", "0", 0, 1, "0"),
        ("openai", "0.0011", 0, 0, None),  # nobody documents it there: tokens and prices hold
    ],
)
def test_the_books_have_what_the_account_was_charged(
    ledger: Ledger, provider: str, told: str, micros: int, corrections: int, kept: str | None
) -> None:
    """Both figures are kept; a correction carries the difference, in the balances too; `verify` is green."""
    call = a_call(provider=provider, model="google/gemini-2.5-flash")
    completion = answer()
    reservation = ledger.reserve(call, 100, 400)
    entry = ledger.settle(reservation, completion.usage, "gen-1", stated_cost=Decimal(told))
    entries = list(ledger.entries())
    assert [one.kind for one in entries] == ["call", *["correction"] * corrections]
    assert sum(one.cost_micros or 0 for one in entries) == micros
    assert json.loads(entry.details or "{}").get("told_cost_micros") == kept
    assert ledger.verify().holds
    assert ledger.settle(reservation, completion.usage, "gen-1", stated_cost=Decimal(told)) == entry
    assert len(list(ledger.entries())) == len(entries)
