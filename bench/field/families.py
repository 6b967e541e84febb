"""How well does the offline coder learn needs, frustrations and jobs from four examples a code in other languages?

    PYTHONPATH=src python bench/field/families.py > bench/results/coding_families.json

No public labels of these were looked for. The code books of the demo and of the starter hold one example a code in each of five
languages, made up by those who wrote the coder: each language in turn is coded by what the four others teach. This says
whether the families are learnt as emotions are, not how well forum talk is coded.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import yaml
from sklearn.metrics import f1_score

from inedit.encoding import load_encoder
from inedit.insight_loop.coding.offline import Labelled, learn

ROOT = Path(__file__).parents[2]
BOOKS = {
    "demo": ROOT / "brand_data/codebook.yaml",
    "starter": ROOT / "src/inedit/brand/starter/brand_data/codebook.yaml",
}
encoder = load_encoder()


def measured(file: Path) -> dict[str, float]:
    book = yaml.safe_load(file.read_text(encoding="utf-8"))
    rows = [(one["language"], one["text"], code["id"]) for code in book for one in code["examples"]]
    emotions = {code["id"] for code in book if code["family"] == "emotion"}
    truth, given = [], []
    for tag in ("fr", "en", "de", "es", "it"):
        coder = learn(
            encoder, [Labelled(text, frozenset([id])) for of, text, id in rows if of != tag], emotions
        )
        left = [(text, id) for of, text, id in rows if of == tag]
        for (_, id), guesses in zip(left, coder.code([text for text, _ in left]), strict=True):
            truth.append([code["id"] == id for code in book])
            given.append([code["id"] in {guess.code for guess in guesses} for code in book])
    f1 = f1_score(np.array(truth), np.array(given), average=None, zero_division=0)
    families = sorted({code["family"] for code in book})
    found = {
        family: float(np.mean([f1[n] for n, code in enumerate(book) if code["family"] == family]))
        for family in families
    }
    every = float(np.mean([2 * share / (1 + share) for share in np.array(truth).mean(axis=0)]))
    told = {**found, "all": float(f1.mean()), "every code to every text": every, "texts": len(truth)}
    return {name: round(value, 3) for name, value in told.items()}


print(json.dumps({name: measured(file) for name, file in BOOKS.items()}, indent=1))
