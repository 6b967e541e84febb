"""What the throughput bench needs around it: a project of any size, and a stub model whose texts are accepted."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from texts import sentence, texts

DEMO = Path(__file__).parents[2]
SEGMENTS = ("families", "first-home", "hosts", "gift-givers", "keepers")
TONES = ("plain", "warm", "wry", "expert")
LANGUAGES = ("fr", "en")
CELLS = len(SEGMENTS) * len(TONES) * len(LANGUAGES)
INSIGHTS = 200
GENERIC = {
    "fr": "Offrez à votre maison la qualité qu'elle mérite. Notre marque vous accompagne chaque jour.",
    "en": "Give your home the quality it deserves. Our brand is with you every day.",
}
_INSIGHT = re.compile(r"^Observation\s*:\s*(.+)$", re.MULTILINE)


@contextmanager
def project_of(pieces: int) -> Iterator[Path]:
    """A folder with the project of :func:`make_project`, as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as made:
        make_project(Path(made), pieces)
        yield Path(made)


def make_project(root: Path, pieces: int) -> None:
    """The demo's brand with a campaign of so many pieces, a multiple of 40, and two hundred insights to tell."""
    variants, rest = divmod(pieces, CELLS)
    if rest:
        raise SystemExit(f"--pieces must be a multiple of {CELLS}")
    dice = random.Random(20261129)
    insights = [
        {
            "id": f"seen-{number}",
            "kind": "field",
            "text": {language: _short_sentence(language, dice) for language in LANGUAGES},
            "source": "made for a bench",
            "collected": "2026-01-01",
            "segments": [SEGMENTS[number % len(SEGMENTS)]],
        }
        for number in range(INSIGHTS)
    ]
    campaign = {
        "id": "large",
        "name": "Large",
        "objective": {"fr": "Montrer le linge au travail.", "en": "Show linen at work."},
        "offer": {"fr": "La visite de l’atelier.", "en": "A visit of the workshop."},
        "channels": ["social"],
        "segments": SEGMENTS,
        "languages": LANGUAGES,
        "tones": TONES,
        "variants_per_cell": variants,
        "insights": [insight["id"] for insight in insights],
        "insights_per_variant": 1,
        "claims": "auto",
        "briefed": "2026-11-16",
    }
    for folder in ("brand_data", "prompts"):
        shutil.copytree(DEMO / folder, root / folder)
    for name, content in (("insights/large", insights), ("campaigns/large", campaign)):
        path = root / "brand_data" / f"{name}.yaml"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")  # JSON is YAML


def _short_sentence(language: str, dice: random.Random) -> str:
    return next(s for s in iter(lambda: sentence(language, dice, 0), None) if 40 <= len(s) <= 65)


def different_answers(
    written: Mapping[str, Iterator[tuple[str, str, str]]] | None = None,
) -> Callable[[Mapping[str, Any], int], str]:
    """What the stub answers to a request, given how many it has served before: another text each time, of those that
    are ``written`` by language, where others are wanted than always the same."""
    written = written or {language: texts(language, seed) for seed, language in enumerate(LANGUAGES)}

    def answer(body: Mapping[str, Any], served: int) -> str:
        said = "\n".join(message["content"] for message in body["messages"])
        language = "fr" if "Vous écrivez" in said or "langue :" in said.lower() else "en"
        if "response_format" not in body:
            return GENERIC[language]
        hook, before, after = next(written[language])
        insight = _INSIGHT.findall(body["messages"][-1]["content"])[-1].strip()
        free = iter((hook.rstrip("."), f"{before} {insight} {after}"))
        properties = body["response_format"]["json_schema"]["schema"]["properties"]
        parts = {
            name: part["enum"][served % len(part["enum"])] if "enum" in part else next(free)
            for name, part in properties.items()
        }
        return json.dumps(parts, ensure_ascii=False)

    return answer


async def _serve(told: Any, latency_seconds: float) -> None:
    answer, served = different_answers(), 0

    async def complete(request: web.Request) -> web.Response:
        nonlocal served
        body = json.loads(await request.read())
        text = answer(body, served)
        served += 1
        tokens_in, tokens_out = sum(len(m["content"]) for m in body["messages"]) // 4, len(text) // 4
        answered = {
            "id": f"chatcmpl-{served:08}",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            ],
            "usage": {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
            },
        }
        await asyncio.sleep(latency_seconds)
        return web.json_response(answered)

    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1_024)
    await site.start()
    told.put(f"http://127.0.0.1:{runner.addresses[0][1]}/v1")
    await asyncio.Event().wait()


def _served(told: Any, latency_seconds: float) -> None:
    asyncio.run(_serve(told, latency_seconds))


@contextmanager
def stub_model(latency_seconds: float) -> Iterator[str]:
    """The address of a model, in a process of its own, that answers each call after so long with another text."""
    context = multiprocessing.get_context("spawn")
    told: Any = context.Queue()
    process = context.Process(target=_served, args=(told, latency_seconds), daemon=True)
    process.start()
    try:
        yield told.get(timeout=60)
    finally:
        process.terminate()
        process.join(10)
