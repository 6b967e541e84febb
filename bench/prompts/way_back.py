"""Do remedies mend more refused drafts than plain resampling?

    python bench/prompts/way_back.py ROWS.jsonl --model qwen2.5-coder-0.5b-instruct --variants 240

First every variant is drafted once. Each draft that the guard refuses is then written again twice over, from the same
refusal and with the same seeds: with its *remedies*, as the pipeline does it (at the third attempt from another angle
too), and *again*, the same prompt with another seed. What is accepted on one way does not count as a sibling on the
other. Rows are appended as they come, and a run goes on where it stopped; with `--mend` it drafts no further place
and mends what was refused so far.

Printed: how many of the refused drafts each way mends at attempt 2 and 3, for how many calls and tokens, by what they
had been refused for, and the exact McNemar test on the drafts that only one way mended.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import comb
from pathlib import Path
from typing import Any

from acceptance import Bench, add_model_options, served, spread

from inedit.brand.load import load_project
from inedit.generation.client import ChatModel
from inedit.guard.context import Context
from inedit.guard.judge import judge
from inedit.guard.near_duplicates import findings_from
from inedit.guard.typography import repair
from inedit.model import Decision, Draft, Finding, Match, Severity, Usage, VariantSpec
from inedit.planning import plan, with_another_angle
from inedit.prompting import MalformedAnswer, load_templates, parse_answer, render

WAYS = ("remedies", "again")
ATTEMPTS = 3


class WayBack:
    """Drafts first, then mends what was refused in both ways."""

    def __init__(self, bench: Bench, file: Path) -> None:
        self.bench, self.file = bench, file
        self.rows = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def done(self, key: str, way: str) -> bool:
        """Whether an earlier run has this row."""
        return any(row["key"] == key and row["way"] == way for row in self.rows)

    def write(self, **row: Any) -> None:
        """Keep a row, in memory and in the file."""
        self.rows.append(row)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

    async def first(self, spec: VariantSpec, number: int) -> None:
        """The first draft of a place, with what it was refused for."""
        row = next((row for row in self.rows if row["key"] == spec.key and row["way"] == "first"), None)
        if row and not row["findings"]:
            kept = Draft(spec, row["parts"], Usage("", 0, 0, 0, 0, 0.0), 1)
            self.bench._index(spec.language).add(spec.key, kept.text)
        if not row and not self.bench.arguments.mend:
            parts, findings, tokens = await self.draft(spec, 1, number, (), {})
            self.write(
                key=spec.key, way="first", language=spec.language, parts=parts, tokens=tokens,
                findings=[_as_row(finding) for finding in findings],
            )  # fmt: skip

    async def mend(self, spec: VariantSpec, number: int, way: str) -> None:
        """Write a refused draft again, in one way, until it is accepted or has no attempt left."""
        if self.done(spec.key, way):
            return
        start = next(row for row in self.rows if row["key"] == spec.key and row["way"] == "first")
        findings, parts = tuple(_from_row(row) for row in start["findings"]), start["parts"]
        spent: list[list[int]] = []
        mended_at = 0
        for attempt in range(2, ATTEMPTS + 1):
            now = spec
            if way == "remedies" and attempt >= 3:
                now = with_another_angle(spec, self.bench.project.brand, self._campaign, attempt - 1)
            told = findings if way == "remedies" else ()
            parts, findings, tokens = await self.draft(now, attempt, number, told, parts)
            spent.append(tokens)
            if not findings:
                mended_at = attempt
                break
        self.write(key=spec.key, way=way, language=spec.language, mended_at=mended_at, spent=spent)

    @property
    def _campaign(self) -> Any:
        return self.bench.project.brand.campaigns[self.bench.arguments.campaign]

    async def draft(
        self,
        spec: VariantSpec,
        attempt: int,
        number: int,
        told: tuple[Finding, ...],
        previous: dict[str, str],
    ) -> tuple[dict[str, str], tuple[Finding, ...], list[int]]:
        """One draft: its parts, what blocks it, and its tokens ``[in, cached, out]``."""
        bench, arguments = self.bench, self.bench.arguments
        sheet, brand = bench.templates.sheets[spec.channel], bench.project.brand
        prompt = render(
            bench.templates, brand, self._campaign, spec, bench.today, findings=told, previous=previous
        )
        answer = await bench.model.complete(
            prompt, seed=arguments.seed + 1000 * attempt + number, temperature=arguments.temperature,
            max_tokens=arguments.max_tokens,
        )  # fmt: skip
        usage = answer.usage
        tokens = [usage.input_tokens, usage.cached_tokens, usage.output_tokens]
        try:
            parts = parse_answer(answer.text, sheet)
        except MalformedAnswer as error:
            return {}, (Finding("shape", Severity.BLOCK, str(error)),), tokens
        typography = brand.languages[spec.language].typography
        parts = {part: repair(text, typography) for part, text in parts.items()}
        draft = Draft(spec, parts, usage, attempt)
        verdict = judge(draft, Context(brand, self._campaign, sheet, prompt, bench.today))
        blocking = tuple(finding for finding in verdict.findings if finding.severity is not Severity.NOTE)
        if verdict.decision is Decision.ACCEPT:
            index = bench._index(spec.language)
            blocking = findings_from(draft, index.matches(draft.text))
            if not blocking and attempt == 1:
                index.add(spec.key, draft.text)
        return parts, blocking, tokens


def _as_row(finding: Finding) -> dict[str, Any]:
    """What the next prompt needs of a finding: its remedy, and the passages not to use again."""
    matches = [{"piece_id": m.piece_id, "signal": m.signal, "score": m.score, "other_text": m.other_text}
               for m in finding.matches]  # fmt: skip
    return {"check": finding.check, "severity": finding.severity, "message": finding.message,
            "remedy": finding.remedy, "part": finding.part, "matches": matches}  # fmt: skip


def _from_row(row: dict[str, Any]) -> Finding:
    return Finding(**{**row, "matches": tuple(Match(**match) for match in row["matches"])})


def table(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The figures of all rows."""
    first = {row["key"]: row for row in rows if row["way"] == "first"}
    ways = {way: {row["key"]: row for row in rows if row["way"] == way} for way in WAYS}
    both = [key for key in first if all(key in ways[way] for way in WAYS)]
    figures: dict[str, Any] = {
        "drafted": len(first), "refused": sum(bool(row["findings"]) for row in first.values()),
        "mended_both_ways_tried": len(both),
        "refused_for": dict(Counter(first[key]["findings"][0]["check"] for key in both).most_common()),
    }  # fmt: skip
    for way in WAYS:
        at = Counter(ways[way][key]["mended_at"] for key in both)
        spent = [tokens for key in both for tokens in ways[way][key]["spent"]]
        by_check: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for key in both:
            tally = by_check[first[key]["findings"][0]["check"]]
            tally[0] += bool(ways[way][key]["mended_at"])
            tally[1] += 1
        figures[way] = {
            "mended_at_2": at[2], "mended_at_3": at[3], "parked": at[0], "calls": len(spent),
            "input_tokens": sum(t[0] for t in spent), "output_tokens": sum(t[2] for t in spent),
            "mended_of_refused_for": {check: f"{m} of {n}" for check, (m, n) in by_check.items()},
        }  # fmt: skip
    for last in (2, 3):
        only = {
            way: sum(
                0 < ways[way][key]["mended_at"] <= last and not 0 < ways[other][key]["mended_at"] <= last
                for key in both
            )
            for way, other in (WAYS, WAYS[::-1])
        }
        figures[f"mended_by_one_way_only_until_{last}"] = {
            **only,
            "mcnemar_p": round(mcnemar(*only.values()), 4),
        }
    return figures


def mcnemar(one: int, other: int) -> float:
    """Two-sided exact p of as uneven a split of the discordant pairs."""
    total = one + other
    tail = sum(comb(total, k) for k in range(min(one, other) + 1)) / 2**total if total else 0.5
    return min(1.0, 2 * tail)


async def run(arguments: argparse.Namespace, address: tuple[str, str, str]) -> dict[str, Any]:
    """Draft every variant, then mend what was refused."""
    project = load_project(arguments.project)
    specs = plan(project.brand.campaigns[arguments.campaign], project.brand, arguments.today)
    chosen = list(enumerate(spread(specs, arguments.languages.split(","), arguments.variants)))
    turnstile = asyncio.Semaphore(arguments.concurrency)
    async with ChatModel(*address) as model:
        bench = Bench(project, load_templates(project), arguments, model, arguments.today)
        way_back = WayBack(bench, arguments.rows)

        async def in_turn(work: Any) -> None:
            async with turnstile:
                await work
            print(f"{len(way_back.rows)} rows", file=sys.stderr)

        # a channel and language after the other: their prompts begin alike, and the model's cache serves them
        chosen.sort(key=lambda entry: (entry[1].channel, entry[1].language))
        await asyncio.gather(*(in_turn(way_back.first(spec, number)) for number, spec in chosen))
        refused = {row["key"] for row in way_back.rows if row["way"] == "first" and row["findings"]}
        again = [(number, spec, way) for number, spec in chosen if spec.key in refused for way in WAYS]
        await asyncio.gather(*(in_turn(way_back.mend(spec, number, way)) for number, spec, way in again))
    return table(way_back.rows)


def main() -> None:
    """Read the command line, run, print the figures as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path, help="file of rows; a run goes on where it stopped")
    parser.add_argument("--mend", action="store_true", help="draft no more: mend what was refused so far")
    add_model_options(parser)
    parser.set_defaults(model="qwen2.5-coder-0.5b-instruct", variants=240, temperature=0.7, concurrency=2)
    arguments = parser.parse_args()
    with served(arguments) as address:
        json.dump(asyncio.run(run(arguments, address)), sys.stdout, ensure_ascii=False, indent=2)
    print()


if __name__ == "__main__":
    main()
