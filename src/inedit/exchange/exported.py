"""What leaves the house with a piece: its text part by part, which revision it is, who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice

from inedit.archive.revisions import Revision, revisions_of, version_of
from inedit.brand.schema import Brand, Campaign, Product
from inedit.exchange.footlines import in_language, language_of_footline
from inedit.exchange.tracking import addresses_of
from inedit.guard.evidence.facts import wordings_of
from inedit.ledger.journal.human_reviews import HumanReview, human_reviews
from inedit.model import CHECKED, Approval, Piece
from inedit.pipeline.editing import EDITED, sheet_of
from inedit.prompting import Templates
from inedit.store import Store

LABEL = "label"
"""Where it informs the public, the text has to be marked as written by AI: nobody answers for it yet."""

REVIEWED = "reviewed"
"""Somebody has read this very text for accuracy, plausibility and sources, and answers for it: article 50(4) of
Regulation (EU) 2024/1689 asks for no label then. No legal advice."""

ANSWERS_FOR_IT = (Approval.APPROVED.value, EDITED)
"""Decisions by which a reader takes a text upon himself."""

PAGE = 500
"""Reviews and revisions are read for so many pieces at a time."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Whether the text has to be disclosed as a model's (:data:`LABEL`, :data:`REVIEWED`), and why, in a sentence."""

    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportedText:
    """One piece, ready to be written down. ``parts`` and ``part_names`` have the same keys, in reading order.

    ``revision`` names this very text (``r2-1f9c03ab``: the second one that the piece had, and the beginning of its
    digest); an edit comes back with it. ``links`` are the campaign's for the channel, ``addresses`` the same as they
    leave, tracked where the campaign says so. ``offer_ended`` says why the offer may not be printed, empty when it may;
    ``brand_words`` are the brand's name and what it sells, as it writes them; ``products`` are what the text is about.
    """

    piece: Piece
    revision: str
    parts: Mapping[str, str]
    part_names: Mapping[str, str]
    channel_name: str
    segment_name: str
    tone_name: str
    approver: str
    approved_at: str
    disclosure: Disclosure
    reviews: tuple[HumanReview, ...] = ()
    revisions: tuple[Revision, ...] = ()
    links: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    offer_ended: str = ""
    brand_name: str = ""
    brand_words: str = ""
    products: tuple[Product, ...] = ()
    language_name: str = ""  # in that language

    @property
    def headline(self) -> str:
        """What the text is, in a line."""
        language = self.language_name or self.piece.spec.language
        return f"{self.channel_name} · {self.segment_name} · {language} · {self.tone_name}"

    @property
    def footline(self) -> str:
        """Which piece and revision it is, who approved it, what has to be disclosed, in :attr:`footline_language`."""
        approved = (
            f"approved by {self.approver}, {self.approved_at[:10]}" if self.approver else "approved by nobody"
        )
        disclosed = f"disclosure: {self.disclosure.decision}. {self.disclosure.reason}"
        sentences = in_language(self.footline_language, approved, disclosed)
        return " · ".join((self.piece.id, self.revision, *sentences))

    @property
    def footline_language(self) -> str:
        """The text's own, where we have the words."""
        return language_of_footline(self.piece.spec.language)

    def record(self) -> dict[str, str]:
        """What every table carries beside the text: the columns of :data:`RECORD`."""
        spec = self.piece.spec
        return {
            "piece_id": self.piece.id, "revision": self.revision, "campaign": spec.campaign_id,
            "channel": spec.channel, "segment": spec.segment, "language": spec.language, "tone": spec.tone,
            "status": self.piece.status.value, "approver": self.approver, "approved_at": self.approved_at,
            "disclosure": self.disclosure.decision, "disclosure_reason": self.disclosure.reason,
        }  # fmt: skip


RECORD = (
    "piece_id", "revision", "campaign", "channel", "segment", "language", "tone", "status", "approver", "approved_at",
    "disclosure", "disclosure_reason",
)  # fmt: skip
"""The columns of :meth:`ExportedText.record`, in order."""


def revision_label(parts: Mapping[str, str], revisions: Sequence[Revision]) -> str:
    """The name of a text among those that its piece had. No spreadsheet takes it for a number or a date."""
    return f"r{max(1, len(revisions))}-{version_of(parts)[:8]}"


def exported_texts(
    pieces: Iterable[Piece],
    store: Store,
    brand: Brand,
    templates: Mapping[str, Templates],
    today: date | None = None,
) -> Iterator[ExportedText]:
    """Each piece with what leaves the house beside it, in the same order; ``templates`` by kind, to name the parts."""
    today = today or datetime.now(UTC).date()
    remaining = iter(pieces)
    while page := list(islice(remaining, PAGE)):
        ids = [piece.id for piece in page]
        edits = revisions_of(store, ids)
        reviews: dict[str, list[HumanReview]] = {}
        for review in human_reviews(store, ids):
            reviews.setdefault(review.piece_id, []).append(review)
        for piece in page:
            yield _exported(
                piece, reviews.get(piece.id, ()), edits.get(piece.id, ()), brand, templates, today
            )


def _exported(
    piece: Piece, reviews: Sequence[HumanReview], edits: tuple[Revision, ...], brand: Brand,
    templates: Mapping[str, Templates], today: date,
) -> ExportedText:  # fmt: skip
    spec, language = piece.spec, piece.spec.language
    sheet = sheet_of(piece, templates)
    named = {part.id: part.name.get(language, part.id) for part in sheet.parts} if sheet else {}
    parts = {id: words for id, words in piece.parts.items() if words.strip()}
    approved = piece.approval is Approval.APPROVED
    campaign = brand.campaigns.get(spec.campaign_id)
    return ExportedText(
        piece, revision_label(piece.parts, edits), parts, {id: named.get(id, id) for id in parts},
        channel_name=_name(brand.channels, spec.channel, language),
        segment_name=_name(brand.segments, spec.segment, language),
        tone_name=_name(brand.tones, spec.tone, language),
        approver=piece.decided_by if approved else "",
        approved_at=piece.decided_at if approved else "",
        disclosure=disclosure_of(piece, reviews),
        reviews=tuple(reviews),
        revisions=edits,
        links=tuple(link.url for link in campaign.links_in(spec.channel)) if campaign else (),
        addresses=addresses_of(campaign, brand, spec) if campaign else (),
        offer_ended=offer_ended(campaign, today) if campaign else "",
        brand_name=brand.identity.name,
        brand_words=" ".join((brand.identity.name, *wordings_of(brand.identity, language))),
        products=_products(piece, brand, campaign),
        language_name=brand.languages[language].name if language in brand.languages else "",
    )  # fmt: skip


def offer_ended(campaign: Campaign, today: date) -> str:
    """Why the offer of a campaign may not be printed any more; empty when it may."""
    until, stock = campaign.offer_until, campaign.offer_stock
    if until is not None and until < today:
        return f"The offer of campaign '{campaign.id}' ended on {until}."
    if stock is not None and not stock.left:
        return f"None of the offer of campaign '{campaign.id}' were left on {stock.counted}."
    return ""


def _products(piece: Piece, brand: Brand, campaign: Campaign | None) -> tuple[Product, ...]:
    """What a text is about: the products of its insights that the campaign offers, else the campaign's."""
    mentioned = {
        id for one in piece.spec.insight_ids if one in brand.insights for id in brand.insights[one].products
    }
    offered = campaign.products if campaign else ()
    wanted = [id for id in mentioned if not offered or id in offered] or offered
    return tuple(product for product in brand.identity.products if product.id in wanted)


def disclosure_of(piece: Piece, reviews: Sequence[HumanReview]) -> Disclosure:
    """Whether a person answers for this very text; ``reviews`` oldest first."""
    of_this = [review for review in reviews if review.is_of(piece.text)]
    for review in reversed(of_this):
        if set(review.checked) == set(CHECKED) and review.decision in ANSWERS_FOR_IT:
            read = f"Read for {', '.join(CHECKED)} by {review.reviewed_by} on {review.reviewed_at[:10]}."
            return Disclosure(REVIEWED, read)
    if of_this:
        return Disclosure(
            LABEL, f"Read by {of_this[-1].reviewed_by}, but not approved for {', '.join(CHECKED)}."
        )
    if reviews:
        return Disclosure(LABEL, "Read by a person before its text was changed.")
    return Disclosure(LABEL, "Written by a language model; nobody is on record as having read it.")


def _name(known: Mapping[str, object], id: str, language: str) -> str:
    names: Mapping[str, str] = getattr(known.get(id), "name", {})
    return names.get(language, id)
