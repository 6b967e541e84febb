"""Tables as consoles and people export them: names of columns, times, amounts, rows that stand there twice, refunds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from fakes.ledger import MODEL, Clock, a_call, a_spec, a_usage, pay
from inedit.ledger import Ledger
from inedit.ledger.reconciliation.items import Match, Reconciliation
from inedit.ledger.reconciliation.models import same_model
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import read_statement
from inedit.model.errors import ProjectErrors, WrongInput
from inedit.pipeline.metered_call import ABANDONED

HEADER = "time,model,request_id,input_tokens,cached_input_tokens,output_tokens,cost,currency\n"
PAID = f"2026-11-22T09:00:05Z,{MODEL},r1,900,100,200,0.000602,USD\n"


def reconciled(ledger: Ledger, tmp_path: Path, text: str, *, made: datetime | None = None) -> Reconciliation:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return ledger.reconcile(read_statement(path, made=made), provider="openai")


@pytest.mark.parametrize(
    "table",
    [
        "Timestamp,Model,Request ID,Prompt Tokens,Completion Tokens,Cost,Currency\n"
        f"2026-11-22 09:00:05 UTC,{MODEL},r1,900,200,0.000602,usd\n",
        "date;model;cost;currency\n2026-11-22;gpt-5-mini;0,000602;USD\n",
        f"time,model,request_id,cost,currency\n{int(datetime(2026, 11, 22, 9, tzinfo=UTC).timestamp())},"
        f"{MODEL},r1,6.02e-4,USD\n",
        f"time,model,request_id,cost,currency\n2026-11-23T08:00:05+23:00,{MODEL},r1,0.000602,USD\n",
        "generation_id,created_at,cost_total,byok_usage_inference,tokens_prompt,tokens_completion,model_permaslug\n"
        f"r1,2026-11-22 09:00:05.104,0.0006,0.000002,880,190,{MODEL}-2025-08-07\n",
        "usage_date_utc,model,workspace,api_key,token_type,cost_usd,list_price_usd\n"
        "2026-11-22,GPT 5 mini,Default,key,input,0.0004,0.0005\n"
        "2026-11-22,GPT 5 mini,Default,key,output,0.000202,0.0003\n",
    ],
    ids=[
        "names with spaces",
        "French amounts",
        "seconds since 1970",
        "another zone",
        "OpenRouter",
        "Anthropic",
    ],
)
def test_tables_of_consoles_are_read_as_they_are(ledger: Ledger, tmp_path: Path, table: str) -> None:
    """Both books agree on the call, whatever the columns are called; nothing is taken for something else."""
    pay(ledger, response="r1")
    found = reconciled(ledger, tmp_path, table)
    assert [(item.match, item.statement_micros, item.day) for item in found.items] == [
        (Match.MATCHED, 602, date(2026, 11, 22))
    ]


def test_costs_without_a_currency_are_dollars_only_where_their_own_column_says_so(
    ledger: Ledger, tmp_path: Path
) -> None:
    """The amounts of ``cost`` may be euros, whatever stands beside them."""
    with pytest.raises(WrongInput, match="no column currency"):
        reconciled(ledger, tmp_path, "day,cost,cost_usd\n2026-11-22,0.5,0.6\n")
    found = reconciled(ledger, tmp_path, "day,cost,currency,cost_usd\n2026-11-22,0.5,EUR,0.6\n")
    assert found.by_project == {"": {"EUR": 500_000}}


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("day,cost_usd,cost_total", "cost: cost_usd, cost_total"),
        ("created_at,timestamp,cost_usd", "time: created_at, timestamp"),
        ("day,Cost,cost,currency", "cost: Cost, cost"),
    ],
)
def test_two_columns_for_one_thing_are_refused(
    ledger: Ledger, tmp_path: Path, header: str, named: str
) -> None:
    with pytest.raises(WrongInput, match=f"several columns for {named}"):
        reconciled(ledger, tmp_path, f"{header}\n2026-11-22,2026-11-22,1,USD\n")


def test_what_the_host_bills_is_read_as_the_cost_is(ledger: Ledger, tmp_path: Path) -> None:
    """With decimal commas too; where it is no amount, it is that cell which is quoted."""
    header = "created_at;cost_total;byok_usage_inference\n2026-11-22;0,5;"
    assert reconciled(ledger, tmp_path, header + "0,25\n").by_project == {"": {"USD": 750_000}}
    with pytest.raises(ProjectErrors, match="'much' is not an amount of byok_usage_inference") as refused:
        reconciled(ledger, tmp_path, header + "much\n")
    assert "'0.5'" not in str(refused.value)


@pytest.mark.parametrize("when", ["11/12/2026", "2026-11-22T09:00 CET", "yesterday"])
def test_a_time_that_could_be_two_is_refused(ledger: Ledger, tmp_path: Path, when: str) -> None:
    """The 11th of December or the 12th of November: nobody here can tell."""
    with pytest.raises(ProjectErrors, match="is not a day"):
        reconciled(ledger, tmp_path, HEADER + PAID.replace("2026-11-22T09:00:05Z", when))


def test_rows_that_stand_in_a_table_twice_are_counted_once(ledger: Ledger, tmp_path: Path) -> None:
    """Pages that overlap: neither the charged call nor the lost one becomes dearer, and it is said."""
    pay(ledger, response="r1")
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, "timeout")
    table = HEADER + 2 * PAID + 3 * PAID.replace("r1", "r2")
    found = reconciled(ledger, tmp_path, table)
    assert (found.repeated, found.as_json()["repeated_rows"]) == (3, 3)
    assert found.by_project == {"": {"USD": 1204}}
    post(ledger, found)
    assert (ledger.summary().cost_micros, ledger.pending()) == ({"USD": 1204}, [])
    assert not reconciled(ledger, tmp_path, table).open_items


def test_an_id_that_the_provider_gave_twice_is_billed_twice(ledger: Ledger, tmp_path: Path) -> None:
    """The ledger has two calls under it: two rows that are the same are those."""
    pay(ledger, response="r1")
    pay(ledger, a_call(a_spec(1)), response="r1")
    found = reconciled(ledger, tmp_path, HEADER + 3 * PAID)
    assert found.repeated == 1
    assert [(item.match, item.statement_micros) for item in found.items] == [(Match.MATCHED, 1204)]


def test_two_parts_of_one_request_are_no_repetition(ledger: Ledger, tmp_path: Path) -> None:
    """A table may bill what went in and what came out in rows of their own."""
    pay(ledger, response="r1")
    rows = (f"2026-11-22,{MODEL},r1,{part},0.000301,USD\n" for part in ("input", "output"))
    found = reconciled(ledger, tmp_path, "day,model,request_id,kind,cost,currency\n" + "".join(rows))
    assert (found.repeated, [item.match for item in found.items]) == (0, [Match.MATCHED])


def test_a_page_that_is_in_the_file_twice_is_refused(tmp_path: Path) -> None:
    """Sums by day would be doubled, and nothing could tell."""
    result = {"amount": {"value": 0.06, "currency": "usd"}, "line_item": MODEL, "project_id": "p"}
    bucket = {
        "start_time": 1795305600,
        "end_time": 1795392000,
        "results": [result, {**result, "project_id": "q"}],
    }
    page = {"object": "page", "data": [bucket], "has_more": False}
    path = tmp_path / "costs.json"
    path.write_text(json.dumps(page))
    assert len(read_statement(path).lines) == 2
    path.write_text(json.dumps([page, page]))
    with pytest.raises(ProjectErrors, match="bucket 2, result 1 is what bucket 1, result 1 says"):
        read_statement(path)


def test_a_refund_is_booked_and_bills_no_lost_call(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    """Under its own id it is an adjustment, under that of a call a correction; the lost call waits for its line."""
    pay(ledger, response="r1")
    pay(ledger, a_call(a_spec(1)), response="r2")
    lost = ledger.reserve(a_call(a_spec(2)), 900, 200)
    ledger.doubt(lost, "timeout")
    clock.now += timedelta(minutes=5)
    table = (
        HEADER
        + PAID
        + PAID.replace("r1", "r2")
        + (
            f"2026-11-22T09:00:06Z,{MODEL},refund-1,,,,-0.0001,USD\n2026-11-22T09:00:07Z,{MODEL},r2,,,,-0.000602,USD\n"
        )
    )
    post(ledger, reconciled(ledger, tmp_path, table))
    assert [one.id for one in ledger.pending()] == [lost.id]
    assert ledger.summary().cost_micros == {"USD": 602 - 100}
    assert not reconciled(ledger, tmp_path, table).open_items


def test_a_refund_in_a_sum_gives_no_lost_call_back(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    """The day agrees, or comes to less: a call may have been billed all the same."""
    pay(ledger, response="r1")
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, "timeout")
    clock.turn_to(2026, 11, 25)
    table = f"day,model,cost,currency\n2026-11-22,{MODEL},0.001204,USD\n2026-11-22,{MODEL},-0.000602,USD\n"
    made = datetime(2026, 11, 24, tzinfo=UTC)
    found = reconciled(ledger, tmp_path, table, made=made)
    assert {item.match for item in found.items} == {Match.MATCHED, Match.UNDECIDED}
    assert post(ledger, found) == ()
    plain = f"day,model,cost,currency\n2026-11-22,{MODEL},0.000602,USD\n"
    assert [one.action for one in post(ledger, reconciled(ledger, tmp_path, plain, made=made))] == ["voided"]


def test_lines_share_lost_calls_so_that_each_has_one(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    """The cheap line is nearest to the dear call, which alone fits the dear line: it takes the cheap call."""
    cheap = ledger.reserve(a_call(a_spec(0)), 100, 20)
    clock.now += timedelta(seconds=30)
    dear = ledger.reserve(a_call(a_spec(1)), 900, 200)
    for lost in (cheap, dear):
        ledger.doubt(lost, "timeout")
    clock.now += timedelta(hours=1)
    table = HEADER + (
        f"2026-11-22T09:00:32Z,{MODEL},of-cheap,100,0,20,0.000065,USD\n"
        f"2026-11-22T09:00:50Z,{MODEL},of-dear,900,0,200,0.000625,USD\n"
    )
    post(ledger, reconciled(ledger, tmp_path, table))
    assert ledger.pending() == []
    calls = {entry.response_id: entry.spec_key for entry in ledger.entries() if entry.kind == "call"}
    assert calls == {"of-cheap": a_spec(0).key, "of-dear": a_spec(1).key}


def test_a_call_that_somebody_abandoned_is_settled_by_its_line(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """The reason is a sentence of ours: none of its words is taken for an id of the provider's."""
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, ABANDONED)
    clock.now += timedelta(minutes=5)
    post(ledger, reconciled(ledger, tmp_path, HEADER + PAID))
    assert ledger.pending() == []
    (entry,) = (entry for entry in ledger.entries() if entry.kind == "call")
    assert (entry.response_id, entry.spec_key) == ("r1", a_spec(1).key)


def test_a_lost_call_over_midnight_takes_the_line_of_the_next_day(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """A list without times dates a line by its answer, a few seconds after the day of its sending."""
    clock.now = datetime(2026, 11, 22, 23, 59, 50, tzinfo=UTC)
    lost = ledger.reserve(a_call(), 900, 200)
    ledger.doubt(lost, "timeout")
    clock.now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    table = f"day,model,request_id,cost,currency\n2026-11-23,{MODEL},r1,0.0006,USD\n"
    post(ledger, reconciled(ledger, tmp_path, table))
    assert (ledger.pending(), ledger.summary().cost_micros) == ([], {"USD": 600})


@pytest.mark.parametrize(
    ("billed", "asked", "same"),
    [
        ("gpt-5-mini-2025-08-07", "gpt-5-mini", True), ("gpt-5-mini", "gpt-5-mini-2025-08-07", True),
        ("Claude Haiku 4.5", "claude-haiku-4-5-20251001", True), ("mistral-large-2411", "mistral-large-latest", True),
        ("gpt-4-0613", "gpt-4", True), ("gemini-2.5-flash-preview-05-20", "gemini-2.5-flash", True),
        ("", "gpt-5", True), ("command-r-08-2024", "command-r", True),
        ("gemini-2.5-flash-lite-preview-09-2025", "gemini-2.5-flash-lite", True),
        ("anthropic/claude-4.5-haiku-20251001", "claude-haiku-4.5", True),
        ("anthropic/claude-4.5-haiku-20251001", "anthropic/claude-haiku-4.5", True),
        ("openai/gpt-5-mini", "gpt-5-mini", True), ("openai/gpt-5-mini", "gpt-5", False),
        ("openai/gpt-5-mini-2025-08-07", "openai/gpt-5", False), ("x/gpt-5.4", "x/gpt-4.5", False),
        ("anthropic/claude-4.5-haiku", "claude-haiku-4", False), ("one/m", "another/m", False),
        ("command-r-plus-08-2024", "command-r", False), ("command-r-08-2024", "command-r-03-2024", False),
        ("gpt-5-mini", "gpt-5", False), ("gpt-5", "gpt-5-mini", False), ("gpt-4.1", "gpt-4", False),
        ("claude-sonnet-4-5", "claude-sonnet-4", False), ("gpt-4o-2024-08-06", "gpt-4o-2024-11-20", False),
        ("o3-pro", "o3", False), ("gpt-4o-mini-2024-07-18", "gpt-4o", False),
    ],
)  # fmt: skip
def test_the_day_of_a_snapshot_makes_no_other_model(billed: str, asked: str, same: bool) -> None:
    """A size, a version or another day does."""
    assert same_model(billed, asked) is same


def test_a_line_of_another_size_settles_no_lost_call(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    """What another project asked of a smaller model is not taken for the answer that was lost."""
    lost = ledger.reserve(a_call(model="gpt-5"), 900, 200)
    ledger.doubt(lost, "timeout")
    pay(ledger, a_call(model="gpt-5"), a_usage("gpt-5"), "r1")
    clock.now += timedelta(minutes=5)
    found = reconciled(
        ledger, tmp_path, HEADER + f"2026-11-22T09:00:05Z,{MODEL},theirs,900,0,200,0.0006,USD\n"
    )
    assert Match.POSSIBLY_BILLED not in {item.match for item in found.items}


def test_a_request_in_a_batch_is_under_way_until_its_run_collects_it(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """Hours later no statement gives it back, nor is its line another's; given up, it is settled by its line."""
    collected, given_up = (
        ledger.reserve(a_call(a_spec(number), tier="batch"), 900, 200) for number in range(2)
    )
    pay(ledger, a_call(a_spec(2)), response="r1")
    clock.now += timedelta(hours=6)
    pay(ledger, a_call(a_spec(3)), response="r2")
    later = PAID.replace("r1", "r2").replace("09:00:05", "15:00:06")
    clock.now += timedelta(hours=1)
    complete = HEADER + PAID + later
    post(ledger, reconciled(ledger, tmp_path, complete))
    assert {one.id for one in ledger.pending()} == {collected.id, given_up.id}
    lines = [f"2026-11-22T14:0{number}:00Z,{MODEL},b{number},900,0,200,0.0003,USD\n" for number in range(2)]
    found = reconciled(ledger, tmp_path, complete + "".join(lines))
    assert [item.match for item in found.items if item.request_id in ("b0", "b1")] == [Match.UNDECIDED] * 2
    assert post(ledger, found) == ()
    ledger.settle(collected, a_usage(), "b0")
    ledger.doubt(given_up, "given up")
    post(ledger, reconciled(ledger, tmp_path, complete + "".join(lines)))
    assert ledger.pending() == []
    assert {entry.spec_key for entry in ledger.entries() if entry.response_id == "b1"} == {a_spec(1).key}


def test_a_batch_over_midnight_is_not_charged_by_the_next_days_costs(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """What the next day bills may be the batch that was given the day before."""
    clock.now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    waiting = ledger.reserve(a_call(tier="batch"), 900, 200)
    clock.now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    table = f"day,model,cost,currency\n2026-11-23,{MODEL},0.0003,USD\n"
    found = reconciled(ledger, tmp_path, table, made=clock.now)
    assert post(ledger, found) == ()
    assert [one.id for one in ledger.pending()] == [waiting.id]
    assert ledger.settle(waiting, a_usage(), "b0").response_id == "b0"
