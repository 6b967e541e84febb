"""The client, against a server that does what servers do."""

from __future__ import annotations

import asyncio
import json
import socket

import pytest

from fakes.stub_openai import StubOpenAI
from inedit.generation.client import ChatModel, Completion
from inedit.generation.errors import MaybeBilled, NotServed, ProviderThrottled, Uncounted
from inedit.generation.reading import read_completion
from inedit.model import Message, Outcome, Prompt, Usage
from inedit.model.errors import IneditError, ProviderFailure, WrongInput

KEY = "sk-proj-very-secret-0123456789"
SCHEMA = {
    "type": "object",
    "properties": {"subject": {"type": "string"}, "body": {"type": "string"}},
    "required": ["subject", "body"],
    "additionalProperties": False,
}
PROMPT = Prompt(
    messages=(Message("system", "Vous écrivez pour la maison."), Message("user", "Écrivez le texte.")),
    template_id="email",
    template_sha="0" * 64,
    schema=SCHEMA,
)


async def ask(stub: StubOpenAI, *, model: str = "stub", key: str = KEY, **options: float) -> Completion:
    async with ChatModel(stub.base_url, key, model, **options) as chat:  # type: ignore[arg-type]
        return await chat.complete(PROMPT, seed=7, temperature=0.5, max_tokens=200)


async def failure_of(stub: StubOpenAI, **options: float) -> IneditError:
    async with stub:
        with pytest.raises(IneditError) as caught:
            await ask(stub, **options)
    assert KEY not in str(caught.value)
    return caught.value


async def test_a_completion_carries_text_usage_and_the_providers_id() -> None:
    """What comes back is exactly what the server says it served."""
    async with StubOpenAI(reasoning_tokens=5) as stub:
        first = await ask(stub)
        second = await ask(stub)
    assert set(json.loads(first.text)) == {"subject", "body"}
    for completion, served in zip((first, second), stub.served, strict=True):
        usage = completion.usage
        assert completion.response_id == served.response_id
        assert usage.input_tokens == served.input_tokens
        assert usage.cached_tokens == served.cached_tokens
        assert usage.output_tokens == served.output_tokens
        assert usage.reasoning_tokens == 5
        assert usage.model == "stub"
        assert 0 < usage.latency_seconds < 5
    assert (first.usage.cached_tokens, second.usage.cached_tokens > 0) == (0, True)
    assert first.finish_reason == "stop"


async def test_the_request_says_what_the_prompt_says() -> None:
    """Messages in their order, the schema as a strict response format, seed, temperature and limit."""
    async with StubOpenAI() as stub:
        await ask(stub)
    request = stub.requests[0]
    assert [m["role"] for m in request["messages"]] == ["system", "user"]
    assert request["response_format"]["json_schema"] == {"name": "answer", "strict": True, "schema": SCHEMA}
    assert (request["seed"], request["temperature"], request["max_tokens"]) == (7, 0.5, 200)


@pytest.mark.parametrize(
    ("refused", "lacking", "present"),
    [
        ({"temperature"}, "temperature", "seed"),
        ({"seed"}, "seed", "temperature"),
        ({"max_tokens"}, "max_tokens", "max_completion_tokens"),
        ({"json_schema", "json_object"}, "response_format", "max_tokens"),
        ({"temperature", "seed", "max_tokens", "json_schema"}, "temperature", "response_format"),
    ],
)
async def test_a_refused_parameter_is_left_out_for_good(
    refused: set[str], lacking: str, present: str
) -> None:
    """A 400 that names a parameter is learnt from: the call succeeds, and the next one is right at once."""
    async with (
        StubOpenAI(refuses=frozenset(refused)) as stub,
        ChatModel(stub.base_url, KEY, "stub") as chat,
    ):
        await chat.complete(PROMPT, seed=1, temperature=0.5, max_tokens=50)
        trials = len(stub.requests)
        await chat.complete(PROMPT, seed=2, temperature=0.5, max_tokens=50)
    assert trials == 1 + len(refused)
    assert len(stub.requests) == trials + 1
    assert len(stub.served) == 2
    assert lacking not in stub.requests[-1]
    assert present in stub.requests[-1]


async def test_a_server_that_refuses_every_name_of_the_limit_is_not_asked_for_ever() -> None:
    """Without a limit the cost of a call is unknown, so the call is given up."""
    failure = await failure_of(StubOpenAI(refuses=frozenset({"max_tokens", "max_completion_tokens"})))
    assert isinstance(failure, ProviderFailure)


async def test_a_value_that_is_too_large_is_no_reason_to_change_the_name() -> None:
    """``max_tokens is too large`` is told to the person, who can fix it."""
    stub = StubOpenAI(status=400, error="max_tokens is too large: at most 4096 are supported")
    failure = await failure_of(stub)
    assert isinstance(failure, ProviderFailure)
    assert "too large" in str(failure)
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("model", "reasons"), [("gpt-5-mini", True), ("o3", True), ("gpt-5-chat-latest", False)]
)
async def test_a_reasoning_model_is_asked_as_it_wants(model: str, reasons: bool) -> None:
    """Models that reason get no temperature, a low effort, and room to think on top of the text."""
    async with StubOpenAI() as stub, ChatModel(stub.base_url, KEY, model) as chat:
        await chat.complete(PROMPT, seed=1, temperature=0.5, max_tokens=50)
        request = stub.requests[0]
        limit = request.get("max_completion_tokens", request.get("max_tokens"))
        assert ("temperature" in request, "reasoning_effort" in request) == (not reasons, reasons)
        assert limit == chat.max_output_tokens(50)
        assert (limit > 50) is reasons


@pytest.mark.parametrize(("said", "seconds"), [(1.5, 1.5), (None, None)])
async def test_a_429_says_how_long_to_wait(said: float | None, seconds: float | None) -> None:
    """Retry-After comes back as seconds, or as None when the server is silent."""
    failure = await failure_of(StubOpenAI(throttle_every=1, retry_after_seconds=said))
    assert isinstance(failure, ProviderThrottled)
    assert failure.retry_after_seconds == seconds


async def test_an_empty_account_is_no_throttling() -> None:
    """A 429 for want of credit ends the run instead of being retried."""
    failure = await failure_of(StubOpenAI(throttle_every=1, error_code="insufficient_quota"))
    assert isinstance(failure, ProviderFailure)
    assert "credit" in str(failure)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, ProviderFailure),
        (403, ProviderFailure),
        (404, ProviderFailure),
        (413, ProviderFailure),
        (408, NotServed),
        (500, NotServed),
        (503, NotServed),
        (504, MaybeBilled),
    ],
)
async def test_a_status_decides_whether_the_call_may_cost(status: int, kind: type[IneditError]) -> None:
    """Refusals end the run, failures may be retried, a gateway that gave up may have been served."""
    failure = await failure_of(StubOpenAI(status=status, error=f"wrong key {KEY} and more"))
    assert type(failure) is kind
    assert failure.exit_code == 3


async def test_one_call_is_one_request() -> None:
    """Nothing is retried behind the ledger's back."""
    stub = StubOpenAI(fail_every=1)
    await failure_of(stub)
    assert len(stub.requests) == 1


async def test_a_lost_answer_may_be_billed() -> None:
    """The server served and the connection broke: that is said, not hidden."""
    stub = StubOpenAI(drop_every=1)
    assert type(await failure_of(stub)) is MaybeBilled
    assert len(stub.served) == 1


async def test_a_late_answer_may_be_billed() -> None:
    """A call that runs out of time was under way."""
    failure = await failure_of(StubOpenAI(latency_seconds=5), timeout_seconds=0.2)
    assert type(failure) is MaybeBilled
    assert "0.2 s" in str(failure)


async def test_nobody_at_the_address_means_not_served() -> None:
    """A refused connection costs nothing and names the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    async with ChatModel(url, KEY, "stub") as chat:
        with pytest.raises(NotServed, match=url):
            await chat.complete(PROMPT, seed=1, temperature=0, max_tokens=5)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n{}",
    ],
    ids=["no HTTP", "a broken chunk", "an endless header"],
)
async def test_an_answer_that_is_not_http_may_be_billed(answer: bytes) -> None:
    """Whatever listens at the address, it is told as any other lost answer."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        async with ChatModel(f"http://{host}:{port}/v1", KEY, "stub") as chat:
            with pytest.raises(MaybeBilled, match="may be billed"):
                await chat.complete(PROMPT, seed=1, temperature=0, max_tokens=5)


async def test_an_answer_that_is_not_json_may_be_billed() -> None:
    """A proxy's welcome page in place of an answer leaves the ledger in doubt."""
    assert type(await failure_of(StubOpenAI(garbled=True))) is MaybeBilled


async def test_an_answer_without_usage_is_uncounted() -> None:
    """What has no price is not taken for free; the id stays for the reconciliation."""
    failure = await failure_of(StubOpenAI(no_usage=True))
    assert isinstance(failure, Uncounted)
    assert failure.response_id == "chatcmpl-stub-000001"


async def test_tokens_of_another_kind_are_uncounted() -> None:
    """Audio has its own price, which the ledger cannot hold."""
    failure = await failure_of(StubOpenAI(audio_tokens=3))
    assert isinstance(failure, Uncounted)
    assert "audio tokens" in str(failure)


def counted(**usage: object) -> Usage:
    """What is read out of an answer's usage."""
    body = json.dumps(
        {
            "id": "a",
            "model": "m",
            "choices": [],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, **usage},
        }
    )
    return read_completion(body.encode(), address="x", model="m", request_id="r", latency_seconds=1.0).usage


def test_tokens_read_from_the_cache_and_written_to_it_are_parts_of_the_input() -> None:
    """As OpenAI counts them, and as DeepSeek names them; text tokens are no kind of their own."""
    usage = counted(prompt_tokens_details={"cached_tokens": 30, "cache_write_tokens": 50, "text_tokens": 100})
    assert (usage.input_tokens, usage.cached_tokens, usage.cache_write_tokens) == (100, 30, 50)
    assert counted(prompt_cache_hit_tokens=40, prompt_cache_miss_tokens=60).cached_tokens == 40


def test_reasoning_that_a_server_counts_beside_the_output_becomes_part_of_it() -> None:
    """xAI's total is input, output and reasoning; OpenAI's output holds the reasoning already."""
    details = {"completion_tokens_details": {"reasoning_tokens": 15}}
    beside, within = counted(total_tokens=135, **details), counted(total_tokens=120, **details)
    assert (beside.output_tokens, beside.reasoning_tokens) == (35, 15)
    assert (within.output_tokens, within.reasoning_tokens) == (20, 15)


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        ({"prompt_tokens_details": {"image_tokens": 5}}, "image tokens"),
        ({"completion_tokens_details": {"audio_tokens": 5}}, "audio tokens"),
        ({"prompt_tokens_details": {"smell_tokens": 5}}, "a kind of tokens that has no price here"),
        ({"total_tokens": 125}, "125 tokens, but 100 in and 20 out"),
        ({"prompt_tokens_details": {"cached_tokens": 101}}, "101 cached"),
        (
            {"prompt_tokens_details": {"cached_tokens": 60, "cache_write_tokens": 50}},
            "60 cached and 50 written of 100",
        ),
        ({"completion_tokens_details": {"reasoning_tokens": 21}}, "21 reasoning of 20 out"),
        ({"prompt_tokens": -1}, "prompt_tokens is -1"),
        ({"prompt_tokens": "100"}, "prompt_tokens is '100'"),
        ({"prompt_tokens": 2**63}, "prompt_tokens is 9223372036854775808"),
    ],
)
def test_tokens_that_nobody_could_price_are_refused_and_not_dropped(
    usage: dict[str, object], words: str
) -> None:
    """Kinds with a price of their own, kinds nobody knows, counts that contradict one another."""
    with pytest.raises(Uncounted, match=words):
        counted(**usage)


def test_what_no_database_keeps_is_replaced_in_what_a_server_says() -> None:
    """Half an emoji, as models that write byte by byte leave it, NUL in an id: the call can still be charged."""
    body = {
        "id": "a\0b",
        "model": "m\ud800",
        "choices": [{"message": {"content": "Un fil \ud83d et un autre 🧵"}, "finish_reason": "\udc00"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20},
    }
    answer = read_completion(
        json.dumps(body).encode(), address="x", model="m", request_id="r", latency_seconds=1.0
    )
    assert answer.text == "Un fil \ufffd et un autre 🧵"
    assert (answer.response_id, answer.usage.model, answer.finish_reason) == ("a\ufffdb", "m\ufffd", "\ufffd")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"type": "thinking"}, {"type": "text", "text": "Un "}, {"type": "text", "text": "fil"}], "Un fil"),
        ([{"type": "text"}, {"type": "text", "text": 5}, None, "x"], ""),
        ([], ""),
        ({"text": "Un fil"}, ""),
        (None, ""),
    ],
)  # fmt: skip
def test_a_content_in_parts_is_their_text(content: object, text: str) -> None:
    """As servers of models that think aloud give it; what is not a text says nothing."""
    body = {
        "choices": [{"message": {"content": content}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1},
    }
    answer = read_completion(
        json.dumps(body).encode(), address="x", model="m", request_id="r", latency_seconds=1.0
    )
    assert answer.text == text


def test_an_answer_nested_beyond_reading_may_be_billed() -> None:
    """As one that is not JSON."""
    with pytest.raises(MaybeBilled, match="not JSON"):
        read_completion(b"[" * 300_000, address="x", model="m", request_id="r", latency_seconds=1.0)


async def test_a_wrong_key_is_told_without_repeating_it() -> None:
    """The server's own message repeats the key; ours does not."""
    failure = await failure_of(StubOpenAI(api_key="another"))
    assert isinstance(failure, ProviderFailure)
    assert "OPENAI_API_KEY" in str(failure)


@pytest.mark.parametrize(
    ("url", "key", "told"),
    [
        ("localhost:11434", KEY, "http://"),
        ("http://", KEY, "http://"),
        ("http://127.0.0.1:eleven/v1", KEY, "http://"),
        (None, "", "OPENAI_API_KEY"),
        (None, "clé", "OPENAI_API_KEY"),
        ("http://127.0.0.1/v1", "two\nlines", "OPENAI_API_KEY"),
    ],
)
def test_impossible_settings_are_wrong_input(url: str | None, key: str, told: str) -> None:
    """Before anything is sent, with the name of what to fix."""
    with pytest.raises(WrongInput, match=told) as caught:
        ChatModel(url, key, "stub")
    assert key == "" or key not in str(caught.value)


def test_credentials_in_an_address_are_refused_and_not_shown() -> None:
    """A request has one Authorization, which is the key's; the password stays out of the message."""
    with pytest.raises(WrongInput, match="Take it out of OPENAI_BASE_URL") as caught:
        ChatModel("http://me:hunter2@127.0.0.1:9/v1", KEY, "stub")
    assert "hunter2" not in str(caught.value)


async def test_a_server_that_needs_no_key_is_asked_without_one() -> None:
    """Ollama and llama.cpp take any key."""
    async with StubOpenAI() as stub:
        assert (await ask(stub, key="")).text


@pytest.mark.parametrize(
    ("finish_reason", "message", "outcome"),
    [
        ("stop", {"content": "Un fil."}, Outcome.ANSWERED),
        ("length", {"content": "Un f"}, Outcome.CUT),
        ("length", {"content": None}, Outcome.CUT),
        ("MAX_TOKENS", {"content": "Un f"}, Outcome.CUT),
        ("content_filter", {"content": ""}, Outcome.FILTERED),
        ("SAFETY", {"content": None}, Outcome.FILTERED),
        ("stop", {"content": None, "refusal": "I cannot."}, Outcome.REFUSED),
        ("refusal", {"content": "I cannot."}, Outcome.REFUSED),
        ("stop", {"content": " \n"}, Outcome.EMPTY),
        ("", {"content": "Un fil."}, Outcome.ANSWERED),
        ("eos_token", {"content": "Un fil."}, Outcome.ANSWERED),
    ],
)
def test_how_an_answer_ended_is_told_in_one_word(finish_reason: str, message: dict, outcome: Outcome) -> None:
    """Servers have different words for it; one that nobody knows is a proper end."""
    body = {
        "id": "a", "model": "m", "usage": {"prompt_tokens": 1, "completion_tokens": 1},
        "choices": [{"finish_reason": finish_reason, "message": message}],
    }  # fmt: skip
    read = read_completion(
        json.dumps(body).encode(), address="x", model="m", request_id="", latency_seconds=0.0
    )
    assert (read.outcome, read.finish_reason) == (outcome, finish_reason)
