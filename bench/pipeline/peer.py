"""The same calls with a peer's machinery and nothing else: no guard, no ledger, no archive.

    python bench/pipeline/peer.py sdk|client|curator PROMPTS.jsonl CONCURRENCY

``sdk`` is the openai SDK over aiohttp, ``client`` our own, ``curator`` is bespokelabs-curator, to be run by a Python
that has it. Prints one line of JSON: wall and CPU seconds from the first call to the last answer, calls and resident
memory. The model is at OPENAI_BASE_URL.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def by_sdk(requests: list[dict[str, Any]], concurrency: int) -> int:
    """The answers that came."""
    from openai import AsyncOpenAI, DefaultAioHttpClient

    async def ask() -> int:
        room = asyncio.Semaphore(concurrency)
        async with AsyncOpenAI(max_retries=0, http_client=DefaultAioHttpClient()) as client:

            async def one(request: dict[str, Any]) -> str:
                async with room:
                    answer = await client.chat.completions.create(**request)
                return answer.choices[0].message.content or ""

            return sum(map(bool, await asyncio.gather(*map(one, requests))))

    return asyncio.run(ask())


def by_client(requests: list[dict[str, Any]], concurrency: int) -> int:
    """The answers that came."""
    from inedit.generation.client import ChatModel
    from inedit.model import Message, Prompt

    prompts = [
        Prompt(
            tuple(Message(each["role"], each["content"]) for each in request["messages"]), "bench", "",
            schema=request["response_format"]["json_schema"]["schema"],
        )
        for request in requests
    ]  # fmt: skip

    async def ask() -> int:
        room = asyncio.Semaphore(concurrency)
        async with ChatModel(os.environ["OPENAI_BASE_URL"], "none", requests[0]["model"]) as model:

            async def one(prompt: Prompt) -> str:
                async with room:
                    return (await model.complete(prompt, seed=1, temperature=0.7, max_tokens=600)).text

            return sum(map(bool, await asyncio.gather(*map(one, prompts))))

    return asyncio.run(ask())


def by_curator(requests: list[dict[str, Any]], concurrency: int) -> int:
    """The answers that came. Its cache is a folder that is thrown away; progress display and telemetry are off."""
    from bespokelabs import curator

    model = curator.LLM(
        model_name=requests[0]["model"],
        backend="openai",
        backend_params={
            "base_url": os.environ["OPENAI_BASE_URL"], "max_concurrent_requests": concurrency, "max_retries": 0,
            "max_requests_per_minute": 10**7, "max_tokens_per_minute": 10**10,
        },
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as cache:
        answered = model([request["messages"] for request in requests], working_dir=cache)
        return len(answered.dataset)


PEERS: dict[str, Callable[[list[dict[str, Any]], int], int]] = {
    "sdk": by_sdk,
    "client": by_client,
    "curator": by_curator,
}


def main() -> None:
    ask, concurrency = PEERS[sys.argv[1]], int(sys.argv[3])
    requests = [json.loads(line) for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
    ask(requests[:4], concurrency)  # imports and the first connection are nobody's throughput
    wall, cpu = time.perf_counter(), time.process_time()
    answered = ask(requests, concurrency)
    took = {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "calls": answered,
        "peak_rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    sys.__stdout__.write("\n" + json.dumps(took) + "\n")


if __name__ == "__main__":
    main()
