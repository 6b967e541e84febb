"""Starting (or joining) a Prefect server and serving the deployments of ``flows/``."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from inedit.errors import ProviderFailure, WrongInput

HOST = "127.0.0.1"
START_SECONDS = 90.0
STOP_SECONDS = 15.0
POLL_SECONDS = 2.0


def serve_project(root: Path, *, port: int) -> None:
    """Serve every deployment of the project's ``flows/`` until interrupted.

    Raises :class:`~inedit.errors.WrongInput` when Prefect is not installed, the project has no flows or the port is
    taken; :class:`~inedit.errors.ProviderFailure` when the server does not come up.
    """
    if importlib.util.find_spec("prefect") is None:
        raise WrongInput("Prefect is not installed here. Install it with: pip install 'inedit[flows]'")
    flows = root / "flows"
    if not (flows / "produce.py").is_file():
        raise WrongInput(f"{root} has no flows/produce.py to serve.")
    os.environ["INEDIT_PROJECT"] = str(root)
    os.environ.setdefault(
        "PREFECT_SERVER_ANALYTICS_ENABLED", "false"
    )  # no calls home; also quieter on SQLite
    joined = os.environ.get("PREFECT_API_URL")
    if joined:
        if not _answers(f"{joined}/health"):
            raise ProviderFailure(
                f"No Prefect server answers at {joined}. Start it, or unset PREFECT_API_URL to have one started here."
            )
        _serve(flows, joined)
        return
    with _server(port) as api_url:
        os.environ["PREFECT_API_URL"] = api_url
        _serve(flows, api_url)


@contextmanager
def _server(port: int) -> Iterator[str]:
    """A Prefect server of our own, on the loopback, for as long as the context lasts."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise WrongInput(
                f"Port {port} is taken: perhaps 'inedit serve' runs already. Open http://{HOST}:{port}, "
                f"join it with PREFECT_API_URL=http://{HOST}:{port}/api, or choose another --port."
            )
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port),
               "--log-level", "WARNING"]  # fmt: skip
    address = f"http://{HOST}:{port}/api"
    server = subprocess.Popen(  # noqa: S603  # our own interpreter, no outside input
        command,
        env={**os.environ, "PREFECT_SERVER_UI_API_URL": address},  # else its pages look for port 4200
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is ours to pass on, once the runs have been told
    )
    try:
        _wait_until_up(server, f"{address}/health")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_up(server: subprocess.Popen[bytes], health_url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ProviderFailure(
                "The Prefect server ended while it started. See why with: python -m prefect server start"
            )
        if _answers(health_url):
            return
        time.sleep(0.3)
    raise ProviderFailure(f"The Prefect server did not answer within {START_SECONDS:.0f} seconds.")


def _answers(health_url: str) -> bool:
    if not health_url.startswith(("http://", "https://")):
        raise WrongInput(
            f"'{health_url}' is no address of a Prefect server: it starts with http:// or https://."
        )
    try:
        with urllib.request.urlopen(health_url, timeout=5):  # noqa: S310  # the scheme was looked at
            return True
    except OSError:
        return False


def _serve(flows: Path, api_url: str) -> None:
    """Register the deployments and run what people start, until interrupted."""
    from prefect import serve  # the slow import: only once everything else is known to be well

    produce = _load(flows / "produce.py")
    deployment = produce.produce_campaign.to_deployment(
        name="produce",
        description="Write the variants of a campaign that do not exist yet.",
        tags=["inedit", "produce"],
    )
    ui = api_url.removesuffix("/api")
    sys.stderr.write(
        f"\nPrefect UI        {ui}/v2/dashboard\n"
        f"Start a campaign  {ui}/deployments  (Produce a campaign: Run)\n"
        f"Results           {ui}/v2/artifacts\nCtrl-C closes it.\n\n"
    )
    serve(deployment, query_seconds=POLL_SECONDS, print_starting_message=False)


def _load(file: Path) -> ModuleType:
    """The module of a flow file. Its folder is put on the path, for a flow that imports its neighbour."""
    sys.path.insert(0, str(file.parent))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise WrongInput(f"{file} cannot be loaded as a flow.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module
