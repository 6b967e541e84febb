"""A draft as its readers see it, and the way back to the draft as it was written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inedit.guard.nlp.characters import AsRead, as_read, is_plain
from inedit.model import Draft, Finding, Receipt, Span


@dataclass(frozen=True, slots=True)
class DraftAsRead:
    """A draft without invisible characters and look-alike letters; ``back`` is None when it had none."""

    draft: Draft
    back: AsRead | None = None

    def span(self, span: Span) -> Span:
        """Where a span of the draft as read stands in the draft as written."""
        return self.back.written(span) if self.back else span

    def finding(self, finding: Finding) -> Finding:
        """The finding with its spans in the draft as written."""
        if self.back is None:
            return finding
        matches = tuple(replace(m, spans=tuple(map(self.span, m.spans))) for m in finding.matches)
        return replace(finding, span=finding.span and self.span(finding.span), matches=matches)

    def receipt(self, receipt: Receipt) -> Receipt:
        """The receipt with its span in the draft as written."""
        return receipt if self.back is None else replace(receipt, span=self.span(receipt.span))


def read_draft(draft: Draft) -> DraftAsRead:
    """The draft as its readers see it."""
    if all(map(is_plain, draft.parts.values())):
        return DraftAsRead(draft)
    parts: dict[str, str] = {}
    starts: list[int] = []
    ends: list[int] = []
    offset = 0
    for part_id, written in draft.parts.items():
        read = as_read(written)
        parts[part_id] = read.text
        if not written:
            continue
        if read.text:  # a part of nothing but invisible characters is empty to a reader
            starts += [offset + position for position in read.starts] + [offset + len(written)]
            ends += [offset + position for position in read.ends] + [offset + len(written) + 1]
        offset += len(written) + 1
    return DraftAsRead(replace(draft, parts=parts), AsRead("", tuple(starts), tuple(ends)))
