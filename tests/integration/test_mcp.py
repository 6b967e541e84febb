"""Assistants over standard streams, by the official SDK's own client: what they may ask, and what they may not."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from starlette.testclient import TestClient

from fakes.experiments import a_piece, keep
from fakes.project import write_tiny_project
from inedit.bootstrap import Settings
from inedit.brand.load import load_project
from inedit.cli.mcp import mcp as command
from inedit.cli.mcp_server.desk import Desk
from inedit.cli.mcp_server.server import http_app, server_of
from inedit.guard.judge import FinishedText
from inedit.model import Approval, Status
from inedit.model.errors import WrongInput
from inedit.pipeline.evaluation import evaluate_finished
from inedit.pipeline.finished_text import verdict_as_json
from inedit.store import open_store

SECRET = "sk-canary-7731"
READING = {"judge_text", "search_insights", "list_pieces", "ledger_summary"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny brand with two pieces, one of which waits for a person."""
    root = write_tiny_project(tmp_path_factory.mktemp("project"))
    (root / ".inedit").mkdir()
    store = open_store(f"sqlite:///{root / '.inedit' / 'inedit.db'}")
    waiting = replace(a_piece(1, campaign="dawn"), status=Status.PARKED, approval=Approval.PENDING)
    keep(store, a_piece(0, campaign="dawn"), waiting)
    store.close()
    return root


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    store = open_store(f"sqlite:///{project / '.inedit' / 'inedit.db'}")
    yield Desk(Settings(), project, store, lambda: pytest.fail("nobody needs the encoder"))
    store.close()


@asynccontextmanager
async def assistant(project: Path, *arguments: str) -> AsyncIterator[Client]:
    environment = {**os.environ, "OPENAI_API_KEY": SECRET, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    command = ["-c", "from inedit.cli import main; main()", "mcp", "--project", str(project), *arguments]
    server = StdioServerParameters(command=sys.executable, args=command, env=environment)
    async with Client(stdio_client(server)) as client:
        yield client


async def asked(client: Client, tool: str, **arguments: Any) -> Any:
    """What a tool answers; a refusal as text."""
    result = await client.call_tool(tool, arguments)
    said = "\n".join(block.text for block in result.content)  # type: ignore[union-attr]
    assert SECRET not in said
    return said if result.is_error else json.loads(said)


async def test_a_reader_judges_searches_and_reads_and_no_more(project: Path) -> None:
    async with assistant(project) as client:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == READING
        assert all(
            tool.annotations and tool.annotations.read_only_hint and tool.description for tool in tools
        )
        text = "Odette garantit 99 % de réussite."
        judged = await asked(client, "judge_text", text=text, language="fr", channel="email")
        today = datetime.now(UTC).date()
        verdict = evaluate_finished(
            FinishedText({"text": text}, "fr", "email"), load_project(project).brand, today
        )
        assert judged == json.loads(json.dumps(verdict_as_json(verdict, text, "fr")))
        assert judged["findings"]
        wrong = await asked(client, "judge_text", text="Bonjour", language="xx", channel="email")
        assert "The brand has no language 'xx'. It has: fr" in wrong
        found = await asked(client, "search_insights", query="window", limit=3)
        assert found["insights"][0]["id"] == "window"
        listed = await asked(client, "list_pieces", campaign="dawn", limit=1)
        assert listed["go_on_after"] == listed["pieces"][0]["id"]
        rest = await asked(client, "list_pieces", after=listed["go_on_after"])
        assert len(rest["pieces"]) == 1
        assert (await asked(client, "ledger_summary"))["calls"] == 0
        assert "2026-13" in await asked(client, "ledger_summary", month="2026-13")
        for tool in ("list_pieces", "ledger_summary"):
            assert "no campaign 'nosuch'. It has" in await asked(client, tool, campaign="nosuch")
        said = (await asked(client, "search_insights", query="window", language="fr"))["insights"][0]
        assert set(said["text"]) == {"fr"}
        refused = await asked(client, "approve_piece", piece_id="x", by="Anne", minutes=1)
        assert "approve_piece" in refused


def test_an_insight_is_not_found_after_its_last_day(tmp_path: Path) -> None:
    root = write_tiny_project(tmp_path)
    desk = Desk(Settings(), root, None, lambda: pytest.fail("nobody needs the encoder"))  # type: ignore[arg-type]
    assert desk.search_insights("window")["found"] == 1
    assert desk.search_insights("' OR 1=1 --")["found"] == 0  # a query without a word finds nothing
    (file,) = [f for f in (root / "brand_data" / "insights").glob("*.yaml") if "id: window" in f.read_text()]
    file.write_text(file.read_text().replace("- id: window\n", "- id: window\n  expires: 2026-01-31\n"))
    assert desk.search_insights("window")["found"] == 0


async def test_a_reviewer_decides_for_a_named_person(desk: Desk) -> None:
    async with Client(server_of(desk, "reviewer")) as client:
        (waiting,) = (await asked(client, "list_pieces", status="parked"))["pieces"]
        nobody = await asked(client, "approve_piece", piece_id=waiting["id"], by=" ", minutes=1)
        assert "name in 'by'" in nobody
        done = await asked(client, "approve_piece", piece_id=waiting["id"], by="Anne", minutes=1.5)
        assert (done["status"], done["decided_by"]) == ("accepted", "Anne")
        again = await asked(client, "approve_piece", piece_id=waiting["id"], by="Anne", minutes=1.5)
        assert "does not wait" in again
        assert "0 pieces begin with 'zzzz'" in await asked(
            client, "waive_finding", piece_id="zzzz", check="figures", because="it is so", by="Anne"
        )


def test_http_wants_the_token_and_refuses_pages_of_the_web(desk: Desk) -> None:
    app = http_app(desk, "reader", host="127.0.0.1", port=4310, token="t0ken")
    with TestClient(app, base_url="http://127.0.0.1:4310") as client:
        assert client.post("/mcp", json={}).status_code == 401
        right = {"Authorization": "Bearer t0ken"}
        assert client.post("/mcp", json={}, headers={**right, "Host": "evil.example"}).status_code in (
            403,
            421,
        )
        origin = {**right, "Origin": "https://evil.example"}
        assert client.post("/mcp", json={}, headers=origin).status_code == 403
        assert client.post("/mcp", json={}, headers=right).status_code not in (401, 403, 421)


def test_only_this_machine(project: Path) -> None:
    with pytest.raises(WrongInput, match="not an address of this machine"):
        command(project, http=True, host="192.0.2.1")
