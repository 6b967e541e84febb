"""The report of a run, line by line: what is said, what calls for somebody's attention, and what is public JSON."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from fakes.brand import tiny_campaign
from fakes.pipeline import BLOCKED, NOTED, a_variant, line
from fakes.services import accepted
from inedit.guard.evidence.coherence import Incoherence
from inedit.guard.similarity.spread import Spread
from inedit.model import Approval, Finding, Piece, Receipt, Severity, Span, Status, Verdict
from inedit.pipeline.advice_answers import CHECK, not_advised
from inedit.pipeline.copy_edit_note import NOTE as COPY_EDITED
from inedit.pipeline.run import Run
from inedit.pipeline.run_report import Fact, Reading, RunReport, report_of
from inedit.pipeline.task import Event

DOUBT = Finding(CHECK, Severity.REVIEW, "No supplied fact says this.")


def summary(**changes: Any) -> Any:
    values = {
        "calls": 2, "input_tokens": 30, "cached_tokens": 4, "output_tokens": 5, "cost_micros": {"USD": 60_000},
        "unknown_price_calls": 0, "possibly_billed": 0, "as_json": lambda: {"calls": 2},
    }  # fmt: skip
    return SimpleNamespace(**{**values, **changes})


def piece(index: int = 0, *findings: Finding, **changes: Any) -> Piece:
    receipts = (Receipt(Span(0, 1), "odette", "insight", "words"),)
    return accepted(
        a_variant(index=index), f"Texte {index}.", verdict=Verdict(findings, receipts=receipts), **changes
    )


def run(*pieces: Piece, **changes: Any) -> Run:
    return Run("run-1", tiny_campaign().id, 4, pieces, **changes)


def lines(of: Run, **changes: Any) -> list[tuple[str, str, bool]]:
    made = replace(RunReport(of, "m", "small", summary()), **changes)
    return [(fact.name, fact.text, fact.alarming) for fact in made.facts()]


def test_a_quiet_run_alarms_nobody_and_says_everything_in_order() -> None:
    """Every line of it, word for word."""
    full = run(
        piece(), piece(1, status=Status.PARKED, approval=Approval.PENDING), kept=1, outdated=1,
        eligible_insights=("odette", "window"), spread={"fr": Spread(2, 2, 2.0, 0.5, 2)}, candidates=2,
    )  # fmt: skip
    assert lines(full, budgets=(SimpleNamespace(told="the month: plenty", left_micros=0),)) == [
        ("pieces", "1 accepted, 1 awaiting approval of 4 planned", False),
        ("from earlier runs", "1 kept, nothing paid again", False),
        ("older brief", "1 were written for an earlier brief; a refresh writes them again", False),
        ("insights used", "100% of those supplied left a receipt", False),
        ("insights covered", "50% of the campaign's; not told: window", False),
        ("spread fr", "2 of 2 distinct, Vendi 2.0, mean cosine 0.50", False),
        ("ledger", "2 calls, 30 tokens in (4 cached), 5 out, 0.0600 USD", False),
        ("budget", "the month: plenty", False),
        ("prompts", "small, with m, 2 texts per call", False),
        ("run", "run-1", False),
    ]
    assert Fact("name", "text").alarming is False
    assert lines(run(piece()))[-2] == ("prompts", "small, with m", False), "one text is what is usual"


def test_an_advisor_is_heard_of_where_there_was_one() -> None:
    """How many pieces it doubts, which is work; how many it could not read in this run, which is alarming."""
    doubted = (piece(0, DOUBT), piece(1, DOUBT, DOUBT), piece(2), piece(3, NOTED))
    says = "judge has something to say of 2 pieces"
    assert ("advisor", says, False) in lines(run(*doubted), advisor="judge")
    assert "advisor" not in [name for name, *_ in lines(run(*doubted))]
    unread, earlier = piece(4, not_advised("No key.")), piece(5, not_advised("No key."), run_id="run-0")
    unasked = f"{says}; 1 without its advice: see their notes"
    assert ("advisor", unasked, True) in lines(run(*doubted, unread, earlier), advisor="judge")
    report = replace(RunReport(run(*doubted, unread, earlier), "m", "full", summary()), advisor="judge")
    assert (report.marked_by_advisor, report.not_advised) == (2, 1)
    totals = report.as_json()["totals"]
    assert (totals["doubted_by_advisor"], totals["not_advised"], report.as_json()["advisor"]) == (
        2,
        1,
        "judge",
    )


def test_a_copy_edit_is_told_by_how_many_got_in() -> None:
    """Of the pieces that did, those of earlier runs and those that a person has yet to approve included."""
    edited = (
        piece(0, COPY_EDITED), piece(1, COPY_EDITED, run_id="run-0"), piece(2, NOTED),
        piece(3, COPY_EDITED, status=Status.PARKED, approval=Approval.PENDING),
        piece(4, COPY_EDITED, status=Status.PARKED),
    )  # fmt: skip
    said = "3 of 4 pieces accepted or awaiting approval have the edited text"
    assert ("copy edit", said, False) in lines(run(*edited, copy_edit=True))
    assert "copy edit" not in [name for name, *_ in lines(run(*edited))]
    none = "0 of 1 pieces accepted or awaiting approval have the edited text"
    found = lines(run(piece(), copy_edit=True))
    assert ("copy edit", none, False) in found
    assert ("prompts", "small, with m", False) in found, "the option says nothing of what came of it"
    report = RunReport(run(*edited, copy_edit=True), "m", "full", summary()).as_json()
    assert (report["copy_edit"], report["totals"]["copy_edited"]) == (True, 3)


def test_an_offer_that_differs_calls_for_somebody() -> None:
    """Which text says what, where the campaign says something else."""
    found = Incoherence("p-1", "fr", "price", "12 €", "10 €")
    ((_, text, alarming),) = [one for one in lines(run(incoherences=(found,))) if one[0] == "coherence"]
    assert alarming
    assert text == "price: p-1 (fr) says “12 €”; the offer: “10 €”"


def test_time_saved_is_told_where_it_is_known() -> None:
    """With what reading the parked pieces will take; no word of baselines that are there."""
    one, parked = piece(minutes_saved=30.0), piece(1, status=Status.PARKED)
    assert ("time saved", "30 minutes against the baseline (expected)", False) in lines(run(one))
    read = lines(run(one, parked), reading=Reading(2, 20.0))
    assert (
        "time saved",
        "10 minutes against the baseline (expected), when the 2 parked pieces have been read; 30 as long as nobody "
        "does",
        False,
    ) in read
    assert "time saved" not in [name for name, *_ in lines(run(parked), reading=Reading(1, 0.0, 1))]


def test_what_is_public_has_all_its_keys() -> None:
    """As ``produce --json`` gives them; a run that changed one would break what people have built on it."""
    refused = Event("refused", a_variant(), 2, (BLOCKED,))
    told = RunReport(run(piece(), refusals=(refused,), candidates=3), "m", "small", summary()).as_json()
    assert set(told) == {
        "run_id", "campaign_id", "model", "prompts", "advisor", "candidates", "copy_edit", "stopped", "pieces",
        "refusals", "totals",
    }  # fmt: skip
    assert (told["prompts"], told["candidates"], told["stopped"], told["advisor"]) == ("small", 3, "", "")
    assert set(told["refusals"][0]) == {"spec", "attempt", "findings"}
    assert set(told["totals"]) == {
        "planned", "accepted", "parked", "rejected", "failed", "kept", "outdated", "insight_use", "insight_coverage",
        "untold_insights", "originality", "diversity", "sameness", "spread", "generic_spread", "incoherences",
        "minutes_saved_when_read", "minutes_saved", "to_read", "doubted_by_advisor", "not_advised", "copy_edited",
        "ledger", "budgets",
    }  # fmt: skip
    assert told["totals"]["to_read"] == {"pieces": 0, "minutes": 0.0, "unvalued": 0}


def test_a_report_names_the_advisor_of_its_pipeline() -> None:
    """Or nobody."""
    made = line()
    made.ledger.summary = lambda **_: summary()  # type: ignore[method-assign]
    assert report_of(run(), made.pipeline).advisor == ""
    advised = replace(made.pipeline, advisor=SimpleNamespace(model="judge"))  # type: ignore[arg-type]
    assert report_of(run(), advised).advisor == "judge"
