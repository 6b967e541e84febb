"""Does a change leave every answer of the archive's door as it was, and what does an admission take?

    python bench/archive/answers.py --before OLD/src [--texts 10000] [--drafts 1000] [--json FILE]

An archive of so many texts (see ``building.py``); then two versions, each in a process of its own on a copy, admit the
same drafts in turn: honest ones, ones of the archive's campaigns, and ones made of its texts (a body taken over,
half of one, every fourth word another, fourteen words pasted, a headline taken over). Compared of each: the candidates
in their order, every decision for a copy with its score, and what came of it, spans and texts included; figures of
novelty may differ in the last digits of a float. Printed beside it: milliseconds of CPU per admission.
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
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from building import ENCODER, compute_on_one_thread, fill, piece, texts, tiny_brand, tiny_campaign, vector

from inedit.archive.admission import Archive, Embedding
from inedit.guard.similarity import index as indexing
from inedit.guard.similarity.indexed_texts import IndexedTexts
from inedit.model import Piece
from inedit.store import Store, open_store

KINDS, PASTED, CLOSE = 7, 14, 2e-6
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def drafts(store: Store, count: int, first: int) -> Iterator[Piece]:
    """So many, of each kind in turn."""
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT parts FROM pieces ORDER BY seq").scalars().all()
    dice, written = random.Random(5), texts("fr", 21)
    for number in range(count):
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
        yield draft


def answers(url: str, folder: Path, count: int, first: int, out: Path) -> None:
    """What the version in this process says of each draft, and what it took."""
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

    IndexedTexts.candidates, indexing.decide = told, decided  # type: ignore[method-assign]
    draw, found, took = np.random.default_rng(9), [], []
    for draft in drafts(store, count, first):
        embedding, begun = Embedding(vector(draw), *ENCODER), time.process_time()
        came = archive.admit(draft, embedding, brief_sha="b", revision_number=1, campaign=campaign)
        took.append(1e3 * (time.process_time() - begun))
        said = repr(came.verdict) if isinstance(came, Piece) else repr(came)
        found.append([isinstance(came, Piece), said, seen.copy()])
        seen.clear()
    later = sorted(took[1:])
    figures = {
        "admitted": sum(one[0] for one in found),
        "cpu_median_ms": round(statistics.median(later), 2),
        "cpu_p95_ms": round(later[int(0.95 * len(later))], 2),
        "load": round(os.getloadavg()[0], 1),
    }
    out.write_text(json.dumps({"figures": figures, "answers": found}), encoding="utf-8")


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
    parser.add_argument("--drafts", type=int, default=1_000)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--answer", nargs=5, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.answer:
        url, folder, count, first, out = arguments.answer
        answers(url, Path(folder), int(count), int(first), Path(out))
        return
    if arguments.before is None:
        parser.error("--before is needed: the src folder of the version to compare with")
    told = {}
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
            numbers = [str(arguments.drafts), str(2 * arguments.texts)]
            command = [sys.executable, __file__, "--answer", f"sqlite:///{folder}/inedit.db",
                       f"{folder}/index", *numbers, f"{folder}/out"]  # fmt: skip
            subprocess.run(command, env=env, check=True)
            told[name] = json.loads((folder / "out").read_text(encoding="utf-8"))
    pairs = list(zip(told["before"]["answers"], told["now"]["answers"], strict=True))
    listed = [[seen for seen in one[2] if seen and isinstance(seen[0], int)] for one, _ in pairs]
    row = {
        "texts": arguments.texts,
        "drafts": len(pairs),
        "candidates": sum(len(each) for one in listed for each in one),
        "other_candidates_or_decisions": sum(one[2] != other[2] for one, other in pairs),
        "other_outcomes": sum(not alike(one[1], other[1]) for one, other in pairs),
        "outcomes_to_the_last_digit": sum(one[1] == other[1] for one, other in pairs),
        **{name: version["figures"] for name, version in told.items()},
    }
    print(json.dumps(row, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
