"""JSON, one object a line: Reddit's archives, and any other with a mapping of columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader
from typing import Any

from inedit.insight_loop.observing.messages import Message, Tally
from inedit.insight_loop.pseudonyms import UNKNOWN

GONE = ("[deleted]", "[removed]", "[ Removed by Reddit ]")
BOTS = ("automoderator",)


def json_lines(stream: BufferedReader, tally: Tally) -> Iterator[dict[str, Any]]:
    """The objects of a file, line by line. A last line that is none is where the file was cut off."""
    number, broken = 0, 0
    for line in stream:
        number += 1
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            if not line.endswith(b"\n"):
                tally.cut = tally.cut or f"line {number:,} ends in the middle"
                return
            broken += 1
            tally.skip("lines that are not JSON")
            continue
        if isinstance(row, dict):
            yield row
        else:
            tally.skip("lines that are not a JSON object")
    if broken == number and number:
        tally.notes.append("No line of the file is JSON.")


def read_reddit(stream: BufferedReader, tally: Tally) -> Iterator[Message]:
    """Comments and submissions of Reddit as Pushshift and Arctic Shift write them."""
    for row in json_lines(stream, tally):
        message = _message(row, tally)
        if message is not None:
            yield message


def _message(row: dict[str, Any], tally: Tally) -> Message | None:
    author = str(row.get("author") or "")
    is_comment = "body" in row
    fields = [row.get("body")] if is_comment else [row.get("title"), row.get("selftext")]
    text = "\n\n".join(part for part in fields if isinstance(part, str) and part not in GONE and part.strip())
    if not text:
        tally.skip("deleted or without text")
        return None
    if author.lower() in BOTS:
        tally.skip("bots")
        return None
    try:
        at = datetime.fromtimestamp(int(float(row["created_utc"])), UTC)
        name = f"{'t1' if is_comment else 't3'}_{row['id']}"
    except (KeyError, ValueError, TypeError, OverflowError):
        tally.skip("incomplete")
        return None
    gone = not author or author in GONE
    parent = row.get("parent_id") if is_comment else None
    return Message(
        "reddit", name, UNKNOWN if gone else author.casefold(), at, text, () if gone else (author,), (),
        str(parent) if parent else None,
    )  # fmt: skip
