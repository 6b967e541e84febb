"""Where chat completions are asked for: the SDK makes the first request, and the others are that one with another body.

Address, headers and timeouts are the same for all of them; working them out each time takes the SDK longer than
sending the request and reading what comes back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx2  # the SDK's own: what its answers are
import openai
from openai import AsyncOpenAI

PATH = "/chat/completions"
_OF_ONE_REQUEST = ("content-length", "transfer-encoding", "cookie")


class Endpoint:
    """The address of an SDK's client whose connections are those of ``http``."""

    def __init__(self, client: AsyncOpenAI, http: httpx2.AsyncClient) -> None:
        self._client, self._http = client, http
        self._same: Mapping[str, Any] = {}  # what all requests have in common, once one was answered

    async def post(self, body: Mapping[str, Any]) -> httpx2.Response:
        """The answer to one request, however long it takes.

        Raises :class:`openai.APIStatusError` for a refusal, and for a lost call :class:`openai.APIConnectionError`,
        :class:`httpx2.RequestError` or one of aiohttp's errors.
        """
        if not self._same:
            # Not by its typed method: holding every value against its type costs as much as all the rest of a call.
            answered = await self._client.post(PATH, body=body, cast_to=httpx2.Response)
            self._same = _in_common(answered)
            return answered
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        answered = await self._http.send(
            httpx2.Request(**self._same, cookies=self._http.cookies, content=content)
        )
        if answered.is_success:
            return answered
        raise _refusal(answered)


def _in_common(answered: httpx2.Response) -> dict[str, Any]:
    """The request as the SDK made it, before it was sent on to anywhere else, without what is of its body alone."""
    request = answered.history[0].request if answered.history else answered.request
    kept = [(name, value) for name, value in request.headers.multi_items() if name not in _OF_ONE_REQUEST]
    return {
        "method": request.method,
        "url": request.url,
        "headers": httpx2.Headers(kept),
        "extensions": request.extensions,
    }


def _refusal(answered: httpx2.Response) -> openai.APIStatusError:
    """What the SDK raises for such an answer."""
    try:
        body: Any = answered.json()
    except (ValueError, RecursionError):
        body = answered.text.strip()
    if isinstance(body, Mapping):
        body = body.get("error", body)
    return openai.APIStatusError(f"Error code: {answered.status_code}", response=answered, body=body)
