"""Serving the studio on this machine until interrupted."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from inedit.bootstrap import Settings
from inedit.errors import WrongInput
from inedit.serving.server import is_loopback
from inedit.studio.app import create_app
from inedit.studio.sessions import Sessions
from inedit.studio.workspace import Workspace, open_workspace

LOOPBACK = "127.0.0.1"

SECONDS_TO_END = 5
"""How long requests under way may take once Ctrl-C was pressed."""


def serve_studio(settings: Settings, root: Path, *, host: str, port: int, browse: bool) -> None:
    """Serve the project's studio until interrupted.

    Raises :class:`~inedit.errors.WrongInput` when the project cannot be read, the port is taken, or others could reach
    the address.
    """
    if not is_loopback(host):
        raise WrongInput(
            f"{host} can be reached by others. The studio answers on this machine only: use 127.0.0.1, and for others "
            "an SSH tunnel (docs/studio.md)."
        )
    with _listening(host, port) as listener, open_workspace(settings, root) as workspace:
        server, address = _server(workspace, listener, host)
        sys.stderr.write(welcome(workspace.project().brand.identity.name, address))
        sys.stderr.flush()
        if browse:
            with suppress(webbrowser.Error):
                webbrowser.open(address)
        signal.signal(
            signal.SIGTERM, signal.default_int_handler
        )  # decisions that wait are carried out then, too
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


@contextmanager
def studio_beside(settings: Settings, root: Path, *, port: int) -> Iterator[str]:
    """The studio in a thread of this process, for as long as the context lasts; the address by which people enter.

    On another port when this one is taken: the address says which.
    """
    try:
        listener = _listening(LOOPBACK, port)
    except WrongInput:
        listener = _listening(LOOPBACK, 0)
    with listener, open_workspace(settings, root) as workspace:
        server, address = _server(workspace, listener, LOOPBACK)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join(SECONDS_TO_END + 1)


def _server(workspace: Workspace, listener: socket.socket, host: str) -> tuple[uvicorn.Server, str]:
    """A server for a project, and the address that carries its token."""
    sessions = Sessions()
    shown = f"[{host}]" if ":" in host else host
    origin = f"http://{shown}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        create_app(workspace, sessions, origin=origin), log_level="warning", access_log=False, server_header=False,
        ws="none", lifespan="off", timeout_graceful_shutdown=SECONDS_TO_END, proxy_headers=False,
    )  # fmt: skip
    return uvicorn.Server(config), f"{origin}/enter?token={sessions.token}"


def _listening(host: str, port: int) -> socket.socket:
    """The port, taken before anything else is done."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise WrongInput(
            f"Port {port} of {host} cannot be had ({error.strerror}): perhaps the studio runs already. "
            "Choose another with --port, or --port 0 for any that is free."
        ) from error
    listener.listen(128)
    return listener


def welcome(brand: str, address: str) -> str:
    """What the terminal says."""
    told = "Whoever has this address may enter. Ctrl-C closes it."
    return f"\nThe studio of {brand} is open.\n\n  {address}\n\n{told}\n\n"
