"""An attacker: edits by program, of kinds that the open data does not have.

    python bench/guard/attack.py OPEN.jsonl.xz [TEXTS]

Each edit is a family with a strength; families are also laid on one another, 200 edits in all. What counts is an
edited text that the guard lets through although fewer than half of its words were changed.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable

from rapidfuzz.distance import Indel

from inedit.benchmarking.pairs import is_model_written, path_from, read
from inedit.guard.similarity import compare
from inedit.guard.similarity.normalise import fold

Edit = Callable[[list[str], float, random.Random], list[str]]

SMALL = {
    "en": [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "and",
        "or",
        "is",
        "it",
        "as",
        "so",
        "we",
        "you",
        "our",
        "up",
    ],
    "fr": [
        "le",
        "la",
        "les",
        "un",
        "une",
        "de",
        "du",
        "des",
        "et",
        "ou",
        "en",
        "au",
        "aux",
        "sur",
        "par",
        "est",
        "il",
        "ce",
        "ne",
        "on",
    ],
    "de": [
        "der",
        "die",
        "das",
        "ein",
        "und",
        "oder",
        "in",
        "im",
        "an",
        "am",
        "zu",
        "auf",
        "ist",
        "es",
        "so",
        "wir",
        "mit",
        "bei",
        "als",
    ],
    "es": [
        "el",
        "la",
        "los",
        "un",
        "una",
        "de",
        "del",
        "y",
        "o",
        "en",
        "al",
        "por",
        "es",
        "se",
        "lo",
        "con",
        "su",
        "que",
        "no",
        "si",
    ],
}
FILLERS = {
    "en": ["really", "just", "quite", "simply", "indeed", "truly", "actually"],
    "fr": ["vraiment", "simplement", "aussi", "bien", "justement"],
    "de": ["wirklich", "einfach", "eben", "auch", "gerade"],
    "es": ["realmente", "simplemente", "bien", "justo", "incluso"],
}


def _each(
    words: list[str], share: float, dice: random.Random, change: Callable[[str], list[str]]
) -> list[str]:
    return [new for word in words for new in (change(word) if dice.random() < share else [word])]


def families(language: str, other: list[str]) -> dict[str, Edit]:
    """Every family of edits for a language; ``other`` are the words of an unrelated text to borrow from."""
    small, fillers = SMALL[language], FILLERS[language]
    is_small = set(small).__contains__

    def drop_small(words: list[str], s: float, dice: random.Random) -> list[str]:
        return [w for w in words if not (is_small(w.lower()) and dice.random() < 2 * s)]

    def swap_small(words: list[str], s: float, dice: random.Random) -> list[str]:
        return [dice.choice(small) if is_small(w.lower()) and dice.random() < 2 * s else w for w in words]

    def fill(words: list[str], s: float, dice: random.Random) -> list[str]:
        return _each(words, s, dice, lambda w: [w, dice.choice(fillers)])

    def add_small(words: list[str], s: float, dice: random.Random) -> list[str]:
        return _each(words, s, dice, lambda w: [dice.choice(small), w])

    def swap_neighbours(words: list[str], s: float, dice: random.Random) -> list[str]:
        out = list(words)
        for i in range(0, len(out) - 1, 2):
            if dice.random() < s:
                out[i], out[i + 1] = out[i + 1], out[i]
        return out

    def borrow(words: list[str], s: float, dice: random.Random) -> list[str]:
        return _each(words, s * 0.8, dice, lambda _: [dice.choice(other)])

    def inflect(words: list[str], s: float, dice: random.Random) -> list[str]:
        endings = ("s", "en", "es", "er", "e")
        return _each(
            words, s, dice, lambda w: [w + dice.choice(endings)] if w.isalpha() and len(w) > 3 else [w]
        )

    def leet(words: list[str], s: float, dice: random.Random) -> list[str]:
        table = str.maketrans("oiea", "0134")
        return _each(words, s, dice, lambda w: [w.translate(table)])

    def split_words(words: list[str], s: float, dice: random.Random) -> list[str]:
        return _each(words, s, dice, lambda w: [w[: len(w) // 2], w[len(w) // 2 :]] if len(w) > 5 else [w])

    def glue(words: list[str], s: float, dice: random.Random) -> list[str]:
        out: list[str] = []
        for w in words:
            if out and dice.random() < s / 2:
                out[-1] += w
            else:
                out.append(w)
        return out

    def clauses(words: list[str], _s: float, dice: random.Random) -> list[str]:
        parts = re.split(r"(?<=[,;:])\s", " ".join(words))
        dice.shuffle(parts)
        return " ".join(parts).split()

    def rotate(words: list[str], s: float, _dice: random.Random) -> list[str]:
        cut = int(len(words) * s)
        return words[cut:] + words[:cut]

    def markup(words: list[str], s: float, dice: random.Random) -> list[str]:
        return _each(words, s, dice, lambda w: [f"<b>{w}</b>", "✨"])

    def double_letters(words: list[str], s: float, dice: random.Random) -> list[str]:
        return _each(words, s, dice, lambda w: [w[:-1] + w[-1] * 2] if w else [w])

    return {
        "drop small words": drop_small, "exchange small words": swap_small, "add fillers": fill,
        "add small words": add_small,
        "swap neighbours": swap_neighbours, "borrow words": borrow, "inflect": inflect, "leet": leet,
        "split words": split_words, "glue words": glue, "shuffle clauses": clauses, "rotate": rotate,
        "mark up": markup, "double letters": double_letters,
    }  # fmt: skip


def plan(dice: random.Random, names: list[str]) -> list[tuple[tuple[str, ...], float]]:
    """200 edits: every family at five strengths, then random pairs and triples of families."""
    edits = [((name,), s) for name in names for s in (0.1, 0.2, 0.3, 0.4, 0.5)]
    while len(edits) < 200:
        count = dice.choice((2, 3))
        edits.append((tuple(dice.sample(names, count)), dice.choice((0.1, 0.2, 0.3))))
    return edits


def changed(before: str, after: str) -> float:
    """Share of words changed, 0 to 1: what is not in the longest common subsequence of words."""
    return 1.0 - float(Indel.normalized_similarity(fold(before).split(), fold(after).split()))


def main() -> None:
    """Attacks real texts in four languages and prints what gets through, by family."""
    arguments = sys.argv[1:]
    count = int(arguments[1]) if len(arguments) > 1 else 40
    rows = [
        r
        for r in read(path_from(next(iter(arguments), None)))
        if r["track"] == "main" and r["lang"] in SMALL and r["words_a"] >= 30
    ]
    dice = random.Random(7)
    chosen = [r for r in rows if is_model_written(r)]
    dice.shuffle(chosen)
    human = [r for r in rows if not is_model_written(r)]
    dice.shuffle(human)
    sets = {"model-written": chosen[: count // 2], "human": human[:count]}
    for name, picked in sets.items():
        tried: dict[str, list[bool]] = defaultdict(list)
        for row in picked:
            text, other = row["text_a"], dice.choice(rows)["text_a"].split()
            edits = families(row["lang"], other)
            for names, strength in plan(random.Random(1), list(edits)):
                words = text.split()
                for edit in names:
                    words = edits[edit](words, strength, dice)
                result = " ".join(words)
                if result and changed(text, result) < 0.5:
                    passed = not compare(text, result, language=row["lang"]).copy
                    tried["all"].append(passed)
                    tried[" + ".join(names) if len(names) == 1 else "laid on one another"].append(passed)
        print(
            f"{name}: {len(picked)} texts, {len(tried['all'])} edits that changed fewer than half of the words"
        )
        for family, results in sorted(tried.items(), key=lambda item: -sum(item[1]) / len(item[1])):
            print(f"   {family:24} {len(results):5}  through {sum(results) / len(results):.3f}")


if __name__ == "__main__":
    main()
