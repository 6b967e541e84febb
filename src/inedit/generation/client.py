"""One chat completion, one HTTP attempt: the openai SDK, with every outcome told apart by what it may cost.

Retrying, waiting and paying belong to the caller. The only second attempt made here follows a 400 that names
a parameter the server does not know: such a call is not billed, and what was learnt holds for later calls.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Awaitable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
import httpx2  # the SDK's own: what its answers are
import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from inedit.generation.address import OPENAI_URL, check_address, without_credentials
from inedit.generation.endpoint import Endpoint
from inedit.generation.errors import MaybeBilled, NotServed, PromptFiltered, ProviderThrottled, Uncounted
from inedit.generation.failures import failure
from inedit.generation.reading import Completion, error_in, error_text, read_completion
from inedit.generation.refusals import Refusal, retry_after_seconds
from inedit.model import Prompt
from inedit.model.errors import IneditError, ProviderFailure

__all__ = [
    "ChatModel",
    "Completion",
    "MaybeBilled",
    "NotServed",
    "PromptFiltered",
    "ProviderThrottled",
    "Uncounted",
]

REASONING_HEADROOM_TOKENS = 2_000
CONNECT_SECONDS = 10.0
# Idle connections are let go before servers do so (uvicorn: 5 s), for of a request that goes out while its
# connection is being closed nobody knows whether it was served.
_LIMITS = type(openai.DEFAULT_CONNECTION_LIMITS)(max_connections=1_000, keepalive_expiry=3.0)
_REASONING_MODEL = re.compile(r"^(?:[\w.-]+/)?(?:gpt-5(?!.*chat)|o[1-9](?![\w.]))")
FILTER_CODES = {"content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation"}
Answer = TypeVar("Answer")
# aiohttp's errors from before the request is on the wire; after any other one it may have been served.
_BEFORE_SENDING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class _ErrorInside(Exception):
    """A 200 that is an error all the same."""

    def __init__(self, refusal: Refusal, words: str) -> None:
        super().__init__(words)
        self.refusal, self.words = refusal, words


class ChatModel:
    """A model behind an OpenAI-compatible address; an async context manager that closes its connections.

    ``base_url`` None means OpenAI's own. ``timeout_seconds`` bounds a whole call. ``reasoning_effort`` is
    passed on as it is; models known to reason get ``low``. Raises :class:`WrongInput` for an address or a key
    that cannot be one.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        model: str,
        *,
        timeout_seconds: float = 600.0,
        reasoning_effort: str | None = None,
    ) -> None:
        address, key = (base_url or OPENAI_URL).strip().rstrip("/"), (api_key or "").strip()
        official = check_address(address, key)
        self.model = model
        self.address = without_credentials(address)
        self.reasons = reasoning_effort is not None or bool(_REASONING_MODEL.match(model))
        self.key = key
        self._timeout_seconds = timeout_seconds
        self._effort = reasoning_effort or ("low" if self.reasons else None)
        self._formats = ["json_schema", "json_object", "text"]
        self._limit_names = ["max_completion_tokens", "max_tokens"]
        if not (official or self.reasons):
            self._limit_names.reverse()
        self._refused: set[str] = {"temperature", "top_p", "seed"} if self.reasons else set()
        self._system_role = True
        self._token_cap = sys.maxsize  # what the server takes at most, once it has said so
        http = DefaultAioHttpClient(
            timeout=openai.Timeout(timeout_seconds, connect=CONNECT_SECONDS), limits=_LIMITS
        )
        self.client = AsyncOpenAI(base_url=address, api_key=key or "none", max_retries=0, http_client=http)
        self._endpoint = Endpoint(self.client, http)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection; the model cannot be called afterwards."""
        await self.client.close()

    def max_output_tokens(self, max_tokens: int) -> int:
        """The most output tokens that a call may be billed for, hidden reasoning included."""
        return max_tokens + (REASONING_HEADROOM_TOKENS if self.reasons else 0)

    async def complete(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> Completion:
        """Ask once.

        ``max_tokens`` bounds what is written; a model that reasons may think for
        :data:`REASONING_HEADROOM_TOKENS` more. Raises :class:`ProviderThrottled`, :class:`NotServed`,
        :class:`MaybeBilled` (and its child :class:`Uncounted`), or plain :class:`ProviderFailure` for what no
        retry fixes.
        """
        while True:
            arguments = self.arguments(prompt, seed=seed, temperature=temperature, max_tokens=max_tokens)
            try:
                return await self._ask(arguments)
            except openai.APIStatusError as error:
                if FILTER_CODES & {error.code, error.type}:
                    raise PromptFiltered(
                        f"The content filter of {self.address} refused the prompt: {error_text(error.body, self.key)}"
                    ) from None
                refusal = Refusal.of(error.status_code, error.response.text)
                if not self.learns(refusal, arguments):
                    raise self.refusal(error) from None
            except _ErrorInside as error:
                if not self.learns(error.refusal, arguments):
                    raise failure(
                        self.address, self.model, error.refusal.status, error.words, error.refusal,
                        error.refusal.wait_seconds,
                    ) from None  # fmt: skip

    def arguments(self, prompt: Prompt, *, seed: int, temperature: float, max_tokens: int) -> dict[str, Any]:
        """The request, in what this server is known to accept."""
        arguments: dict[str, Any] = {
            "model": self.model,
            "messages": self._messages(prompt),
            "temperature": temperature,
            "top_p": prompt.sampling.top_p,
            "seed": seed,
            self._limit_names[0]: min(self.max_output_tokens(max_tokens), self._token_cap),
        }
        if self._effort:
            arguments["reasoning_effort"] = self._effort
        if prompt.schema and self._formats[0] != "text":
            arguments["response_format"] = {"type": self._formats[0]}
            if self._formats[0] == "json_schema":
                schema = {"name": "answer", "strict": True, "schema": dict(prompt.schema)}
                arguments["response_format"]["json_schema"] = schema
        return {
            name: value
            for name, value in arguments.items()
            if value is not None and name not in self._refused
        }

    def _messages(self, prompt: Prompt) -> list[dict[str, str]]:
        """The messages; the system's words open the first message of the user where a model takes no system role."""
        messages = [{"role": m.role, "content": m.content} for m in prompt.messages]
        if self._system_role or not messages or messages[0]["role"] != "system":
            return messages
        first, *others = messages
        user = next((m for m in others if m["role"] == "user"), None)
        if user is None:
            return [{"role": "user", "content": first["content"]}]
        user["content"] = f"{first['content']}\n\n{user['content']}"
        return others

    def learns(self, refusal: Refusal, sent: Mapping[str, Any]) -> bool:
        """Learn from a refusal what the server does without; False when it names nothing to leave out."""
        if refusal.status not in (400, 404, 422, 500, 501):
            return False
        if "response_format" in sent and refusal.is_about_the_schema:
            return _next(self._formats, sent["response_format"]["type"])
        if refusal.status not in (400, 422):
            return False
        return self._without_parameter(refusal, sent) or self._without_system_role(refusal, sent)

    def _without_parameter(self, refusal: Refusal, sent: Mapping[str, Any]) -> bool:
        limit = next(name for name in ("max_tokens", "max_completion_tokens") if name in sent)
        if refusal.names(limit) and not refusal.is_about_a_value:
            return _next(self._limit_names, limit)
        refused = next(
            (
                n
                for n in ("temperature", "top_p", "seed", "reasoning_effort")
                if n in sent and refusal.names(n)
            ),
            None,
        )
        if refused is not None:
            self._refused.add(refused)
            return True
        most = refusal.most(sent[limit]) if refusal.is_about_a_value and "tokens" in refusal.text else None
        self._token_cap = most or self._token_cap
        return most is not None

    def _without_system_role(self, refusal: Refusal, sent: Mapping[str, Any]) -> bool:
        learnt = sent["messages"][0]["role"] == "system" and refusal.is_about_the_system_role
        self._system_role = self._system_role and not learnt
        return learnt

    async def sent(self, asked: Awaitable[Answer]) -> Answer:
        """What the server answers; a lost call is one of our errors, a refusal still the SDK's."""
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await asked
        except TimeoutError:
            raise self._too_slow() from None
        except (
            openai.APIConnectionError,
            httpx2.RequestError,
            aiohttp.ClientError,
        ) as error:  # the SDK lets some of aiohttp's through
            raise self._lost(error) from None

    async def _ask(self, arguments: dict[str, Any]) -> Completion:
        started = time.perf_counter()
        answered = await self.sent(self._endpoint.post(arguments))
        body = answered.content
        if (inside := error_in(body)) is not None:
            status, answer = inside
            raise _ErrorInside(Refusal.of(status, json.dumps(answer)), error_text(answer, self.key))
        return read_completion(
            body,
            address=self.address,
            model=self.model,
            request_id=answered.headers.get("x-request-id", ""),
            latency_seconds=time.perf_counter() - started,
            key=self.key,
        )

    def _too_slow(self) -> MaybeBilled:
        return MaybeBilled(
            f"{self.address} did not answer within {self._timeout_seconds:g} s; the call may be billed. "
            "Allow more time, or fewer calls at once."
        )

    def _lost(self, error: Exception) -> IneditError:
        """Whether the connection failed before the request went out; aiohttp's own error tells."""
        causes = tuple(_causes(error))
        if any(isinstance(cause, aiohttp.ClientSSLError) for cause in causes):
            return ProviderFailure(
                f"The certificate of {self.address} is not to be trusted. Check the address."
            )
        if any(isinstance(cause, _BEFORE_SENDING) for cause in causes):
            return NotServed(
                f"{self.address} cannot be reached. Check the address and that the server is running."
            )
        if any(isinstance(cause, aiohttp.ServerTimeoutError) for cause in causes):
            return self._too_slow()
        if any(isinstance(cause, aiohttp.ClientResponseError) for cause in causes):
            return MaybeBilled(
                f"{self.address} answered with something that is not HTTP; the call may be billed. Check the address."
            )
        return MaybeBilled(
            f"{self.address} closed the connection before it had answered; the call may be billed."
        )

    def refusal(self, error: openai.APIStatusError) -> IneditError:
        """The error that a status means."""
        refusal = Refusal.of(error.status_code, error.response.text)
        words = error_text(error.response.text if error.body is None else error.body, self.key)
        waits = (retry_after_seconds(error.response.headers), refusal.wait_seconds)
        wait = max((seconds for seconds in waits if seconds is not None), default=None)
        return failure(self.address, self.model, error.status_code, words, refusal, wait)


def _next(choices: list[str], refused: str) -> bool:
    """Go on to the next choice, unless a parallel call already has; False when none is left."""
    if choices[0] == refused:
        if len(choices) == 1:
            return False
        choices.pop(0)
    return True


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__
