"""Figures, superlatives and promises against the facts supplied."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body, tiny_context
from fakes.brands import demo_project
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.model import Prompt

sys.path.insert(0, str(ROOT / "bench" / "claims"))
from run import labelled, outcome, rates  # type: ignore[import-not-found]  # the bench's own reading of its set


def test_the_labelled_set_is_large_and_half_traps() -> None:
    """At least 150 sentences, in five languages, with as many traps as honest ones give or take a tenth."""
    rows = labelled()
    traps = sum(bool(row.wrong) for row in rows)
    assert len(rows) >= 150
    assert {row.language for row in rows} == set(LANGUAGES)
    assert 0.4 < traps / len(rows) < 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checks_keep_the_precision_and_recall_that_were_measured(language: str) -> None:
    """On the labelled set no language falls under .97 recall, .97 precision, .98 honest sentences passed."""
    counts = Counter(kind for row in labelled() if row.language == language for kind in outcome(row))
    recall, precision, honest = rates(counts)
    assert recall >= 0.97
    assert precision >= 0.97
    assert honest >= 0.98


def test_a_number_of_ours_in_another_sense_is_told_with_the_right_fact() -> None:
    """14 200 draps are not 14 200 euros, and the remedy quotes the fact."""
    [finding] = figures_are_supported(body("Il coûte 14 200 €."), tiny_context())
    assert "not in this sense" in finding.message
    assert "14 200 draps repris" in finding.remedy
    assert finding.span is not None
    assert finding.span.of("Il coûte 14 200 €.") == "14 200 €"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Le lin demande 90 % d'eau en moins.",
            "Retire « 90 % ». Chiffre permis : « Le lin demande 80 %",
        ),
        ("en", "Flax takes 90% less water.", 'Remove "90%". Allowed figure: "Flax takes 80% less water'),
        ("de", "Flachs braucht 90 % weniger Wasser.", "Streiche „90 %“. Erlaubte Zahl: „Flachs braucht 80 %"),
        (
            "es",
            "El lino necesita un 90 % menos de agua.",
            "Quita «90 %». Cifra permitida: «El lino necesita un 80 %",
        ),
        (
            "it",
            "Il lino richiede il 90% di acqua in meno.",
            "Togli «90%». Cifra permessa: «Il lino richiede l'80%",
        ),
    ],
)
def test_the_remedy_names_the_nearest_fact_in_the_language_of_the_draft(
    language: str, text: str, expected: str
) -> None:
    """A small model obeys an instruction in its working language that hands it the right words."""
    [finding] = figures_are_supported(body(text, language), tiny_context(language))
    assert finding.remedy.startswith(expected)


def test_a_claim_serves_only_while_it_is_valid_and_where_it_holds() -> None:
    """An expired award is a finding; free delivery in France is one in Germany."""
    award = body("Élu meilleur linge de lit en 2019.")
    assert superlatives_are_supported(award, tiny_context(today=date(2021, 6, 1))) == ()
    assert superlatives_are_supported(award, tiny_context()) != ()
    french = body("La livraison est gratuite dès 90 €.")
    german = body("Die Lieferung ist ab 90 € kostenlos.", "de")
    assert promises_are_supported(french, tiny_context()) == ()
    assert {f.check for f in promises_are_supported(german, tiny_context("de"))} == {"promises"}
    assert figures_are_supported(german, tiny_context("de")) != ()


def test_an_insight_that_was_not_supplied_supports_nothing() -> None:
    """The age of Odette is a fact only for the variants that were given her story."""
    text = "À 71 ans, Odette coud encore."
    assert figures_are_supported(body(text), tiny_context()) == ()
    assert figures_are_supported(body(text, insight_ids=("feet",)), tiny_context()) != ()


def test_the_age_of_the_house_follows_from_its_founding_year() -> None:
    """Founded in 1921, it has woven for more than a hundred years in 2026, not for two hundred."""
    assert figures_are_supported(body("Nous tissons depuis plus de cent ans."), tiny_context()) == ()
    assert figures_are_supported(body("Nous tissons depuis plus de deux cents ans."), tiny_context()) != ()


def test_two_promises_side_by_side_need_one_fact_for_both() -> None:
    """A free delivery is no proof of a free warranty."""
    assert promises_are_supported(body("Garantie gratuite sur tout."), tiny_context()) != ()


def test_spans_count_in_the_whole_text_of_the_draft() -> None:
    """A finding in the second part points into the text that people see."""
    from fakes.brand import draft

    piece = draft({"subject": "Un drap", "body": "Il coûte 99 €."})
    [finding] = figures_are_supported(piece, tiny_context())
    assert finding.part == "body"
    assert finding.span is not None
    assert finding.span.of(piece.text) == "99 €"


def test_the_figures_that_were_to_be_told_may_be_told_briefly() -> None:
    """The insight's own number needs no more words beside it; without a brief it is another claim's to deny."""
    brand = demo_project().brand
    draft = body("41 lavages, et toujours le même drap.", "fr", insight_ids=("forty-one-washes",))
    context = replace(tiny_context("fr", today=date(2026, 11, 28)), brand=brand)
    assert figures_are_supported(draft, context) == ()
    without = replace(context, prompt=Prompt((), "", ""))
    assert [finding.check for finding in figures_are_supported(draft, without)] == ["figures"]


@pytest.mark.parametrize(
    ("insight", "supported"),
    [
        ("Of nine points, four were settled.", True),
        ("Nine points are open. Four were settled.", False),
        ("Nine points were open. Four were settled, nobody missed the other five.", True),
        ("Four of the points cost 9 €.", False),
        ("Four points were settled in 9 minutes.", False),
    ],
)
def test_two_counts_of_a_sentence_of_an_insight_make_a_share(insight: str, *, supported: bool) -> None:
    """A price, a duration, another sentence is no whole, but where the rest is told as well."""
    context = tiny_context("en")
    told = context.brand.insights["odette"]
    told = told.model_copy(update={"text": {**told.text, "en": insight}})
    brand = context.brand.model_copy(update={"insights": {**context.brand.insights, "odette": told}})
    context = replace(context, brand=brand)
    draft = body("Only 44% are done with.", "en", insight_ids=("odette",))
    assert (figures_are_supported(draft, context) == ()) is supported
