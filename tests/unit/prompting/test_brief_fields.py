"""Whatever a brief, a segment, a tone or any other brand data says reaches a capable model's prompt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fakes.brands import demo_project
from inedit.brand.schema import Addresses, BannedTerm, Brand, Campaign, CampaignMention, Link, Mention
from inedit.model import Prompt, VariantSpec
from inedit.prompting import SiblingsView, Templates, load_templates, render

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 28)
LANGUAGES = ("fr", "en", "de", "es", "it")
PROJECT = demo_project()
CAMPAIGN = PROJECT.brand.campaigns["collection-hiver"]
SAID = "Quokka"
"""A word that nothing of the demo brand says."""


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(PROJECT)


def spec(language: str = "fr", channel: str = "email") -> VariantSpec:
    return VariantSpec(
        CAMPAIGN.id, channel, "families", language, "warm", 0, "how-to", ("chair-tear",), ("woven-gerardmer",)
    )


def text(templates: Templates, brand: Brand, campaign: Campaign, which: VariantSpec, **more: Any) -> str:
    return render(templates, brand, campaign, which, TODAY, **more).text


Change = Callable[[Brand, Campaign, str], tuple[Brand, Campaign]]


def of_brand(kind: str, name: str, /, **fields: Any) -> Change:
    """A change of fields of one entry of the brand; ``@`` stands for a wording in the language."""

    def change(brand: Brand, campaign: Campaign, tag: str) -> tuple[Brand, Campaign]:
        entry = getattr(brand, kind)[name]
        update = {key: _said(value, tag) for key, value in fields.items()}
        changed = {**getattr(brand, kind), name: entry.model_copy(update=update)}
        return brand.model_copy(update={kind: changed}), campaign

    return change


def of_house(**fields: Any) -> Change:
    def change(brand: Brand, campaign: Campaign, tag: str) -> tuple[Brand, Campaign]:
        update = {key: _said(value, tag) for key, value in fields.items()}
        return brand.model_copy(update={"identity": brand.identity.model_copy(update=update)}), campaign

    return change


def of_campaign(**fields: Any) -> Change:
    def change(brand: Brand, campaign: Campaign, tag: str) -> tuple[Brand, Campaign]:
        return brand, campaign.model_copy(update={key: _said(value, tag) for key, value in fields.items()})

    return change


def of_lexicon(**fields: Any) -> Change:
    def change(brand: Brand, campaign: Campaign, tag: str) -> tuple[Brand, Campaign]:
        return of_brand("lexicons", tag, **fields)(brand, campaign, tag)

    return change


def of_address(brand: Brand, campaign: Campaign, tag: str) -> tuple[Brand, Campaign]:
    every = dict.fromkeys(("formal", "informal"), f"{SAID}!")
    return of_brand("languages", tag, address=every)(brand, campaign, tag)


def _said(value: Any, tag: str) -> Any:
    if value == "@":
        return {tag: f"{SAID}."}
    if value == "@list":
        return {tag: (SAID, "two")}
    if value == "@mention":
        return (Mention(text={tag: f"{SAID}."}),)
    if value == "@campaign-mention":
        return (CampaignMention(text={tag: f"{SAID}."}, channels=("email",)),)
    return value


CHANGES: dict[str, Change] = {
    "campaign.objective": of_campaign(objective="@"),
    "campaign.offer": of_campaign(offer="@"),
    "campaign.key_message": of_campaign(key_message="@"),
    "campaign.mandatory": of_campaign(mandatory="@campaign-mention"),
    "campaign.links": of_campaign(links=(Link(url=f"https://x.example/{SAID}"),)),
    "campaign.merge_fields": of_campaign(merge_fields=("{{" + SAID + "}}",)),
    "segment.name": of_brand("segments", "families", name="@"),
    "segment.description": of_brand("segments", "families", description="@"),
    "segment.worries": of_brand("segments", "families", worries="@list"),
    "segment.motives": of_brand("segments", "families", motives="@list"),
    "segment.objections": of_brand("segments", "families", objections="@list"),
    "segment.words": of_brand("segments", "families", words="@list"),
    "language.address": of_address,
    "tone.name": of_brand("tones", "warm", name="@"),
    "tone.instruction": of_brand("tones", "warm", instruction="@"),
    "tone.do": of_brand("tones", "warm", do="@list"),
    "tone.dont": of_brand("tones", "warm", dont="@list"),
    "tone.sample": of_brand("tones", "warm", sample="@"),
    "angle.name": of_brand("angles", "how-to", name="@"),
    "angle.instruction": of_brand("angles", "how-to", instruction="@"),
    "insight.text": of_brand("insights", "chair-tear", text="@"),
    "insight.meaning": of_brand("insights", "chair-tear", meaning="@"),
    "insight.tip": of_brand("insights", "chair-tear", tip="@"),
    "claim.text": of_brand("claims", "woven-gerardmer", text="@"),
    "lexicon.wanted": of_lexicon(wanted=(SAID,)),
    "lexicon.banned": of_lexicon(banned=(BannedTerm(term=SAID),)),
    "lexicon.instead": of_lexicon(banned=(BannedTerm(term="x", instead=SAID),)),
    "lexicon.cliches": of_lexicon(cliches=(SAID,)),
    "channel.purpose": of_brand("channels", "email", purpose="@"),
    "channel.mandatory": of_brand("channels", "email", mandatory="@mention"),
    "brand.name": of_house(name=SAID),
    "brand.about": of_house(about="@"),
    "brand.voice": of_house(voice="@"),
    "brand.addresses": of_house(addresses=Addresses(web=(f"{SAID}.example",))),
}


@pytest.mark.parametrize("field", CHANGES)
def test_whatever_the_brand_says_reaches_the_model(templates, field):
    """A field that a person can fill in is printed, in every language, and changes the prompt: one test a field."""
    for language in LANGUAGES:
        before = text(templates, PROJECT.brand, CAMPAIGN, spec(language))
        assert SAID not in before
        brand, campaign = CHANGES[field](PROJECT.brand, CAMPAIGN, language)
        assert SAID in text(templates, brand, campaign, spec(language)), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_and_policies_change_the_prompt(templates, language):
    """Characters, words, emoji and hashtags of a channel, and the form of address of a segment."""
    before = text(templates, PROJECT.brand, CAMPAIGN, spec(language))
    formal = {
        language: "formal" if PROJECT.brand.formality("families", language) == "informal" else "informal"
    }
    changes = (
        of_brand("channels", "email", max_chars=777),
        of_brand("channels", "email", max_words=77),
        of_brand("channels", "email", emoji="few"),
        of_brand("channels", "email", emoji="free"),
        of_brand("channels", "email", hashtags=0),
        of_brand("channels", "email", hashtags=3),
        of_brand("segments", "families", formality=formal),
        of_brand("insights", "chair-tear", paraphrase_only=True),
        of_brand("insights", "chair-tear", kind="story"),
    )
    for change in changes:
        brand, campaign = change(PROJECT.brand, CAMPAIGN, language)
        if language == "en" and change is changes[6]:
            assert "politely" in text(templates, brand, campaign, spec(language))
        assert text(templates, brand, campaign, spec(language)) != before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_siblings_did_is_told_where_it_is_known(templates, language):
    """Openings and images of other texts are printed; without any, nothing is said of them."""
    taken = SiblingsView(openings=(f"{SAID} at the door.",), images=("the wallaby",))
    before = text(templates, PROJECT.brand, CAMPAIGN, spec(language))
    told = text(templates, PROJECT.brand, CAMPAIGN, spec(language), siblings=taken)
    assert f"{SAID} at the door." in told
    assert "the wallaby" in told
    assert len(told) > len(before)
    assert told.startswith(before[: before.rindex("#")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stable_part_comes_first(templates, language):
    """Two cells of a campaign share every message but the last, so that a prompt cache serves them."""
    prompts: list[Prompt] = [
        render(templates, PROJECT.brand, CAMPAIGN, one, TODAY)
        for one in (
            spec(language),
            VariantSpec(CAMPAIGN.id, "email", "hosts", language, "wry", 0, "question"),
        )
    ]
    assert prompts[0].messages[:-1] == prompts[1].messages[:-1]
    assert prompts[0].messages[-1] != prompts[1].messages[-1]


def test_small_models_read_their_own_short_form():
    """The small prompts are short, have no brief beyond names and notes, and say which they are."""
    small = load_templates(PROJECT, "small")
    short = render(small, PROJECT.brand, CAMPAIGN, spec(), TODAY)
    long = render(load_templates(PROJECT), PROJECT.brand, CAMPAIGN, spec(), TODAY)
    assert (short.style, short.template_id) == ("small", "small/email")
    assert (long.style, long.template_id) == ("full", "email")
    assert len(short.messages[-1].content) < 400 < len(long.messages[-1].content)
    assert short.template_sha != long.template_sha


def test_the_sheet_says_how_the_model_is_asked(templates):
    """Temperature and length of the answer come from the sheet."""
    sheet = templates.sheets["email"]
    sampling = render(templates, PROJECT.brand, CAMPAIGN, spec(), TODAY).sampling
    assert sampling.temperature == sheet.sampling.temperature
    assert sampling.max_tokens == sheet.sampling.max_tokens == 900
