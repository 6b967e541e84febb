"""Is anything that was answered lost or paid again, whatever is killed?

    python bench/flows/kills.py [--kills 200] [--seed 1] [--minutes 60] [--json FILE]

Campaigns of 80 pieces, on SQLite and on Postgres in turn, each by two processes that divide it among themselves, with
the real guard, generic texts, encoder and admission. Again and again something gets SIGKILL at a moment drawn from the
seed, and is started again: a writer, both, the model server, the database server, or all at once, as when a machine
stops. At last the campaign is written to its end, and everything is held against the model server's own bill, which it
writes before it answers:

- every call in the ledger is on the bill, once, with its tokens, and no attempt was paid twice;
- every call of the bill that the ledger lacks is money still set aside, of a call that was under way at a kill;
- the text of each charged call is stored; every piece of the plan is there; none copies another, all shown once more
  in their order to the door's comparison, without its shortcuts;
- the bill, posted as a statement (``ledger reconcile --post``), leaves no call and no millionth that differs;
- ``verify`` finds nothing, and an index that was kept on disk knows every accepted text, as one that is read anew does.

Blocks of the index are kept from 10 texts on, so that kills meet them being written. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import psutil
from aiohttp import web

HERE = Path(__file__)
sys.path.insert(0, str(HERE.parents[2] / "tests"))
sys.path.insert(0, str(HERE.parents[1] / "pipeline"))

from surroundings import CELLS, LANGUAGES, different_answers, project_of  # noqa: E402  # in bench/pipeline
from texts import texts  # noqa: E402

PIECES, WRITERS, AT_ONCE = 2 * CELLS, 2, 4
LEASE = timedelta(seconds=3)
KEPT_FROM, LATENCY_SECONDS = 10, 0.1
MOST_CALLS_BETWEEN, PATIENCE_SECONDS = 5, 20.0
VICTIMS = {"writer": 5, "both writers": 1, "model server": 2, "database server": 2, "everything": 1}
"""How often each is drawn. Where there is no database server, everything is killed."""


# ---- the model server, a process of its own


async def serve_model(port: int, bill: Path, before: int, latency_seconds: float) -> None:
    """Answers, each written on the bill first, which has so many. One that was killed goes on with other texts."""
    written = {language: texts(language, 1_000 * (before + 1) + n) for n, language in enumerate(LANGUAGES)}
    answer, served = different_answers(written), before
    ink = os.open(bill, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def complete(request: web.Request) -> web.Response:
        nonlocal served
        body = json.loads(await request.read())
        text, served = answer(body, served), served + 1
        call = {
            "id": f"chatcmpl-{served:06}-{random.randbytes(4).hex()}", "moment": datetime.now(UTC).isoformat(),
            "model": body["model"], "in": sum(len(m["content"]) for m in body["messages"]) // 4, "out": len(text) // 4,
        }  # fmt: skip
        os.write(ink, (json.dumps(call) + "\n").encode())
        await asyncio.sleep(latency_seconds)
        return web.json_response(
            {
                "id": call["id"], "object": "chat.completion", "created": 0, "model": call["model"],
                "choices": [
                    {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
                ],
                "usage": {
                    "prompt_tokens": call["in"], "completion_tokens": call["out"],
                    "total_tokens": call["in"] + call["out"],
                },
            }
        )  # fmt: skip

    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
    await asyncio.Event().wait()


# ---- writers: forks of a process that has loaded what they need


def nursery() -> None:
    """Forks a writer for each line of its input, and prints its number."""
    from inedit.archive import stored_blocks
    from inedit.bootstrap import Settings, lazy_encoder
    from inedit.guard import judge as _judge
    from inedit.pipeline import campaign as _campaign
    from inedit.store import schema as _schema

    assert _judge and _campaign and _schema  # noqa: S101  # loaded, so that no writer has to
    stored_blocks.LEAST_KEPT = KEPT_FROM
    encoder = lazy_encoder(Settings())()
    encoder.encode(["a text, so that everything is warm"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if not (writer := os.fork()):
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(log, 1)
            os.dup2(log, 2)
            os.environ.update(order["env"])
            if asyncio.run(write(Path(order["root"]), encoder)):
                Path(order["end"]).touch()
            os._exit(0)
        print(writer, flush=True)


async def write(root: Path, encoder: Any) -> bool:
    """As ``inedit produce``, with leases that run out sooner; whether the whole campaign is there."""
    from inedit.bootstrap import Settings, open_pipeline, open_project_store, served_model
    from inedit.brand.load import load_project
    from inedit.pipeline import WorkerPool, begin_run, conclude_run
    from inedit.pipeline.task import Options

    project, settings, options = load_project(root), Settings.from_environment(), Options(concurrency=AT_ONCE)
    campaign = project.brand.campaigns["large"]
    with open_project_store(settings, root) as store, served_model(settings) as address:
        async with open_pipeline(
            project, settings, store, address, concurrency=AT_ONCE, encoder=lambda: encoder
        ) as line:
            begun = begin_run(campaign, line, options)
            written = await WorkerPool(line, options, lease=LEASE).write(begun.run_id, campaign, begun.specs)
            run = conclude_run(begun, campaign, line, options, [written])
    return not run.stopped and len(run.pieces) == run.planned


# ---- what can be killed


class Postgres:
    """A database server that may die. What it has committed is on the disk, and a folder that has data goes on."""

    def __init__(self, folder: Path, **settings: str) -> None:
        from fakes.postgres import _unprivileged_user, programs

        found = programs()
        assert found is not None  # noqa: S101  # the bench needs it
        self.programs, self.data, self.port, self.settings = found, folder / "data", free_port(), settings
        self.owner = _unprivileged_user() if os.geteuid() == 0 else None
        if self.owner:
            shutil.chown(folder, self.owner)
        self.folder = folder
        made = [
            self.programs / "initdb",
            "-D",
            self.data,
            "-A",
            "trust",
            "-U",
            "inedit",
            "-E",
            "UTF8",
            "--locale",
            "C",
        ]
        if not self.data.exists():
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=self.owner)
        self.url = f"postgresql://inedit@127.0.0.1:{self.port}/postgres"
        self.start()

    def start(self) -> None:
        from fakes.postgres import _wait_until_it_answers

        command = [
            self.programs / "postgres", "-D", self.data, "-c", f"port={self.port}", "-c", "listen_addresses=127.0.0.1",
            "-c", f"unix_socket_directories={self.folder}", "-c", "max_connections=200",
            *(word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")),
        ]  # fmt: skip
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = psutil.Popen(command, cwd=self.folder, user=self.owner, **quiet)
        _wait_until_it_answers(self.url, 60)

    def stop(self) -> None:
        """As a machine that is shut down does: what is under way is rolled back, and the data is whole."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(120)

    def kill(self) -> None:
        family = [self.process, *self.process.children(recursive=True)]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, 20)


class ModelServer:
    """The model server as a process."""

    def __init__(self, bill: Path, port: int | None = None) -> None:
        self.bill, self.port = bill, port or free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def provider(self) -> str:
        """How the ledger calls it."""
        return f"127.0.0.1:{self.port}"

    @property
    def calls(self) -> list[dict[str, Any]]:
        """What is on the bill: whole lines."""
        said = self.bill.read_bytes() if self.bill.exists() else b""
        return [json.loads(line) for line in said.splitlines()]

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, HERE, "--serve", str(self.port), str(self.bill)])
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise SystemExit("the model server does not answer")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Writers:
    """The processes that write a campaign."""

    def __init__(self, root: Path, env: dict[str, str], source: subprocess.Popen[str]) -> None:
        self.root, self.env, self.source = root, env, source
        self.pids: list[int] = []
        self.begun = 0

    @property
    def ends(self) -> list[Path]:
        """One for each that wrote the campaign to its end."""
        return list(self.root.glob("end-*"))

    def living(self) -> list[int]:
        self.pids = [pid for pid in self.pids if psutil.pid_exists(pid)]
        return self.pids

    def fill_up(self) -> None:
        """Start as many as are missing."""
        assert self.source.stdin is not None and self.source.stdout is not None  # noqa: S101
        while len(self.living()) < WRITERS:
            self.begun += 1
            order = {
                "root": str(self.root), "env": self.env, "end": str(self.root / f"end-{self.begun}"),
                "log": str(self.root / "writers.log"),
            }  # fmt: skip
            self.source.stdin.write(json.dumps(order) + "\n")
            self.source.stdin.flush()
            self.pids.append(int(self.source.stdout.readline()))

    def kill(self, pids: list[int]) -> int:
        """How many were there to be killed."""
        killed = 0
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed += 1
        while any(psutil.pid_exists(pid) for pid in pids):
            time.sleep(0.01)
        return killed


# ---- one campaign


def campaign(
    kind: str, seed: int, most_kills: int, source: subprocess.Popen[str], until: float
) -> dict[str, Any]:
    """Kills, and what was found after them."""
    dice, kills = random.Random(f"{seed} {kind}"), Counter[str]()
    with project_of(PIECES) as root, tempfile.TemporaryDirectory(prefix="inedit-bench-") as made:
        folder = Path(made)
        postgres = Postgres(folder) if kind == "postgres" else None
        model = ModelServer(root / "bill.jsonl")
        try:
            url = postgres.url if postgres else f"sqlite:///{root}/inedit.db"
            (root / "brand_data" / "prices.yaml").write_text(prices(model.provider), encoding="utf-8")
            env = {
                "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "none", "INEDIT_MODEL": "stub",
                "INEDIT_PROMPTS": "full", "INEDIT_DATABASE_URL": url,
            }  # fmt: skip
            writers = Writers(root, env, source)
            begun = time.monotonic()
            while not writers.ends and time.monotonic() < until:
                writers.fill_up()
                wait_for_calls(model, writers, dice.randint(0, MOST_CALLS_BETWEEN), dice.uniform(0.0, 0.3))
                if sum(kills.values()) < most_kills and not writers.ends:
                    kill_something(dice, writers, model, postgres, kills)
            while writers.living() and time.monotonic() < until:
                time.sleep(0.1)
            writers.kill(writers.living())
            found = {
                "database": kind, "seed": seed, "kills": dict(kills), "writers": writers.begun,
                "finished": bool(writers.ends), "seconds": round(time.monotonic() - begun),
                **held_against_the_bill(root, model, url, finished=bool(writers.ends)),
            }  # fmt: skip
        finally:
            model.kill()
            if postgres:
                postgres.kill()
    return found


def wait_for_calls(model: ModelServer, writers: Writers, calls: int, seconds: float) -> None:
    """Until so many more are on the bill, and some more time has passed."""
    wanted, patience = len(model.calls) + calls, time.monotonic() + PATIENCE_SECONDS
    while len(model.calls) < wanted and not writers.ends and time.monotonic() < patience:
        if not writers.living():
            return
        time.sleep(0.01)
    time.sleep(seconds)


def kill_something(
    dice: random.Random, writers: Writers, model: ModelServer, postgres: Postgres | None, kills: Counter[str]
) -> None:
    """One of the victims, which is started again at once; writers are started by who waits for them."""
    (victim,) = dice.choices(list(VICTIMS), list(VICTIMS.values()))
    if victim == "database server" and postgres is None:
        victim = "everything"
    living = writers.living()
    if victim in ("both writers", "everything"):
        kills["writer"] += writers.kill(list(living))
    elif victim == "writer" and living:
        kills["writer"] += writers.kill([dice.choice(living)])
    if victim in ("model server", "everything"):
        model.kill()
        kills["model server"] += 1
    if victim in ("database server", "everything") and postgres:
        postgres.kill()
        kills["database server"] += 1
        postgres.start()
    if model.process.poll() is not None:
        model.start()


# ---- and after it

PRICE_IN, PRICE_OUT = Decimal("0.3"), Decimal("1.7")
"""Of a million tokens."""


def prices(provider: str) -> str:
    return (
        f'- {{provider: "{provider}", model: "*", currency: USD, input_price: {PRICE_IN}, cached_price: {PRICE_IN}, '
        f'output_price: {PRICE_OUT}, valid_from: 2026-01-01, source: "a bench"}}\n'
    )


def held_against_the_bill(root: Path, model: ModelServer, url: str, *, finished: bool) -> dict[str, Any]:
    """What the store says beside the bill, and what differs."""
    from fakes.guarantees import copies
    from inedit.archive.pieces import read_pieces
    from inedit.brand.load import load_project
    from inedit.ledger import Ledger
    from inedit.model import Status
    from inedit.store import open_store

    brand = load_project(root).brand
    store = open_store(url)
    ledger = Ledger(store)
    figures, wrong = charged_once(store, ledger, model)
    standing = list(read_pieces(store))
    if finished and len({piece.spec.key for piece in standing}) != PIECES:
        wrong.append(f"{len(standing)} pieces, not {PIECES}")
    if copied := copies(store, brand, brand.campaigns["large"]):
        wrong.append(f"copies: {copied}")
    accepted = [piece for piece in standing if piece.status is Status.ACCEPTED]
    unknown = not_in_index(root, store, brand, accepted)
    wrong += [f"the index does not know {piece}" for piece in unknown]
    wrong += [f"verify: {flaw}" for flaw in ledger.verify().flaws]
    posted = reconciled(root, model, store)
    store.close()
    wrong += posted.pop("wrong")
    return {
        **figures, "pieces": dict(Counter(str(piece.status.value) for piece in standing)),
        "index files": sum(1 for _ in root.rglob("*.block")), **posted, "wrong": wrong,
    }  # fmt: skip


def charged_once(store: Any, ledger: Any, model: ModelServer) -> tuple[dict[str, int], list[str]]:
    """How many calls the bill and the ledger have, and in what they differ: each call is charged once, with its tokens
    and its text, or is still in doubt; no attempt was paid twice."""
    from fakes.guarantees import paid_twice
    from inedit.ledger.journal.reading import Scope

    wrong: list[str] = []
    bill = {call["id"]: call for call in model.calls}
    calls = [entry for entry in ledger.entries(Scope()) if entry.kind == "call"]
    charged = {str(entry.response_id): entry for entry in calls}
    pending, lost = ledger.pending(), bill.keys() - charged.keys()
    if len(charged) != len(calls):
        wrong.append("an answer is charged twice")
    wrong += [f"{one} is not on the bill" for one in charged.keys() - bill.keys()]
    wrong += [
        f"{one} has other tokens" for one, entry in charged.items()
        if one in bill and (entry.input_tokens, entry.output_tokens) != (bill[one]["in"], bill[one]["out"])
    ]  # fmt: skip
    if twice := paid_twice(store):
        wrong.append(f"paid twice: {twice}")
    if len(lost) > len(pending):
        wrong.append(f"{len(lost)} calls of the bill are not in the ledger, and {len(pending)} are in doubt")
    wrong += [f"the text of {one} is not stored" for one in charged.keys() - stored_answers(store)]
    figures = {
        "calls on the bill": len(bill), "charged at once": len(calls), "under way at a kill": len(lost),
        "in doubt": len(pending),
    }  # fmt: skip
    return figures, wrong


def stored_answers(store: Any) -> set[str]:
    """The ids of the answers whose text is kept."""
    from sqlalchemy import select

    from inedit.store.tables import attempts, baselines

    with store.read() as connection:
        found = connection.execute(select(attempts.c.response_id).where(attempts.c.raw != "")).scalars().all()
        generic = (
            connection.execute(select(baselines.c.response_id).where(baselines.c.text != "")).scalars().all()
        )
    return {*map(str, found), *map(str, generic)}


def not_in_index(root: Path, store: Any, brand: Any, accepted: list[Any]) -> list[str]:
    """Accepted texts that whoever opens the index that was kept would let in once more."""
    from inedit.archive.admission import Archive
    from inedit.bootstrap import index_folder

    archive = Archive(store, brand, folder=index_folder(root))
    return [
        piece.id
        for piece in accepted
        if piece.id not in {
            match.piece_id
            for match in archive.copies_by_words(replace(piece, id=f"{piece.id}-again"), brand.campaigns["large"])
        }
    ]  # fmt: skip


def reconciled(root: Path, model: ModelServer, store: Any) -> dict[str, Any]:
    """The bill posted as a statement, two days later; what differs. Calls that never reached the server stay in doubt
    when they were sent after the last line less a while: a statement is not sure of what came after it."""
    from inedit.ledger import Ledger, load_pricing_config
    from inedit.ledger.journal.reading import Scope
    from inedit.ledger.reconciliation.posting import post
    from inedit.ledger.reconciliation.statements import read_statement

    def micros(call: dict[str, Any]) -> int:
        exact = PRICE_IN * call["in"] + PRICE_OUT * call["out"]
        return int(exact.to_integral_value(ROUND_HALF_EVEN))

    bill, file = model.calls, root / "statement.csv"
    rows = [
        f"{call['moment']},{call['model']},{call['id']},{call['in']},0,{call['out']},{micros(call) / 1e6:.6f},USD"
        for call in bill
    ]
    head = "time,model,request_id,input_tokens,cached_input_tokens,output_tokens,cost,currency"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    later = datetime.now(UTC) + timedelta(days=2)
    ledger = Ledger.under(load_pricing_config(root), store, clock=lambda: later)
    found = ledger.reconcile(read_statement(file, made=later), provider=model.provider)
    posted = Counter(one.action for one in post(ledger, found))
    entries = list(ledger.entries(Scope()))
    spent, billed = sum(entry.cost_micros or 0 for entry in entries), sum(map(micros, bill))
    missing = {call["id"] for call in bill} - {entry.response_id for entry in entries}
    wrong = [f"after the statement {one} is not in the ledger" for one in missing]
    if spent != billed:
        wrong.append(f"the ledger says {spent} millionths, the bill {billed}")
    wrong += [f"verify after the statement: {flaw}" for flaw in ledger.verify().flaws]
    return {
        "posted": dict(posted),
        "in doubt after the statement": len(ledger.pending()),
        "millionths": [spent, billed],
        "wrong": wrong,
    }


@contextmanager
def nursed() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, HERE, "--nursery"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdin is not None  # noqa: S101
    process.stdout.readline()
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--per-campaign", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="no campaign is begun after so long")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    parser.add_argument("--nursery", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        bill = Path(given.serve[1])
        before = len(bill.read_bytes().splitlines()) if bill.exists() else 0
        asyncio.run(serve_model(int(given.serve[0]), bill, before, LATENCY_SECONDS))
        return
    if given.nursery:
        nursery()
        return
    begun, found, done = time.monotonic(), list[dict[str, Any]](), 0
    with nursed() as source:
        while done < given.kills and time.monotonic() - begun < 60 * given.minutes:
            kind = ("sqlite", "postgres")[len(found) % 2]
            most = min(given.per_campaign, given.kills - done)
            one = campaign(kind, given.seed + len(found), most, source, time.monotonic() + 1_200)
            done += sum(one["kills"].values())
            found.append(one)
            print(json.dumps(one, ensure_ascii=False), flush=True)
            if given.json:
                total = {"measured": f"{datetime.now(UTC):%Y-%m-%d}", "kills": done, "campaigns": found}
                given.json.write_text(
                    json.dumps(total, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
                )
    sys.exit(any(one["wrong"] or not one["finished"] for one in found))


if __name__ == "__main__":
    main()
