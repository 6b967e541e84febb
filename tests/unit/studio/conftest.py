"""A studio over a copy of the demo brand, and somebody who is signed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from starlette.testclient import TestClient

from fakes.studio import copy_project
from inedit.bootstrap import Settings
from inedit.studio import Workspace, create_app, open_workspace
from inedit.studio.sessions import Sessions

ORIGIN = "http://127.0.0.1:4300"


@dataclass(frozen=True)
class Reader:
    """A person's browser."""

    client: TestClient
    csrf: str

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path)

    def post(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send a form."""
        return self.client.post(path, data={"csrf": self.csrf, **fields})

    def text(self, path: str) -> str:
        """A page as it is read, entities and all."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One project for all tests of a module: it takes a second to make."""
    with open_workspace(Settings(), copy_project(tmp_path_factory.mktemp("studio"))) as opened:
        yield opened


@pytest.fixture
def enter() -> Callable[[Workspace], Reader]:
    """Sign somebody in."""

    def signed_in(workspace: Workspace) -> Reader:
        sessions = Sessions()
        client = TestClient(
            create_app(workspace, sessions, origin=ORIGIN), base_url=ORIGIN, follow_redirects=False
        )
        client.get(f"/enter?token={sessions.token}")
        found = re.search(r'name="csrf" content="([^"]+)"', client.get("/who").text)
        assert found
        client.post("/who", data={"csrf": found[1], "name": "Anne"})
        return Reader(client, found[1])

    return signed_in


@pytest.fixture
def anne(workspace: Workspace, enter: Callable[[Workspace], Reader]) -> Reader:
    """Anne, who reads English."""
    return enter(workspace)
