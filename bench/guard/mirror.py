"""Does the mirror check tell what anybody would get from what only the brand can say?

    python bench/guard/mirror.py --make [--count 8] [--campaigns mini,collection-hiver]   # writes baselines.jsonl
    python bench/guard/mirror.py [--project FOLDER]                                       # measures

`baselines.jsonl` holds texts that the embedded 1.5B wrote to the demo briefs without the brand's data, for each
campaign, channel and language. Each is in turn a draft that ought to be found, held against five of the others (the
shipped number of baselines). The accepted pieces of a project that was run are what ought to pass.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

import numpy as np

from inedit.archive.pieces import read_pieces
from inedit.bootstrap import Settings, open_project_store
from inedit.brand.load import load_project
from inedit.encoding import load_encoder
from inedit.generation.client import ChatModel
from inedit.generation.embedded import EmbeddedServer
from inedit.generation.weights import resolve
from inedit.guard.checks import mirror
from inedit.guard.similarity.generic import GenericTexts
from inedit.pipeline.generic_texts import DEFAULT_COUNT
from inedit.prompting import load_templates
from inedit.prompting.generic_prompt import generic_prompt, words_asked

HERE = Path(__file__).parent
FILE = HERE / "baselines.jsonl"
MODEL = "qwen2.5-coder-1.5b-instruct"
BOUNDS = ((-1.0, 1.0), (0.55, 0.55), (0.50, 0.75), (0.50, 0.65))


async def make(address: tuple[str, str, str], root: Path, count: int, campaigns: list[str]) -> None:
    """Writes ``count`` texts for each campaign, channel and language."""
    project = load_project(root)
    sheets, brand, turnstile = load_templates(project).sheets, project.brand, asyncio.Semaphore(2)
    async with ChatModel(*address) as model:

        async def one(campaign: str, channel: str, language: str, number: int) -> dict[str, object]:
            prompt = generic_prompt(brand, brand.campaigns[campaign], sheets[channel], language, number)
            most = round(words_asked(sheets[channel]) * 2.5)
            async with turnstile:
                answer = await model.complete(prompt, seed=1000 + number, temperature=0.7, max_tokens=most)
            where = {"campaign": campaign, "channel": channel, "language": language, "number": number}
            return {**where, "model": MODEL, "text": answer.text}

        cells = [
            (id, channel, language)
            for id in campaigns
            for channel in brand.campaigns[id].channels
            for language in brand.campaigns[id].languages
        ]
        rows = await asyncio.gather(*(one(*cell, number) for cell in cells for number in range(count)))
    FILE.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def measure(root: Path) -> None:
    """Prints the share of unseen baselines that is found, and how far accepted pieces stand from baselines."""
    encoder = load_encoder()
    cells: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cells[row["campaign"], row["channel"], row["language"]].append(row["text"])
    print("share of unseen baselines found, by the bounds of the reach:")
    for bounds in BOUNDS:
        found = []
        with patch.dict(mirror.REACH, {encoder.name: bounds}):
            for texts in cells.values():
                if len(texts) <= DEFAULT_COUNT:
                    continue
                for number, text in enumerate(texts):
                    others = [other for at, other in enumerate(texts) if at != number][:DEFAULT_COUNT]
                    known = GenericTexts.of(others, encoder.encode, encoder.name)
                    cosine = float((known.vectors @ encoder.encode([text])[0]).max())
                    found.append(cosine >= known.reach)
        mark = " (shipped)" if bounds == mirror.REACH[encoder.name] else ""
        print(f"  {bounds}: {np.mean(found):.3f} of {len(found)}{mark}")
    with open_project_store(Settings.from_environment(), root) as store:
        pieces = list(read_pieces(store, status="accepted"))
    distances = [d for piece in pieces if (d := piece.verdict.originality.mirror_distance) is not None]
    if distances:
        low, middle, high = np.quantile(distances, (0.0, 0.5, 1.0))
        print(
            f"mirror distance of {len(distances)} accepted pieces: {low:.2f} to {high:.2f}, median {middle:.2f}"
        )


def main() -> None:
    """Makes the texts, or measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--campaigns", default="mini,collection-hiver")
    parser.add_argument("--project", type=Path, default=HERE.parents[1])
    arguments = parser.parse_args()
    if not arguments.make:
        measure(arguments.project)
        return
    with EmbeddedServer(resolve(MODEL), parallel=2) as server:
        address = (server.base_url, server.api_key, server.model)
        asyncio.run(make(address, arguments.project, arguments.count, arguments.campaigns.split(",")))


if __name__ == "__main__":
    main()
