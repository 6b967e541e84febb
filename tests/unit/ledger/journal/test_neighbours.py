"""What the books say of one thing does not hang on what else is in them.

The same calls, corrections, memos and reviews are written twice: alone, and among others that differ in one thing
(another campaign, language, model, revision …), some sorted before and some after it. Whatever is asked of the one, the
answer is the same, and the others' own entries are told apart from it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fakes.ledger import Clock, a_baseline
from inedit.ledger import Call, Ledger, Limit
from inedit.ledger.journal.human_reviews import human_reviews, reviewed_pieces
from inedit.ledger.journal.memo_facts import saving_rollups
from inedit.ledger.journal.reading import Scope, added_up, entries_of_piece
from inedit.ledger.pricing.contract_prices import Rate
from inedit.model import LedgerEntry, Piece, Status, Usage, VariantSpec, Verdict
from inedit.store import Store, open_store
from inedit.store.rollups import ENTRIES
from inedit.store.seals import seal_piece
from inedit.store.tables import pieces

RATES = tuple(
    Rate(base="USD", quote="EUR", rate=Decimal(rate), valid_from=date(2026, month, 1), source="s")
    for rate, month in ((2, 1), (3, 11), (5, 12))
)
LIMITS = tuple(Limit(scope, 10**9, "EUR", hard=False) for scope in ("run", "campaign", "month"))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Subject:
    """A variant, who wrote it in which run, and when."""

    run: str = "run-m"
    campaign: str = "march"
    channel: str = "mail"
    language: str = "it"
    index: int = 5
    revision: int = 5
    provider: str = "openai"
    model: str = "gpt-5-mini"
    month: int = 11

    @property
    def spec(self) -> VariantSpec:
        return VariantSpec(self.campaign, self.channel, "parents", self.language, "warm", self.index)

    def call(self, attempt: int = 1, purpose: str = "draft", candidates: int = 1) -> Call:
        return Call.for_variant(
            self.spec, purpose=purpose, provider=self.provider, model=self.model, run_id=self.run, attempt=attempt,
            revision_number=self.revision, candidates=candidates,
        )  # fmt: skip


ONE = Subject()


def _with_key(before: bool) -> Subject:
    """A variant whose key, which is a digest, sorts before or after."""
    others = (replace(ONE, index=index, channel="web") for index in range(50))
    return next(other for other in others if (other.spec.key < ONE.spec.key) is before)


OTHERS: dict[str, tuple[Subject, Subject]] = {
    "run": (replace(ONE, run="run-a", index=4), replace(ONE, run="run-z", index=6)),
    "campaign": (replace(ONE, campaign="april", run="run-a"), replace(ONE, campaign="may", run="run-z")),
    "channel": (replace(ONE, channel="banner"), replace(ONE, channel="web")),
    "language": (replace(ONE, language="de"), replace(ONE, language="pl")),
    "variant": (_with_key(before=True), _with_key(before=False)),
    "revision": (replace(ONE, revision=1), replace(ONE, revision=9)),
    "provider": (replace(ONE, provider="azure", index=4), replace(ONE, provider="zai", index=6)),
    "model": (replace(ONE, model="gpt-4.1-mini", index=4), replace(ONE, model="gpt-5-nano", index=6)),
    "month": (replace(ONE, month=10, index=4), replace(ONE, month=12, index=6)),
}
SAME_CELL = ("run", "variant", "revision", "provider", "model", "month")
"""What has the same channel and language counts as the first text of its cell, if it comes first."""


def begin(ledger: Ledger, clock: Clock, of: Subject, tokens: int = 900) -> LedgerEntry:
    """Two drafts, a judge's call and a memo of what was saved; the accepted piece lies in the archive."""
    clock.turn_to(2026, of.month, 5)
    name = f"{of}"
    first = _pay(ledger, of.call(), tokens, f"{name}-1", "cut")
    _pay(ledger, of.call(2), tokens + 100, f"{name}-2", "answered")
    _pay(ledger, of.call(3, "judge"), 40, f"{name}-3", "refused")
    _pay(ledger, of.call(4, candidates=2), 70, f"{name}-4", "cut")
    with ledger.store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{of.spec.key}-{of.revision}", run_id=of.run, campaign_id=of.campaign, spec_key=of.spec.key,
                edition=of.revision, brief_sha="b", scope="s", status="accepted", spec="{}", parts="{}", text="",
                verdict="{}", attempts=1, created_at=f"2026-{of.month}-{of.revision + 1:02}T09:00:00.000Z",
            )
        )  # fmt: skip
        seal_piece(connection, f"{of.spec.key}-{of.revision}", now=clock())
    ledger.record_saving(
        of.spec, a_baseline(of.language, of.channel), run_id=of.run, revision_number=of.revision
    )
    return first


def go_on(ledger: Ledger, clock: Clock, of: Subject, first: LedgerEntry, minutes: int = 3) -> None:
    """The first call is corrected, an amount is billed for it, people spend minutes, a call stays under way."""
    clock.turn_to(2026, of.month, 9)
    ledger.correct(first.id, 700 + minutes, "USD", "invoice")
    ledger.adjust(of.call(), minutes, "USD", occurred_at=clock(), source="s", reason="r")
    for spent in (minutes, 2 * minutes):
        ledger.record_review(of.spec, Decimal(spent), by="Ada", run_id=of.run, revision_number=of.revision)
    ledger.record_reinvested(Decimal(minutes), by="Ada", campaign_id=of.campaign)
    ledger.doubt(ledger.reserve(of.call(5), 100 * minutes, 10), "lost")
    piece = Piece(f"{of.spec.key}-{of.revision}", of.run, of.spec, Status.ACCEPTED, {}, Verdict(), 1)
    for checked in (("accuracy",), ("accuracy", "plausibility", "sources")):
        with ledger.transaction() as connection:
            ledger.record_human_review(
                piece, by="Ada", checked=checked, seconds=60 * minutes, decision="approved", at=clock(),
                currency="EUR", connection=connection,
            )  # fmt: skip


def _pay(ledger: Ledger, call: Call, tokens: int, response: str, outcome: str) -> LedgerEntry:
    reservation = ledger.reserve(call, tokens, 60)
    usage = Usage(call.model, tokens, 30, 50, 0, tokens / 100)
    return ledger.settle(reservation, usage, response, outcome=outcome)


def told(ledger: Ledger, of: Subject, about: str) -> dict[str, Any]:
    """Everything that can be asked of a subject, by what it is told apart by."""
    key, month = of.spec.key, f"2026-{of.month}"
    scopes = {"run": Scope(of.run), "campaign": Scope(campaign_id=of.campaign), "month": Scope(period=month)}
    history = ledger.history
    with ledger.store.read() as connection:
        booked = [
            (one.kind, one.purpose, one.cost_micros, one.saved_seconds_expected, one.saved_micros_low,
             one.occurred_at[:10], one.attempt, one.outcome)
            for one in entries_of_piece(connection, of.campaign, key, of.revision)
        ]  # fmt: skip
        answers: dict[str, Any] = {
            "booked": booked,
            "outcomes": history.draft_outcomes(of.campaign, key, of.revision),
            "minutes": history.minutes_saved(of.campaign)[key, of.revision],
            "cost": ledger.piece_costs(campaign_id=of.campaign)[key, of.revision],
            "read by people": {
                (one.reviewed_by, one.seconds, one.reviewed_at[:10], one.checked)
                for one in human_reviews(ledger.store, [f"{key}-{of.revision}"])
            },
        }
        if about in ("provider", "model"):
            for candidates in (1, 2):
                answers[f"means of {candidates}"] = history.mean_usage(
                    provider=of.provider, model=of.model, candidates=candidates
                )
        if about in scopes:
            scope = scopes[about]
            given = {"run": "run_id", "campaign": "campaign_id", "month": "period"}[about]
            asked = {given: getattr(scope, given)}
            answers["sums"] = [tuple(row) for row in added_up(connection, ENTRIES, scope, ("purpose",))]
            answers["memos"] = [sorted(one.items()) for one in saving_rollups(connection, scope)]
            answers["reviewed"] = reviewed_pieces(connection, scope)
            answers["entries"] = [(one.kind, one.purpose, one.cost_micros) for one in ledger.entries(scope)]
            answers["budget"] = [replace(one, limit=LIMITS[0]) for one in ledger.budgets(**asked)]
        if about == "run":
            answers["pending"] = [(one.state, one.estimate_micros) for one in ledger.pending(of.run)]
    return answers


@pytest.fixture
def books(tmp_path: Path, empty_database: Path) -> Iterator[Callable[[], tuple[Ledger, Clock]]]:
    """Makes a ledger on a new database, with its clock."""
    opened: list[Store] = []

    def new() -> tuple[Ledger, Clock]:
        path = shutil.copy(empty_database, tmp_path / f"{len(opened)}.db")
        opened.append(open_store(f"sqlite:///{path}"))
        clock = Clock(datetime(2026, 10, 1, tzinfo=UTC))
        return Ledger(opened[-1], clock=clock, limits=LIMITS, rates=RATES), clock

    yield new
    for store in opened:
        store.close()


@pytest.mark.parametrize("about", list(OTHERS))
def test_what_is_told_of_one_is_the_same_among_others(
    books: Callable[[], tuple[Ledger, Clock]], about: str
) -> None:
    """In money, minutes, outcomes, reviews and budgets; and each of the others has its own."""
    alone, clock = books()
    first = begin(alone, clock, ONE)
    go_on(alone, clock, ONE, first)
    clock.turn_to(2026, 12, 20)
    wanted = told(alone, ONE, about)
    assert all(wanted.values()), "each of these questions has an answer"

    crowded, clock = books()
    firsts: dict[Subject, LedgerEntry] = {}
    order = [ONE, *OTHERS[about]] if about in SAME_CELL else [*OTHERS[about], ONE]
    for number, subject in enumerate(order):
        firsts[subject] = begin(crowded, clock, subject, 900 if subject == ONE else 2000 + number)
    for number, subject in enumerate([OTHERS[about][0], ONE, OTHERS[about][1]]):
        go_on(crowded, clock, subject, firsts[subject], 3 if subject == ONE else 11 + number)
    clock.turn_to(2026, 12, 20)
    assert told(crowded, ONE, about) == wanted
    for other in OTHERS[about]:
        own = told(crowded, other, about)
        assert own["cost"] != wanted["cost"]
        assert own["minutes"] != wanted["minutes"]
        assert own["outcomes"] == wanted["outcomes"]
    assert crowded.verify().holds
