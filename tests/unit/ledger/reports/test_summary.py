"""The ledger added up, shown, and exported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage, pay
from inedit.ledger import Call, Ledger, Limit
from inedit.ledger.exports.rows import ALL_KINDS, EXPORT_COLUMNS, export, export_rows
from inedit.ledger.journal.chain import hash_of
from inedit.ledger.journal.reading import Scope
from inedit.ledger.reports.figures import Refusal
from inedit.ledger.reports.reporter import Reporter
from inedit.ledger.reports.terminal_report import render
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput
from inedit.store import Store
from inedit.store.seals import seal_piece
from inedit.store.tables import attempts, pieces


def put_piece(store: Store, spec: VariantSpec, status: str, attempts: int, run_id: str = "run-1") -> None:
    """A piece that came to rest."""
    with store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{spec.key}-1", run_id=run_id, campaign_id=spec.campaign_id, spec_key=spec.key,
                brief_sha="b", scope="s", status=status, spec="{}", parts="{}", text="t", verdict="{}",
                attempts=attempts,
                created_at="2026-11-22T09:00:00.000Z",
            )
        )  # fmt: skip
        seal_piece(connection, f"{spec.key}-1")


@pytest.fixture
def run(ledger: Ledger, store: Store) -> Ledger:
    """Piece 0 accepted at its second draft, piece 1 parked; a judge's call, one outside campaigns."""
    for attempt in (1, 2):
        pay(ledger, a_call(attempt=attempt))
    pay(ledger, a_call(a_spec(1, "de")))
    put_piece(store, a_spec(), "accepted", 2)
    put_piece(store, a_spec(1, "de"), "parked", 1)
    pay(ledger, Call("judge", "openai", "gpt-4o-mini", run_id="run-1", campaign_id="spring"))  # of no piece
    pay(ledger, Call("baseline", "embedded", "qwen", run_id="run-1"))
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    return ledger


def test_a_run_is_added_up(run: Ledger) -> None:
    """Calls, tokens, cost by currency; cost per piece carries rejected drafts and what is shared."""
    summary = run.summary(run_id="run-1")
    assert (summary.calls, summary.input_tokens, summary.cached_tokens) == (5, 4500, 500)
    assert (summary.output_tokens, summary.reasoning_tokens) == (1000, 250)
    judge = 248  # 800 x 0.15 + 100 x 0.075 + 200 x 0.60 = 247.5, to the even neighbour
    assert summary.cost_micros == {"EUR": 0, "USD": 3 * 602 + judge}
    assert (summary.pieces, summary.accepted_pieces) == (2, 1)
    assert summary.cost_per_piece_micros["USD"] == (3 * 602 + judge) // 2
    assert summary.cost_per_accepted_micros["USD"] == 3 * 602 + judge
    assert (summary.rejected_attempts, summary.rejected_micros) == (2, {"USD": 2 * 602})


def test_a_judge_of_a_piece_is_part_of_its_cost_and_no_refused_draft(run: Ledger) -> None:
    """Only drafts are refused; what it cost to judge one counts for the piece."""
    pay(run, a_call(purpose="judge", attempt=2))
    assert run.summary().rejected_attempts == 2
    assert run.piece_costs()[a_spec().key, 1].calls == 3


def test_refused_drafts_are_split_by_the_check_that_stood_in_their_way(run: Ledger, store: Store) -> None:
    """What is on record by its name, what is not by none; the view tells the same."""
    spec = a_spec(1, "de")
    with store.write() as connection:
        connection.execute(
            attempts.insert().values(
                run_id="run-1", campaign_id=spec.campaign_id, spec_key=spec.key, attempt=1, spec="{}",
                usage="{}", created_at="2026-11-22T09:00:00.000Z", refused_for="figures",
            )
        )  # fmt: skip
    refusals = run.summary().rejected_for
    assert refusals == (Refusal("", 1, {"USD": 602}), Refusal("figures", 1, {"USD": 602}))
    with store.read() as connection:
        rows = connection.execute(
            text("SELECT reason, drafts, cost_micros FROM finance_refusals ORDER BY reason")
        )
        assert [tuple(row) for row in rows] == [("", 1, 602), ("figures", 1, 602)]
    assert "Refused drafts by reason" in shown(run)


def test_each_split_tells_what_an_accepted_piece_costs(run: Ledger) -> None:
    """The rejected drafts of a language, channel or month are carried by its accepted pieces."""
    by = run.summary().by
    french, german = (next(line for line in by["language"] if line.name == name) for name in ("fr", "de"))
    assert (french.accepted_pieces, french.cost_per_accepted_micros) == (1, {"USD": 1204})
    assert (german.accepted_pieces, german.cost_per_accepted_micros) == (0, {})
    for name in ("channel", "model", "purpose", "period"):
        assert sum(line.accepted_pieces for line in by[name]) == 1, name


def test_everything_is_allocated_to_the_millionth(run: Ledger) -> None:
    """Pieces, what a campaign shares, and what belongs to none add up to the whole; so does every split."""
    run.correct(next(iter(run.entries())).id, 1000, "USD", "invoice")
    summary = run.summary()
    parts = summary.allocation_micros
    assert parts["shared by a campaign"] == {"USD": 248}
    assert parts["unallocated"] == {"EUR": 0}
    assert sum(part.get("USD", 0) for part in parts.values()) == summary.cost_micros["USD"]
    for name, lines in summary.by.items():
        if lines:
            assert sum(line.cost_micros.get("USD", 0) for line in lines) == summary.cost_micros["USD"], name
    of_campaign, of_month = run.summary(campaign_id="spring"), run.summary(period="2026-11")
    assert of_month.cost_micros == summary.cost_micros
    assert of_campaign.cost_micros["USD"] == summary.cost_micros["USD"]


def test_scopes_see_only_what_is_theirs(run: Ledger, clock: Clock) -> None:
    """Another run, campaign and month are left out; a month that is none is refused."""
    clock.turn_to(2026, 12, 3)
    pay(run, a_call(replace(a_spec(), campaign_id="winter"), run_id="run-2"))
    assert [run.summary(run_id=name).calls for name in ("run-1", "run-2", "run-3")] == [5, 1, 0]
    assert [run.summary(campaign_id=name).calls for name in ("spring", "winter")] == [4, 1]
    assert [run.summary(period=name).calls for name in ("2026-11", "2026-12")] == [5, 1]
    assert run.summary().calls == 6
    with pytest.raises(WrongInput, match="not a month"):
        run.summary(period="November")


def test_each_piece_has_its_cost_with_all_attempts(run: Ledger) -> None:
    """The rejected draft of an accepted piece is part of its cost; two currencies make none."""
    costs = run.piece_costs(campaign_id="spring")
    cost = costs[a_spec().key, 1]
    assert (cost.calls, cost.cost_micros, cost.currency) == (2, 1204, "USD")
    pay(run, a_call(attempt=3, provider="embedded", model="qwen"))
    assert run.piece_costs()[a_spec().key, 1].cost_micros is None


def test_an_empty_ledger_is_a_summary_of_nothing(ledger: Ledger) -> None:
    """No division by nothing, no made-up zero."""
    summary = ledger.summary()
    assert (summary.calls, summary.cost_micros, summary.cost_per_piece_micros) == (0, {}, {})
    assert summary.minutes_saved() is None
    assert shown(ledger).startswith("Ledger of everything")
    assert ledger.verify().holds


def test_a_summary_is_plain_json(run: Ledger) -> None:
    """Scripts read the same figures as people."""
    told = json.loads(json.dumps(run.summary(run_id="run-1").as_json()))
    assert told["scope"] == "run run-1"
    assert told["minutes_saved"] == {"low": 30.0, "expected": 50.0, "high": 85.0}
    assert told["head"]["seq"] == 8  # with the records of two pieces
    french = next(line for line in told["by"]["language"] if line["name"] == "fr")
    assert french["cost_per_accepted_micros"] == {"USD": 1204}


def shown(ledger: Ledger, width: int = 100, run_id: str | None = None) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    console.print(render(Reporter(ledger, {}).report(Scope(run_id))))
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def test_a_report_fits_a_terminal_and_hides_nothing(run: Ledger) -> None:
    """At most 100 columns; unknown prices, possible bills, rates that are missing: all of them are said."""
    pay(run, a_call(a_spec(2), provider="localhost:11434", model="llama"))
    limited = run.with_limits(Limit("run", 10_000_000, "EUR", hard=False))
    limited.reserve(a_call(a_spec(3)), 1000, 600)
    report = shown(limited, run_id="run-1")
    assert max(len(line.rstrip()) for line in report.splitlines()) <= 100
    for words in (
        "0.002054 USD + 1 of unknown price", "2 drafts, 0.0012 USD", "30 / 50 / 85 minutes",
        "baseline's review minutes are assumed spent", "not taken off the cost", "calls possibly billed",
        "USD without a rate", "By language", f"head {limited.head()}",
    ):  # fmt: skip
        assert words in report, words


def exported(store: Store, form: str, **options: object) -> str:
    out = io.StringIO(newline="")
    export(store, out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def test_an_export_has_one_row_a_call(run: Ledger, store: Store) -> None:
    """Request id, tokens by kind, cost, currency, piece: as CSV and as JSON lines the same."""
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv"))))
    assert list(rows[0]) == list(EXPORT_COLUMNS)
    assert len(rows) == 5
    first = rows[0]
    assert (first["piece_id"], first["spec_key"]) == (f"{a_spec().key}-1", a_spec().key)
    assert (first["cost_micros"], first["currency"], first["cached_tokens"]) == ("602", "USD", "100")
    assert first["response_id"].startswith("response-")
    lines = [json.loads(line) for line in exported(store, "jsonl").splitlines()]
    as_text = [{k: "" if v is None else str(v) for k, v in line.items()} for line in lines]
    assert as_text == rows


def test_an_export_adds_up_to_the_report(run: Ledger, store: Store) -> None:
    """Corrections are in it, memos of time saved are not, unless they are asked for."""
    run.correct(next(iter(run.entries())).id, 1000, "USD", "invoice")
    rows = list(export_rows(store))
    assert sum(row["cost_micros"] or 0 for row in rows) == run.summary().cost_micros["USD"]
    assert {row["kind"] for row in rows} == {"call", "correction"}
    assert len(list(export_rows(store, kinds=ALL_KINDS))) == len(rows) + 1 + 2  # a saving, and two pieces
    assert len(list(export_rows(store, Scope(campaign_id="spring")))) == 5


def test_an_export_proves_the_chain(run: Ledger, store: Store) -> None:
    """Whoever holds the JSON lines of all kinds can recompute every hash."""
    before = ""
    for line in exported(store, "jsonl", kinds=ALL_KINDS).splitlines():
        row = json.loads(line)
        del row["piece_id"]
        assert row["prev_hash"] == before
        assert hash_of(row) == row["hash"]
        before = row["hash"]


def test_a_spreadsheet_never_runs_what_a_provider_wrote(ledger: Ledger, store: Store) -> None:
    """A text that begins like a formula gets an apostrophe in CSV, and stays as it is in JSON."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    ledger.settle(reservation, a_usage(), "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in exported(store, "csv")
    assert json.loads(exported(store, "jsonl"))["response_id"] == "=HYPERLINK(1)"
