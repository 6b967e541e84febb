"""What the pipeline relies on in an archive, and in the claims that it gives out."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from fakes.services import FakeArchive, accepted
from inedit.archive.admission import Archive
from inedit.archive.attempts import PaidAnswer
from inedit.archive.leases import AlreadyClaimed
from inedit.archive.neighbours import Embedding
from inedit.archive.pieces import lease_key
from inedit.model import Approval, Match, Piece, Status, Usage
from inedit.pipeline.services import PieceArchive

CAMPAIGN = tiny_campaign()
SPEC, OTHER, THIRD = (tiny_spec("fr", index=index) for index in range(3))
KNIFE = "Un couteau qui dure demande une pierre fine, de l'eau claire et une main lente."
WINDOW = "Chez ma grand-mère, la fenêtre donnait sur les pommiers du voisin."
SHEET = "Odette reprend les ourlets de lin devant la porte, le mardi matin."


@dataclass
class Stand:
    """An archive, and how to open a transaction of it."""

    archive: PieceArchive

    def writing(self) -> AbstractContextManager[Any]:
        return self.archive.store.write() if self.archive.store else nullcontext()

    def admit(self, piece: Piece, **more: Any) -> Piece | tuple[Match, ...]:
        vector = np.zeros(8, np.float32)
        vector[piece.spec.index] = 1
        return self.archive.admit(
            piece, Embedding(vector, "encoder", "digest"), brief_sha="sha", revision_number=piece.revision_number,
            campaign=CAMPAIGN, **more,
        )  # fmt: skip


@pytest.fixture(params=["fake", "real"])
def stand(request: pytest.FixtureRequest) -> Stand:
    if request.param == "fake":
        return Stand(FakeArchive())
    return Stand(Archive(request.getfixturevalue("store"), tiny_brand()))


def answer(attempt: int, raw: str = "{}") -> PaidAnswer:
    return PaidAnswer(SPEC, attempt, raw, f"id-{attempt}", Usage("stub", 10, 0, 5, 0, 0.5))


def test_an_answer_is_kept_once(stand: Stand) -> None:
    """The first one stays; they come back in the order of their attempts, of this variant and revision alone."""
    archive = stand.archive
    with stand.writing() as connection:
        kept = [
            archive.keep_answer(connection, answer(2), run_id="run", revision_number=1),
            archive.keep_answer(connection, answer(1), run_id="run", revision_number=1),
            archive.keep_answer(connection, answer(1, "late"), run_id="run", revision_number=1),
            archive.keep_answer(connection, answer(1, "newer"), run_id="run", revision_number=2),
        ]
    assert kept == [True, True, False, True]
    assert archive.paid_answers(SPEC, 1) == [answer(1), answer(2)]
    assert archive.paid_answers(SPEC, 2) == [answer(1, "newer")]
    assert archive.paid_answers(OTHER, 1) == []
    assert archive.paid_places(SPEC.campaign_id, [SPEC.key, OTHER.key]) == {(SPEC.key, 1), (SPEC.key, 2)}
    assert archive.paid_places(SPEC.campaign_id, [OTHER.key]) == set()
    assert archive.paid_places("another", [SPEC.key]) == set()


def test_what_gets_in_stands(stand: Stand) -> None:
    """With the brief that it was written for; what is to be written with it is written with it."""
    told: list[str] = []
    piece = stand.admit(
        accepted(SPEC, KNIFE), within_transaction=lambda _, admitted: told.append(admitted.id)
    )
    assert isinstance(piece, Piece)
    standing = stand.archive.standing(CAMPAIGN.id)[SPEC.key]
    assert (standing.revision_number, standing.brief_sha, standing.piece.text) == (1, "sha", KNIFE)
    assert told == [piece.id]
    assert stand.archive.standing("another") == {}
    assert stand.archive.standing(CAMPAIGN.id, {OTHER.key}) == {}
    assert set(stand.archive.standing(CAMPAIGN.id, {SPEC.key, OTHER.key})) == {SPEC.key}


def test_a_copy_is_told_what_it_copies(stand: Stand) -> None:
    """And leaves no trace."""
    told: list[str] = []
    stand.admit(accepted(SPEC, KNIFE))
    refused = stand.admit(accepted(OTHER, KNIFE), within_transaction=lambda *_: told.append("written"))
    assert isinstance(refused, tuple)
    assert [match.piece_id for match in refused] == [f"{SPEC.key}-1"]
    assert (told, set(stand.archive.standing(CAMPAIGN.id))) == ([], {SPEC.key})


def test_a_place_is_taken_once(stand: Stand) -> None:
    """Who comes second is given what stands there, and nothing is written."""
    told: list[str] = []
    stand.admit(accepted(SPEC, KNIFE))
    found = stand.admit(accepted(SPEC, WINDOW), within_transaction=lambda *_: told.append("written"))
    assert isinstance(found, Piece)
    assert (found.text, told) == (KNIFE, [])


def test_both_are_written_or_neither(stand: Stand) -> None:
    """What fails beside the piece keeps it out."""

    def fail(*_: object) -> None:
        raise RuntimeError("full disk")

    with pytest.raises(RuntimeError):
        stand.admit(accepted(SPEC, KNIFE), within_transaction=fail)
    assert stand.archive.standing(CAMPAIGN.id) == {}


def test_what_waits_for_a_person_stands(stand: Stand) -> None:
    """No copy of it gets in meanwhile."""
    waits = accepted(SPEC, KNIFE, status=Status.PARKED, approval=Approval.PENDING)
    stand.admit(waits)
    assert isinstance(stand.admit(accepted(OTHER, KNIFE)), tuple)
    assert stand.archive.siblings(OTHER, 5)


def test_what_is_set_aside_gives_way(stand: Stand) -> None:
    """To what gets in, never the other way round."""
    archive = stand.archive
    parked = accepted(SPEC, WINDOW, status=Status.PARKED, reason="A copy.")
    archive.set_aside(parked, brief_sha="sha", revision_number=1)
    assert archive.standing(CAMPAIGN.id)[SPEC.key].piece.reason == "A copy."
    assert archive.siblings(OTHER, 5) == []
    stand.admit(accepted(SPEC, KNIFE))
    archive.set_aside(parked, brief_sha="sha", revision_number=1)
    assert archive.standing(CAMPAIGN.id)[SPEC.key].piece.text == KNIFE


def test_the_newest_revision_stands(stand: Stand) -> None:
    """The older one stays where it is."""
    stand.admit(accepted(SPEC, KNIFE))
    stand.admit(accepted(SPEC, WINDOW, revision_number=2))
    standing = stand.archive.standing(CAMPAIGN.id)[SPEC.key]
    assert (standing.revision_number, standing.piece.text) == (2, WINDOW)


def test_siblings_are_the_newest_others_of_campaign_and_language(stand: Stand) -> None:
    """The oldest first; neither what stands at the variant's own place, nor texts of other campaigns or languages."""
    archive = stand.archive
    assert archive.siblings(SPEC, 5) == []
    stand.admit(accepted(SPEC, KNIFE))
    stand.admit(accepted(OTHER, WINDOW))
    stand.admit(accepted(tiny_spec("en", index=5), "A knife that lasts wants a fine stone and clear water."))
    stand.admit(accepted(tiny_spec("fr", index=6, campaign_id="dusk"), "Le soir, on plie les nappes à deux."))
    assert archive.siblings(THIRD, 5) == [("email", {"body": KNIFE}), ("email", {"body": WINDOW})]
    stand.admit(accepted(THIRD, SHEET))  # read by nobody yet
    assert [parts["body"] for _, parts in archive.siblings(SPEC, 5)] == [WINDOW, SHEET]
    assert [parts["body"] for _, parts in archive.siblings(tiny_spec("fr", index=9), 2)] == [WINDOW, SHEET]


def test_a_sibling_that_is_written_anew_says_its_old_text_no_more(stand: Stand) -> None:
    """The same piece, sent back by a person and accepted again."""
    first = accepted(SPEC, KNIFE, status=Status.PARKED, approval=Approval.PENDING)
    stand.admit(first)
    assert len(stand.archive.siblings(OTHER, 5)) == 1
    _send_back(stand, first)
    stand.admit(replace(first, parts={"body": WINDOW}))
    assert stand.archive.siblings(OTHER, 5) == [("email", {"body": WINDOW})]


def _send_back(stand: Stand, piece: Piece) -> None:
    """As a person's answer does it."""
    from inedit.archive.reviews import decide_piece
    from inedit.store import utc_now

    if isinstance(stand.archive, FakeArchive):
        place = (CAMPAIGN.id, piece.spec.key, 1)
        stand.archive.pieces[place] = (replace(piece, approval=Approval.CHANGES_REQUESTED), "sha")
        return
    with stand.writing() as connection:
        decide_piece(
            connection, piece.id, Approval.CHANGES_REQUESTED, by="Ada", at=utc_now(), comment="Shorter."
        )


def test_vectors_are_those_of_one_encoder(stand: Stand) -> None:
    """Another one's would point elsewhere."""
    stand.admit(accepted(SPEC, KNIFE))
    stand.admit(accepted(OTHER, WINDOW))
    ids = [f"{SPEC.key}-1", f"{THIRD.key}-1"]
    found = stand.archive.vectors(ids, "encoder", "digest")
    assert list(found) == ids[:1]
    assert found[ids[0]].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]
    assert stand.archive.vectors(ids, "encoder", "another") == {}
    assert stand.archive.vectors(ids, "another", "digest") == {}


def test_a_place_is_held_by_one(stand: Stand) -> None:
    """Until it is given back, or complete; holding it again is no matter."""
    mine, theirs, place = stand.archive.leases(), stand.archive.leases(), lease_key(f"{SPEC.key}-1")
    with stand.writing() as connection:
        mine.take_attempt(connection, SPEC, 1, 1)
        mine.take_attempt(connection, SPEC, 1, 2)
        with pytest.raises(AlreadyClaimed):
            theirs.take_attempt(connection, SPEC, 1, 1)
        theirs.take(connection, "another place")
    assert theirs.others_at({place, "another place"}) == {place}
    theirs.release([place])  # not theirs to give
    assert theirs.others_at([place]) == {place}
    mine.release([place])
    assert theirs.others_at([place]) == set()
    with stand.writing() as connection:
        theirs.take_attempt(connection, SPEC, 1, 1)
    stand.admit(accepted(SPEC, KNIFE))
    assert mine.others_at([place]) == set()


def test_what_is_paid_is_not_held_again(stand: Stand) -> None:
    """Not even by who paid; its next attempt is."""
    mine = stand.archive.leases()
    with stand.writing() as connection:
        stand.archive.keep_answer(connection, answer(1), run_id="run", revision_number=1)
        with pytest.raises(AlreadyClaimed):
            mine.take_attempt(connection, SPEC, 1, 1)
        mine.take_attempt(connection, SPEC, 1, 2)
        mine.take_attempt(connection, SPEC, 2, 1)


async def test_what_is_held_is_held_on(stand: Stand) -> None:
    """Entered twice, and left in any order."""
    claims = stand.archive.leases()
    async with claims.renewed(), claims.renewed():
        with stand.writing() as connection:
            claims.take(connection, "a place")
        assert stand.archive.leases().others_at(["a place"]) == {"a place"}
