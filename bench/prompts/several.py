"""Does it pay to ask for several candidates at once and to keep the one most unlike the rest?

    python bench/prompts/several.py --model qwen2.5-coder-0.5b-instruct --variants 18

Three ways to fill the same places of a campaign, on the same prompts, without a second attempt:

- *one*: one draft, kept when the guard accepts it;
- *apart*: four drafts by four calls with other seeds; of those accepted, the one most unlike what is kept already;
- *together*: four drafts in one answer, which is told to make them differ (after "Verbalized Sampling", Zhang et al.
  2025; without its probabilities, which nothing here would use); kept in the same way.

Printed for each: places filled, drafts accepted, distinct texts among the accepted ones, mean novelty of what is kept
(1 - cosine to the nearest other one of its language, default encoder) and tokens, by place filled too. The figures so
far go to standard error after each place.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from acceptance import Bench, add_model_options, served, spread

from inedit.brand.load import load_project
from inedit.encoding import load_encoder
from inedit.generation.client import ChatModel
from inedit.guard.context import Context
from inedit.guard.similarity.diversity import distinct
from inedit.model import Decision, Draft, Message, Prompt, Usage, VariantSpec
from inedit.pipeline.evaluation import evaluate
from inedit.planning import plan
from inedit.prompting import load_templates

MANY = 4
ASK = {
    "fr": "Donnez {n} versions qui n'ont ni le même début, ni la même idée, ni les mêmes mots.",
    "en": "Give {n} versions that share neither their opening, nor their idea, nor their words.",
    "de": "Geben Sie {n} Fassungen, die weder Anfang noch Gedanken noch Wörter gemeinsam haben.",
}


@dataclass
class Way:
    """What one way of asking came to."""

    usages: list[Usage] = field(default_factory=list)
    drafts: int = 0
    accepted: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kept: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def for_many(prompt: Prompt, language: str) -> Prompt:
    """The same prompt for several versions in one answer."""
    last = prompt.messages[-1]
    asked = Message("user", f"{last.content}\n\n{ASK[language].format(n=MANY)}")
    versions = {"type": "array", "items": prompt.schema, "minItems": MANY, "maxItems": MANY}
    schema = {
        "type": "object", "properties": {"versions": versions}, "required": ["versions"], "additionalProperties": False,
    }  # fmt: skip
    return replace(prompt, messages=(*prompt.messages[:-1], asked), schema=schema)


def versions_in(text: str) -> list[str]:
    """Each version of an answer as JSON text; none when it is no such answer."""
    try:
        found = json.loads(text)["versions"]
    except (ValueError, KeyError, TypeError):
        return []
    return [json.dumps(version) for version in found] if isinstance(found, list) else []


class Measurement:
    """Drafts, judges and keeps for all places, one after the other."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.encoder = bench, load_encoder()
        self.ways = {"one": Way(), "apart": Way(), "together": Way()}

    async def fill_cell(self, spec: VariantSpec, number: int) -> None:
        """Fill one place in each of the three ways."""
        prompt = self.bench.prompt(spec, (), {})
        texts, usages = [], []
        for again in range(MANY):
            text, usage = await self.ask(prompt, 1000 * again + number, 400)
            texts.append(text)
            usages.append(usage)
        self.keep("one", spec, prompt, texts[:1], usages[:1])
        self.keep("apart", spec, prompt, texts, usages)
        text, usage = await self.ask(for_many(prompt, spec.language), number, 400 * MANY)
        self.keep("together", spec, prompt, versions_in(text), [usage])

    async def ask(self, prompt: Prompt, seed: int, most: int) -> tuple[str, Usage]:
        """One call."""
        arguments = self.bench.arguments
        answer = await self.bench.model.complete(
            prompt, seed=arguments.seed + seed, temperature=arguments.temperature, max_tokens=most
        )
        return answer.text, answer.usage

    def keep(
        self, name: str, spec: VariantSpec, prompt: Prompt, raw: Sequence[str], usages: Sequence[Usage]
    ) -> None:
        """Judge what came and keep the accepted draft that is least like what is kept."""
        way = self.ways[name]
        way.usages += usages
        way.drafts += len(raw)
        good = [text for text in (self.accepted(spec, prompt, one) for one in raw) if text]
        way.accepted[spec.language] += good
        if good:
            way.kept[spec.language].append(
                max(good, key=lambda text: self.novelty(text, way.kept[spec.language]))
            )

    def accepted(self, spec: VariantSpec, prompt: Prompt, raw: str) -> str:
        """The text of a draft that the guard accepts; empty for any other."""
        brand, sheet = self.bench.project.brand, self.bench.templates.sheets[spec.channel]
        campaign = brand.campaigns[self.bench.arguments.campaign]
        unread = Draft(spec, {}, Usage("", 0, 0, 0, 0, 0.0), 1)
        evaluation = evaluate(raw, unread, Context(brand, campaign, sheet, prompt, self.bench.today))
        if evaluation.verdict.decision is not Decision.ACCEPT:
            return ""
        return "\n".join(evaluation.draft.parts[part.id] for part in sheet.parts if part.source == "model")

    def novelty(self, text: str, others: Sequence[str]) -> float:
        """1 - cosine to the nearest of the others; 1 when there are none."""
        others = [other for other in others if other is not text]
        if not others:
            return 1.0
        vectors = self.encoder.encode([text, *others])
        return 1.0 - float((vectors[1:] @ vectors[0]).max())

    def figures(self, cells: int) -> Mapping[str, Any]:
        """The table."""
        table = {}
        for name, way in self.ways.items():
            kept = [text for texts in way.kept.values() for text in texts]
            novelty = [self.novelty(text, texts) for texts in way.kept.values() for text in texts]
            tokens_in = sum(u.input_tokens - u.cached_tokens for u in way.usages)
            tokens_out = sum(u.output_tokens for u in way.usages)
            table[name] = {
                "places": cells, "filled": len(kept), "drafts": way.drafts,
                "accepted": sum(map(len, way.accepted.values())),
                "distinct_accepted": sum(distinct(texts, tag) for tag, texts in way.accepted.items()),
                "mean_novelty_of_kept": round(sum(novelty) / max(1, len(novelty)), 3),
                "calls": len(way.usages), "uncached_input_tokens": tokens_in, "output_tokens": tokens_out,
                "output_tokens_a_place_filled": round(tokens_out / max(1, len(kept)), 1),
                "seconds": round(sum(u.latency_seconds for u in way.usages), 1),
            }  # fmt: skip
        return table


async def run(arguments: argparse.Namespace, address: tuple[str, str, str]) -> Mapping[str, Any]:
    """Fill every place, one at a time."""
    project = load_project(arguments.project)
    campaign = project.brand.campaigns[arguments.campaign]
    specs = plan(campaign, project.brand, arguments.today)
    chosen = spread(specs, arguments.languages.split(","), arguments.variants)
    async with ChatModel(*address) as model:
        measurement = Measurement(Bench(project, load_templates(project), arguments, model, arguments.today))
        for number, spec in enumerate(chosen):
            started = time.perf_counter()
            await measurement.fill_cell(spec, number)
            print(
                f"{number + 1}/{len(chosen)} {time.perf_counter() - started:.0f} s",
                json.dumps(measurement.figures(number + 1)),
                file=sys.stderr,
            )
    return {"model": arguments.model, **measurement.figures(len(chosen))}


def main() -> None:
    """Read the command line, run, print the figures as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_model_options(parser)
    parser.set_defaults(variants=18, temperature=0.7, again=False, reproach=False, naive=False)
    arguments = parser.parse_args()
    with served(arguments) as address:
        json.dump(asyncio.run(run(arguments, address)), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
