"""The command line as people and scripts meet it: messages, exit codes, JSON."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fakes.command import TERMINAL, Forks, Result, forking, run_alone
from fakes.ledger import MODEL, Clock, a_call, pay
from fakes.project import write_tiny_project
from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight
from inedit.cli.console import emit_json_list, emit_json_with
from inedit.ledger import Ledger
from inedit.model.errors import StoreError
from inedit.store import open_store

ROOT = Path(__file__).parents[2]
Inedit = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the demo project that a test may spoil."""
    copy = tmp_path / "project"
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, copy / folder)
    return copy


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """What the commands of these tests are forked from."""
    with forking({**os.environ, **TERMINAL}) as forks:
        yield forks


@pytest.fixture
def inedit(project: Path, forks: Forks) -> Inedit:
    """Runs the command in the copied project, in a process of its own."""

    def run(*arguments: str, cwd: Path | None = None, stdin: str | None = None, **environment: str) -> Result:
        known = {**os.environ, **TERMINAL, **environment}
        if any(
            name.startswith("PYTHON") for name in environment
        ):  # the interpreter reads them when it starts
            return run_alone(arguments, cwd=cwd or project, environment=known, stdin=stdin)
        return forks.run(arguments, cwd=cwd or project, environment=known, stdin=stdin)

    return run


@pytest.fixture
def stub() -> Iterator[StubOpenAI]:
    """An honest model at an address of its own."""
    with StubOpenAI(answer=tell_the_insight).in_thread() as running:
        yield running


POSTS = ("--channel", "social", "--language", "fr")
GONE = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "INEDIT_FREE_SERVER": "a server that is not there"}


def complaint(result: Result) -> str:
    """What the person is told, on one line; never a traceback."""
    assert "Traceback" not in result.stderr + result.stdout
    return " ".join(result.stderr.split())


def test_a_run_from_the_command_line(inedit: Inedit, stub: StubOpenAI) -> None:
    """produce --json gives run id, pieces and totals; pieces, ledger and a second run agree with it."""
    here = stub.environment
    run = inedit("produce", "mini", "--model", "stub", *POSTS, "--json", **here)
    assert run.returncode in (0, 1), run.stderr
    report = json.loads(run.stdout)
    assert {"run_id", "pieces", "totals"} <= set(report)
    piece = report["pieces"][0]
    assert {"id", "spec", "status", "text", "verdict", "receipts", "cost_micros", "minutes_saved"} <= set(
        piece
    )
    accepted = [p["id"] for p in report["pieces"] if p["status"] == "accepted"]
    assert accepted

    listed = json.loads(inedit("pieces", "--status", "accepted", "--json").stdout)
    by_id = {p["id"]: p for p in listed}
    assert sorted(by_id) == sorted(accepted)
    for told in report["pieces"]:
        if told["status"] == "accepted":
            assert by_id[told["id"]] == told

    rows = list(csv.DictReader(io.StringIO(inedit("ledger", "export", "--format", "csv").stdout)))
    assert len(rows) == len(stub.served)
    assert {row["response_id"] for row in rows} == {call.response_id for call in stub.served}
    assert sum(int(row["input_tokens"]) for row in rows) == stub.billed_tokens[0]

    again = inedit("produce", "mini", "--model", "stub", *POSTS, "--json", **here)
    assert json.loads(again.stdout)["totals"]["kept"] == len(report["pieces"])
    assert len(stub.served) == len(rows)

    beside = inedit("pieces", "--campaign", report["campaign_id"]).stdout
    assert "siblings 0." in beside
    assert "messages in" in beside
    shown = inedit("piece", accepted[0])
    assert piece["spec"]["insight_ids"][0] in inedit("piece", report["pieces"][0]["id"]).stdout
    assert shown.returncode == 0
    proof = inedit("ledger", "verify", "--json")
    assert proof.returncode == 0
    assert json.loads(proof.stdout)["flaws"] == []


def test_an_advisor_of_another_name_is_asked_and_priced(
    inedit: Inedit, stub: StubOpenAI, project: Path
) -> None:
    """The plan counts its questions, the ledger books each of them under its own model, and the report names it."""

    def both(request: Any, number: int) -> str:
        asked = "not said by any fact" in request["messages"][0]["content"]
        return '{"findings": []}' if asked else tell_the_insight(request, number)

    stub.answer = both
    here = stub.environment
    wanted = ("mini", "--model", "stub", "--advisor", "reader", *POSTS, "--json")
    outlook = json.loads(inedit("plan", *wanted, **here).stdout)
    assert outlook["advisor"] == "reader"
    assert outlook["advice_calls"][0] == outlook["pieces"]
    run = json.loads(inedit("produce", *wanted, **here).stdout)
    accepted = [piece for piece in run["pieces"] if piece["status"] == "accepted"]
    asked = [request for request in stub.requests if request["model"] == "reader"]
    assert run["advisor"] == "reader"
    assert len(asked) >= len(accepted)
    assert run["totals"]["not_advised"] == 0
    rows = list(csv.DictReader(io.StringIO(inedit("ledger", "export", "--format", "csv").stdout)))
    assert [row["model"] for row in rows if row["purpose"] == "advice"] == ["reader"] * len(asked)
    assert inedit("ledger", "verify").returncode == 0


def test_a_project_without_the_question_is_told_where_it_is(
    inedit: Inedit, stub: StubOpenAI, project: Path
) -> None:
    """Before anything is paid."""
    for path in (project / "prompts" / "_partials").rglob("advisor.md.j2"):
        path.unlink()
    run = inedit("produce", "mini", "--model", "stub", "--advisor", "reader", *POSTS, **stub.environment)
    assert run.returncode == 2
    assert "advisor.md.j2" in complaint(run)
    assert "inedit init" in complaint(run)
    assert stub.served == []


def price_the_stub(project: Path, stub: StubOpenAI) -> None:
    """The stub bills a dollar per million tokens."""
    host = stub.base_url.split("//")[1].split("/")[0]
    (project / "brand_data" / "prices.yaml").write_text(
        f"- {{provider: '{host}', model: '*', currency: USD, input_price: 1, cached_price: 1, output_price: 1,"
        " valid_from: 2026-01-01, source: stub}\n",
        encoding="utf-8",
    )


def test_a_run_that_meets_its_limit_says_what_was_spent_and_what_to_do(
    inedit: Inedit, stub: StubOpenAI, project: Path
) -> None:
    """Exit code 1, the limit, what was charged and set aside; nothing beyond it is sent, and a second run goes on."""
    price_the_stub(project, stub)
    here = {"OPENAI_BASE_URL": stub.base_url}
    run = inedit(
        "produce", "mini", "--model", "stub", "--mirror", "0", "--max-cost", "0.004 USD", "--json", **here
    )
    assert run.returncode == 1
    told = json.loads(run.stdout)
    for words in (
        "The next call may cost up to",
        "this run",
        "may cost 0.0040 USD",
        "was charged",
        "Raise the most that it may cost",
    ):
        assert words in told["stopped"]
        assert words in complaint(run)
    (budget,) = (state for state in told["totals"]["budgets"] if state["limit"]["scope"] == "run")
    assert budget["settled_micros"] == told["totals"]["ledger"]["cost_micros"]["USD"] <= 4000
    assert (budget["reserved_micros"], budget["left_micros"]) == (0, 4000 - budget["settled_micros"])
    before = len(stub.served)
    assert 0 < before == told["totals"]["ledger"]["calls"]
    shown = inedit("produce", "mini", "--model", "stub", "--mirror", "0", "--max-cost", "0.002 USD", **here)
    assert "this run" in shown.stdout and "charged of 0.0020 USD" in shown.stdout
    assert inedit("ledger", "verify").returncode == 0


def test_an_answer_that_cannot_be_counted_waits_for_the_reconciliation_under_its_id(inedit: Inedit) -> None:
    """The run ends as a provider failure, and finance sees which answer it was."""
    with StubOpenAI(no_usage=True).in_thread() as silent_about_usage:
        run = inedit("produce", "mini", "--model", "stub", *POSTS, **silent_about_usage.environment)
    assert run.returncode == 3
    assert "without saying how many tokens it used" in complaint(run)
    waiting = inedit("ledger", "pending", "--json")
    assert waiting.returncode == 1
    assert all(one["reason"].startswith("Uncounted chatcmpl-stub-") for one in json.loads(waiting.stdout))


def test_reconcile_believes_who_says_when_the_export_was_made(
    inedit: Inedit, project: Path, tmp_path: Path
) -> None:
    """Its last day may have gone on: a call lost in it is given back only when the export is known to be later."""
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0) - timedelta(days=5)
    day, clock = str(noon.date()), Clock(noon)
    (project / ".inedit").mkdir()
    store = open_store(f"sqlite:///{project / '.inedit' / 'inedit.db'}")
    ledger = Ledger(store, clock=clock)
    paid = pay(ledger, response="r1")
    ledger.doubt(ledger.reserve(a_call(attempt=2), 900, 200), "timeout")
    store.close()
    export = tmp_path / "costs.csv"
    cost = f"{paid.cost_micros or 0:07d}"
    export.write_text(f"day,cost,currency,model\n{day},0.{cost[1:]},USD,{MODEL}\n", encoding="utf-8")
    asked = ("ledger", "reconcile", str(export), "--post", "--json", "--made")

    refused = inedit(*asked, str(noon.date() + timedelta(days=9)))
    assert (refused.returncode, "is not a moment that has been" in complaint(refused)) == (2, True)
    for told in ("", f"{day}T23:00:00Z"):
        left = json.loads(inedit(*asked, told).stdout)
        assert (left["posted"], left["doubtful"]["calls"]) == ([], 1), told
    voided = json.loads(inedit(*asked, f"{noon.date() + timedelta(days=1)}T01:00:00Z").stdout)
    assert [one["action"] for one in voided["posted"]] == ["voided"]
    assert inedit("ledger", "pending").returncode == 0


def test_a_soft_budget_is_passed_and_told(inedit: Inedit, stub: StubOpenAI, project: Path) -> None:
    """The run goes on; its end and the report say by how much the month is over."""
    price_the_stub(project, stub)
    (project / "brand_data" / "budgets.yaml").write_text(
        "- {scope: month, amount: 0.001, currency: USD, hard: false}\n", encoding="utf-8"
    )
    run = inedit("produce", "mini", "--model", "stub", "--mirror", "0", *POSTS, OPENAI_BASE_URL=stub.base_url)
    assert "(soft)" in run.stdout and "passed by" in run.stdout
    report = json.loads(inedit("ledger", "report", "--json").stdout)
    (budget,) = (state for state in report["budgets"] if state["limit"]["scope"] == "month")
    assert budget["left_micros"] == 1000 - budget["settled_micros"] < 0
    assert "(soft)" in inedit("ledger", "report").stdout


def test_a_head_that_was_kept_outside_finds_out_a_ledger_that_was_cut_off(
    inedit: Inedit, stub: StubOpenAI, project: Path, tmp_path: Path
) -> None:
    """anchor adds it to a file; verify holds the ledger against all that are in there."""
    heads = tmp_path / "heads.txt"
    assert inedit("ledger", "anchor", "--out", str(heads)).returncode == 0
    inedit("produce", "mini", "--model", "stub", *POSTS, "--json", **stub.environment)
    head = inedit("ledger", "anchor", "--out", str(heads)).stdout.strip()
    assert [line.split()[1] for line in heads.read_text().splitlines()] == ["0:", head]
    held = inedit("ledger", "verify", "--anchors", str(heads), "--anchor", head)
    assert (held.returncode, "3 heads that were kept outside agree" in held.stdout) == (0, True)
    for stale in (project / ".inedit").glob("inedit.db*"):
        stale.unlink()
    cut = inedit("ledger", "verify", "--anchors", str(heads))
    assert cut.returncode == 2
    assert "entry 1: is missing" in cut.stdout
    assert "not a head of a ledger" in complaint(inedit("ledger", "verify", "--anchor", "12"))
    assert "Cannot read" in complaint(inedit("ledger", "verify", "--anchors", "nowhere.txt"))


def test_the_tables_of_a_run_name_texts_and_reasons(inedit: Inedit, stub: StubOpenAI) -> None:
    """Without --json a person reads the accepted texts, what was refused, and the ledger's line."""
    run = inedit("produce", "mini", "--model", "stub", *POSTS, **stub.environment)
    assert "français" in run.stdout
    assert "ledger" in run.stdout


def test_a_server_on_this_machine_is_paid_unless_somebody_says_why_not(
    inedit: Inedit, stub: StubOpenAI, project: Path
) -> None:
    """A gateway on localhost bills like any other: the brief's budget cannot be kept without its price. A declared
    reason, by the environment or in prices.yaml, is kept with each entry."""
    here = ("produce", "mini", "--model", "stub", "--mirror", "0", *POSTS)
    refused = inedit(*here, OPENAI_BASE_URL=stub.base_url)
    assert refused.returncode == 2
    for words in ("limit of 1.0000 EUR", "not known", "brand_data/prices.yaml", "INEDIT_FREE_SERVER="):
        assert words in complaint(refused)
    assert (stub.requests, inedit("ledger", "pending").returncode) == ([], 0)
    for reason in ("1", "yes"):
        no_reason = inedit(*here, OPENAI_BASE_URL=stub.base_url, INEDIT_FREE_SERVER=reason)
        assert (no_reason.returncode, stub.requests) == (2, [])
        assert "say in some words why" in complaint(no_reason)
    billed = inedit(*here, OPENAI_API_KEY="sk-x", INEDIT_FREE_SERVER="our own server")
    assert "which bills them" in complaint(billed)
    planned = inedit("plan", "mini", "--model", "stub", OPENAI_BASE_URL=stub.base_url)
    assert "these calls are refused" in planned.stdout

    assert inedit(*here, OPENAI_BASE_URL=stub.base_url, INEDIT_FREE_SERVER="our own gateway").returncode in (
        0,
        1,
    )
    (project / "brand_data" / "prices.yaml").write_text(
        f"- {{provider: '{stub.base_url.split('/')[2]}', model: '*', currency: EUR, input_price: 0, cached_price: 0,"
        " output_price: 0, valid_from: 2026-01-01, source: ours, note: electricity only}\n",
        encoding="utf-8",
    )
    assert inedit(*here, "--refresh", "--variants", "3", OPENAI_BASE_URL=stub.base_url).returncode in (0, 1)
    rows = list(csv.DictReader(io.StringIO(inedit("ledger", "export", "--format", "csv").stdout)))
    assert {(row["cost_micros"], row["price_note"]) for row in rows} == {
        ("0", "our own gateway"),
        ("0", "electricity only"),
    }
    assert len(rows) == len(stub.served)


def test_a_plan_spends_nothing(inedit: Inedit, stub: StubOpenAI) -> None:
    """plan and --dry-run tell pieces, tokens, cost and time without a call."""
    outlook = json.loads(
        inedit("plan", "collection-hiver", "--model", "gpt-5-mini", "--json", OPENAI_API_KEY="sk-x").stdout
    )
    assert outlook["pieces"] == 600
    assert outlook["cost_micros"][0] > 0
    dry = inedit("produce", "mini", "--model", "stub", "--dry-run", **stub.environment)
    assert dry.returncode == 0
    assert "12 of 12 pieces" in dry.stdout
    assert stub.requests == []


def test_the_time_of_a_plan_is_that_of_its_concurrency(inedit: Inedit) -> None:
    """360 pieces take a quarter of the time when four are written at once, in a plan and in a dry run alike."""

    def seconds(*words: str) -> list[int]:
        ran = inedit(*words, "--mirror", "0", "--model", "gpt-5-mini", "--json", OPENAI_API_KEY="sk-x")
        return list(json.loads(ran.stdout)["seconds"])

    alone, four = (seconds("plan", "collection-hiver", "--concurrency", count) for count in ("1", "4"))
    assert four == pytest.approx([second / 4 for second in alone], abs=1)
    assert seconds("produce", "collection-hiver", "--dry-run", "--concurrency", "4") == four
    assert seconds("plan", "collection-hiver") == pytest.approx([second / 16 for second in alone], abs=1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("produce", "nosuch"),
            "There is no campaign 'nosuch' in brand_data/campaigns. There is: atelier-ouvert, collection-hiver, mini.",
        ),
        (("produce", "mini", "--language", "it"), "has no language 'it'"),
        (("produce", "mini", "--model", "gpt-5-mini"), "set OPENAI_API_KEY"),
        (("produce", "mini", "--max-cost", "much"), "'much' is not an amount"),
        (("produce", "mini", "--dry-run", "--max-cost", "1e400 EUR"), "'1e400 EUR' is not an amount"),
        (("piece", "zzz"), "No piece starts with 'zzz'"),
        (("guard", "text", "--language", "xx", "--channel", "email", "-"), "has no language 'xx'"),
        (
            ("guard", "text", "-l", "fr", "-c", "email", "--segment", "nobody", "-"),
            "has no segment 'nobody'. It has: families",
        ),
        (("guard", "pairs", "nosuch.jsonl"), "Cannot read nosuch.jsonl"),
        (("guard", "bench", "pairs.jsonl", "--without", "semhash"), "'semhash, MiniLM'"),
        (("ledger", "report", "--month", "november"), "is not a month"),
        (("ledger", "export", "--month", "2026-00"), "is not a month"),
        (("ledger", "export", "--out", "."), "is a directory"),
        (("ledger", "report", "--html", "/"), "is a directory"),
        (("ledger", "report", "--xlsx", "."), "is a directory"),
        (("ledger", "export", "--format", "parquet", "--out", "nosuch/costs.parquet"), "Cannot write nosuch"),
        (("init", "."), "not empty"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_input_is_one_clear_message(inedit: Inedit, arguments: tuple[str, ...], told: str) -> None:
    """Exit code 2 and a sentence that says what to do."""
    result = inedit(*arguments, stdin="")
    assert result.returncode == 2, result.stderr
    assert told in complaint(result)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_serving_on_a_taken_port_is_told_in_one_sentence(inedit: Inedit, taken_port: int) -> None:
    """A second serve says that the port is taken, and how to join or choose another."""
    result = inedit("serve", "--project", str(ROOT), "--port", str(taken_port), PREFECT_API_URL="")
    assert result.returncode == 2
    assert f"Port {taken_port} is taken" in complaint(result)


def test_joining_a_server_that_is_not_there_is_told(inedit: Inedit) -> None:
    """serve does not hang on a Prefect server that does not answer."""
    result = inedit("serve", "--project", str(ROOT), PREFECT_API_URL="http://127.0.0.1:9/api")
    assert result.returncode == 3
    assert "No Prefect server answers at http://127.0.0.1:9/api" in complaint(result)


def test_outside_a_project(inedit: Inedit, tmp_path: Path) -> None:
    """Away from any brand project, the message says how to get to one or make one."""
    result = inedit("check", cwd=tmp_path)
    assert result.returncode == 2
    assert "inedit init" in complaint(result)


def test_an_unreachable_server_is_a_provider_failure(inedit: Inedit) -> None:
    """Exit code 3, the address, and nothing pending in the ledger."""
    result = inedit("produce", "mini", "--model", "m", *POSTS, **GONE)
    assert result.returncode == 3
    assert "http://127.0.0.1:9/v1 cannot be reached" in complaint(result)
    assert json.loads(inedit("ledger", "report", "--json").stdout)["possibly_billed"] == 0


def test_a_refused_key_is_told_without_the_key(inedit: Inedit) -> None:
    """A 401 names the variable to look at; the key itself is nowhere."""
    with StubOpenAI(api_key="right").in_thread() as server:
        result = inedit(
            "produce", "mini", "--model", "m", *POSTS,
            **server.environment, OPENAI_API_KEY="sk-secret-123456789",
        )  # fmt: skip
    assert result.returncode == 3
    assert "OPENAI_API_KEY" in complaint(result)
    assert "secret" not in result.stdout + result.stderr


def test_broken_yaml_is_told_with_file_and_line(inedit: Inedit, project: Path) -> None:
    """All faults at once, as data with --json; produce refuses before anything is spent."""
    (project / "brand_data" / "tones.yaml").write_text("- id: [\n", encoding="utf-8")
    segments = project / "brand_data" / "segments.yaml"
    segments.write_text(
        segments.read_text(encoding="utf-8").replace("formality:", "formalty:", 1), encoding="utf-8"
    )
    checked = inedit("check", "--json")
    assert checked.returncode == 2
    issues = json.loads(checked.stdout)
    assert {"file", "line", "column", "code", "message", "remedy", "severity"} == set(issues[0])
    assert {"brand_data/tones.yaml", "brand_data/segments.yaml"} <= {issue["file"] for issue in issues}
    refused = inedit("produce", "mini")
    assert refused.returncode == 2
    assert "brand_data/tones.yaml:" in complaint(refused)
    assert not (project / ".inedit").exists(), "nothing half-written"


def test_an_unknown_variable_in_a_template_is_told(inedit: Inedit, project: Path) -> None:
    """check names the template, its line and the nearest name."""
    template = project / "prompts" / "email.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\n{{ segmnt.name }}\n", encoding="utf-8")
    result = inedit("check")
    assert result.returncode == 2
    assert "segmnt" in result.stdout
    assert "segment" in result.stdout
    assert "prompts/email.md.j2:" in result.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere; the next test holds for root too")
def test_a_read_only_folder_is_told(inedit: Inedit, project: Path) -> None:
    """A project that cannot be written says so, and how to go on."""
    project.chmod(0o555)
    try:
        result = inedit("produce", "mini", "--model", "m", **GONE)
    finally:
        project.chmod(0o755)
    assert result.returncode == 2
    assert "INEDIT_DATABASE_URL" in complaint(result)


def test_a_place_that_cannot_hold_the_database_is_told(inedit: Inedit, project: Path) -> None:
    """Where the database's folder should be there is a file: one message, exit code 2."""
    (project / ".inedit").write_text("not a folder", encoding="utf-8")
    result = inedit("produce", "mini", "--model", "m", **GONE)
    assert result.returncode == 2
    assert "INEDIT_DATABASE_URL" in complaint(result)


def test_corrupted_weights_are_refused(inedit: Inedit, tmp_path: Path) -> None:
    """A file that is no model ends in exit code 3 and says what to do."""
    weights = tmp_path / "broken.gguf"
    weights.write_bytes(b"GGUF" + bytes(1000))
    result = inedit("produce", "mini", "--model", str(weights))
    assert result.returncode == 3
    assert "broken.gguf" in complaint(result)


def test_pairs_are_judged_row_by_row(inedit: Inedit, tmp_path: Path) -> None:
    """guard pairs keeps the interface that scripts rely on."""
    text = (
        "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise."
    )
    rows = [
        {"id": "same", "lang": "fr", "text_a": text, "text_b": text.replace("dimanche", "jeudi")},
        {
            "id": "other",
            "lang": "fr",
            "text_a": text,
            "text_b": "Les draps sèchent au vent de la vallée avant midi.",
        },
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    result = inedit("guard", "pairs", str(file), "--json")
    judged = {row["id"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert result.returncode == 0
    assert judged["same"]["copy"] is True
    assert judged["other"]["copy"] is False
    assert {"id", "copy", "score", "signal", "threshold", "spans"} <= set(judged["same"])
    assert 0 <= judged["other"]["score"] < judged["same"]["score"] <= 1


@pytest.mark.parametrize("as_json", ["", "--json"])
def test_who_reads_no_further_gets_no_error(tmp_path: Path, as_json: str) -> None:
    """``inedit … | head -1`` ends well, with a pipe that is closed long before the end."""
    row = json.dumps(
        {"id": "x" * 4000, "lang": "fr", "text_a": "Odette coud encore.", "text_b": "Odette coud."}
    )
    file = tmp_path / "pairs.jsonl"
    file.write_text(f"{row}\n" * 500, encoding="utf-8")
    command = f"{sys.executable} -c 'from inedit.cli import main; main()' guard pairs {file} {as_json}"
    done = subprocess.run(
        ["/bin/bash", "-c", f"{command} | head -1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "x" in done.stdout


@pytest.mark.parametrize(("ending", "packed"), [("jsonl", None), ("gz", gzip), ("xz", lzma)])
def test_pairs_are_read_as_they_are_stored(
    inedit: Inedit, tmp_path: Path, ending: str, packed: ModuleType | None
) -> None:
    """Packed or not, with the mark that some editors put first, and with ends of lines that are none in JSON."""
    text = "Une chaise a coincé la nappe du dimanche,\u2028et le lin s'est déchiré\x85jusqu'à l'ourlet."
    row = {"id": 1, "lang": "fr", "text_a": text, "text_b": text}
    line = f"\ufeff{json.dumps(row, ensure_ascii=False)}\r\n".encode()
    file = tmp_path / f"pairs.{ending}"
    file.write_bytes(line if packed is None else packed.compress(line))
    result = inedit("guard", "pairs", str(file), "--json")
    assert json.loads(result.stdout)["copy"] is True, result.stderr
    if packed is not None:
        file.write_bytes(packed.compress(line)[:20])
        result = inedit("guard", "pairs", str(file))
        assert result.returncode == 2
        assert "cut off" in complaint(result)


def test_pairs_that_cannot_be_read_are_told_by_file_and_line(inedit: Inedit, tmp_path: Path) -> None:
    """A packed file that was damaged, and JSON nested beyond reading."""
    packed = bytearray(gzip.compress(b'{"id": 1, "lang": "fr"}\n' * 50))
    packed[12:30] = b"\xff" * 18
    damaged, nested = tmp_path / "pairs.jsonl.gz", tmp_path / "pairs.jsonl"
    damaged.write_bytes(packed)
    nested.write_text("[" * 200_000, encoding="utf-8")
    for file, told in ((damaged, "pairs.jsonl.gz is not what its ending says"), (nested, "line 1: not JSON")):
        result = inedit("guard", "pairs", str(file))
        assert result.returncode == 2
        assert told in complaint(result)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_what_an_output_cannot_carry_is_escaped_in_it(inedit: Inedit, encoding: str) -> None:
    """Half a character, which only JSON can spell, and any accent where the terminal has none."""
    text = "La nappe \ud83d est déchirée depuis dimanche, jusqu'à l'ourlet"
    rows = json.dumps({"id": "é\ud83d", "lang": "fr", "text_a": text, "text_b": text})
    for options in (("--json",), ("--explain",)):
        result = inedit("guard", "pairs", "-", *options, stdin=rows, PYTHONIOENCODING=encoding)
        assert result.returncode == 0, result.stderr
        if options == ("--json",):
            assert json.loads(result.stdout)["spans"][0]["text"] == text


def test_a_text_of_any_origin_is_judged(inedit: Inedit) -> None:
    """guard text finds the figure that no fact supports, and exits with 1."""
    result = inedit(
        "guard", "text", "--language", "fr", "--channel", "email", "--json", "-",
        stdin="Nos draps durent 300 ans, garantis les meilleurs du monde.",
    )  # fmt: skip
    judged = json.loads(result.stdout)
    assert result.returncode == 1
    assert judged["decision"] == "revise"
    assert any(finding["check"] == "figures" for finding in judged["findings"])


HONEST = {
    "fr": "Odette, 71 ans, reprend encore un drap. Apportez-nous le vôtre.",
    "en": "Odette, 71, still mends a sheet. Bring us yours.",
    "de": "Odette, 71, flickt noch immer ein Laken. Bringen Sie uns Ihres.",
    "es": "Odette, de 71 años, todavía remienda una sábana. Traiga la suya.",
    "it": "Odette, 71 anni, rammenda ancora un lenzuolo. Porti il suo.",
}
INVENTED = {
    "fr": "Le meilleur drap, garanti 30 ans, et tu dors mieux.",
    "en": "The best sheet, guaranteed for 30 years.",
    "de": "Das beste Laken, 30 Jahre Garantie, und du schläfst.",
    "es": "La mejor sábana, 30 años de garantía, y tú duermes.",
    "it": "Il miglior lenzuolo, 30 anni di garanzia, e tu dormi.",
}


@pytest.mark.parametrize("language", HONEST)
def test_texts_of_five_languages_are_judged_from_the_command_line(
    inedit: Inedit, tmp_path: Path, language: str
) -> None:
    """An honest text passes with the receipt it leaves; an invented one goes back with each reason and remedy."""
    brand = write_tiny_project(tmp_path / "tiny")
    arguments = ("guard", "text", "--language", language, "--channel", "email", "--json", "-")
    honest = inedit(*arguments, cwd=brand, stdin=HONEST[language])
    told = json.loads(honest.stdout)
    assert (honest.returncode, told["decision"], told["findings"]) == (0, "accept", [])
    assert "odette" in {receipt["source_id"] for receipt in told["receipts"]}
    invented = inedit(*arguments, cwd=brand, stdin=INVENTED[language])
    findings = json.loads(invented.stdout)["findings"]
    expected = {"figures", "superlatives"} | ({"address"} if language != "en" else set())
    assert invented.returncode == 1
    assert expected <= {finding["check"] for finding in findings}
    assert all(finding["remedy"] for finding in findings)
    young = inedit(*arguments, "--segment", "young", cwd=brand, stdin=INVENTED[language])
    assert "address" not in {finding["check"] for finding in json.loads(young.stdout)["findings"]}


def test_a_new_project_is_ready_to_run(inedit: Inedit, tmp_path: Path, stub: StubOpenAI) -> None:
    """init makes a project that check approves and produce can write from."""
    fresh = tmp_path / "fresh"
    assert inedit("init", str(fresh)).returncode == 0
    assert inedit("check", cwd=fresh).returncode == 0
    run = inedit("produce", "demo", "--model", "stub", "--json", cwd=fresh, **stub.environment)
    assert run.returncode in (0, 1), run.stderr
    assert stub.served


def test_help_starts_without_a_heavy_import(inedit: Inedit) -> None:
    """--help loads neither torch, openai, SQLAlchemy, numpy nor Prefect."""
    heavy = {"torch", "openai", "sqlalchemy", "numpy", "prefect", "pydantic", "jinja2"}
    code = (
        "import sys; from typer.testing import CliRunner; from inedit.cli import app;"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0;"
        "print(*sorted(m for m in sys.modules if '.' not in m))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_what_only_reads_starts_without_what_writes(project: Path) -> None:
    """plan and pieces load no model, client, encoder, scheduler or comparison, and plan no SQLAlchemy: half a second of
    CPU has no room."""
    heavy = {"torch", "openai", "aiohttp", "numpy", "rapidfuzz", "prefect", "babel", "alembic", "pgvector"}
    open_store(f"sqlite:///{project}/inedit.db").close()
    code = (
        "import sys; from typer.testing import CliRunner; from inedit.cli import app;"
        "runs = [CliRunner().invoke(app, ['plan', 'mini'])];"
        "assert 'sqlalchemy' not in sys.modules, 'a quarter of the time of a plan';"
        "runs.append(CliRunner().invoke(app, ['pieces', '--json']));"
        "assert not any(run.exit_code for run in runs), [run.output for run in runs];"
        "print(*sorted(sys.modules))"
    )
    environment = {**os.environ, "INEDIT_DATABASE_URL": f"sqlite:///{project}/inedit.db"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=project, env=environment)
    loaded = run.stdout.split()
    assert heavy.isdisjoint(name.partition(".")[0] for name in loaded)
    assert "sqlalchemy.dialects.postgresql" not in loaded, "20 ms for whom SQLite serves"
    judging = (
        "inedit.guard.similarity",
        "inedit.guard.evidence",
        "inedit.guard.checks",
        "inedit.generation.client",
    )
    assert not [name for name in loaded if name.startswith(judging)]


def test_what_ends_is_not_looked_through_for_garbage(project: Path) -> None:
    """Python would walk through all that a command has loaded, twice, only to give it back: a quarter of its time."""
    code = (
        "import atexit, gc, sys; atexit.register(lambda: print('frozen', gc.get_freeze_count()));"
        "sys.argv[1:] = ['--version']; from inedit.cli import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=project
    )
    assert int(run.stdout.split()[-1]) > 10_000


def test_what_only_reads_looks_for_no_garbage_and_no_plugins(project: Path) -> None:
    """A plan ends before Python looks for garbage, and opens no file of packages that have nothing to do with it."""
    open_store(f"sqlite:///{project}/inedit.db").close()
    code = (
        "import atexit, gc, sys; looked = lambda: sum(each['collections'] for each in gc.get_stats());"
        "from inedit.cli import main; before = looked();"
        "atexit.register(lambda: print('looked', looked() - before));"
        "opened = []; sys.addaudithook(lambda event, given: event == 'open' and opened.append(str(given[0])));"
        "atexit.register(lambda: print(*[name for name in opened if name.endswith('entry_points.txt')]));"
        "sys.argv[1:] = ['plan', 'mini']; main()"
    )
    environment = {**os.environ, "INEDIT_DATABASE_URL": f"sqlite:///{project}/inedit.db"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=project, env=environment)
    opened, looked = run.stdout.splitlines()[-2:]
    assert opened == ""
    assert looked == "looked 0"


def test_words_between_colons_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A text is shown as it was written, not as a picture."""
    from inedit.cli.console import out

    out.print("Notre atelier :fire: à Lyon")
    assert ":fire:" in capsys.readouterr().out


def test_a_list_is_printed_one_value_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    """The same document as of the whole list; a value is printed before the next one is read."""
    values = [{"id": "é", "parts": ["a", "b"]}, {"id": "2", "parts": []}, {}]
    printed: list[bool] = []

    def read() -> Iterator[object]:
        for value in values:
            printed.append(bool(capsys.readouterr().out))
            yield value

    for listed in ([], values[:1], values):
        emit_json_list(iter(listed))
        assert capsys.readouterr().out == json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
    emit_json_list(read())
    assert printed == [False, True, True]
    capsys.readouterr()
    for listed in ([], values[:1], values):
        emit_json_with({"id": 1, "pieces": [], "totals": {"pieces": []}}, "pieces", iter(listed))
        whole = {"id": 1, "pieces": listed, "totals": {"pieces": []}}
        assert capsys.readouterr().out == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    emit_json_with({"pieces": []}, "pieces", read())
    assert printed == [False, True, True, False, True, True]


@pytest.mark.parametrize("readable", [0, 1, 2])
def test_a_list_that_cannot_be_read_to_its_end_leaves_a_whole_document(
    capsys: pytest.CaptureFixture[str], readable: int
) -> None:
    """What was read and all beside it are printed; then the error goes on."""

    def read() -> Iterator[object]:
        yield from [{"id": 1}, {"id": 2}][:readable]
        raise StoreError("The database is gone.")

    with pytest.raises(StoreError):
        emit_json_with({"run_id": "r", "pieces": [], "totals": {"accepted": 9}}, "pieces", read())
    whole = {"run_id": "r", "pieces": [{"id": 1}, {"id": 2}][:readable], "totals": {"accepted": 9}}
    assert json.loads(capsys.readouterr().out) == whole


def test_a_person_approves_in_the_terminal(inedit: Inedit) -> None:
    """What waits is listed with exit code 1; one piece goes back, the rest is approved by a name."""
    part = ("--channel", "social", "--language", "fr", "--mirror", "0")
    with StubOpenAI(answer=tell_the_insight).in_thread() as stub:
        env = {**stub.environment, "INEDIT_MODEL": "stub"}
        assert inedit("produce", "mini", *part, "--require-approval", "--json", **env).returncode == 1
        listed = inedit("approve", "mini", "--json")
        assert listed.returncode == 1
        waiting = [piece["id"] for piece in json.loads(listed.stdout)]
        assert len(waiting) == 2

        said = ("approve", "mini", "--by", "Anne", "--minutes", "3")
        assert "Write a comment" in complaint(inedit(*said, "--send-back", waiting[0]))
        assert "--minutes" in complaint(inedit(*said[:-1], "three"))
        back = inedit(*said, "--send-back", waiting[0][:6], "--comment", "Plus court.", "--json")
        assert [p["approval"] for p in json.loads(back.stdout)] == ["sent-back", "awaited"]
        assert inedit("produce", "mini", *part, "--json", **env).returncode == 1, "it is shown again"
        assert "Plus court." in stub.requests[-1]["messages"][-1]["content"]
    assert "Pieces are checked for accuracy" in complaint(inedit(*said, "--checked", "spelling"))
    done = inedit(*said, "--checked", "accuracy", "--checked", "sources", "--json")
    assert done.returncode == 0
    piece = json.loads(inedit("piece", waiting[1], "--json").stdout)
    (review,) = piece["human_reviews"]
    assert (review["reviewed_by"], review["accuracy"], review["plausibility"]) == ("Anne", True, False)
    assert 0 <= piece["ai_share"] <= 1
    assert "read for accuracy, sources" in " ".join(inedit("piece", waiting[1]).stdout.split())
    assert {(p["status"], p["decided_by"]) for p in json.loads(done.stdout)} == {("accepted", "Anne")}
    assert inedit("approve", "mini").stdout.strip() == "Nothing waits for approval."
    assert inedit("ledger", "verify").returncode == 0


def test_the_archive_is_judged_again_from_the_terminal(inedit: Inedit, project: Path) -> None:
    """Exit code 0 while all passes; 1 and the reason once the brand has taken something back."""
    with StubOpenAI(answer=tell_the_insight).in_thread() as stub:
        env = {**stub.environment, "INEDIT_MODEL": "stub"}
        inedit("produce", "mini", "--channel", "social", "--language", "fr", "--mirror", "0", **env)
    sound = inedit("guard", "archive")
    assert (sound.returncode, sound.stdout.strip()) == (0, "0 of 2 accepted pieces would no longer pass.")
    for brief in (project / "brand_data/campaigns").iterdir():
        brief.unlink()
    gone = inedit("guard", "archive", "--json")
    assert gone.returncode == 1
    rows = [json.loads(line) for line in gone.stdout.splitlines()]
    assert [row["passes"] for row in rows] == [False, False]
    assert rows[0]["findings"][0]["message"] == "The brand has no campaign 'mini' any more."


def test_serving_to_others_needs_a_password(inedit: Inedit) -> None:
    """Without Prefect's basic authentication, serve opens to this machine only, and says how to open it."""
    result = inedit("serve", "--host", "0.0.0.0", PREFECT_API_URL="", PREFECT_SERVER_API_AUTH_STRING="")  # noqa: S104
    assert result.returncode == 2
    assert "PREFECT_SERVER_API_AUTH_STRING='name:password'" in complaint(result)


def test_many_texts_are_judged_in_one_process(tmp_path: Path, inedit: Inedit) -> None:
    """A row in, a row out, in order; given facts hold in place of the brand's; exit code 1 when one is blocked."""
    rows = [
        {"id": "a", "language": "fr", "channel": "email", "text": "Odette reprend les draps à la main."},
        {"id": "b", "language": "fr", "channel": "email", "parts": {"subject": "Un drap à 9 €"}},
        {
            "id": "c",
            "language": "fr",
            "channel": "email",
            "text": "Le drap coûte 9 €.",
            "facts": ["Le drap coûte 9 €."],
        },
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = inedit("guard", "texts", str(file), "--json")
    judged = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [row["id"] for row in judged] == ["a", "b", "c"]
    assert judged[1]["decision"] == "revise"
    assert judged[2]["decision"] == "accept"
    assert {"id", "decision", "findings", "receipts", "own_words"} == set(judged[0])


def test_a_row_that_cannot_be_judged_is_named(tmp_path: Path, inedit: Inedit) -> None:
    """The message says which row, what is wrong, and what a row looks like."""
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "a", "language": "fr", "channel": "email"}', encoding="utf-8")
    done = inedit("guard", "texts", str(file), "--json")
    assert done.returncode == 2
    assert "row 1: there is neither 'text' nor 'parts'" in " ".join(done.stderr.split())


def test_warnings_are_told_and_stop_nothing(inedit: Inedit, project: Path) -> None:
    """Exit code 0 with warnings only, each with its severity; one error makes it 2."""
    campaign = project / "brand_data" / "campaigns" / "mini.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text + "\nvariants_per_cell: 50\n" if "variants_per_cell" not in text else
                        text.replace("variants_per_cell: 1", "variants_per_cell: 50"), encoding="utf-8")  # fmt: skip
    told = inedit("check", "--json")
    assert told.returncode == 0
    assert {(issue["code"], issue["severity"]) for issue in json.loads(told.stdout)} == {
        ("too-many-places", "warning")
    }
    campaign.write_text(text.replace("segments: [families", "segments: [familys"), encoding="utf-8")
    assert inedit("check").returncode == 2


def test_a_language_is_begun_from_the_command_line(inedit: Inedit, project: Path) -> None:
    """new says what was made and what is left; preview says why."""
    told = inedit("new", "language", "pt")
    assert told.returncode == 0
    assert "brand_data/lexicon/pt.yaml is new" in told.stdout
    assert inedit("new", "language", "pt").returncode == 2
