"""A real HTTP server that speaks ``/v1/chat/completions`` and behaves as badly as it is told to.

What it served it writes down, so that a ledger can be compared with it to the token.

    async with StubOpenAI(throttle_every=5) as stub: …          # in the running event loop
    with StubOpenAI(answer="{}").in_thread() as stub: …         # for synchronous code and child processes
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from fakes.sentences import SENTENCES

Request = Mapping[str, Any]
Answer = str | Sequence[str] | Callable[[Request, int], str]
_WORDS = {
    "fr": {"le", "la", "les", "des", "une", "est", "vous", "et", "en"},
    "en": {"the", "of", "and", "is", "to", "you", "with", "in"},
    "de": {"der", "die", "das", "und", "ist", "sie", "ein", "mit", "den"},
    "es": {"el", "los", "las", "una", "y", "con", "por", "para", "del"},
}


@dataclass(frozen=True, slots=True)
class Served:
    """One call that the stub would put on its invoice. ``delivered`` is False when the answer was lost."""

    response_id: str
    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    reasoning_tokens: int
    text: str
    delivered: bool = True


@dataclass
class StubOpenAI:
    """The server; each ``…_every`` counts arriving calls from 1 and 0 means never. With ``relents_after``, a request
    that was throttled or failed so many times is served: whichever order calls arrive in, none is refused for good.

    ``answer``: a text for every call, texts taken in turn, or a function of the request and of the number of
    calls served before; by default different sentences for each call, in the language of the request, in the
    shape that its JSON schema asks for. ``refuses`` names what gets a 400, as from a server that lacks
    it: ``temperature``, ``seed``, ``max_tokens``, ``json_schema``, ``json_object`` …
    """

    answer: Answer | None = None
    latency_seconds: float = 0.0
    throttle_every: int = 0
    retry_after_seconds: float | None = 0.0
    fail_every: int = 0
    drop_every: int = 0
    relents_after: int = 0
    status: int = 0  # answer everything with this status and ``error``
    error: str = "no explanation"
    error_code: str | None = None
    garbled: bool = False  # 200 with a body that is not JSON
    no_usage: bool = False
    refuses: frozenset[str] = frozenset()
    reasoning_tokens: int = 0
    audio_tokens: int = 0
    api_key: str | None = None
    model: str | None = None  # the only model it knows; None knows any
    finish_reason: str | Callable[[Request], str] = "stop"
    refusal: str = ""  # what it says in place of an answer
    turns_away: Callable[[Request, int], web.Response | None] | None = None  # by the request and its number
    holds_back: Callable[[Request], bool] | None = None  # answers nothing for as long as this is so
    shaped: Callable[[dict[str, Any]], object] | None = (
        None  # what becomes of an answer: another body, or its bytes
    )

    served: list[Served] = field(default_factory=list, init=False)
    requests: list[dict[str, Any]] = field(default_factory=list, init=False)
    keys: list[str] = field(default_factory=list, init=False)  # who has asked, one for each request
    arrivals: list[float] = field(
        default_factory=list, init=False
    )  # seconds since 1970, one for each request
    most_at_once: int = field(default=0, init=False)
    base_url: str = field(default="", init=False)
    under_way: int = field(default=0, init=False)
    _seen_prefixes: set[str] = field(default_factory=set, init=False)
    _turned_away: Counter[str] = field(default_factory=Counter, init=False)
    _runner: web.AppRunner | None = field(default=None, init=False)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to know to write with it, and to know that nobody bills it."""
        return {"OPENAI_BASE_URL": self.base_url, "INEDIT_FREE_SERVER": "a stub of the tests"}

    @property
    def billed_tokens(self) -> tuple[int, int, int]:
        """Input, cached and output tokens of everything served, delivered or not."""
        return (
            sum(call.input_tokens for call in self.served),
            sum(call.cached_tokens for call in self.served),
            sum(call.output_tokens for call in self.served),
        )

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        self._add_routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @contextmanager
    def in_thread(self) -> Iterator[Self]:
        """The same server in a thread of its own; stopped and joined at the end."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="stub-openai", daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.__aenter__(), loop).result(10)
            yield self
            asyncio.run_coroutine_threadsafe(self.__aexit__(), loop).result(10)
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    def _add_routes(self, app: web.Application) -> None:
        """What else a server has."""

    async def _models(self, _: web.Request) -> web.Response:
        return web.json_response(
            {"object": "list", "data": [{"id": self.model or "stub", "object": "model"}]}
        )

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
        self.arrivals.append(time.time())
        arrival = len(self.requests)
        refusal = self._refusal(request, body) or (self.turns_away and self.turns_away(body, arrival))
        if refusal is not None:
            return refusal
        fault = self._fault(arrival, json.dumps(body, sort_keys=True))
        if fault is not None:
            return fault
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            if self.latency_seconds:
                await asyncio.sleep(self.latency_seconds)
            while self.holds_back is not None and self.holds_back(body):  # noqa: ASYNC110  # any condition
                await asyncio.sleep(0.02)
        finally:
            self.under_way -= 1
        drop = self._drops(arrival)
        answer = self._serve(body, delivered=not drop)
        if drop:
            await self._break_off(request, answer)
            return web.Response()
        if self.garbled:
            return web.Response(text="<html>Welcome to the proxy</html>")
        if self.shaped is None:
            return web.json_response(answer)
        shaped = self.shaped(answer)
        return web.Response(body=shaped) if isinstance(shaped, bytes) else web.json_response(shaped)

    def _drops(self, arrival: int) -> bool:
        return bool(self.drop_every) and arrival % self.drop_every == 0

    async def _break_off(self, request: web.Request, answer: Mapping[str, Any]) -> None:
        """The answer is lost on its way."""
        assert request.transport is not None
        request.transport.abort()

    def _refusal(self, request: web.Request, body: dict[str, Any]) -> web.Response | None:
        if self.status:
            throttled = self.status == 429
            return self._throttled() if throttled else _error(self.status, self.error, code=self.error_code)
        if self.api_key is not None and request.headers.get("Authorization") != f"Bearer {self.api_key}":
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            return _error(401, f"Incorrect API key provided: {given}.", code="invalid_api_key")
        if self.model is not None and body["model"] != self.model:
            return _error(404, f"The model `{body['model']}` does not exist.", code="model_not_found")
        for name in self.refuses:
            if name in body:
                return _error(400, f"Unsupported parameter: '{name}' is not supported here.", param=name)
            if body.get("response_format", {}).get("type") == name:
                return _error(
                    400, "'response_format.type' must be something else", param="response_format.type"
                )
        return None

    def _fault(self, arrival: int, request: str) -> web.Response | None:
        if self.relents_after and self._turned_away[request] >= self.relents_after:
            return None
        throttled = bool(self.throttle_every) and arrival % self.throttle_every == 0
        failed = bool(self.fail_every) and arrival % self.fail_every == 0
        self._turned_away[request] += throttled or failed
        if throttled:
            return self._throttled()
        return _error(500, "The server had an error while processing your request.") if failed else None

    def _throttled(self) -> web.Response:
        response = _error(429, "Rate limit reached.", code=self.error_code or "rate_limit_exceeded")
        if self.retry_after_seconds is not None:
            response.headers["Retry-After"] = f"{self.retry_after_seconds:g}"
        return response

    def _serve(self, body: dict[str, Any], *, delivered: bool) -> dict[str, Any]:
        text = self._text(body)
        stable = body["messages"][0]["content"]
        cached = _tokens(stable) if stable in self._seen_prefixes and len(body["messages"]) > 1 else 0
        self._seen_prefixes.add(stable)
        call = Served(
            response_id=f"chatcmpl-stub-{len(self.served) + 1:06d}",
            model=body["model"],
            input_tokens=sum(_tokens(message["content"]) for message in body["messages"]),
            cached_tokens=cached,
            output_tokens=_tokens(text) + self.reasoning_tokens,
            reasoning_tokens=self.reasoning_tokens,
            text=text,
            delivered=delivered,
        )
        self.served.append(call)
        answer: dict[str, Any] = {
            "id": call.response_id,
            "object": "chat.completion",
            "created": 0,
            "model": call.model,
            "choices": [
                {
                    "index": 0,
                    "finish_reason": self.finish_reason(body)
                    if callable(self.finish_reason)
                    else self.finish_reason,
                    "message": {"role": "assistant", "refusal": self.refusal}
                    if self.refusal
                    else {"role": "assistant", "content": text},
                }
            ],
        }
        if not self.no_usage:
            answer["usage"] = {
                "prompt_tokens": call.input_tokens,
                "completion_tokens": call.output_tokens,
                "total_tokens": call.input_tokens + call.output_tokens,
                "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": self.audio_tokens},
                "completion_tokens_details": {"reasoning_tokens": self.reasoning_tokens},
            }
        return answer

    def __post_init__(self) -> None:
        self.answer = different_texts() if self.answer is None else self.answer

    def _text(self, body: dict[str, Any]) -> str:
        assert self.answer is not None
        if isinstance(self.answer, str):
            return self.answer
        if callable(self.answer):
            return self.answer(body, len(self.served))
        return self.answer[len(self.served) % len(self.answer)]


def different_texts(sentences: Mapping[str, Sequence[str]] = SENTENCES) -> Callable[[Request, int], str]:
    """Answers made of other sentences each time, until a language has none left; then it starts again.

    The first property of the schema gets one sentence and every other one two; a property with an ``enum``
    gets one of its values; without a schema the answer is three plain sentences.
    """
    taken = dict.fromkeys(sentences, 0)

    def take(language: str, count: int) -> str:
        start = taken[language]
        taken[language] += count
        return " ".join(
            sentences[language][i % len(sentences[language])] for i in range(start, start + count)
        )

    def answer(request: Request, number: int) -> str:
        language = language_of(request)
        schema = request.get("response_format", {}).get("json_schema", {}).get("schema", {})
        if not schema:
            return take(language, 3)
        parts = {}
        for position, (name, part) in enumerate(schema["properties"].items()):
            choices = part.get("enum")
            parts[name] = choices[number % len(choices)] if choices else take(language, 2 if position else 1)
        return json.dumps(parts, ensure_ascii=False)

    return answer


def language_of(request: Request) -> str:
    """The language that most of the request's commonest words belong to: ``fr``, ``en``, ``de`` or ``es``."""
    words = " ".join(message["content"] for message in request["messages"]).lower().split()
    return max(_WORDS, key=lambda language: sum(word in _WORDS[language] for word in words))


def _tokens(text: str) -> int:
    """Tokens as this server counts them: one for every four characters begun."""
    return -(-len(text) // 4)


def _error(status: int, message: str, *, code: str | None = None, param: str | None = None) -> web.Response:
    problem = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return web.json_response({"error": problem}, status=status)
