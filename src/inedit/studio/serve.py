"""Serving the studio on this machine until interrupted."""

from __future__ import annotations

import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path

import uvicorn

from inedit.bootstrap import Settings
from inedit.errors import WrongInput
from inedit.serving.server import is_loopback
from inedit.studio.app import create_app
from inedit.studio.sessions import Sessions
from inedit.studio.workspace import open_workspace

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
        sessions = Sessions()
        shown = f"[{host}]" if ":" in host else host
        origin = f"http://{shown}:{listener.getsockname()[1]}"
        app = create_app(workspace, sessions, origin=origin)
        server = uvicorn.Server(
            uvicorn.Config(
                app, log_level="warning", access_log=False, server_header=False, ws="none", lifespan="off",
                timeout_graceful_shutdown=SECONDS_TO_END, proxy_headers=False,
            )
        )  # fmt: skip
        address = f"{origin}/enter?token={sessions.token}"
        sys.stderr.write(welcome(workspace.project().brand.identity.name, address))
        sys.stderr.flush()
        if browse:
            with suppress(webbrowser.Error):
                webbrowser.open(address)
        server.run(sockets=[listener])


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
