"""What must be said is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.archive.admission import common_texts
from inedit.brand.schema import Addresses, CampaignMention, Link
from inedit.guard.checks.ending import sentences_end
from inedit.guard.checks.mentions import mentions_stand
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.repetition import nothing_repeated
from inedit.guard.checks.unfinished import nothing_unfinished
from inedit.guard.context import Context
from inedit.guard.evidence.own_words import own_words
from inedit.guard.judge import FinishedText
from inedit.guard.similarity import compare
from inedit.model import Message, Severity
from inedit.pipeline.evaluation import evaluate_finished

NOTICE = {
    "fr": "Offre réservée aux clients majeurs, dans la limite de 12 pièces par foyer.",
    "en": "Offer open to adult customers only, within a limit of 12 pieces a household.",
    "de": "Das Angebot gilt nur für volljährige Kunden, höchstens 12 Stück je Haushalt.",
    "es": "Oferta reservada a clientes adultos, con un límite de 12 piezas por hogar.",
    "it": "Offerta riservata ai clienti maggiorenni, entro 12 pezzi per famiglia.",
}
TEXT = {
    "fr": "Odette a repris le drap au bord.",
    "en": "Odette has mended the sheet at its edge.",
    "de": "Odette hat das Laken am Rand geflickt.",
    "es": "Odette ha zurcido la sábana por el borde.",
    "it": "Odette ha rammendato il lenzuolo sul bordo.",
}
LINK = "https://linge.example/hiver?source={{utm}}"


def asked(language: str, *, link: bool = False, merge_fields: tuple[str, ...] = ()) -> Context:
    """A context whose campaign requires the notice, and a link where asked."""
    context = tiny_context(language)
    campaign = context.campaign.model_copy(
        update={
            "mandatory": (CampaignMention(text=NOTICE),),
            "links": (Link(url=LINK, required=True),) if link else (),
            "merge_fields": merge_fields,
        }
    )
    return replace(context, campaign=campaign)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mention_that_is_missing_or_reworded_goes_back(language: str) -> None:
    """It is asked for by its words; typography may set it, nothing else may change it."""
    context = asked(language)
    [finding] = mentions_stand(body(TEXT[language], language), context)
    assert (finding.check, finding.severity) == ("mentions", Severity.BLOCK)
    assert NOTICE[language] in finding.remedy
    whole = body(f"{TEXT[language]} {NOTICE[language]}", language)
    assert mentions_stand(whole, context) == ()
    reworded = body(f"{TEXT[language]} {NOTICE[language].replace('12', '10')}", language)
    assert len(mentions_stand(reworded, context)) == 1
    assert mentions_stand(body(TEXT[language], language), tiny_context(language)) == ()


def test_a_mention_holds_where_it_is_required() -> None:
    """Another channel, another market or a text without a campaign is not asked for it."""
    context = asked("fr")
    elsewhere = CampaignMention(text=NOTICE, channels=("landing",))
    abroad = CampaignMention(text=NOTICE, markets=("GB",))
    for mention in (elsewhere, abroad):
        campaign = context.campaign.model_copy(update={"mandatory": (mention,)})
        assert mentions_stand(body(TEXT["fr"]), replace(context, campaign=campaign)) == ()
    nameless = context.campaign.model_copy(update={"id": ""})
    assert mentions_stand(body(TEXT["fr"]), replace(context, campaign=nameless)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_merge_fields_stay_as_they_are(language: str) -> None:
    """A required link is asked for; an altered one is unknown; what stands as it was written is no fault."""
    context = asked(language, link=True, merge_fields=("{{utm}}",))
    said = f"{TEXT[language]} {NOTICE[language]}"
    [missing] = mentions_stand(body(said, language), context)
    assert LINK in missing.remedy
    whole = body(f"{TEXT[language]} {LINK} {NOTICE[language]}", language)
    for check in (mentions_stand, promises_are_supported, nothing_unfinished, sentences_end):
        assert check(whole, context) == (), check.__name__
    altered = body(
        said.replace(NOTICE[language], f"{LINK.replace('hiver', 'ete')} {NOTICE[language]}"), language
    )
    assert len(mentions_stand(altered, context)) == 1
    assert any("web address" in finding.message for finding in promises_are_supported(altered, context))


def test_an_address_of_the_brand_may_be_named() -> None:
    """Those of brand.yaml, and no others."""
    context = tiny_context("en")
    addresses = Addresses(email=("mend@linge.example",))
    identity = context.brand.identity.model_copy(update={"addresses": addresses})
    known = replace(context, brand=context.brand.model_copy(update={"identity": identity}))
    text = body("Write to mend@linge.example, and Odette will answer.", "en")
    assert promises_are_supported(text, known) == ()
    assert promises_are_supported(text, context) != ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mention_counts_neither_as_pasted_nor_as_copied_nor_as_said_twice(language: str) -> None:
    """Two texts that share the notice only are not copies; a text with it is as much its own as without."""
    context = asked(language)
    context = replace(
        context,
        prompt=replace(context.prompt, messages=(Message("system", NOTICE[language]), Message("user", "x"))),
    )
    whole = body(f"{TEXT[language]} {NOTICE[language]}", language)
    assert (
        own_words(whole, context).paste_share
        == own_words(body(TEXT[language], language), context).paste_share
    )
    twice = body(f"{NOTICE[language]} {TEXT[language]} {NOTICE[language]}", language)
    assert not any("twice" in f.message for f in nothing_repeated(twice, context))
    common = common_texts(context.brand, context.campaign, language)
    assert NOTICE[language] in common
    pair = (f"{NOTICE[language]} Une chaise.", f"Un lit. {NOTICE[language]}")
    assert not compare(*pair, language=language, common=common).copy


def test_a_finished_text_of_the_campaign_is_asked_too() -> None:
    """Whoever wrote it, when it names the campaign."""
    context = asked("fr")
    brand = context.brand.model_copy(update={"campaigns": {context.campaign.id: context.campaign}})
    written = FinishedText({"text": TEXT["fr"]}, "fr", "email", campaign=context.campaign.id)
    checks = {finding.check for finding in evaluate_finished(written, brand, context.today).findings}
    assert "mentions" in checks
