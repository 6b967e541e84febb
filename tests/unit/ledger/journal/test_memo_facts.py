"""What each kind of memo adds to the sums that reports read, field by field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fakes.ledger import Clock, a_baseline, a_spec
from inedit.brand.schema import Baseline
from inedit.ledger import Ledger
from inedit.ledger.journal.memo_facts import add_up, read_facts, saving_rollups
from inedit.ledger.journal.reading import Scope
from inedit.model import Piece, Status, Verdict

NOTHING: dict[str, Any] = {
    "period": "2026-11", "campaign_id": "", "currency": "", "hourly_rate": "", "agency_price": "", "agency_share": "",
    "review_seconds": 0, "days_to_market": "", "since": "", "pieces": 0, "work_seconds": 0, "measured_pieces": 0,
    "measured_seconds": 0, "reinvestments": 0, "reinvested_seconds": 0, "untimed_seconds_low": 0,
    "untimed_seconds_high": 0,
}  # fmt: skip
OF_SPRING = NOTHING | {"campaign_id": "spring", "currency": "EUR", "hourly_rate": "48"}
HELD_AGAINST = OF_SPRING | {"review_seconds": 600, "since": "2026-11-22"}
UNTIMED = {"untimed_seconds_low": 300, "untimed_seconds_high": 900}
TIMED_SINCE = {"untimed_seconds_low": -300, "untimed_seconds_high": -900}
"""What nobody has timed takes five to fifteen minutes; a first review takes that back."""
AGENCY = {"agency_price": "120", "agency_share": "0.25", "days_to_market": "14"}


def baseline(**more: str) -> Baseline:
    """An hour to write, twenty minutes to adapt, ten to review, at 48 EUR an hour; with what is told of agencies."""
    return Baseline.model_validate(a_baseline().model_dump(mode="json") | more)


def facts(ledger: Ledger) -> list[dict[str, Any]]:
    with ledger.store.read() as connection:
        return [dict(one) for one in read_facts(connection, Scope().entries())]


def review(ledger: Ledger, minutes: int, index: int = 0, **more: object) -> None:
    ledger.record_review(a_spec(index), Decimal(minutes), by="Ana", run_id="run-1", **more)  # type: ignore[arg-type]


def test_a_piece_whose_review_is_assumed_is_measured_once_by_its_first_review(ledger: Ledger) -> None:
    """Every memo is held against the baseline of its saving; the second review measures no other piece."""
    told = baseline(agency_price="120", days_to_market="14")
    ledger.record_saving(a_spec(), told, run_id="run-1")
    review(ledger, 4)
    review(ledger, 2)
    ledger.record_saving(a_spec(1), told, run_id="run-1")
    held = HELD_AGAINST | AGENCY
    assert facts(ledger) == [
        held | {"pieces": 1, "work_seconds": 3600} | UNTIMED,
        held | {"measured_pieces": 1, "measured_seconds": 240} | TIMED_SINCE,
        held | {"measured_seconds": 120},
        held | {"pieces": 1, "work_seconds": 1200} | UNTIMED,
    ]


def test_minutes_before_acceptance_make_the_saving_itself_the_measured_piece(ledger: Ledger) -> None:
    """Until then they are held against no baseline, and worth its rate all the same; later ones measure nothing new."""
    told = baseline(agency_price="120", agency_share="0.3")
    review(ledger, 1, baseline=a_baseline())
    ledger.record_saving(a_spec(), told, run_id="run-1")
    review(ledger, 3)
    held = HELD_AGAINST | {"agency_price": "120", "agency_share": "0.3"}
    assert facts(ledger) == [
        OF_SPRING | {"measured_seconds": 60},
        held | {"pieces": 1, "work_seconds": 3600, "measured_pieces": 1},
        held | {"measured_seconds": 180},
    ]


def test_what_saves_nothing_adds_what_it_is(ledger: Ledger, clock: Clock) -> None:
    """Minutes put back, of a campaign or of none; a review by people adds nothing. Each in the month of its entry."""
    ledger.record_reinvested(Decimal(2), by="Ana")
    clock.turn_to(2026, 12, 3)
    ledger.record_reinvested(Decimal(3), by="Ana", campaign_id="spring")
    piece = Piece(f"{a_spec().key}-1", "run-1", a_spec(), Status.ACCEPTED, {}, Verdict(), 1)
    ledger.record_human_review(
        piece, by="Ana", checked=("accuracy",), seconds=90, decision="approved", at=clock(), currency="EUR"
    )
    december = NOTHING | {"period": "2026-12", "campaign_id": "spring"}
    assert facts(ledger) == [
        NOTHING | {"reinvestments": 1, "reinvested_seconds": 120},
        december | {"reinvestments": 1, "reinvested_seconds": 180},
        december | {"currency": "EUR"},
    ]


@pytest.mark.parametrize(
    "scope", [Scope(), Scope("run-1"), Scope(period="2026-11"), Scope(campaign_id="spring")]
)
def test_sums_are_those_of_the_facts(ledger: Ledger, scope: Scope) -> None:
    """By all keys but the month; of a run from its memos, of everything else from what each one added as it came."""
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.record_saving(a_spec(1), a_baseline(), run_id="run-1")
    review(ledger, 4)
    review(ledger, 5, 7, baseline=a_baseline())
    with ledger.store.read() as connection:
        found = [{"period": "2026-11", **one} for one in saving_rollups(connection, scope)]
    wanted = [
        HELD_AGAINST
        | {"pieces": 2, "work_seconds": 4800, "measured_pieces": 1, "measured_seconds": 240}
        | UNTIMED,
        OF_SPRING | {"measured_seconds": 300},
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_facts_of_one_key_add_up() -> None:
    """Measure by measure; another key stays apart."""
    one = HELD_AGAINST | {"pieces": 1, "work_seconds": 60, "measured_seconds": 7}
    other = one | {"since": "2026-11-23"}
    assert add_up([one, other, one]) == [
        one | {"pieces": 2, "work_seconds": 120, "measured_seconds": 14},
        other,
    ]
    assert add_up([]) == []
