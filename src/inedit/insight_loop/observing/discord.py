"""DiscordChatExporter's JSON. Embeds, reactions and attachments are not read at all: they speak of others."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from inedit.insight_loop.observing.json_stream import objects
from inedit.insight_loop.observing.messages import Message, Tally, parse_timestamp

SPOKEN = ("Default", "Reply")
"""Types of messages in which somebody says something; the others tell of pins, calls and who joined."""


def read_discord(stream: BufferedReader, tally: Tally) -> Iterator[Message]:
    """The messages of a channel."""
    finished = False
    for path, value in objects(stream, tally, ("messages.item",), ("messageCount",)):
        if path == "messageCount":
            finished = True
            continue
        message = _message(value, tally)
        if message is not None:
            yield message
    if not finished and not tally.cut:
        tally.cut = "the export was stopped: its messageCount is missing"


def _message(row: dict[str, Any], tally: Tally) -> Message | None:
    author, text = row.get("author") or {}, row.get("content") or ""
    if row.get("type", "Default") not in SPOKEN:
        tally.skip("system messages")
    elif author.get("isBot"):
        tally.skip("bots")
    elif not text.strip():
        tally.skip("without text")
    elif not (author.get("id") and row.get("id") and row.get("timestamp")):
        tally.skip("incomplete")
    else:
        others = [name for person in row.get("mentions") or () for name in _names(person)]
        quoted = (row.get("reference") or {}).get("messageId")
        try:
            at = parse_timestamp(row["timestamp"])
        except ValueError:
            tally.skip("incomplete")
            return None
        return Message(
            "discord", str(row["id"]), str(author["id"]), at, text, _names(author), tuple(others),
            str(quoted) if quoted else None,
        )  # fmt: skip
    return None


def _names(person: dict[str, Any]) -> tuple[str, ...]:
    name, nick, number = person.get("name"), person.get("nickname"), person.get("discriminator")
    numbered = f"{name}#{number}" if name and number and number != "0000" else None
    return tuple(dict.fromkeys(filter(None, (name, numbered, nick))))
