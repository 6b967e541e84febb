"""How fast, and what the candidate step loses.

    python bench/guard/speed.py OPEN.jsonl.xz [10000] [100000]

The corpus is the texts of copybench without its edited ones, filled up with texts from a second-order Markov chain
over them, so that frequent words and phrases are as frequent as in life. One text in fifty is an earlier one,
edited. Times are CPU seconds of one process; run on an idle machine.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict

import numpy as np

from inedit.benchmarking.pairs import path_from, read
from inedit.guard.similarity import Index, compare, duplicates


def corpus(texts: list[str], count: int, dice: random.Random) -> list[str]:
    """``count`` texts, one in fifty an edited copy of an earlier one."""
    chain: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in texts:
        words = text.split()
        for first, second, third in zip(words, words[1:], words[2:], strict=False):
            chain[first, second].append(third)
    starts = list(chain)

    def invented() -> str:
        words = list(dice.choice(starts))
        for _ in range(dice.randint(25, 120)):
            follow = chain.get((words[-2], words[-1]))
            words.append(dice.choice(follow) if follow and dice.random() < 0.8 else dice.choice(starts)[0])
        return " ".join(words)

    made = texts[:count]
    while len(made) < count:
        made.append(invented())
    for at in range(50, count, 50):
        words = made[dice.randrange(at)].split()
        for _ in range(len(words) // 5):
            words[dice.randrange(len(words))] = dice.choice(starts)[0]
        made[at] = " ".join(words)
    return made


def main() -> None:
    """Prints times for each size, and the recall of the candidates against brute force on a sample."""
    rows = [
        r
        for r in read(path_from(next(iter(sys.argv[1:]), None)))
        if r["track"] == "main" and r["lang"] == "en"
    ]
    dice = random.Random(1)
    texts = sorted({r["text_a"] for r in rows})
    dice.shuffle(texts)
    for size in [int(a) for a in sys.argv[1:] if a.isdigit()] or [10_000]:
        pile = corpus(texts, size, dice)
        clock = time.process_time()
        found = duplicates(pile, "en")
        print(f"{size} texts, {np.mean([len(t.split()) for t in pile]):.0f} words each: deduplicated in "
              f"{time.process_time() - clock:.2f} s, {len(found)} duplicates")  # fmt: skip
        index = Index("en")
        clock = time.process_time()
        for number, text in enumerate(pile):
            index.add(str(number), text)
        print(f"  added one by one: {(time.process_time() - clock) / size * 1e6:.0f} µs each")
        asked, times, hits = corpus(texts[::-1], 300, dice), [], {}
        for text in asked:
            clock = time.process_time()
            hits[text] = {match.piece_id for match in index.matches(text)}
            times.append((time.process_time() - clock) * 1e3)
        print(
            f"  one draft against them: median {np.median(times):.2f} ms, p95 {np.quantile(times, 0.95):.2f} ms"
        )
        brute = agreed = 0
        for text in asked[:20]:
            for number in dice.sample(range(size), min(size, 2000)):
                if compare(text, pile[number], language="en").copy:
                    brute += 1
                    agreed += str(number) in hits[text]
        print(f"  brute force on 20 drafts x 2000 texts flags {brute} pairs, the index has {agreed} of them")


if __name__ == "__main__":
    main()
