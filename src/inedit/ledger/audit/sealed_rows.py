"""Rows that people could change, held against what the chain says of them: calls set aside, and answers.

What was there before sealing began is held as it was found then (:data:`inedit.store.seals.OPENING`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, and_, select

from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.journal.reading import BLOCK_ROWS
from inedit.store.seals import (
    APPROVAL,
    CLOSING,
    DOUBT,
    ERASURE,
    LINKED,
    OPENING,
    VOID,
    closed_digest,
    digest_of_answer,
    link_of_values,
)
from inedit.store.tables import attempts, ledger_entries, reservations

_e, _r, _a = ledger_entries.c, reservations.c, attempts.c
_IN_BLOCKS = {"yield_per": BLOCK_ROWS}
_NO_MORE = (math.inf, "")
_IS_DRAFT = and_(_e.kind == "call", _e.purpose == "draft")
_SAME_ATTEMPT = and_(
    _a.campaign_id == _e.campaign_id, _a.spec_key == _e.spec_key, _a.edition == _e.edition, _a.attempt == _e.attempt
)  # fmt: skip


@dataclass(slots=True)
class Records:
    """What memos say of rows that are few, and of those that were there before sealing began."""

    opened: int = 0  # number of the last memo of the opening; entries behind it seal what they belong to
    since: str = ""
    existed: dict[str, int] = field(default_factory=dict)
    generic: dict[tuple[Any, ...], str] = field(default_factory=dict)
    voided: dict[str, str] = field(default_factory=dict)
    first_link: tuple[int, str] | None = None
    doubts: dict[str, str] = field(default_factory=dict)
    closings: dict[str, tuple[int, Any]] = field(default_factory=dict)
    approvals: dict[tuple[Any, ...], tuple[int, Any]] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)


def read_records(connection: Connection) -> Records:
    """All of them but those of pieces, which are as many as the pieces."""
    found = Records()
    query = select(_e.seq, _e.purpose, _e.recorded_at, _e.details).where(
        _e.kind == "memo", _e.purpose.in_((OPENING, CLOSING, APPROVAL, DOUBT))
    )
    for row in connection.execute(query.order_by(_e.seq).execution_options(**_IN_BLOCKS)):
        try:
            details = json.loads(row.details)
            match row.purpose:
                case "opening":
                    _existed(found, row, details)
                case "doubt":
                    found.doubts[details["of"]] = details["reason"]
                case "closing":
                    if details.get("existed"):
                        found.existed["closings"] = found.existed.get("closings", 0) + 1
                    found.closings[details["month"]] = (row.seq, details)
                case _:
                    found.approvals[tuple(details["of"])] = (row.seq, details)
        except (ValueError, LookupError, TypeError, AttributeError):
            found.unreadable.append(row.seq)
    return found


def _existed(found: Records, row: Any, details: Any) -> None:
    if details["of"] == "drafts":  # sealed later than the rest, and read where they are checked
        found.existed["drafts"] = found.existed.get("drafts", 0) + len(details["rows"])
        return
    found.opened, found.since = row.seq, found.since or row.recorded_at
    of = details["of"]
    if of == "reservations":
        found.first_link = (details["number"], details["hash"])
        found.existed[of] = details["number"]
        return
    found.existed[of] = found.existed.get(of, 0) + len(details["rows"])
    if of == "baselines":
        found.generic.update((tuple(own), digest) for own, digest in details["rows"])
    elif of == "voided":
        found.voided.update((own, digest) for own, digest in details["rows"])


def answers(connection: Connection, records: Records) -> Iterator[Violation]:
    """Each answer is the text that an entry was charged for, and each such text is there."""
    query = (
        select(_a.id, _a.spec_key, _a.edition, _a.attempt, _a.raw, _e.seq, _e.details)
        .select_from(attempts.outerjoin(ledger_entries, and_(_SAME_ATTEMPT, _IS_DRAFT)))
        .order_by(_a.id, _e.seq)
    )
    existed, erased = _existed_answers(connection, records), _erased(connection)
    own, digest = next(existed, _NO_MORE)
    rows = connection.execute(query.execution_options(**_IN_BLOCKS))
    for answer, group in groupby(map(tuple, rows), key=itemgetter(0)):
        while own < answer:
            yield Violation(
                "answer", f"answer number {own}", f"is gone since it was sealed on {records.since[:10]}"
            )
            own, digest = next(existed, _NO_MORE)
        paid = list(group)  # of two that were paid for one attempt, one is kept
        _, spec_key, edition, attempt, raw, *_ = paid[0]
        where, actual = f"answer {attempt} of piece {spec_key}-{edition}", digest_of_answer(raw or "")
        actual = erased.get((answer, actual), actual)
        if own == answer:
            if raw is None or actual != digest:
                yield Violation("answer", where, f"was edited since it was sealed on {records.since[:10]}")
            own, digest = next(existed, _NO_MORE)
            continue
        digests = {sealed: seq for *_, seq, details in paid if (sealed := text_in(details, "answer"))}
        if not digests and raw is not None:
            yield Violation("answer", where, "was put in by hand: no entry was charged for it")
        elif digests and actual not in digests:
            entry = max(digests.values())
            yield Violation(
                "answer", where, f"was edited: it is not the text that entry {entry} was charged for"
            )
    for lost, _ in chain([(own, digest)] if own != _NO_MORE[0] else [], existed):
        yield Violation(
            "answer", f"answer number {lost}", f"is gone since it was sealed on {records.since[:10]}"
        )
    there = select(_a.id).where(_SAME_ATTEMPT).exists()
    gone = select(_e.seq, _e.spec_key, _e.edition, _e.attempt).where(
        _IS_DRAFT, _e.details.contains('"answer":'), ~there
    )
    for orphan in connection.execute(gone.order_by(_e.seq)):
        where = f"answer {orphan.attempt} of piece {orphan.spec_key}-{orphan.edition}"
        yield Violation("answer", where, f"is gone: entry {orphan.seq} was charged for it")


def _erased(connection: Connection) -> dict[tuple[int, str], str]:
    """What answers were charged for from which somebody's words were taken out since, by number and digest of today."""
    found: dict[tuple[int, str], str] = {}
    query = select(_e.details).where(_e.kind == "memo", _e.purpose == ERASURE).order_by(_e.seq)
    for details in map(details_of, connection.execute(query).scalars()):
        if details.get("of") == "attempts":
            own = details["row"]
            found[own, details["answer"]] = found.get((own, details["was"]), details["was"])
    return found


def _existed_answers(connection: Connection, records: Records) -> Iterator[tuple[float, str]]:
    """Number and digest of each answer that was there before sealing began, in the order of their numbers."""
    if not records.existed.get("attempts"):
        return
    query = select(_e.details).where(_e.kind == "memo", _e.purpose == OPENING, _e.seq <= records.opened)
    blocks = connection.execute(query.order_by(_e.seq).execution_options(yield_per=10)).scalars()
    for block in map(details_of, blocks):
        if block.get("of") == "attempts":
            yield from ((own, digest) for own, digest in block["rows"])


@dataclass(slots=True)
class _SetAside:
    """A reservation, and the entry that closed it, if one did. In the order of :data:`_SET_ASIDE`."""

    id: str
    number: int | None
    hash: str | None
    state: str
    closed_at: str | None
    reason: str | None
    entry: int | None
    entry_id: str | None
    kind: str | None
    purpose: str | None
    told: str | None
    recorded_at: str | None
    note: str | None


_SET_ASIDE = (
    _r.id, _r.number, _r.hash, _r.state, _r.closed_at, _r.reason, _e.seq, _e.id, _e.kind, _e.purpose, _e.details,
    _e.recorded_at, _e.note,
)  # fmt: skip


def set_aside(connection: Connection, records: Records) -> Iterator[Violation]:
    """Calls are numbered without gaps, each as it was set aside, and closed only by an entry of the chain."""
    query = (
        select(*(_r[name] for name in LINKED), *_SET_ASIDE)
        .select_from(reservations.outerjoin(ledger_entries, _e.reservation_id == _r.id))
        .order_by(_r.number)
    )
    number, before = 0, ""
    for values in map(tuple, connection.execute(query.execution_options(**_IN_BLOCKS))):
        row = _SetAside(*values[len(LINKED) :])
        if row.number is None:
            yield Violation("reservation", f"reservation {row.id}", "was put in by hand: it has no number")
        else:
            if row.number != number + 1:
                gap = f"reservation number {number + 1}"
                yield Violation("reservation", gap, "is missing: a call that was set aside was removed")
            elif link_of_values((*values[: len(LINKED)], before)) != row.hash:
                yield Violation(
                    "reservation", f"reservation {row.id}",
                    "was edited, or one before it was: what was set aside does not match its hash",
                )  # fmt: skip
            number, before = row.number, row.hash or ""
            if records.first_link and records.first_link[0] == number and records.first_link[1] != before:
                yield Violation(
                    "reservation", f"reservation {row.id}",
                    f"is not the one that was sealed on {records.since[:10]}",
                )  # fmt: skip
        if (message := _ended(row, records)) is not None:
            where = f"entry {row.entry} ({row.entry_id})" if message.startswith("has a ") else ""
            yield Violation("reservation", where or f"reservation {row.id}", message)
    if records.first_link and number < records.first_link[0]:
        yield Violation("reservation", f"reservation number {number + 1}", "is missing: it was removed")
    orphans = (
        select(_e.seq, _e.id)
        .select_from(ledger_entries.outerjoin(reservations, _e.reservation_id == _r.id))
        .where(_e.reservation_id.is_not(None), _r.id.is_(None))
    )
    for seq, entry_id in connection.execute(orphans):
        yield Violation("reservation", f"entry {seq} ({entry_id})", "has a reservation that is missing")


def _ended(row: _SetAside, records: Records) -> str | None:
    """What is wrong with how a call ended, if anything is."""
    if row.entry is not None and row.kind == "call":
        return _charged(row, row.entry, records)
    if row.entry is not None and row.purpose == VOID and row.state != "voided":
        return f"is {row.state} again, though entry {row.entry} gave it back"
    if row.state == "voided":
        sealed = records.voided.get(row.id) if row.entry is None else details_of(row.told).get("digest")
        return _given_back(row, sealed)
    if row.state == "settled":
        return "was settled, but its entry is missing"
    if records.doubts.get(row.id) != (row.reason if row.state == "possibly_billed" else None):
        return f"is {row.state}, and was not recorded so: its state or its reason was edited"
    return None


def _given_back(row: _SetAside, sealed: str | None) -> str | None:
    """The same of a call that was given back."""
    if sealed is None:
        return "was closed by hand: no entry says that what was set aside was given back"
    ended = {"id": row.id, "state": row.state, "closed_at": row.closed_at, "reason": row.reason}
    return None if sealed == closed_digest(ended) else "was edited after it was given back"


def _charged(row: _SetAside, entry: int, records: Records) -> str | None:
    """The same of a call that an entry was charged for."""
    if row.state != "settled":
        return f"has a reservation that is {row.state}"
    details = details_of(row.told)
    if "reservation" not in details:
        by_hand = "has a reservation that it does not seal: the entry was written by hand"
        return by_hand if entry > records.opened else None
    if details["reservation"] != row.hash:
        return f"was edited: entry {entry} seals another one"
    if entry > records.opened and not (row.closed_at == row.recorded_at and _why_closed(row, records)):
        return f"was edited after entry {entry} charged it: when it was closed, or why"
    return None


def _why_closed(row: _SetAside, records: Records) -> bool:
    """Whether the reason is that of the statement's entry, or of the doubt that there was before the answer."""
    reason = row.reason or ""
    if row.purpose == ADJUSTMENT:
        return (row.note or "").startswith(reason)
    return reason == (records.doubts.get(row.id) or "")


def details_of(details: str | None) -> dict[str, Any]:
    """What the details of an entry say; nothing where they cannot be read."""
    try:
        found = from_json(details or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def text_in(details: str | None, name: str) -> str:
    """What the details say under a name, if it is a text."""
    found = details_of(details).get(name)
    return found if isinstance(found, str) else ""
