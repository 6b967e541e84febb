"""Exports of communities, as their programs write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def discord_message(number: int, text: str, author: str = "11", **more: Any) -> dict[str, Any]:
    """One message of DiscordChatExporter; authors are numbers."""
    return {
        "id": f"9000{number}", "type": "Default", "timestamp": f"2026-10-{number % 27 + 1:02}T08:30:00.5+02:00",
        "timestampEdited": None, "callEndedTimestamp": None, "isPinned": False, "content": text,
        "author": {"id": f"7700{author}", "name": f"user{author}x", "discriminator": "0000",
        "nickname": f"Nick{author}Q",
                   "color": None, "isBot": False, "roles": [], "avatarUrl": "https://cdn.example/a.png"},
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [], **more,
    }  # fmt: skip


def discord_export(file: Path, messages: Sequence[dict[str, Any]]) -> Path:
    """A channel's export."""
    whole = {
        "guild": {"id": "1", "name": "Reprise", "iconUrl": ""},
        "channel": {"id": "2", "type": "GuildTextChat", "categoryId": "3", "category": "Linge",
        "name": "nappes", "topic": None},
        "dateRange": {"after": None, "before": None}, "exportedAt": "2026-11-01T10:00:00+00:00",
        "messages": list(messages), "messageCount": len(messages),
    }  # fmt: skip
    file.write_text(json.dumps(whole, indent=2, ensure_ascii=False), encoding="utf-8")
    return file


def telegram_chat(id: int, kind: str, messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A chat of Telegram Desktop."""
    return {"name": f"Chat {id}", "type": kind, "id": id, "messages": list(messages)}


def telegram_message(number: int, parts: Any, author: str = "user5", **more: Any) -> dict[str, Any]:
    """One message of Telegram Desktop."""
    entities = parts if isinstance(parts, list) else [{"type": "plain", "text": parts}]
    return {
        "id": number, "type": "message", "date": "2026-10-02T10:00:00", "date_unixtime": str(1790928000 + number),
        "from": f"Person {author}", "from_id": author, "text": "x", "text_entities": entities, **more,
    }  # fmt: skip


def reddit_comment(number: int, body: str, author: str = "linen_fan", **more: Any) -> dict[str, Any]:
    """One comment of Pushshift."""
    return {
        "id": f"c{number}", "author": author, "author_fullname": "t2_x", "body": body,
        "created_utc": 1790928000 + number,
        "link_id": "t3_p1", "parent_id": "t3_p1", "permalink": "/r/linge/x", "score": 1, "subreddit": "linge",
        "subreddit_id": "t5_1", "retrieved_on": 1790930000, **more,
    }  # fmt: skip


def json_lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """Objects, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
