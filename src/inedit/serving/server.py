"""Starting a Prefect server of our own, or joining one that runs."""

from __future__ import annotations

import base64
import ipaddress
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from inedit.model.errors import ProviderFailure, WrongInput
from inedit.serving import prefect_server

AUTH = "PREFECT_SERVER_API_AUTH_STRING"
"""Prefect's own basic authentication: ``user:password``. Whoever opens the UI or the API is asked for it."""

CLIENT_AUTH = "PREFECT_API_AUTH_STRING"
"""The same for those who talk to the server: our own flows, and the UI's reader."""

START_SECONDS = 90.0
STOP_SECONDS = 15.0
LOOK_SECONDS = 2.0
"""How often the server is looked at, to be started again when it ended on its own."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_open_door(host: str) -> None:
    """Raises :class:`~.errors.WrongInput` for an address that others reach, without a password for them."""
    if not is_loopback(host) and ":" not in os.environ.get(AUTH, ""):
        raise WrongInput(
            f"{host} can be reached by others, who could spend your money. Set a user and a password for them, "
            f"{AUTH}='name:password', or serve on 127.0.0.1."
        )


@contextmanager
def started_server(host: str, port: int) -> Iterator[str]:
    """A Prefect server for as long as the context lasts, started again if it ends on its own; the API's address.

    It sends nothing out of this machine, and takes requests from its own pages only.
    """
    refuse_open_door(host)
    reached_at = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # compared, not bound
    if _is_taken(reached_at, port):
        raise WrongInput(
            f"Port {port} is taken: perhaps 'inedit serve' runs already. Open http://{reached_at}:{port}, "
            f"join it with PREFECT_API_URL=http://{reached_at}:{port}/api, or choose another --port."
        )
    address = f"http://{reached_at}:{port}/api"
    server = _Server(host, port, address)
    try:
        server.start()
        server.wait_until_up()
        yield address
    finally:
        server.stop()


def joined_server(api_url: str) -> str:
    """The address of a server that runs. Raises :class:`~.errors.ProviderFailure` when none answers there."""
    if not api_url.startswith(("http://", "https://")):
        raise WrongInput(
            f"'{api_url}' is not an address of a Prefect server: it starts with http:// or https://."
        )
    said = _answer(f"{api_url}/admin/version")
    if said in (401, 403):
        raise WrongInput(f"The server at {api_url} asks for a password: set {CLIENT_AUTH}='name:password'.")
    if said != 200:
        raise ProviderFailure(
            f"No Prefect server answers at {api_url}. Start it, or unset PREFECT_API_URL to have one started here."
        )
    return api_url


class _Server:
    """The server's process, and a thread that starts it again when it ends on its own."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self.address = address
        self._command = [sys.executable, "-m", prefect_server.__name__, "--host", host, "--port", str(port),
                         "--log-level", "WARNING"]  # fmt: skip
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="prefect-server", daemon=True)

    def start(self) -> None:
        """Start the process, and let nobody else's page talk to it."""
        origin = self.address.removesuffix("/api")
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, no outside input
            self._command,
            env={
                **os.environ,
                "PREFECT_UI_API_URL": "/api",  # the pages ask where they come from, whatever name that has
                "PREFECT_SERVER_UI_API_URL": "/api",
                prefect_server.PARENT: str(os.getpid()),
                "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": os.environ.get(
                    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS",
                    f"{origin},{origin.replace('127.0.0.1', 'localhost')}",
                ),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is ours to pass on, once the runs have been told
        )

    def wait_until_up(self) -> None:
        """Return when it answers; raises :class:`~.errors.ProviderFailure` when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is not None and self._process.poll() is not None:
                raise ProviderFailure(
                    "The Prefect server ended while it started. See why with: inedit server"
                )
            if _answer(f"{self.address}/health") == 200:
                self._keeper.start()
                return
            time.sleep(0.3)
        raise ProviderFailure(f"The Prefect server did not answer within {START_SECONDS:.0f} seconds.")

    def stop(self) -> None:
        """End the process, gently first."""
        self._over.set()
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            if self._process is not None and self._process.poll() is not None:
                sys.stderr.write("The Prefect server ended on its own; it is started again.\n")
                self.start()


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def _answer(url: str) -> int:
    """The status with which an address answers, 0 when it does not."""
    request = urllib.request.Request(url)  # noqa: S310  # the scheme was looked at
    auth = os.environ.get(CLIENT_AUTH)
    if auth:
        request.add_header("Authorization", "Basic " + base64.b64encode(auth.encode()).decode())
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
