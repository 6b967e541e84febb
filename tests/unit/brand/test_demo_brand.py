"""The demo brand keeps the promises that its own comments make to a small model."""

from __future__ import annotations

import re
from datetime import date
from math import prod

import pytest

from fakes.brands import demo_project
from inedit.brand.selection import insights_for

PROJECT = demo_project()
BRAND = PROJECT.brand
TODAY = date(2026, 11, 22)
LANGUAGES = tuple(BRAND.languages)


def said(pattern: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(pattern)}(?!\w)", text, re.IGNORECASE) is not None


def test_the_house_has_the_promised_depth():
    """Segments, tones, channels, claims, insights, calls to action: enough of each, in five languages."""
    assert LANGUAGES == ("fr", "en", "de", "es", "it")
    assert (len(BRAND.segments), len(BRAND.tones), len(BRAND.channels)) == (5, 5, 10)
    assert len(BRAND.angles) >= 6
    assert len(BRAND.claims) >= 28
    assert len(BRAND.insights) >= 24
    assert {i.kind for i in BRAND.insights.values()} == {"field", "verbatim", "story", "figure"}
    assert any(i.paraphrase_only for i in BRAND.insights.values())
    for tag in LANGUAGES:
        assert len([c for c in BRAND.identity.calls_to_action if tag in c.text]) >= 6
        assert len(BRAND.lexicons[tag].cliches) >= 40
        assert len(list(BRAND.references_in(tag))) >= 4
        assert {r.kind for r in BRAND.references_in(tag)} == {"competitor", "generic"}
        for channel in BRAND.channels:
            assert BRAND.baseline(channel, tag) is not None


@pytest.mark.parametrize("claim", BRAND.claims.values(), ids=lambda claim: claim.id)
def test_a_claim_is_one_short_sentence_with_the_figures_of_its_language(claim):
    """Claims have 6 to 16 words, address nobody, and write thousands as their language does."""
    assert set(claim.text) == set(LANGUAGES)
    for tag, text in claim.text.items():
        assert 6 <= len(re.findall(r"[\w’'-]+", text)) <= 16, text
        assert text.endswith(".")
        assert not re.search(r"\b(vous|votre|vos|tu|ton|ta|tes|you|your|Sie|Ihr\w*|du|dein\w*)\b", text) or (
            re.search(r"\bdu 1|\bdu lundi|\bdu Roy", text)
        )
        thousands = {"fr": "\u202f", "en": ",", "de": ".", "es": "\u00a0", "it": "."}[tag]
        for group in re.findall(r"\d(\D)\d{3}(?!\d)", text):
            assert group == thousands, text
        if tag == "fr":
            assert not re.search(r" [;:!?%€»]|« ", text), "a no-break space is missing"


def test_some_claims_may_not_be_said_here_or_now():
    """Expired claims and claims of one market are there for the guard to catch."""
    assert [c for c in BRAND.claims.values() if c.valid_until and c.valid_until < TODAY]
    assert [c for c in BRAND.claims.values() if c.markets]
    for tag in LANGUAGES:
        assert 20 <= len(BRAND.valid_claims(TODAY, tag)) < len(BRAND.claims)


@pytest.mark.parametrize("insight", BRAND.insights.values(), ids=lambda insight: insight.id)
def test_an_insight_is_short_and_its_evidence_proves_its_use(insight):
    """An insight is at most three sentences, what came of it included; evidence of it is found in its own text."""
    assert set(insight.text) == set(insight.evidence) == set(LANGUAGES)
    for tag, text in insight.text.items():
        assert len(text) <= 240, text
        assert 1 <= len(re.findall(r"[.!?](?=\W|$)", text)) <= 3, text
        assert 1 <= len(insight.evidence[tag]) <= 5
        assert any(word.casefold() in text.casefold() for word in insight.evidence[tag]), (tag, text)


def test_evidence_tells_insights_of_one_kind_of_reader_apart():
    """An evidence word of one insight seldom occurs in the text of another."""
    clashes = [
        (word, insight.id, other.id)
        for insight in BRAND.insights.values()
        for tag in LANGUAGES
        for word in insight.evidence[tag]
        for other in BRAND.insights.values()
        if other is not insight and said(word, other.text[tag])
    ]
    assert len(clashes) <= 20, clashes


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_house_does_not_use_its_own_worn_out_words(tag):
    """Nothing that the model is given has a cliché, a banned word or a competitor in it."""
    lexicon = BRAND.lexicons[tag]
    words = (*lexicon.cliches, *(b.term for b in lexicon.banned), *lexicon.competitors)
    assert len({word.casefold() for word in lexicon.cliches}) == len(lexicon.cliches)
    texts = [
        BRAND.identity.about[tag],
        *(c.text[tag] for c in BRAND.identity.calls_to_action),
        *(c.text[tag] for c in BRAND.claims.values()),
        *(i.text[tag] for i in BRAND.insights.values()),
        *(s.description[tag] for s in BRAND.segments.values()),
        *(c.offer[tag] for c in BRAND.campaigns.values()),
    ]
    assert [(word, text) for word in words for text in texts if said(word, text)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_generic_references_are_made_of_worn_out_words(tag):
    """Most generic references use a cliché or banned word: the lists know their prey."""
    lexicon = BRAND.lexicons[tag]
    words = (*lexicon.cliches, *(b.term for b in lexicon.banned))
    generic = [r.text for r in BRAND.references_in(tag) if r.kind == "generic"]
    caught = [text for text in generic if any(said(word, text) for word in words)]
    assert len(caught) >= len(generic) - 2


def cells(campaign) -> int:
    return prod(map(len, (campaign.channels, campaign.segments, campaign.languages, campaign.tones)))


def test_the_small_campaign_is_small_and_never_runs_out():
    """`make run` makes about a dozen variants from claims that stay valid, with insights to spare."""
    mini = BRAND.campaigns["mini"]
    assert 8 <= cells(mini) * mini.variants_per_cell <= 16
    assert all(BRAND.claims[name].valid_until is None for name in mini.claims)
    assert mini.deadline is None
    for segment in mini.segments:
        for tag in mini.languages:
            pool = insights_for(BRAND, mini, segment=segment, language=tag)
            assert len(pool) >= 2 * cells(mini) // len(mini.segments) // len(mini.languages)


def test_the_large_campaign_has_over_two_hundred_cells():
    """The winter campaign has more than 200 variants to write."""
    winter = BRAND.campaigns["collection-hiver"]
    assert cells(winter) * winter.variants_per_cell >= 200
