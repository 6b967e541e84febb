"""Taking somebody's words out of whatever the database keeps: answers, pieces, their earlier texts, what builds on
them.

Money stays: entries, reservations and balances of the ledger say nothing of what anybody said. An answer that is
altered so gets a memo in the ledger's chain, with the digests before and after, by which ``ledger verify`` knows it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, Text, delete, select, update

from inedit.store.seals import ERASURE, LEDGER_LOCK, digest_of_answer, record, seal_piece
from inedit.store.tables import attempts, metadata, pieces, vectors
from inedit.store.transactions import lock
from inedit.store.values import utc_now

QUOTED_WORDS = 6
"""Words in a row from which a text counts as quoting another; a shorter text is quoted by all of its words."""

LEAST_WORDS = 3
"""Of fewer words everybody's are the same: «merci beaucoup»."""

REMOVED = "[removed]"
REASON = "quoted somebody who asked to be forgotten"

UNTOUCHED = frozenset((
    "ledger_entries", "reservations", "balances", "closings", "baselines", "leases", "pace", "pauses", "vectors",
    "observations", "forgotten_authors", "author_aliases",
))  # fmt: skip
"""Tables of money, of answers to prompts without the brand's data, and of nobody's words."""

_WORD = re.compile(r"\w+")


class Quotes:
    """Finds where a text repeats one of several others."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._windows: set[tuple[str, ...]] = set()
        for text in texts:
            words = [word.casefold() for word in _WORD.findall(text)]
            size = min(QUOTED_WORDS, len(words))
            if size >= LEAST_WORDS:
                self._windows.update(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
        self._sizes = sorted({len(window) for window in self._windows}, reverse=True)
        self._first = {window[0] for window in self._windows}

    def without(self, text: str) -> str:
        """A text with each quotation replaced by :data:`REMOVED`; the same text when there is none."""
        found = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        if self._first.isdisjoint(words):
            return text
        quoted = [False] * len(words)
        for i, word in enumerate(words):
            if word in self._first:
                for size in self._sizes:
                    if tuple(words[i : i + size]) in self._windows:
                        quoted[i : i + size] = [True] * len(words[i : i + size])
                        break
        out, last, i = [], 0, 0
        while i < len(words):
            if quoted[i]:
                out += [text[last : found[i].start()], REMOVED]
                while i < len(words) and quoted[i]:
                    last = found[i].end()
                    i += 1
            else:
                i += 1
        return "".join((*out, text[last:]))

    def without_json(self, value: Any) -> Any:
        """The same for every text inside a JSON value."""
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, list):
            return [self.without_json(item) for item in value]
        if isinstance(value, dict):
            return {name: self.without_json(item) for name, item in value.items()}
        return value


def rows_of_verbatims(connection: Connection, ids: Collection[str]) -> Counter[str]:
    """Delete what other tables say of verbatims (their column ``verbatim_id``); how many rows, by table."""
    gone: Counter[str] = Counter()
    for table in reversed(metadata.sorted_tables):
        if "verbatim_id" in table.c:
            for block in _blocks(sorted(ids)):
                result = connection.execute(delete(table).where(table.c.verbatim_id.in_(block)))
                gone[table.name] += result.rowcount
    return +gone


def erase_quotes(connection: Connection, quotes: Quotes) -> Counter[str]:
    """Take quotations out of every table but the :data:`UNTOUCHED`; how many rows were altered, by table.

    An accepted piece that quoted is rejected, and everything altered that the ledger seals is sealed again.
    """
    lock(connection, LEDGER_LOCK)
    altered: Counter[str] = Counter()
    resealed: set[str] = set()
    for table, key, row, left in list(_quoting(connection, quotes)):
        values = {**left, "status": "rejected", "reason": REASON} if table is pieces else left
        if table is pieces:
            connection.execute(delete(vectors).where(vectors.c.piece_id == row.id))
        connection.execute(update(table).where(*key).values(values))
        altered[table.name] += 1
        if table is pieces:
            resealed.add(row.id)
        if table is attempts:
            resealed.update(_pieces_of(connection, row))
        if table is attempts and "raw" in values:
            facts = {
                "row": row.id,
                "was": digest_of_answer(row.raw),
                "answer": digest_of_answer(values["raw"]),
            }
            record(connection, ERASURE, {"of": "attempts", **facts}, now=utc_now())
    for piece_id in sorted(resealed):
        seal_piece(connection, piece_id)
    return altered


def _pieces_of(connection: Connection, attempt: Row[Any]) -> list[str]:
    """The piece, if it has come to rest, that an attempt was made for: it is sealed with its drafts."""
    query = select(pieces.c.id).where(
        pieces.c.campaign_id == attempt.campaign_id, pieces.c.spec_key == attempt.spec_key,
        pieces.c.edition == attempt.edition,
    )  # fmt: skip
    return list(connection.execute(query).scalars())


def quoting_rows(connection: Connection, quotes: Quotes) -> int:
    """How many rows quote: none after :func:`erase_quotes`."""
    return sum(1 for _ in _quoting(connection, quotes))


def _quoting(
    connection: Connection, quotes: Quotes
) -> Iterator[tuple[Table, list[Any], Row[Any], Mapping[str, Any]]]:
    for table in metadata.sorted_tables:
        keys = list(table.primary_key.columns)
        wordy = [column for column in table.c if isinstance(column.type, Text) and not column.primary_key]
        if table.name in UNTOUCHED or not wordy or not keys:
            continue
        query = select(table).execution_options(yield_per=500)
        for row in connection.execute(query):
            values = {}
            for column in wordy:
                text = getattr(row, column.name)
                if text and (left := _left_of(text, quotes)) != text:
                    values[column.name] = left
            if values:
                yield table, [column == getattr(row, column.name) for column in keys], row, values


def _left_of(text: str, quotes: Quotes) -> str:
    if text[0] in "{[":
        try:
            value = json.loads(text)
        except ValueError:
            return quotes.without(text)
        left = quotes.without_json(value)
        return (
            text
            if left == value
            else json.dumps(left, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        )
    return quotes.without(text)


def _blocks(ids: list[str], size: int = 500) -> Iterator[list[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
