"""Codings as rows: who read which verbatim, and what each gave it: people, models, the offline coder side by side."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, func, select

from inedit.insight_loop.coding.offline import Labelled
from inedit.model import Span
from inedit.store import Store, insert_into, utc_text
from inedit.store.tables import coded_texts as read_rows
from inedit.store.tables import codings as given_rows
from inedit.store.tables import verbatims as verbatim_rows

Kind = Literal["person", "model", "offline"]

OFFLINE = "offline"
"""The name under which the offline coder's decisions stand."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One code that a coder gave: the passage that carries it, and its confidence (0 to 1; None from a person)."""

    code: str
    span: Span
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CodedText:
    """All that one coder decided about one verbatim; no codings means that none applies.

    ``coder`` is a person's name, a model's id, or :data:`OFFLINE`. ``basis`` is a digest of what the coder knew.
    ``refused`` says what was not believed of a model's answer.
    """

    verbatim_id: str
    coder: str
    kind: Kind
    at: datetime
    codings: tuple[Coding, ...] = ()
    basis: str = ""
    response_id: str = ""
    refused: tuple[str, ...] = field(default=())

    @property
    def codes(self) -> frozenset[str]:
        """The codes that were given."""
        return frozenset(coding.code for coding in self.codings)


def keep(connection: Connection, coded: CodedText) -> None:
    """Keep a decision; what the same coder decided about the verbatim before is replaced."""
    at_verbatim = {"verbatim_id": coded.verbatim_id, "coder": coded.coder}
    row = {
        **at_verbatim, "kind": coded.kind, "at": utc_text(coded.at), "basis": coded.basis,
        "response_id": coded.response_id, "refused": json.dumps(coded.refused, ensure_ascii=False),
    }  # fmt: skip
    insert = insert_into(connection, read_rows).values(row)
    connection.execute(insert.on_conflict_do_update(index_elements=["verbatim_id", "coder"], set_=row))
    connection.execute(
        delete(given_rows).where(
            given_rows.c.verbatim_id == coded.verbatim_id, given_rows.c.coder == coded.coder
        )
    )
    rows = {
        coding.code: {
            **at_verbatim, "code": coding.code, "start": coding.span.start, "end": coding.span.end,
            "permille": None if coding.confidence is None else round(coding.confidence * 1000),
        }
        for coding in coded.codings
    }  # fmt: skip
    if rows:
        connection.execute(insert_into(connection, given_rows), list(rows.values()))


def keep_all(store: Store, coded: Iterable[CodedText]) -> int:
    """Keep decisions in one transaction; returns how many."""
    count = 0
    with store.write() as connection:
        for one in coded:
            keep(connection, one)
            count += 1
    return count


def coded_texts(
    store: Store,
    *,
    coder: str | None = None,
    kind: Kind | None = None,
    verbatim_ids: Collection[str] | None = None,
) -> tuple[CodedText, ...]:
    """What was decided, in the order of verbatims and coders, of verbatims that are still there."""
    query = select(read_rows).join(verbatim_rows, verbatim_rows.c.id == read_rows.c.verbatim_id)
    codings = select(given_rows)
    if coder is not None:
        query, codings = query.where(read_rows.c.coder == coder), codings.where(given_rows.c.coder == coder)
    if kind is not None:
        query = query.where(read_rows.c.kind == kind)
    if verbatim_ids is not None:
        query = query.where(read_rows.c.verbatim_id.in_(verbatim_ids))
        codings = codings.where(given_rows.c.verbatim_id.in_(verbatim_ids))
    found: dict[tuple[str, str], list[Coding]] = {}
    with store.read() as connection:
        for row in connection.execute(codings.order_by(given_rows.c.code)):
            confidence = None if row.permille is None else row.permille / 1000
            coding = Coding(row.code, Span(row.start, row.end), confidence)
            found.setdefault((row.verbatim_id, row.coder), []).append(coding)
        rows = connection.execute(query.order_by(verbatim_rows.c.seq, read_rows.c.coder)).all()
    return tuple(
        CodedText(
            row.verbatim_id, row.coder, row.kind, datetime.fromisoformat(row.at),
            tuple(found.get((row.verbatim_id, row.coder), ())), row.basis, row.response_id,
            tuple(json.loads(row.refused)),
        )
        for row in rows
    )  # fmt: skip


def read_by(store: Store, coder: str, basis: str) -> frozenset[str]:
    """The verbatims that a coder has read, knowing just this: nobody pays for them again."""
    query = select(read_rows.c.verbatim_id).where(read_rows.c.coder == coder, read_rows.c.basis == basis)
    with store.read() as connection:
        return frozenset(connection.execute(query).scalars())


def count_by_coder(store: Store) -> Mapping[tuple[str, str], int]:
    """How many verbatims each coder, by kind and name, has read."""
    query = select(read_rows.c.kind, read_rows.c.coder, func.count()).group_by(
        read_rows.c.kind, read_rows.c.coder
    )
    with store.read() as connection:
        rows = connection.execute(query.order_by(read_rows.c.kind, read_rows.c.coder)).all()
    return {(kind, coder): count for kind, coder, count in rows}


def labelled_by_people(store: Store, texts: Mapping[str, str]) -> tuple[Labelled, ...]:
    """What people decided, as examples: of several people, a code counts that most of them gave.

    ``texts`` are the verbatims by id.
    """
    votes: dict[str, list[frozenset[str]]] = {}
    for coded in coded_texts(store, kind="person"):
        if coded.verbatim_id in texts:
            votes.setdefault(coded.verbatim_id, []).append(coded.codes)
    return tuple(Labelled(texts[id], _majority(code_sets)) for id, code_sets in votes.items())


def effective_codes(decisions: Sequence[CodedText]) -> tuple[Coding, ...]:
    """What holds of one verbatim: what people decided where any did, else a model, else the offline coder."""
    for kind in ("person", "model", "offline"):
        of_kind = [one for one in decisions if one.kind == kind]
        if of_kind:
            agreed = _majority([one.codes for one in of_kind])
            firsts: dict[str, Coding] = {}
            for one in of_kind:
                for coding in one.codings:
                    firsts.setdefault(coding.code, coding)
            return tuple(firsts[code] for code in sorted(agreed))
    return ()


def _majority(code_sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """The codes that at least half of the coders gave."""
    every = frozenset().union(*code_sets)
    return frozenset(
        code for code in every if 2 * sum(code in codes for codes in code_sets) >= len(code_sets)
    )
