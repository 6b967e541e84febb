"""What a long run takes, looked at every minute: pieces, calls, cores and memory of each part; and what came of it."""

from __future__ import annotations

import json
import os
import statistics
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from production import fields_of

MB, TENTHS = 1e6, 10
MODEL, POSTGRES, JUDGES = "model", "postgres", "judges of"


class Watch:
    """Appends what it sees to a file, a line of JSON each time."""

    def __init__(self, file: Path, url: str, bill: Path) -> None:
        self._file, self._url, self._bill = file, url, bill
        self._begun = time.time()
        self._cpu: dict[tuple[str, int], float] = {}  # seconds, by part and process
        self._calls, self._read = 0, 0
        self._last: dict[str, Any] = {}

    def look(self, parts: dict[str, int]) -> str:
        """What there is now, as a line; ``parts`` are the processes by name."""
        row: dict[str, Any] = {
            "session": round(self._begun), "at": time.time(), "pieces": self._pieces(), "calls": self._billed(),
            "rss_mb": {}, "pss_mb": {}, "load": round(os.getloadavg()[0], 1),
        }  # fmt: skip
        for name, pid in parts.items():
            with suppress(psutil.NoSuchProcess):
                self._see(row, name, psutil.Process(pid))
        row["cpu"] = {}
        for (name, _), seconds in self._cpu.items():
            row["cpu"][name] = round(row["cpu"].get(name, 0.0) + seconds, 2)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        line = self._line(row)
        self._last = row
        return line

    def _see(self, row: dict[str, Any], name: str, process: psutil.Process) -> None:
        """A process, and what it has started: of a worker that is told apart."""
        own, others = process.cpu_times(), process.children(recursive=True)
        apart = name not in (MODEL, POSTGRES)
        told = f"{JUDGES} {name}" if apart else name
        for part, each in [(name, process), *((told, other) for other in others)]:
            memory = fields_of(f"/proc/{each.pid}/smaps_rollup")
            for kind, field in (("rss_mb", "Rss"), ("pss_mb", "Pss")):
                row[kind][part] = round(row[kind].get(part, 0.0) + memory.get(field, 0) / MB, 1)
        taken = {}
        for other in others:
            with suppress(psutil.NoSuchProcess):
                taken[other.pid] = sum(other.cpu_times()[:2])
        if apart:  # a judge that has ended took what it had taken when it was last seen
            self._cpu[name, process.pid] = own.user + own.system
            self._cpu |= {(told, pid): seconds for pid, seconds in taken.items()}
        else:  # connections come and go
            self._cpu[name, process.pid] = sum(own[:4]) + sum(taken.values())

    def _pieces(self) -> dict[str, int]:
        import psycopg

        with psycopg.connect(self._url) as connection:
            if connection.execute("SELECT to_regclass('pieces')").fetchone() == (None,):
                return {}
            return dict(connection.execute("SELECT status, count(*) FROM pieces GROUP BY status").fetchall())

    def _billed(self) -> int:
        if self._bill.exists():
            with self._bill.open("rb") as file:
                file.seek(self._read)
                added = file.read()
            self._read, self._calls = self._read + len(added), self._calls + added.count(b"\n")
        return self._calls

    def _line(self, row: dict[str, Any]) -> str:
        last = self._last or {**row, "at": 0.0}  # of what was before it is known nothing
        seconds = row["at"] - last["at"]
        cores = {part: (cpu - last["cpu"].get(part, 0.0)) / seconds for part, cpu in row["cpu"].items()}
        return (
            f"{(row['at'] - self._begun) / 60:.0f} min: {row['pieces']}, {row['calls']} calls "
            f"({(row['calls'] - last['calls']) / seconds:.1f}/s), load {row['load']}; "
            f"cores {told(cores, 2)} (all {sum(cores.values()):.2f}); "
            f"PSS MB {told(row['pss_mb'], 0)}, RSS of all but Postgres "
            f"{sum(size for part, size in row['rss_mb'].items() if part != POSTGRES):.0f}"
        )


def told(figures_: dict[str, float], digits: int) -> str:
    return ", ".join(f"{name} {value:.{digits}f}" for name, value in figures_.items())


def figures(file: Path) -> dict[str, Any]:
    """What all looks come to: time, calls, cores and memory. Memory is that of the longest session; its slope is told
    by a line through all looks at which a tenth of its pieces was there or more."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    sessions = [
        [row for row in rows if row["session"] == one] for one in sorted({row["session"] for row in rows})
    ]
    seconds = sum(session[-1]["at"] - session[0]["session"] for session in sessions)
    cpu: dict[str, float] = {}
    for session in sessions:
        for part, taken in session[-1]["cpu"].items():
            cpu[part] = cpu.get(part, 0.0) + taken
    calls = rows[-1]["calls"]
    longest = max(sessions, key=len)
    return {
        "sessions": len(sessions),
        "minutes": round(seconds / 60, 1),
        "calls_per_second": round(calls / seconds, 1),
        "as_it_grew": as_it_grew(longest),
        "cpu_ms_per_call": {part: round(1e3 * taken / calls, 2) for part, taken in cpu.items()},
        "cpu_ms_per_call_of_all": round(1e3 * sum(cpu.values()) / calls, 1),
        "share_of_the_cores": {part: round(taken / seconds / (os.cpu_count() or 1), 3) for part, taken in cpu.items()},
        "load": {"median": statistics.median(row["load"] for row in rows), "most": max(row["load"] for row in rows)},
        "memory": {kind: memory(longest, kind) for kind in ("rss_mb", "pss_mb")},
    }  # fmt: skip


def as_it_grew(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Calls per second, and milliseconds of CPU per call, in each tenth of a session."""
    edges = [rows[round(at * (len(rows) - 1) / TENTHS)] for at in range(TENTHS + 1)]
    found = []
    for first, last in pairwise(edges):
        calls, seconds = last["calls"] - first["calls"], last["at"] - first["at"]
        if calls > 0:
            found.append({
                "pieces": sum(last["pieces"].values()),
                "calls_per_second": round(calls / seconds, 1),
                "cpu_ms_per_call": {
                    part: round(1e3 * (taken - first["cpu"].get(part, 0.0)) / calls, 1)
                    for part, taken in last["cpu"].items()
                },
            })  # fmt: skip
    return found


def memory(rows: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """Of each part and of all but the two servers: the first figure of those that tell, the last, the most, and KB
    for each further piece."""
    counted = [(sum(row["pieces"].values()), row[kind]) for row in rows]
    parts = max(len(sizes) for _, sizes in counted)  # judges end before the run does
    told_by = [
        (count, sizes) for count, sizes in counted if 10 * count >= counted[-1][0] and len(sizes) == parts
    ]
    found: dict[str, Any] = {}
    for part in (*(told_by[0][1] if told_by else ()), "workers and judges"):
        looks = [(count, _size(sizes, part)) for count, sizes in told_by]
        if len({count for count, _ in looks}) > 2:
            line = statistics.linear_regression(*zip(*looks, strict=True))
            found[part] = {
                "first": round(looks[0][1]), "last": round(looks[-1][1]), "most": round(max(size for _, size in looks)),
                "kb_per_piece": round(1e3 * line.slope, 2),
            }  # fmt: skip
    return found


def _size(sizes: dict[str, float], part: str) -> float:
    everything = sum(size for name, size in sizes.items() if name not in (MODEL, POSTGRES))
    return sizes.get(part, everything)
