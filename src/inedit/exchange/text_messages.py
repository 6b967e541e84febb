"""Text messages for a gateway: a row a message, with what a network makes of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from inedit.exchange.exported import RECORD, ExportedText
from inedit.exchange.refusals import still_offered
from inedit.exchange.tables import harmless
from inedit.guard.nlp.sms import message_size, outside_gsm_7

COLUMNS = (*RECORD, "message", "encoding", "units", "segments", "outside_gsm_7")


def as_text_messages(texts: Sequence[ExportedText]) -> bytes:
    """CSV: the message as it is sent, its alphabet, units, the segments that are billed, and the characters that cost
    them. The parts of a message follow one another on a line of their own each."""
    still_offered(texts)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for text in texts:
        message = "\n".join(text.parts.values())
        size = message_size(message)
        cells = (message, size.encoding, str(size.units), str(size.segments), outside_gsm_7(message))
        writer.writerow([harmless(cell) for cell in (*text.record().values(), *cells)])
    return stream.getvalue().encode("utf-8-sig")
