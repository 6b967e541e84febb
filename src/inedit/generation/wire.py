"""Requests to the server of a model, sent by aiohttp itself.

The SDK makes a request of its own of each call, one of its HTTP library of that, and aiohttp's in the end: that was
more than all the rest of a call. The address and the headers that it would send are taken from it once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2
import openai
from openai import AsyncOpenAI

MOST_CONNECTIONS = 1_000
IDLE_SECONDS = 3.0
"""Idle connections are let go before servers do so (uvicorn: 5 s), for of a request that goes out while its connection
is being closed nobody knows whether it was served."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The body of an answer with a status below 300, and the id that the server gave the request; empty without."""

    body: bytes
    request_id: str


class Wire:
    """Sends JSON to one address below that of a client; of one event loop, once something was sent.

    ``connect_seconds`` bounds the making of a connection, ``timeout_seconds`` each wait for the server.
    """

    def __init__(
        self, client: AsyncOpenAI, path: str, *, connect_seconds: float, timeout_seconds: float
    ) -> None:
        self._client = client
        self._url = str(client.base_url.copy_with(raw_path=client.base_url.raw_path + path.encode()))
        self._proxy = _proxy_for(self._url)
        self._timeout = aiohttp.ClientTimeout(
            sock_connect=connect_seconds, sock_read=timeout_seconds, connect=timeout_seconds
        )
        self._session: aiohttp.ClientSession | None = None

    async def post(self, asked: Mapping[str, Any]) -> Answered:
        """Send once and read the whole answer.

        Raises :class:`openai.APIStatusError` for a status that is no success, :class:`aiohttp.ClientError` when the
        server cannot be reached or the connection ends.
        """
        session = self._session or self._opened()
        body = json.dumps(asked, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        async with session.post(self._url, data=body, proxy=self._proxy) as response:
            answer = await response.read()
        if not 200 <= response.status < 300:
            raise self._status_error(response, answer)
        return Answered(answer, response.headers.get("x-request-id", ""))

    async def close(self) -> None:
        """Close every connection; nothing can be sent afterwards."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        client = self._client
        headers = {**client.auth_headers, **client.default_headers}
        self._session = aiohttp.ClientSession(
            headers={name: value for name, value in headers.items() if isinstance(value, str)},
            connector=aiohttp.TCPConnector(
                limit=MOST_CONNECTIONS, keepalive_timeout=IDLE_SECONDS, ssl=httpx2.create_ssl_context()
            ),
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self._session

    def _status_error(self, response: aiohttp.ClientResponse, answer: bytes) -> openai.APIStatusError:
        """As the SDK raises it: the error alone where the body holds one."""
        headers = [
            (name, value) for name, value in response.raw_headers if name.lower() not in _OF_THE_BODY_AS_SENT
        ]
        told = httpx2.Response(
            response.status, headers=headers, content=answer, request=httpx2.Request("POST", self._url)
        )
        try:
            body = json.loads(answer)
        except (ValueError, RecursionError):
            body = told.text.strip()
        error = body.get("error", body) if isinstance(body, dict) else body
        return openai.APIStatusError(f"Error code: {response.status}", response=told, body=error)


_OF_THE_BODY_AS_SENT = (b"content-encoding", b"transfer-encoding", b"content-length")


def _proxy_for(url: str) -> str | None:
    """The proxy that the environment names for an address."""
    parts, proxies = urlsplit(url), getproxies()
    if proxy_bypass(parts.hostname or ""):
        return None
    return proxies.get(parts.scheme) or proxies.get("all")
