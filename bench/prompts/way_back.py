"""Do remedies mend more refused drafts than plain resampling?

    python bench/prompts/way_back.py ANSWERS.jsonl --model qwen2.5-coder-0.5b-instruct --variants 240 --half test

First every variant is drafted once, and what the guard accepts becomes a sibling of all others. Each draft that it
refuses is then written again twice over, from the same refusal and with the same seeds: with its *remedies*, as the
pipeline does it, and *again*, the same prompt with another seed. What is accepted on one way is a sibling of what is
mended after it on that way, and not on the other. Every answer is kept in the file under a digest of the question: a
run goes on where it stopped, and one that asks the same things again asks no model.

``--half`` keeps two halves of the places apart: look at ``dev`` while you change the instructions (``--show`` prints
texts), and take the figures on ``test``.

Printed: how many of the refused drafts each way mends at attempt 2 and 3, for how many calls and tokens, by what they
had been refused for, and the exact McNemar test on the drafts that only one way mended.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from math import comb
from pathlib import Path
from typing import Any

from acceptance import Bench, add_model_options, served, spread

from inedit.brand.load import load_project
from inedit.generation.client import ChatModel
from inedit.generation.reading import Completion
from inedit.guard.context import Context
from inedit.guard.similarity import Index
from inedit.model import Draft, Finding, Prompt, Severity, Usage, VariantSpec
from inedit.pipeline.evaluation import Surroundings, evaluate
from inedit.pipeline.revision import next_attempt
from inedit.planning import Narrowing, plan
from inedit.prompting import load_templates, render

WAYS = ("remedies", "again")
ATTEMPTS = 3


class Answers:
    """A model that is asked each question once; its answers are kept in a file."""

    def __init__(self, model: ChatModel, file: Path) -> None:
        self.model, self.file = model, file
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self.kept = {row["question"]: row for row in map(json.loads, lines)}

    async def complete(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> Completion:
        """The kept answer, or a new one."""
        messages = [(message.role, message.content) for message in prompt.messages]
        asked = [self.model.model, messages, prompt.schema, seed, temperature, max_tokens]
        question = hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()
        if question not in self.kept:
            answer = await self.model.complete(
                prompt, seed=seed, temperature=temperature, max_tokens=max_tokens
            )
            self.kept[question] = {"question": question, "text": answer.text, "usage": asdict(answer.usage)}
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(self.kept[question], ensure_ascii=False) + "\n")
            print(f"{len(self.kept)} answers", file=sys.stderr)
        row = self.kept[question]
        return Completion(row["text"], Usage(**row["usage"]), question, "stop")


@dataclass
class Tried:
    """One place on one way: each attempt's parts and what blocks them, and the tokens of each call."""

    spec: VariantSpec
    parts: list[dict[str, str]] = field(default_factory=list)
    findings: list[tuple[Finding, ...]] = field(default_factory=list)
    tokens: list[tuple[int, int]] = field(default_factory=list)

    @property
    def fixed_at(self) -> int:
        """The attempt that was accepted, 0 if none was."""
        return 0 if self.findings[-1] else len(self.findings)


class WayBack:
    """Drafts first, then mends what was refused in both ways."""

    def __init__(self, bench: Bench, answers: Answers) -> None:
        self.bench, self.answers = bench, answers
        self.indexes: dict[tuple[str, str], Index] = {}

    def index(self, way: str, language: str) -> Index:
        """What the drafts of a way and language are held against."""
        if (way, language) not in self.indexes:
            self.indexes[way, language] = self.bench.empty_index(language)
        return self.indexes[way, language]

    async def revise_all(self, firsts: Sequence[Tried], way: str) -> list[Tried]:
        """Mend drafts of one language in one way, one after the other: each is held against those before it."""
        return [await self.revise(first, way) for first in firsts]

    @property
    def _campaign(self) -> Any:
        return self.bench.project.brand.campaigns[self.bench.arguments.campaign]

    async def revise(self, first: Tried, way: str) -> Tried:
        """Write a refused draft again, in one way, until it is accepted or has no attempt left."""
        tried = Tried(first.spec, [*first.parts], [*first.findings], [*first.tokens])
        for attempt in range(2, ATTEMPTS + 1):
            spec, told = first.spec, ()
            if way == "remedies":
                spec, told = next_attempt(
                    first.spec, tried.findings, self.bench.project.brand, self._campaign
                )
            prompt, answer = await self.ask(spec, attempt, told, tried.parts[-1])
            self.judge(tried, way, spec, attempt, prompt, answer)
            if not tried.findings[-1]:
                break
        return tried

    async def ask(
        self,
        spec: VariantSpec,
        attempt: int,
        told: Sequence[Finding] = (),
        previous: dict[str, str] | None = None,
    ) -> tuple[Prompt, Completion]:
        """The question for an attempt, and what the model answers."""
        bench, arguments = self.bench, self.bench.arguments
        prompt = render(
            bench.templates, bench.project.brand, self._campaign, spec, bench.today,
            findings=tuple(told), previous=previous,
        )  # fmt: skip
        return prompt, await self.answers.complete(
            prompt, seed=seed_of(spec, attempt, arguments.seed), temperature=arguments.temperature,
            max_tokens=arguments.max_tokens,
        )  # fmt: skip

    def judge(
        self, tried: Tried, way: str, spec: VariantSpec, attempt: int, prompt: Prompt, answer: Completion
    ) -> None:
        """Add an attempt to a place: its parts and what the guard has against them.

        A first draft that is accepted is a sibling on every way, a later one on its own.
        """
        bench = self.bench
        sheet, brand = bench.templates.sheets[spec.channel], bench.project.brand
        tried.tokens.append((answer.usage.input_tokens, answer.usage.output_tokens))
        evaluation = evaluate(
            answer.text,
            Draft(spec, {}, answer.usage, attempt),
            Context(brand, self._campaign, sheet, prompt, bench.today),
            Surroundings(find_copies=self.index(way, spec.language).matches),
        )
        blocking = tuple(f for f in evaluation.verdict.findings if f.severity is not Severity.NOTE)
        if not blocking:
            for on in (way,) if attempt > 1 else WAYS:
                self.index(on, spec.language).add(spec.key, evaluation.draft.text)
        tried.parts.append(dict(evaluation.draft.parts))
        tried.findings.append(blocking)


def table(refused: Sequence[dict[str, Tried]]) -> dict[str, Any]:
    """The figures of all refused drafts, each tried in both ways."""
    reasons = [tried["again"].findings[0][0].check for tried in refused]
    figures: dict[str, Any] = {
        "mended_both_ways_tried": len(refused),
        "refused_for": dict(Counter(reasons).most_common()),
        "languages": dict(Counter(tried["again"].spec.language for tried in refused)),
    }
    for way in WAYS:
        at = Counter(tried[way].fixed_at for tried in refused)
        spent = [tokens for tried in refused for tokens in tried[way].tokens[1:]]
        by_check: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for tried, reason in zip(refused, reasons, strict=True):
            by_check[reason][0] += bool(tried[way].fixed_at)
            by_check[reason][1] += 1
        figures[way] = {
            "mended_at_2": at[2], "mended_at_3": at[3], "parked": at[0], "calls": len(spent),
            "input_tokens": sum(t[0] for t in spent), "output_tokens": sum(t[1] for t in spent),
            "mended_of_refused_for": {check: f"{m} of {n}" for check, (m, n) in by_check.items()},
        }  # fmt: skip
    for last in (2, 3):
        only = {
            way: sum(0 < tried[way].fixed_at <= last and not 0 < tried[other].fixed_at <= last
                     for tried in refused)
            for way, other in (WAYS, WAYS[::-1])
        }  # fmt: skip
        figures[f"mended_by_one_way_only_until_{last}"] = {
            **only, "mcnemar_p": round(mcnemar(*only.values()), 5),
        }  # fmt: skip
    return figures


def mcnemar(one: int, other: int) -> float:
    """Two-sided exact p of as uneven a split of the discordant pairs."""
    total = one + other
    tail = sum(comb(total, k) for k in range(min(one, other) + 1)) / 2**total if total else 0.5
    return min(1.0, 2 * tail)


def show(tried: Tried, way: str) -> None:
    """Print for reading what became of a refused draft."""
    print(f"\n## {way} · {tried.spec.label} · {tried.spec.insight_ids} · mended at {tried.fixed_at}")
    for attempt, (parts, findings) in enumerate(zip(tried.parts, tried.findings, strict=True), start=1):
        print(f"  {attempt} {' | '.join(list(parts.values()))}")
        for finding in findings:
            print(f"    ! {finding.check} [{finding.part}]: {finding.message} -> {finding.remedy}")


def seed_of(spec: VariantSpec, attempt: int, start: int) -> int:
    """The seed of an attempt at a place, the same on both ways and whichever places are drafted."""
    return int.from_bytes(hashlib.sha256(f"{start}:{spec.key}:{attempt}".encode()).digest()[:4], "big") >> 1


def half_of(spec: VariantSpec) -> str:
    """The half that a place belongs to: by its key alone, so that it never changes sides."""
    return ("dev", "test")[hashlib.sha256(spec.key.encode()).digest()[0] % 2]


async def run(arguments: argparse.Namespace, address: tuple[str, str, str]) -> dict[str, Any]:
    """Draft every variant, then mend what was refused."""
    project = load_project(arguments.project)
    channels = tuple(arguments.channels.split(","))
    specs = plan(project.brand.campaigns[arguments.campaign], project.brand, arguments.today,
                 Narrowing(channels=channels))  # fmt: skip
    chosen = spread(specs, arguments.languages.split(","), arguments.variants)
    turnstile = asyncio.Semaphore(arguments.concurrency)
    async with ChatModel(*address) as model:
        bench = Bench(project, load_templates(project), arguments, model, arguments.today)
        way_back = WayBack(bench, Answers(model, arguments.answers))

        async def in_turn(work: Any) -> Any:
            async with turnstile:
                return await work

        # a channel and language after the other: their prompts begin alike, and the model's cache serves them
        chosen.sort(key=lambda spec: (spec.channel, spec.language))
        drafts = await asyncio.gather(*(in_turn(way_back.ask(spec, 1)) for spec in chosen))
        firsts = []
        for spec, (prompt, answer) in zip(chosen, drafts, strict=True):
            tried = Tried(spec)
            way_back.judge(tried, WAYS[0], spec, 1, prompt, answer)
            firsts.append(tried)
        again = [tried for tried in firsts
                 if tried.findings[0] and arguments.half in (half_of(tried.spec), "all")]  # fmt: skip
        chains = [(way, [tried for tried in again if tried.spec.language == language])
                  for language in arguments.languages.split(",") for way in WAYS]  # fmt: skip
        revised = await asyncio.gather(*(in_turn(way_back.revise_all(firsts, way)) for way, firsts in chains))
    by_way = {way: [tried for (own, _), found in zip(chains, revised, strict=True) if own == way for tried in found]
              for way in WAYS}  # fmt: skip
    refused = [dict(zip(WAYS, pair, strict=True)) for pair in zip(*by_way.values(), strict=True)]
    if arguments.show:
        for pair in refused:
            for way in WAYS:
                show(pair[way], way)
    counts = {"drafted": len(firsts), "refused": sum(bool(tried.findings[0]) for tried in firsts)}
    return {"model": arguments.model, "temperature": arguments.temperature, "half": arguments.half,
            **counts, **table(refused)}  # fmt: skip


def main() -> None:
    """Read the command line, run, print the figures as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("answers", type=Path, help="file of answers; a run goes on where it stopped")
    parser.add_argument(
        "--half", choices=("dev", "test", "all", "none"), default="all", help="which places to mend"
    )
    parser.add_argument("--show", action="store_true", help="print what became of each refused draft")
    add_model_options(parser)
    parser.set_defaults(model="qwen2.5-coder-0.5b-instruct", variants=240, temperature=0.7, concurrency=2)
    arguments = parser.parse_args()
    with served(arguments) as address:
        json.dump(asyncio.run(run(arguments, address)), sys.stdout, ensure_ascii=False, indent=2)
    print()


if __name__ == "__main__":
    main()
