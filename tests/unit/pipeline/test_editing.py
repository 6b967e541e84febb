"""A person's own wording of a piece: what is judged, what stands in its way, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from fakes.brand import TODAY, tiny_campaign
from fakes.pipeline import BLOCKED, DOUBTED, NOTED, a_variant, brand_with_baseline, templates
from fakes.services import FakeEncoder, accepted
from inedit.archive.admission import Archive
from inedit.archive.neighbours import Embedding
from inedit.archive.pieces import read_pieces
from inedit.archive.revisions import Edit, read_revisions, version_of
from inedit.brand.schema import Brand
from inedit.guard.checks.echo import no_echo
from inedit.ledger import Ledger
from inedit.model import (
    Approval,
    Draft,
    Finding,
    Match,
    Originality,
    Piece,
    Severity,
    Span,
    Status,
    Usage,
    Verdict,
)
from inedit.model.errors import WrongInput
from inedit.pipeline import editing
from inedit.pipeline.editing import Refused, judge_edit, save_edit, sheet_of
from inedit.prompting import Templates
from inedit.store import Store
from inedit.store.tables import human_reviews

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
COPY = Finding(
    "near-duplicate", Severity.BLOCK, "A copy.", Span(0, 3), (Match("p", "containment", 1.0),), "Other words."
)
PARTS = {
    "subject": "Odette reprend un drap",
    "body": "Le lin sèche au vent de la vallée.",
    "call_to_action": "Voir les draps",
}
SIGNS = {"!": BLOCKED, "?": DOUBTED, "~": NOTED, "§": COPY}


class Judge:
    """Stands in for ``evaluate_draft``: finds what the signs in a text say, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[Draft, Any, Any, tuple[Any, ...]]] = []

    def __call__(self, draft: Draft, context: Any, surroundings: Any, checks: tuple[Any, ...]) -> Verdict:
        self.given.append((draft, context, surroundings, checks))
        findings = tuple(SIGNS[sign] for sign in draft.text if sign in SIGNS)
        return Verdict(findings, originality=Originality(insight_use=0.5, paste_share=0.25))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judge:
    stands_in = Judge()
    monkeypatch.setattr(editing, "evaluate_draft", stands_in)
    return stands_in


def a_piece(body: str = PARTS["body"], *, index: int = 0, **changes: Any) -> Piece:
    subject = ("Odette reprend un drap", "Midi au verger")[index]
    parts = {**PARTS, "subject": subject, "body": body}
    return accepted(a_variant(index=index, **changes.pop("spec", {})), "", parts=parts, **changes)


def kept(store: Store, piece: Piece) -> Piece:
    """The piece in the archive, whatever stands against it."""
    archive = Archive(store, brand_with_baseline())
    if piece.stands:
        vector = FakeEncoder().encode([piece.text])[0]
        archive.admit(
            piece, Embedding(vector, "fake", "fake-1"), brief_sha="sha", revision_number=1, campaign=tiny_campaign()
        )  # fmt: skip
    else:
        archive.set_aside(piece, brief_sha="sha", revision_number=1)
    return piece


def found(store: Store, piece: Piece) -> Piece | None:
    """The piece as the archive has it."""
    return next(read_pieces(store, piece_id=piece.id), None)


def edited(
    store: Store, piece: Piece, parts: dict[str, str], *, brand: Brand | None = None, kinds: Any = None
) -> Piece:
    return judge_edit(
        Archive(store, brand or brand_with_baseline()), kinds or {"full": templates()}, piece, parts, TODAY
    )


def saved(
    store: Store, judged: Piece, reasons: dict[str, str] | None = None, *, before: Piece, by: str = "Ada",
    archive: Archive | None = None,
) -> Piece | Refused:  # fmt: skip
    edit = Edit(by, NOW, "Shorter.", version_of(before.parts))
    return save_edit(
        archive or Archive(store, brand_with_baseline()), Ledger(store), judged, reasons or {}, edit, seconds=90,
        encoder=FakeEncoder,
    )  # fmt: skip


def other_parts(*names: str) -> Templates:
    sheet = templates().sheets["email"]
    parts = tuple(part for part in sheet.parts if part.id in names)
    return Templates({"email": sheet.model_copy(update={"parts": parts})}, templates().sources)


# ---- which prompts a piece was written by


def test_the_description_of_a_piece_is_that_with_its_parts() -> None:
    """Of the kinds of prompts, the first one that names the very same parts; none when no kind does."""
    piece, small = a_piece(), other_parts("body")
    assert sheet_of(piece, {"small": small, "full": templates()}) is templates().sheets["email"]
    assert (
        sheet_of(replace(piece, parts={"body": "x"}), {"full": templates(), "small": small})
        is small.sheets["email"]
    )
    assert sheet_of(piece, {"small": small}) is None
    assert sheet_of(a_piece(spec={"channel": "gone"}), {"full": templates()}) is None
    assert sheet_of(piece, {}) is None


# ---- judging


def test_an_edit_is_judged_as_any_draft(store: Store, judged: Judge) -> None:
    """With the words as typed but for what surrounds them, as today's prompts and facts are, at no cost."""
    piece = a_piece(attempts=2)
    after = edited(store, piece, {"body": "  Un vent sec. ~ \n"})
    assert after.parts == {**PARTS, "body": "Un vent sec. ~"}
    assert after.verdict.findings == (NOTED,)
    draft, context, surroundings, checks = judged.given[0]
    assert draft.parts == after.parts
    assert (draft.usage, draft.attempt) == (Usage("", 0, 0, 0, 0, 0.0), 2)
    assert (context.sheet, context.today) == (templates().sheets["email"], TODAY)
    assert context.prompt.messages and no_echo in checks
    assert surroundings.find_copies("anything") == ()
    assert found(store, piece) is None  # nothing is written


def test_approved_wordings_stay_as_they_were_approved(store: Store, judged: Judge) -> None:
    """What the brand words, nobody words in its place; parts that the piece does not have are not made."""
    after = edited(
        store, a_piece(), {"call_to_action": "Acheter", "subject": "Autre objet", "postscript": "P.-S."}
    )
    assert after.parts == {**PARTS, "subject": "Autre objet"}


def test_copies_of_accepted_texts_are_found_by_their_words(store: Store, judged: Judge) -> None:
    """And the piece is no copy of itself."""
    text = (
        "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise."
    )
    other, piece = kept(store, a_piece(text, index=1)), kept(store, a_piece())
    edited(store, piece, {"body": text})
    edited(store, piece, {})
    copies = [[match.piece_id for match in given[2].find_copies("")] for given in judged.given]
    assert copies == [[other.id], []]


def test_the_originality_that_took_vectors_stays(store: Store, judged: Judge) -> None:
    """What is counted in words is counted anew; distances are those of the run, which had the encoder."""
    before = Originality(archive_novelty=0.7, mirror_distance=0.6, insight_use=1.0, paste_share=0.0)
    after = edited(store, a_piece(verdict=Verdict(originality=before)), {})
    assert after.verdict.originality == replace(before, insight_use=0.5, paste_share=0.25)


def test_it_is_judged_without_what_the_brand_has_no_more(store: Store, judged: Judge) -> None:
    """Insights and claims that are gone are not looked for, and the prompt can still be said."""
    piece = a_piece(spec={"insight_ids": ("odette", "gone"), "claim_ids": ("gone", "woven")})
    after = edited(store, piece, {})
    draft, _, _, checks = judged.given[0]
    assert (draft.spec.insight_ids, draft.spec.claim_ids) == (("odette",), ("woven",))
    assert after.spec == piece.spec and no_echo in checks


def test_without_a_prompt_nothing_is_an_echo_of_it(store: Store, judged: Judge) -> None:
    """A tone that the brand has no more: all other checks are asked."""
    edited(store, a_piece(spec={"tone": "gone"}), {})
    _, context, _, checks = judged.given[0]
    assert context.prompt.messages == ()
    assert no_echo not in checks and len(checks) > 10


@pytest.mark.parametrize(
    "piece",
    [
        a_piece(spec={"campaign_id": "gone"}),
        a_piece(spec={"language": "nl"}),
        replace(a_piece(), parts={"body": "Only."}),
    ],
)
def test_what_the_brand_cannot_place_can_only_be_read(store: Store, judged: Judge, piece: Piece) -> None:
    """No campaign, language or parts: nothing to judge it by."""
    with pytest.raises(WrongInput, match="can only be read"):
        edited(store, piece, {})
    assert judged.given == []


def test_an_edit_is_judged_by_the_prompts_that_have_its_parts(store: Store, judged: Judge) -> None:
    """Those for small models, when they were what wrote it."""
    small = other_parts("body", "call_to_action")
    piece = replace(a_piece(), parts={"body": PARTS["body"], "call_to_action": "Voir les draps"})
    edited(store, piece, {}, kinds={"full": templates(), "small": small})
    assert judged.given[0][1].sheet is small.sheets["email"]


def passed(finding: Finding) -> Finding:
    """What is left of a finding that a person let pass."""
    message = f"{finding.message} [{finding.severity.value}] Ada, 2026-06-01 09:30 UTC: {editing.KEPT} fine"
    return replace(finding, severity=Severity.NOTE, message=message, remedy="")


def test_what_a_person_let_pass_stays_passed(store: Store, judged: Judge) -> None:
    """Word for word: the note stands where the finding would; another check's message does not pass by it."""
    before = Verdict((passed(BLOCKED), NOTED))
    after = edited(store, a_piece(verdict=before), {"body": "Vent ! Pluie ? ~"})
    assert after.verdict.findings == (passed(BLOCKED), DOUBTED, NOTED)
    elsewhere = replace(passed(BLOCKED), check="figures")
    assert edited(store, a_piece(verdict=Verdict((elsewhere,))), {"body": "Vent !"}).verdict.findings == (
        BLOCKED,
    )
    unlike = replace(passed(BLOCKED), message=passed(BLOCKED).message.replace("short", "long"))
    assert edited(store, a_piece(verdict=Verdict((unlike,))), {"body": "Vent !"}).verdict.findings == (
        BLOCKED,
    )


def test_a_copy_and_a_note_do_not_pass_by_a_note(store: Store, judged: Judge) -> None:
    """A copy is let pass by nobody; a note stays as the check words it today."""
    verdict = Verdict((passed(COPY), passed(NOTED)))
    assert edited(store, a_piece(verdict=verdict), {"body": "§ ~"}).verdict.findings == (COPY, NOTED)


# ---- saving


def test_an_accepted_piece_stays_accepted(store: Store, judged: Judge) -> None:
    """Both texts are kept, the reading is written down, and what was accepted is not saved once more."""
    piece = kept(store, a_piece())
    after = saved(store, edited(store, piece, {"body": "Un vent sec."}), before=piece)
    assert isinstance(after, Piece)
    assert (after.status, after.approval, after.parts["body"]) == (Status.ACCEPTED, None, "Un vent sec.")
    now = found(store, piece)
    assert now is not None and (now.parts, now.status) == (after.parts, Status.ACCEPTED)
    assert [(r.number, r.written_by, r.reason) for r in read_revisions(store, piece.id)] == [
        (1, "", ""), (2, "Ada", "Shorter."),
    ]  # fmt: skip
    with store.read() as connection:
        (read,) = connection.execute(select(human_reviews))
    assert (read.piece_id, read.reviewed_by, read.seconds, read.decision) == (piece.id, "Ada", 90, "edited")
    assert Ledger(store).history.minutes_saved("dawn") == {
        (piece.spec.key, 1): -1.5
    }  # the reader's 90 seconds


def test_what_was_parked_waits_for_approval(store: Store, judged: Judge) -> None:
    """Nobody's own words go out unread; the reason that it was parked for is gone."""
    piece = kept(
        store, a_piece("Vent !", status=Status.PARKED, reason="Too short.", verdict=Verdict((BLOCKED,)))
    )
    after = saved(store, edited(store, piece, {"body": "Un vent sec."}), before=piece)
    assert isinstance(after, Piece)
    assert (after.status, after.approval, after.reason) == (Status.PARKED, Approval.PENDING, "")


def test_what_stands_against_an_edit_is_told(store: Store, judged: Judge) -> None:
    """Findings that block or want a person; notes are none of them. The piece stays as it was."""
    piece = kept(store, a_piece())
    refused = saved(store, edited(store, piece, {"body": "Vent ! ? ~"}), before=piece)
    assert isinstance(refused, Refused)
    assert refused.against == (BLOCKED, DOUBTED) and not refused.conflict
    now = found(store, piece)
    assert now is not None and now.parts == piece.parts
    assert read_revisions(store, piece.id) == ()


def test_a_person_says_why_a_finding_is_fine(store: Store, judged: Judge) -> None:
    """Of each check that stands against it; an empty reason is none, and of other checks nothing is said."""
    piece = kept(store, a_piece())
    judgement = edited(store, piece, {"body": "Vent ! ? ~"})
    half = saved(store, judgement, {"parts": " fine ", "statements": "  ", "lexicon": "ok"}, before=piece)
    assert isinstance(half, Refused) and half.against == (DOUBTED,)
    after = saved(
        store, judgement, {"parts": " fine ", "statements": "I know.", "figures": "ok"}, before=piece
    )
    assert isinstance(after, Piece)
    assert [finding.severity for finding in after.verdict.findings] == [Severity.NOTE] * 3
    assert after.verdict.findings[0] == passed(BLOCKED)
    assert edited(store, after, {"body": "Vent !"}).verdict.findings == (passed(BLOCKED),)


def test_nobody_says_that_a_copy_is_fine(store: Store, judged: Judge) -> None:
    """It is refused, not raised: the editor shows what it copies."""
    piece = kept(store, a_piece())
    refused = saved(store, edited(store, piece, {"body": "Vent §"}), {"near-duplicate": "fine"}, before=piece)
    assert isinstance(refused, Refused) and refused.against == (COPY,)


@pytest.mark.parametrize("by", ["", "  "])
def test_an_edit_has_an_author(store: Store, judged: Judge, by: str) -> None:
    """Before anything is looked at."""
    piece = kept(store, a_piece())
    with pytest.raises(WrongInput, match="name"):
        saved(store, piece, before=piece, by=by)


def test_what_changed_meanwhile_is_a_conflict(store: Store, judged: Judge) -> None:
    """The text that the edit was made from is not there any more: nothing is written over it."""
    piece = kept(store, a_piece())
    judgement = edited(store, piece, {"body": "Un vent sec."})
    assert isinstance(saved(store, judgement, before=piece), Piece)
    refused = saved(store, edited(store, piece, {"body": "Une pluie fine."}), before=piece)
    assert isinstance(refused, Refused) and refused.conflict
    assert len(read_revisions(store, piece.id)) == 2


def test_a_copy_of_what_came_in_meanwhile_is_refused(store: Store, judged: Judge) -> None:
    """Judged before it was there: the archive's door finds it, and the editor is shown the passage."""
    text = (
        "Une chaise a coincé la nappe du dimanche, et le lin s'est déchiré jusqu'à l'ourlet brodé par Denise."
    )
    piece = kept(store, a_piece())
    judgement = edited(store, piece, {"body": text})
    assert judgement.verdict.findings == ()
    other = kept(store, a_piece(text, index=1))
    refused = saved(store, judgement, before=piece)
    assert isinstance(refused, Refused) and not refused.conflict
    (finding,) = refused.against
    assert (finding.check, finding.severity) == ("near-duplicate", Severity.BLOCK)
    assert [match.piece_id for match in finding.matches] == [other.id]
    now = found(store, piece)
    assert now is not None and now.parts == piece.parts
