"""What the whole judgement of one draft costs, the encoder included, against an archive.

    python bench/guard/judgement.py OPEN.jsonl.xz [TEXTS] [--drafts 100]

The archive is that of `speed.py`, in memory as at admission: an index of the words and a matrix of vectors. A draft of
100 words that nothing has seen is set typographically, read by every check, searched for receipts, encoded, and
held against the archive by its words and by its meaning. Printed: median and 95th percentile of the CPU milliseconds of
this process, all threads added up, for each step and for the whole.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from corpora import Invented
from speed import LANGUAGE, WORDS, real_texts

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from fakes.brand import draft, tiny_context, tiny_spec
from inedit.encoding import load_encoder
from inedit.guard.judge import judge
from inedit.guard.nlp.typography import repair
from inedit.guard.similarity import Index

DRAFT_WORDS = 100
STEPS = ("checks and receipts", "encoder", "copies by words", "nearest by meaning")


def main() -> None:
    """Prints a line a step, then the whole."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", nargs="?")
    arguments.add_argument("texts", nargs="?", type=int, default=10_000)
    arguments.add_argument("--drafts", type=int, default=100)
    given = arguments.parse_args()
    dice = random.Random(3)
    real = real_texts(given.data, dice)
    drafts = [" ".join(text.split()[:DRAFT_WORDS]) for text in real if len(text.split()) >= DRAFT_WORDS]
    drafts, known = drafts[: given.drafts], real[given.drafts :]
    invented = Invented(real, dice)
    batch = [*known, *(invented.text(dice.randint(*WORDS)) for _ in range(given.texts - len(known)))]
    index = Index(LANGUAGE)
    for number, text in enumerate(batch):
        index.add(str(number), text)
    encoder, context, spec = load_encoder(), tiny_context(LANGUAGE), tiny_spec(LANGUAGE)
    few = encoder.encode(batch[:200])  # what stands in the matrix costs the product nothing
    vectors = np.ascontiguousarray(few[np.arange(len(batch)) % len(few)])
    typography = context.brand.languages[LANGUAGE].typography
    judge(draft({"body": "A b c."}, spec), context)  # what is compiled once
    taken = []
    for number, text in enumerate(drafts):

        def checks(text: str = text, number: int = number) -> object:
            body = repair(text, typography)
            return judge(draft({"subject": f"Draft {number}", "body": body}, spec), context)

        steps: tuple[Callable[[], object], ...] = (
            checks,
            lambda text=text: encoder.encode([text]),
            lambda text=text: index.matches(text),
            lambda: (vectors @ few[0]).argmax(),  # noqa: PLW0108  # the product is what is timed
        )
        times = []
        for step in steps:
            clock = time.process_time()
            step()
            times.append(1e3 * (time.process_time() - clock))
        taken.append((*times, sum(times)))
    print(f"{len(drafts)} drafts of {DRAFT_WORDS} words, {len(batch)} texts")
    for name, times in zip((*STEPS, "the whole"), np.array(taken).T, strict=True):
        print(f"  {name:22} median {np.median(times):6.2f} ms, p95 {np.quantile(times, 0.95):6.2f} ms")


if __name__ == "__main__":
    main()
