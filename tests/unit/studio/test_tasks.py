"""Who reads what until when, and the link that goes to them: to a real server on this machine, or nowhere."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from inedit.model.errors import ProviderFailure, WrongInput
from inedit.studio import Workspace
from inedit.studio.notify import Channels, Notice, send

from .conftest import Reader

NOTICE = Notice("Bruno", "bruno@example.com", "2 pieces", "Please read.", "http://127.0.0.1/pieces", 2, "")


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[int]:
    """A server of this machine, and its port."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]  # type: ignore[misc]
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def mail_server(taken: list[str]) -> Iterator[int]:
    """As much of SMTP as takes a message."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            body = False
            for line in self.rfile:
                word = line[:4].upper().strip()
                if body:
                    taken.append(line.decode().rstrip("\r\n"))
                    if line == b".\r\n":
                        body = False
                        self.wfile.write(b"250 taken\r\n")
                elif word == b"DATA":
                    body = True
                    self.wfile.write(b"354 go on\r\n")
                elif word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 ok\r\n")

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)) as port:
        yield port


@contextmanager
def webhook(taken: list[bytes], status: int = 200) -> Iterator[str]:
    """Somebody who takes a POST."""

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with serving(HTTPServer(("127.0.0.1", 0), Take)) as port:
        yield f"http://127.0.0.1:{port}/hook"


def test_a_task_is_given_told_by_mail_and_webhook_and_taken_back(
    workspace: Workspace, enter: Callable[[Workspace], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("INEDIT_SMTP_URL", "INEDIT_MAIL_FROM", "INEDIT_WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    anne = enter(workspace)
    workspace.address = "http://127.0.0.1:4300"
    wrong = anne.post(
        "/tasks", reviewer=" ", campaign="no", language="xx", due="soon", email="a@b\r\nBcc: c@d.ee"
    )
    assert wrong.status_code == 422
    for name in ("reviewer", "campaign", "language", "due", "email"):
        assert f'id="wrong-{name}" role="alert"' in wrong.text
    task = {"reviewer": "<b>Bruno</b>", "campaign": "mini", "language": "fr"}
    anne.post("/tasks", **task, due="2020-01-31", email="bruno@example.com")
    page = anne.text("/tasks")
    assert "&lt;b&gt;Bruno&lt;/b&gt;" in page and "<b>Bruno" not in page
    assert "31 Jan 2020" in page and "Send the link" not in page and "sends nothing" in page
    assert anne.post("/tasks/tell", **task).status_code == 400
    mails: list[str] = []
    posts: list[bytes] = []
    with mail_server(mails) as port, webhook(posts) as hook:
        monkeypatch.setenv("INEDIT_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("INEDIT_MAIL_FROM", "studio@example.com")
        monkeypatch.setenv("INEDIT_WEBHOOK_URL", hook)
        assert "Send the link" in anne.text("/tasks")
        assert anne.post("/tasks/tell", **task).status_code == 303
    assert "To: bruno@example.com" in mails
    assert any(
        "http://127.0.0.1:4300/pieces?state=waiting&campaign=mini&language=fr" in line for line in mails
    )
    told = json.loads(posts[0])
    assert (told["reviewer"], told["due"], told["waiting"]) == ("<b>Bruno</b>", "2020-01-31", 0)
    anne.post("/tasks/remove", **task)
    assert "Nothing has been given" in anne.text("/tasks")
    assert anne.post("/tasks/remove", **task).status_code == 400


def test_a_server_that_takes_nothing_is_told_without_its_password() -> None:
    with webhook([], 500) as hook, pytest.raises(ProviderFailure, match="took no message: 500"):
        send(Channels(webhook=hook), NOTICE)
    with pytest.raises(ProviderFailure) as failure:
        send(Channels("smtp://me:secret@127.0.0.1:9", "a@example.com"), NOTICE)
    assert "secret" not in str(failure.value)
    with pytest.raises(WrongInput, match="INEDIT_WEBHOOK_URL"):
        send(Channels(webhook="file:///etc/passwd"), NOTICE)
    with pytest.raises(WrongInput, match="INEDIT_SMTP_URL"):
        send(Channels("ftp://host", "a@example.com"), NOTICE)
    send(Channels(), NOTICE)  # off by default: nothing goes anywhere
