"""The Batch API of an OpenAI-compatible provider: a file of requests, answered within a day at the batch price.

A batch goes up in two steps, its file and then the order to work through it, and carries our name as metadata: by it
:meth:`BatchApi.find` tells whether an order whose answer was lost has arrived. What comes back stands in two files,
answers and errors, a line for each request, in any order (https://developers.openai.com/api/docs/guides/batch).
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final, TypeVar

import openai
from openai.types import Batch

from inedit.generation.client import FILTER_CODES, ChatModel
from inedit.generation.errors import MaybeBilled, NotServed, PromptFiltered, Uncounted
from inedit.generation.failures import failure
from inedit.generation.reading import Completion, error_text, read_completion
from inedit.generation.refusals import Refusal
from inedit.model import storable
from inedit.model.errors import IneditError, ProviderFailure

ENDPOINT: Final = "/v1/chat/completions"
MOST_REQUESTS = 50_000
MOST_BYTES = 200_000_000
"""Bounds of one input file (https://developers.openai.com/api/docs/guides/batch, read in November 2026)."""

NAME = "inedit_batch"
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
QUEUE_FULL = "token_limit_exceeded"
"""Code of a batch that failed because too many tokens of the organisation are waiting already."""

CLOCKS_APART_SECONDS = 3_600
"""How far a provider's clock may be behind ours when we look for a batch among the newest."""

FILE_SECONDS = 30 * 24 * 3_600
"""How long the provider is asked to keep the files."""

Result = TypeVar("Result")


class FilesGone(ProviderFailure):
    """What a batch brought was deleted before it was fetched. It may be billed; asking again costs again."""


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """A batch as its provider tells it. ``errors`` say why a failed one was not worked on, as code and sentence."""

    id: str
    status: str
    total: int = 0
    completed: int = 0
    failed: int = 0
    output_file: str = ""
    error_file: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one request: an answer, or the error that tells whether it may be billed. ``refusal`` is what the
    server said, from which a model may learn what to leave out."""

    request_id: str
    answer: Completion | None = None
    error: IneditError | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class BatchApi:
    """The Batch API at the address of a model. Raises what :mod:`inedit.generation.errors` has, and ProviderFailure."""

    model: ChatModel

    async def submit(self, lines: IO[bytes], name: str, run_id: str, number: int) -> BatchStatus:
        """Give a file of requests to the provider; ``name`` is what :meth:`find` finds it by.

        Raises :class:`MaybeBilled` when the provider may have the batch, anything else when it surely has not.
        """
        client = self.model.client
        try:
            uploaded = await self._asked(
                client.files.create(
                    file=(f"{name}.jsonl", lines, "application/jsonl"),
                    purpose="batch",
                    expires_after={"anchor": "created_at", "seconds": FILE_SECONDS},
                )
            )
        except MaybeBilled as error:
            raise NotServed(str(error)) from error  # a file costs nothing
        try:
            made = await self._asked(
                client.batches.create(
                    input_file_id=uploaded.id,
                    endpoint=ENDPOINT,
                    completion_window="24h",
                    metadata={NAME: name, "inedit_run": run_id, "inedit_round": str(number)},
                )
            )
        except NotServed as error:
            raise MaybeBilled(str(error)) from error  # a server that fails may have written it down before
        return _status(made)

    async def find(self, name: str, since: float) -> BatchStatus | None:
        """The batch of this name, if it has arrived; ``since`` are the seconds since 1970 at which it was prepared."""
        after: str | openai.Omit = openai.omit
        while True:
            page = await self._asked(self._page(after))
            for batch in page:
                if (batch.metadata or {}).get(NAME) == name:
                    return _status(batch)
            if len(page) == 0 or page[-1].created_at < since - CLOCKS_APART_SECONDS:
                return None
            after = page[-1].id

    async def look(self, batch_id: str) -> BatchStatus:
        """How a batch stands."""
        return _status(await self._asked(self.model.client.batches.retrieve(batch_id)))

    async def lines(self, batch: BatchStatus) -> AsyncIterator[BatchLine]:
        """Every line of the answers, then of the errors; lines that cannot be read are left out."""
        for file_id in filter(None, (batch.output_file, batch.error_file)):
            async for raw in self._lines(file_id):
                line = self._read(raw)
                if line is not None:
                    yield line

    async def _page(self, after: str | openai.Omit) -> list[Batch]:
        return list((await self.model.client.batches.list(limit=100, after=after)).data)

    async def _lines(self, file_id: str) -> AsyncIterator[bytes]:
        """By line feeds alone: what a text may hold beside them (U+2028 …) ends no line."""
        try:
            async with self.model.client.files.with_streaming_response.content(file_id) as response:
                rest = b""
                async for chunk in response.iter_bytes():
                    *whole, rest = (rest + chunk).split(b"\n")
                    for line in whole:
                        yield line
                if rest:
                    yield rest
        except openai.APIStatusError as error:
            await error.response.aread()
            if error.status_code == 404:
                raise FilesGone(
                    f"{self.model.address} has deleted the answers of a batch ({file_id}): they were not fetched in "
                    "time, and may be billed."
                ) from None
            raise self.model.refusal(error) from None
        except openai.OpenAIError:
            raise NotServed(f"{self.model.address} stopped in the middle of file {file_id}.") from None

    def _read(self, raw: bytes) -> BatchLine | None:
        try:
            line = json.loads(raw)
        except (ValueError, RecursionError):
            return None
        if not isinstance(line, Mapping) or not isinstance(line.get("custom_id"), str):
            return None
        request_id, response = line["custom_id"], line.get("response")
        if isinstance(response, Mapping):
            body, status = response.get("body"), response.get("status_code")
            if status == 200:
                return self._answer(request_id, body, str(response.get("request_id") or ""))
            if isinstance(status, int):
                return self._refused(request_id, status, body)
        return BatchLine(request_id, error=_not_asked(line.get("error")))

    def _answer(self, request_id: str, body: object, provider_id: str) -> BatchLine:
        try:
            answer = read_completion(
                json.dumps(body).encode(), address=self.model.address, model=self.model.model,
                request_id=provider_id, latency_seconds=0.0, key=self.model.key,
            )  # fmt: skip
        except (MaybeBilled, Uncounted) as error:
            return BatchLine(request_id, error=error)
        return BatchLine(request_id, answer)

    def _refused(self, request_id: str, status: int, body: object) -> BatchLine:
        details = body.get("error") if isinstance(body, Mapping) else None
        words, refusal = error_text(body, self.model.key), Refusal.of(status, json.dumps(body))
        if isinstance(details, Mapping) and FILTER_CODES & {
            str(details.get("code")),
            str(details.get("type")),
        }:
            error: IneditError = PromptFiltered(
                f"The content filter of {self.model.address} refused the prompt: {words}"
            )
        else:
            error = failure(self.model.address, self.model.model, status, words, refusal, None)
        return BatchLine(request_id, error=error, refusal=refusal)

    async def _asked(self, request: Awaitable[Result]) -> Result:
        try:
            return await self.model.sent(request)
        except openai.APIStatusError as error:
            if error.status_code == 404:
                words = error_text(error.response.text if error.body is None else error.body, self.model.key)
                raise ProviderFailure(
                    f"{self.model.address} has no such batch, or no Batch API at all (404): {words} Check that it is "
                    "the address and the key with which the batch was given, or produce without --batch."
                ) from None
            raise self.model.refusal(error) from None


def request_line(request_id: str, arguments: Mapping[str, Any]) -> bytes:
    """A request as a line of an input file."""
    line = {"custom_id": request_id, "method": "POST", "url": ENDPOINT, "body": dict(arguments)}
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _not_asked(error: object) -> NotServed:
    """The error of a request that was not sent to the model at all: a batch that expired or was cancelled first."""
    details = error if isinstance(error, Mapping) else {}
    return NotServed(storable(str(details.get("message") or details.get("code") or "not answered")))


def _status(batch: Batch) -> BatchStatus:
    counts, errors = batch.request_counts, (batch.errors.data if batch.errors else None) or []
    return BatchStatus(
        batch.id, batch.status,
        *((counts.total, counts.completed, counts.failed) if counts else (0, 0, 0)),
        output_file=batch.output_file_id or "", error_file=batch.error_file_id or "",
        errors=tuple((error.code or "", storable(error.message or error.code or "")) for error in errors),
    )  # fmt: skip
