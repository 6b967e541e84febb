"""Every test runs without the network: a test that needs a server starts one on the loopback."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import socket
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling, LoadScopeScheduling

# How long a test takes says nothing on a busy machine.
settings.register_profile("inedit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("inedit")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background, the tests ignore Ctrl-C, and so would the programs that they start and end with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

sys.path.insert(0, str(Path(__file__).parent))

from fakes.copies import drop_copies  # noqa: E402
from fakes.copies import empty_database as made_once  # noqa: E402
from fakes.memory import write_to_memory  # noqa: E402
from fakes.postgres import new_database, postgres_server, prefect_postgres_server  # noqa: E402  # found by the line above

__all__ = ["postgres_server", "prefect_postgres_server"]

IN_MEMORY = pytest.StashKey[Path | None]()

ROOT = Path(__file__).parent.parent
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104  # listed to be allowed, not to be bound


SERVED = ("tests/e2e/test_scale_out.py", "tests/e2e/test_serve.py")
"""The longest files that start Prefect servers, but for the one whose browser waits for the embedded model."""


class _FilesAndServers(LoadFileScheduling):
    """A file is run by one process; so are all files that start Prefect servers, which wait more than they compute. Of
    more than two processes, as ``make test`` has, a second one has the longest of these files."""

    def _split_scope(self, nodeid: str) -> str:
        if self.numnodes > 2 and nodeid.startswith(SERVED):
            return "tests/e2e, served"
        return "tests/e2e" if nodeid.startswith("tests/e2e/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """How ``make test`` divides the tests between its processes."""
    return _FilesAndServers(config, log)  # type: ignore[arg-type]  # xdist's own Producer


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Modules and the list of tests are a million objects and no garbage: nobody looks through them while they grow."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Before anybody asks where temporary files lie."""
    config.stash[IN_MEMORY] = write_to_memory()
    os.environ["INEDIT_JUDGES"] = "0"  # a judge of its own takes seconds to load; tests of it say so


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """What tests wrote to memory does not outlive them, unless one has failed: then somebody may want to see it."""
    folder = session.config.stash[IN_MEMORY]
    if folder and exitstatus != pytest.ExitCode.TESTS_FAILED:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0] if isinstance(address, tuple) else address
            if host not in LOOPBACK:
                raise OSError(f"tests must not reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.fixture(autouse=True)
def _copies_end_with_the_test() -> Iterator[None]:
    """Databases that were copied for a test."""
    yield
    drop_copies()


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and addresses of the person who runs the tests do not leak into them."""
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "INEDIT_MODEL",
        "INEDIT_ENCODER",
        "INEDIT_DATABASE_URL",
        "INEDIT_CONCURRENCY",
        "INEDIT_FREE_SERVER",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("INEDIT_PROMPTS", "small")  # what the stub's honest writer answers to


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with its tables, to be copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "inedit.db"
    path.write_bytes(made_once())
    return path


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: str) -> str:
    """The address of the same on a real Postgres, for :func:`fakes.copies.copy_of`."""
    from inedit.store import open_store

    address = new_database(postgres_server)
    open_store(address).close()
    return address


@pytest.fixture
def demo_root() -> Path:
    """The repository itself: a working brand project."""
    return ROOT
