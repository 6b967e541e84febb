"""One cell tried: what is asked and paid for, what is kept, and how its answer is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign
from fakes.pipeline import BLOCKED, Guard, Line, a_variant, answer, brand_with_baseline, line, templates
from fakes.services import accepted
from inedit.archive.trials import PaidTrial
from inedit.model import Match, Outcome, Piece, Severity, Span, Status, Usage
from inedit.model.errors import ProviderFailure
from inedit.pipeline import trial as trials
from inedit.pipeline.evaluation import Surroundings
from inedit.pipeline.trial import judge_trial, try_cell

TRIAL = PaidTrial("t-1", "Ada", "2026-06-01T09:30:00+00:00", a_variant(), "stub", "Le lin sèche au vent.")


class Copies:
    """An archive that tells which of its texts a piece copies."""

    def __init__(self, *matches: Match) -> None:
        self.matches, self.asked = matches, []  # type: tuple[Match, ...], list[Piece]

    def copies_by_words(self, piece: Piece, campaign: Any) -> tuple[Match, ...]:
        self.asked.append(piece)
        return self.matches


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Guard:
    """Judges by the signs in a text."""
    stands_in = Guard()
    monkeypatch.setattr(
        trials, "evaluate", lambda raw, unread, context: stands_in(raw, unread, context, Surroundings())
    )
    return stands_in


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[PaidTrial]:
    """What was kept in the step that charges."""
    found: list[PaidTrial] = []
    monkeypatch.setattr(trials, "put_trial", lambda _, trial: found.append(trial))
    return found


def judged(trial: PaidTrial = TRIAL, archive: Any = None) -> Piece:
    return judge_trial(trial, archive or Copies(), templates(), brand_with_baseline(), tiny_campaign(), TODAY)


async def tried(there: Line, archive: Any = None) -> Piece | None:
    return await try_cell(
        there.pipeline,
        archive or Copies(),
        tiny_campaign(),
        a_variant(),
        run_id="t-1",
        by="Ada",
        stop=there.stop,
    )


# ---- asking


async def test_a_trial_is_one_call_that_no_piece_comes_of(judge: Guard, written: list[PaidTrial]) -> None:
    """Paid for by the campaign, under its own purpose; the answer is kept as it came."""
    there = line("Le lin sèche au vent.")
    piece = await tried(there)
    assert piece is not None
    assert (piece.id, piece.status, piece.parts) == (
        "trial-t-1", Status.PARKED, {"body": "Le lin sèche au vent."},
    )  # fmt: skip
    (reservation,) = there.ledger.reservations.values()
    call, spec = reservation.call, a_variant()
    assert (call.purpose, call.provider, call.model, call.run_id) == ("trial", "openai", "stub", "t-1")
    assert (call.campaign_id, call.channel, call.segment, call.language, call.tone) == (
        "dawn", spec.channel, spec.segment, spec.language, spec.tone,
    )  # fmt: skip
    assert (call.spec_key, call.prompts) == (None, templates().style)
    assert list(there.ledger.states.values()) == ["settled"]
    assert there.archive.pieces == {}
    (kept,) = written
    assert replace(kept, at="") == PaidTrial(
        "t-1", "Ada", "", spec, "stub", "Le lin sèche au vent.", Outcome.ANSWERED
    )
    assert kept.day >= date(2026, 1, 1)


async def test_a_trial_that_is_stopped_is_none(judge: Guard, written: list[PaidTrial]) -> None:
    """Nothing was sent and nothing is paid."""
    there = line("Le lin sèche au vent.")
    there.stop.set()
    assert await tried(there) is None
    assert written == [] and "settled" not in there.ledger.states.values()


async def test_what_the_provider_says_no_to_is_raised(judge: Guard, written: list[PaidTrial]) -> None:
    """The person reads why."""
    with pytest.raises(ProviderFailure, match="no such model"):
        await tried(line(ProviderFailure("no such model")))
    assert written == []


async def test_how_the_answer_ended_is_kept(judge: Guard, written: list[PaidTrial]) -> None:
    """A refusal is shown as one, and is not read as a text."""
    piece = await tried(line(answer("I cannot.", Outcome.REFUSED)))
    assert piece is not None
    assert [finding.check for finding in piece.verdict.findings] == ["refused"]
    assert written[0].outcome is Outcome.REFUSED


# ---- judging


def test_a_trial_is_judged_as_a_first_draft(judge: Guard) -> None:
    """By the prompts and the brand of that day, with nothing used up; what the guard says is its verdict."""
    archive = Copies()
    piece = judged(replace(TRIAL, raw="Le lin !"), archive)
    assert (piece.run_id, piece.attempts, piece.parts, piece.verdict.findings) == (
        "t-1", 1, {"body": "Le lin !"}, (BLOCKED,),
    )  # fmt: skip
    raw, context, _ = judge.given[0]
    assert (raw, context.today, context.sheet) == ("Le lin !", TODAY, templates().sheets["email"])
    assert context.prompt.messages
    assert [asked.id for asked in archive.asked] == ["trial-t-1"]


def test_the_draft_of_a_trial_costs_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its call was charged when it was made."""
    given: list[Any] = []

    def evaluate(raw: str, unread: Any, context: Any) -> Any:
        given.append(unread)
        return Guard()(raw, unread, context, Surroundings())

    monkeypatch.setattr(trials, "evaluate", evaluate)
    judged()
    (unread,) = given
    assert (unread.usage, unread.attempt, unread.parts) == (Usage("stub", 0, 0, 0, 0, 0.0), 1, {})


def test_copies_of_accepted_texts_are_told(judge: Guard) -> None:
    """By their words, after what the checks say."""
    copied = accepted(a_variant(index=1), TRIAL.raw)
    match = Match(copied.id, "containment", 1.0, (Span(0, 6),), copied.text)
    (finding,) = judged(archive=Copies(match)).verdict.findings
    assert (finding.check, finding.severity, finding.matches) == ("near-duplicate", Severity.BLOCK, (match,))


def test_what_cannot_be_read_is_not_compared(judge: Guard) -> None:
    """There are no words to compare."""
    archive = Copies()
    piece = judged(replace(TRIAL, raw="#"), archive)
    assert [finding.check for finding in piece.verdict.findings] == ["shape"]
    assert piece.parts == {} and archive.asked == []


@pytest.mark.parametrize(
    ("outcome", "raw", "severity", "said"),
    [
        (Outcome.CUT, '{"body": "Le l', Severity.REVIEW, "cut off again, at the raised limit of 600 tokens"),
        (Outcome.CUT, "", Severity.REVIEW, "More room was not enough"),
        (Outcome.FILTERED, "", Severity.REVIEW, "content filter"),
        (Outcome.EMPTY, "", Severity.BLOCK, "answered nothing"),
    ],
)
def test_what_did_not_end_well_is_not_read(
    judge: Guard, outcome: Outcome, raw: str, severity: Severity, said: str
) -> None:
    """One finding says how it ended; a trial is asked once."""
    piece = judged(replace(TRIAL, outcome=outcome, raw=raw))
    (finding,) = piece.verdict.findings
    assert finding.severity is severity and said in finding.message
    assert piece.parts == {} and judge.given == []


def test_a_cut_answer_that_is_whole_is_read(judge: Guard) -> None:
    """It had just been completed."""
    piece = judged(replace(TRIAL, outcome=Outcome.CUT, raw='{"body": "Le lin"}'))
    assert piece.verdict.findings == () and len(judge.given) == 1
