"""Nothing leaves the machine, and nothing is left behind on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from inedit.serving.prefect_server import POLICY, STYLES, closed_app, end_with

STARTING = """
import sys, time
from inedit.serving import serve, server
server._answer = lambda url: 0  # it never comes up
class Sleeping(server._Server):
    def __init__(self, *args):
        super().__init__(*args)
        self._command = [sys.executable, "-c", "import time; time.sleep(60)"]
    def wait_until_up(self):
        print(self._process.pid, flush=True)
        super().wait_until_up()
server._Server = Sleeping
serve.serve_prefect("127.0.0.1", 9)
"""


async def test_every_answer_tells_the_browser_to_talk_to_nobody_else() -> None:
    """A policy of the application's own is replaced; what is not HTTP is left alone."""
    sent: list[MutableMapping[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/html"), (b"Content-Security-Policy", b"default-src *")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"<p>1</p>"})

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {}

    await closed_app(app)({"type": "http"}, receive, send)
    policies = [value for name, value in sent[0]["headers"] if name.lower() == b"content-security-policy"]
    assert policies == [POLICY.encode()]
    assert "http" not in POLICY and "*" not in POLICY


@pytest.mark.parametrize(
    ("kind", "encoding", "page", "answered"),
    [
        (
            b"text/html; charset=utf-8",
            None,
            b"<head></head><p>1</p>",
            b"<head><style>%b</style></head><p>1</p>",
        ),
        (b"text/html", b"gzip", b"<head></head>", b"<head></head>"),
        (b"text/javascript", None, b"'<head></head>'", b"'<head></head>'"),
        (b"text/html", None, b"", b""),  # an answer to HEAD, or 304
    ],
)
async def test_pages_and_nothing_else_carry_the_style_sheet(
    kind: bytes, encoding: bytes | None, page: bytes, answered: bytes
) -> None:
    """In however many pieces a page comes; its length is then that of what is sent."""
    sent: list[MutableMapping[str, Any]] = []
    asked: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.extend(name for name, _ in scope["headers"])
        headers = [(b"content-type", kind), (b"content-length", str(len(page)).encode())]
        headers += [(b"content-encoding", encoding)] if encoding else []
        headers += [(b"ETag", b'"1"'), (b"Last-Modified", b"Mon, 30 Nov 2026 00:00:00 GMT")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page[:9], "more_body": True})
        await send({"type": "http.response.body", "body": page[9:]})

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {}

    asking = [
        (b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip, br"), (b"if-none-match", b'"1"'),
        (b"if-modified-since", b"Mon, 30 Nov 2026 00:00:00 GMT"),
    ]  # fmt: skip
    await closed_app(app)({"type": "http", "headers": asking}, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    assert body == answered.replace(b"%b", STYLES)
    assert dict(sent[0]["headers"])[b"content-length"] == str(len(body)).encode()
    assert asked == [b"accept"], (
        "a page that is compressed, or that a browser has kept, could not be added to"
    )
    is_styled = kind.startswith(b"text/html") and not encoding
    assert ({b"ETag", b"Last-Modified"} <= dict(sent[0]["headers"]).keys()) is not is_styled


def test_a_server_ends_when_the_process_that_started_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """However that one ended: no server goes on alone."""
    monkeypatch.setattr("inedit.serving.prefect_server.LOOK_SECONDS", 0.001)
    parents = iter((7, 7, 1))
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    ended: list[tuple[int, int]] = []
    end_with(7, end=lambda process, number: ended.append((process, number)))
    assert ended == [(os.getpid(), signal.SIGTERM)]


def test_sigterm_while_the_server_starts_leaves_nothing_behind() -> None:
    """As a machine that shuts down sends it, long before there is anything to serve."""
    serving = subprocess.Popen(
        [sys.executable, "-c", STARTING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert serving.stdout is not None
        server = int(serving.stdout.readline())
        serving.terminate()
        serving.communicate(timeout=20)
        assert serving.returncode != 0
        assert _gone(server)
    finally:
        serving.kill()


def _gone(process: int) -> bool:
    for _ in range(100):
        if not Path(f"/proc/{process}").exists():
            return True
        time.sleep(0.02)
    return False
