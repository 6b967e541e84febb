"""Approval on the real line: pieces wait, a person decides, and archive and ledger say who, when and how long."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight, without_our_data
from inedit.archive.pieces import read_pieces
from inedit.archive.reviews import is_asking, open_request
from inedit.brand.schema import Campaign
from inedit.model import Approval, Piece, Status
from inedit.model.errors import WrongInput
from inedit.pipeline import run_campaign
from inedit.pipeline.approval import Answer, Decision, settle, waiting_pieces
from inedit.pipeline.task import Options, Pipeline
from inedit.planning import plan

ASKED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ANSWERED = ASKED + timedelta(hours=3)
WITH_APPROVAL = Options(concurrency=2, require_approval=True, mirror=0)


def answer(decision: Decision, **changes: Any) -> Answer:
    return Answer(**{"decision": decision, "by": "Anne", "minutes": Decimal("7.5"), **changes})


def waiting(line: Pipeline, campaign: Campaign) -> tuple[Piece, ...]:
    return waiting_pieces(line.archive.store, campaign.id, plan(campaign, line.brand, line.today))


def decide(line: Pipeline, campaign: Campaign, run_id: str, said: Answer) -> bool:
    """Ask and answer in one go."""
    store = line.archive.store
    return settle(
        line.ledger, line.brand, open_request(store, run_id, now=ASKED), waiting(line, campaign), said,
        answered_at=ANSWERED,
    )  # fmt: skip


def reviews(line: Pipeline) -> list[dict[str, Any]]:
    """What the ledger says of people's minutes."""
    memos = [entry for entry in line.ledger.entries() if entry.kind == "memo" and entry.purpose == "review"]
    return [json.loads(memo.details or "{}") for memo in memos]


async def test_what_the_guard_accepts_waits_and_keeps_copies_out_until_a_person_agrees(
    open_line, posts
) -> None:
    """Parked while it waits, and no saving is counted; approved, it is accepted by a name, at a moment."""
    campaign = posts()
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, WITH_APPROVAL)
        assert run.count(Status.ACCEPTED) == 0
        assert [piece.approval for piece in run.pieces] == [Approval.PENDING] * 2
        assert {e.purpose for e in line.ledger.entries() if e.kind == "memo"} == {
            "piece"
        }  # nothing saved yet
        served = len(stub.served)
        again = await run_campaign(campaign, line, Options(retry_parked=True, mirror=0))
        assert (again.kept, len(stub.served)) == (2, served), "what waits is not written again"

        assert decide(line, campaign, run.id, answer(Decision.APPROVE_ALL))
        assert waiting(line, campaign) == ()
        for piece in read_pieces(line.archive.store):
            assert piece.status is Status.ACCEPTED
            assert (piece.approval, piece.decided_by) == (Approval.APPROVED, "Anne")
            assert datetime.fromisoformat(piece.decided_at) == ANSWERED
        measured = reviews(line)
        assert sum(memo["measured_seconds"] for memo in measured) == 450, "7.5 minutes, to the second"
        assert {memo["about"]["waited_seconds"] for memo in measured} == {3 * 3600}
        assert {memo["by"] for memo in measured} == {"Anne"}
        assert line.ledger.verify().holds


async def test_an_answer_counts_once(open_line, posts) -> None:
    """A flow that runs from its top again finds the same answer, and nothing is booked a second time."""
    campaign = posts()
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, WITH_APPROVAL)
        store = line.archive.store
        request, pieces = open_request(store, run.id, now=ASKED), waiting(line, campaign)
        assert is_asking(store, run.id)
        said = answer(Decision.APPROVE_ALL)
        first, second = (
            settle(line.ledger, line.brand, request, pieces, said, answered_at=ANSWERED) for _ in "12"
        )
        assert (first, second) == (True, False)
        assert not is_asking(store, run.id)
        assert len(reviews(line)) == 2


async def test_a_comment_goes_to_the_model_and_what_comes_back_waits_again(open_line, posts) -> None:
    """Sent back with a comment: a new draft is paid, the prompt says what the person wrote, the rest stands."""
    campaign = posts()
    comment = "Le titre est trop long, coupez-le."
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, WITH_APPROVAL)
        back, stays = waiting(line, campaign)
        decide(line, campaign, run.id, answer(Decision.SEND_BACK, picked=(back.id,), comment=comment))
        assert [piece.id for piece in waiting(line, campaign)] == [stays.id]
        served = len(stub.served)

        go_on = await run_campaign(campaign, line, WITH_APPROVAL, run_id=run.id)
        prompts = [r["messages"][-1]["content"] for r in stub.requests[served:] if not without_our_data(r)]
        assert prompts
        assert all(comment in prompt for prompt in prompts)
        written = {piece.id: piece for piece in go_on.pieces}
        assert written[back.id].approval is Approval.PENDING
        assert written[back.id].attempts == 2
        assert (written[stays.id].text, written[stays.id].attempts) == (stays.text, 1)

        decide(line, campaign, run.id, answer(Decision.APPROVE_ALL, minutes=Decimal(1)))
        spent = [memo["measured_seconds"] for memo in reviews(line)]
        assert sum(spent) == 450 + 60, "the minutes of both rounds are in the ledger"
        assert all(piece.status is Status.ACCEPTED for piece in read_pieces(line.archive.store))
        assert line.ledger.verify().holds


async def test_a_run_without_approval_does_not_let_out_what_a_person_sent_back(open_line, posts) -> None:
    """Whoever asked to see a piece again sees it, whichever run writes it."""
    campaign = posts()
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, WITH_APPROVAL)
        decide(line, campaign, run.id, answer(Decision.SEND_BACK, comment="Plus court."))
        other = await run_campaign(campaign, line, Options(mirror=0))
        assert [piece.approval for piece in other.pieces] == [Approval.PENDING] * 2


async def test_all_but_these_are_approved_and_the_others_stay_parked_with_the_reason(
    open_line, posts
) -> None:
    """Without a comment nothing is written again: the piece stays where a person finds it."""
    campaign = posts()
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, WITH_APPROVAL)
        no, yes = waiting(line, campaign)
        decide(line, campaign, run.id, answer(Decision.APPROVE_BUT, picked=(no.id,)))
        pieces = {piece.id: piece for piece in read_pieces(line.archive.store)}
        assert pieces[yes.id].status is Status.ACCEPTED
        assert (pieces[no.id].status, pieces[no.id].approval) == (Status.PARKED, Approval.REJECTED)
        assert pieces[no.id].reason == "Not approved by Anne."
        served = len(stub.served)
        await run_campaign(campaign, line, WITH_APPROVAL, run_id=run.id)
        assert len(stub.served) == served


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (answer(Decision.APPROVE_ALL, by=" "), "Give your name"),
        (answer(Decision.APPROVE_ALL, minutes=Decimal(-1)), "not negative"),
        (answer(Decision.APPROVE_BUT), "Pick the pieces"),
        (answer(Decision.SEND_BACK), "Write a comment"),
        (answer(Decision.APPROVE_ALL, comment="no"), "Approve all with neither"),
        (answer(Decision.APPROVE_BUT, picked=("other-1",)), "do not wait"),
    ],
)
def test_an_answer_that_cannot_be_carried_out_says_what_is_missing(said: Answer, message: str) -> None:
    """Nothing is decided by halves."""
    with pytest.raises(WrongInput, match=message):
        said.check({"piece-1"})
