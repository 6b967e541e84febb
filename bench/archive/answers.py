"""Does a change leave every answer of the archive's door as it was, and what does an admission take?

    python bench/archive/answers.py --before OLD/src [--texts 10000] [--drafts 400] [--copies 350] [--json FILE]

An archive of so many texts (see ``building.py``); then two versions, each in a process of its own on a copy, admit
the same drafts, twenty by twenty in turn. First drafts *as they come*: of twenty, nineteen are honest, and one is made
of the archive's texts (a body taken over, half of one, every fourth word another, fourteen words pasted, a headline
taken over). Then *mostly copies*: five of seven are made so, and the others are not chosen. Honest here is what copies
none of the archive's texts, as the measured version says itself.

Compared of each draft: the candidates in their order, every decision for a copy with its score, and what came of it,
spans and texts included; figures of novelty may differ in the last digits of a float. Printed beside it: milliseconds
of CPU and of the clock per admission with its transaction, of the admitted and of the refused.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
from building import ENCODER, compute_on_one_thread, fill, piece, texts, tiny_brand, tiny_campaign, vector

from inedit.archive.admission import Archive, Embedding
from inedit.guard.similarity import index as indexing
from inedit.guard.similarity.indexed_texts import IndexedTexts
from inedit.model import Piece
from inedit.store import Store, open_store

KINDS, HONEST, PASTED, CLOSE = 7, 2, 14, 2e-6
ONE_COPY_IN, TURN = 20, 20
AS_THEY_COME, MOSTLY_COPIES = "as they come", "mostly copies"
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def drafts(store: Store, first: int) -> Iterator[tuple[int, Piece]]:
    """Kind and draft, of each kind in turn, without end: those below :data:`HONEST` are made of no other text."""
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT parts FROM pieces ORDER BY seq").scalars().all()
    dice, written = random.Random(5), texts("fr", 21)
    for number in count():
        hook, before, after = next(written)
        there, own = json.loads(dice.choice(kept)), before.split()
        body, kind = there["body"].split(), number % KINDS
        made = {
            2: body,
            3: [*body[: len(body) // 2], *own],
            4: [word if dice.random() > 0.25 else dice.choice(own) for word in body],
            5: [*own, *body[:PASTED], *after.split()],
        }.get(kind, [*own, *after.split()])
        draft = piece(first + number, {"hook": there["hook"] if kind == 6 else hook, "body": " ".join(made)})
        if kind == 1:
            spec = replace(draft.spec, campaign_id=f"campaign-{number % 20}", index=10**6 + number)
            draft = replace(draft, spec=spec, id=f"{spec.key}-1")
        yield kind, draft


def as_they_come(archive: Archive, of_all: Iterable[tuple[int, Piece]], count: int) -> list[Piece]:
    """So many drafts, one in twenty of which is made of the archive's texts; the others copy none of these."""
    campaign, copies, found = tiny_campaign(), list[Piece](), list[Piece]()
    for kind, draft in of_all:
        if kind >= HONEST:
            copies.append(draft)
        elif not archive.copies_by_words(draft, campaign):
            found.append(draft)
            if len(found) % ONE_COPY_IN == ONE_COPY_IN - 1:
                found.append(copies[len(found) * 7 % len(copies)])  # of each kind
        if len(found) >= count:
            break
    return found


def answers(url: str, folder: Path, of_all: int, of_copies: int, first: int, out: Path) -> None:
    """What the version in this process says of each draft, and what it took; it waits for its turn."""
    compute_on_one_thread()
    store = open_store(url)
    archive, campaign, seen = Archive(store, tiny_brand(), folder=folder), tiny_campaign(), list[Any]()
    candidates, decide = IndexedTexts.candidates, indexing.decide

    def told(self: IndexedTexts, draft: Any) -> list[int]:
        found = candidates(self, draft)
        seen.append([int(number) for number in found])
        return found

    def decided(a: Any, b: Any, **named: Any) -> Any:
        found = decide(a, b, **named)
        if found.copy:
            seen.append([repr(found.score), found.signal, found.calibration, len(a), len(b)])
        return found

    made, draw, found = drafts(store, first), np.random.default_rng(9), list[dict[str, Any]]()
    warming = [draft for _, draft in islice(made, KINDS)]
    mixed = [(AS_THEY_COME, draft) for draft in as_they_come(archive, made, of_all)]
    mixed += [(MOSTLY_COPIES, draft) for _, draft in islice(made, of_copies)]
    IndexedTexts.candidates, indexing.decide = told, decided  # type: ignore[method-assign]
    for number, (mix, draft) in enumerate([*(("", draft) for draft in warming), *mixed], -len(warming)):
        if number >= 0 and number % TURN == 0:
            print("done", flush=True)
            sys.stdin.readline()
        embedding, begun, cpu = Embedding(vector(draw), *ENCODER), time.perf_counter(), time.process_time()
        came = archive.admit(draft, embedding, brief_sha="b", revision_number=1, campaign=campaign)
        cpu, took = time.process_time() - cpu, time.perf_counter() - begun
        said = repr(came.verdict) if isinstance(came, Piece) else repr(came)
        row = {
            "mix": mix,
            "id": draft.id,
            "admitted": isinstance(came, Piece),
            "cpu": 1e3 * cpu,
            "wall": 1e3 * took,
        }
        found.append({**row, "said": said, "seen": seen.copy()})
        seen.clear()
    out.write_text(json.dumps(found[len(warming) :]), encoding="utf-8")


def in_turn(running: list[subprocess.Popen[str]]) -> None:
    """Let each admit twenty drafts, then the next one, until all have ended."""
    for process in running:  # all are ready
        assert process.stdout is not None  # noqa: S101  # it was asked for
        process.stdout.readline()
    while running:
        for process in list(running):
            assert process.stdin is not None and process.stdout is not None  # noqa: S101
            print("go", file=process.stdin, flush=True)
            if not process.stdout.readline():
                running.remove(process)
                if process.wait():
                    raise SystemExit(f"a version ended with {process.returncode}")


def figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Median and 95th percentile of all drafts, of the admitted and of the refused."""
    groups = {"all": rows, "admitted": [row for row in rows if row["admitted"]],
              "refused": [row for row in rows if not row["admitted"]]}  # fmt: skip
    found: dict[str, Any] = {}
    for name, some in groups.items():
        if some:
            found[name] = {"drafts": len(some)}
            for what in ("cpu", "wall"):
                taken = sorted(row[what] for row in some)
                found[name][f"{what}_median_ms"] = round(statistics.median(taken), 2)
                found[name][f"{what}_p95_ms"] = round(taken[int(0.95 * len(taken))], 2)
    return found


def alike(one: str, other: str) -> bool:
    """The same, but for the last digits of figures."""
    if one == other:
        return True
    mine, theirs = NUMBER.findall(one), NUMBER.findall(other)
    return NUMBER.sub("#", one) == NUMBER.sub("#", other) and all(
        abs(float(a) - float(b)) < CLOSE for a, b in zip(mine, theirs, strict=True)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--drafts", type=int, default=400, help="as they come")
    parser.add_argument("--copies", type=int, default=350, help="drafts most of which are copies")
    parser.add_argument("--before", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--answer", nargs=6, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.answer:
        url, folder, of_all, of_copies, first, out = arguments.answer
        answers(url, Path(folder), int(of_all), int(of_copies), int(first), Path(out))
        return
    if arguments.before is None:
        parser.error("--before is needed: the src folder of the version to compare with")
    told, running = {}, list[subprocess.Popen[str]]()
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as place:
        empty = Path(place) / "empty.db"
        store = open_store(f"sqlite:///{empty}")
        fill(store, arguments.texts)
        store.close()
        for name, source in (("before", arguments.before.resolve()), ("now", None)):
            folder = Path(place) / name
            folder.mkdir()
            shutil.copy(empty, folder / "inedit.db")
            tests = str(Path(__file__).parents[2] / "tests")
            env = os.environ | ({"PYTHONPATH": f"{source}:{tests}"} if source else {})
            numbers = [str(arguments.drafts), str(arguments.copies), str(2 * arguments.texts)]
            command = [sys.executable, __file__, "--answer", f"sqlite:///{folder}/inedit.db",
                       f"{folder}/index", *numbers, f"{folder}/out"]  # fmt: skip
            running.append(
                subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
        in_turn(running)
        for name in ("before", "now"):
            told[name] = json.loads((Path(place) / name / "out").read_text(encoding="utf-8"))
    row: dict[str, Any] = {"texts": arguments.texts, "load": round(os.getloadavg()[0], 1)}
    for mix in (AS_THEY_COME, MOSTLY_COPIES):
        mine, theirs = ([one for one in told[name] if one["mix"] == mix] for name in ("before", "now"))
        pairs = list(zip(mine, theirs, strict=True))
        listed = [[seen for seen in one["seen"] if seen and isinstance(seen[0], int)] for one in mine]
        row[mix] = {
            "candidates": sum(len(each) for one in listed for each in one),
            "other_drafts": sum(one["id"] != other["id"] for one, other in pairs),
            "other_candidates_or_decisions": sum(one["seen"] != other["seen"] for one, other in pairs),
            "other_outcomes": sum(not alike(one["said"], other["said"]) for one, other in pairs),
            "outcomes_to_the_last_digit": sum(one["said"] == other["said"] for one, other in pairs),
            "before": figures(mine),
            "now": figures(theirs),
        }
    print(json.dumps(row, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
