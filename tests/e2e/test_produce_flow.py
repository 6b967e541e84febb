"""The flow *Produce a campaign* on a real Prefect server, with a stub in the model's place."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight

pytestmark = [
    pytest.mark.prefect,
    # Prefect's own: connections that it leaves to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


async def run_flow(
    flow: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stub: StubOpenAI, *, billed: bool = False,
    **parameters: Any,
):  # fmt: skip
    """The final state of a run, and its id; nobody bills it, unless it is ``billed``."""
    for name, value in stub.environment.items():
        monkeypatch.setenv(name, value)
    if billed:
        monkeypatch.delenv("INEDIT_FREE_SERVER")
    monkeypatch.setenv("INEDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'inedit.db'}")
    only = {"channels": ["social"], "languages": ["fr"], **parameters.pop("only", {})}
    state = await flow.produce(
        **{"campaign": "mini", "model": "stub", "only": only, **parameters}, return_state=True
    )
    assert state.state_details.flow_run_id is not None
    return state, state.state_details.flow_run_id


async def artifacts_of(flow_run_id: UUID) -> dict[str, Any]:
    """Artifacts of a run, by type."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run_id]))
    async with get_client() as client:
        return {
            artifact.type: artifact.data for artifact in await client.read_artifacts(artifact_filter=wanted)
        }


async def test_a_run_leaves_the_variants_and_their_verdicts_as_artifacts(
    produce_flow: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A completed run says how many were accepted, and has the texts, the table and the finished progress."""
    async with StubOpenAI(answer=tell_the_insight) as stub:
        state, flow_run_id = await run_flow(produce_flow, monkeypatch, tmp_path, stub)
    assert state.is_completed(), state.message
    artifacts = await artifacts_of(flow_run_id)
    assert artifacts["progress"] == 100
    assert 'scope="col">français</th>' in artifacts["markdown"]
    assert json.loads(artifacts["table"])[0]["status"] == "✓ accepted"
    assert "of 2 accepted" in state.message


async def test_the_second_run_pays_for_nothing(
    produce_flow: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Run again from the UI, the same campaign makes no call."""
    async with StubOpenAI(answer=tell_the_insight) as stub:
        await run_flow(produce_flow, monkeypatch, tmp_path, stub)
        served = len(stub.served)
        state, _ = await run_flow(produce_flow, monkeypatch, tmp_path, stub)
    assert state.is_completed()
    assert len(stub.served) == served


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"only": {"tones": ["wry"]}}, "has no tone 'wry'"),
        ({"campaign": "summer"}, "There is no campaign 'summer'"),
        ({"limits": {"max_cost": "0"}}, "give an amount above 0"),
        ({"variants_per_cell": 100_001}, "variants_per_cell"),
        ({"limits": {"max_cost": "0.000001 USD"}, "billed": True}, "price of 'stub'"),
        ({"model": "gpt-5-mini-typo"}, ""),
    ],
    ids=[
        "nothing left",
        "unknown campaign",
        "budget of 0",
        "too many variants",
        "budget that cannot be kept",
        "unknown model",
    ],
)
async def test_what_cannot_run_fails_with_a_message(
    produce_flow: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    parameters: dict[str, Any],
    message: str,
) -> None:
    """A run that cannot go on ends as failed, and its state's message says what to do."""
    async with StubOpenAI(answer=tell_the_insight, model="stub") as stub:
        state, _ = await run_flow(produce_flow, monkeypatch, tmp_path, stub, **parameters)
    assert state.is_failed()
    assert message in state.message
    assert "Traceback" not in state.message
    assert state.message.rstrip().endswith((".", "!"))
