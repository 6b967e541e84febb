"""What holds of every OpenAI-compatible server that we rely on: of the stub, and of the embedded model."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest

from fakes.stub_openai import StubOpenAI
from inedit.generation.client import ChatModel
from inedit.generation.embedded import EmbeddedServer
from inedit.generation.errors import MaybeBilled, NotServed
from inedit.generation.weights import resolve
from inedit.model import Message, Prompt
from inedit.model.errors import ProviderFailure

MODEL = "qwen2.5-coder-0.5b-instruct"
BRIEF = "Vous écrivez pour une maison de linge des Vosges. Répondez en JSON, en français, en une phrase. " * 4
PROMPT = Prompt(
    messages=(Message("system", BRIEF), Message("user", "Écrivez l'objet et le texte d'un e-mail.")),
    template_id="email",
    template_sha="0" * 64,
    schema={
        "type": "object",
        "properties": {
            "subject": {"type": "string"},
            "cta": {"type": "string", "enum": ["Voir les torchons", "Réserver"]},
        },
        "required": ["subject", "cta"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True)
class Address:
    base_url: str
    api_key: str
    model: str

    def chat(self, **changes: str) -> ChatModel:
        to = replace(self, **changes)
        return ChatModel(to.base_url, to.api_key, to.model)


@pytest.fixture(scope="module", params=["stub", pytest.param("embedded", marks=pytest.mark.real_model)])
def server(request: pytest.FixtureRequest) -> Iterator[Address]:
    if request.param == "stub":
        with StubOpenAI(api_key="a-key").in_thread() as stub:
            yield Address(stub.base_url, "a-key", "stub")
    else:
        with EmbeddedServer(resolve(MODEL), context_tokens=1024) as embedded:
            yield Address(embedded.base_url, embedded.api_key, embedded.model)


async def test_the_answer_has_the_shape_of_the_schema(server: Address) -> None:
    """Strict JSON: the properties asked for and no others, an enumeration's own wording."""
    async with server.chat() as chat:
        completion = await chat.complete(PROMPT, seed=1, temperature=0.7, max_tokens=120)
    parts = json.loads(completion.text)
    assert set(parts) == {"subject", "cta"}
    assert parts["cta"] in {"Voir les torchons", "Réserver"}
    assert completion.finish_reason == "stop"


async def test_usage_counts_what_was_read_and_written(server: Address) -> None:
    """Tokens are positive, cached ones are part of the input, and every call has an id of its own."""
    async with server.chat() as chat:
        calls = [await chat.complete(PROMPT, seed=seed, temperature=0.7, max_tokens=20) for seed in (1, 2)]
    for call in calls:
        usage = call.usage
        assert usage.model == server.model
        assert usage.input_tokens > len(PROMPT.text) / 8
        assert usage.output_tokens > 0
        assert 0 <= usage.cached_tokens <= usage.input_tokens
        assert usage.reasoning_tokens == 0
        assert usage.latency_seconds > 0
    assert len({call.response_id for call in calls} - {""}) == 2


async def test_the_stable_part_of_a_prompt_is_cached(server: Address) -> None:
    """The second prompt with the same beginning is partly served from the cache, and the usage says so."""
    other = replace(PROMPT, messages=(PROMPT.messages[0], Message("user", "Écrivez autre chose.")))
    async with server.chat() as chat:
        await chat.complete(PROMPT, seed=1, temperature=0.7, max_tokens=8)
        again = await chat.complete(other, seed=1, temperature=0.7, max_tokens=8)
    assert again.usage.cached_tokens > again.usage.input_tokens / 2


async def test_calls_run_side_by_side(server: Address) -> None:
    """More calls than the server computes at once wait for their turn and all come back."""
    async with server.chat() as chat:
        calls = await asyncio.gather(
            *(chat.complete(PROMPT, seed=seed, temperature=0.7, max_tokens=8) for seed in range(5))
        )
    assert len({call.response_id for call in calls}) == 5


async def test_a_wrong_key_is_refused(server: Address) -> None:
    """The server is not open to whoever finds its port."""
    async with server.chat(api_key="sk-another-key-0123") as chat:
        with pytest.raises(ProviderFailure, match="key"):
            await chat.complete(PROMPT, seed=1, temperature=0.7, max_tokens=10)


async def test_an_address_without_its_path_is_told(server: Address) -> None:
    """A forgotten ``/v1`` ends in a message, not in a traceback."""
    async with server.chat(base_url=server.base_url.removesuffix("/v1") + "/nowhere") as chat:
        with pytest.raises(ProviderFailure, match="/v1"):
            await chat.complete(PROMPT, seed=1, temperature=0.7, max_tokens=10)


@pytest.mark.real_model
async def test_the_embedded_model_repeats_itself_for_the_same_seed() -> None:
    """Same seed, same text, once the prompt is cached; another seed, another text."""
    with EmbeddedServer(resolve(MODEL), parallel=1, context_tokens=1024) as server:
        async with ChatModel(server.base_url, server.api_key, server.model) as chat:
            texts = [
                (await chat.complete(PROMPT, seed=seed, temperature=0.9, max_tokens=16)).text
                for seed in (0, 1, 1, 2)
            ]
    assert texts[1] == texts[2] != texts[3]


@pytest.mark.real_model
async def test_the_embedded_server_stops_with_its_context(capfd: pytest.CaptureFixture[str]) -> None:
    """Even during a call: the port is closed at once, the call may count as billed, nothing is printed."""
    with EmbeddedServer(resolve(MODEL), parallel=1, context_tokens=1024) as server:
        assert server.base_url.startswith("http://127.0.0.1:")
        chat = ChatModel(server.base_url, server.api_key, server.model)
        call = asyncio.create_task(chat.complete(PROMPT, seed=1, temperature=0.7, max_tokens=400))
        await asyncio.sleep(0.5)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    async with chat:
        with pytest.raises(MaybeBilled):
            await asyncio.wait_for(call, 20)
        with pytest.raises(NotServed):
            await chat.complete(PROMPT, seed=1, temperature=0.7, max_tokens=10)
    assert capfd.readouterr() == ("", "")


@pytest.mark.real_model
def test_the_embedded_server_does_not_outlive_its_parent() -> None:
    """A parent that is killed leaves no child behind with two gigabytes of memory."""
    code = (
        "import os, sys; from pathlib import Path; from inedit.generation.embedded import EmbeddedServer\n"
        "server = EmbeddedServer(Path(sys.argv[1]), context_tokens=512).__enter__()\n"
        "print(server.base_url, flush=True); os.kill(os.getpid(), 9)"
    )
    parent = subprocess.run(
        [sys.executable, "-c", code, str(resolve(MODEL))], capture_output=True, text=True, check=False
    )
    url = urlsplit(parent.stdout.strip())
    assert (parent.returncode, url.hostname) == (-9, "127.0.0.1")
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", url.port or 0)):
                return
        time.sleep(0.1)
    pytest.fail("the child still listens")
