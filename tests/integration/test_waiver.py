"""A person lets a finding pass: recorded, shown, and the piece goes through the door as any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.pieces import put_piece, read_pieces
from inedit.model import Approval, Finding, Match, Piece, Severity, Status, Verdict
from inedit.model.errors import WrongInput
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Options
from inedit.pipeline.waiver import waive, waived

AT = datetime(2026, 11, 28, 14, 30, tzinfo=UTC)
DOUBT = Finding("figures", Severity.REVIEW, "“9 €” is in no fact of the brand.", remedy="Take it out.")
COPY = Finding("near-duplicate", Severity.BLOCK, "It copies x.", matches=(Match("x", "words", 1.0),))
SAID = {"by": "Anne", "because": "the price list of 2027 has it", "at": AT}


async def test_a_parked_piece_is_accepted_once_nothing_stands_against_it(open_line, posts) -> None:
    """Who, when and why stay with the piece; its saving is recorded; the archive holds it."""
    campaign = posts(segments=("families",))
    async with StubOpenAI(answer=tell_the_insight) as stub, open_line(stub) as line:
        run = await run_campaign(campaign, line, Options(concurrency=1, require_approval=True, mirror=0))
        store, (piece,) = line.archive.store, run.pieces
        assert piece.approval is Approval.PENDING
        parked = replace(piece, approval=None, verdict=Verdict((DOUBT,)), reason=DOUBT.message)
        with store.write() as connection:
            connection.exec_driver_sql("DELETE FROM vectors")
            connection.exec_driver_sql("DELETE FROM pieces")
            put_piece(connection, parked, scope="filandre:fr", brief_sha=campaign.sha, revision_number=1)
        after = waive(line.archive, line.ledger, campaign, parked, "figures", encoder=line.encoder, **SAID)
        assert after.status is Status.ACCEPTED
        (kept,) = read_pieces(store)
        assert (kept.status, kept.decided_by, kept.comment) == (Status.ACCEPTED, "Anne", SAID["because"])
        (note,) = [finding for finding in kept.verdict.findings if finding.check == "figures"]
        assert note.severity is Severity.NOTE
        assert note.message.endswith(
            "[review] Anne, 2026-11-28 14:30 UTC: this is fine, because the price list of 2027 has it"
        )
        assert [entry for entry in line.ledger.entries() if entry.purpose == "saving"], (
            "what it saved is recorded"
        )
        assert line.ledger.verify().holds


def parked(*findings: Finding) -> Piece:
    from inedit.model import VariantSpec

    spec = VariantSpec("c", "social", "families", "fr", "plain", 0)
    return Piece("p", "r", spec, Status.PARKED, {"body": "x"}, Verdict(findings), 1)


def test_a_copy_cannot_be_let_pass() -> None:
    """Whoever says so."""
    with pytest.raises(WrongInput, match="copy"):
        waived(parked(COPY), "near-duplicate", **SAID)


def test_other_findings_stay_as_they_are() -> None:
    """Only the named check's findings become notes."""
    after = waived(parked(DOUBT, COPY), "figures", **SAID)
    assert [finding.severity for finding in after.verdict.findings] == [Severity.NOTE, Severity.BLOCK]
    assert after.verdict.findings[1] == COPY


@pytest.mark.parametrize(
    ("check", "changes", "words"),
    [
        ("promises", {}, "Against it: figures"),
        ("figures", {"by": " "}, "name"),
        ("figures", {"because": ""}, "reason"),
    ],
)
def test_a_waiver_needs_a_name_a_reason_and_a_finding(check, changes, words) -> None:
    """What is missing is said."""
    with pytest.raises(WrongInput, match=words):
        waived(parked(DOUBT), check, **{**SAID, **changes})
