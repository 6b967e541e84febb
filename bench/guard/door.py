"""What honest drafts and copies meet at the archive's door.

    python bench/guard/door.py OPEN.jsonl.xz [--json FILE]

Refusals per draft of honest texts that models wrote to one brief, admitted in turn, each brief into an archive of its
own and all of them into one; recall of copies at the door; verbatim excerpts of 8 to 30 words and excerpts of honest
pairs' other text; pastes of a quarter at the start, in the middle and at the end; a legal footer under every text of a
brief, and of several. `--json` writes all figures.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from inedit.cli.benchmarking.drafts import found_copies, honest_texts, refusals, refusals_in_one_archive
from inedit.cli.benchmarking.pairs import Row, path_from, read
from inedit.guard.similarity import Index, compare

LANGUAGES = ("en", "fr", "de", "es")
WORDS = (8, 10, 12, 16, 20, 24, 30)
FOOTER = (
    "You receive this message because you are a customer of Maison Orval SAS, 12 rue des Tanneurs, 26000 Valence. "
    "You may access, correct or delete your data at any time by writing to our officer. To stop receiving our messages "
    "follow the link below. The offer is valid while stocks last and cannot be combined with others."
)


def passage(text: str, words: int, dice: random.Random) -> str:
    """So many words in a row."""
    said = text.split()
    start = dice.randrange(len(said) - words)
    return " ".join(said[start : start + words])


def excerpts(rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Share of excerpts found by their length, and of excerpts of one honest text that are found in the other."""
    dice = random.Random(7)
    main = [r for r in rows if r["lang"] == language and r["track"] == "main"]
    texts = sorted({r["text_a"] for r in main if len(r["text_a"].split()) > 60})
    texts = dice.sample(texts, min(150, len(texts)))
    honest = [r for r in main if r["label"] == "not_copy"]
    honest = [(r["text_a"], r["text_b"]) for r in dice.sample(honest, min(400, len(honest)))]
    return {
        "language": language,
        "texts": len(texts),
        "found": {
            n: _mean([compare(passage(t, n, dice), t, language=language).copy for t in texts]) for n in WORDS
        },
        "false_positives": _mean(
            [compare(passage(a, n, dice), b, language=language).copy
             for a, b in honest for n in WORDS if len(a.split()) > n]
        ),
        "paste_of_25": {where: _mean(_pasted(texts[:100], where, language)) for where in ("start", "middle", "end")},
    }  # fmt: skip


def _pasted(texts: Sequence[str], where: str, language: str) -> list[bool]:
    found = []
    for number, text in enumerate(texts):
        other, words = texts[(number + len(texts) // 2) % len(texts)].split(), text.split()
        size = len(words) // 4
        kept = other[: len(words) - size]
        at = {"start": 0, "middle": len(kept) // 2, "end": len(kept)}[where]
        start = 0 if where == "start" else len(words) // 3
        draft = " ".join([*kept[:at], *words[start : start + size], *kept[at:]])
        found.append(compare(draft, text, language=language).copy)
    return found


def footers(rows: Sequence[Row]) -> dict[str, Any]:
    """Refusals of ten honest texts of each brief under one footer, and pairs of them that are called copies."""
    refused, pairs = [], []
    for texts in honest_texts(rows).values():
        mails = [f"{text}\n\n{FOOTER}" for text in texts if len(text.split()) < 150][:10]
        if len(mails) < 6:
            continue
        index = Index("en")
        for number, mail in enumerate(mails):
            refused.append(bool(index.matches(mail, brief="brief")))
            if not refused[-1]:
                index.add(str(number), mail, brief="brief")
        for one, other in zip(mails[::2], mails[1::2], strict=False):
            siblings = [mail for mail in mails if mail not in (one, other)]
            pairs.append(compare(one, other, language="en", siblings=siblings).copy)
    return {"drafts": len(refused), "refused": _mean(refused), "pairs": len(pairs), "copies": _mean(pairs)}


def footers_across(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Honest texts of all subjects under one footer, dealt to several campaigns: refusals, and CPU time of a draft."""
    dice = random.Random(1)
    texts = [text for said in honest_texts(rows).values() for text in said if 40 < len(text.split()) < 160]
    mails = [f"{text}\n\n{FOOTER}" for text in dice.sample(texts, min(240, len(texts)))]
    table = []
    for briefs in (1, 6):
        index, refused, started = Index("en"), [], process_time()
        for number, mail in enumerate(mails):
            brief = f"brief {number % briefs}"
            refused.append(bool(index.matches(mail, brief=brief)))
            if not refused[-1]:
                index.add(str(number), mail, brief=brief)
        each = 1000 * (process_time() - started) / len(mails)
        table.append(
            {"briefs": briefs, "drafts": len(mails), "refused": _mean(refused), "cpu_ms": round(each, 1)}
        )
    return table


def _mean(flags: Sequence[bool]) -> float:
    return round(sum(flags) / max(1, len(flags)), 4)


def main() -> None:
    """Prints every figure; writes them with ``--json``."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", nargs="?")
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    rows = read(path_from(given.data))
    report = {
        "refusals_per_draft": refusals(rows),
        "refusals_in_one_archive": refusals_in_one_archive(rows),
        "copies_found_at_the_door": found_copies(rows),
        "excerpts": [excerpts(rows, language) for language in LANGUAGES],
        "footer": footers(rows),
        "footer_across_briefs": footers_across(rows),
    }
    text = json.dumps(report, indent=1)
    print(text)
    if given.json:
        given.json.parent.mkdir(exist_ok=True)
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
