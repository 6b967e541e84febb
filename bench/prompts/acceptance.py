"""How many of a model's drafts does the guard accept, by language and attempt, and how long does it take?

    python bench/prompts/acceptance.py --model qwen2.5-coder-1.5b-instruct --variants 30
    python bench/prompts/acceptance.py --model …  --naive           the same with a one-paragraph English prompt
    python bench/prompts/acceptance.py --base-url URL --model NAME  any OpenAI-compatible server

Variants are spread evenly over the chosen languages and over the whole matrix of the campaign. Each is drafted and
judged, and, when refused, drafted again with its findings, up to ``--attempts`` times. Near-duplicates are judged
against what was accepted before, without vectors. The controls: ``--again`` resamples without findings, ``--reproach``
shows the model its refused answer before the findings.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from inedit.archive.admission import common_texts
from inedit.brand.load import Project, load_project
from inedit.generation.client import ChatModel
from inedit.generation.embedded import EmbeddedServer
from inedit.generation.weights import resolve
from inedit.guard.context import Context
from inedit.guard.similarity import Index
from inedit.model import Decision, Draft, Finding, Message, Prompt, Severity, Usage, VariantSpec
from inedit.pipeline.evaluation import Surroundings, evaluate
from inedit.planning import plan
from inedit.prompting import Templates, load_templates, render

NAIVE = (
    "You are a copywriter for {brand}. {about} Write the {channel} copy in {language}. "
    "Answer in JSON with: {parts}."
)


@dataclass
class Outcome:
    """One variant: what was found at each attempt, and what the last one says."""

    spec: VariantSpec
    findings: list[tuple[Finding, ...]] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def accepted_at(self) -> int:
        """The attempt that was accepted, from 1; 0 when none was."""
        last = bool(self.findings) and all(f.severity is Severity.NOTE for f in self.findings[-1])
        return len(self.findings) if last else 0


@dataclass
class Bench:
    """What one run of the bench needs."""

    project: Project
    templates: Templates
    arguments: argparse.Namespace
    model: ChatModel
    today: date
    indexes: dict[str, Index] = field(default_factory=dict)

    def prompt(self, spec: VariantSpec, findings: tuple[Finding, ...], previous: dict[str, str]) -> Prompt:
        """The shaped prompt, or the naive one with the same facts and the same JSON schema."""
        campaign = self.project.brand.campaigns[self.arguments.campaign]
        if self.arguments.again:
            findings = ()
        brand, today = self.project.brand, self.today
        prompt = render(self.templates, brand, campaign, spec, today, findings=findings, previous=previous)
        if findings and self.arguments.reproach:
            brief = render(self.templates, brand, campaign, spec, today).messages
            revision_part = prompt.messages[-1].content.removeprefix(brief[-1].content).strip()
            answer = json.dumps(previous, ensure_ascii=False)
            turns = (*brief, Message("assistant", answer), Message("user", revision_part))
            prompt = replace(prompt, messages=turns)
        if not self.arguments.naive:
            return prompt
        tag = spec.language
        facts = [brand.insights[i].text[tag] for i in spec.insight_ids]
        facts += [brand.claims[c].text[tag] for c in spec.claim_ids]
        system = NAIVE.format(
            brand=brand.identity.name, about=brand.identity.about[tag], channel=spec.channel,
            language=brand.languages[tag].name, parts=", ".join(prompt.schema["properties"]),
        )  # fmt: skip
        segment, tone = brand.segments[spec.segment], brand.tones[spec.tone]
        user = "\n".join((
            f"Audience: {segment.name[tag]}. {segment.description[tag]}", f"Tone: {tone.name[tag]}",
            f"Angle: {brand.angles[spec.angle].name[tag]}" if spec.angle else "",
            f"Objective: {campaign.objective[tag]}", f"Offer: {campaign.offer[tag]}", *facts,
        ))  # fmt: skip
        return replace(prompt, messages=(Message("system", system), Message("user", user)))

    async def one(self, spec: VariantSpec, number: int) -> Outcome:
        """Draft and judge one variant until it is accepted or has no attempt left."""
        outcome = Outcome(spec)
        brand, campaign = self.project.brand, self.project.brand.campaigns[self.arguments.campaign]
        sheet = self.templates.sheets[spec.channel]
        findings: tuple[Finding, ...] = ()
        previous: dict[str, str] = {}
        for attempt in range(1, self.arguments.attempts + 1):
            prompt = self.prompt(spec, findings, previous)
            answer = await self.model.complete(
                prompt, seed=self.arguments.seed + 1000 * attempt + number,
                temperature=self.arguments.temperature, max_tokens=self.arguments.max_tokens,
            )  # fmt: skip
            outcome.usages.append(answer.usage)
            index = self._index(spec.language)
            evaluation = evaluate(
                answer.text,
                Draft(spec, {}, answer.usage, attempt),
                Context(brand, campaign, sheet, prompt, self.today),
                Surroundings(find_copies=index.matches),
            )
            findings = evaluation.verdict.findings
            if evaluation.verdict.decision is Decision.ACCEPT:
                index.add(spec.key, evaluation.draft.text)
            outcome.findings.append(findings)
            if evaluation.readable:
                previous = outcome.parts = dict(evaluation.draft.parts)
            if outcome.accepted_at:
                break
        return outcome

    def _index(self, language: str) -> Index:
        if language not in self.indexes:
            self.indexes[language] = self.empty_index(language)
        return self.indexes[language]

    def empty_index(self, language: str) -> Index:
        """An index that knows what all texts of the brand in a language have in common."""
        brand, campaign = self.project.brand, self.project.brand.campaigns[self.arguments.campaign]
        return Index(language, common_texts(brand, campaign, language))


def spread(specs: Sequence[VariantSpec], languages: Sequence[str], variants: int) -> list[VariantSpec]:
    """About ``variants`` specifications, the same number for each language, evenly through the matrix."""
    chosen: list[VariantSpec] = []
    for language in languages:
        own = [spec for spec in specs if spec.language == language]
        wanted = min(len(own), max(1, variants // len(languages)))
        chosen += [own[i * len(own) // wanted] for i in range(wanted)]
    return chosen


def summary(outcomes: Sequence[Outcome], seconds: float, arguments: argparse.Namespace) -> dict[str, object]:
    """The figures of a run, ready for JSON."""
    usages = [usage for outcome in outcomes for usage in outcome.usages]
    by_language: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_language[outcome.spec.language].append(outcome)
    refusals = Counter(
        f.check for o in outcomes for found in o.findings for f in found if f.severity is not Severity.NOTE
    )

    def shares(group: Sequence[Outcome]) -> dict[str, object]:
        at = Counter(outcome.accepted_at for outcome in group)
        return {
            "variants": len(group),
            **{f"accepted_at_{k}": at[k] for k in range(1, arguments.attempts + 1)},
            "share": round(sum(n for k, n in at.items() if k) / len(group), 3),
            "share_at_1": round(at[1] / len(group), 3),
        }

    return {
        "model": arguments.model, "prompt": "naive" if arguments.naive else "shaped",
        "temperature": arguments.temperature, "campaign": arguments.campaign,
        "all": shares(outcomes), **{lang: shares(group) for lang, group in by_language.items()},
        "refused_by": dict(refusals.most_common()),
        "calls": len(usages), "seconds": round(seconds, 1),
        "seconds_a_call": round(seconds / max(len(usages), 1), 1),
        "input_tokens": sum(u.input_tokens for u in usages),
        "cached_tokens": sum(u.cached_tokens for u in usages),
        "output_tokens": sum(u.output_tokens for u in usages),
        "load_average": [round(x, 1) for x in os.getloadavg()], "cores": os.cpu_count(),
        "machine": platform.machine(),
    }  # fmt: skip


def show(outcome: Outcome) -> None:
    """Print a variant for reading."""
    said = f"accepted at {outcome.accepted_at}" if outcome.accepted_at else "REFUSED"
    seconds = sum(usage.latency_seconds for usage in outcome.usages)
    print(
        f"\n## {outcome.spec.label} · {outcome.spec.angle} · {outcome.spec.insight_ids} · {said} · {seconds:.0f} s"
    )
    for part, text in outcome.parts.items():
        print(f"   {part}: {text}")
    for attempt, found in enumerate(outcome.findings, start=1):
        for finding in found:
            print(f"   ! {attempt} {finding.severity} {finding.check} [{finding.part}]: {finding.message}")


@contextmanager
def served(arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """Address, key and name of the model: a server that is there, or one of our own for the time of the run."""
    if arguments.base_url:
        yield arguments.base_url, os.environ.get("OPENAI_API_KEY", ""), arguments.model
        return
    with EmbeddedServer(resolve(arguments.model), parallel=arguments.concurrency) as server:
        yield server.base_url, server.api_key, server.model


async def run(arguments: argparse.Namespace, address: tuple[str, str, str]) -> dict[str, object]:
    """Draft everything, at most ``--concurrency`` at a time, and add up."""
    project = load_project(arguments.project)
    languages = arguments.languages.split(",")
    campaign = project.brand.campaigns[arguments.campaign]
    specs = [
        s
        for s in plan(campaign, project.brand, arguments.today)
        if s.channel in arguments.channels.split(",")
    ]
    base_url, key, name = address
    async with ChatModel(base_url, key, name) as model:
        bench = Bench(project, load_templates(project), arguments, model, arguments.today)
        turnstile = asyncio.Semaphore(arguments.concurrency)

        async def in_turn(spec: VariantSpec, number: int) -> Outcome:
            async with turnstile:
                outcome = await bench.one(spec, number)
            if arguments.show:
                show(outcome)
            return outcome

        started = time.perf_counter()
        chosen = spread(specs, languages, arguments.variants)
        outcomes = await asyncio.gather(*(in_turn(spec, i) for i, spec in enumerate(chosen)))
        return summary(outcomes, time.perf_counter() - started, arguments)


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """What to draft, with which model, and how."""
    parser.add_argument("--project", type=Path, default=Path(), help="root of the brand project")
    parser.add_argument("--model", default="qwen2.5-coder-1.5b-instruct", help="name, or path of a GGUF file")
    parser.add_argument(
        "--base-url", default="", help="an OpenAI-compatible server; the key is OPENAI_API_KEY"
    )
    parser.add_argument("--campaign", default="collection-hiver")
    parser.add_argument("--languages", default="fr,en,de")
    parser.add_argument("--channels", default="email,social,landing")
    parser.add_argument("--variants", type=int, default=30)
    parser.add_argument("--temperature", type=float, default=0.3)
    parser.add_argument("--max-tokens", type=int, default=400)
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 22))


def main() -> None:
    """Read the command line, run, print the figures as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_model_options(parser)
    parser.add_argument("--attempts", type=int, default=2)
    parser.add_argument("--naive", action="store_true", help="a one-paragraph English prompt instead of ours")
    parser.add_argument("--again", action="store_true", help="next attempts resample, without the findings")
    parser.add_argument(
        "--reproach", action="store_true", help="next attempts see their refused answer, then the findings"
    )
    parser.add_argument("--show", action="store_true", help="print every variant and its findings")
    arguments = parser.parse_args()
    with served(arguments) as address:
        figures = asyncio.run(run(arguments, address))
    json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
    print()


if __name__ == "__main__":
    main()
