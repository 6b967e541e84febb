"""What is known of a text, span by span: which words come from which fact, which are refused, which are copied."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from inedit.brand.schema import Brand
from inedit.guard.messages import message_in, remedy_in
from inedit.model import Finding, Piece, Severity, Span

RANK = {"copy": 0, "block": 1, "review": 2, "note": 3, "receipt": 4}
"""Which note colours words that several notes are about."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know. ``kind`` is ``receipt``, ``copy``, or a finding's severity; ``message`` is the fact behind a
    receipt or the finding's message; ``others`` are texts that are copied: id and longest copied passage."""

    id: str
    kind: str
    name: str
    message: str
    spans: tuple[Span, ...] = ()
    remedy: str = ""
    source: str = ""
    collected: date | None = None
    until: date | None = None
    how: str = ""
    uses: int = 0
    others: tuple[tuple[str, str], ...] = ()
    part: str = ""

    def expired(self, today: date) -> bool:
        """Whether the fact may not be said any more."""
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that the same notes are about."""

    text: str
    notes: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of a text, cut where the notes change."""

    id: str
    name: str
    segments: tuple[Segment, ...]
    length: int = 0
    limit: int | None = None
    notes: tuple[Note, ...] = field(default=())  # of the part as a whole


def notes_of(piece: Piece, brand: Brand, language: str, uses: Mapping[str, int]) -> tuple[Note, ...]:
    """The findings on a piece, the gravest first, then its receipts, in the person's language."""
    found = sorted(
        (_of_finding(finding, piece, language) for finding in piece.verdict.findings),
        key=lambda note: RANK[note.kind],
    )
    notes = (*found, *_of_receipts(piece, brand, uses))
    return tuple(_numbered(notes))


def by_names(
    note: Note, texts: Mapping[str, str], parts: Mapping[str, str], signals: Mapping[str, str]
) -> Note:
    """The note in names: those of the other texts and of the channel's parts in the place of their ids, and in words
    what a likeness was seen by. The fact behind a receipt stays as it is written."""
    if note.kind == "receipt":
        return note
    message, remedy = note.message, note.remedy
    for id, _ in note.others:
        message = message.replace(id, texts[id])
    for signal, words in signals.items():
        message = message.replace(f"({signal}, ", f"({words}, ")
    if note.name == "parts":
        for id, name in parts.items():
            quoted = re.compile(rf"(?<=[“«])(\s?){re.escape(id)}(?=\s?[”»])")
            message = quoted.sub(lambda found, name=name: found[1] + name, message)  # type: ignore[misc]
            remedy = re.sub(rf"^{re.escape(id)}(?=\s?:)", lambda _, name=name: name, remedy)  # type: ignore[misc]
    return replace(note, message=message, remedy=remedy)


def _numbered(notes: Sequence[Note]) -> Iterable[Note]:
    return (replace(note, id=f"n{number}") for number, note in enumerate(notes, 1))


def _of_finding(finding: Finding, piece: Piece, language: str) -> Note:
    copied = finding.matches and finding.severity is not Severity.NOTE
    spans = tuple(span for match in finding.matches for span in match.spans)
    return Note(
        id="", kind="copy" if copied else finding.severity.value, name=finding.check,
        message=message_in(language, finding.message), remedy=remedy_in(language, finding, piece.spec.language),
        spans=spans or ((finding.span,) if finding.span else ()), part=finding.part,
        others=tuple((match.piece_id, match.other_text) for match in finding.matches),
    )  # fmt: skip


def _of_receipts(piece: Piece, brand: Brand, uses: Mapping[str, int]) -> Iterable[Note]:
    by_source: dict[tuple[str, str], list[Span]] = {}
    how: dict[tuple[str, str], list[str]] = {}
    for receipt in piece.verdict.receipts:
        key = (receipt.kind, receipt.source_id)
        by_source.setdefault(key, []).append(receipt.span)
        how.setdefault(key, []).append(receipt.how)
    for (kind, source_id), spans in by_source.items():
        insight, claim = brand.insights.get(source_id), brand.claims.get(source_id)
        fact = insight if kind == "insight" else claim
        text = (fact.text.get(piece.spec.language) or next(iter(fact.text.values()))) if fact else ""
        yield Note(
            id="", kind="receipt", name=kind, message=text or source_id, spans=tuple(spans),
            source=fact.source if fact else "",
            collected=insight.collected if kind == "insight" and insight else None,
            until=claim.valid_until if kind == "claim" and claim else None,
            how=how[kind, source_id][0], uses=uses.get(source_id, 0),
        )  # fmt: skip


def marked(
    text: str, spans: Mapping[str, tuple[Span, ...]], kinds: Mapping[str, str], offset: int = 0
) -> tuple[Segment, ...]:
    """A text cut at the ends of spans, which are given by note; ``offset`` is where the text stands."""
    inside = [
        (max(0, span.start - offset), min(len(text), span.end - offset), note)
        for note, places in spans.items()
        for span in places
        if span.start - offset < len(text) and span.end - offset > 0
    ]
    cuts = sorted({0, len(text), *(start for start, _, _ in inside), *(end for _, end, _ in inside)})
    made = []
    for start, end in itertools.pairwise(cuts):
        about = tuple(dict.fromkeys(note for a, b, note in inside if a <= start and end <= b))
        kind = min((kinds[note] for note in about), key=lambda kind: RANK[kind], default="")
        made.append(Segment(text[start:end], about, kind))
    return tuple(made)


def marked_parts(
    piece: Piece, notes: Sequence[Note], names: Mapping[str, str], limits: Mapping[str, int]
) -> tuple[MarkedPart, ...]:
    """The parts of a piece with their notes, named as the channel names them."""
    spans = {note.id: note.spans for note in notes}
    kinds = {note.id: note.kind for note in notes}
    parts, start = [], 0
    for id, text in piece.parts.items():
        if not text:
            continue
        of_part = tuple(note for note in notes if note.part == id and not note.spans)
        parts.append(
            MarkedPart(
                id, names.get(id, id), marked(text, spans, kinds, start), len(text), limits.get(id), of_part
            )
        )
        start += len(text) + 1
    return tuple(parts)


def passage(text: str, copied: str) -> tuple[Segment, ...]:
    """Another text with the copied passage marked where it stands in it."""
    at = text.find(copied) if copied else -1
    if at < 0:
        return (Segment(text),)
    return marked(text, {"p": (Span(at, at + len(copied)),)}, {"p": "copy"})
