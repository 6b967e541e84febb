"""People code: which verbatim is next for whom, and what somebody decides about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from inedit.insight_loop.coding.agreement import Agreement, agreement
from inedit.insight_loop.coding.codings import CodedText, Coding, coded_texts, keep_all
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.model.errors import WrongInput
from inedit.store import Store
from inedit.store.tables import coded_texts as read_rows
from inedit.store.tables import verbatims

MOST_COMPARED = 5_000
"""Texts that people coded on which agreement is measured, the newest ones."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one coder: the id of the next verbatim, empty when nothing does, and how many wait in all."""

    next: str
    waiting: int


def queue_of(
    store: Store, coder: str, *, place: str = "", after: str = "", second: bool = False
) -> Queue:  # fmt: skip
    """Verbatims that no person has coded yet, in the order of their import; ``second``: those that other people have
    coded and this one has not, so that agreement can be measured. Behind ``after``, and from the start again once
    there is nothing behind it."""
    by_people = select(read_rows.c.verbatim_id).where(read_rows.c.kind == "person")
    wanted: list[ColumnElement[bool]] = [verbatims.c.id.not_in(by_people)]
    if second:
        by_me = by_people.where(read_rows.c.coder == coder)
        wanted = [verbatims.c.id.in_(by_people), verbatims.c.id.not_in(by_me)]
    if place:
        wanted.append(verbatims.c.place_id == place)
    with store.read() as connection:
        waiting = connection.execute(select(func.count()).select_from(verbatims).where(*wanted)).scalar_one()
        seq = connection.execute(select(verbatims.c.seq).where(verbatims.c.id == after)).scalar() or 0
        first = select(verbatims.c.id).where(*wanted).order_by(verbatims.c.seq).limit(1)
        found = (
            connection.execute(first.where(verbatims.c.seq > seq)).scalar()
            or connection.execute(first.where(verbatims.c.id != after)).scalar()
        )
    return Queue(found or "", int(waiting))


def code_by_hand(
    store: Store, codes: Collection[str], verbatim: Verbatim, by: str, passages: Mapping[str, Span | None],
    now: datetime,
) -> CodedText:  # fmt: skip
    """Keep what a person decides: each code with the passage that carries it, None for the whole text; no codes say
    that none applies. It takes the place of what the same person decided before.

    Raises :class:`~.errors.WrongInput` for a code that the book does not have, and for a name under which a
    machine codes.
    """
    if unknown := [name for name in passages if name not in codes]:
        raise WrongInput(f"The code book has no code '{unknown[0]}'. It has: {', '.join(codes)}.")
    whole = Span(0, len(verbatim.text))
    spans = {name: span or whole for name, span in passages.items()}
    if _is_a_machine(store, by):
        raise WrongInput(f"'{by}' is the name of a machine that codes: decide under your own.")
    decided = CodedText(
        verbatim.id, by, "person", now, tuple(Coding(name, span) for name, span in spans.items())
    )
    keep_all(store, [decided])
    return decided


def agreement_with_people(store: Store, codes: Collection[str]) -> tuple[Agreement, ...]:
    """How far coders agree on the texts that people have coded: people with one another, and machines with them."""
    ids = tuple(dict.fromkeys(one.verbatim_id for one in coded_texts(store, kind="person")))[-MOST_COMPARED:]
    decisions: dict[str, dict[str, frozenset[str]]] = {}
    for one in coded_texts(store, verbatim_ids=ids):
        decisions.setdefault(one.coder, {})[one.verbatim_id] = one.codes
    return agreement(decisions, codes)


def span_as_shown(text: str, start: int, end: int) -> Span:
    """The passage between two positions of a text as a browser's field counts them: a line break of two characters
    counts as one there. Raises :class:`~.errors.WrongInput` when it does not lie in the text."""
    shown = [
        index for index in range(len(text)) if index == 0 or text[index - 1 : index + 1] != "\r\n"
    ] + [len(text)]  # fmt: skip
    if not 0 <= start < end < len(shown):
        raise WrongInput("A passage does not lie in the text.")
    return Span(shown[start], shown[end])


def shown_span(text: str, span: Span) -> tuple[int, int]:
    """The reverse of :func:`span_as_shown`."""
    start, end = (at - text.count("\r\n", 0, at) for at in (span.start, span.end))
    return start, end


def _is_a_machine(store: Store, name: str) -> bool:
    known = select(read_rows.c.coder).where(read_rows.c.coder == name, read_rows.c.kind != "person").limit(1)
    with store.read() as connection:
        return connection.execute(known).first() is not None
