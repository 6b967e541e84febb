"""One piece, large: read it, see what is behind each span, decide on it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from inedit.archive.admission import PROTECTED
from inedit.archive.attempts import judged_attempts
from inedit.archive.revisions import read_revisions, version_of
from inedit.brand.schema import Sheet
from inedit.guard.nlp.length import length_of
from inedit.guard.similarity.measurements import MEANING
from inedit.guard.similarity.parts import SAME_PART
from inedit.guard.similarity.signals import SIGNALS
from inedit.ledger.journal.human_reviews import human_reviews
from inedit.model import CHECKED, Approval, Piece, Severity, Status
from inedit.model.errors import WrongInput
from inedit.pipeline.editing import sheet_of
from inedit.pipeline.waiver import is_copy, waive
from inedit.prompting.answers import MalformedAnswer, parse_answer, split_answer
from inedit.studio.decisions import Taken
from inedit.studio.differences import changed_parts
from inedit.studio.listing import Filter, cell_of, listed, names_of, neighbours, state_of
from inedit.studio.marks import Note, by_names, marked_parts, notes_of, passage
from inedit.studio.page import EVERYBODY, Page, Visit

MOST_SECONDS = 6 * 3600
"""A single text is not read for longer than this."""

LIKENESSES = (*SIGNALS, SAME_PART, MEANING)
"""What a copy is seen by, as findings name it."""

DECIDERS = ("marketer", "reviewer")
"""The roles that may decide on texts."""

ANSWERS = {"approve": Approval.APPROVED, "send-back": Approval.CHANGES_REQUESTED, "park": Approval.REJECTED}


@dataclass(frozen=True, slots=True)
class Other:
    """A text that this one copies, whole, with the copied passage marked."""

    id: str
    label: str
    segments: tuple[Any, ...]


def found_piece(visit: Visit) -> Piece:
    """The piece that the address names."""
    piece = visit.workspace.find(str(visit.request.path_params["piece_id"])[:80])
    if piece is None:
        raise WrongInput(visit.t("piece.missing"))
    return piece


def part_names(sheet: Sheet | None, language: str) -> dict[str, str]:
    """What a channel calls its parts."""
    if sheet is None:
        return {}
    return {part.id: part.name.get(language) or part.name.get("en") or part.id for part in sheet.parts}


def uses(visit: Visit) -> Counter[str]:
    """How many accepted or waiting pieces tell each insight or claim."""
    counted: Counter[str] = Counter()
    for card in visit.workspace.catalogue.cards():
        if card.status is Status.ACCEPTED or card.approval is Approval.PENDING:
            counted.update(card.sources)
    return counted


def shown_text(visit: Visit, piece: Piece) -> dict[str, Any]:
    """What every view of a text needs: its parts with marks, its notes, the texts that it copies."""
    brand = visit.workspace.project().brand
    sheet = sheet_of(piece, visit.workspace.kinds())
    notes = notes_of(piece, brand, visit.language, uses(visit))
    copied = copied_texts(visit, notes)
    named = part_names(sheet, visit.language)
    labels = {id: other.label for id, other in copied.items()}
    signals = {name: visit.t(f"signal.{name.replace(' ', '_')}") for name in LIKENESSES}
    notes = tuple(by_names(note, labels, named, signals) for note in notes)
    limits = {part.id: part.max_chars for part in sheet.parts} if sheet else {}
    return {
        "piece": piece,
        "sheet": sheet,
        "notes": notes,
        "parts": marked_parts(piece, notes, named, limits),
        "copied": copied,
        "waivable": tuple(dict.fromkeys(
            f.check for f in piece.verdict.findings if f.severity is not Severity.NOTE and not is_copy(f)
        )),
        "today": visit.workspace.clock().date(),
    }  # fmt: skip


def copied_texts(visit: Visit, notes: tuple[Note, ...]) -> dict[str, Other]:
    """The whole texts that a piece copies, by their ids."""
    passages = dict(other for note in notes for other in note.others)
    return {id: _other(visit, id, copied) for id, copied in passages.items()}


def _other(visit: Visit, id: str, copied: str) -> Other:
    """A text that is copied, under a name: its cell, or its title among the protected ones."""
    brand, piece = visit.workspace.project().brand, visit.workspace.find(id)
    if piece is not None:
        names, spec = names_of(brand, visit.language), piece.spec
        cell = (names[axis].get(of, of) for axis, of in (
            ("channel", spec.channel), ("segment", spec.segment), ("language", spec.language), ("tone", spec.tone),
        ))  # fmt: skip
        return Other(id, f"{' · '.join(cell)} #{spec.index + 1}", passage(piece.text, copied))
    reference = next((one for one in brand.references if id == f"{PROTECTED}{one.id}"), None)
    return Other(
        "", reference.id if reference else id, passage(reference.text if reference else copied, copied)
    )


def piece(visit: Visit) -> Response:
    """The zen view."""
    shown = found_piece(visit)
    around = _around(visit, shown)
    visit.workspace.looks.look(visit.session.name, shown.id, visit.workspace.clock())
    return visit.show("piece.html", **around, **shown_text(visit, shown))


def _around(visit: Visit, shown: Piece) -> dict[str, Any]:
    """Where the piece stands: in its list, in its history, with people."""
    workspace, wanted = visit.workspace, Filter.of(visit.query)
    found, counts = listed(workspace, wanted, visit.session.name)
    card = next((card for card in workspace.catalogue.cards() if card.id == shown.id), None)
    before, behind, number, total = neighbours(found, shown.id, cell_of(card) if card else ())
    taken = workspace.decisions.waiting().get(shown.id)
    attempts = judged_attempts(workspace.store, shown.spec.campaign_id, shown.spec.key, shown.revision_number)
    revisions = read_revisions(workspace.store, shown.id)
    steps = [(one, changed_parts(last.parts, one.parts)) for last, one in itertools.pairwise(revisions)]
    tries = [
        (one, changed_parts(one.parts, following.parts or shown.parts))
        for one, following in zip(attempts, [*attempts[1:], None], strict=False)
        if following is not None and one.parts
    ]
    earlier = [workspace.find(f"{shown.spec.key}-{n}") for n in range(1, shown.revision_number)]
    series = [one for one in (*earlier, shown) if one is not None]
    return {
        "earlier": [(old, changed_parts(old.parts, new.parts)) for old, new in itertools.pairwise(series)],
        "newest": card is not None,
        "written": {one.attempt: written_texts(visit, shown, one.raw) for one in attempts},
        "wanted": wanted, "before": before, "behind": behind, "number": number, "total": total, "counts": counts,
        "state": state_of(shown.status, taken.approval if taken else shown.approval), "taken": taken,
        "trouble": workspace.decisions.trouble.get(shown.id, ""),
        "names": names_of(workspace.project().brand, visit.language),
        "attempts": attempts, "steps": steps, "tries": {a.attempt: d for a, d in tries},
        "read_by": human_reviews(workspace.store, [shown.id]), "checked": CHECKED,
        "length": length_of(shown.text, shown.spec.language), "version": version_of(shown.parts),
        "scores": _scores(shown), "decides": visit.is_one_of(*DECIDERS),
    }  # fmt: skip


def written_texts(visit: Visit, shown: Piece, raw: str) -> list[dict[str, str]]:
    """The texts of an answer as they came, by part; what cannot be read as a text is left out."""
    texts: list[dict[str, str]] = []
    if (sheet := sheet_of(shown, visit.workspace.kinds())) is None:
        return texts
    for one in split_answer(raw):
        try:
            texts.append({**shown.parts, **parse_answer(one, sheet, dict(shown.parts))})
        except MalformedAnswer:
            continue
    return texts


def _scores(shown: Piece) -> list[tuple[str, float]]:
    """The figures of originality that are known; each means something else, and they are never averaged."""
    near = shown.verdict.originality
    figures: Mapping[str, float | None] = {
        "mirror_distance": near.mirror_distance, "sibling_novelty": near.sibling_novelty,
        "archive_novelty": near.archive_novelty, "insight_use": near.insight_use,
        "own_words": 1 - shown.verdict.own_words.paste_share if shown.verdict.own_words else None,
    }  # fmt: skip
    return [(name, value) for name, value in figures.items() if value is not None]


def list_of(visit: Visit) -> Filter:
    """The list that a form was sent from."""
    return Filter.of(dict(parse_qsl(visit.field("list")[:4_000])))


def seconds_read(visit: Visit) -> int:
    """The seconds that the page measured, or that the person put in their place."""
    seconds = visit.field("seconds").replace(",", ".")
    try:
        return min(MOST_SECONDS, max(0, round(float(seconds))))
    except (ValueError, OverflowError):
        return 0


def decide(visit: Visit) -> Response:
    """Approve, send back or park, and go on to the next one."""
    shown = found_piece(visit)
    answer = str(visit.request.path_params["answer"])
    if answer not in ANSWERS:
        raise WrongInput(visit.t("piece.unknown_answer"))
    approval = ANSWERS[answer]
    comment = visit.field("comment")[:2_000]
    wanted = list_of(visit)
    back = wanted.address(f"/pieces/{shown.id}")
    if visit.field("version") != version_of(shown.parts):
        return visit.redirect(back, "piece.changed")
    if shown.status is Status.ACCEPTED:
        return visit.redirect(back, "piece.accepted_already")
    if approval is Approval.APPROVED and shown.approval is not Approval.PENDING:
        return visit.redirect(back, "piece.cannot_approve")
    if approval is Approval.CHANGES_REQUESTED and not comment:
        return visit.redirect(back, "piece.comment_missing")
    found, _ = listed(visit.workspace, wanted, visit.session.name)
    card = next(card for card in visit.workspace.catalogue.cards() if card.id == shown.id)
    _, behind, _, _ = neighbours(found, shown.id, cell_of(card))
    checked = tuple(name for name in CHECKED if visit.field(f"checked-{name}"))
    visit.workspace.decisions.take(
        Taken(
            shown.id,
            approval,
            visit.session.name,
            visit.workspace.clock(),
            seconds_read(visit),
            comment,
            checked,
        )
    )
    notices = {"approve": "piece.approved", "send-back": "piece.sent_back", "park": "piece.parked"}
    left = next((one.card.id for one in found if one.card.id != shown.id and not one.undoable), "")
    following = wanted.address(f"/pieces/{behind or left}" if behind or left else "/pieces")
    return visit.redirect(following, notices[answer])


def undo(visit: Visit) -> Response:
    """Take the last decision back, and look at its piece again."""
    wanted = list_of(visit)
    taken = visit.workspace.decisions.undo(visit.session.name)
    if not taken:
        return visit.redirect(wanted.address("/pieces"), "piece.nothing_to_undo")
    if len(taken) > 1:
        return visit.redirect(wanted.address("/pieces"), "bulk.undone")
    return visit.redirect(wanted.address(f"/pieces/{taken[0].piece_id}"), "piece.undone")


def keep(visit: Visit) -> Response:
    """Let what a check found pass, with a reason."""
    shown, workspace = found_piece(visit), visit.workspace
    wanted = list_of(visit)
    if visit.field("version") != version_of(shown.parts):
        return visit.redirect(wanted.address(f"/pieces/{shown.id}"), "piece.changed")
    brand = workspace.project().brand
    waive(
        workspace.archive(), workspace.ledger(), brand.campaigns.get(shown.spec.campaign_id), shown,
        visit.field("check"), by=visit.session.name, because=visit.field("because")[:500], at=workspace.clock(),
        encoder=workspace.encoder,
    )  # fmt: skip
    return visit.redirect(wanted.address(f"/pieces/{shown.id}"), "piece.kept")


PAGES = (
    Page("/pieces/{piece_id}", piece, roles=EVERYBODY),
    Page("/pieces/{piece_id}/keep", keep, methods=("POST",), roles=DECIDERS),
    Page("/pieces/{piece_id}/decide/{answer}", decide, methods=("POST",), roles=DECIDERS),
    Page("/undo", undo, methods=("POST",), roles=DECIDERS),
)
