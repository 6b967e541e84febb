"""The other flows on a real Prefect server: what each leaves to be read, and how each fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from e2e.serving import ROOT
from e2e.test_produce_flow import artifacts_of, pytestmark, run_flow
from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight

__all__ = ["pytestmark"]


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo brand that the flows are served for."""
    root = tmp_path / "brand"
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, root / folder)
    monkeypatch.setenv("INEDIT_PROJECT", str(root))
    monkeypatch.setenv("INEDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'inedit.db'}")
    return root


def flow_of(word: str) -> Any:
    """A flow that a project without a folder of flows serves, by what it does."""
    from inedit.orchestration.deployments import deployments_of

    (found,) = (spec.flow for spec in deployments_of(Path("nowhere")) if spec.word == word)
    return found


async def ended(flow: Any, **parameters: Any) -> tuple[Any, dict[str, Any]]:
    """The state of a run, and what it left."""
    state = await flow(**parameters, return_state=True)
    return state, await artifacts_of(state.state_details.flow_run_id)


async def test_a_dry_run_shows_the_plan_and_spends_nothing(produce_flow, monkeypatch, tmp_path) -> None:
    """Pieces by channel and language, tokens, cost; no call is made, no run is begun."""
    async with StubOpenAI(answer=tell_the_insight) as stub:
        state, id = await run_flow(
            produce_flow, monkeypatch, tmp_path, stub, dry_run=True, variants_per_cell=2
        )
        assert stub.requests == []
    assert state.is_completed()
    assert state.message.startswith("Dry run: 4 of 4 pieces")
    assert "what would be written" in (await artifacts_of(id))["markdown"]


async def test_a_provider_without_a_key_is_told_where_to_put_one(produce_flow, brand: Path) -> None:
    """In the environment, or in a Secret block by its name; and the embedded model needs none."""
    state, left = await ended(produce_flow.produce, campaign="mini", model="gpt-5-mini")
    assert state.is_failed()
    assert "OPENAI_API_KEY" in state.message
    assert "inedit-openai-api-key" in state.message
    assert left == {}


async def test_a_key_comes_from_a_secret_block_and_is_nowhere_to_be_read(
    produce_flow, monkeypatch, tmp_path, caplog
) -> None:
    """The provider gets it; logs, parameters, artifacts and the database do not."""
    from prefect.blocks.system import Secret

    key = "sk-block-0123456789"
    await Secret(value=key).save("inedit-openai-api-key", overwrite=True)
    async with StubOpenAI(answer=tell_the_insight, api_key=key) as stub:
        state, id = await run_flow(produce_flow, monkeypatch, tmp_path, stub)
    assert state.is_completed(), state.message
    assert key not in caplog.text
    assert key not in str(await artifacts_of(id))
    assert key.encode() not in (tmp_path / "inedit.db").read_bytes()
    async with StubOpenAI(answer=tell_the_insight, api_key="another") as stub:
        monkeypatch.setenv("INEDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
        state, _ = await run_flow(produce_flow, monkeypatch, tmp_path / "x", stub, only={"languages": ["en"]})
    assert state.is_failed()
    assert key not in state.message + caplog.text
    await Secret.adelete("inedit-openai-api-key")


async def test_a_reached_budget_fails_with_what_to_do(produce_flow, monkeypatch, tmp_path) -> None:
    """A run that stops early says what it came to, and how to go on."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    async with StubOpenAI(answer=tell_the_insight, model="gpt-5-mini") as stub:
        monkeypatch.setattr("inedit.ledger.provider_of", lambda _: "openai")
        state, _ = await run_flow(
            produce_flow, monkeypatch, tmp_path, stub, billed=True, model="gpt-5-mini",
            limits={"max_cost": "0.000001 USD"},
        )  # fmt: skip
        assert stub.served == []
    assert state.is_failed()
    assert "0 of 2 accepted" in state.message
    assert "'Resume' goes on with it" in state.message


async def test_the_preview_shows_every_message_of_a_prompt(prefect_server, brand: Path) -> None:
    """What the model is told, what it is asked; the variant is the first that is left."""
    preview_prompt = flow_of("Preview")

    only = {"channels": ["social"], "languages": ["es"]}
    state, left = await ended(preview_prompt, campaign="mini", only=only)
    assert state.is_completed(), state.message
    assert left["markdown"].startswith("# social · families · es · plain #1")
    assert "## What the model is told first" in left["markdown"]
    state, _ = await ended(preview_prompt, campaign="summer")
    assert state.is_failed()
    assert "There is no campaign 'summer'" in state.message


async def test_the_check_lists_every_fault_with_file_and_line(prefect_server, brand: Path) -> None:
    """A sound project completes; a broken one fails, and the artifact says what to fix."""
    check_project = flow_of("Check")

    state, left = await ended(check_project)
    assert state.is_completed(), state.message
    assert "sound" in left["markdown"]
    tones = brand / "brand_data/tones.yaml"
    tones.write_text(
        tones.read_text(encoding="utf-8").replace("instruction:", "instructions:"), encoding="utf-8"
    )
    state, left = await ended(check_project)
    assert state.is_failed()
    assert "errors in the brand project" in state.message
    assert "tones.yaml:" in left["markdown"]


async def test_the_archive_is_judged_again(
    prefect_server, produce_flow, brand, monkeypatch, tmp_path
) -> None:
    """What would no longer pass is listed with the reason; nothing is paid."""
    rejudge_archive = flow_of("Re-judge")

    async with StubOpenAI(answer=tell_the_insight) as stub:
        await run_flow(produce_flow, monkeypatch, tmp_path, stub)
        served = len(stub.served)
        state, _ = await ended(rejudge_archive)
        assert state.message == "0 of 2 accepted pieces would no longer pass."
        shutil.rmtree(brand / "brand_data/campaigns")
        (brand / "brand_data/campaigns").mkdir()
        state, left = await ended(rejudge_archive, campaigns=[])
        assert state.message == "2 of 2 accepted pieces would no longer pass."
        assert "The brand has no campaign" in left["markdown"].replace("<br>", " ")
        assert len(stub.served) == served


@pytest.mark.parametrize("form", ["xlsx", "csv", "jsonl", "parquet", "focus", "html"])
async def test_the_ledger_is_exported_in_every_format(
    prefect_server, produce_flow, brand, monkeypatch, tmp_path, form: str
) -> None:
    """The file is in the project's folder, complete, and the artifact says where."""
    export_ledger = flow_of("Export")
    from inedit.store import open_store

    open_store(f"sqlite:///{tmp_path / 'inedit.db'}").close()
    state, left = await ended(export_ledger, format=form)
    assert state.is_completed(), state.message
    suffix = "focus.csv" if form == "focus" else form
    (file,) = (brand / ".inedit/exports").iterdir()
    assert file.name == f"ledger-everything.{suffix}"
    assert file.name in left["markdown"]
    state, _ = await ended(export_ledger, format=form, month="November")
    assert state.is_failed()
    assert "'November' is not a month" in state.message
    if form == "jsonl":
        assert [json.loads(line) for line in file.read_text().splitlines()] == []


async def test_runs_that_a_killed_server_left_behind_are_told_how_to_go_on(
    prefect_server, brand: Path
) -> None:
    """On a server of our own nobody else can be at work on them; on one that was joined, somebody may be."""
    from prefect.client.orchestration import get_client
    from prefect.states import Running

    from inedit.orchestration.choices import choices_of
    from inedit.orchestration.deployments import deployment_of, deployments_of
    from inedit.serving.orphans import end_orphans

    produce = next(spec for spec in deployments_of(brand) if spec.word == "Produce")
    deployment = await deployment_of(produce, choices_of(brand))
    id = await deployment.aapply()
    async with get_client() as client:
        run = await client.create_flow_run_from_deployment(
            id, parameters={"campaign": "mini"}, state=Running()
        )
        assert await end_orphans([id], everywhere=False) == 0
        assert await end_orphans([id], everywhere=True) == 1
        left = await client.read_flow_run(run.id)
        assert left.state.is_crashed()
        assert "run 'Resume' and pick it" in left.state.message
        assert await end_orphans([id], everywhere=True) == 0
