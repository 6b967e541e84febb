"""Today's guard over what was accepted earlier: which pieces would no longer pass, and why.

Claims run out, lexicons grow, calibrations improve; a piece stays in the archive as it was accepted. Here all are
judged again, with the brand as it is today. Nothing is paid and nothing is changed: each piece is held against the
checks, against protected texts, and against the pieces that were accepted before it, by their words. The mirror check
is left out, which could ask for new baselines, and so is the encoder's backstop.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from inedit.archive.admission import brief_of, common_texts
from inedit.archive.pieces import read_pieces
from inedit.archive.translations import PROTECTED
from inedit.brand.schema import Brand, Campaign
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.near_duplicate import findings_from
from inedit.guard.context import Context
from inedit.guard.judge import CHECKS
from inedit.guard.nlp.text import excerpt
from inedit.guard.similarity import Index
from inedit.model import Draft, Finding, Piece, Prompt, Severity, Status, Usage, Verdict, as_json
from inedit.model.errors import IneditError
from inedit.pipeline.evaluation import Surroundings, evaluate_draft
from inedit.prompting import Templates, render
from inedit.store import Store

GONE = "gone"
"""Name of the finding on a piece that is made of something that the brand does not have any more."""

CORRECTED = "corrected"
"""Name of the finding on a piece that says what a corrected insight does not say any more."""

NOTHING_CONSUMED = Usage("", 0, 0, 0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An accepted piece, and what stands in its way today; ``findings`` are empty for one that would pass."""

    piece: Piece
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether it would be accepted today."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """As a plain dictionary."""
        return {
            "id": self.piece.id,
            "campaign_id": self.piece.spec.campaign_id,
            "variant": self.piece.spec.label,
            "passes": self.passes,
            "findings": [as_json(finding) for finding in self.findings],
        }


def rejudge(
    store: Store,
    brand: Brand,
    templates: Templates,
    today: date,
    campaigns: Collection[str] = (),
    small: Templates | None = None,
) -> Iterator[Rejudged]:
    """Each accepted piece with today's findings, in the order in which they were accepted.

    With ``campaigns``, only their pieces are told of; all are compared with. A piece that has the parts of the
    ``small`` prompts and not those of ``templates`` is judged by the former.
    """
    indexes: dict[str, Index] = {}
    for piece in read_pieces(store, status=Status.ACCEPTED):
        language = piece.spec.language
        index = indexes.get(language)
        if index is None:
            index = indexes[language] = _index_of(brand, language)
        if not campaigns or piece.spec.campaign_id in campaigns:
            read = small if small and _is_of(piece, small) and not _is_of(piece, templates) else templates
            yield Rejudged(piece, _findings(piece, brand, read, today, index))
        index.add(piece.id, piece.text, brief=brief_of(piece.spec.campaign_id, piece.spec.channel))


def _is_of(piece: Piece, templates: Templates) -> bool:
    """Whether a piece has the parts of these prompts, as long as they are to be."""
    sheet = templates.sheets.get(piece.spec.channel)
    if sheet is None or {part.id for part in sheet.parts} != set(piece.parts):
        return False
    return all(
        part.source != "model" or part.min_chars <= len(piece.parts[part.id]) <= part.max_chars
        for part in sheet.parts
    )


def _index_of(brand: Brand, language: str) -> Index:
    """The protected texts of a language; what the brand itself puts into many texts is not copying."""
    supplied = [common_texts(brand, campaign, language) for campaign in brand.campaigns.values()]
    index = Index(language, tuple(dict.fromkeys(text for texts in supplied for text in texts)))
    for reference in brand.references_in(language):
        index.add(f"{PROTECTED}{reference.id}", reference.text)
    return index


def _findings(
    piece: Piece, brand: Brand, templates: Templates, today: date, index: Index
) -> tuple[Finding, ...]:
    draft = Draft(piece.spec, piece.parts, NOTHING_CONSUMED, piece.attempts)
    gone = tuple(_gone(piece, brand))
    brief = brief_of(piece.spec.campaign_id, piece.spec.channel)
    copies = index.matches(piece.text, brief=brief)
    campaign = brand.campaigns.get(piece.spec.campaign_id)
    sheet = templates.sheets.get(piece.spec.channel)
    if campaign is None or sheet is None or piece.spec.language not in brand.languages:
        return (*gone, *findings_from(draft, copies))
    known = tuple(id for id in piece.spec.insight_ids if id in brand.insights)
    claims = tuple(id for id in piece.spec.claim_ids if id in brand.claims)
    draft = replace(draft, spec=replace(piece.spec, insight_ids=known, claim_ids=claims))
    prompt = prompt_of(draft, brand, campaign, templates, today)
    checks = CHECKS if prompt else tuple(check for check in CHECKS if check is not no_echo)
    context = Context(brand, campaign, sheet, prompt or Prompt((), "", ""), today)
    verdict = evaluate_draft(draft, context, Surroundings(find_copies=lambda _: copies), checks)
    judged = (*verdict.findings, *_corrected(piece, verdict, brand))
    return (*gone, *(finding for finding in judged if finding.severity is not Severity.NOTE))


def _corrected(piece: Piece, verdict: Verdict, brand: Brand) -> Iterator[Finding]:
    """What the text has of an insight as it was, and the insight does not say any more."""
    today = verdict.receipts
    told: set[str] = set()
    for receipt in piece.verdict.receipts:
        insight = brand.insights.get(receipt.source_id) if receipt.kind == "insight" else None
        if insight is None or insight.id in told:
            continue
        same = [now for now in today if now.source_id == insight.id]
        quoted = receipt.how == "quote"  # a quotation has to be one still, word for word
        still = (
            receipt.span.inside(now.span for now in same if now.how == "quote")
            if quoted
            else receipt.span.overlaps(now.span for now in same)
        )
        if not still:
            told.add(insight.id)
            now = insight.text.get(piece.spec.language, "")
            yield Finding(
                CORRECTED,
                Severity.REVIEW,
                f"“{excerpt(receipt.span.of(piece.text))}” comes from insight “{insight.id}” as it was; it says now:"
                f" “{excerpt(now)}”",
                receipt.span,
                remedy=f"Write it again: inedit regenerate {piece.id}",
            )


def prompt_of(
    draft: Draft, brand: Brand, campaign: Campaign, templates: Templates, today: date
) -> Prompt | None:
    """What the model would be told today; None when the brand cannot say it any more."""
    try:
        return render(templates, brand, campaign, draft.spec, today)
    except (IneditError, KeyError):
        return None


def _gone(piece: Piece, brand: Brand) -> Iterator[Finding]:
    """What the piece is made of and the brand does not have any more."""
    spec = piece.spec
    used = {receipt.source_id for receipt in piece.verdict.receipts}
    for noun, wanted, known in (
        ("campaign", (spec.campaign_id,), brand.campaigns),
        ("channel", (spec.channel,), brand.channels),
        ("segment", (spec.segment,), brand.segments),
        ("language", (spec.language,), brand.languages),
        ("tone", (spec.tone,), brand.tones),
        ("insight", tuple(id for id in spec.insight_ids if id in used), brand.insights),
        ("claim", tuple(id for id in spec.claim_ids if id in used), brand.claims),
    ):
        for id in wanted:
            if id not in known:
                yield Finding(
                    GONE, Severity.REVIEW, f"The brand has no {noun} '{id}' any more.",
                    remedy="Take the piece back, or put it into brand_data again.",
                )  # fmt: skip
