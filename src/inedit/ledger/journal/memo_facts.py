"""What memos say, as figures that can be added up: by the baseline and the day on which a piece was accepted.

They stand in the sums that a report reads (:data:`inedit.store.rollups.SAVINGS`), added in the transaction that writes
the memo. What a memo says is inside JSON, so the database cannot do this by itself as it does for entries and drafts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import starmap
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, select

from inedit.brand.schema import DEFAULT_AGENCY_SHARE
from inedit.ledger.journal.reading import BLOCK_ROWS, Scope
from inedit.ledger.pricing.money import round_half_even
from inedit.store import insert_for
from inedit.store.prepared import Prepared
from inedit.store.rollups import SAVINGS
from inedit.store.seals import RECORDS
from inedit.store.tables import ledger_entries

SAVING = "saving"
"""Purpose of the memo that an accepted piece gets."""

REVIEW = "review"
"""Purpose of the memo that puts measured minutes in the place of those assumed or measured before."""

REINVESTED = "reinvested"
"""Purpose of the memo of what a team put back into creative work; it saves nothing itself."""

HUMAN_REVIEW = "human review"
"""Purpose of the memo of who reviewed a piece for what; it saves nothing itself."""

Facts = Mapping[str, Any]
"""A value for each key and measure of :data:`~inedit.store.rollups.SAVINGS`."""

_e = ledger_entries.c
_KEY_OF, _MEASURES_OF = itemgetter(*SAVINGS.keys), itemgetter(*SAVINGS.measures)


_saving, _before = ledger_entries.alias(), ledger_entries.alias()


def _same_piece(other: Any) -> ColumnElement[bool]:
    piece_columns = ("campaign_id", "spec_key", "edition")
    return and_(other.c.kind == "memo", *(other.c[column] == _e[column] for column in piece_columns))


_reviewed = (
    select(_before.c.seq)
    .where(_same_piece(_before), _before.c.purpose == REVIEW, _before.c.seq < _e.seq)
    .exists()
)
_MEMOS = (
    select(
        _e.period, _e.campaign_id, _e.currency, _e.purpose, _e.details, _saving.c.details.label("basis"),
        _saving.c.occurred_at, case((_reviewed, 0), else_=1).label("is_first"),
    )
    .select_from(ledger_entries.outerjoin(_saving, and_(_same_piece(_saving), _saving.c.purpose == SAVING)))
    .where(_e.kind == "memo", _e.purpose.not_in(RECORDS))
    .order_by(_e.seq)
    .execution_options(yield_per=BLOCK_ROWS)
)  # fmt: skip
"""Built once: to put it together takes ten times as long as to run it for one memo."""
_MEMOS_SINCE = Prepared(_MEMOS.where(_e.seq >= bindparam("first")))


def read_facts(connection: Connection, wanted: ColumnElement[bool]) -> Iterator[Facts]:
    """The facts of the memos that a condition on entries chooses, one memo after the other."""
    with connection.execute(_MEMOS.where(wanted)) as rows:
        yield from starmap(_facts, map(tuple, rows))


def _facts(
    period: str, campaign_id: str | None, currency: str | None, purpose: str, details: str | None,
    basis: str | None, accepted_at: str | None, is_first: int,
) -> Facts:  # fmt: skip
    recorded = _told(details or "{}")
    saving, review, back = (purpose == one for one in (SAVING, REVIEW, REINVESTED))
    basis = details if saving else basis if "saving" in recorded else None
    held_against, assumed, review_span = _held_against(basis or "{}")
    timed = (
        review and is_first and "saving" in recorded
    )  # the first review of a piece takes the place of what was assumed
    untimed = (int(saving) - int(timed)) if assumed else 0
    return {
        "period": period, "campaign_id": campaign_id or "", "currency": currency or "",
        **held_against,
        "hourly_rate": held_against["hourly_rate"] or str(recorded.get("hourly_rate", "")),
        "since": (accepted_at or "")[:10] if basis else "",
        "pieces": int(saving), "work_seconds": recorded["work_seconds"][1] if saving else 0,
        "measured_pieces": int(timed and assumed if review else saving and not assumed),
        "measured_seconds": recorded["measured_seconds"] if review else 0,
        "reinvestments": int(back), "reinvested_seconds": recorded["reinvested_seconds"] if back else 0,
        "untimed_seconds_low": untimed * review_span[0], "untimed_seconds_high": untimed * review_span[1],
    }  # fmt: skip


@lru_cache(maxsize=1000)
def _told(details: str) -> Facts:
    """What a memo says; that of pieces of one baseline is the same text."""
    recorded: Facts = json.loads(details)
    return recorded


@lru_cache(maxsize=1000)
def _held_against(basis: str) -> tuple[Facts, bool, tuple[int, int]]:
    """What the baseline of a saving says, whether its review was assumed, and the least and most seconds of one."""
    recorded = json.loads(basis)
    baseline = recorded.get("baseline", {})
    agency_price = str(baseline.get("agency_price") or "")
    minutes = baseline.get("review_minutes") or dict.fromkeys(("low", "expected", "high"), 0)
    low, expected, high = (round_half_even(Decimal(minutes[end]) * 60) for end in ("low", "expected", "high"))
    return (
        {
            "hourly_rate": str(baseline.get("hourly_rate") or ""),
            "agency_price": agency_price,
            "agency_share": str(baseline.get("agency_share") or DEFAULT_AGENCY_SHARE) if agency_price else "",
            "review_seconds": expected,
            "days_to_market": str(baseline.get("days_to_market") or ""),
        },
        not recorded.get("spent_is_measured"),
        (low, high),
    )


def keep_facts(connection: Connection, first_seq: int) -> None:
    """Add the facts of memos that were just written, from an entry on. The caller holds the ledger's lock."""
    facts = add_up(starmap(_facts, _MEMOS_SINCE.all(connection, {"first": first_seq})))
    if facts:
        _add_to_sums(connection.dialect.name).run(connection, *facts)


@cache
def _add_to_sums(dialect: str) -> Prepared:
    """To put the statement together takes longer than to run it."""
    add = insert_for(dialect, SAVINGS.kept)
    grown = {name: SAVINGS.kept.c[name] + add.excluded[name] for name in SAVINGS.measures}
    return Prepared(add.on_conflict_do_update(index_elements=SAVINGS.keys, set_=grown))


def add_up(facts: Iterable[Facts]) -> list[Facts]:
    """The same facts with those of equal keys made one."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for one in facts:
        total = sums.setdefault(_KEY_OF(one), [0] * len(SAVINGS.measures))
        for place, value in enumerate(_MEASURES_OF(one)):
            total[place] += value
    return [
        dict(zip((*SAVINGS.keys, *SAVINGS.measures), (*key, *total), strict=True))
        for key, total in sums.items()
    ]


def saving_rollups(connection: Connection, scope: Scope) -> list[Facts]:
    """What the memos of a scope add up to: of a run, its memos; of everything else, the sums that are kept."""
    if scope.run_id is not None:
        return add_up(read_facts(connection, scope.entries()))
    keys = [SAVINGS.kept.c[name] for name in SAVINGS.keys if name != "period"]
    sums = [func.sum(SAVINGS.kept.c[name]).label(name) for name in SAVINGS.measures]
    query = select(*keys, *sums).where(scope.of(SAVINGS.kept.c)).group_by(*keys)
    return [
        {**row, **{name: int(row[name]) for name in SAVINGS.measures}}
        for row in connection.execute(query).mappings()
    ]
