"""An answer that came as a stream of events though none was asked for, put together again."""

from __future__ import annotations

import json
from typing import Any


def is_stream(body: bytes) -> bool:
    """Whether a body is server-sent events (``data: {…}``)."""
    return body.lstrip()[:5] in (b"data:", b"event") or body.lstrip()[:1] == b":"


def joined(body: bytes) -> dict[str, Any] | None:
    """The chat completion that the chunks make, with the usage of the last one that has any; None without chunks."""
    whole: dict[str, Any] | None = None
    chunks: list[str] = []
    finish: Any = None
    for line in body.decode("utf-8", "replace").splitlines():
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or data == "[DONE]":
            continue
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError):
            continue
        if not isinstance(chunk, dict):
            continue
        whole = {**chunk, **(whole or {}), **{k: chunk[k] for k in ("usage", "error") if chunk.get(k)}}
        for choice in chunk.get("choices") or ():
            delta = choice.get("delta") or choice.get("message") or {}
            if isinstance(delta.get("content"), str):
                chunks.append(delta["content"])
            finish = choice.get("finish_reason") or finish
    if whole is not None:
        whole["choices"] = [{"message": {"content": "".join(chunks)}, "finish_reason": finish}]
    return whole
