"""Would a library do what our own code does, at least as well? The canonical JSON of the ledger, the patterns of the
guard, the download of model files.

    pip install rfc8785 google-re2 pyahocorasick huggingface_hub    # none of them is a dependency
    python bench/libraries/run.py > bench/results/libraries.txt

Entries are made at random from the columns of the ledger; texts are `bench/prompts/answers.jsonl`; the file is served
on this machine by a server that drops the line half-way once.
"""

from __future__ import annotations

import gc
import hashlib
import json
import random
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import ahocorasick
import re2
import rfc8785

from inedit.generation.sources import Publisher, SourceUnavailable
from inedit.guard.nlp.patterns import Pattern, _letters
from inedit.ledger.journal.chain import canonical_form
from inedit.model import LedgerEntry

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = 20_000
LETTERS = string.ascii_letters + string.digits + ' éüßñ’«»€"\\/\n\t\u2028\u007f😀\ufb01'
SIZE = 64 << 20


def cpu(work: Callable[[], object], times: int = 5) -> float:
    """Median CPU seconds of this process."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def entry(dice: random.Random) -> dict[str, Any]:
    """The columns of an entry with any text and number that they may hold."""
    row: dict[str, Any] = {}
    most = dice.choice([(1 << 53) - 1, (1 << 63) - 1])
    for field in fields(LedgerEntry):
        if "int" in str(field.type):
            row[field.name] = dice.choice(
                [None, dice.randint(-9, 9), dice.randint(0, 1 << 31), dice.randint(0, most)]
            )
        else:
            row[field.name] = dice.choice([None, "".join(dice.choices(LETTERS, k=dice.randint(0, 40)))])
    return row


def chain() -> None:
    """Bytes and time of the canonical form, ours against RFC 8785."""
    dice = random.Random(5)
    rows = [entry(dice) for _ in range(ENTRIES)]
    large = same = refused = 0
    for row in rows:
        given = {name: value for name, value in row.items() if value is not None and name != "hash"}
        large += any(isinstance(value, int) and abs(value) >= 1 << 53 for value in given.values())
        try:
            same += rfc8785.dumps(given) == canonical_form(row).encode()
        except rfc8785.CanonicalizationError:
            refused += 1
    small = [
        {
            k: v
            for k, v in row.items()
            if v is not None and k != "hash" and not (isinstance(v, int) and v >= 1 << 53)
        }
        for row in rows[:5000]
    ]
    print(f"rfc8785 0.1.4: {ENTRIES} random entries, {large} with a whole number of 2^53 or more")
    print(f"  same bytes {same}, refused {refused}, other bytes {ENTRIES - same - refused}")
    print(f"  microseconds an entry: ours {2e2 * cpu(lambda: [canonical_form(row) for row in small]):.1f}, "
          f"rfc8785 {2e2 * cpu(lambda: [rfc8785.dumps(row) for row in small]):.1f}")  # fmt: skip


def texts() -> list[tuple[str, str]]:
    """Answers of a capable model, with their language."""
    read = [
        json.loads(line)
        for line in (ROOT / "bench/prompts/answers.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [
        (row["cell"]["language"], "\n".join(v for v in row["answer"].values() if isinstance(v, str)))
        for row in read
        if isinstance(row["answer"], dict)
    ]


def patterns() -> None:
    """The guard's patterns in RE2, and their needles in one automaton."""
    from inedit.guard.nlp.language_data import KNOWN, language_profile
    from inedit.guard.nlp.packs import rule_pack

    for language in KNOWN:
        language_profile(language)
        for name in ("superlatives", "green-claims", "placeholders", "model-talk"):
            rule_pack(name, language)
    known = [found for found in gc.get_objects() if isinstance(found, Pattern)]
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    read = []
    for pattern in known:
        try:
            read.append((pattern, re2.compile(pattern.compiled.pattern, options=options)))
        except re2.error:
            continue
    print(
        f"google-re2 1.1: {len(known)} patterns of the guard, {len(read)} that RE2 can read (no look-around)"
    )
    plain = [_letters(text) for _, text in texts()]
    differ = sum(
        [m.span() for m in p.compiled.finditer(text)] != [m.span() for m in r.finditer(text)]
        for p, r in read
        for text in plain
    )
    print(f"  of {len(read) * len(plain)} searches, {differ} find something else")
    every = 1e3 / len(plain)
    needled = every * cpu(lambda: [list(p.finditer(t)) for t in plain for p, _ in read], 3)
    alone = every * cpu(lambda: [list(p.compiled.finditer(t)) for t in plain for p, _ in read], 3)
    other = every * cpu(lambda: [list(r.finditer(t)) for t in plain for _, r in read], 3)
    print(
        f"  milliseconds a text, those patterns: with needles {needled:.2f}, re alone {alone:.2f}, RE2 {other:.2f}"
    )
    automaton = ahocorasick.Automaton()
    for pattern in known:
        for needle in pattern.needles:
            automaton.add_word(needle, needle)
    automaton.make_automaton()

    def at_once() -> None:
        for text in plain:
            there = {needle for _, needle in automaton.iter(text)}
            for pattern in known:
                there.isdisjoint(pattern.needles)

    one_by_one = every * cpu(lambda: [p.can_match(t) for t in plain for p in known])
    print(
        f"pyahocorasick 2.3.1: {len(automaton)} needles of {len(known)} patterns, taken from the patterns as before"
    )
    print(f"  milliseconds a text: one automaton {every * cpu(at_once):.3f}, one by one {one_by_one:.3f}")


class Dropping(BaseHTTPRequestHandler):
    """Serves the file; the first answer to a download stops half-way."""

    body = b""
    dropped = False
    sent = 0

    def do_GET(self) -> None:
        start = int(self.headers.get("Range", "bytes=0-").split("=")[1].split("-")[0])
        data = Dropping.body[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data)))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(Dropping.body) - 1}/{len(Dropping.body)}")
        self.end_headers()
        if not Dropping.dropped:
            Dropping.dropped, data = True, data[: len(data) // 2]
        Dropping.sent += len(data)
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def download() -> None:
    """A download that is cut once: bytes over the line, CPU time, and what importing costs."""
    Dropping.body = random.Random(1).randbytes(SIZE)
    digest = hashlib.sha256(Dropping.body).hexdigest()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Dropping)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/model.gguf"
    for name, fetch in (("ours", ours), ("huggingface_hub", hub)):
        Dropping.dropped, Dropping.sent = False, 0
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.part"
            begun = time.process_time()
            fetch(url, path)
            taken = time.process_time() - begun
            whole = hashlib.sha256(path.read_bytes()).hexdigest() == digest
        sent = Dropping.sent / SIZE
        print(f"  {name}: whole {whole}, {sent:.2f} of the file sent, {taken:.2f} s of CPU with the server's")
    server.shutdown()
    for module in ("urllib.request", "huggingface_hub.file_download"):
        code = f"import time; t = time.process_time(); import {module}; print(f'{{time.process_time() - t:.2f}}')"
        said = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        print(f"  importing {module}: {said} s of CPU")


def ours(url: str, path: Path) -> None:
    """As :mod:`inedit.generation.weights` reads on."""
    done = 0
    with path.open("ab") as file:
        while done < SIZE:
            try:
                for chunk in Publisher(url).read(done, path.parent):
                    done += file.write(chunk)
            except SourceUnavailable:
                continue


def hub(url: str, path: Path) -> None:
    """The function that ``hf_hub_download`` downloads with."""
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import disable_progress_bars

    disable_progress_bars()
    with path.open("ab") as file:
        http_get(url, file, expected_size=SIZE)


if __name__ == "__main__":
    chain()
    patterns()
    print(f"huggingface_hub 2.4: a file of {SIZE >> 20} MiB whose first answer stops half-way")
    download()
