"""Tables and JSON of other programs: which column is the text, which the author, which the moment."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from inedit.insight_loop.observing.json_stream import objects
from inedit.insight_loop.observing.lines import json_lines
from inedit.insight_loop.observing.messages import Message, Tally, parse_timestamp
from inedit.insight_loop.pseudonyms import UNKNOWN
from inedit.model.errors import WrongInput

FIELDS = ("text", "author", "at", "id", "reply_to", "language", "consent")
NEEDED = ("text", "at")
HEAD_BYTES = 1 << 16
LONGEST_CELL = 1 << 20
"""Characters of one cell; a longer one is a quotation mark that was never closed."""

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "message", "content", "body", "comment", "review", "verbatim", "texte", "commentaire", "avis",
             "nachricht", "kommentar", "bewertung", "texto", "mensaje", "comentario", "reseña", "testo",
             "messaggio", "commento", "recensione"),
    "author": ("author", "user", "username", "name", "auteur", "utilisateur", "pseudo", "autor", "benutzer", "nutzer",
               "usuario",
               "autore", "utente", "customer", "client", "kunde", "cliente", "from"),
    "at": ("at", "date", "datetime", "timestamp", "created", "created_at", "created_utc", "time", "datum",
           "zeit", "fecha", "data"),
    "id": ("id", "message_id", "review_id", "comment_id"),
    "reply_to": ("reply_to", "parent_id", "in_reply_to"),
    "language": ("language", "lang", "langue", "sprache", "idioma", "lingua"),
    "consent": ("consent", "consentement", "einwilligung", "consentimiento", "consenso"),
}  # fmt: skip
"""Names of columns, in any case, that say what they hold."""

YES = frozenset(("1", "true", "yes", "y", "x", "oui", "ja", "sí", "si", "sì", "vrai", "wahr"))
_DAY_FIRST = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y",
)


def columns_of(text: str) -> dict[str, str]:
    """A mapping as it was typed: ``text=Message,author=User,at=Date``. Raises WrongInput."""
    found = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        field, separator, column = pair.partition("=")
        if not separator or field.strip() not in FIELDS or not column.strip():
            raise WrongInput(
                f"'{pair}' maps no column. Write text=COLUMN,author=COLUMN,at=COLUMN; "
                f"the fields are {', '.join(FIELDS)}."
            )
        found[field.strip()] = column.strip()
    return found


def read_csv(
    stream: io.BufferedReader, tally: Tally, scope: str, columns: Mapping[str, str]
) -> Iterator[Message]:
    """The rows of a table with a header, whatever separates its columns."""
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    text = io.TextIOWrapper(stream, encoding=_encoding(head), errors="replace", newline="")
    sample = head.decode(_encoding(head), "replace").splitlines()[0] if head else ""
    delimiter = max(",;\t|", key=sample.count)
    limit = csv.field_size_limit(LONGEST_CELL)  # the process's own: given back below
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().lstrip("\ufeff") for cell in next(rows, [])]
        mapping = _mapped(header, columns)
        pending: list[str] | None = None
        for row in rows:
            if pending is not None:
                yield from _from_row(dict(zip(header, pending, strict=False)), mapping, scope, tally)
            pending = row if row else pending
            if row and len(row) < len(header):
                pending = None
                tally.skip("incomplete")
                last_short = rows.line_num
        if pending is not None:
            yield from _from_row(dict(zip(header, pending, strict=False)), mapping, scope, tally)
        elif tally.skipped.get("incomplete") and last_short == rows.line_num:
            tally.cut = tally.cut or f"row {rows.line_num:,} ends in the middle"
    except csv.Error as error:
        if pending is not None:
            yield from _from_row(dict(zip(header, pending, strict=False)), mapping, scope, tally)
        tally.cut = tally.cut or f"row {rows.line_num:,}: {error}"
    finally:
        csv.field_size_limit(limit)
        text.detach()


def read_jsonl(
    stream: io.BufferedReader, tally: Tally, scope: str, columns: Mapping[str, str]
) -> Iterator[Message]:
    """The objects of a file, one a line."""
    yield from _from_rows(json_lines(stream, tally), tally, scope, columns)


def read_json(
    stream: io.BufferedReader, tally: Tally, scope: str, columns: Mapping[str, str]
) -> Iterator[Message]:
    """The objects of one list."""
    yield from _from_rows((row for _, row in objects(stream, tally, ("item",))), tally, scope, columns)


def _from_rows(
    rows: Iterator[dict[str, Any]], tally: Tally, scope: str, columns: Mapping[str, str]
) -> Iterator[Message]:
    mapping: Mapping[str, str] | None = None
    for row in rows:
        mapping = mapping or _mapped(list(row), columns)
        yield from _from_row(row, mapping, scope, tally)


def _mapped(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Which column holds each field: as it was said, else as its name says."""
    by_name = {name.casefold(): name for name in header}
    for field, column in columns.items():
        if column.casefold() not in by_name:
            raise WrongInput(f"There is no column '{column}' for {field}. The file has: {', '.join(header)}.")
    mapping = {field: by_name[column.casefold()] for field, column in columns.items()}
    for field, guesses in GUESSES.items():
        guess = next((by_name[name] for name in guesses if name in by_name), None)
        if field not in mapping and guess and guess not in mapping.values():
            mapping[field] = guess
    if missing := [field for field in NEEDED if field not in mapping]:
        raise WrongInput(
            f"Which column is {' and which is '.join(missing)}? The file has: {', '.join(header)}. "
            "Say so: --columns text=COLUMN,author=COLUMN,at=COLUMN"
        )
    return mapping


def _from_row(
    row: Mapping[str, Any], mapping: Mapping[str, str], scope: str, tally: Tally
) -> Iterator[Message]:
    cells = {
        field: str(row.get(column) if row.get(column) is not None else "").strip()
        for field, column in mapping.items()
    }
    if not cells["text"]:
        tally.skip("without text")
        return
    at = _timestamp(cells["at"])
    if at is None:
        tally.skip("with a date that cannot be read")
        return
    author = cells.get("author", "")
    id = (
        cells.get("id")
        or hashlib.sha256("\x1f".join((author, cells["at"], cells["text"])).encode()).hexdigest()
    )
    yield Message(
        scope, id, author.casefold() or UNKNOWN, at, cells["text"], (author,) if author else (), (),
        cells.get("reply_to") or None, cells.get("language") or None, cells.get("consent", "").casefold() in YES,
    )  # fmt: skip


def _timestamp(text: str) -> datetime | None:
    """A moment as tables have it: ISO 8601, seconds or milliseconds since 1970, or a date whose day comes first."""
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    try:
        return parse_timestamp(text)
    except ValueError:
        pass
    for form in _DAY_FIRST:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _encoding(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        head[: max(0, len(head) - 3)].decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start >= len(head) - 6 else "cp1252"
    return "utf-8"
