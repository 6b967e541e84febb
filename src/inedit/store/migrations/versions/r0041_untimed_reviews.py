"""How long the reviews that nobody timed take at least and at most, added up beside what is assumed for them.

``saving_sums`` is made anew with these two measures; the view ``finance_outcomes`` gets them as its last columns.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from inedit.store.migrations.versions.r0007_sums import BIG, BLOCK, Sums, saving_facts
from inedit.store.migrations.versions.r0020_human_time import OUTCOMES as OUTCOMES_BEFORE
from inedit.store.migrations.versions.r0020_human_time import SAVING_MEMOS, agency_share
from inedit.store.migrations.versions.r0020_human_time import SAVINGS as SAVINGS_BEFORE

revision = "0041"
down_revision = "0040"

UNTIMED = ("untimed_seconds_low", "untimed_seconds_high")
SAVINGS = Sums("saving_sums", "", SAVINGS_BEFORE.keys, (*SAVINGS_BEFORE.measures, *UNTIMED))
OUTCOMES = OUTCOMES_BEFORE.replace(
    " AS agency_share\n", f" AS agency_share,\n       {', '.join(UNTIMED)}\n", 1
)


def upgrade() -> None:
    """Make the sums and the view anew."""
    op.execute("DROP VIEW finance_outcomes")
    op.drop_table("saving_sums")
    op.create_table(
        "saving_sums",
        *(sa.Column(name, BIG if name == "review_seconds" else sa.Text(), nullable=False) for name in SAVINGS.keys),
        *(sa.Column(name, BIG, nullable=False) for name in SAVINGS.measures),
        sa.PrimaryKeyConstraint(*SAVINGS.keys, name="pk_saving_sums"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    _add_savings()
    op.execute(OUTCOMES)


def _add_savings() -> None:
    """Add up the memos that are there, a block at a time."""
    connection, last = op.get_bind(), 0
    columns = (*SAVINGS.keys, *SAVINGS.measures)
    add = sa.text(
        f"INSERT INTO saving_sums ({', '.join(columns)}) VALUES ({', '.join(f':{c}' for c in columns)})"  # noqa: S608
        f" {SAVINGS.grown}"
    )
    while rows := connection.execute(sa.text(SAVING_MEMOS), {"last": last, "n": BLOCK}).all():
        last = rows[-1].seq
        connection.execute(
            add, [{**saving_facts(row), "agency_share": agency_share(row), **_untimed(row)} for row in rows]
        )


def _untimed(row: Any) -> dict[str, int]:
    """What a memo adds: a saving whose review is assumed that review's range; the first review of its piece takes it
    back."""
    told = json.loads(row.details or "{}")
    basis = told if row.purpose == "saving" else json.loads(row.basis or "{}") if "saving" in told else {}
    baseline, sign = basis.get("baseline"), 0
    if baseline and not basis.get("spent_is_measured"):
        sign = 1 if row.purpose == "saving" else -int(row.purpose == "review" and bool(row.is_first))
    minutes = (baseline or {}).get("review_minutes", {})
    return {
        name: sign * round(Decimal(minutes[end]) * 60) if sign else 0
        for name, end in zip(UNTIMED, ("low", "high"), strict=True)
    }
