"""The whole loop through the command line: what people say becomes an insight, texts, a test, and another plan.

A stub server stands in the model's place, behind the real client: the embedded model writes for minutes, so it does
only where ``INEDIT_LOOP=1`` asks for it. All else is real: the offline coder, the encoder, the guard, the
ledger, the statistics.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from fakes.command import TERMINAL
from fakes.field import discord_export, discord_message
from fakes.field_store import TORN
from fakes.loop import CAMPAIGN, LONG, OURS
from fakes.stub_openai import StubOpenAI
from fakes.studio import copy_project
from fakes.writer import tell_the_insight_under_a_title
from inedit.cli import app
from inedit.model.errors import WrongInput

ALONE = "Trois semaines que j'attends mon colis, personne ne répond."
EMBEDDED = pytest.param("embedded", marks=[pytest.mark.real_model, LONG])


@pytest.fixture(params=["stub", EMBEDDED])
def inedit(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Result]]:
    """Runs a command in a copy of the demo project; it must end with the code that is expected."""
    monkeypatch.chdir(copy_project(tmp_path))
    embedded = request.param == "embedded"
    if embedded:
        monkeypatch.delenv("INEDIT_PROMPTS")  # as a project has it that sets nothing
    served = nullcontext() if embedded else StubOpenAI(answer=tell_the_insight_under_a_title).in_thread()
    with served as stub:
        theirs = {**stub.environment, "INEDIT_MODEL": "stub"} if stub else {}
        runner = CliRunner(
            env={**TERMINAL, **theirs, "INEDIT_FIELD_KEY": str(tmp_path / "field.key"), "INEDIT_LANG": "en"}
        )

        def run(*arguments: str, code: int = 0) -> Result:
            result = runner.invoke(app, list(arguments))
            if isinstance(result.exception, WrongInput):
                raise result.exception
            assert result.exit_code == code, f"{arguments}\n{result.output}\n{result.exception!r}"
            return result

        yield run


def test_from_what_people_say_to_another_plan(inedit: Callable[..., Result], tmp_path: Path) -> None:
    """Import, code, accept one insight, produce, test, and the next plan changes and says why."""

    def told(*arguments: str) -> Any:
        return json.loads(inedit(*arguments, "--json").stdout)

    # observe: everybody under a pseudonym, once
    messages = [discord_message(n, text, str(n)) for n, text in enumerate(TORN, 1)]
    messages += [discord_message(20, ALONE, "20"), discord_message(21, f"{TORN[0]} @user3x", "1")]
    export = str(discord_export(tmp_path / "export.json", messages))
    assert told("field", "import", export, "--place", "reprise-discord")["added"] == len(messages)
    assert told("field", "import", export, "--place", "reprise-discord")["added"] == 0

    # code, offline; candidates: what six people said is shown, what one said is counted
    assert told("field", "code")["coded"] == len(messages)
    found = told("insights", "candidates")
    (candidate,) = found["shown"]
    assert (next(iter(candidate["codes"])), candidate["people"]) == ("wears-out", len(TORN))
    assert found["too_small"] >= 1

    # accept, in our own words
    accept = (
        "insights", "accept", candidate["id"], "--as", OURS, "--by", "Ana", "--product", "sheet", "--text",
        "fr=Un drap se troue presque toujours aux pieds, et presque jamais ailleurs.", "--evidence", "fr=pieds",
    )  # fmt: skip
    with pytest.raises(WrongInput, match="No candidate starts"):
        inedit(*accept, "--people", "7")
    assert told(*accept)["insight"]["source"].startswith("6 people in reprise-discord")
    (tmp_path / "brand_data" / "campaigns" / "loop.yaml").write_text(CAMPAIGN, encoding="utf-8")

    # produce: every text tells its insight, and every call is in the ledger
    produced = told("produce", "loop", "--mirror", "0", "--segment", "families", "--variants", "3",
                    "--max-attempts", "8")  # fmt: skip
    assert {piece["status"] for piece in produced["pieces"]} == {"accepted"}
    written = {piece["spec"]["insight_ids"][0]: piece for piece in produced["pieces"]}
    other = next(
        name for name in written if name != OURS
    )  # a small model is given another one where it fails
    for name in (OURS, other):
        assert name in [receipt["source_id"] for receipt in written[name]["receipts"]]
    inedit("ledger", "verify")
    assert told("plan", "loop")["tests"]["evidence"] == []

    # test: how large it must be, then what came back
    test = told("experiment", "start", "loop", "--factor", "insight", "--arm", other, "--arm", OURS,
                "--rate", "10%", "--effect", "30%")  # fmt: skip
    assert (test["confounded"], len({len(arm["pieces"]) for arm in test["arms"]})) == ([], 1)
    size, results = test["size"], tmp_path / "results.csv"
    for share, state in ((2, "running"), (1, "decided")):
        shown = size // share
        results.write_text(
            "arm,day,impressions,clicks\n"
            f"{other},2026-11-20,{shown},{shown // 10}\n{OURS},2026-11-20,{shown},{shown // 6}\n",
            encoding="utf-8",
        )
        inedit("experiment", "results", test["id"], str(results))
        assert told("experiment", "show", test["id"])["state"] == state

    # and the next plan tells it more often, and says why
    assert told("plan", "loop")["tests"]["variants_changed"] > 0
    why = " ".join(inedit("plan", "loop").stdout.split())
    assert f"insight {OURS} 1 test ({test['id']}; until 20 November 2026" in why
    assert "variants are given something else than by turn" in why
