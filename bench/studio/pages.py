"""How much processor time does the studio take for a page, at 1,000 and 10,000 pieces?

    PYTHONPATH=src:tests python bench/studio/pages.py > bench/results/studio_pages.json

Pages are asked for through the whole application, without a browser or a socket, by somebody who is signed in. Times
are milliseconds of processor time, the median of nine, once every piece was read.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from fakes.studio import copy_project, put_many
from inedit.bootstrap import Settings, open_project_store
from inedit.brand.load import load_project
from inedit.studio import Workspace, create_app
from inedit.studio.sessions import Sessions

ORIGIN = "http://127.0.0.1:4300"
TIMES = 9


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def median(work: Callable[[], object]) -> float:
    """Of :data:`TIMES` calls."""
    return round(statistics.median(milliseconds(work) for _ in range(TIMES)), 1)


def measure(count: int) -> dict[str, float]:
    """The pages of a studio with so many pieces."""
    root = copy_project(Path(tempfile.mkdtemp()) / "project")
    with open_project_store(Settings(), root) as store:
        ids = put_many(store, load_project(root).brand, count)
        workspace = Workspace(root, Settings(), store, lambda: sys.exit("no text is compared here"))
        sessions = Sessions()
        app = create_app(workspace, sessions, origin=ORIGIN)
        client = TestClient(app, base_url=ORIGIN, follow_redirects=False)
        client.get(f"/enter?token={sessions.token}")
        csrf = re.findall(r'name="csrf" content="([^"]+)"', client.get("/who").text)[0]
        client.post("/who", data={"csrf": csrf, "name": "Anne"})

        def get(path: str) -> str:
            said = client.get(path)
            if said.status_code != 200:
                sys.exit(said.text)
            return said.text

        version = re.findall(r'name="version" value="(\w+)"', get(f"/pieces/{ids[0]}"))[0]
        decided: dict[str, Any] = {"csrf": csrf, "version": version, "list": "state=waiting", "seconds": "3"}

        def decide() -> None:
            where = client.post(f"/pieces/{ids[0]}/decide/approve", data=decided).headers["location"]
            get(where)
            client.post("/undo", data={"csrf": csrf})

        last = count // 50
        return {
            "list": median(lambda: get("/pieces?state=waiting")),
            "list_last_page": median(lambda: get(f"/pieces?page={last}")),
            "list_filtered": median(lambda: get("/pieces?language=fr&check=cliche&new=1")),
            "matrix": median(lambda: get("/matrix")),
            "piece": median(lambda: get(f"/pieces/{ids[1]}?state=waiting")),
            "approve_and_next": median(decide),
        }


if __name__ == "__main__":
    json.dump({str(count): measure(count) for count in (1_000, 10_000)}, sys.stdout, indent=1)
    sys.stdout.write("\n")
