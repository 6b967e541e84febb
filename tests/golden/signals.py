"""What the similarity engine says of the pairs of ``signals.jsonl``, to the sixth digit.

After a change that is meant, ``PYTHONPATH=src python tests/golden/signals.py`` writes
the file anew: the difference shows which pairs read otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from inedit.guard.similarity import compare
from inedit.guard.similarity.attributions import attributions, exchanges
from inedit.guard.similarity.profile import Profile

PAIRS = Path(__file__).with_name("signals.jsonl")


def pairs() -> list[dict[str, Any]]:
    """``{id, lang, a, b, siblings, common, cosine, found}``, ``found`` being what :func:`found` gave."""
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def found(pair: dict[str, Any]) -> dict[str, Any]:
    """The decision on a pair; for every signal its value and where it saw it; which words were exchanged."""
    siblings, common = pair.get("siblings", ()), pair.get("common", ())
    decided = compare(
        pair["a"], pair["b"], language=pair["lang"], siblings=siblings, common=common, cosine=pair.get("cosine")
    )  # fmt: skip
    a, b, others = Profile.of(pair["a"]), Profile.of(pair["b"]), [Profile.of(text) for text in siblings]
    return {
        "copy": decided.copy,
        "score": round(decided.score, 6),
        "threshold": decided.threshold,
        "regime": decided.calibration,
        "signal": decided.signal,
        "share": round(decided.share, 6),
        "passages": [span.of(pair["a"]) for span in decided.spans_a],
        "signals": {
            seen.signal: [
                round(float(seen.value), 6),
                [[span.start, span.end] for span in seen.spans_a],
                [[span.start, span.end] for span in seen.spans_b],
                seen.paired,
            ]
            for seen in attributions(a, b, others)
        },
        "exchanged": [[swap.a.of(pair["a"]), swap.b.of(pair["b"])] for swap in exchanges(a, b)],
    }


if __name__ == "__main__":
    rows = [json.dumps({**pair, "found": found(pair)}, ensure_ascii=False) for pair in pairs()]
    PAIRS.write_text("\n".join(rows) + "\n", encoding="utf-8")
