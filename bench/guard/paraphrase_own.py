"""Does meaning tell a strong paraphrase among the texts that capable models wrote for one brand?

    python bench/guard/paraphrase_own.py [--json FILE]

Ten answers of `bench/prompts/answers.jsonl`, two in each of five languages, told once more with the same facts in the
same order and all words new (`paraphrases.jsonl`, rows with `answer`). Honest pairs are hard ones: texts of the same
campaign, channel and language by other models, on another insight and on the *same* one. Siblings are other texts of
the campaign, channel and language on other insights; scores are those of `paraphrase.py`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from paraphrase import PARAPHRASES, SCORES, Vectors, sentences

from inedit.encoding import load_encoder

ANSWERS = Path(__file__).parents[1] / "prompts"
SIBLINGS = 8
PER_TEXT = 6
"""Honest pairs of each kind that every text of the first file makes."""


def main() -> None:
    """Prints recall at the score that 1 % and 5 % of honest pairs reach."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    encoder, known = load_encoder(), dict[str, Vectors]()
    files = [read(ANSWERS / name) for name in ("answers.jsonl", "answers-2.jsonl", "answers-3.jsonl")]
    rows = [row for answers in files for row in answers]
    dice = random.Random(3)

    def vectors(text: str) -> Vectors:
        if text not in known:
            known[text] = encoder.encode(sentences(text))
        return known[text]

    def scored(row: dict[str, Any], text: str, *, but: Sequence[str] = ()) -> dict[str, float]:
        ours = [
            other["text"]
            for other in rows
            if other["brief"] == row["brief"]
            and other["insight"] != row["insight"]
            and other["text"] not in but
        ]
        siblings = dice.sample(ours, min(SIBLINGS, len(ours)))
        found = {}
        for name, score in SCORES.items():
            found[name] = score(vectors(row["text"]), vectors(text))
            sides = [score(vectors(side), vectors(s)) for side in (row["text"], text) for s in siblings]
            found[f"{name}, less siblings"] = found[name] - max(sides)
        return found

    honest = defaultdict[str, list[dict[str, float]]](list)
    for row in files[0]:
        others = [o for o in rows if o["brief"] == row["brief"] and o["text"] != row["text"]]
        for kind, chosen in (
            ("another insight", [o for o in others if o["insight"] != row["insight"]]),
            ("the same insight", [o for o in others if o["insight"] == row["insight"]]),
        ):
            for other in dice.sample(chosen, min(PER_TEXT, len(chosen))):
                honest[kind].append(scored(row, other["text"], but=(other["text"],)))
    listed = [json.loads(line) for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()]
    copies = [scored(files[0][p["answer"]], p["paraphrase"]) for p in listed if "answer" in p]
    report = {name: summary(name, honest, copies) for name in copies[0]}
    text = json.dumps(report, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> list[dict[str, Any]]:
    """The body of each answer, its brief and its insight."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cell, answer = row["cell"], row["answer"]
        brief = (cell["campaign_id"], cell["channel"], cell["language"])
        text = answer.get("story") or answer.get("body")
        if text:
            found.append({"brief": brief, "insight": tuple(cell["insight_ids"]), "text": text})
    return found


def summary(
    name: str, honest: dict[str, list[dict[str, float]]], copies: Sequence[dict[str, float]]
) -> dict[str, Any]:
    """Recall of one score against each kind of honest pair."""
    of_copies = [copy[name] for copy in copies]
    found: dict[str, Any] = {"paraphrases": len(copies), "of paraphrases": [round(s, 3) for s in of_copies]}
    for kind, pairs in (*honest.items(), ("both", [pair for listed in honest.values() for pair in listed])):
        scores = [pair[name] for pair in pairs]
        found[kind] = {"honest pairs": len(scores), "median": round(float(np.median(scores)), 3)} | {
            f"recall at {fpr:.0%}": float(np.mean(np.array(of_copies) > np.quantile(scores, 1 - fpr)))
            for fpr in (0.01, 0.05)
        }
    return found


if __name__ == "__main__":
    main()
