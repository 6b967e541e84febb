"""Names, materials and promises that nobody supplied, however the sentence is built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.green_claims import green_claims_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.context import Context
from inedit.guard.evidence.capitals import common_words
from inedit.model import Finding, Severity


def _with_claim(language: str, **changes: object) -> Context:
    """The tiny brand with one of its claims changed."""
    context = tiny_context(language)
    woven = context.brand.claims["woven"]
    more = woven.model_copy(update=changes)
    brand = context.brand.model_copy(update={"claims": {**context.brand.claims, woven.id: more}})
    return replace(context, brand=brand)


def _said(text: str, language: str, context: Context | None = None) -> dict[str, Severity]:
    """Each passage that is found, with how severe it is."""
    draft, known = body(text, language), context or tiny_context(language)
    found: tuple[Finding, ...] = (
        *promises_are_supported(draft, known),
        *superlatives_are_supported(draft, known),
        *green_claims_are_supported(draft, known),
    )
    whole = draft.text
    return {f.span.of(whole): f.severity for f in found if f.span}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "C'est Bernadette Cazals qui vous accueille.", "Bernadette"),
        ("en", "Lunch is included, at the Crown Hotel.", "Crown"),
        ("es", "Te recibe Bernadette Cazals en la puerta.", "Cazals"),
        ("it", "Il pranzo è all'Hotel Ponte Vecchio.", "Vecchio"),
    ],
)
def test_a_name_in_a_short_sentence_is_no_headline(language: str, text: str, name: str) -> None:
    assert name in _said(text, language)


def test_a_headline_in_capitals_names_nobody() -> None:
    assert "Cupboard" not in _said("Linen Out Of The Old Cupboard Into The Light", "en")


def test_what_only_another_markets_claim_names_is_refused() -> None:
    """« Sistema di Interscambio » in a German text, when only an Italian claim has it."""
    text = {"it": "Maison Orval invia le fatture al Sistema di Interscambio."}
    context = _with_claim("de", text=text, markets=("IT",))
    told = _said("Maison Orval übergibt sie an das Sistema di Interscambio.", "de", context)
    assert told["Interscambio"] is Severity.BLOCK


@pytest.mark.parametrize(
    ("language", "text", "material"),
    [
        ("de", "Ein Saum aus Polyester, ein Preis: So kommt das Laken zu Ihnen.", "Polyester"),
        ("it", "Il lenzuolo ha i bottoni in legno.", "legno"),
    ],
)
def test_a_material_in_a_list_about_our_thing_is_found(language: str, text: str, material: str) -> None:
    assert material in _said(text, language)


def test_a_material_of_another_thing_is_left_alone() -> None:
    assert "legno" not in _said("La testata del letto è di legno, il lenzuolo di lino.", "it")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Seul Orval recoud un ourlet."),
        ("en", "Only with Orval can you sleep in it."),
        ("de", "Nur mit Orval schlafen Sie darin."),
        ("es", "Solo con Orval puedes dormir en ella."),
        ("it", "Solo con Orval puoi dormirci."),
        ("de", "Die Laken trocknen schneller im Wind als andere."),
        ("it", "Le lenzuola si asciugano più in fretta che con altri tessuti."),
        ("fr", "Au lavage, aucun autre drap ne garde sa forme."),
        ("fr", "C'est le drap le plus facile à repasser."),
    ],
)
def test_what_only_our_name_has_and_comparisons_with_others_are_boasts(language: str, text: str) -> None:
    assert Severity.BLOCK in _said(text, language).values()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Would you iron in August? Nobody does, so our sheets come washed."),
        ("fr", "Le plus difficile a été de jeter le vieux cahier."),
        ("en", "The next day came, and it was still on the line."),
        ("de", "Sparen Sie sich das Bügeleisen."),
        ("es", "Saca la sábana y devuélvela al armario."),
    ],
)
def test_everyday_words_promise_and_compare_nothing(language: str, text: str) -> None:
    assert _said(text, language) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Den CO₂-Ausstoß des Ateliers gleichen wir vollständig aus."),
        ("es", "Las sábanas llegan sin emitir ni un gramo de CO₂."),
        ("fr", "Le CO₂ de nos camions est intégralement compensé."),
    ],
)
def test_emissions_that_are_made_good_or_avoided_are_a_claim_in_any_order(language: str, text: str) -> None:
    assert Severity.BLOCK in _said(text, language).values()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("At twenty to three, the loom stops. Twenty-five minutes later the cloth is folded.", False),
        ("At twenty to three, the loom stops. Forty-five minutes later the cloth is folded.", True),
    ],
)
def test_the_time_between_two_moments_of_a_fact_is_worked_out(text: str, refused: bool) -> None:
    fact = {"en": "The loom stops at 2.40 pm, and the cloth is folded at 3.05 pm."}
    found = figures_are_supported(body(text, "en"), _with_claim("en", text=fact))
    assert bool([f for f in found if f.severity is Severity.BLOCK]) is refused


def test_the_number_of_one_fact_in_another_story_is_refused() -> None:
    """Odette's sheet was embroidered, and 212 is the number of spools in somebody's attic."""
    context = _with_claim("fr", text={"fr": "Odile garde 212 bobines dans son grenier."})
    text = "Odette reprend un drap que sa mère a brodé en 212 heures."
    [finding] = figures_are_supported(body(text, "fr"), context)
    assert finding.severity is Severity.BLOCK
    assert "in this sense" in finding.message


@pytest.mark.parametrize(
    ("language", "union"),
    [
        ("fr-CA", "europeenne"),
        ("en-GB", "european"),
        ("es-MX", "europea"),
        ("it-CH", "europea"),
        ("de-AT", "europaische"),
    ],
)
def test_the_european_union_is_nobodys_name_in_any_region(language: str, union: str) -> None:
    assert {"union" if language != "it-CH" else "unione", union} <= common_words(language)
