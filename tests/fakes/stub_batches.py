"""A real HTTP server that speaks ``/v1/files`` and ``/v1/batches`` beside the completions, slow and partial as told.

What it answered in batches stands in ``served`` like any other call: that is its bill.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from fakes.stub_openai import StubOpenAI

ENDED = ("completed", "failed", "expired", "cancelled")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a batch ends: after so many seconds, in which state, the first ``answered`` of its requests answered (None:
    all), the last ``refused`` of those with a line in the error file instead."""

    status: str = "completed"
    seconds: float = 0.0
    answered: int | None = None
    refused: int = 0
    code: int = 500  # status of the refused ones
    error: str = ""  # of a batch that failed


@dataclass
class StubBatches(StubOpenAI):
    """``endings`` are those of the batches, in turn; later ones are answered at once. ``hangs_at`` names the step whose
    answer never comes: ``upload``, ``order`` (which arrives all the same) or ``fetch`` (after half of the lines);
    ``hanging`` counts those who wait for it."""

    endings: list[Ending] = field(default_factory=list)
    hangs_at: str = ""
    hanging: int = field(default=0, init=False)
    files: dict[str, bytes] = field(default_factory=dict, init=False)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict, init=False)
    looks: int = field(default=0, init=False)
    _closing: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def _add_routes(self, app: web.Application) -> None:
        app.router.add_post("/v1/files", self._upload)
        app.router.add_get("/v1/files/{id}/content", self._content)
        app.router.add_post("/v1/batches", self._order)
        app.router.add_get("/v1/batches", self._list)
        app.router.add_get("/v1/batches/{id}", self._look)

    async def __aexit__(self, *error: object) -> None:
        self._closing.set()
        await super().__aexit__(*error)

    async def _hang(self) -> None:
        self.hanging += 1
        await self._closing.wait()

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert form["purpose"] == "batch"
        if self.hangs_at == "upload":
            await self._hang()
        content: Any = form["file"]
        with content.file as file:
            told = _file(self._keep(file.read()))
        return web.json_response({**told, "filename": content.filename, "purpose": "batch"})

    def _keep(self, content: bytes) -> str:
        id = f"file-{len(self.files) + 1:04d}"
        self.files[id] = content
        return id

    async def _order(self, request: web.Request) -> web.Response:
        asked = await request.json()
        assert (asked["endpoint"], asked["completion_window"]) == ("/v1/chat/completions", "24h")
        lines = self.files[asked["input_file_id"]].splitlines()
        ending = self.endings.pop(0) if self.endings else Ending()
        batch = {
            "id": f"batch_{len(self.batches) + 1:04d}", "object": "batch", "endpoint": asked["endpoint"],
            "completion_window": "24h", "input_file_id": asked["input_file_id"], "status": "in_progress",
            "created_at": int(time.time()), "metadata": asked["metadata"],
            "request_counts": {"total": len(lines), "completed": 0, "failed": 0},
            "ending": ending, "ends_at": time.monotonic() + ending.seconds,
        }  # fmt: skip
        self.batches[str(batch["id"])] = batch
        if self.hangs_at == "order":
            await self._hang()
        return web.json_response(_shown(batch))

    async def _list(self, request: web.Request) -> web.Response:
        newest = [_shown(batch) for batch in reversed(self.batches.values())]
        after = request.query.get("after")
        if after:
            newest = newest[[batch["id"] for batch in newest].index(after) + 1 :]
        page = newest[: int(request.query.get("limit", 20))]
        return web.json_response({"object": "list", "data": page, "has_more": len(newest) > len(page)})

    async def _look(self, request: web.Request) -> web.Response:
        self.looks += 1
        batch = self.batches[request.match_info["id"]]
        if batch["status"] not in ENDED and time.monotonic() >= batch["ends_at"]:
            self._end(batch)
        return web.json_response(_shown(batch))

    def _end(self, batch: dict[str, Any]) -> None:
        ending: Ending = batch["ending"]
        batch["status"] = ending.status
        if ending.status == "failed":
            batch["errors"] = {
                "object": "list", "data": [{"code": ending.error, "message": ending.error}],
            }  # fmt: skip
            return
        requests = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        served = len(requests) if ending.answered is None else ending.answered
        answers, errors = [], []
        for number, request in enumerate(requests):
            line: dict[str, Any] = {"id": f"batch_req_{number}", "custom_id": request["custom_id"]}
            if number >= served:
                told = {"code": f"batch_{ending.status}", "message": f"This batch {ending.status}."}
                errors.append({**line, "response": None, "error": told})
            elif number >= served - ending.refused:
                body = {"error": {"message": "The server had an error.", "code": None}}
                errors.append({**line, "response": _response(ending.code, body), "error": None})
            else:
                body = self._serve(request["body"], delivered=True)
                answers.append({**line, "response": _response(200, body), "error": None})
        answers.reverse()  # in any order
        for name, lines in (("output_file_id", answers), ("error_file_id", errors)):
            if lines:
                content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
                batch[name] = self._keep(content.encode())
        batch["request_counts"] |= {"completed": len(answers), "failed": len(errors)}

    async def _content(self, request: web.Request) -> web.StreamResponse:
        content = self.files[request.match_info["id"]]
        if self.hangs_at != "fetch":
            return web.Response(body=content)
        lines = content.splitlines(keepends=True)
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"".join(lines[: len(lines) // 2]))
        await self._hang()
        return response


def _response(status: int, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"status_code": status, "request_id": "req", "body": body}


def _file(id: str) -> dict[str, Any]:
    return {"id": id, "object": "file", "bytes": 0, "created_at": 0, "status": "processed"}


def _shown(batch: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in batch.items() if name not in ("ending", "ends_at")}
