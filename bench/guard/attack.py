"""An attacker: edits by program, of kinds that the open data does not have.

    python bench/guard/attack.py OPEN.jsonl.xz [TEXTS] [--siblings]

Each edit is a family with a strength; families are also laid on one another, 200 edits in all. What counts is an
edited text that the guard lets through although fewer than half of its words were changed.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable

from rapidfuzz.distance import Indel

from inedit.cli.benchmarking.pairs import Row, is_model_written, path_from, read
from inedit.guard.similarity import compare
from inedit.guard.similarity.normalise import fold

EDITS = 200
STRENGTHS = (0.1, 0.3, 0.5)

SMALL = {
    "en": "the a an of to in on at by for and or is it as so we you our up",
    "fr": "le la les un une de du des et ou en au aux sur par est il ce ne on",
    "de": "der die das ein und oder in im an am zu auf ist es so wir mit bei als",
    "es": "el la los un una de del y o en al por es se lo con su que no si",
}
FILLERS = {
    "en": "really just quite simply indeed truly actually",
    "fr": "vraiment simplement aussi bien justement",
    "de": "wirklich einfach eben auch gerade",
    "es": "realmente simplemente bien justo incluso",
}
OTHERWISE = {
    "en": "and:plus but:yet also:too very:most because:since big:large help:assist use:employ get:obtain make:craft "
    "show:display need:require many:numerous new:fresh best:finest easy:simple start:begin find:discover keep:retain",
    "fr": "et:puis mais:pourtant aussi:également très:fort parce:puisque grand:vaste aider:soutenir utiliser:employer "
    "faire:réaliser montrer:présenter besoin:nécessité beaucoup:bien nouveau:neuf facile:simple trouver:découvrir",
    "de": "und:sowie aber:doch auch:ebenfalls sehr:überaus weil:da groß:weit helfen:unterstützen benutzen:verwenden "
    "machen:erstellen zeigen:darstellen viele:zahlreiche neu:frisch einfach:leicht finden:entdecken",
    "es": "y:además pero:aunque también:igualmente muy:sumamente porque:pues grande:amplio ayudar:apoyar usar:emplear "
    "hacer:realizar mostrar:presentar muchos:numerosos nuevo:reciente fácil:simple encontrar:hallar",
}
"""Other words for frequent ones, as a writer would choose them."""

JOINS = {"en": "and", "fr": "et", "de": "und", "es": "y"}
MARKS = ("*", "#", "~", "…", "—", "!", "??", ";", "//")
EMOJI = ("✨", "🚀", "🌿", "❤️", "👉", "🔥")
LOOKALIKES = str.maketrans("aeopcxyiAEOPCXT", "аеорсхуіАЕОРСХТ")
ACCENTS = "\u0300\u0301\u0302\u0308"

Words = list[str]
Edit = Callable[[Words, float, random.Random], Words]


def each(words: Words, share: float, dice: random.Random, change: Callable[[str], Words]) -> Words:
    """Some of the words changed."""
    return [new for word in words for new in (change(word) if dice.random() < share else [word])]


def sentences(words: Words) -> list[Words]:
    """Words by sentence."""
    found: list[Words] = [[]]
    for word in words:
        found[-1].append(word)
        if word[-1] in ".!?…":
            found.append([])
    return [sentence for sentence in found if sentence]


def flat(parts: list[Words]) -> Words:
    """All words in a row."""
    return [word for part in parts for word in part]


def of_words(language: str, other: Words) -> dict[str, Edit]:
    """Families that change single words; ``other`` are those of an unrelated text to borrow from."""
    small, fillers = SMALL[language].split(), FILLERS[language].split()
    otherwise = dict(pair.split(":") for pair in OTHERWISE[language].split())
    names = [word for word in other if word[:1].isupper()] or ["Nova"]
    is_small = set(small).__contains__

    def some(share: float, change: Callable[[str, random.Random], Words]) -> Edit:
        return lambda words, s, dice: each(words, min(1.0, share * s), dice, lambda w: change(w, dice))

    return {
        "drop small words": some(2, lambda w, _: [] if is_small(w.lower()) else [w]),
        "exchange small words": some(2, lambda w, d: [d.choice(small)] if is_small(w.lower()) else [w]),
        "add fillers": some(1, lambda w, d: [w, d.choice(fillers)]),
        "add small words": some(1, lambda w, d: [d.choice(small), w]),
        "borrow words": some(0.8, lambda _, d: [d.choice(other)]),
        "say otherwise": some(2, lambda w, _: [otherwise.get(w.lower(), w)]),
        "exchange names": some(2, lambda w, d: [d.choice(names)] if w[:1].isupper() else [w]),
        "exchange numbers": some(2, lambda w, d: [re.sub(r"\d", lambda _: str(d.randrange(10)), w)]),
        "inflect": some(
            1, lambda w, d: [w + d.choice(("s", "en", "es", "er", "e"))] if w.isalpha() and len(w) > 3 else [w]
        ),
        "leet": some(1, lambda w, _: [w.translate(str.maketrans("oiea", "0134"))]),
        "split words": some(1, lambda w, _: [w[: len(w) // 2], w[len(w) // 2 :]] if len(w) > 5 else [w]),
        "double letters": some(1, lambda w, _: [w[:-1] + w[-1] * 2]),
        "double words": some(0.7, lambda w, _: [w, w]),
        "leave vowels out": some(0.6, lambda w, _: [w[0] + re.sub("[aeiou]", "", w[1:])] if len(w) > 4 else [w]),
        "mark up": some(1, lambda w, _: [f"<b>{w}</b>"]),
        "add marks": some(2, lambda w, d: [w + d.choice(MARKS), d.choice(MARKS)]),
        "add emoji": some(1, lambda w, d: [w, d.choice(EMOJI)]),
        "look alike": some(2, lambda w, _: [w.translate(LOOKALIKES)]),
        "hide characters": some(2, lambda w, d: [d.choice("\u200b\u2060\u00ad\u200e").join(w)]),
        "add accents": some(1, lambda w, d: ["".join(c + d.choice(ACCENTS) if c in "aeiou" else c for c in w)]),
    }  # fmt: skip


def of_order(language: str, other: Words) -> dict[str, Edit]:
    """Families that change what stands where; ``other`` lends whole sentences."""
    lent = sentences(other)

    def glue(words: Words, s: float, dice: random.Random) -> Words:
        out: Words = []
        for word in words:
            if out and dice.random() < s / 2:
                out[-1] += word
            else:
                out.append(word)
        return out

    def swap_neighbours(words: Words, s: float, dice: random.Random) -> Words:
        out = list(words)
        for at in range(0, len(out) - 1, 2):
            if dice.random() < s:
                out[at], out[at + 1] = out[at + 1], out[at]
        return out

    def shuffle_nearby(words: Words, s: float, dice: random.Random) -> Words:
        out: Words = []
        for at in range(0, len(words), 4):
            near = words[at : at + 4]
            out += dice.sample(near, len(near)) if dice.random() < s else near
        return out

    def clauses(words: Words, _s: float, dice: random.Random) -> Words:
        parts = re.split(r"(?<=[,;:])\s", " ".join(words))
        return " ".join(dice.sample(parts, len(parts))).split()

    def rotate(words: Words, s: float, _dice: random.Random) -> Words:
        start = int(len(words) * s)
        return words[start:] + words[:start]

    def merge(words: Words, s: float, dice: random.Random) -> Words:
        return each(
            words, 2 * s, dice, lambda w: [w[:-1], JOINS[language]] if w[-1] in ".!?" and len(w) > 1 else [w]
        )

    def split(words: Words, s: float, dice: random.Random) -> Words:
        return each(
            words, 2 * s, dice, lambda w: [w.rstrip(",;") + "."] if w[-1] in ",;" and len(w) > 1 else [w]
        )

    def interleave(words: Words, s: float, dice: random.Random) -> Words:
        return flat(
            [
                part
                for said in sentences(words)
                for part in ([said, dice.choice(lent)] if dice.random() < s else [said])
            ]
        )

    def replace_sentences(words: Words, s: float, dice: random.Random) -> Words:
        return flat([dice.choice(lent) if dice.random() < 0.8 * s else said for said in sentences(words)])

    def list_items(words: Words, _s: float, _dice: random.Random) -> Words:
        return flat([[f"{number}.", *said, "\n"] for number, said in enumerate(sentences(words), start=1)])

    return {
        "glue words": glue, "swap neighbours": swap_neighbours, "shuffle nearby": shuffle_nearby,
        "shuffle clauses": clauses, "rotate": rotate,
        "cut short": lambda words, s, _: words[: max(4, int(len(words) * (1 - 0.8 * s)))],
        "merge sentences": merge, "split sentences": split, "interleave sentences": interleave,
        "replace sentences": replace_sentences, "make a list": list_items,
    }  # fmt: skip


def plan(dice: random.Random, names: list[str]) -> list[tuple[tuple[str, ...], float]]:
    """200 edits: every family at each strength, then random pairs and triples of families."""
    edits = [((name,), s) for name in names for s in STRENGTHS]
    while len(edits) < EDITS:
        edits.append((tuple(dice.sample(names, dice.choice((2, 3)))), dice.choice((0.1, 0.2, 0.3))))
    return edits


def changed(before: str, after: str) -> float:
    """Share of words changed, 0 to 1: what is not in the longest common subsequence of words."""
    return 1.0 - float(Indel.normalized_similarity(fold(before).split(), fold(after).split()))


def attack(row: Row, other: Words, dice: random.Random, *, siblings: bool) -> list[tuple[str, bool]]:
    """The family of each edit that changed fewer than half of the words, and whether it got through."""
    families = of_words(row["lang"], other) | of_order(row["lang"], other)
    text, tried = row["text_a"], []
    known = (row.get("siblings") or ()) if siblings else ()
    for names, strength in plan(random.Random(1), list(families)):
        words = text.split()
        for name in names:
            words = [word for word in families[name](words, strength, dice) if word]
        result = " ".join(words)
        if result and result != text and changed(text, result) < 0.5:
            through = not compare(text, result, language=row["lang"], siblings=known).copy
            tried.append((names[0] if len(names) == 1 else "laid on one another", through))
    return tried


def main() -> None:
    """Attacks real texts in four languages and prints what gets through, by family."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", nargs="?")
    arguments.add_argument("texts", nargs="?", type=int, default=40)
    arguments.add_argument(
        "--siblings", action="store_true", help="tell the guard the siblings that there are"
    )
    given = arguments.parse_args()
    rows = [
        r
        for r in read(path_from(given.data))
        if r["track"] == "main" and r["lang"] in SMALL and r["words_a"] >= 30
    ]
    dice = random.Random(7)
    sets = {
        "model-written": dice.sample([r for r in rows if is_model_written(r)], given.texts),
        "human": dice.sample([r for r in rows if not is_model_written(r)], given.texts),
    }
    for name, picked in sets.items():
        tried: dict[str, list[bool]] = defaultdict(list)
        for row in picked:
            for family, through in attack(
                row, dice.choice(rows)["text_a"].split(), dice, siblings=given.siblings
            ):
                tried[family].append(through)
                tried["all"].append(through)
        print(
            f"{name}: {len(picked)} texts, {len(tried['all'])} edits that changed fewer than half of the words"
        )
        for family, results in sorted(tried.items(), key=lambda item: -sum(item[1]) / len(item[1])):
            print(f"   {family:24} {len(results):5}  through {sum(results) / len(results):.3f}")


if __name__ == "__main__":
    main()
