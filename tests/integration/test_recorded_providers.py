"""A campaign written to its end at each of the providers and servers that people use, as they answer and refuse.

The bodies are recorded from the providers' public pages and reports. Each server refuses for good what it lacks, turns
some calls away in its own words, and counts tokens in its own way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from aiohttp import web

from fakes.asked_schemas import AskedSchemas
from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight
from inedit.brand.schema import Campaign
from inedit.model import Status
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Options

MakePosts = Callable[..., Campaign]
Answer = dict[str, Any]


def body(status: int, told: object, **headers: str) -> web.Response:
    """A refusal with its status."""
    return web.json_response(told, status=status, headers=headers)


def sent(name: str) -> Callable[[Request], bool]:
    return lambda request: name in request


def asked_for(kind: str) -> Callable[[Request], bool]:
    return lambda request: request.get("response_format", {}).get("type") == kind


def has_system(request: Request) -> bool:
    return any(message["role"] == "system" for message in request["messages"])


@dataclass(frozen=True)
class Provider:
    """``lacks``: what it refuses for good, and how; ``once``: how it turns the second call away; ``shaped``: what its
    answers look like; ``counted``: tokens in, cached, written, out and reasoning of an answer of 100 in and 10 out."""

    name: str
    lacks: Sequence[tuple[Callable[[Request], bool], int, object]] = ()
    once: tuple[int, object, Mapping[str, str]] | None = None
    shaped: Callable[[Answer], object] | None = None
    counted: tuple[int, int, int, int, int] = (100, 0, 0, 10, 0)


def usage(**counts: Any) -> Callable[[Answer], Answer]:
    """The answer with these counts in the place of the stub's."""
    told = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110, **counts}
    return lambda answer: {**answer, "usage": told}


def streamed(answer: Answer) -> bytes:
    """As a stream of events that nobody asked for."""
    message = answer["choices"][0]["message"]["content"]
    half = len(message) // 2
    head = {key: answer[key] for key in ("id", "model")}
    chunks = [
        {**head, "choices": [{"delta": {"role": "assistant", "content": message[:half]}}]},
        {**head, "choices": [{"delta": {"content": message[half:]}, "finish_reason": "stop"}]},
        {**head, "choices": [], "usage": usage()(answer)["usage"]},
    ]
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in [*chunks]).encode() + b"data: [DONE]\n\n"


def in_parts(answer: Answer) -> Answer:
    """Mistral's reasoning models: thoughts and text as parts of the content."""
    told = usage()(answer)
    text = told["choices"][0]["message"]["content"]
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "Voyons."}]},
        {"type": "text", "text": text},
    ]
    told["choices"][0]["message"]["content"] = parts
    return told


def named(model: str, change: Callable[[Answer], Answer]) -> Callable[[Answer], Answer]:
    """The answer of a model that calls itself so."""
    return lambda answer: {**change(answer), "model": model}


RAW = {"error": {"message": "Unsupported parameter: 'max_tokens' is not supported."}}
PROVIDERS = (
    Provider("openai", [(sent("max_tokens"), 400, {"error": {"code": "unsupported_parameter", "param": "max_tokens",
        "message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' "
        "instead."}})],
        (429, {"error": {"type": "requests", "code": "rate_limit_exceeded", "message": "Rate limit reached"}},
         {"Retry-After": "0"}),
        usage(prompt_tokens_details={"cached_tokens": 60}, completion_tokens_details={"reasoning_tokens": 4}),
        (100, 60, 0, 10, 4)),
    Provider("azure", [(sent("seed"), 400, {"error": {"message": "Unrecognized request argument supplied: seed",
        "type": "invalid_request_error", "param": None, "code": None}})],
        (429, {"error": {"code": "429", "message": "Requests have exceeded call rate limit."}},
         {"Retry-After": "0"}), usage(), (100, 0, 0, 10, 0)),
    Provider("mistral", [(sent("seed"), 422, {"object": "error", "message": {"detail": [{"type": "extra_forbidden",
        "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}})],
        (429, {"object": "error", "message": "Requests rate limit exceeded", "type": "rate_limited"}, {}), in_parts),
    Provider("anthropic", [(asked_for("json_schema"), 400, {"type": "error", "error": {"type": "invalid_request_error",
        "message": "response_format: json_schema is not supported"}})],
        (529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, {}),
        usage(cache_creation_input_tokens=30, cache_read_input_tokens=20), (100, 20, 30, 10, 0)),
    Provider("gemini", [(has_system, 400, [{"error": {"code": 400, "status": "INVALID_ARGUMENT", "message":
        "Developer instruction is not enabled for models/gemma-3-27b-it"}}])],
        (503, [{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}], {}),
        named("gemini-2.5-flash", usage(total_tokens=150)), (100, 0, 0, 50, 40)),
    Provider("openrouter", [
        (asked_for("json_schema"), 404, {"error": {"code": 404, "message":
            "No endpoints found that can handle the requested parameters."}}),
        (sent("max_tokens"), 400, {"error": {"code": 400, "message": "Provider returned error", "metadata": {
            "raw": json.dumps(RAW), "provider_name": "Azure"}}})],
        (200, {"error": {"code": 502, "message": "Provider returned error"}}, {}),
        usage(cost=0.0000021, is_byok=False, cost_details={"upstream_inference_cost": None})),
    Provider("groq", [(sent("seed"), 400, {"error": {"type": "invalid_request_error", "message":
        "property 'seed' is unsupported, did you mean 'n'?"}})],
        (498, {"error": {"message": "flex capacity exceeded", "code": "capacity_exceeded"}}, {}),
        usage(queue_time=0.01, prompt_time=0.002, total_time=0.4)),
    Provider("deepseek", [(asked_for("json_schema"), 400, {"error": {"message":
        "This response_format type is unavailable now", "type": "invalid_request_error"}})],
        (503, {"error": {"message": "Service is too busy."}}, {}),
        usage(prompt_cache_hit_tokens=64, prompt_cache_miss_tokens=36), (100, 64, 0, 10, 0)),
    Provider("litellm", [(sent("seed"), 400, {"error": {"message": "litellm.UnsupportedParamsError: bedrock does not "
        "support parameters: ['seed'], for model=m. To drop these, set `litellm.drop_params=True`", "type": "None",
        "param": "None", "code": "400"}})],
        (429, {"error": {"message": "litellm.RateLimitError: No deployments available", "code": "429"}}, {}),
        usage(prompt_tokens_details={"cached_tokens": 10, "cache_creation_tokens": 15}), (100, 10, 15, 10, 0)),
    Provider("vllm", [(asked_for("json_schema"), 400, {"object": "error", "message":
        "guided_json is not supported by this backend", "type": "BadRequestError", "code": 400})], None,
        usage(prompt_tokens_details=None, completion_tokens_details=None)),
    Provider("ollama", [(asked_for("json_schema"), 400, {"error": "json_schema is not supported by this model"})],
        (500, {"error": "model runner has unexpectedly stopped"}, {}), usage()),
    Provider("llama.cpp", [(asked_for("json_schema"), 500, {"error": {"code": 500, "message": "failed to parse grammar",
        "type": "server_error"}})],
        (503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}, {"Retry-After": "0"}),
        usage(timings={"predicted_ms": 12.5})),
    Provider("tgi", [(asked_for("json_schema"), 422, {"error": "Input validation error: grammar is not supported",
        "error_type": "validation"})], (429, {"error": "Model is overloaded", "error_type": "overloaded"}, {}),
        usage()),
    Provider("together", once=(429, {"error": {"message": "You have been rate limited. Your rate limit is 60 queries "
        "per minute. Please navigate to https://api.together.xyz/settings/billing to upgrade to a paid plan.",
        "type": "credit_limit", "param": None, "code": None}}, {}), shaped=usage()),  # a limit of pace, not of credit
    Provider("lmstudio", [(asked_for("json_object"), 400, {"error":
        "'response_format.type' must be 'json_schema' or 'text'"})], None, usage()),
    Provider("gateway", [(sent("temperature"), 422, {"detail": "Unsupported parameter: temperature"})],
        (502, "Bad Gateway", {}), streamed),
)  # fmt: skip


@pytest.mark.parametrize("provider", PROVIDERS, ids=[one.name for one in PROVIDERS])
async def test_a_campaign_is_written_to_its_end(open_line, posts: MakePosts, provider: Provider) -> None:
    """Every piece gets its text; what is refused is refused once; the ledger has what was served, to the token."""
    refused: list[int] = []

    def answer(request: Request, number: int) -> str:
        known = request if asked_for("json_schema")(request) else schemas.named_in(request)
        return tell_the_insight(known, number)

    def turns_away(request: Request, number: int) -> web.Response | None:
        for lacks, status, told in provider.lacks:
            if lacks(request):
                refused.append(status)
                return body(status, told)
        if provider.once is not None and number == len(provider.lacks) + 2:
            status, told, headers = provider.once
            return web.json_response(told, status=status, headers=dict(headers))
        return None

    stub = StubOpenAI(answer=answer, turns_away=turns_away, shaped=provider.shaped)
    async with stub, open_line(stub, concurrency=2) as line:
        mini = posts(channels=("social", "email"), languages=("fr",))
        schemas = AskedSchemas(mini, line.brand, line.templates, line.today)
        run = await run_campaign(mini, replace(line, provider="embedded"), Options(concurrency=2, mirror=0))
        calls = [entry for entry in line.ledger.entries() if entry.kind == "call"]
        assert line.ledger.pending() == []
        assert line.ledger.verify().holds
    assert run.stopped == ""
    assert len(run.pieces) == run.planned == 4
    assert run.count(Status.ACCEPTED) >= 1, [piece.reason for piece in run.pieces]
    assert run.count(Status.FAILED) == 0
    assert len(calls) == len(stub.served)
    counted = {
        (c.input_tokens, c.cached_tokens, c.cache_write_tokens or 0, c.output_tokens, c.reasoning_tokens)
        for c in calls
    }
    assert counted == {provider.counted}
    assert len(refused) <= 2 * len(provider.lacks), "at most once a worker"


async def test_reasoning_that_eats_the_whole_limit_is_told_after_the_first(
    open_line, posts: MakePosts
) -> None:
    """One paid empty answer, not one a piece: from then on answers have room to think; the person reads why."""
    limits: list[int] = []

    def too_little(request: Request) -> str:
        limits.append(int(request.get("max_tokens") or request["max_completion_tokens"]))
        return "length" if limits[-1] <= min(limits) else "stop"

    def answer(request: Request, number: int) -> str:
        limit = int(request.get("max_tokens") or request["max_completion_tokens"])
        return tell_the_insight(request, number) if limits and limit > min(limits) else ""

    stub = StubOpenAI(answer=answer, finish_reason=too_little)
    async with stub, open_line(stub, concurrency=1) as line:
        mini = posts(channels=("social",), languages=("fr",), tones=("plain", "warm"))
        run = await run_campaign(mini, line, Options(concurrency=1, mirror=0))
        outcomes = [entry.outcome for entry in line.ledger.entries() if entry.kind == "call"]
    assert outcomes.count("cut") == 1, outcomes
    told = [event.findings[0].message for event in run.refusals]
    assert "its reasoning used up the whole limit" in told[0]
    assert all(piece.status is not Status.FAILED for piece in run.pieces)
