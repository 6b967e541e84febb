"""A person's own wording of a piece: judged as any draft, kept as a revision, refused when it copies.

What the checks say can be kept with a reason, as :mod:`inedit.pipeline.waiver` allows it; copies never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from inedit.archive.admission import Archive, Embedding
from inedit.archive.revisions import Edit
from inedit.brand.schema import Sheet
from inedit.encoding import Encoder
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.near_duplicate import findings_from
from inedit.guard.context import Context
from inedit.guard.judge import CHECKS
from inedit.ledger import Ledger
from inedit.model import Approval, Decision, Draft, Finding, Piece, Prompt, Severity, Status, Verdict
from inedit.model.errors import WrongInput
from inedit.pipeline.approval import book_decision
from inedit.pipeline.evaluation import Surroundings, evaluate_draft
from inedit.pipeline.rejudge import NOTHING_CONSUMED, prompt_of
from inedit.pipeline.waiver import is_copy, waived
from inedit.prompting import Templates

EDITED = "edited"
"""The decision that the record of an editor's reading names."""

KEPT = "this is fine, because"
"""What a note says that a person let pass."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An edit that was not saved: the verdict on it, or the text that stands there meanwhile (``conflict``)."""

    piece: Piece
    conflict: bool = False

    @property
    def against(self) -> tuple[Finding, ...]:
        """What stands in its way."""
        return tuple(f for f in self.piece.verdict.findings if f.severity is not Severity.NOTE)


def sheet_of(piece: Piece, templates: Mapping[str, Templates]) -> Sheet | None:
    """The description of the piece's parts, in the kind of prompts that it was written by; None for parts that no
    prompt names any more."""
    sheets = (kind.sheets.get(piece.spec.channel) for kind in templates.values())
    return next(
        (sheet for sheet in sheets if sheet and {part.id for part in sheet.parts} == set(piece.parts)), None
    )


def judge_edit(
    archive: Archive, templates: Mapping[str, Templates], piece: Piece, parts: Mapping[str, str], today: date
) -> Piece:
    """The piece with other words and the verdict on them; nothing is paid, written or remembered.

    ``templates`` are the project's prompts by their kind. Copies are told by their words: what says the same in other
    words is found when the edit is saved. What a person let pass before stays passed, word for word.
    """
    brand = archive.brand
    campaign, sheet = brand.campaigns.get(piece.spec.campaign_id), sheet_of(piece, templates)
    edited = replace(piece, parts=_with(piece, parts, sheet))
    if campaign is None or sheet is None or piece.spec.language not in brand.languages:
        raise WrongInput(
            "The brand has no such campaign, channel or parts any more: this piece can only be read."
        )
    spec = replace(
        piece.spec,
        insight_ids=tuple(id for id in piece.spec.insight_ids if id in brand.insights),
        claim_ids=tuple(id for id in piece.spec.claim_ids if id in brand.claims),
    )
    draft = Draft(spec, edited.parts, NOTHING_CONSUMED, piece.attempts)
    kind = next(kind for kind in templates.values() if kind.sheets.get(piece.spec.channel) is sheet)
    prompt = prompt_of(draft, brand, campaign, kind, today)
    checks = CHECKS if prompt else tuple(check for check in CHECKS if check is not no_echo)
    context = Context(brand, campaign, sheet, prompt or Prompt((), "", ""), today)
    copies = archive.copies_by_words(edited, campaign)
    verdict = evaluate_draft(draft, context, Surroundings(find_copies=lambda _: copies), checks)
    found = tuple(_still_passed(verdict.findings, piece.verdict))
    near = replace(
        piece.verdict.originality, insight_use=verdict.originality.insight_use,
        paste_share=verdict.originality.paste_share,
    )  # fmt: skip
    return replace(edited, verdict=replace(verdict, findings=found, originality=near))


def save_edit(
    archive: Archive, ledger: Ledger, judged: Piece, reasons: Mapping[str, str], edit: Edit, *, seconds: int,
    encoder: Callable[[], Encoder],
) -> Piece | Refused:  # fmt: skip
    """Keep an edit that :func:`judge_edit` has judged; ``reasons`` say why findings of a check are fine, by check.

    What was accepted stays accepted; what was parked or sent back waits for approval afterwards.
    """
    if not edit.by.strip():
        raise WrongInput("Give your name: it is kept with every edit.")
    piece = judged
    for check, because in reasons.items():
        against = {
            f.check for f in piece.verdict.findings if f.severity is not Severity.NOTE and not is_copy(f)
        }
        if because.strip() and check in against:
            piece = waived(piece, check, by=edit.by, because=because, at=edit.at)
    if piece.verdict.decision is not Decision.ACCEPT:
        return Refused(piece)
    accepted = piece.status is Status.ACCEPTED
    piece = replace(piece, reason="", approval=piece.approval if accepted else Approval.PENDING)
    campaign = archive.brand.campaigns[piece.spec.campaign_id]
    vector = encoder().encode([piece.text])[0]

    def settle(connection: Connection, admitted: Piece) -> None:
        book_decision(
            connection, ledger, archive.brand, admitted, EDITED, by=edit.by, at=edit.at, seconds=seconds,
            comment=edit.reason,
        )  # fmt: skip

    admitted = archive.revise(
        piece, Embedding(vector, encoder().name, encoder().digest), edit, campaign=campaign,
        within_transaction=settle,
    )  # fmt: skip
    if admitted is None:
        return Refused(piece, conflict=True)
    if isinstance(admitted, Piece):
        return admitted
    draft = Draft(piece.spec, piece.parts, NOTHING_CONSUMED, piece.attempts)
    return Refused(replace(piece, verdict=piece.verdict.with_findings(findings_from(draft, admitted))))


def _with(piece: Piece, parts: Mapping[str, str], sheet: Sheet | None) -> dict[str, str]:
    """The piece's parts with the new words of those that people may word; approved wordings stay as they are."""
    free = {part.id for part in sheet.parts if part.source == "model"} if sheet else set()
    return {
        name: parts.get(name, said).strip() if name in free else said for name, said in piece.parts.items()
    }


def _still_passed(findings: tuple[Finding, ...], before: Verdict) -> Iterator[Finding]:
    """The findings, those that a person let pass earlier as the note that says so."""
    notes = {(n.check, n.message.partition(" [")[0]): n for n in before.findings if KEPT in n.message}
    for finding in findings:
        note = notes.get((finding.check, finding.message))
        passed = note is not None and finding.severity is not Severity.NOTE and not is_copy(finding)
        yield (
            replace(finding, severity=Severity.NOTE, message=note.message, remedy="")
            if passed and note
            else finding
        )
