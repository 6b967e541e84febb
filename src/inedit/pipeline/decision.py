"""A person's decision on one piece: approve it, send it back, park it. The answer to a run's request as a whole is in
:mod:`inedit.pipeline.approval`; here each piece is decided on its own, and the last one closes the request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from inedit.archive import reviews
from inedit.brand.schema import Brand
from inedit.model import Approval, Piece, Status
from inedit.model.errors import WrongInput
from inedit.pipeline.approval import book_decision
from inedit.pipeline.services import SavingsBook
from inedit.store import Store


def decide(
    store: Store, ledger: SavingsBook, brand: Brand, piece: Piece, approval: Approval, *, by: str, at: datetime,
    seconds: int, comment: str = "", checked: Collection[str] = (),
) -> bool:  # fmt: skip
    """Carry out a decision with the seconds that it took; False when the piece was decided on meanwhile.

    Raises :class:`~.errors.WrongInput` for a decision that cannot be taken.
    """
    if not by.strip():
        raise WrongInput("Give your name: it is kept with every piece.")
    if approval is Approval.CHANGES_REQUESTED and not comment.strip():
        raise WrongInput("Write a comment: it tells the model what to write in another way.")
    if piece.status is Status.ACCEPTED:
        raise WrongInput(
            "This piece is accepted already, and what it saved is in the ledger: edit it instead."
        )
    if approval is Approval.APPROVED and piece.approval is not Approval.PENDING:
        raise WrongInput("The checks have something against this piece: edit it, or say why it is fine.")
    with ledger.transaction() as connection:
        told = comment.strip()
        if not reviews.decide_piece(
            connection, piece.id, approval, by=by, at=at, comment=told, stood=piece.approval
        ):
            return False
        book_decision(
            connection, ledger, brand, piece, approval.value, by=by, at=at, seconds=seconds, checked=checked,
            comment=told,
        )  # fmt: skip
    _close_when_all_are_decided(store, ledger, piece.run_id, by=by, at=at)
    return True


def _close_when_all_are_decided(
    store: Store, ledger: SavingsBook, run_id: str, *, by: str, at: datetime
) -> None:
    """A run that asked for approval has its answer once none of its pieces waits any more."""
    request = reviews.waiting_request(store, run_id)
    if request is None or reviews.does_any_wait(store, run_id):
        return
    with ledger.transaction() as connection:
        reviews.close_request(
            connection, request, answered_at=at, decision="Decided one by one", reviewer=by, seconds=0, comment="",
        )  # fmt: skip
