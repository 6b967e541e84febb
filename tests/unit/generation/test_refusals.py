"""Refusals as providers and servers word them, replayed over HTTP: bodies recorded from public reports."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from inedit.generation.client import ChatModel, Completion
from inedit.generation.errors import NotServed, ProviderThrottled, Uncounted
from inedit.generation.reading import read_completion
from inedit.generation.refusals import retry_after_seconds
from inedit.model import Message, Prompt
from inedit.model.errors import ProviderFailure

PROMPT = Prompt(
    (Message("system", "Vous écrivez."), Message("user", "Écrivez.")), "email", "0" * 64,
    schema={"type": "object", "properties": {"body": {"type": "string"}}},
)  # fmt: skip
USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
SERVED = {
    "id": "c-1", "model": "m", "usage": USAGE,
    "choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}],
}  # fmt: skip
Lacks = Callable[[Mapping[str, Any]], bool]


@asynccontextmanager
async def server(
    refuse: Lacks, status: int, body: object, headers: Mapping[str, str] | None = None
) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """A server that answers ``body`` with ``status`` for as long as a request is one that it refuses."""
    asked: list[dict[str, Any]] = []

    async def complete(request: web.Request) -> web.Response:
        asked.append(await request.json())
        if not refuse(asked[-1]):
            return web.json_response(SERVED)
        text = body if isinstance(body, str) else json.dumps(body)
        kind = "text/plain" if isinstance(body, str) else "application/json"
        return web.Response(status=status, text=text, content_type=kind, headers=headers or {})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/v1", asked
    finally:
        await runner.cleanup()


async def ask(url: str) -> Completion:
    async with ChatModel(url, "sk-none", "m") as chat:
        return await chat.complete(PROMPT, seed=7, temperature=0.5, max_tokens=4000)


def has(name: str) -> Lacks:
    return lambda request: name in request


def has_system(request: Mapping[str, Any]) -> bool:
    return any(message["role"] == "system" for message in request["messages"])


def asks_for(kind: str) -> Lacks:
    return lambda request: request.get("response_format", {}).get("type") == kind


RECORDED: Sequence[tuple[str, Lacks, int, object]] = [
    ("mistral", has("seed"), 422, {"object": "error", "message": {"detail": [
        {"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}}),
    ("azure-mistral", has("seed"), 422, {"detail": [{"loc": ["body", "seed"], "msg": "extra fields not permitted"}]}),
    ("fastapi", has("temperature"), 422, {"detail": "Unsupported parameter: temperature"}),
    ("plain", has("seed"), 400, "Unsupported parameter: 'seed'."),
    ("list", has("seed"), 400, [{"error": {"code": 400, "message": "Invalid JSON payload: Unknown name \"seed\""}}]),
    ("openrouter", has("max_tokens"), 400, {"error": {"message": "Provider returned error", "code": 400, "metadata": {
        "raw": json.dumps({"error": {"message": "Unsupported parameter: 'max_tokens' is not supported."}}),
        "provider_name": "Azure"}}}),
    ("ollama", asks_for("json_schema"), 400, {"error": "json_schema is not supported by this model"}),
    ("openrouter-404", asks_for("json_schema"), 404, {"error": {"code": 404, "message":
        "No endpoints found that can handle the requested parameters."}}),
    ("llama.cpp", asks_for("json_schema"), 500, {"error": {"code": 500, "message": "failed to parse grammar",
        "type": "server_error"}}),
    ("vllm", asks_for("json_schema"), 400, {"object": "error", "message":
        "guided_json is not supported by this backend", "type": "BadRequestError", "code": 400}),
    ("gemma", has_system, 400, [{"error": {"code": 400, "status": "INVALID_ARGUMENT", "message":
        "Developer instruction is not enabled for models/gemma-3-27b-it"}}]),
    ("o1-mini", has_system, 400, {"error": {"code": "unsupported_value", "param": "messages[0].role", "message":
        "Unsupported value: 'messages[0].role' does not support 'system' with this model."}}),
    ("mistral-template", has_system, 400, {"error": {"message":
        "After the optional system message, conversation roles must alternate user/assistant/user/assistant/..."}}),
    ("groq", has("seed"), 400, {"error": {"type": "invalid_request_error", "message":
        "property 'seed' is unsupported, did you mean 'n'?"}}),
    ("openai", has("max_tokens"), 400, {"error": {"code": "unsupported_parameter", "param": "max_tokens", "message":
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."}}),
    ("cap", lambda request: request["max_tokens"] > 2048, 400, {"error": {"param": "max_tokens", "message":
        "max_tokens is too large: 4000. This model supports at most 2048 completion tokens."}}),
    ("pydantic-role", has_system, 422, {"detail": [{"type": "literal_error", "loc": ["body", "messages", 0, "role"],
        "msg": "Input should be 'user' or 'assistant'", "input": "system"}]}),
    ("pydantic-1-role", has_system, 400, {"detail": [{"loc": ["body", "messages", 0, "role"], "msg":
        "unexpected value; permitted: 'user', 'assistant'"}]}),
    ("inside-a-200", has("seed"), 200, {"error": {"code": 400, "message": "Unknown parameter: seed"}}),
    ("inside-a-stream", has_system, 200,
        'data: {"error": {"code": 400, "message": "This model does not support the system role"}}\n\n'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lacks", "status", "body"), [row[1:] for row in RECORDED], ids=[r[0] for r in RECORDED]
)
async def test_a_recorded_refusal_is_learnt_from(lacks: Lacks, status: int, body: object) -> None:
    """What the server does without is left out, and the call is answered."""
    async with server(lacks, status, body) as (url, asked):
        completion = await ask(url)
    assert completion.usage.output_tokens == 5
    assert not lacks(asked[-1])
    assert len(asked) <= 3


async def test_the_system_s_words_are_not_lost() -> None:
    """Where a model takes no system role, they open the user's message."""
    body = RECORDED[10][3]
    async with server(has_system, 400, body) as (url, asked):
        await ask(url)
    assert asked[-1]["messages"] == [{"role": "user", "content": "Vous écrivez.\n\nÉcrivez."}]


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (
            429,
            {"error": {"type": "insufficient_quota", "code": None, "message": "You exceeded"}},
            ProviderFailure,
            "credit",
        ),
        (402, {"error": {"message": "Insufficient credits", "code": 402}}, ProviderFailure, "credit"),
        (200, {"error": {"message": "Rate limited", "code": 429}}, ProviderThrottled, "slow down"),
        (200, {"error": {"message": "upstream", "code": 502}}, NotServed, "502"),
        (200, {"error": {"message": "Insufficient credits", "code": 402}}, ProviderFailure, "credit"),
        (
            429,
            {"error": {"details": [{"retryDelay": "43200s"}], "message": "Quota"}},
            ProviderFailure,
            "720 minutes",
        ),
        (400, {"error": {"message": "nothing that we know"}}, ProviderFailure, "nothing that we know"),
        (200, [{"error": {"code": "402", "message": "No credits"}}], ProviderFailure, "left: No credits"),
        (200, {"error": {"status": "RESOURCE_EXHAUSTED", "message": "x"}}, ProviderThrottled, "slow down"),
        (200, {"type": "error", "error": {"type": "overloaded_error", "message": "x"}}, NotServed, "503"),
        (
            200,
            {"error": {"type": "insufficient_quota", "message": "You exceeded"}},
            ProviderFailure,
            "credit",
        ),
        (200, 'data: {"error": {"code": 529, "message": "x"}}\n\ndata: [DONE]\n\n', NotServed, "529"),
        (
            200,
            ': hi\nevent: error\ndata: {"error": {"code": 429, "message": "x"}}\n',
            ProviderThrottled,
            "slow",
        ),
        (
            200,
            'data: {"id": "7", "choices": [{"delta": {"content": "Oui"}}]}\n\ndata: {"error": {"code": 502}}\n',
            Uncounted,
            "no price",
        ),
        (422, {"detail": [{"loc": ["body", "n"], "msg": "not this"}]}, ProviderFailure, "'m': not this"),
    ],
)
async def test_a_refusal_means_what_its_body_says(
    status: int, body: object, kind: type[Exception], words: str
) -> None:
    """By type or code, in the status or inside a 200: wait, try again, or stop."""
    async with server(lambda _: True, status, body) as (url, _):
        with pytest.raises(kind, match=words):
            await ask(url)


def test_a_wait_is_read_as_seconds_or_as_a_date() -> None:
    """Both forms of RFC 9110; a moment that is past is no wait."""
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=90), usegmt=True)
    assert retry_after_seconds({"retry-after": "2"}) == 2.0
    assert retry_after_seconds({"retry-after": later}, now) == 90.0
    assert retry_after_seconds({"retry-after": later}, now + timedelta(hours=1)) == 0.0
    assert retry_after_seconds({"retry-after": "soon"}) is None


async def test_a_503_with_a_wait_is_waited_for() -> None:
    """A server that says when it is back is not a server that failed."""
    async with server(lambda _: True, 503, {"error": {"message": "busy"}}, {"Retry-After": "3"}) as (url, _):
        with pytest.raises(ProviderThrottled) as caught:
            await ask(url)
    assert caught.value.retry_after_seconds == 3.0


def read(body: object, model: str = "m") -> Completion:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_completion(raw, address="a", model=model, request_id="r", latency_seconds=0.0)


def test_an_answer_as_a_stream_of_events_is_read() -> None:
    """Its chunks are put together, with the usage of the last one."""
    chunks = [
        {"id": "c-1", "model": "m", "choices": [{"delta": {"content": '{"body":'}}]},
        {"id": "c-1", "model": "m", "choices": [{"delta": {"content": ' "Oui"}'}, "finish_reason": "stop"}]},
        {"id": "c-1", "model": "m", "choices": [], "usage": USAGE},
    ]
    stream = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
    completion = read(stream.encode())
    assert json.loads(completion.text) == {"body": "Oui"}
    assert (completion.usage.input_tokens, completion.finish_reason) == (10, "stop")


def test_tokens_under_other_names_are_counted() -> None:
    """LiteLLM's and Anthropic's cache writes, Gemini's thoughts in the total alone, the tier of the answer."""
    litellm = read({**SERVED, "usage": {**USAGE, "prompt_tokens_details": {"cache_creation_tokens": 4}}})
    assert litellm.usage.cache_write_tokens == 4
    anthropic = read(
        {**SERVED, "usage": {**USAGE, "cache_creation_input_tokens": 3, "cache_read_input_tokens": 2}}
    )
    assert (anthropic.usage.cache_write_tokens, anthropic.usage.cached_tokens) == (3, 2)
    gemini = read({**SERVED, "model": "gemini-2.5-flash", "usage": {**USAGE, "total_tokens": 115}})
    assert (gemini.usage.output_tokens, gemini.usage.reasoning_tokens) == (105, 100)
    assert read({**SERVED, "service_tier": "priority"}).service_tier == "priority"
