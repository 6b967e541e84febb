"""A person's approval: what the guard accepts waits, and a person lets it out, sends it back, or says no.

A run asks, and holds nothing while a person thinks: the request is a row, the pieces wait in the archive, where no copy
of them can get in meanwhile. The answer is one transaction: the pieces, what they saved, and the minutes that the
reviewer says it took. The time between the request and the answer is kept beside those minutes, and is not work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection

from inedit.archive import reviews
from inedit.archive.pieces import read_pieces
from inedit.archive.reviews import Request
from inedit.brand.schema import Brand
from inedit.guard.messages import BY_A_PERSON
from inedit.model import (
    CHECKED,
    Approval,
    Finding,
    LedgerEntry,
    Piece,
    Severity,
    Status,
    VariantSpec,
    Verdict,
)
from inedit.model.errors import WrongInput
from inedit.pipeline.services import Reviews, SavingsBook
from inedit.store import Store, utc_text


class Decision(StrEnum):
    """What a person may say of the pieces that wait, in the words that the form shows."""

    APPROVE_ALL = "Approve all"
    APPROVE_BUT = "Approve all but these"
    SEND_BACK = "Send back with a comment"


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer. ``picked`` are ids of pieces; ``minutes`` is what the reader says it took, all in all;
    ``checked`` what the pieces were read for (:data:`inedit.model.CHECKED`)."""

    decision: Decision
    by: str
    minutes: Decimal
    picked: tuple[str, ...] = ()
    comment: str = ""
    checked: tuple[str, ...] = ()

    def check(self, waiting: Collection[str]) -> None:
        """Raises :class:`~.errors.WrongInput`, in a sentence that says what is missing."""
        if not self.by.strip():
            raise WrongInput("Give your name: it is kept with every piece.")
        if not self.minutes.is_finite() or self.minutes < 0:
            raise WrongInput("The minutes that you spent are a number that is not negative.")
        if unknown := sorted(set(self.checked) - set(CHECKED)):
            raise WrongInput(f"Pieces are checked for {', '.join(CHECKED)}, not for {', '.join(unknown)}.")
        strangers = sorted(set(self.picked) - set(waiting))
        if strangers:
            raise WrongInput(f"These pieces do not wait for approval: {', '.join(strangers)}.")
        if self.decision is Decision.APPROVE_BUT and not self.picked:
            raise WrongInput("Pick the pieces that are not approved, or approve all.")
        if self.decision is Decision.SEND_BACK and not self.comment.strip():
            raise WrongInput("Write a comment: it tells the model what to write in another way.")
        if self.decision is Decision.APPROVE_ALL and (self.picked or self.comment.strip()):
            raise WrongInput(
                "Pieces or a comment were given, and all were to be approved. Approve all with neither, "
                "or choose another answer."
            )

    def of(self, piece_id: str) -> Approval:
        """What the answer means for one piece that waits.

        Sent back are the pieces that were picked, all when none was. Of *all but these*, those that were picked are
        sent back when there is a comment, and are otherwise not approved.
        """
        picked = piece_id in self.picked
        match self.decision:
            case Decision.APPROVE_ALL:
                return Approval.APPROVED
            case Decision.SEND_BACK:
                return Approval.CHANGES_REQUESTED if picked or not self.picked else Approval.PENDING
            case Decision.APPROVE_BUT:
                no = Approval.CHANGES_REQUESTED if self.comment.strip() else Approval.REJECTED
                return no if picked else Approval.APPROVED


def waiting_pieces(store: Store, campaign_id: str, specs: Iterable[VariantSpec]) -> tuple[Piece, ...]:
    """The pieces of a plan that wait for a person, in its order."""
    found = {
        piece.spec.key: piece
        for piece in read_pieces(store, campaign_id=campaign_id)
        if piece.approval is Approval.PENDING
    }
    return tuple(found[spec.key] for spec in specs if spec.key in found)


def settle(
    ledger: SavingsBook,
    brand: Brand,
    request: Request,
    pieces: Sequence[Piece],
    answer: Answer,
    *,
    answered_at: datetime,
    archive: Reviews = reviews,
) -> bool:
    """Carry out an answer, all of it or nothing; False when the request was answered before, and nothing is changed.

    The reviewer's minutes are divided over the pieces that were read, to the second. Raises
    :class:`~.errors.WrongInput` for an answer that cannot be carried out.
    """
    answer.check({piece.id for piece in pieces})
    seconds = int((answer.minutes * 60).to_integral_value())
    waited = max(0, round((answered_at - request.requested_at).total_seconds()))
    about = {
        "requested_at": utc_text(request.requested_at), "answered_at": utc_text(answered_at),
        "waited_seconds": waited, "decision": answer.decision.value, "comment": answer.comment.strip(),
    }  # fmt: skip
    with ledger.transaction() as connection:
        first = archive.close_request(
            connection, request, answered_at=answered_at, decision=answer.decision.value, reviewer=answer.by,
            seconds=seconds, comment=answer.comment,
        )  # fmt: skip
        if not first:
            return False
        by, comment = answer.by, answer.comment.strip()
        given = set()
        for piece in pieces:
            approval = answer.of(piece.id)
            if approval is Approval.PENDING:
                continue
            first = archive.decide_piece(
                connection, piece.id, approval, by=by, at=answered_at, comment=comment
            )
            if first and approval is Approval.APPROVED:
                given.add(piece.id)
        for piece, share in zip(pieces, _evenly(seconds, len(pieces)), strict=True):
            if (approval := answer.of(piece.id)) is not Approval.PENDING:
                ledger.record_human_review(
                    piece, by=by, checked=answer.checked, seconds=share, decision=approval.value, at=answered_at,
                    currency=_currency(brand, piece), connection=connection,
                )  # fmt: skip
        for piece, share in _shares(pieces, brand, seconds):
            _book(connection, ledger, brand, piece, share, by, approved=piece.id in given, about=about)
    return True


def _shares(pieces: Sequence[Piece], brand: Brand, seconds: int) -> Iterator[tuple[Piece, int]]:
    """The reviewer's time over the pieces, to the second. Without a baseline nobody knows what a minute is worth: the
    time goes to the pieces that have one."""
    valued = [p for p in pieces if brand.baseline(p.spec.channel, p.spec.language) is not None]
    yield from zip(valued, _evenly(seconds, len(valued)), strict=True)


def _evenly(seconds: int, count: int) -> Iterator[int]:
    """Whole seconds over so many."""
    for index in range(count):
        yield seconds // count + (index < seconds % count)


def _currency(brand: Brand, piece: Piece) -> str | None:
    baseline = brand.baseline(piece.spec.channel, piece.spec.language)
    return baseline.currency if baseline else None


def _book(
    connection: Connection,
    ledger: SavingsBook,
    brand: Brand,
    piece: Piece,
    seconds: int,
    by: str,
    *,
    approved: bool,
    about: Mapping[str, object],
) -> None:
    """What an approved piece saved, and the time that was spent on it, or on one that was not approved."""
    spec, baseline = piece.spec, brand.baseline(piece.spec.channel, piece.spec.language)
    run_id, revision_number = piece.run_id, piece.revision_number
    if approved and baseline is not None:
        ledger.record_saving(
            spec, baseline, run_id=run_id, revision_number=revision_number, connection=connection
        )
    ledger.record_review(
        spec, Decimal(seconds) / 60, by=by, revision_number=revision_number, run_id=run_id,
        baseline=baseline, about=about, connection=connection,
    )  # fmt: skip


def book_decision(
    connection: Connection, ledger: SavingsBook, brand: Brand, piece: Piece, decision: str, *, by: str, at: datetime,
    seconds: int, checked: Collection[str] = (), comment: str = "",
) -> None:  # fmt: skip
    """Who read one piece and for how long, what that cost, and what the piece saved when it was approved."""
    ledger.record_human_review(
        piece, by=by, checked=checked, seconds=seconds, decision=decision, at=at,
        currency=_currency(brand, piece), connection=connection,
    )  # fmt: skip
    if _currency(brand, piece) is not None:
        about = {"answered_at": utc_text(at), "decision": decision, "comment": comment}
        approved = decision == Approval.APPROVED
        _book(connection, ledger, brand, piece, seconds, by, approved=approved, about=about)


def book_reading(
    ledger: SavingsBook,
    brand: Brand,
    piece: Piece,
    *,
    by: str,
    minutes: Decimal,
    checked: Collection[str],
    at: datetime,
) -> LedgerEntry:
    """Minutes that somebody spent on a piece. With ``checked`` an accepted text was read for these and found right: its
    human review, in the same transaction. Raises :class:`~.errors.WrongInput` for what nobody can be said to have
    read."""
    if unknown := sorted(set(checked) - set(CHECKED)):
        raise WrongInput(f"Pieces are checked for {', '.join(CHECKED)}, not for {', '.join(unknown)}.")
    if checked and piece.status is not Status.ACCEPTED:
        raise WrongInput(
            f"Piece '{piece.id}' is {piece.status}, so nobody has answered for it yet: approve it or edit it, and say "
            "there what it was read for."
        )
    baseline = brand.baseline(piece.spec.channel, piece.spec.language)
    with ledger.transaction() as connection:
        spent = ledger.record_review(
            piece.spec, minutes, by=by, revision_number=piece.revision_number, run_id=piece.run_id,
            baseline=baseline, connection=connection,
        )  # fmt: skip
        if checked:
            ledger.record_human_review(
                piece, by=by, checked=checked, seconds=int(minutes * 60), decision=Approval.APPROVED.value, at=at,
                currency=_currency(brand, piece), connection=connection,
            )  # fmt: skip
    return spent


def commented(piece: Piece) -> Piece:
    """A piece that was sent back, with the person's comment as the finding that the model has to fix."""
    finding = Finding(
        BY_A_PERSON, Severity.BLOCK, f"{piece.decided_by}: {piece.comment}", remedy=piece.comment
    )
    return replace(piece, verdict=Verdict((finding,)), approval=None, reason=finding.message)
