"""How fast are the embedded models here? Loading, reading a prompt, writing an answer, calls side by side.

    python bench/models/speed.py                       every model that is in the cache, and the encoder
    python bench/models/speed.py MODEL … --parallel 1 2 4

Run it on an idle machine: beside other work a language model slows down far more than its share.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from pathlib import Path

from inedit.encoding import load_encoder
from inedit.generation.client import ChatModel, Completion
from inedit.generation.embedded import EmbeddedServer, our_cores
from inedit.generation.weights import cached, catalogue, resolve
from inedit.model import Message, Prompt

PARTS = ("subject", "body", "call_to_action")
SCHEMA = {
    "type": "object",
    "properties": {part: {"type": "string"} for part in PARTS},
    "required": list(PARTS),
    "additionalProperties": False,
}
BRAND = (
    "Vous écrivez pour une maison qui tisse du linge de lit, de table et de bain dans une vallée des Vosges. "
    "Vous écrivez en français, vous vouvoyez le lecteur, vous n'inventez ni chiffre, ni prix, ni promesse. "
    "Répondez par un objet JSON dont les parties sont subject, body et call_to_action. "
)
FACTS = (
    "les torchons se lavent à soixante degrés", "l'atelier répare les draps", "le fil vient de Normandie",
    "la teinture repose deux nuits", "les ourlets sont cousus à la main", "la livraison se fait à vélo en ville",
    "les chutes deviennent des sachets", "le métier date de 1962",
)  # fmt: skip


def prompt(number: int) -> Prompt:
    """One of many prompts that begin alike, some 700 tokens long."""
    fact = FACTS[number % len(FACTS)]
    asked = (
        f"Variante {number + 1} : un e-mail de soixante mots pour de jeunes parents. Fait à citer : {fact}."
    )
    return Prompt((Message("system", BRAND * 7), Message("user", asked)), "bench", "0" * 64, schema=SCHEMA)


async def ask(server: EmbeddedServer, calls: int, at_once: int) -> tuple[float, list[Completion]]:
    """Seconds for all calls, and their answers; one more call before them fills the prompt cache."""
    slots = asyncio.Semaphore(at_once)
    async with ChatModel(server.base_url, server.api_key, server.model) as chat:

        async def one(number: int) -> Completion:
            async with slots:
                return await chat.complete(prompt(number), seed=number, temperature=0.7, max_tokens=160)

        await one(calls)
        started = time.perf_counter()
        answers = await asyncio.gather(*(one(number) for number in range(calls)))
        return time.perf_counter() - started, answers


async def first_token_seconds(server: EmbeddedServer) -> tuple[float, int]:
    """Seconds to read a prompt that nothing of is cached (and to write one token), and its tokens."""
    async with ChatModel(server.base_url, server.api_key, server.model) as chat:
        answer = await chat.complete(prompt(0), seed=1, temperature=0, max_tokens=1)
    return answer.usage.latency_seconds, answer.usage.input_tokens


def measure(weights: Path, parallel: int, calls: int, threads: int | None) -> None:
    """Print one line for one model and one degree of parallelism."""
    started = time.perf_counter()
    with EmbeddedServer(weights, parallel=parallel, threads=threads) as server:
        loading = time.perf_counter() - started
        reading, read = asyncio.run(first_token_seconds(server))
        seconds, answers = asyncio.run(ask(server, calls, parallel))
    written = sum(answer.usage.output_tokens for answer in answers)
    print(
        f"{server.model:30} {parallel:3} {loading:7.1f} {read / reading:8.0f} {written / seconds:8.1f} "
        f"{calls / seconds * 60:9.1f}",
        flush=True,
    )


def measure_encoder() -> None:
    """Print what loading the encoder and encoding texts of some 60 words costs."""
    started = time.perf_counter()
    encoder = load_encoder()
    loading = time.perf_counter() - started
    texts = [f"{number} {BRAND[:350]} {FACTS[number % len(FACTS)]}" for number in range(400)]
    started = time.perf_counter()
    encoder.encode(texts)
    speed = len(texts) / (time.perf_counter() - started)
    print(
        f"\nencoder {encoder.name}: imported and loaded in {loading:.1f} s, {speed:.0f} texts/s on one thread"
    )


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", nargs="*", help="names or GGUF files; by default all that are in the cache")
    parser.add_argument("--parallel", nargs="+", type=int, default=[2])
    parser.add_argument("--calls", type=int, default=8)
    parser.add_argument("--threads", type=int, help="by default all cores")
    options = parser.parse_args()
    models = options.models or [weights.name for weights in catalogue() if cached(weights.name)]
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    print(f"{os.cpu_count()} cores, {our_cores()} ours, load average {load}")
    print(f"{'model':30} {'par':>3} {'load s':>7} {'read t/s':>8} {'write t/s':>8} {'texts/min':>9}")
    for model in models:
        for parallel in options.parallel:
            measure(resolve(model), parallel, options.calls, options.threads)
    measure_encoder()


if __name__ == "__main__":
    main()
