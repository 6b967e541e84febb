"""From accepted texts to a plan that prefers what works: start, split, results, show, and the next plan says why."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from fakes.experiments import a_piece, keep
from fakes.studio import copy_project
from inedit.cli import app
from inedit.model.errors import WrongInput
from inedit.store import open_store

RUNNER = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb", "INEDIT_LANG": "en"})
PART = ("--language", "fr", "--channel", "email")
GOOD, BAD = "blue-thread", "flood-1990"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo brand, with accepted texts about two insights that are alike in everything else."""
    root = copy_project(tmp_path)
    store = open_store(f"sqlite:///{root / '.inedit' / 'inedit.db'}")
    of = {"campaign": "collection-hiver", "angle": "testimony"}
    keep(store, *(a_piece(n, **of, insight_ids=((GOOD, BAD)[n % 2],)) for n in range(4)))
    store.close()
    monkeypatch.chdir(root)
    return root


def run(*arguments: str, code: int = 0) -> Result:
    result = RUNNER.invoke(app, list(arguments))
    if isinstance(result.exception, WrongInput):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def test_the_loop_from_test_to_plan(project: Path) -> None:
    started = json.loads(
        run(
            "experiment", "start", "collection-hiver", "--factor", "insight", "--arm", BAD, "--arm", GOOD, "--rate",
            "10%", "--effect", "30%", "--json",
        ).stdout
    )  # fmt: skip
    name, size = started["id"], started["size"]
    assert (name, started["confounded"], [len(arm["pieces"]) for arm in started["arms"]]) == (
        "collection-hiver-insight-1", [], [2, 2]
    )  # fmt: skip
    Path("people.csv").write_text("id;mail\n1;a\n2;b\n3;c\n", encoding="utf-8")
    run("experiment", "split", name, "people.csv", "--column", "id", "--out", "arms.csv")
    rows = list(csv.DictReader(Path("arms.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert [row["mail"] for row in rows] == ["a", "b", "c"] and {row["arm"] for row in rows} <= {"A", "B"}

    def told() -> dict[str, Any]:
        return dict(json.loads(run("experiment", "show", name, "--json").stdout))

    def plan(*more: str) -> dict[str, Any]:
        return dict(json.loads(run("plan", "collection-hiver", *PART, "--json", *more).stdout))

    results = Path("results.csv")
    head = "arm,day,impressions,clicks\n"
    half = size // 2
    results.write_text(f"{head}{BAD},2026-11-20,{half},{half // 10}\n{GOOD},2026-11-20,{half},{half // 6}\n")
    run("experiment", "results", name, str(results))
    assert told()["state"] == "running"
    results.write_text(
        f"{head}{BAD},2026-11-21,{size},{size // 10}\n{GOOD},2026-11-21,{size},{size // 6}\nX,1,2,3\n"
    )
    refused = run("experiment", "results", name, str(results), code=1)
    assert "line 4" in refused.stderr and "nothing was taken in" in refused.stderr.replace("\n", " ")
    run("experiment", "results", name, str(results), "--keep-good", code=1)
    shown = told()
    assert (shown["state"], shown["winner"]) == ("decided", "B")
    assert shown["words"][0] == f"B (insight {GOOD}) wins."

    after = plan()["tests"]
    assert {one["value"] for one in after["evidence"]} == {GOOD, BAD}
    assert after["variants_changed"] > 0
    assert plan("--by-turn")["tests"]["variants_changed"] == 0
    assert f"insight {GOOD}" in run("plan", "collection-hiver", *PART).stdout
    assert f"insight {GOOD}: 1 test ({name}" in run("experiment", "learned").stdout


def test_arms_that_differ_in_more_are_warned_of(project: Path) -> None:
    store = open_store(f"sqlite:///{project / '.inedit' / 'inedit.db'}")
    keep(store, a_piece(9, campaign="collection-hiver", angle="how-to", tone="wry", insight_ids=(GOOD,)))
    store.close()
    said = run(
        "experiment", "start", "collection-hiver", "--factor", "angle", "--rate", "10%", "--effect", "30%"
    )  # fmt: skip
    assert "differ in more than one thing: angle and tone" in said.stderr.replace("\n", " ")
    with pytest.raises(WrongInput, match="no accepted texts"):
        run("experiment", "start", "mini", "--factor", "angle", "--rate", "10%", "--effect", "30%")


def test_the_return_of_a_community_is_read_from_the_project(project: Path) -> None:
    file = project / "brand_data" / "community_returns.yaml"
    file.write_text(
        "- community: salon\n  month: 2026-11\n  currency: EUR\n  members: 1000\n  basket: {before: 40, uplift: 24 %}\n"
        "  repurchase: {before: 20 %, uplift: 37 %}\n  tools: 200\n  content: {campaigns: [collection-hiver]}\n"
        "  moderation: {hours: 40, hourly_rate: 35}\n  source: CRM\n",
        encoding="utf-8",
    )
    (found,) = json.loads(run("ledger", "return", "--json").stdout)
    assert (found["verdict"], found["gains"]["expected"][:7]) == ("pays", "5590.40")
    assert "threshold 3" in run("ledger", "return").stdout
    file.write_text("- community: salon\n", encoding="utf-8")
    assert RUNNER.invoke(app, ["ledger", "return"]).exception is not None
