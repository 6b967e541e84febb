"""Statements of the tiny brand in five languages: what is said of which thing."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.model import Finding, Severity


def found(text: str, language: str) -> tuple[Finding, ...]:
    """What both checks say."""
    draft, context = body(text, language), tiny_context(language)
    return (*figures_are_supported(draft, context), *promises_are_supported(draft, context))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Dix ans contre la déchirure : c'est notre garantie sur chaque drap."),
        ("fr", "Trois semaines plus tard, deux enfants dorment dedans."),
        ("fr", "Il est vingt heures, quelqu'un frappe."),
        ("en", "For ten years, tearing is our problem: every sheet is guaranteed."),
        ("en", "Two drops of oil, ten minutes, and it was gone."),
        ("de", "Auf jedes Laken geben wir zehn Jahre Garantie gegen Reißen."),
        ("de", "Zwei Jahre lag es in der Schublade."),
        ("es", "Cada sábana tiene diez años de garantía contra desgarros."),
        ("es", "Tres semanas después, nadie lo recordaba."),
        ("it", "Ogni lenzuolo ha dieci anni di garanzia contro gli strappi."),
        ("it", "Due gocce d'olio, e tace."),
    ],
)
def test_what_is_true_in_other_words_or_asserts_nothing_passes(language: str, text: str) -> None:
    """A fact in fresh words, and the small numbers of a scene."""
    assert found(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Tous nos draps sont offerts."),
        ("fr", "Nos draps sont tissés au Portugal."),
        ("fr", "Le drap coûte 90 €."),
        ("fr", "Le fil de lin est garanti 10 ans."),
        ("en", "The helmet is free from €90."),
        ("en", "Our 12 sheets weave linen in Cambrai."),
        ("de", "Das Leinengarn hat 10 Jahre Garantie."),
        ("de", "Unsere Laken sind gratis."),
        ("es", "El hilo de lino está garantizado 10 años."),
        ("es", "Las sábanas son gratis."),
        ("it", "Il filo di lino è garantito 10 anni."),
        ("it", "Le lenzuola sono in omaggio."),
    ],
)
def test_a_number_or_a_promise_of_ours_said_of_another_thing_is_refused(language: str, text: str) -> None:
    """The number is ours, the promise is made somewhere: of something else."""
    assert any(finding.severity is Severity.BLOCK for finding in found(text, language))


def test_a_claim_that_ended_is_named_without_its_date() -> None:
    """The remedy for an ended offer begins with knowing which one it was."""
    text = "La livraison est gratuite dès 90 €."
    german = found("Die Lieferung ist ab 90 € kostenlos.", "de")
    assert found(text, "fr") == ()
    assert any(
        "postage" in finding.message and "today or in this market" in finding.message for finding in german
    )


def test_a_name_that_nobody_supplied_waits_for_a_person() -> None:
    """An invented weaver is neither refused nor let through."""
    [finding] = found("Ce matin, le tisserand Marcel plie la toile.", "fr")
    assert finding.severity is Severity.REVIEW


def test_the_opposite_of_a_claim_is_refused() -> None:
    """« n'est pas garanti » turns a fact around."""
    assert found("Nos draps ne sont pas garantis contre la déchirure.", "fr") != ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Si un label vous laisse sur votre question, écrivez-nous."),
        ("de", "Ein Siegel sagt einem das nicht."),
        ("en", "Ask them which month theirs was made in, and what they had for lunch."),
        ("en", "It is what goes into one that is made in January."),
        ("es", "Es lo que lleva una hecha en enero."),
        ("fr", "Cela a été cousu en hiver."),
    ],
)
def test_a_time_is_no_origin_and_any_label_none_of_ours(language: str, text: str) -> None:
    """Nothing is promised of our things."""
    assert found(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nos draps ont un label."),
        ("en", "Our sheets are made in Portugal."),
        ("es", "Nuestras sábanas están hechas en Portugal."),
    ],
)
def test_an_origin_and_a_label_of_ours_are_still_asked_for(language: str, text: str) -> None:
    """The look-alikes of what is let be."""
    assert any(finding.severity is Severity.BLOCK for finding in found(text, language))
