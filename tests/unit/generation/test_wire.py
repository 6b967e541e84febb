"""What goes over the wire: the SDK's address and headers, through the proxy that the environment names."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import openai
import pytest
from aiohttp import web
from openai import AsyncOpenAI

from inedit.generation.wire import Wire

NO_HEADERS: Mapping[str, str] = {}
ASKED = {"model": "m", "messages": [{"role": "user", "content": "Écrivez « un fil »."}]}


class Server:
    """Answers what it is told to, and keeps what came."""

    def __init__(
        self, body: bytes = b"{}", status: int = 200, headers: Mapping[str, str] = NO_HEADERS
    ) -> None:
        self.body, self.status, self.headers = body, status, headers
        self.came: list[tuple[str, dict[str, str], Any]] = []
        self.url = ""

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        self.came.append((str(request.url), dict(request.headers), json.loads(await request.read())))
        return web.Response(body=self.body, status=self.status, headers=self.headers)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Server]:
        runner = web.ServerRunner(web.Server(self._answer))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    async with AsyncOpenAI(base_url=url, api_key="sk-1", organization="org-1", max_retries=0) as client:
        wire = Wire(client, "chat/completions", connect_seconds=5, timeout_seconds=5)
        try:
            yield wire
        finally:
            await wire.close()


async def test_a_request_has_the_address_headers_and_body_that_the_sdk_would_send() -> None:
    """Key and organisation included; what the SDK counts for its makers alone is left out."""
    async with Server().running() as server, AsyncOpenAI(
        base_url=f"{server.url}/v1", api_key="sk-1", organization="org-1", max_retries=0
    ) as client:  # fmt: skip
        await client.post("/chat/completions", body=ASKED, cast_to=object)
        async with wire_to(f"{server.url}/v1") as wire:
            await wire.post(ASKED)
    (by_sdk, its, said), (by_us, ours, told) = server.came
    assert (by_us, told) == (by_sdk, said)
    same = {"authorization", "openai-organization", "content-type", "accept", "user-agent"}
    assert {name.lower(): value for name, value in ours.items() if name.lower() in same} == {
        name.lower(): value for name, value in its.items() if name.lower() in same
    }
    assert ours["Authorization"] == "Bearer sk-1"


async def test_an_answer_is_read_whole_with_the_id_of_its_request() -> None:
    """Compressed ones as well."""
    packed = Server(gzip.compress(b'{"id": 1}'), 200, {"Content-Encoding": "gzip", "x-request-id": "req-7"})
    async with packed.running(), wire_to(packed.url) as wire:
        answered = await wire.post(ASKED)
    assert (answered.body, answered.request_id) == (b'{"id": 1}', "req-7")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"error": {"message": "slow down", "code": "busy"}}', {"message": "slow down", "code": "busy"}),
        (b'{"detail": "no"}', {"detail": "no"}),
        (b"[1]", [1]),
        (b" out of order \n", "out of order"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
async def test_a_status_that_is_no_success_is_the_sdk_s_error(
    body: bytes, told: object, packed: bool
) -> None:
    """With the error alone where the body holds one, and the answer as it came."""
    headers = {"Retry-After": "3"} | ({"Content-Encoding": "gzip"} if packed else {})
    server = Server(gzip.compress(body) if packed else body, 429, headers)
    async with server.running(), wire_to(server.url) as wire:
        with pytest.raises(openai.APIStatusError) as caught:
            await wire.post(ASKED)
    error = caught.value
    assert (error.status_code, error.body, error.response.text) == (429, told, body.decode())
    assert error.response.headers["retry-after"] == "3"
    assert error.code == ("busy" if isinstance(told, dict) and "code" in told else None)


async def test_a_status_of_no_known_place_is_no_success() -> None:
    """Neither an answer nor a way to one."""
    async with Server(b"", 304).running() as server, wire_to(server.url) as wire:
        with pytest.raises(openai.APIStatusError):
            await wire.post(ASKED)


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy"])
async def test_a_proxy_of_the_environment_is_gone_through(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Unless the environment says that this host goes without."""
    for name in ("http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    async with Server().running() as proxy, Server().running() as server:
        monkeypatch.setenv(variable, proxy.url)
        async with wire_to(server.url) as wire:
            await wire.post(ASKED)
        assert (len(proxy.came), len(server.came)) == (1, 0)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        async with wire_to(server.url) as wire:
            await wire.post(ASKED)
        assert (len(proxy.came), len(server.came)) == (1, 1)


async def test_who_cannot_be_reached_is_aiohttp_s_error() -> None:
    """Which tells whether anything was sent."""
    async with Server().running() as server:
        url = server.url
    async with wire_to(url) as wire:
        with pytest.raises(aiohttp.ClientConnectorError):
            await wire.post(ASKED)
