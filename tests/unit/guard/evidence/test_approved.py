"""A claim that a text says word for word needs no other support, whatever stands before it."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import demo_project
from inedit.guard.evidence.approved import said_word_for_word, stands_in
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.model import Severity, Span

TODAY = date(2026, 11, 29)
BRAND = demo_project().brand
STATEMENTS = {"figures", "promises", "superlatives", "green-claims"}


def refused(text: str, language: str) -> set[str]:
    written = FinishedText({"text": text}, language, "landing", "")
    verdict = judge(*finished_draft(written, BRAND, TODAY), checks_for(written))
    return {f.check for f in verdict.findings if f.check in STATEMENTS and f.severity is not Severity.NOTE}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une nappe qui lâche en saison : nous réparons à vie chaque pièce de linge que nous avons vendue."),
        ("en", "A tablecloth that gives in season: we repair for life every piece of linen that we have sold."),
        ("de", "Ein Laken reißt: Wir reparieren jedes Wäschestück, das wir verkauft haben, ein Leben lang."),
        ("es", "Un mantel que cede en temporada: reparamos de por vida cada pieza de ropa de casa que hemos vendido."),
        ("it", "Una tovaglia che cede in stagione: ripariamo a vita ogni capo di biancheria che abbiamo venduto."),
    ],
)  # fmt: skip
def test_a_claim_in_its_own_words_holds_behind_what_leads_to_it(language: str, text: str) -> None:
    assert refused(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We repair for life every piece of linen that we have sold, with a ten-year guarantee."),
        ("fr", "Nous réparons à vie chaque pièce de linge que nous avons vendue, et les rideaux gratuitement."),
        ("de", "Wir reparieren jedes Wäschestück, das wir verkauft haben, ein Leben lang, und Vorhänge kostenlos."),
        ("es", "Reparamos de por vida cada pieza de ropa de casa que hemos vendido, y las cortinas gratis."),
        ("it", "Ripariamo a vita ogni capo di biancheria che abbiamo venduto, e le tende gratis."),
    ],
)  # fmt: skip
def test_a_sentence_that_goes_on_is_held_like_any_other(language: str, text: str) -> None:
    assert refused(text, language)


def test_a_figure_with_another_separator_is_another_figure() -> None:
    assert not refused("Since 1987, our workshop has repaired 14,200 pieces of linen.", "en")
    assert refused("Since 1987, our workshop has repaired 14.200 pieces of linen.", "en")


@pytest.mark.parametrize(
    ("language", "text", "lead"),
    [
        ("fr", "Nous réparons à vie chaque pièce de linge que nous avons vendue.", "Il n'est pas vrai que"),
        ("en", "We repair for life every piece of linen that we have sold.", "It is not true that"),
        (
            "de",
            "Wir reparieren jedes Wäschestück, das wir verkauft haben, ein Leben lang.",
            "Es ist nicht so:",
        ),
        ("es", "Reparamos de por vida cada pieza de ropa de casa que hemos vendido.", "No es verdad que"),
        ("it", "Ripariamo a vita ogni capo di biancheria che abbiamo venduto.", "Non è vero che"),
    ],
)
def test_a_negation_before_it_takes_that_away(language: str, text: str, lead: str) -> None:
    written = FinishedText({"text": f"{lead} {text}"}, language, "landing", "")
    draft, context = finished_draft(written, BRAND, TODAY)
    assert said_word_for_word(draft, context) == ()
    alone = finished_draft(FinishedText({"text": text}, language, "landing", ""), BRAND, TODAY)
    assert [span.of(text) for span in said_word_for_word(*alone)] == [text.rstrip(".")]


def test_most_of_a_passage_must_stand_in_the_wording() -> None:
    assert stands_in(Span(10, 20), (Span(0, 16),))
    assert not stands_in(Span(10, 20), (Span(0, 15),))
    assert not stands_in(None, (Span(0, 15),))
    assert not stands_in(Span(10, 20), ())
