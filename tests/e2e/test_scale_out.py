"""Past one machine: the commands of docs/scale-out.md, two workers, one of them killed on the way."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from e2e.serving import ENDED, Prefect, free_port
from fakes.guarantees import copies, paid_twice
from fakes.large_project import make_large_project
from fakes.postgres import new_database
from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight_under_a_title
from inedit.archive.pieces import standing_pieces
from inedit.brand.load import load_project
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.model import Status
from inedit.planning import plan
from inedit.store import open_store

pytestmark = pytest.mark.prefect

DOC = Path(__file__).parents[2] / "docs" / "scale-out.md"
PIECES = 240
SHARDS = 2
"""A language is a shard, as long as it has no more than SHARD_SIZE pieces."""
BUDGET_EUR = 3
PRICES = """\
- {{provider: "{provider}", model: "*", currency: EUR, input_price: 1, cached_price: 1, output_price: 2,
   valid_from: 2026-01-01, source: made for a test}}
"""


def commands() -> tuple[set[str], dict[str, str]]:
    """What the page tells a person to type: the names that are exported, and each command by its first words."""
    lines = re.findall(r"^    (\S.*)$", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    exported = {
        line.removeprefix("export ").partition("=")[0] for line in lines if line.startswith("export ")
    }
    typed = [line for line in lines if not line.startswith("export ")]
    return exported, {" ".join(line.split()[:2]): line for line in typed}


@dataclass
class Typed:
    """Commands of the page as a person types them, each in a process group of its own."""

    commands: dict[str, str]
    env: dict[str, str]
    folder: Path
    logs: Path

    def run(self, words: str) -> bool:
        """To its end; whether it went well."""
        done = subprocess.run(
            ["/bin/sh", "-c", self.commands[words]], env=self.env, cwd=self.folder, capture_output=True, check=False
        )  # fmt: skip
        return done.returncode == 0

    @contextmanager
    def running(self, words: str, name: str) -> Iterator[psutil.Process]:
        """Until the block ends; then it is ended with everything that it started."""
        with (self.logs / f"{name}.log").open("wb") as out:
            process = psutil.Popen(
                ["/bin/sh", "-c", f"exec {self.commands[words]}"], env=self.env, cwd=self.folder, stdout=out,
                stderr=out, start_new_session=True,
            )  # fmt: skip
            try:
                yield process
            finally:
                started = family(process)
                with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
                    process.send_signal(signal.SIGINT)
                    process.wait(20)
                kill(started)
                process.wait()


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process and all that it has started."""
    with suppress(psutil.NoSuchProcess):
        return [process, *process.children(recursive=True)]
    return []


def kill(processes: list[psutil.Process]) -> None:
    """SIGKILL, at once and to all."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)


def wait_for(what: str, found: Callable[[], Any], seconds: float, every: float = 0.5) -> Any:
    """The first answer that counts; a server that does not answer yet gives none."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError):
            if answer := found():
                return answer
        time.sleep(every)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")


def runs_of(prefect: Prefect, flow: str, *states: str) -> list[dict[str, Any]]:
    """The flow runs of a flow, of these states or any."""
    found = prefect.ask("/flow_runs/filter", {"flows": {"name": {"any_": [flow]}}})
    return [run for run in found if not states or run["state"]["type"] in states]


def test_two_workers_share_a_campaign_and_one_is_killed(
    postgres_server: str,
    prefect_postgres_server: str,
    tmp_path: Path,
) -> None:
    """240 pieces, two workers; one dies with its run by SIGKILL on the way. The guarantees hold, by brute force."""
    root = tmp_path / "project"
    root.mkdir()
    make_large_project(root, PIECES, budget_eur=BUDGET_EUR)
    port, store_url = free_port(), new_database(postgres_server)
    prefect = Prefect(f"http://127.0.0.1:{port}/api")
    exported, typed = commands()
    told = {
        "INEDIT_PROJECT": str(root),
        "INEDIT_DATABASE_URL": store_url.replace("postgresql:", "postgresql+psycopg:"),
        "INEDIT_MODEL": "stub",
        "OPENAI_API_KEY": "none",
        "PREFECT_API_URL": prefect.url,
        "PREFECT_API_DATABASE_CONNECTION_URL": new_database(prefect_postgres_server).replace(
            ":", "+asyncpg:", 1
        ),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "CAMPAIGN": "large",
        "DO_NOT_TRACK": "1",
    }
    assert exported == set(told), "the page exports what this test sets"
    with (
        StubOpenAI(answer=tell_the_insight_under_a_title, latency_seconds=0.5).in_thread() as stub,
        ExitStack() as stack,
    ):
        provider = stub.base_url.removeprefix("http://").removesuffix("/v1")
        (root / "brand_data" / "prices.yaml").write_text(PRICES.format(provider=provider))
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
            **told,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "OPENAI_BASE_URL": stub.base_url,
            "PREFECT_HOME": str(tmp_path / "prefect"),
        }
        person = Typed(typed, env, root, tmp_path)
        stack.enter_context(person.running("inedit server", "server"))
        wait_for("the Prefect server", lambda: prefect.ask("/health"), 180)
        stack.enter_context(person.running("inedit serve", "serve"))
        wait_for("the deployments", lambda: prefect.ask("/work_pools/writers"), 120)
        workers = [stack.enter_context(person.running("prefect worker", f"worker-{n}")) for n in (1, 2)]
        wait_for("the run", lambda: person.run("prefect deployment"), 120)

        # less than a shard has pieces: neither of them is written to its end
        wait_for("a quarter of the calls", lambda: len(stub.served) >= PIECES // 4, 300, every=0.05)
        kill(family(next(worker for worker in workers if len(family(worker)) > 1)))
        (run,) = wait_for("the end", lambda: runs_of(prefect, "Produce a campaign", *ENDED), 400)
        wait_for(
            "the shards' ends",
            lambda: len(runs_of(prefect, "Write a shard", *ENDED)) > SHARDS,
            60,
        )
        parts = runs_of(prefect, "Write a shard")
        served = Counter(call.response_id for call in stub.served)

    assert run["state"]["type"] == "COMPLETED", run["state"]["message"]
    states = Counter(part["state"]["type"] for part in parts)
    assert states == {"COMPLETED": SHARDS, "CRASHED": 1}, "the killed worker's shard was noticed"
    check_guarantees(root, store_url, served, run["state"]["message"])


def check_guarantees(root: Path, url: str, served: Counter[str], message: str) -> None:
    """Every piece is there, no two are copies, nothing was paid twice, no budget was passed."""
    brand = load_project(root).brand
    campaign, store = brand.campaigns["large"], open_store(url)
    ledger, standing = Ledger(store), standing_pieces(store, "large")
    specs = plan(campaign, brand, datetime.now(UTC).date())
    assert {spec.key for spec in specs} == standing.keys()
    accepted = sum(found.piece.status is Status.ACCEPTED for found in standing.values())
    assert accepted >= PIECES * 0.9
    assert f"{accepted} of {PIECES} accepted" in message

    assert copies(store, brand, campaign) == []
    assert paid_twice(store) == []
    calls = [entry for entry in ledger.entries(Scope()) if entry.kind == "call"]
    pending = ledger.pending()
    assert {entry.response_id for entry in calls} <= served.keys()
    assert len(served) - len(calls) <= len(pending) <= 16, "in doubt is what the killed worker had under way"
    spent = sum(entry.cost_micros or 0 for entry in calls)
    in_doubt = sum(reservation.estimate_micros or 0 for reservation in pending)
    assert 0 < spent + in_doubt <= BUDGET_EUR * 1_000_000
    assert ledger.verify().flaws == ()
    store.close()
