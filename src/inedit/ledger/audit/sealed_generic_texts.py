"""Generic texts held against the entries that charged them: the text, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from inedit.ledger.audit.sealed_rows import Records, details_of
from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.reading import BLOCK_ROWS
from inedit.store.seals import digest_of_answer
from inedit.store.tables import baselines, ledger_entries

_e, _b = ledger_entries.c, baselines.c
_IN_BLOCKS = {"yield_per": BLOCK_ROWS}


class _Paid(NamedTuple):
    """What an entry says of the text that it charged; its number is 0 for one that was there before sealing began."""

    entry: int
    digest: str
    campaign_id: str | None = None
    response_id: str | None = None


def generic_texts(connection: Connection, records: Records) -> Iterator[Violation]:
    """Each generic text is one that its entries were charged for, and each place that was paid for has one."""
    paid: dict[str, list[_Paid]] = {}
    query = select(_e.details, _e.seq, _e.campaign_id, _e.response_id).where(
        _e.kind == "call", _e.purpose == "baseline", _e.details.is_not(None)
    )
    for details, seq, campaign_id, response_id in connection.execute(query.execution_options(**_IN_BLOCKS)):
        sealed = details_of(details)
        place, digest = sealed.get("place"), sealed.get("answer")
        if isinstance(place, str) and isinstance(digest, str):
            paid.setdefault(place, []).append(_Paid(seq, digest, campaign_id, response_id))
    for own, digest in records.generic.items():
        paid.setdefault(_place(own), []).append(_Paid(0, digest))
    columns = (_b.prompt_sha, _b.model, _b.number, _b.text, _b.campaign_id, _b.response_id)
    kept = select(*columns).where(_b.text.is_not(None))
    for row in connection.execute(kept.execution_options(**_IN_BLOCKS)):
        text, campaign_id, response_id = row[3:]
        place = _place(tuple(row[:3]))
        entries = paid.pop(place, None)
        if entries is None:
            yield Violation("generic_text", place, "was put in by hand: no entry was charged for it")
            continue
        same = [one for one in entries if one.digest == digest_of_answer(text)]
        if not same:
            yield Violation("generic_text", place, "was edited: it is not the text that was charged for")
        elif not any(_is_of(one, campaign_id, response_id) for one in same):
            yield Violation(
                "generic_text", place,
                f"was edited: entry {same[0].entry} was charged for it to campaign {same[0].campaign_id} as"
                f" {same[0].response_id or 'an answer without an id'}",
            )  # fmt: skip
    for place in paid:
        yield Violation("generic_text", place, "is gone: an entry was charged for it")


def _is_of(paid: _Paid, campaign_id: str, response_id: str | None) -> bool:
    """Whether an entry was charged for this campaign and answer; an id that came twice has its number behind it."""
    if not paid.entry:
        return True
    charged = paid.response_id or ""
    return paid.campaign_id == campaign_id and (response_id or "") in (charged, charged.rpartition("~")[0])


def _place(own: tuple[Any, ...]) -> str:
    """A generic text as an entry names its place: of the digest, the model and the number."""
    return " ".join(("baseline", *map(str, own)))
