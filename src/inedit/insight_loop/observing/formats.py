"""Which export a file is, by what it begins with, and its reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from io import BufferedReader

from inedit.insight_loop.observing.discord import read_discord
from inedit.insight_loop.observing.lines import read_reddit
from inedit.insight_loop.observing.messages import Message, Tally
from inedit.insight_loop.observing.tables import read_csv, read_json, read_jsonl
from inedit.insight_loop.observing.telegram import read_telegram
from inedit.model.errors import WrongInput

FORMATS = ("discord", "telegram", "reddit", "jsonl", "json", "csv")
"""DiscordChatExporter, Telegram Desktop, Reddit's archives, objects line by line, a list of objects, tables."""

LOOKED_AT = 1 << 16
"""Bytes by which a file is recognised."""


UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""Byte order marks of the other encoding that programs write."""


def format_of(stream: BufferedReader, tally: Tally) -> str:
    """The format of a file, none of which is consumed. Raises :class:`~.errors.WrongInput`."""
    head = stream.peek(LOOKED_AT)[:LOOKED_AT]
    if not head.strip():
        raise WrongInput(
            f"Nothing in the file can be read: {tally.cut}." if tally.cut else "The file is empty."
        )
    if head[:2] in UTF_16 and head[2:].decode(UTF_16[head[:2]], "replace").lstrip().startswith(("{", "[")):
        raise WrongInput("The file is UTF-16, and JSON must be UTF-8: save it as UTF-8.")
    text = head.decode("utf-8", "replace").lstrip()
    if not text.startswith(("{", "[")):
        if b"\0" in head and head[:2] not in UTF_16:
            raise WrongInput(f"The file is none of these: {', '.join(FORMATS)}. Say which: --format FORMAT")
        return "csv"
    return "json" if text.startswith("[") else _of_object(text)


def _of_object(text: str) -> str:
    """What an object, or the first of several, is by its keys."""
    first = text.split("\n", 1)[0]
    try:
        keys = set(json.loads(first))
    except ValueError:  # it goes on below, or beyond what is looked at
        keys = set(re.findall(r'"(\w+)"\s*:', text))
    if {"guild", "channel"} <= keys or {"messages", "channel"} <= keys:
        return "discord"
    if keys & {"messages", "chats"}:
        return "telegram"
    return "reddit" if {"author", "created_utc"} <= keys and keys & {"body", "title", "selftext"} else "jsonl"


def read_messages(
    stream: BufferedReader,
    format: str,
    tally: Tally,
    *,
    scope: str,
    columns: Mapping[str, str],
    chat: str | None,
) -> Iterator[Message]:
    """The messages of a file in their order; ``scope`` names a table's place, where its authors and ids are its own."""
    match format:
        case "discord":
            return read_discord(stream, tally)
        case "telegram":
            return read_telegram(stream, tally, chat)
        case "reddit":
            return read_reddit(stream, tally)
        case "jsonl":
            return read_jsonl(stream, tally, scope, columns)
        case "json":
            return read_json(stream, tally, scope, columns)
        case "csv":
            return read_csv(stream, tally, scope, columns)
    raise WrongInput(f"There is no format '{format}'. Give one of {', '.join(FORMATS)}.")
