"""Telegram Desktop's JSON, of one chat or of a whole account. Of an account only groups and channels are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader
from typing import Any

from inedit.insight_loop.observing.json_stream import objects
from inedit.insight_loop.observing.messages import Message, Tally, parse_timestamp

PRIVATE = ("personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes")
"""Kinds of chats that nobody agreed to have observed."""

REPLACED = {
    "mention": "[handle]", "mention_name": "[name]", "phone": "[phone]", "email": "[email]", "bank_card": "[card]",
}  # fmt: skip
"""Entities that Telegram itself marked as somebody's."""

_ONE, _ALL = "messages.item", "chats.list.item.messages.item"
_HEADS = {f"{prefix}{name}": name for prefix in ("", "chats.list.item.") for name in ("id", "type", "name")}


def read_telegram(stream: BufferedReader, tally: Tally, chat: str | None = None) -> Iterator[Message]:
    """The messages of a chat, or of the groups and channels of an account; ``chat``: only that one's."""
    head: dict[str, str] = {}
    for path, value in objects(stream, tally, (_ONE, _ALL), _HEADS):
        if name := _HEADS.get(path):
            head[name] = str(value)
            continue
        if path == _ALL and chat is None and head.get("type") in PRIVATE:
            tally.skip("private chats")
        elif chat is not None and chat not in (head.get("name"), head.get("id")):
            tally.skip("other chats")
        elif message := _message(value, head.get("id", ""), tally):
            yield message


def _message(row: dict[str, Any], chat_id: str, tally: Tally) -> Message | None:
    text = _text(row)
    if row.get("type") != "message":
        tally.skip("system messages")
    elif row.get("forwarded_from") or row.get("forwarded_from_id"):
        tally.skip("forwarded from others")
    elif row.get("via_bot"):
        tally.skip("bots")
    elif not text.strip():
        tally.skip("without text")
    elif not (row.get("from_id") and row.get("id") and (at := _timestamp(row))):
        tally.skip("incomplete")
    else:
        quoted = row.get("reply_to_message_id")
        return Message(
            f"telegram:{chat_id}", str(row["id"]), str(row["from_id"]), at, text,
            (row["from"],) if row.get("from") else (), (), str(quoted) if quoted else None,
        )  # fmt: skip
    return None


def _timestamp(row: dict[str, Any]) -> datetime | None:
    try:
        if row.get("date_unixtime"):
            return datetime.fromtimestamp(int(row["date_unixtime"]), UTC)
        return parse_timestamp(row["date"])
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _text(row: dict[str, Any]) -> str:
    parts = row.get("text_entities") or row.get("text") or ""
    if isinstance(parts, str):
        return parts
    return "".join(
        part if isinstance(part, str) else REPLACED.get(part.get("type", ""), part.get("text", ""))
        for part in parts
    )
