"""How many small faults of the code do its unit tests notice? A seeded sample of mutants of one room.

    pip install cosmic-ray coverage
    python bench/mutation/run.py src/inedit/guard --tests tests/unit/guard --seed 1 \\
        --into bench/mutation/results/guard.json

Every mutant of a room would take days, so places are drawn, each with the same chance and every file in proportion;
mutants.py says what counts as one. The tests run once under coverage; a mutant then meets those that ran its line, the
quickest first, and after them those that ran its file (what is cached hides lines), up to a budget of CPU time, and is
killed by the first that fails. The budget is for the bench's sake (a real run runs all tests): what survives it may
still be killed, never the other way round. One that needs many times their CPU time is killed too, and counted apart;
one that no test reaches has survived. Each mutant has a process of its own, forked from one that has imported
everything but the package; the mutated module is loaded in place of the file, which is never written. With ``--record``
what was measured is kept for the next seed: then only tests that changed are run under coverage again.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import math
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from forked import Tests  # beside this file
from mutants import Place, places

LINE_SECONDS, FILE_SECONDS = 40.0, 10.0
"""CPU seconds of tests that a mutant may meet: of those that ran its line, and of those that ran its file."""


def main() -> None:
    given, more = _arguments()
    room, dice = given.room.resolve(), random.Random(given.seed)
    files = [room] if room.is_file() else sorted(room.rglob("*.py"))
    known = [place for file in files for place in places(file, dice)]
    drawn = _draw(known, given.sample, dice)
    met: list[tuple[Place, str]] = []

    def work(tests: Tests) -> None:
        if not (given.record and tests.measured_before(given.record)):
            tests.measure()
        if given.record:
            tests.record(given.record)
        tests.ready()
        end = time.monotonic() + 60 * given.minutes
        answers = _shared_out(
            given.workers, lambda worker: _meet(tests, drawn, range(worker, len(drawn), given.workers), end)
        )
        met.extend((drawn[number], how) for number, how, _ in sorted(answers))
        killers = {killer for _, _, killer in answers} - {""}
        if wrong := tests.control(sorted(killers), 900):
            sys.exit(f"This fails without a change, and may have killed for nothing: {wrong}")

    if Tests(work, room).collect([*given.tests, *more]) != 0:
        sys.exit(1)
    result = _result(given, known, met)
    print(json.dumps(result | {"survivors": len(result["survivors"])}, indent=1))
    if given.into:
        runs = json.loads(given.into.read_text(encoding="utf-8")) if given.into.exists() else []
        runs = [run for run in runs if (run["room"], run["seed"]) != (result["room"], result["seed"])]
        given.into.write_text(
            json.dumps([*runs, result], indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )


def _arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("room", type=Path, help="a folder or a file below src/")
    parser.add_argument(
        "--tests", nargs="+", default=["tests/unit"], help="its tests (other options go to pytest)"
    )
    parser.add_argument("--sample", type=int, default=400, help="how many mutants (400)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="stop then, with the mutants met so far"
    )
    parser.add_argument(
        "--record", type=Path, help="where to keep which test runs which line, for the next seed"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes that share the mutants (1)")
    parser.add_argument("--into", type=Path, help="a JSON file with the results by seed")
    return parser.parse_known_args()


Answer = tuple[int, str, str]
"""The number of a mutant, how it ended, and the first test that failed."""


def _meet(tests: Tests, drawn: list[Place], numbers: Iterable[int], end: float) -> Iterator[Answer]:
    """Each of some mutants before its tests, as long as there is time."""
    for number in numbers:
        place = drawn[number]
        own = _tests_of(place, tests)
        seconds = sum(tests.seconds[test] for test in own)
        how, killer = tests.outcome(own, place, 4 * seconds + 20) if own else ("uncovered", "")
        print(f"{number:4} {how:9} {place.operator:40} {place.shown(Path.cwd())}  [{killer}]", flush=True)
        yield number, how, killer
        if time.monotonic() > end:
            break


def _shared_out(workers: int, answers_of: Callable[[int], Iterator[Answer]]) -> list[Answer]:
    """What so many processes answer, forked from this one; when it is interrupted, what they had answered by then."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / str(worker) for worker in range(workers)]
        children = []
        for worker, file in enumerate(files):
            child = os.fork()
            if child == 0:
                with (
                    contextlib.suppress(KeyboardInterrupt),
                    file.open("w", encoding="utf-8", buffering=1) as told,
                ):
                    for answer in answers_of(worker):
                        told.write(json.dumps(answer) + "\n")
                os._exit(0)
            children.append(child)
        for child in children:
            with contextlib.suppress(KeyboardInterrupt):  # what was met so far is a sample too
                os.waitpid(child, 0)
        lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [(number, how, killer) for number, how, killer in map(json.loads, lines)]


def _draw(known: list[Place], size: int, dice: random.Random) -> list[Place]:
    """A systematic sample: the places file by file, shuffled inside each, every k-th of them; in no order, so that the
    first hundred are a sample too."""
    order = sorted(known, key=lambda place: (place.file, dice.random()))
    size = min(size, len(order))
    first = dice.random()
    drawn = [order[int((first + number) * len(order) / size)] for number in range(size)]
    return dice.sample(drawn, size)


def _tests_of(place: Place, tests: Tests) -> list[str]:
    """The tests that a mutant meets, in their order."""
    by_line = tests.lines.get(str(place.file), {})
    near = set(by_line.get(place.line, ()))
    if place.name:  # outside the functions: the tests that run a line which names it
        name = re.compile(rf"\b{re.escape(place.name)}\b")
        near = {
            test
            for file, lines in tests.lines.items()
            for number, text in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), start=1)
            if name.search(text)
            for test in lines.get(number, ())
        }
    far = {test for named in by_line.values() for test in named} - near
    return [*_quickest(near - {""}, LINE_SECONDS, tests), *_quickest(far - {""}, FILE_SECONDS, tests)]


def _quickest(chosen: set[str], budget: float, tests: Tests) -> list[str]:
    """As many as the budget allows, but at least one."""
    order = sorted(chosen, key=lambda test: (tests.seconds[test], test))
    spent = itertools.accumulate(tests.seconds[test] for test in order)
    within = [test for test, seconds in zip(order, spent, strict=True) if seconds <= budget]
    return within or order[:1]


def _result(given: argparse.Namespace, known: list[Place], met: list[tuple[Place, str]]) -> dict[str, Any]:
    count = Counter(outcome for _, outcome in met)
    killed, n = count["killed"] + count["timeout"], len(met)
    share, z = killed / n, 1.96
    centre, half = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    folders: dict[str, list[int]] = {}
    for place, outcome in met:
        folder = folders.setdefault(str(place.file.parent.relative_to(Path.cwd())), [0, 0])
        folder[0] += outcome in {"killed", "timeout"}
        folder[1] += 1
    return {
        "room": str(given.room), "tests": [str(test) for test in given.tests], "date": str(datetime.now(tz=UTC).date()),
        "seed": given.seed, "places": len(known), "sampled": n, **count, "killed_share": round(share, 4),
        "interval_95": [round((centre + sign * half) / (1 + z * z / n), 4) for sign in (-1, 1)],
        "killed_of_by_folder": folders,
        "survivors": [f"{how}: {place.shown(Path.cwd())}" for place, how in met if how in {"survived", "uncovered"}],
    }  # fmt: skip


if __name__ == "__main__":
    main()
