"""What is replaced inside Prefect: held to the version that is installed."""

from __future__ import annotations

import socket
import subprocess
import sys

ENDING = """
import asyncio
from prefect.logging.handlers import APILogWorker
from inedit.serving.prefect_patches import deliver_logs

async def main():
    APILogWorker.instance().send({"level": 20, "message": "said", "name": "test", "timestamp": "2026-01-01T00:00:00Z"})
    await asyncio.sleep(.5)
    await deliver_logs(seconds=1)
asyncio.run(main())
print("given up", flush=True)
"""


def test_a_process_ends_though_the_server_does_not_take_its_logs() -> None:
    """Left alone, Prefect's own thread holds it for as long as its server says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ended = subprocess.run(
            [sys.executable, "-c", ENDING],
            env={
                "PATH": "/usr/bin", "PYTHONPATH": ":".join(sys.path),
                "PREFECT_API_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/api",
            },
            capture_output=True, text=True, timeout=45, check=False,
        )  # fmt: skip
    assert "given up" in ended.stdout, ended.stderr
    assert ended.returncode == 0
