"""Serving the studio on this machine until interrupted."""

from __future__ import annotations

import re
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from inedit.archive.users import read_users
from inedit.bootstrap import Settings
from inedit.model.errors import WrongInput
from inedit.serving.server import is_loopback
from inedit.studio.app import create_app
from inedit.studio.sessions import Sessions
from inedit.studio.workspace import Workspace, open_workspace

LOOPBACK = "127.0.0.1"

SECONDS_TO_END = 5
"""How long requests under way may take once Ctrl-C was pressed."""


def serve_studio(
    settings: Settings, root: Path, *, host: str, port: int, browse: bool, origin: str = ""
) -> None:
    """Serve the project's studio until interrupted; ``origin`` is what a proxy with TLS calls it
    (``https://studio.example.com``), for users with passwords.

    Raises :class:`~.errors.WrongInput` when the project cannot be read, the port is taken, or others could reach
    the address.
    """
    if origin and not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", origin):
        raise WrongInput(f"'{origin}' is not an origin: give https:// and a host in small letters, no path.")
    if not is_loopback(host) and not origin:
        raise WrongInput(
            f"{host} can be reached by others. The studio answers on this machine only: use 127.0.0.1, and for others "
            "an SSH tunnel, or users and a proxy with TLS (docs/studio.md)."
        )
    with _listening(host, port) as listener, open_workspace(settings, root) as workspace:
        if origin and not read_users(workspace.store):
            raise WrongInput(
                "Others may come by that address, and there is nobody yet who may enter: "
                "'inedit studio users add NAME --role admin' adds the first one."
            )
        server, address = _server(workspace, listener, host, origin)
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
def running_studio(settings: Settings, root: Path, *, port: int) -> Iterator[str]:
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


def _server(
    workspace: Workspace, listener: socket.socket, host: str, proxied: str = ""
) -> tuple[uvicorn.Server, str]:
    """A server for a project, and the address that people enter by: with its token, unless there are users."""
    sessions = Sessions()
    shown = f"[{host}]" if ":" in host else host
    origin = f"http://{shown}:{listener.getsockname()[1]}"
    app = create_app(workspace, sessions, origin=origin, also=(proxied,) if proxied else ())
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False,
        ws="none", lifespan="off", timeout_graceful_shutdown=SECONDS_TO_END, proxy_headers=False,
    )  # fmt: skip
    workspace.address = proxied or origin
    if read_users(workspace.store):
        return uvicorn.Server(config), f"{proxied or origin}/login"
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
    who = (
        "Users sign in by name and password."
        if "token=" not in address
        else "Whoever has this address may enter."
    )
    return f"\nThe studio of {brand} is open.\n\n  {address}\n\n{who} Ctrl-C closes it.\n\n"
