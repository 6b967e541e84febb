"""The nouns of the production line: frozen, without input or output, on the standard library alone.

What people edit (campaigns, segments, claims …) is described in :mod:`inedit.brand.schema`; here is what the
line itself makes: a variant to write, its prompt, its draft, what the guard found, the piece that results.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

_NOT_KEPT = re.compile(r"[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+FFFD for what no database keeps: NUL, and half a character (``"\\ud83d"`` in JSON)."""
    return _NOT_KEPT.sub("\ufffd", text)


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"  # the draft cannot be published; it goes back to the model
    REVIEW = "review"  # only a person can decide
    NOTE = "note"  # worth knowing; changes nothing


class Decision(StrEnum):
    """What happens to a draft next."""

    ACCEPT = "accept"
    REVISE = "revise"  # back to the model with the findings
    PARK = "park"  # a person decides


class Outcome(StrEnum):
    """How a model's answer ended, as the ledger records it."""

    ANSWERED = "answered"
    CUT = "cut"  # at the limit of output tokens
    FILTERED = "filtered"  # by the provider's content filter
    REFUSED = "refused"  # the model said that it would not
    EMPTY = "empty"


class Status(StrEnum):
    """Where a piece stands."""

    ACCEPTED = "accepted"
    PARKED = "parked"
    REJECTED = "rejected"
    FAILED = "failed"  # no draft could be had: the provider failed


class Approval(StrEnum):
    """Where a piece stands with the person who has to approve it."""

    PENDING = "awaited"  # the guard accepts it; parked until a person has read it
    APPROVED = "given"
    CHANGES_REQUESTED = "sent-back"  # to be written again, with the person's comment
    REJECTED = "withheld"  # a person said no; it stays parked


@dataclass(frozen=True, slots=True)
class VariantSpec:
    """One text to write: the cell of the matrix, and what this variant is to be made of.

    ``language`` is a BCP 47 tag; ``index`` counts the variants of one cell from 0; ``angle`` is the id of a
    narrative frame; ``insight_ids`` and ``claim_ids`` name what the brand supplies for it.
    """

    campaign_id: str
    channel: str
    segment: str
    language: str
    tone: str
    index: int
    angle: str = ""
    insight_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Stable address of the variant: 16 hexadecimal digits.

        Made of the cell and index only, so that new insights or angles do not orphan a text already paid for.
        """
        parts = (
            self.campaign_id, self.channel, self.segment, self.language, self.tone, str(self.index),
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @property
    def label(self) -> str:
        """The cell in words, for messages: ``email · parents · fr · warm #1``."""
        return f"{self.channel} · {self.segment} · {self.language} · {self.tone} #{self.index + 1}"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat prompt. ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the model is asked. ``max_tokens`` bounds what one answer can cost; None is left to the provider."""

    temperature: float = 0.7
    top_p: float | None = None
    max_tokens: int = 600


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent to the model: the stable brand part first, so that a provider's prompt cache can serve it.

    ``template_sha`` is the SHA-256 of the template and everything it includes; ``schema`` is the JSON schema
    of the answer (an object with one string a part); ``style`` says for which kind of model it was written
    (``full`` or ``small``; empty for a prompt that has no template).
    """

    messages: tuple[Message, ...]
    template_id: str
    template_sha: str
    insight_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    schema: Mapping[str, Any] = field(default_factory=dict)
    sampling: Sampling = Sampling()
    style: str = ""

    @property
    def text(self) -> str:
        """Every message, one after the other, as the echo check reads them."""
        return "\n\n".join(message.content for message in self.messages)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call consumed, in the provider's own tokens.

    ``input_tokens`` includes ``cached_tokens`` (read from the provider's cache) and ``cache_write_tokens`` (written to
    it, which some models bill dearer); ``output_tokens`` includes ``reasoning_tokens``.
    """

    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    reasoning_tokens: int
    latency_seconds: float
    cache_write_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model wrote for one variant. ``attempt`` counts from 1; ``parts`` keeps the order of the sheet."""

    spec: VariantSpec
    parts: Mapping[str, str]
    usage: Usage
    attempt: int
    response_id: str = ""

    @property
    def text(self) -> str:
        """The parts in order, one a line: the text that spans count in and that near-duplicates compare."""
        return "\n".join(part for part in self.parts.values() if part)

    def part_span(self, part_id: str) -> Span | None:
        """Where a part stands in :attr:`text`, or None when it is empty."""
        start = 0
        for name, part in self.parts.items():
            if not part:
                continue
            if name == part_id:
                return Span(start, start + len(part))
            start += len(part) + 1
        return None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def shifted(self, offset: int) -> Span:
        """The same characters where the text stands ``offset`` characters further on."""
        return Span(self.start + offset, self.end + offset)

    def overlaps(self, others: Iterable[Span]) -> bool:
        """Whether it shares a character with one of the others."""
        return any(self.start < other.end and other.start < self.end for other in others)

    def inside(self, others: Iterable[Span]) -> bool:
        """Whether all of it lies in one of the others."""
        return any(other.start <= self.start and self.end <= other.end for other in others)


@dataclass(frozen=True, slots=True)
class Match:
    """A text that this one copies: which, by which signal, how surely (0 to 1), and where in this text.

    ``other_text`` is the passage of the other text, to be shown beside ours.
    """

    piece_id: str
    signal: str
    score: float
    spans: tuple[Span, ...] = ()
    other_text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has to say of a draft.

    ``message`` tells a person what is wrong; ``remedy`` tells the model (or the person) how to fix it, in one
    imperative sentence.
    """

    check: str
    severity: Severity
    message: str
    span: Span | None = None
    matches: tuple[Match, ...] = ()
    remedy: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that the text uses something of ours: this span comes from that insight or claim.

    ``how`` is ``quote``, ``figure``, ``entity`` or ``meaning``.
    """

    span: Span
    source_id: str
    kind: str  # "insight" or "claim"
    how: str


@dataclass(frozen=True, slots=True)
class Originality:
    """How far a text stands from others. Figures that mean different things: they are never averaged into one.

    Distances are 1 minus the cosine to the nearest text of a kind, from 0 (the same topic) to about 1 (nothing in
    common): what anybody would get without our data, accepted siblings of the campaign in its language, the rest of the
    archive in that language, what the brief supplied. ``insight_use`` is the share of the supplied insights that left a
    receipt; ``paste_share`` the share of the words worded by the model that stand in what was supplied in runs of four
    and longer; both 0 to 1. None means that there was nothing to compare with, or that it was not measured.
    """

    mirror_distance: float | None = None
    sibling_novelty: float | None = None
    archive_novelty: float | None = None
    insight_use: float | None = None
    brief_distance: float | None = None
    paste_share: float | None = None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """How much of a text is pasted.

    ``paste_share`` is the share of the words worded by the model that stand in supplied texts in runs of four and
    longer, 0 (all its own) to 1 (nothing its own); ``spans`` are these runs; ``words`` is how many the model worded.
    """

    paste_share: float
    spans: tuple[Span, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of all checks, in order, with the receipts that were found on the way.

    ``own_words`` is None for a piece that was judged before they were measured.
    """

    findings: tuple[Finding, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    originality: Originality = Originality()
    own_words: OwnWords | None = None

    @property
    def decision(self) -> Decision:
        """Deterministic: any blocking finding sends the draft back, any doubt parks it, else it is accepted."""
        severities = {finding.severity for finding in self.findings}
        if Severity.BLOCK in severities:
            return Decision.REVISE
        return Decision.PARK if Severity.REVIEW in severities else Decision.ACCEPT

    @property
    def refused_for(self) -> str | None:
        """The check that stands in the way, the gravest and first of them; None for what is accepted."""
        for severity in (Severity.BLOCK, Severity.REVIEW):
            for finding in self.findings:
                if finding.severity is severity:
                    return finding.check
        return None

    def with_findings(self, findings: tuple[Finding, ...]) -> Verdict:
        """The same verdict with more findings at its end."""
        return replace(self, findings=(*self.findings, *findings))


@dataclass(frozen=True, slots=True)
class Piece:
    """A variant that has come to rest: accepted, parked, rejected or failed.

    ``cost_micros`` is the cost of all its attempts in millionths of ``currency``; None when one of them has an
    unknown price. ``minutes_saved`` is the expected figure against the baseline, None without a baseline.
    ``approval`` is None where nobody asked for one; ``decided_at`` is UTC text; ``prompt_sha`` is the digest of what
    its first prompt said, empty for older pieces: when that changes, the piece is stale.
    """

    id: str
    run_id: str
    spec: VariantSpec
    status: Status
    parts: Mapping[str, str]
    verdict: Verdict
    attempts: int
    reason: str = ""
    cost_micros: int | None = 0
    currency: str = "EUR"
    minutes_saved: float | None = None
    approval: Approval | None = None
    decided_at: str = ""
    decided_by: str = ""
    comment: str = ""
    prompt_sha: str = ""

    @property
    def stands(self) -> bool:
        """Whether the guard let it into the archive: accepted, or about to be when a person agrees."""
        return self.status is Status.ACCEPTED or self.approval is Approval.PENDING

    @property
    def revision_number(self) -> int:
        """Which writing of this place of the matrix it is: the number at the end of its id."""
        return int(self.id.rpartition("-")[2])

    @property
    def text(self) -> str:
        """The parts in order, one a line."""
        return "\n".join(part for part in self.parts.values() if part)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger: a paid call, a correction of one, or a memo of time saved. Never altered.

    Money is in millionths of ``currency``; ``cost_micros`` is None when the price is unknown, never zero.
    ``input_tokens`` includes ``cached_tokens`` and ``cache_write_tokens`` (None: nothing was written to the provider's
    cache); ``output_tokens`` includes ``reasoning_tokens``; a correction carries differences. Prices are decimal text,
    per million tokens. ``period`` is the month (``2026-11``) that the entry is booked in. Every column is described in
    ``docs/ledger.md``.
    """

    seq: int
    id: str
    kind: str  # "call", "correction" or "memo"
    recorded_at: str
    occurred_at: str
    period: str
    purpose: str
    run_id: str | None = None
    campaign_id: str | None = None
    spec_key: str | None = None
    edition: int = 1
    channel: str | None = None
    segment: str | None = None
    language: str | None = None
    tone: str | None = None
    attempt: int | None = None
    provider: str | None = None
    model: str | None = None
    response_id: str | None = None
    reservation_id: str | None = None
    outcome: str | None = None
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    latency_ms: int | None = None
    cost_micros: int | None = None
    currency: str | None = None
    input_price: str | None = None
    cached_price: str | None = None
    output_price: str | None = None
    price_date: str | None = None
    price_tier: str | None = None
    price_source: str | None = None
    price_note: str | None = None
    saved_seconds_low: int | None = None
    saved_seconds_expected: int | None = None
    saved_seconds_high: int | None = None
    saved_micros_low: int | None = None
    saved_micros_expected: int | None = None
    saved_micros_high: int | None = None
    corrects: str | None = None
    note: str | None = None
    details: str | None = None
    prev_hash: str = ""
    hash: str = ""
    cache_write_tokens: int | None = None
    cache_write_price: str | None = None


def as_json(value: Any) -> Any:
    """A frozen noun as plain dictionaries and lists, with ``key`` of a specification and ``decision`` of a verdict."""
    if isinstance(value, VariantSpec):
        return {"key": value.key, **asdict(value)}
    if isinstance(value, Verdict):
        return {
            "decision": value.decision,
            "findings": [asdict(finding) for finding in value.findings],
            "originality": asdict(value.originality),
            "own_words": asdict(value.own_words) if value.own_words else None,
        }
    if isinstance(value, Piece):
        return {
            "id": value.id,
            "run_id": value.run_id,
            "spec": as_json(value.spec),
            "status": value.status,
            "text": value.text,
            "parts": dict(value.parts),
            "verdict": as_json(value.verdict),
            "receipts": [asdict(receipt) for receipt in value.verdict.receipts],
            "attempts": value.attempts,
            "reason": value.reason,
            "cost_micros": value.cost_micros,
            "currency": value.currency,
            "minutes_saved": value.minutes_saved,
            "approval": value.approval,
            "decided_at": value.decided_at,
            "decided_by": value.decided_by,
            "comment": value.comment,
        }
    return asdict(value)
