"""Requests after the first one: the SDK did not make them, and nobody can tell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from fakes.stub_openai import StubOpenAI
from inedit.generation.client import ChatModel
from inedit.generation.errors import MaybeBilled, NotServed, PromptFiltered, ProviderThrottled
from inedit.model import Message, Prompt
from inedit.model.errors import IneditError, ProviderFailure

KEY = "sk-proj-very-secret-0123456789"
SCHEMA = {"type": "object", "properties": {"body": {"type": "string"}}, "required": ["body"]}
PROMPT = Prompt((Message("user", "Écrivez « le fil » 🧵."),), "email", "0" * 64, schema=SCHEMA)


async def ask(chat: ChatModel) -> str:
    return (await chat.complete(PROMPT, seed=7, temperature=0.5, max_tokens=200)).text


@asynccontextmanager
async def server() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """Answers each request alike, and sends on what is asked at ``/old``; its address, and what it was asked."""
    asked: list[web.Request] = []
    body = {
        "id": "chatcmpl-1", "model": "stub", "choices": [{"finish_reason": "stop", "message": {"content": "{}"}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip

    async def complete(request: web.Request) -> web.Response:
        await request.read()
        asked.append(request)
        if request.path.startswith("/old"):
            return web.Response(status=308, headers={"Location": "/v1/chat/completions"})
        response = web.json_response(body)
        response.set_cookie("way", f"{len(asked)}")
        return response

    app = web.Application()
    app.router.add_post("/{any:.*}", complete)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield "http://127.0.0.1:{1}".format(*runner.addresses[0]), asked
    finally:
        await runner.cleanup()


async def test_every_request_is_as_the_sdk_makes_it() -> None:
    """Address, headers and body are those of the first one, to the byte; a cookie is brought back."""
    async with server() as (url, asked), ChatModel(f"{url}/v1", KEY, "stub") as chat:
        for _ in range(3):
            await ask(chat)
        made_by_sdk = await chat.client.post(
            "/chat/completions", body=chat.arguments(PROMPT, seed=7, temperature=0.5, max_tokens=200),
            cast_to=object,
        )  # fmt: skip
    assert made_by_sdk
    first, second, third, last = asked
    assert first.path_qs == second.path_qs == "/v1/chat/completions"
    assert first.headers["Authorization"] == second.headers["Authorization"] == f"Bearer {KEY}"
    assert dict(last.headers) == {**third.headers, "Cookie": "way=3"}
    assert (second.cookies, third.cookies) == ({"way": "1"}, {"way": "2"})
    assert await first.read() == await second.read() == await last.read()


async def test_a_server_that_sends_on_is_asked_where_it_sends_on_each_time() -> None:
    """Where it sends on to may change: the address that was given is asked, not the one that answered."""
    async with server() as (url, asked), ChatModel(f"{url}/old", KEY, "stub") as chat:
        await ask(chat)
        await ask(chat)
    assert [request.path for request in asked] == 2 * ["/old/chat/completions", "/v1/chat/completions"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, ProviderFailure), (404, ProviderFailure), (408, NotServed), (503, NotServed), (504, MaybeBilled)],
)
async def test_a_later_status_means_what_the_first_one_would(status: int, kind: type[IneditError]) -> None:
    """In the same words, without the key."""
    told = []
    for answered_before in (False, True):
        async with StubOpenAI() as stub, ChatModel(stub.base_url, KEY, "stub") as chat:
            if answered_before:
                await ask(chat)
            stub.status, stub.error = status, f"wrong key {KEY} and more"
            with pytest.raises(kind) as caught:
                await ask(chat)
            told.append(str(caught.value).replace(stub.base_url, ""))
    assert told[0] == told[1]
    assert KEY not in told[1]


async def test_a_later_429_says_how_long_to_wait() -> None:
    """What the server asks for is in its headers."""
    async with StubOpenAI() as stub, ChatModel(stub.base_url, KEY, "stub") as chat:
        await ask(chat)
        stub.throttle_every, stub.retry_after_seconds = 1, 1.5
        with pytest.raises(ProviderThrottled) as caught:
            await ask(chat)
    assert caught.value.retry_after_seconds == 1.5


async def test_a_later_prompt_is_filtered() -> None:
    """The provider's code for it is read of the error that its answer holds."""
    async with StubOpenAI() as stub, ChatModel(stub.base_url, KEY, "stub") as chat:
        await ask(chat)
        stub.status, stub.error_code = 400, "content_filter"
        with pytest.raises(PromptFiltered):
            await ask(chat)


async def test_a_later_parameter_is_learnt_to_be_left_out() -> None:
    """A 400 that names it is not the end."""
    async with StubOpenAI() as stub, ChatModel(stub.base_url, KEY, "stub") as chat:
        await ask(chat)
        stub.refuses = frozenset({"seed"})
        assert await ask(chat)
    assert ["seed" in request for request in stub.requests] == [True, True, False]


async def test_a_later_call_that_is_lost_may_be_billed() -> None:
    """It broke off, or was late."""
    stub = StubOpenAI()
    async with stub, ChatModel(stub.base_url, KEY, "stub", timeout_seconds=0.5) as chat:
        await ask(chat)
        stub.drop_every = 1
        with pytest.raises(MaybeBilled, match="closed the connection"):
            await ask(chat)
        stub.drop_every, stub.latency_seconds = 0, 5
        with pytest.raises(MaybeBilled, match=r"within 0\.5 s"):
            await ask(chat)


async def test_a_later_call_to_nobody_is_not_served() -> None:
    """The server has gone: what goes by a connection that it left open is in doubt, and nothing else."""
    async with StubOpenAI() as stub:
        chat = ChatModel(stub.base_url, KEY, "stub")
        await ask(chat)
    async with chat:
        with pytest.raises((MaybeBilled, NotServed)):
            await ask(chat)
        with pytest.raises(NotServed, match="cannot be reached"):
            await ask(chat)
