"""Could a library find the candidates? Ours beside LSH and nearest vectors, on one archive.

    python bench/guard/libraries.py OPEN.jsonl.xz [TEXTS] [--drafts 40] [--ours]

The archive is that of `speed.py`; for each draft it holds eighteen edited copies of it, two of each kind. A candidate
step must pass on what the decision would call a copy, and little else. Printed for each: the share of these copies
that it passes on, candidates a draft, and CPU time to add a text and to ask for a draft's candidates. Every one is
given the words as the guard folds them, and the settings that lose least: few rows a band, the nearest ten to a
thousand vectors (the default encoder, exact and by HNSW).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from corpora import EDITS, Invented
from speed import LANGUAGE, WORDS, real_texts

from inedit.encoding import load_encoder
from inedit.guard.similarity import compare
from inedit.guard.similarity.postings import Postings, search_keys
from inedit.guard.similarity.profile import Profile

PERMUTATIONS = 128
Ask = Callable[[str], Sequence[int]]
Built = tuple[str, float, Ask]
"""What it is called, CPU seconds to build, and what gives the numbers of the candidates of a draft."""


def pairs_of_words(text: str) -> list[str]:
    """What is sketched: words, two by two, as the guard folds them."""
    words = Profile.of(text).tokens
    return [f"{one} {other}" for one, other in pairwise(words)] or words


def ours(batch: Sequence[str]) -> Iterator[Built]:
    """Shared phrases and frames, counted."""
    clock = time.process_time()
    postings = Postings()
    for text in batch:
        postings.add(search_keys(Profile.of(text)))
    yield (
        "ours",
        time.process_time() - clock,
        lambda draft: postings.candidates(search_keys(Profile.of(draft))),
    )


def rensa(batch: Sequence[str]) -> Iterator[Built]:
    """R-MinHash and LSH in Rust."""
    from rensa import RMinHash, RMinHashLSH

    def sketch(text: str) -> RMinHash:
        made = RMinHash(num_perm=PERMUTATIONS, seed=42)
        made.update(pairs_of_words(text))
        return made

    for rows in (1, 2, 4):
        clock = time.process_time()
        index = RMinHashLSH(threshold=0.1, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // rows)
        for number, text in enumerate(batch):
            index.insert(number, sketch(text))
        yield (
            f"rensa, {rows} rows a band",
            time.process_time() - clock,
            lambda draft, index=index: index.query(sketch(draft)),
        )


def datasketch(batch: Sequence[str]) -> Iterator[Built]:
    """MinHash and LSH in NumPy."""
    from datasketch import MinHash, MinHashLSH

    def sketch(text: str) -> MinHash:
        made = MinHash(num_perm=PERMUTATIONS)
        made.update_batch([pair.encode() for pair in pairs_of_words(text)])
        return made

    for rows in (1, 2):
        clock = time.process_time()
        index = MinHashLSH(num_perm=PERMUTATIONS, params=(PERMUTATIONS // rows, rows))
        for number, text in enumerate(batch):
            index.insert(number, sketch(text))
        yield (
            f"datasketch, {rows} rows a band",
            time.process_time() - clock,
            lambda draft, index=index: index.query(sketch(draft)),
        )


def vectors(batch: Sequence[str]) -> Iterator[Built]:
    """The nearest by cosine of the default encoder."""
    from usearch.index import Index as HNSW

    encoder = load_encoder()
    clock = time.process_time()
    rows = encoder.encode(list(batch))
    encoded = time.process_time() - clock
    for nearest in (10, 100, 1000):
        yield (
            f"exact, nearest {nearest}",
            encoded,
            lambda draft, nearest=nearest: np.argpartition(-(rows @ encoder.encode([draft])[0]), nearest)[
                :nearest
            ].tolist(),
        )
    clock = time.process_time()
    index = HNSW(ndim=encoder.dimensions, metric="cos")
    index.add(np.arange(len(rows)), rows, threads=1)
    for nearest in (10, 100):
        yield (
            f"usearch, nearest {nearest}",
            encoded + time.process_time() - clock,
            lambda draft, nearest=nearest: index.search(
                encoder.encode([draft])[0], nearest, threads=1
            ).keys.tolist(),
        )


def main() -> None:
    """Prints a line for each library and setting."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", nargs="?")
    arguments.add_argument("texts", nargs="?", type=int, default=10_000)
    arguments.add_argument("--drafts", type=int, default=40)
    arguments.add_argument("--ours", action="store_true", help="ours alone")
    given = arguments.parse_args()
    dice = random.Random(1)
    texts = real_texts(given.data, dice)
    drafts, known = texts[: given.drafts], texts[given.drafts :]
    invented = Invented(texts, dice)
    batch = [*known, *(invented.text(dice.randint(*WORDS)) for _ in range(given.texts - len(known)))]
    dice.shuffle(batch)
    positions = iter(dice.sample(range(len(batch)), len(drafts) * 2 * len(EDITS)))
    wanted: list[set[int]] = []
    for draft in drafts:
        wanted.append(set())
        for edit in [*EDITS.values()] * 2:
            at = next(positions)
            batch[at] = edit(draft, batch[at], dice)
            if compare(draft, batch[at], language=LANGUAGE).copy:
                wanted[-1].add(at)
    total = sum(map(len, wanted))
    print(f"{len(batch)} texts, {len(drafts)} drafts, {total} copies by the decision")
    for library in (ours,) if given.ours else (ours, rensa, datasketch, vectors):
        try:
            for name, built, ask in library(batch):
                clock = time.process_time()
                found = [set(ask(draft)) for draft in drafts]
                asked = (time.process_time() - clock) / len(drafts)
                kept = sum(len(these & those) for these, those in zip(found, wanted, strict=True))
                print(f"  {name:26} passes on {kept / total:.4f}  {np.mean([len(f) for f in found]):8.1f} candidates"
                      f"  adds in {built / len(batch) * 1e6:6.0f} µs, answers in {asked * 1e3:7.2f} ms")  # fmt: skip
        except ImportError as missing:
            print(f"  left out: {missing}")


if __name__ == "__main__":
    main()
