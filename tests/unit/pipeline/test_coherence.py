"""A run says which accepted pieces offer something else than the campaign does today."""

from __future__ import annotations

from dataclasses import replace

from fakes.brand import TODAY, tiny_brand, tiny_campaign, tiny_sheet, tiny_spec
from inedit.brand.schema import Campaign
from inedit.guard.evidence.coherence import Incoherence
from inedit.model import Piece, Status, Verdict
from inedit.pipeline.coherence import coherence_line, coherence_of, incoherent_campaigns, told
from inedit.prompting import Templates


def french_visit(price: int = 8) -> Campaign:
    """A brief in one language: what others say is compared in tests of the guard."""
    offer = f"La visite de l’atelier, le samedi 12 décembre 2026, {price} €."
    return tiny_campaign().model_copy(update={"languages": ("fr",), "offer": {"fr": offer}})


def printing_the_offer(channel: str) -> Templates:
    """A channel of which one part prints the offer, and one is written."""
    sheet = tiny_sheet(channel)
    printed = sheet.parts[0].model_copy(update={"id": "offer", "source": "offer"})
    return Templates({channel: sheet.model_copy(update={"parts": (printed, *sheet.parts[1:])})}, {})


def test_an_offer_that_was_changed_shows_in_what_was_accepted_before() -> None:
    """By the part that prints it, in each channel; what is parked offers nothing to anybody."""
    brand, campaign = tiny_brand(), french_visit()
    templates = {"full": printing_the_offer("sms"), "small": printing_the_offer("email")}
    parts = {"body": "Un drap s’amincit aux pieds.", "offer": campaign.offer["fr"], "closing": ""}
    sms, email = (tiny_spec(channel=channel) for channel in ("sms", "email"))
    pieces = [
        Piece("p-1", "r", sms, Status.ACCEPTED, parts, Verdict(), 1),
        Piece("q-1", "r", sms, Status.PARKED, {**parts, "offer": "La visite, 3 €."}, Verdict(), 1),
        Piece("r-1", "r", email, Status.ACCEPTED, parts, Verdict(), 1),
    ]
    assert coherence_of(pieces, brand, campaign, templates, TODAY) == ()
    assert coherence_line(()) == ""
    changed = french_visit(price=10)
    found = coherence_of(pieces, brand, changed, templates, TODAY)
    assert [(one.id, one.kind, one.said) for one in found] == [
        ("p-1", "price", "8 €"),
        ("r-1", "price", "8 €"),
    ]
    assert coherence_line(found).startswith("price: p-1 (fr) says “8 €”; the offer: “")
    assert told(found[0], "sms").startswith("price: p-1 (sms, fr) says")
    assert told(replace(found[0], id="")).startswith("price: the campaign's offer in 'fr' says “8 €”")
    after = brand.model_copy(update={"campaigns": {campaign.id: changed}})
    assert incoherent_campaigns(pieces, after, templates, TODAY) == {campaign.id: 2}
    before = brand.model_copy(update={"campaigns": {campaign.id: campaign}})
    assert incoherent_campaigns(pieces, before, templates, TODAY) == {}


def test_three_differences_are_named_and_more_are_counted() -> None:
    """Each where it stands; a text without a channel by its language alone."""
    found = tuple(Incoherence(f"p-{n}", "fr", "price", "12 €", "10 €") for n in range(1, 6))
    assert told(found[0], "sms") == "price: p-1 (sms, fr) says “12 €”; the offer: “10 €”"
    assert told(found[0]) == "price: p-1 (fr) says “12 €”; the offer: “10 €”"
    assert coherence_line(found[:3]) == "; ".join(told(one) for one in found[:3])
    assert coherence_line(found[:4]) == "; ".join(told(one) for one in found[:3]) + " and 1 more"
