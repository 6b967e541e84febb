"""Does French behave as English does? Cousins that a model wrote to one brief, and edits of them.

    python bench/guard/french.py --make [--texts 48]     # writes french.jsonl with the embedded model
    python bench/guard/french.py                         # measures

No French texts that models wrote to one brief were found in public, so these were made: one brief of the demo brand,
and for each text another insight, angle and seed, so that two of them are honest texts on one brief. Copies are
edits by program: sentences exchanged or left out, words exchanged for words of the other texts, and passages pasted
into another one.
`french.jsonl` says of each text which model, insight, angle and seed it came from; the texts are ours.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

from inedit.brand.load import load_project
from inedit.generation.client import ChatModel
from inedit.generation.embedded import EmbeddedServer
from inedit.generation.weights import resolve
from inedit.guard.similarity import compare
from inedit.model import Message, Prompt

HERE = Path(__file__).parent
FILE = HERE / "french.jsonl"
MODEL = "qwen2.5-coder-1.5b-instruct"
BRIEF = (
    "Vous écrivez pour une maison de linge des Vosges. {objective} {offer}\n"
    "Racontez ceci, avec vos mots : {insight}\n"
    "Angle : {angle}.\n"
    "Écrivez un texte de 70 mots environ, en français, sans titre. Répondez par le texte seul."
)


async def make(count: int) -> None:
    """Writes ``count`` texts to the brief of the demo campaign."""
    brand = load_project(HERE.parents[1]).brand
    campaign, dice = brand.campaigns["mini"], random.Random(7)
    insights = [i for i in brand.insights.values() if "fr" in i.text]
    angles = list(brand.angles.values())
    asked = []
    for seed in range(count):
        insight, angle = insights[seed % len(insights)], dice.choice(angles)
        text = BRIEF.format(
            objective=campaign.objective["fr"],
            offer=campaign.offer["fr"],
            insight=insight.text["fr"],
            angle=angle.name["fr"],
        )
        asked.append((seed, insight.id, angle.id, Prompt((Message("user", text),), "french", "")))
    with EmbeddedServer(resolve(MODEL), parallel=2) as server:
        async with ChatModel(server.base_url, server.api_key, server.model) as model:
            turnstile = asyncio.Semaphore(2)

            async def one(seed: int, insight: str, angle: str, prompt: Prompt) -> dict[str, object]:
                async with turnstile:
                    answer = await model.complete(prompt, seed=seed, temperature=0.7, max_tokens=180)
                made = {"model": MODEL, "campaign": "mini", "insight": insight, "angle": angle, "seed": seed}
                return {**made, "text": " ".join(answer.text.split())}

            rows = await asyncio.gather(*(one(*what) for what in asked))
    FILE.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def sentences(text: str) -> list[str]:
    """Sentences, roughly."""
    return re.split(r"(?<=[.!?…])\s+", text)


def edits(text: str, other: str, dice: random.Random) -> dict[str, str]:
    """Copies of a text, by kind. ``other`` gives words to exchange, and takes the passages that are pasted."""
    words, foreign = text.split(), other.split()
    said = sentences(text)

    def exchanged(share: float) -> str:
        positions = set(dice.sample(range(len(words)), int(share * len(words))))
        return " ".join(dice.choice(foreign) if at in positions else word for at, word in enumerate(words))

    def pasted(share: float) -> str:
        length = int(share * len(words))
        start = dice.randrange(max(1, len(words) - length))
        kept = foreign[: max(1, len(foreign) - length)]
        at = dice.randrange(len(kept))
        return " ".join([*kept[:at], *words[start : start + length], *kept[at:]])

    found = {
        "words exchanged, 10 %": exchanged(0.1),
        "20 %": exchanged(0.2),
        "30 %": exchanged(0.3),
        "paste of 40 %": pasted(0.4),
    }
    if len(said) > 2:
        found["sentences exchanged"] = " ".join(said[1:] + said[:1])
        found["a sentence left out"] = " ".join(said[:1] + said[2:])
    return found


def measure() -> None:
    """Prints the rate of false positives among cousins and the recall by kind, cold and with siblings."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows if len(row["text"].split()) >= 25]
    by_text = {row["text"]: row for row in rows}
    dice = random.Random(3)
    print(
        f"{len(rows)} texts, {len(texts)} of 25 words or more, "
        f"{np.mean([len(t.split()) for t in texts]):.0f} words each"
    )
    pairs = [(a, b, "cousins", False) for a, b in combinations(texts, 2)
             if by_text[a]["insight"] != by_text[b]["insight"]]  # fmt: skip
    for text in texts:
        other = dice.choice([t for t in texts if by_text[t]["insight"] != by_text[text]["insight"]])
        pairs += [(text, edited, kind, True) for kind, edited in edits(text, other, dice).items()]
    for name, with_siblings in (("cold start", False), ("siblings known", True)):
        flagged: dict[str, list[bool]] = {}
        for a, b, kind, _ in pairs:
            siblings = dice.sample([t for t in texts if t not in (a, b)], 8) if with_siblings else ()
            flagged.setdefault(kind, []).append(compare(a, b, language="fr", siblings=siblings).copy)
        print(name)
        for kind, found in flagged.items():
            print(f"  {kind:24} called a copy: {np.mean(found):.4f} of {len(found)}")


if __name__ == "__main__":
    if "--make" in sys.argv:
        asyncio.run(make(int(sys.argv[sys.argv.index("--texts") + 1]) if "--texts" in sys.argv else 48))
    else:
        measure()
