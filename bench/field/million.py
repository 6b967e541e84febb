"""Does a million messages import in flat memory, and does a second import add nothing?

    PYTHONPATH=src python bench/field/million.py [MESSAGES …]    # writes bench/results/field_import.json

Makes an export of each kind (Reddit's NDJSON under zstandard; a channel of DiscordChatExporter), some ten words a message, as in
chats, by 20,000 authors, one message in ten with something to redact; imports it into a new database, again, and once more cut
off at two thirds. Memory is the process' own (RSS) after each tenth of the file; time is CPU time.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from inedit.insight_loop.observing.observe import observe
from inedit.insight_loop.verbatims import Place
from inedit.store import open_store

RESULT = Path(__file__).parents[2] / "bench/results/field_import.json"
KEY = bytes(range(32))
PLACE = Place(
    id="bench", platform="reddit", name="bench", language="fr", rules="made", legal_basis="anonymised"
)
AUTHORS = 20_000
WORDS = [
    "le",
    "lin",
    "froisse",
    "mais",
    "c'est",
    "ce",
    "qui",
    "fait",
    "sa",
    "beauté",
    "une",
    "nappe",
    "lavée",
    "trop",
    "chaud",
    "perd",
    "ses",
    "couleurs",
    "et",
    "puis",
    "on",
    "la",
    "garde",
    "quand",
    "même",
    "pour",
    "les",
    "repas",
    "du",
    "dimanche",
    "avec",
    "du",
    "sel",
    "sur",
    "la",
    "tache",
    "de",
    "vin",
    "avant",
    "que",
    "ça",
    "sèche",
    "on",
    "a",
    "tout",
    "essayé",
    "chez",
    "nous",
]
PERSONAL = (
    "écris à {}@gmail.com",
    "mon tel 06 12 34 56 {}",
    "j'habite 12 rue des Lilas, 75011 Paris",
    "merci @user{}",
)


def texts(count: int) -> Iterator[tuple[int, str, str]]:
    rng = random.Random(17)
    for number in range(count):
        words = " ".join(rng.choices(WORDS, k=rng.randint(3, 15)))
        more = rng.choice(PERSONAL).format(rng.randint(10, 99)) if number % 10 == 0 else ""
        yield number, f"author_{rng.randrange(AUTHORS)}", f"{words} {more}".strip()


def reddit(file: Path, count: int) -> None:
    with file.open("wb") as raw, zstandard.ZstdCompressor().stream_writer(raw) as stream:
        for number, author, text in texts(count):
            row = {"id": f"{number:x}", "author": author, "body": text, "created_utc": 1_700_000_000 + number, "parent_id": "t3_a",
                   "subreddit": "linge", "score": 3, "permalink": f"/r/linge/{number:x}", "link_id": "t3_a"}  # fmt: skip
            stream.write((json.dumps(row) + "\n").encode())


def discord(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write(
            '{\n  "guild": {"id": "1", "name": "g"},\n  "channel": {"id": "2", "name": "c"},\n  "messages": [\n'
        )
        for number, author, text in texts(count):
            row = {"id": str(10**17 + number), "type": "Default", "timestamp": "2026-10-01T10:00:00+00:00", "content": text,
                   "author": {"id": author, "name": author, "nickname": author, "isBot": False, "roles": []},
                   "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []}  # fmt: skip
            stream.write(("" if number == 0 else ",\n") + json.dumps(row, indent=2))
        stream.write(f'\n  ],\n  "messageCount": {count}\n}}\n')


def rss() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def measured(store: Any, file: Path, count: int) -> dict[str, Any]:
    memory: list[float] = []

    def look(_position: int, _size: int, read: int) -> None:
        if read >= (len(memory) + 1) * count / 10:
            memory.append(rss())

    began = time.process_time()
    done = observe(store, KEY, PLACE, file, progress=look)
    return {
        "read": done.read, "added": done.added, "known": done.known, "redacted": sum(done.redactions.values()), "cut": done.cut,
        "cpu_seconds": round(time.process_time() - began, 1), "rss_mb_by_tenth": memory,
    }  # fmt: skip


def main() -> None:
    result: dict[str, Any] = {}
    counts = [int(argument) for argument in sys.argv[1:]] or [1_000_000, 100_000]
    for count, name, make in zip(counts, ("reddit.zst", "discord.json"), (reddit, discord), strict=False):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            make(file, count)
            store = open_store(f"sqlite:///{folder}/inedit.db")
            size = file.stat().st_size
            result[name] = {"messages": count, "megabytes": round(size / 1e6), "rss_mb_before": rss()}
            result[name]["first"] = measured(store, file, count)
            result[name]["second"] = measured(store, file, count)
            with file.open("r+b") as stream:
                stream.truncate(size * 2 // 3)
            result[name]["cut at two thirds"] = measured(store, file, count)
            store.close()
        print(json.dumps(result, indent=1), flush=True)
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


main()
