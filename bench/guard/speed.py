"""How fast, and what the search loses.

    python bench/guard/speed.py OPEN.jsonl.xz [10000] [100000] [--recall DRAFTS]

For each size an archive is made of the honest English texts of copybench, filled up with invented ones
(`corpora.py`); one text in fifty is an earlier one, edited. Half of the drafts that are then held against it are
edited copies of its texts. Times are CPU seconds of one process, and wall-clock seconds where it uses two; run on an
idle machine.

`--recall` compares so many drafts with every text of the archive, one by one, and counts what the index finds of
what that flags. For each of these drafts the archive has eighteen copies, two of each kind of edit. Minutes for 10,000
texts, an hour for 100,000.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence

import numpy as np
from corpora import EDITS, Invented

from inedit.cli.benchmarking.pairs import path_from, read
from inedit.guard.similarity import Index, duplicates
from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.profile import Profile

WORDS = (30, 130)
"""Fewest and most words of an invented text."""

DRAFTS = 400
LANGUAGE = "en"


def real_texts(path: str | None, dice: random.Random) -> list[str]:
    """The English texts of copybench, without its edited ones."""
    rows = [r for r in read(path_from(path)) if r["track"] == "main" and r["lang"] == LANGUAGE]
    texts = sorted({r["text_a"] for r in rows if len(r["text_a"].split()) >= WORDS[0]})
    dice.shuffle(texts)
    return texts


def edited(text: str, other: str, dice: random.Random) -> str:
    """A copy of some kind."""
    return EDITS[dice.choice(sorted(EDITS))](text, other, dice)


def time_deduplication(batch: Sequence[str]) -> None:
    """Prints how long a whole pile takes."""
    clock, wall = time.process_time(), time.perf_counter()
    found = duplicates(batch, LANGUAGE)
    print(f"  deduplicated in {time.process_time() - clock:.2f} s of CPU, {time.perf_counter() - wall:.2f} s by the "
          f"clock, {len(found)} duplicates")  # fmt: skip


def time_search(index: Index, drafts: Sequence[str]) -> None:
    """Prints how long one draft takes."""
    times, hits = [], 0
    for draft in drafts:
        clock = time.process_time()
        hits += bool(index.matches(draft))
        times.append((time.process_time() - clock) * 1e3)
    median, tail = np.quantile(times, [0.5, 0.95])
    print(
        f"  one draft against them: median {median:.2f} ms, p95 {tail:.2f} ms ({hits} of {len(drafts)} are copies)"
    )


def count_lost(index: Index, batch: Sequence[str], drafts: Sequence[str]) -> None:
    """Prints what the search finds of the copies that comparing with every text finds."""
    found = [{match.piece_id for match in index.matches(draft)} for draft in drafts]
    asked = [Profile.of(draft) for draft in drafts]
    flagged: Counter[bool] = Counter()
    for number, text in enumerate(batch):
        other = Profile.of(text)
        for position, draft in enumerate(asked):
            if decide(draft, other, language=LANGUAGE, copies_only=True).copy:
                flagged[str(number) in found[position]] += 1
    print(f"  brute force on {len(drafts)} drafts flags {flagged.total()} pairs, the index has {flagged[True]} of "
          f"them ({flagged[True] / flagged.total():.4f})")  # fmt: skip


def main() -> None:
    """Prints times for each size, and the recall of the search."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", nargs="?")
    arguments.add_argument("sizes", nargs="*", type=int, default=[10_000])
    arguments.add_argument("--recall", type=int, default=0, metavar="DRAFTS")
    given = arguments.parse_args()
    dice = random.Random(1)
    texts = real_texts(given.data, dice)
    held, known = texts[: DRAFTS // 2], texts[DRAFTS // 2 :]
    invented = Invented(texts, dice)
    for size in given.sizes:
        batch = [*known, *(invented.text(dice.randint(*WORDS)) for _ in range(size - len(known)))]
        dice.shuffle(batch)
        for at in range(50, size, 50):
            batch[at] = edited(batch[dice.randrange(at)], batch[at], dice)
        print(f"{size} texts, {np.mean([len(text.split()) for text in batch]):.0f} words each")
        time_deduplication(batch)
        sought = held[: given.recall]
        positions = iter(dice.sample(range(size), len(sought) * 2 * len(EDITS)))
        for draft in sought:
            for edit in [*EDITS.values()] * 2:
                at = next(positions)
                batch[at] = edit(draft, batch[at], dice)
        index = Index(LANGUAGE)
        clock = time.process_time()
        for number, text in enumerate(batch):
            index.add(str(number), text)
        print(f"  added one by one: {(time.process_time() - clock) / size * 1e6:.0f} µs each")
        copies = [edited(dice.choice(batch), dice.choice(held), dice) for _ in held]
        time_search(index, [*held[given.recall :], *copies])
        if sought:
            count_lost(index, batch, sought)


if __name__ == "__main__":
    main()
