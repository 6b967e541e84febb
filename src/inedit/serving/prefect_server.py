"""Prefect's server, closed: nothing leaves the machine, from its process or from the pages that it serves.

Prefect's settings switch its telemetry off, but not everything: its newer pages load an analytics client whatever they
say, a click away from the older ones; its API fetches a list of integrations from GitHub; Markdown may show a picture
of any address. So the newer pages are not served, the list is the one that Prefect ships, and a content security policy
lets a browser talk to this server only. To its pages one style sheet is added: the form of a run that waits shows the
texts beside its fields.

Run as ``python -m inedit.serving.prefect_server --host 127.0.0.1 --port 4200``.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from signal import SIGTERM
from typing import Any

PARENT = "INEDIT_SERVED_BY"
"""Id of the process that started this one: when it is gone, however it ended, so is the server."""

LOOK_SECONDS = 1.0

CLOSED = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # no calls home; also quieter on SQLite
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "DO_NOT_TRACK": "1",
}
"""Prefect's own settings against telemetry, for every process of it that we start."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'self'"
)
"""What Prefect's pages need of their own origin, and nothing of any other."""

NOWHERE = "local:"
"""An address that nobody can fetch: Prefect then reads the list that it ships."""

STYLES = files("inedit.serving").joinpath("approval_form.css").read_bytes()
"""What of Prefect's pages is set otherwise: the form of a suspended run."""

_OURS = frozenset({b"content-security-policy", b"referrer-policy"})
_UNASKED = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})
_OF_THEIRS = frozenset({b"etag", b"last-modified"})
"""What says of Prefect's own page which one it is; with our style sheet it is another one."""

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Callable[[], Awaitable[Message]], Send], Awaitable[None]]


def closed_app(app: App) -> App:
    """An ASGI application whose answers carry the policy, and whose pages our own style sheet."""

    async def closed(
        scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        held: list[Message] = []

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in _OURS]
                message["headers"] = [
                    *kept, (b"content-security-policy", POLICY.encode()), (b"referrer-policy", b"no-referrer"),
                ]  # fmt: skip
                if _is_page(message):
                    held.append(message)
                    return
            elif held:
                held.append(message)
                if not message.get("more_body"):
                    for whole in _styled(held):
                        await send(whole)
                return
            await send(message)

        await app(_plainly(scope), receive, with_policy)

    return closed


def _plainly(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The request; one for a page asks for it without compression, so that the style sheet can be put in, and for all
    of it: what a browser has kept may be Prefect's own page."""
    headers = scope.get("headers", [])
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    return {**scope, "headers": [pair for pair in headers if pair[0].lower() not in _UNASKED]}


def _is_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


def _styled(held: list[Message]) -> list[Message]:
    """A page that was held back, with our style sheet at the end of its head."""
    start, *parts = held
    page = b"".join(part.get("body", b"") for part in parts)
    page = page.replace(b"</head>", b"<style>" + STYLES + b"</style></head>", 1)
    sized = (b"content-length", str(len(page)).encode())
    headers = [pair for pair in start["headers"] if pair[0].lower() not in _OF_THEIRS]
    if page and any(name.lower() == b"content-length" for name, _ in headers):
        headers = [*(pair for pair in headers if pair[0].lower() != b"content-length"), sized]
    return [{**start, "headers": headers}, {"type": "http.response.body", "body": page}]


def close_prefect() -> None:
    """Close the Prefect of this process, before its server is made."""
    import prefect
    from prefect.server.api import collections, server

    prefect.__ui_v2_static_path__ = Path(os.devnull) / "none"
    with suppress(AttributeError):
        collections.KNOWN_VIEWS.update(dict.fromkeys(collections.KNOWN_VIEWS, NOWHERE))
    make = server.create_app

    def create_app(*args: Any, **kwargs: Any) -> App:
        return closed_app(make(*args, **kwargs))

    server.create_app = create_app


def end_with(parent: int, *, end: Callable[[int, int], None] = os.kill) -> None:
    """End this process once its parent is gone; returns then."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    end(os.getpid(), SIGTERM)


def main(arguments: list[str]) -> None:
    """Serve until ended. ``arguments`` are those of ``prefect server start``."""
    os.environ.update(CLOSED)
    if parent := os.environ.pop(PARENT, ""):
        threading.Thread(target=end_with, args=(int(parent),), name="parent", daemon=True).start()
    close_prefect()
    sys.argv = ["prefect", "server", "start", *arguments]
    importlib.import_module("prefect.cli").app()


if __name__ == "__main__":
    main(sys.argv[1:])
