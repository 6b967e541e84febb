"""Prompt and guard agree: nothing that was asked for is refused, and no remedy asks for what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, body, draft, tiny_brand, tiny_context, tiny_spec
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.repetition import nothing_repeated
from inedit.guard.context import Context
from inedit.guard.nlp.text import shared_runs
from inedit.model import Severity

READERS = {
    "fr": "Ils tiennent de trois à vingt chambres et rêvent d'une livraison offerte.",
    "en": "They run three to twenty rooms and dream of free delivery.",
    "de": "Sie führen drei bis zwanzig Zimmer und träumen von kostenlosem Versand.",
    "es": "Llevan de tres a veinte habitaciones y sueñan con el envío gratis.",
    "it": "Gestiscono da tre a venti camere e sognano la consegna gratuita.",
}
ROOMS = {
    "fr": "Vingt chambres, et autant de draps à refaire.",
    "en": "Twenty rooms, and as many beds to make.",
    "de": "Zwanzig Zimmer, und ebenso viele Betten.",
    "es": "Veinte habitaciones y otras tantas camas.",
    "it": "Venti camere, e altrettanti letti.",
}
FREE = {
    "fr": "Pour vous, la livraison est offerte.",
    "en": "For you, delivery is free.",
    "de": "Für Sie ist der Versand kostenlos.",
    "es": "Para usted, el envío es gratis.",
    "it": "Per lei la consegna è gratuita.",
}


def with_readers(language: str) -> Context:
    """A context whose readers are described with a figure and a wish."""
    context = tiny_context(language)
    families = context.brand.segments["families"].model_copy(update={"description": READERS})
    segments = {**context.brand.segments, "families": families}
    claims = {id: claim for id, claim in context.brand.claims.items() if id != "postage"}
    return replace(context, brand=context.brand.model_copy(update={"segments": segments, "claims": claims}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_brief_says_of_the_readers_is_no_invention(language: str) -> None:
    """Their figures may be told; what they wish for is promised by nobody."""
    context = with_readers(language)
    assert figures_are_supported(body(ROOMS[language], language), context) == ()
    assert promises_are_supported(body(FREE[language], language), context) != ()


@pytest.mark.parametrize("style", ["full", "small"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_be_paraphrased_is_never_quoted_in_a_remedy(language: str, style: str) -> None:
    """Else no draft would leave the loop: the words that it is told to tell are those that are refused."""
    context = tiny_context(language)
    context = replace(context, prompt=replace(context.prompt, style=style))
    [finding] = insights_are_used(body("Un drap.", language, insight_ids=("window",)), context)
    assert finding.severity is Severity.BLOCK
    verbatim = context.brand.insights["window"].text[language]
    assert not any(True for _ in shared_runs(finding.remedy, verbatim, 4))


def test_a_capable_model_is_given_the_reason_and_a_small_one_the_fact() -> None:
    """A quoted sentence is a copied sentence."""
    context = tiny_context()
    fact = context.brand.insights["odette"].text["fr"]
    [short] = insights_are_used(body("Un drap."), context)
    [full] = insights_are_used(
        body("Un drap."), replace(context, prompt=replace(context.prompt, style="full"))
    )
    assert fact in short.remedy
    assert fact not in full.remedy
    assert "Odette" in full.remedy


def test_the_offer_is_not_said_twice() -> None:
    """A part of its own has to say it, and the text names it too; any other sentence may come once."""
    offer = tiny_brand().campaigns["dawn"].offer["fr"]
    text = "On en parle toute la semaine au marché de Cambrai."
    assert (
        nothing_repeated(draft({"subject": offer, "body": f"{text} {offer}"}, tiny_spec()), tiny_context())
        == ()
    )
    assert (
        nothing_repeated(draft({"subject": text, "body": f"{offer} {text}"}, tiny_spec()), tiny_context())
        != ()
    )
