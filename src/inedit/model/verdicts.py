"""What the guard has to say of a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from inedit.model.drafts import Span


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
