"""A person's word against a check's: "this is fine, because …", for one piece, kept with it and shown with it.

The finding stays among the piece's findings as a note that says what it was, who let it pass, when and why. A parked
piece that nothing else stands against then goes through the archive's door as any other: a copy stays a copy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from inedit.archive.admission import Archive, Embedding
from inedit.archive.pieces import rewrite_verdict
from inedit.brand.schema import Campaign
from inedit.encoding import Encoder
from inedit.ledger import Ledger
from inedit.model import Decision, Finding, Piece, Severity, Status
from inedit.model.errors import WrongInput
from inedit.store import utc_text


def waived(piece: Piece, check: str, *, by: str, because: str, at: datetime) -> Piece:
    """The piece with what a check says against it turned into notes that name the person, the moment and the reason.

    Raises :class:`~.errors.WrongInput` when the check says nothing against the piece, when a name or a reason is
    missing, and for copies, which nobody can let pass.
    """
    if not by.strip() or not because.strip():
        raise WrongInput("Give your name and your reason: both are kept with the piece.")
    against = [finding for finding in piece.verdict.findings if finding.severity is not Severity.NOTE]
    if not any(finding.check == check for finding in against):
        named = ", ".join(dict.fromkeys(finding.check for finding in against)) or "nothing"
        raise WrongInput(f"The check '{check}' says nothing against this piece. Against it: {named}.")
    if any(finding.check == check and is_copy(finding) for finding in against):
        raise WrongInput("A copy cannot be let pass: write the piece again, or take the other text back.")
    said = f"{by.strip()}, {utc_text(at)[:16].replace('T', ' ')} UTC: this is fine, because {because.strip()}"
    findings = tuple(
        replace(finding, severity=Severity.NOTE, message=f"{finding.message} [{finding.severity}] {said}", remedy="")
        if finding.check == check and finding.severity is not Severity.NOTE
        else finding
        for finding in piece.verdict.findings
    )  # fmt: skip
    return replace(piece, verdict=replace(piece.verdict, findings=findings))


def waive(
    archive: Archive,
    ledger: Ledger,
    campaign: Campaign | None,
    piece: Piece,
    check: str,
    *,
    by: str,
    because: str,
    at: datetime,
    encoder: Callable[[], Encoder],
) -> Piece:
    """Write down that a check's findings on a piece are fine; the piece as it stands afterwards.

    A parked piece that the guard has nothing else against is admitted, and what it saved is recorded. Raises
    :class:`~.errors.WrongInput` when it cannot be, as :func:`waived` does; nothing is written then.
    """
    after = waived(piece, check, by=by, because=because, at=at)
    store = archive.store
    if piece.stands or after.verdict.decision is not Decision.ACCEPT:
        with store.write() as connection:
            rewrite_verdict(connection, after, by=by, at=at, because=because)
        return after
    held = archive.standing(piece.spec.campaign_id, {piece.spec.key}).get(piece.spec.key)
    if campaign is None or held is None or held.piece.id != piece.id or not piece.text.strip():
        raise WrongInput("This piece has no text, was written anew since, or its campaign is gone.")
    vector = encoder().encode([piece.text])[0]
    embedding = Embedding(vector, encoder().name, encoder().digest)
    after = replace(after, status=Status.ACCEPTED, reason="")
    baseline = archive.brand.baseline(piece.spec.channel, piece.spec.language)

    def settle(connection: Connection, admitted: Piece) -> None:
        rewrite_verdict(connection, admitted, by=by, at=at, because=because)
        if baseline is not None:
            ledger.record_saving(
                piece.spec,
                baseline,
                run_id=piece.run_id,
                revision_number=held.revision_number,
                connection=connection,
            )

    admitted = archive.admit(
        after, embedding, brief_sha=held.brief_sha, revision_number=held.revision_number, campaign=campaign,
        within_transaction=settle,
    )  # fmt: skip
    if isinstance(admitted, Piece):
        return admitted
    raise WrongInput(
        f"It copies a text that has been accepted since: “{admitted[0].other_text or admitted[0].piece_id}”."
    )


def is_copy(finding: Finding) -> bool:
    """Whether a finding says that the piece is too near to another text."""
    return finding.severity is Severity.BLOCK and bool(finding.matches)
