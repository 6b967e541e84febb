"""The ledger held against what a provider says it billed."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes.ledger import MODEL, Clock, a_call, a_spec, a_usage, pay
from inedit.ledger import Ledger
from inedit.ledger.reconciliation.by_day import _shared
from inedit.ledger.reconciliation.items import Match, Reconciliation
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import read_statement
from inedit.model.errors import ProjectErrors, StoreError, WrongInput

HEADER = "time,model,request_id,project,input_tokens,cached_input_tokens,output_tokens,cost,currency\n"
COST = "0.000602"  # what `pay` costs


def csv_file(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "usage.csv"
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def costs_file(tmp_path: Path, *results: tuple[str, str, str], day: int = 1795305600) -> Path:
    """OpenAI's organization costs of one day (1795305600 is 2026-11-22): amount, line item, project."""
    told = [
        {
            "object": "organization.costs.result", "amount": {"value": float(amount), "currency": "usd"},
            "line_item": item or None, "project_id": project or None,
        }
        for amount, item, project in results
    ]  # fmt: skip
    bucket = {"object": "bucket", "start_time": day, "end_time": day + 86400, "results": told}
    path = tmp_path / "costs.json"
    path.write_text(json.dumps({"object": "page", "data": [bucket], "has_more": False}), encoding="utf-8")
    return path


def matches(found: Reconciliation) -> dict[str, int]:
    told: dict[str, int] = {}
    for item in found.items:
        told[str(item.match)] = told.get(str(item.match), 0) + 1
    return told


def row(
    request_id: str, cost: str = COST, time: str = "2026-11-22T09:00:05Z", tokens: str = "900,100,200"
) -> str:
    return f"{time},{MODEL},{request_id},proj_brand,{tokens},{cost},USD"


@pytest.fixture
def books(ledger: Ledger) -> Ledger:
    """Two charged calls (r1, r2), one lost answer, one that is not on the statement."""
    pay(ledger, response="r1")
    pay(ledger, a_call(attempt=2), response="r2")
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, "timeout")
    never = ledger.reserve(a_call(a_spec(2), model="gpt-4o-mini"), 900, 200)
    ledger.doubt(never, "timeout")
    return ledger


def test_each_call_is_matched_by_its_id_and_the_difference_is_explained(
    books: Ledger, tmp_path: Path
) -> None:
    """Matched, differing, missing on either side, possibly billed: together they make the whole difference."""
    pay(books, a_call(a_spec(3)), response="r3")
    path = csv_file(
        tmp_path, row("r1"), row("r2", "0.000700"), row("lost"), row("unknown", "0.01", tokens="1,0,1")
    )
    found = books.reconcile(read_statement(path))
    assert matches(found) == {
        "matched": 1, "differing": 1, "missing here": 1, "missing there": 1, "possibly billed, now settled": 1,
        "possibly billed, the statement cannot tell": 1,
    }  # fmt: skip
    sums = found.variance()["USD"]
    assert sums["statement"] - sums["ledger"] == sums["difference"] == 10_000 + 98 + 602 - 602
    parts = {
        name: micros for name, micros in sums.items() if name not in ("statement", "ledger", "difference")
    }
    assert sum(parts.values()) == sums["difference"]
    assert (parts["differing"], parts["missing there"]) == (98, -602)


def test_posting_makes_both_books_agree_and_is_done_once(books: Ledger, clock: Clock, tmp_path: Path) -> None:
    """Corrected, settled from its tokens, voided, adjusted; the second time there is nothing to do."""
    clock.now += timedelta(hours=3)
    path = csv_file(
        tmp_path, row("r1"), row("r2", "0.000700"), row("lost"),
        row("unknown", "0.01", time="2026-11-22T09:25:00Z", tokens="1,0,1"),
    )  # fmt: skip
    statement = read_statement(path)
    before = books.summary().calls
    posted = post(books, books.reconcile(statement))
    assert sorted(one.action for one in posted) == ["adjusted", "corrected", "settled", "voided"]
    assert books.verify().flaws == ()
    assert books.summary().cost_micros == {"USD": 602 + 700 + 602 + 10_000}
    assert books.summary().calls == before + 1  # the lost one; an adjustment is no call
    assert books.pending() == []
    assert books.piece_costs()[a_spec(1).key, 1].cost_micros == 602
    again = books.reconcile(statement)
    assert matches(again) == {"matched": 4}
    assert post(books, again) == ()


def test_a_table_with_loose_quotation_marks_is_read_or_told(tmp_path: Path) -> None:
    """What stands in quotation marks may hold any character; marks that nothing closes are named."""
    quoted = row("r1").replace("r1", '"r\u20281,\n2"')
    statement = read_statement(csv_file(tmp_path, quoted, row("r2")))
    assert [line.request_id for line in statement.lines] == ["r\u20281,\n2", "r2"]
    with pytest.raises(WrongInput, match="no CSV that can be read"):
        read_statement(csv_file(tmp_path, row("r1").replace("r1", '"r1'), *[row("r2")] * 9000))


@pytest.mark.parametrize("text", ["[" * 200_000, '{"data":' * 200_000], ids=["lists", "objects"])
def test_a_statement_nested_beyond_reading_is_told(tmp_path: Path, text: str) -> None:
    """As any other file that is not an export."""
    file = tmp_path / "costs.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WrongInput, match="not an export of organization costs"):
        read_statement(file)


def test_a_lost_call_is_settled_by_its_amount_where_no_tokens_are_told(books: Ledger, tmp_path: Path) -> None:
    """Its piece is charged what the provider says; nothing is made up about tokens."""
    header = "day,model,request_id,cost,currency\n"
    rows = [f"2026-11-22,{MODEL},{name},{COST},USD" for name in ("r1", "r2", "lost")]
    statement = read_statement(csv_file(tmp_path, *rows, header=header))
    post(books, books.reconcile(statement))
    entry = list(books.entries())[-1]
    assert (entry.cost_micros, entry.input_tokens, entry.spec_key) == (602, 0, a_spec(1).key)
    assert "usage.csv" in (entry.price_source or "")
    assert books.verify().flaws == ()


def test_costs_by_day_are_compared_by_model_and_project(ledger: Ledger, tmp_path: Path) -> None:
    """OpenAI's costs have no ids: sums of a day and a model agree, or differ by an amount that can be booked."""
    pay(ledger)
    pay(ledger, a_call(model="gpt-4o-mini"), a_usage("gpt-4o-mini"))
    results = (
        ("0.0002", f"{MODEL}, input", "proj_brand"), ("0.000402", f"{MODEL}, output", "proj_brand"),
        ("0.0005", "gpt-4o-mini-2024-07-18, input", "proj_brand"), ("9.5", "gpt-5, output", "proj_other"),
    )  # fmt: skip
    statement = read_statement(costs_file(tmp_path, *results))
    assert (statement.has_ids, str(statement.first), str(statement.last)) == (
        False,
        "2026-11-22",
        "2026-11-22",
    )
    found = ledger.reconcile(statement, projects=["proj_brand"])
    assert found.by_project == {"proj_brand": {"USD": 1102}, "proj_other": {"USD": 9_500_000}}
    assert matches(found) == {"matched": 1, "differing": 1}
    (item,) = found.open_items
    assert (item.model, item.difference_micros) == ("gpt-4o-mini", 500 - 248)
    post(ledger, found)
    assert matches(ledger.reconcile(statement, projects=["proj_brand"])) == {"matched": 2}
    assert ledger.verify().flaws == ()
    with pytest.raises(WrongInput, match="It has: proj_brand, proj_other"):
        ledger.reconcile(statement, projects=["proj_brnad"])


def test_line_items_that_name_no_model_of_ours_are_compared_by_day(ledger: Ledger, tmp_path: Path) -> None:
    """A provider may bill by kinds of models: then the sums of a day must agree, and their items are not compared."""
    pay(ledger)
    pay(ledger, a_call(model="gpt-4o-mini"), a_usage("gpt-4o-mini"))
    found = ledger.reconcile(
        read_statement(costs_file(tmp_path, (COST, "Completions", "p"), ("0.000248", "Chat models", "p")))
    )
    assert matches(found) == {"matched": 1}
    assert found.by_project == {"p": {"USD": 850}}


def test_amounts_as_text_and_newer_names_of_the_results_are_read(ledger: Ledger, tmp_path: Path) -> None:
    """OpenAI answers amounts as numbers or as text, and has ids of keys that no column of ours needs."""
    pay(ledger)
    line = {
        "object": "organization.costs.result", "amount": {"value": "0.0006020000000000", "currency": "usd"},
        "line_item": f"{MODEL}-2025-08-07, input", "project_id": "p", "api_key_id": "key_1",
    }  # fmt: skip
    bucket = {"object": "bucket", "start_time": 1795305600, "end_time": 1795392000, "result": [line]}
    path = tmp_path / "costs.json"
    path.write_text(json.dumps({"object": "page", "data": [bucket], "has_more": False, "next_page": None}))
    assert matches(ledger.reconcile(read_statement(path))) == {"matched": 1}


def test_the_table_that_the_console_exports_is_read_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    """Its own names of columns, day by day, tabs between them; a day without costs is a day that is covered."""
    pay(ledger)
    columns = (
        "start_time", "end_time", "start_time_iso", "end_time_iso", "amount_value", "amount_currency", "line_item",
        "project_id", "organization_id",
    )  # fmt: skip
    rows = (
        (
            "1795305600",
            "1795392000",
            "2026-11-22T00:00:00+00:00",
            "2026-11-23T00:00:00+00:00",
            COST,
            "usd",
            "",
            "",
            "org",
        ),
        (
            "1795392000",
            "1795478400",
            "2026-11-23T00:00:00+00:00",
            "2026-11-24T00:00:00+00:00",
            "",
            "",
            "",
            "",
            "",
        ),
    )
    path = csv_file(tmp_path, *("\t".join(row) for row in rows), header="\t".join(columns) + "\n")
    statement = read_statement(path)
    assert (str(statement.first), str(statement.last)) == ("2026-11-22", "2026-11-23")
    assert statement.lines[0].moment is None
    assert matches(ledger.reconcile(statement)) == {"matched": 1}


def test_sums_may_differ_by_the_rounding_of_each_call(ledger: Ledger, tmp_path: Path) -> None:
    """A call is rounded to the millionth, a provider's day is not: that is no difference, and it is shown."""
    for _ in range(3):
        pay(ledger)  # 602.5 each
    found = ledger.reconcile(read_statement(costs_file(tmp_path, ("0.0018075", MODEL, ""))))
    assert matches(found) == {"matched": 1}
    assert found.variance()["USD"]["rounding"] == 1808 - 1806


def test_a_late_statement_is_booked_in_the_open_month(books: Ledger, clock: Clock, tmp_path: Path) -> None:
    """The month of the call is closed by then; the entries say where they belong."""
    clock.turn_to(2026, 12, 5)
    books.close_month("2026-11", "Ana")
    statement = read_statement(csv_file(tmp_path, row("r1"), row("r2", "0.000700"), row("lost")))
    post(books, books.reconcile(statement))
    late = [entry for entry in books.entries() if entry.period == "2026-12" and entry.kind != "memo"]
    assert len(late) == 2
    assert all("belongs to 2026-11" in (entry.note or "") for entry in late)
    assert books.verify().flaws == ()


def test_a_call_in_another_currency_is_left_to_a_person(books: Ledger, tmp_path: Path) -> None:
    """Nothing is converted by guess."""
    euros = row("r1", "0.0006").replace("USD", "EUR")
    found = books.reconcile(read_statement(csv_file(tmp_path, euros, row("r2"))))
    assert {"EUR", "USD"} == set(found.variance())
    actions = {one.action: one.why for one in post(books, found) if one.item.request_id == "r1"}
    assert set(actions) == {"left"}


def test_a_possibly_billed_call_needs_to_be_near_in_time_and_no_dearer(books: Ledger, tmp_path: Path) -> None:
    """A line an hour later, or above what was set aside, is somebody else's."""
    hours_later = row("x", time="2026-11-22T11:00:00Z")
    too_dear = row("y", "5.0")
    found = books.reconcile(read_statement(csv_file(tmp_path, row("r1"), row("r2"), hours_later, too_dear)))
    assert matches(found)["missing here"] == 2
    assert Match.POSSIBLY_BILLED not in {item.match for item in found.items}


def test_an_answer_that_came_and_could_not_be_counted_is_found_by_its_id(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """However far its time is, and whatever it cost; another call that would be nearer is left alone."""
    nearer, unread = (ledger.reserve(a_call(attempt=attempt), 900, 200) for attempt in (1, 2))
    ledger.doubt(nearer, "MaybeBilled")
    ledger.doubt(unread, "Uncounted chatcmpl-7")
    clock.now += timedelta(hours=3)
    path = csv_file(tmp_path, row("chatcmpl-7", "0.000900", time="2026-11-22T11:30:00Z"))
    items = ledger.reconcile(read_statement(path), provider="openai").items
    assert {(str(item.match), item.reservation_id) for item in items} == {
        ("possibly billed, now settled", unread.id), ("possibly billed, not on the statement", nearer.id),
    }  # fmt: skip


def test_calls_of_other_days_are_left_out(books: Ledger, clock: Clock, tmp_path: Path) -> None:
    """A statement of one day says nothing of the next one."""
    clock.now += timedelta(days=1)
    pay(books, a_call(a_spec(4)), response="tomorrow")
    found = books.reconcile(read_statement(csv_file(tmp_path, row("r1"), row("r2"))))
    assert "missing there" not in matches(found)


def test_whose_statement_it_is_must_be_clear(books: Ledger, tmp_path: Path) -> None:
    """With two providers it has to be said."""
    pay(books, a_call(provider="anthropic", model="claude-sonnet-4-5"), a_usage("claude-sonnet-4-5"))
    statement = read_statement(csv_file(tmp_path, row("r1")))
    with pytest.raises(WrongInput, match="anthropic, openai"):
        books.reconcile(statement)
    assert books.reconcile(statement, provider="openai").items


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no column"),
        ("when;amount\n2026-11-01;3\n", "cost, currency, day"),
        ("day,cost,currency\n", "has no line"),
        ('{"data": 3}', "not an export of organization costs"),
        ('{"data": [], "has_more": false', "not an export of organization costs"),
        ('{"data": []}', "has no line"),
    ],
)
def test_a_file_of_another_form_is_refused_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    """What is missing, and what to export instead."""
    path = tmp_path / "export"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongInput, match=words):
        read_statement(path)


def test_every_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """All at once, with their line."""
    header = "day,cost,currency,input_tokens\n"
    rows = (
        "2026-13-01,1,USD,",
        "2026-11-01,1 234,USD,",
        "2026-11-01,nan,Dollar,",
        "2026-11-01,1,USD,many",
        "2026-11-01,1,USD,3",
    )
    with pytest.raises(ProjectErrors) as caught:
        read_statement(csv_file(tmp_path, *rows, header=header))
    assert [issue.line for issue in caught.value.issues] == [2, 3, 4, 4, 5]


def test_an_unfinished_export_is_refused(tmp_path: Path) -> None:
    """Half a month would look like missing calls."""
    path = costs_file(tmp_path, ("1", MODEL, ""))
    page = json.loads(path.read_text()) | {"has_more": True}
    path.write_text(json.dumps(page))
    with pytest.raises(ProjectErrors, match="there are more"):
        read_statement(path)
    following = costs_file(tmp_path, ("1", MODEL, ""), day=1795305600 + 86400).read_text()
    path.write_text(json.dumps(page) + "\n" + following)
    assert len(read_statement(path).lines) == 2
    with pytest.raises(WrongInput, match="Cannot read"):
        read_statement(tmp_path / "nowhere.csv")


def test_what_a_statement_cannot_know_is_never_voided(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    """A call under way, one sent after the last line, one that a partial statement leaves out: all are left alone."""
    pay(ledger, response="r1")
    live = ledger.reserve(a_call(a_spec(1)), 900, 200)
    lost = ledger.reserve(a_call(a_spec(2)), 900, 200)
    ledger.doubt(lost, "timeout")
    post(ledger, ledger.reconcile(read_statement(csv_file(tmp_path, row("r1", time="2026-11-22T09:00:02Z")))))
    assert {one.id for one in ledger.pending()} == {live.id, lost.id}
    assert ledger.settle(live, a_usage(), "r2").cost_micros == 602
    partial = csv_file(tmp_path, row("r1", time="2026-11-22T11:00:00Z"))  # without r2
    post(ledger, ledger.reconcile(read_statement(partial)))
    assert [one.id for one in ledger.pending()] == [lost.id]
    complete = csv_file(tmp_path, row("r1"), row("r2", time="2026-11-22T11:00:00Z"))
    clock.now += timedelta(hours=3)
    found = ledger.reconcile(read_statement(complete))
    assert [one.action for one in post(ledger, found)] == ["voided"]
    assert ledger.pending() == []


def test_a_call_over_midnight_belongs_to_the_day_it_was_sent(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """Sent on 31 October, answered on 1 November: October's statement finds it, and its id is charged once."""
    clock.now = datetime(2026, 10, 31, 23, 59, 50, tzinfo=UTC)
    reservation = ledger.reserve(a_call(), 900, 200)
    clock.now = datetime(2026, 11, 1, 0, 0, 20, tzinfo=UTC)
    entry = ledger.settle(reservation, a_usage(), "r1")
    assert (entry.period, entry.occurred_at[:10], entry.price_date) == ("2026-10", "2026-10-31", "2026-10-31")
    for moment in ("2026-10-31T23:59:50Z", "2026-11-01T00:00:20Z", "2026-11-02T08:00:00Z"):
        found = ledger.reconcile(read_statement(csv_file(tmp_path, row("r1", time=moment))))
        assert matches(found) == {"matched": 1}, moment


def test_an_id_that_is_charged_is_not_charged_again(ledger: Ledger) -> None:
    """Whatever the day of the statement that bills it: a person is told."""
    pay(ledger, response="r1")
    with pytest.raises(WrongInput, match="has charged request r1 already"):
        ledger.adjust(
            a_call(),
            602,
            "USD",
            occurred_at=datetime(2026, 12, 1, tzinfo=UTC),
            source="s",
            reason="r",
            request_id="r1",
        )


def test_known_ids_are_settled_by_their_own_lines(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    """Forty lost calls with ids and twenty without, in any order of the lines: none takes another one's line."""
    named, unnamed = {}, []
    for number in range(40):
        reservation = ledger.reserve(a_call(a_spec(number)), 900, 200)
        named[f"id-{number}"] = reservation.id
        ledger.doubt(reservation, f"MaybeBilled id-{number}")
    for number in range(40, 60):
        unnamed.append(ledger.reserve(a_call(a_spec(number)), 900, 200))
        ledger.doubt(unnamed[-1], "timeout")
    times = [f"2026-11-22T09:0{number // 30}:{number % 30:02}Z" for number in range(60)]
    rows = [row(f"id-{number}", time=times[59 - number]) for number in range(40)]
    rows += [row(f"other-{number}", time=times[number]) for number in range(40, 60)]
    random.Random(1).shuffle(rows)
    clock.now += timedelta(hours=3)
    post(ledger, ledger.reconcile(read_statement(csv_file(tmp_path, *rows)), provider="openai"))
    charged = {entry.response_id: entry for entry in ledger.entries() if entry.kind == "call"}
    assert {name: charged[name].reservation_id for name in named} == named
    assert len(charged) == 60 and ledger.pending() == []
    assert all(entry.input_tokens == 900 for entry in charged.values())
    assert ledger.verify().flaws == ()


def test_costs_without_ids_release_what_was_possibly_billed(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """What the day bills beyond our calls is what was lost, charged to its campaign; nothing stays set aside for it."""
    pay(ledger)
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, "timeout")
    clock.turn_to(2026, 11, 24)
    file = costs_file(tmp_path, ("0.0012045", MODEL, "proj_brand"))
    post(ledger, ledger.reconcile(read_statement(file, made=clock())))
    assert ledger.pending() == []
    assert ledger.summary(campaign_id="spring").cost_micros == {"USD": 1204}
    assert ledger.summary().cost_micros == {"USD": 1204}
    again = ledger.reconcile(read_statement(file))
    assert matches(again) == {"matched": 1}


def test_lost_calls_of_a_day_share_what_it_bills_beyond_the_others(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """In the proportion of what was set aside: no campaign pays for the other one's answer, none is given back."""
    pay(ledger)
    sent = [(a_spec(1), 600), (replace(a_spec(2), campaign_id="autumn"), 200), (a_spec(3), 200)]
    lost = [ledger.reserve(a_call(spec), 1, tokens_out) for spec, tokens_out in sent]
    for one in lost:
        ledger.doubt(one, "timeout")
    aside = [one.estimate_micros or 0 for one in lost]
    clock.turn_to(2026, 11, 24)
    beyond = sum(aside) * 2 // 5
    file = costs_file(tmp_path, (f"{(602 + beyond) / 1_000_000:.6f}", MODEL, "proj_brand"))
    post(ledger, ledger.reconcile(read_statement(file, made=clock())))
    charged = {entry.reservation_id: entry.cost_micros for entry in ledger.entries() if entry.kind == "call"}
    assert [charged[one.id] for one in lost] == [480, 160, 160]
    assert ledger.summary(campaign_id="autumn").cost_micros == {"USD": 160}
    assert ledger.summary().cost_micros == {"USD": 602 + beyond}
    assert (ledger.pending(), voided(ledger), ledger.verify().flaws) == ([], [], ())


@pytest.mark.parametrize(
    ("over", "aside", "shares"),
    [
        (400, [1000, 1000], [200, 200]),
        (900, [1000, 500], [600, 300]),
        (1500, [1000, 500], [1000, 500]),
        (9000, [1000, 500], [1000, 500]),  # the rest is nobody's here
        (7, [3, 3, 3], [2, 2, 3]),  # to the millionth
        (600, [1000, None, 500], [267, 200, 133]),  # of unknown price: as the others on average
        (9000, [1000, None, 500], [1000, 7500, 500]),  # and without a bound
        (600, [None, None], [300, 300]),
        (600, [0, 1000], [0, 600]),
        (600, [0], [0]),
        (3, [1000, 1000], [0, 0]),  # what rounding may explain
        (-50, [1000], [0]),
    ],
)
def test_what_each_lost_call_gets_of_a_sum(
    ledger: Ledger, over: int, aside: list[int | None], shares: list[int]
) -> None:
    """Proportionally, never more than was set aside, all of the sum where it can be had."""
    one = ledger.reserve(a_call(a_spec(1)), 1, 1)
    lost = [replace(one, id=str(number), estimate_micros=micros) for number, micros in enumerate(aside)]
    told = list(_shared(over, 3, lost[::-1]))
    assert [(found.id, share) for found, share in told] == [(str(n), share) for n, share in enumerate(shares)]


def test_costs_that_agree_say_that_a_lost_call_was_not_billed(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """On a day that was over when the statement was made; on the day itself nothing is decided, whenever it is posted
    and however new its copy is."""
    pay(ledger)
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, "timeout")
    file = costs_file(tmp_path, ("0.0006025", MODEL, "proj_brand"))
    post(ledger, ledger.reconcile(read_statement(file)))
    assert len(ledger.pending()) == 1
    clock.turn_to(2026, 11, 24)
    os.utime(file, (clock().timestamp(), clock().timestamp()))
    post(ledger, ledger.reconcile(read_statement(file)))
    assert len(ledger.pending()) == 1
    post(ledger, ledger.reconcile(read_statement(file, made=clock())))
    assert ledger.pending() == []


def test_a_later_day_says_that_the_ones_before_it_were_over(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """An export over several days needs no word of when it was made: only the last billed day is left alone,
    and the one before, whose last answers may have been on their way."""
    pay(ledger)
    lost = ledger.reserve(a_call(a_spec(1)), 900, 200)
    ledger.doubt(lost, "timeout")
    clock.turn_to(2026, 11, 23)
    ledger.doubt(ledger.reserve(a_call(a_spec(2)), 900, 200), "timeout")
    clock.turn_to(2026, 11, 26)
    rows = ["2026-11-22,0.0006025,USD,gpt-5-mini", "2026-11-24,0.000001,USD,gpt-5-mini", "2026-11-25,,,"]
    file = csv_file(tmp_path, *rows, header="day,cost,currency,model\n")
    post(ledger, ledger.reconcile(read_statement(file)))
    assert [one.reserved_at.day for one in ledger.pending()] == [23]
    assert voided(ledger) == [lost.id]


def voided(ledger: Ledger) -> list[str]:
    """The calls that were given back."""
    return [entry.reservation_id or "" for entry in ledger.entries() if entry.purpose == "void"]


def test_an_adjustment_keeps_its_tokens_and_its_campaign(ledger: Ledger, tmp_path: Path) -> None:
    """A request that only the provider knows: its tokens are those of the statement."""
    pay(ledger, response="r1")
    file = csv_file(tmp_path, row("r1"), row("unknown", "0.01", tokens="7,0,3"))
    post(ledger, ledger.reconcile(read_statement(file)))
    entry = list(ledger.entries())[-1]
    assert (entry.input_tokens, entry.output_tokens, entry.cost_micros) == (7, 3, 10_000)
    assert ledger.verify().flaws == ()


def test_nothing_is_sent_in_a_month_that_is_closed(ledger: Ledger, clock: Clock) -> None:
    """A clock that was set back is told before money is spent."""
    clock.turn_to(2026, 10, 5)
    pay(ledger)
    clock.turn_to(2026, 11, 2)
    ledger.close_month("2026-10", "Finance")
    clock.turn_to(2026, 10, 30)
    with pytest.raises(StoreError, match="2026-10 is closed"):
        ledger.reserve(a_call(), 900, 200)
    assert ledger.pending() == []


def test_anthropics_cost_report_is_read(tmp_path: Path) -> None:
    """Its amounts are hundredths, as text; its moments are text; a workspace is a project."""
    result = {
        "currency": "USD", "amount": "123.78912", "workspace_id": "wrkspc_1", "model": "claude-sonnet-4-5",
        "cost_type": "tokens", "token_type": "uncached_input_tokens", "service_tier": "standard",
    }  # fmt: skip
    page = {
        "data": [{"starting_at": "2026-11-22T00:00:00Z", "ending_at": "2026-11-23T00:00:00Z", "results": [result]}],
        "has_more": False, "next_page": None,
    }  # fmt: skip
    file = tmp_path / "anthropic.json"
    file.write_text(json.dumps(page), encoding="utf-8")
    statement = read_statement(file)
    (line,) = statement.lines
    assert (line.cost_micros, line.currency, line.model) == (1_237_891, "USD", "claude-sonnet-4-5")
    assert (line.project, str(line.day), str(statement.last)) == ("wrkspc_1", "2026-11-22", "2026-11-22")


def test_a_line_that_may_be_that_of_a_call_under_way_is_left_to_its_run(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    """Neither with ids nor by sums is it booked, nor given to a lost call; afterwards it is, and nothing twice."""
    pay(ledger, response="r1")
    lost = ledger.reserve(a_call(attempt=2), 900, 200)
    ledger.doubt(lost, "MaybeBilled")
    live = ledger.reserve(a_call(attempt=3), 900, 200)
    now = f"{clock.now:%Y-%m-%dT%H:%M:%SZ}"
    with_ids = csv_file(tmp_path, row("r1"), row("r2", time=now), row("r3", time=now))
    by_day = costs_file(tmp_path, ("0.001806", MODEL, ""))
    for file in (with_ids, by_day):
        found = ledger.reconcile(read_statement(file))
        assert {item.match for item in found.items} <= {Match.MATCHED, Match.UNDECIDED}
        assert post(ledger, found) == ()
    assert {one.id for one in ledger.pending()} == {lost.id, live.id}
    ledger.settle(live, a_usage(), "r3")
    post(ledger, ledger.reconcile(read_statement(with_ids)))
    assert ledger.pending() == []
    assert sum(entry.cost_micros or 0 for entry in ledger.entries()) == 3 * 602
