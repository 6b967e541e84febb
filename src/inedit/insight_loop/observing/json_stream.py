"""Objects out of one large JSON document while it is read, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BufferedReader
from typing import Any

import ijson

from inedit.insight_loop.observing.messages import Tally

SMALL_READS = 1 << 14
"""Bytes handed to the parser at once."""


def objects(
    stream: BufferedReader, tally: Tally, items: Collection[str], scalars: Collection[str] = ()
) -> Iterator[tuple[str, Any]]:
    """The objects at the paths ``items`` and the plain values at ``scalars``, in the order of the file.

    Whatever is whole before the file is cut off or broken comes out; then ``tally.cut`` says so.
    """
    builder: ijson.ObjectBuilder | None = None
    inside = ""
    try:
        for path, event, value in ijson.parse(stream, use_float=True, buf_size=SMALL_READS):
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and path == inside:
                    yield path, builder.value
                    builder = None
            elif event == "start_map" and path in items:
                inside, builder = path, ijson.ObjectBuilder()
                builder.event(event, value)
            elif path in scalars and event in ("string", "number"):
                yield path, value
    except ijson.IncompleteJSONError as error:
        ends = "the JSON ends in the middle"
        if "invalid bytes in UTF8" in str(error):  # half a character at the end is told in the same way
            ends += ", or goes on in another encoding than UTF-8"
        tally.cut = tally.cut or ends
    except ijson.JSONError as error:
        tally.cut = tally.cut or f"the JSON is broken: {str(error).splitlines()[0]}"
