"""A run says which accepted pieces offer something else than the campaign does today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conftest import ROOT
from inedit.brand.load import load_project
from inedit.guard.evidence.coherence import Incoherence
from inedit.model import Piece, Status, VariantSpec, Verdict
from inedit.pipeline.coherence import coherence_line, coherence_of, incoherent_campaigns, told
from inedit.prompting import load_templates

TODAY = date(2026, 11, 29)


def test_an_offer_that_was_changed_shows_in_what_was_accepted_before() -> None:
    """By the part that prints it, in each channel; what is parked offers nothing to anybody."""
    project = load_project(ROOT)
    campaign = project.brand.campaigns["atelier-ouvert"]
    templates = {"full": load_templates(project, campaign=campaign)}
    parts = {"message": "Un drap s’amincit aux pieds.", "offer": campaign.offer["fr"], "closing": ""}
    spec = VariantSpec(campaign.id, "sms", "hosts", "fr", "plain", 0)
    pieces = [
        Piece("p-1", "r", spec, Status.ACCEPTED, parts, Verdict(), 1),
        Piece("q-1", "r", spec, Status.PARKED, {**parts, "offer": "La visite, 3 €."}, Verdict(), 1),
    ]
    assert coherence_of(pieces, project.brand, campaign, templates, TODAY) == ()
    assert coherence_line(()) == ""
    dearer = {tag: text.replace("8", "10") for tag, text in campaign.offer.items()}
    changed = campaign.model_copy(update={"offer": dearer})
    found = coherence_of(pieces, project.brand, changed, templates, TODAY)
    assert [(one.id, one.kind, one.said) for one in found] == [("p-1", "price", "8 €")]
    assert coherence_line(found).startswith("price: p-1 (fr) says “8 €”; the offer: “")
    assert told(found[0], "sms").startswith("price: p-1 (sms, fr) says")
    assert told(replace(found[0], id="")).startswith("price: the campaign's offer in 'fr' says “8 €”")
    assert coherence_line(found * 5).endswith("and 2 more")
    brand = project.brand.model_copy(update={"campaigns": {campaign.id: changed}})
    assert incoherent_campaigns(pieces, brand, templates, TODAY) == {campaign.id: 1}
    assert incoherent_campaigns(pieces, project.brand, templates, TODAY) == {}


def test_three_differences_are_named_and_more_are_counted() -> None:
    """Each where it stands; a text without a channel by its language alone."""
    found = tuple(Incoherence(f"p-{n}", "fr", "price", "12 €", "10 €") for n in range(1, 6))
    assert told(found[0], "sms") == "price: p-1 (sms, fr) says “12 €”; the offer: “10 €”"
    assert told(found[0]) == "price: p-1 (fr) says “12 €”; the offer: “10 €”"
    assert coherence_line(found[:3]) == "; ".join(told(one) for one in found[:3])
    assert coherence_line(found[:4]) == "; ".join(told(one) for one in found[:3]) + " and 1 more"
