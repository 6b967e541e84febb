"""Do receipts show insights that are told, and only those?

Run ``python bench/receipts/run.py`` from the repository's root. It prints, for sentences written by hand in five
languages, the share of told insights that leave a receipt (recall), the share of receipts that are right (precision)
and every sentence judged otherwise than labelled; then how often a text that cannot tell an insight leaves a receipt
of it: each insight of the demo brand against the words of every other, and against texts that a model wrote without
the brand's data (``bench/guard/baselines.jsonl``).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from fakes.brand import body, tiny_context  # noqa: E402  # tests/ is put on the path just above
from inedit.brand.load import Project, load_project  # noqa: E402
from inedit.guard.context import Context  # noqa: E402
from inedit.guard.evidence.receipts import find_receipts  # noqa: E402
from inedit.model import Draft, Prompt, Receipt, Usage, VariantSpec  # noqa: E402
from inedit.prompting import load_templates  # noqa: E402

INSIGHTS = ("odette", "feet", "window")
TODAY = date(2026, 11, 22)
BASELINES = ROOT / "bench" / "guard" / "baselines.jsonl"


def labelled() -> Iterator[tuple[str, str, str]]:
    """``(language, sentence, insight that it tells or nothing)``."""
    rows = YAML(typ="safe").load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
    for language, listed in rows.items():
        for row in listed:
            yield language, row["text"], row.get("tells", "")


def told(language: str, text: str) -> tuple[set[str], tuple[Receipt, ...]]:
    """Insights that a sentence leaves a receipt of, and those receipts."""
    found = find_receipts(body(text, language, insight_ids=INSIGHTS), tiny_context(language))
    receipts = tuple(receipt for receipt in found if receipt.kind == "insight")
    return {receipt.source_id for receipt in receipts}, receipts


def by_hand() -> None:
    """Print recall and precision by language, then what was judged otherwise than labelled."""
    counts: dict[str, Counter[str]] = {}
    faults = []
    for language, text, tells in labelled():
        found, receipts = told(language, text)
        right = {tells} if tells else set()
        tally = counts.setdefault(language, Counter())
        tally.update(told=len(right), seen=len(found & right), receipts=len(found), silent=not tells)
        tally.update(honest=not tells and not found)
        if found != right:
            shown = [(r.source_id, r.how, r.span.of(text)) for r in receipts]
            faults.append(f"{language}: {text}\n    tells {tells or 'nothing'}, found {shown}")
    counts["all"] = sum(counts.values(), Counter())
    print(f"{'':6}{'told':>6}{'recall':>9}{'precision':>11}{'tell none':>11}{'without receipt':>17}")
    for language, c in counts.items():
        recall, precision = c["seen"] / c["told"], c["seen"] / max(c["receipts"], 1)
        without = c["honest"] / c["silent"]
        print(f"{language:6}{c['told']:>6}{recall:>9.3f}{precision:>11.3f}{c['silent']:>11}{without:>17.3f}")
    print("\n".join(("", *faults)))


def strangers(project: Project) -> Iterator[tuple[str, str, str, str, str]]:
    """``(what it is, campaign, channel, language, text)`` of texts, with the insight that each is made of, if any."""
    for line in BASELINES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield "", row["campaign"], row["channel"], row["language"], row["text"]
    for insight in project.brand.insights.values():
        for language, text in insight.text.items():
            yield insight.id, "collection-hiver", "email", language, text


def by_chance() -> None:
    """Print how often a text leaves a receipt of an insight that it does not tell."""
    project = load_project(ROOT)
    brand, sheets = project.brand, load_templates(project).sheets
    pairs: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for own, campaign, channel, language, text in strangers(project):
        kind = "another insight's words" if own else "a text without data"
        for insight in brand.insights:
            if insight == own:
                continue
            spec = VariantSpec(campaign, channel, "families", language, "plain", 0, insight_ids=(insight,))
            draft = Draft(spec, {"story": text}, Usage("", 0, 0, 0, 0, 0.0), 1)
            context = Context(brand, brand.campaigns[campaign], sheets[channel], Prompt((), "", ""), TODAY)
            pairs[kind] += 1
            false[kind] += any(receipt.kind == "insight" for receipt in find_receipts(draft, context))
    for kind, count in pairs.items():
        print(f"{kind}: {false[kind]} of {count:,} pairs leave a receipt that proves nothing")


if __name__ == "__main__":
    by_hand()
    by_chance()
