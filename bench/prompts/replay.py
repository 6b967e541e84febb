"""What becomes of a capable model's answers: stored answers, evaluated and admitted as the pipeline does it.

    python bench/prompts/replay.py bench/prompts/answers.jsonl [--json bench/results/replay.json] [--show]

A row of the file holds the cell (a variant as ``inedit preview --json`` gives it), the model's answer, and its origin.
The messages that the model read were made by ``export_cells.py``. Each answer is parsed, repaired, judged
(:mod:`inedit.pipeline.evaluation`) and admitted into an empty archive (:mod:`inedit.archive.admission`, real encoder,
no generic texts), in the order of the file. Printed: the share accepted at the first attempt by language and channel,
why others were refused, and the paste share (words in runs of four or more words of what the brief supplied).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inedit.archive.admission import Archive, Embedding
from inedit.brand.load import Project, load_project
from inedit.encoding import load_encoder
from inedit.guard.context import Context
from inedit.model import Decision, Draft, Finding, Piece, Severity, Status, Usage, VariantSpec
from inedit.pipeline.evaluation import Evaluation, Surroundings, evaluate
from inedit.prompting import load_templates, render
from inedit.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Replayed:
    """One answer: the variant, and what became of it."""

    spec: VariantSpec
    evaluation: Evaluation
    accepted: bool

    @property
    def standing(self) -> list[Finding]:
        """What stands in its way."""
        return [f for f in self.evaluation.verdict.findings if f.severity is not Severity.NOTE]


def spec_of(cell: dict[str, Any]) -> VariantSpec:
    """The variant of a row."""
    listed = {name: tuple(cell.get(name, ())) for name in ("insight_ids", "claim_ids")}
    plain = {n: cell[n] for n in ("campaign_id", "channel", "segment", "language", "tone", "index", "angle")}
    return VariantSpec(**plain, **listed)


def replay(rows: list[dict[str, Any]], project: Project, store: Store, today: date) -> Iterator[Replayed]:
    """Each answer in turn, as the pipeline would treat it at the first attempt."""
    templates, encoder = load_templates(project), load_encoder()
    archive = Archive(store, project.brand, encoder.encode)
    around = Surroundings(encode=encoder.encode, encoder=encoder.name)
    for row in rows:
        spec = spec_of(row["cell"])
        campaign = project.brand.campaigns[spec.campaign_id]
        prompt = render(templates, project.brand, campaign, spec, today)
        context = Context(project.brand, campaign, templates.sheets[spec.channel], prompt, today)
        unread = Draft(spec, {}, Usage("stored", 0, 0, 0, 0, 0.0), 1)
        found = evaluate(json.dumps(row["answer"], ensure_ascii=False), unread, context, around)
        accepted = found.verdict.decision is Decision.ACCEPT
        if accepted:
            piece = Piece(
                f"{spec.key}-1", "replay", spec, Status.ACCEPTED, found.draft.parts, found.verdict, attempts=1
            )
            embedding = Embedding(encoder.encode([piece.text])[0], encoder.name, encoder.digest)
            admitted = archive.admit(
                piece, embedding, brief_sha=campaign.sha, revision_number=1, campaign=campaign
            )
            if not isinstance(admitted, Piece):
                found, accepted = found.with_copies(admitted), False
        yield Replayed(spec, found, accepted)


def figures(replayed: list[Replayed]) -> dict[str, Any]:
    """The figures of all answers."""
    shares = [r.evaluation.verdict.own_words.paste_share for r in replayed if r.evaluation.verdict.own_words]
    groups: dict[str, list[bool]] = defaultdict(list)
    for one in replayed:
        for name in (one.spec.language, one.spec.channel):
            groups[name].append(one.accepted)
    refusals = Counter(one.standing[0].check for one in replayed if not one.accepted and one.standing)
    return {
        "answers": len(replayed),
        "accepted_at_first_attempt": round(sum(one.accepted for one in replayed) / len(replayed), 3),
        "by": {name: round(sum(group) / len(group), 3) for name, group in sorted(groups.items())},
        "refused_for": dict(refusals.most_common()),
        "paste_share_median": round(statistics.median(shares), 3) if shares else None,
        "paste_share_most": round(max(shares), 3) if shares else None,
    }


def main() -> None:
    """Read the command line, replay, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("answers", type=Path)
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 28))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was refused, and why")
    asked = parser.parse_args()
    rows = [json.loads(line) for line in asked.answers.read_text(encoding="utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/replay.db")
        replayed = list(replay(rows, load_project(asked.project), store, asked.today))
        store.close()
    told = figures(replayed)
    json.dump(told, sys.stdout, indent=2)
    print()
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    for one in replayed if asked.show else ():
        if not one.accepted:
            print(f"\n{one.spec.label}: {one.evaluation.draft.text}", file=sys.stderr)
            for finding in one.standing:
                print(f"  {finding.severity} {finding.check}: {finding.message}", file=sys.stderr)


if __name__ == "__main__":
    main()
