"""Amounts that the brand's facts give when they are multiplied or shared out, and figures at the edge of one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.evidence.index import Entry, known_evidence
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.evidence.support import with_counted
from inedit.guard.evidence.worked_out import is_bare_time, is_done_so_often
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import sentences as sentence_spans


@pytest.mark.parametrize(
    ("language", "fact", "text", "refused"),
    [
        (
            "fr",
            "Douze envois par an coûtent 348 €.",
            "Douze envois coûtent 348 € : l'envoi revient à 29 €.",
            "",
        ),
        ("fr", "Douze envois par an coûtent 348 €.", "L'envoi revient à 31 €.", "31 €"),
        ("fr", "Douze envois par an coûtent 348 €.", "L'envoi revient à 696 €.", "696 €"),
        ("en", "A visit of the workshop costs €7.", "Two visits of the workshop cost €14.", ""),
        ("en", "A visit of the workshop costs €7.", "Two visits of the workshop cost €15.", "€15"),
        ("en", "A visit of the workshop costs €7.", "A visit of the workshop costs $14 for two.", "$14"),
        (
            "en",
            "A visit of the workshop costs €7.",
            "For 2 years the visit of the workshop costs €14.",
            "2 years €14",
        ),
        ("es", "Una visita del taller cuesta 7 €.", "Dos visitas del taller cuestan 14 €.", ""),
        ("es", "Una visita del taller cuesta 7 €.", "Dos visitas del taller cuestan 16 €.", "16 €"),
        ("it", "Una visita del laboratorio costa 7 €.", "Due visite del laboratorio costano 14 €.", ""),
        (
            "it",
            "Una visita del laboratorio costa 7 €.",
            "Due visite del laboratorio costano 4 €.",
            "4 €",
        ),
    ],
)
def test_a_price_is_ours_times_or_by_a_count_beside_it(
    language: str, fact: str, text: str, refused: str
) -> None:
    """Twelve parcels for 348 are 29 each, two visits at 7 are 14; years multiply no price, nor another currency."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    assert " ".join(finding.span.of(text) for finding in found if finding.span) == refused


@pytest.mark.parametrize(
    ("language", "text", "pointed_at"),
    [
        ("fr", "12 tisserands tissent.", "12 tisserands"),
        ("fr", "12 bons tisserands tissent.", "12 bons"),
        ("fr", "Ils sont 12.", "12"),
        ("en", "12 - - - weavers.", "12"),
        ("de", "Es sind 12 Weber.", "12 Weber"),
        ("en", "It costs €12 today.", "€12"),
    ],
)
def test_a_finding_points_at_the_number_with_the_word_next_to_it(
    language: str, text: str, pointed_at: str
) -> None:
    """Of a number without a unit; a word farther off, or none, is left out."""
    (quantity,) = find_quantities(text, language)
    assert with_counted(quantity, text).of(text) == pointed_at


@pytest.mark.parametrize(
    ("language", "text", "value", "dimension"),
    [
        ("fr", "Un budget de 3 k€.", 3_000, "EUR"),
        ("fr", "Un budget de 2,5 M€.", 2_500_000, "EUR"),
        ("fr", "Un budget de 12 Md€.", 12_000_000_000, "EUR"),
        ("de", "Es sind 2 Mio. Euro im Jahr.", 2_000_000, "EUR"),
        ("de", "Es sind 5 Mio € im Jahr.", 5_000_000, "EUR"),
        ("en", "It is £2m of sales.", 2_000_000, "GBP"),
        ("en", "It is $4bn of sales.", 4_000_000_000, "USD"),
        ("en", "It has 10k readers.", 10_000, "count"),
        ("de", "Es sind 3 Mrd. Euro im Jahr.", 3_000_000_000, "EUR"),
        ("de", "Es sind 2 Tsd. Euro im Jahr.", 2_000, "EUR"),
        ("de", "Das sind 3 Mrd. Kunden.", 3_000_000_000, "count"),
        ("fr", "Ce sont 4 Mds d’euros.", 4_000_000_000, "EUR"),
        ("fr", "Ce sont 4 Md de dollars.", 4_000_000_000, "USD"),
        ("fr", "Un budget de 4 M d’euros.", 4_000_000, "EUR"),
        ("it", "Sono 2 mln di euro.", 2_000_000, "EUR"),
        ("it", "Sono 2 mln. di euro.", 2_000_000, "EUR"),
        ("it", "Sono 5 mld di lettori.", 5_000_000_000, "count"),
        ("es", "Son 3 mill. de euros.", 3_000_000, "EUR"),
        ("es", "Son 2,5 MM de euros.", 2_500_000, "EUR"),
        ("es", "Son 3 mil M€.", 3_000_000_000, "EUR"),
        ("en", "It made 3 bn dollars.", 3_000_000_000, "USD"),
        ("en", "It made 4.2m dollars.", 4_200_000, "USD"),
        ("en", "It is 2m of linen.", 2_000, "mm"),
        ("fr", "Un fil de 2 m d’or.", 2_000, "mm"),
        ("es", "Mide 2,5 mm de grosor.", Decimal("2.5"), "mm"),
        ("fr", "Il faut 5 mn.", 5, "minutes"),
        ("fr", "Une saison de 3 mois.", 3, "months"),
    ],
)
def test_short_magnitudes_are_read(language: str, text: str, value: Decimal, dimension: str) -> None:
    """Thousands, millions and thousand millions, of money before a sign or a word of it; metres are metres."""
    (quantity,) = find_quantities(text, language)
    assert (quantity.value, quantity.dimension) == (Decimal(value), dimension)
    if dimension == "count" and quantity.value > 1_000_000:
        assert quantity.counted in ("kund", "lettor"), "the stop of „Mrd.“ ends no sentence"


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Wir haben 3 Mio. Kunden. Danke.", 2),
        ("de", "Wir sparen 3 Mio. Das freut uns.", 2),
        ("it", "Valgono 2 mld. L’anno va bene.", 2),
        ("fr", "Ce sont 4 Mds.", 1),
    ],
)
def test_a_short_magnitude_ends_a_sentence_only_before_a_word_that_opens_one(
    language: str, text: str, sentences: int
) -> None:
    """„3 Mio. Kunden“ is one sentence, „3 Mio. Das …“ two."""
    assert len(sentence_spans(text)) == sentences, language


def _entry_and_said(language: str, fact: str, text: str) -> tuple[Entry, Statement]:
    """The one figure of a fact's, and the one of a text's."""
    draft, context = body(text, language), tiny_context_with(language, fact)
    (entry,) = (e for e in known_evidence(draft, context).entries if e.fact.id == "woven")
    (said,) = statements(text, language)
    return entry, said


@pytest.mark.parametrize(
    ("language", "fact", "text", "follows"),
    [
        ("fr", "La maison passe deux appels à ses clients.", "Elle vous appelle deux fois.", True),
        ("fr", "La maison passe trois appels à ses clients.", "Elle vous appelle deux fois.", False),
        ("fr", "La maison passe deux appels à ses clients.", "Elle vous écrit deux fois.", False),
        ("fr", "La maison passe deux appels à ses clients.", "Elle vous passe deux appels.", False),
        ("en", "The house has two maps.", "We map it twice.", False),
        ("fr", "La maison appelle deux fois.", "Elle vous appelle deux fois.", False),
        ("en", "The house makes two visits.", "We visit you twice.", True),
        ("en", "The house makes two visits.", "We visit you three times.", False),
        ("en", "The house makes two visits.", "We write to you twice.", False),
    ],
)
def test_so_many_of_a_thing_is_so_often_done(language: str, fact: str, text: str, follows: bool) -> None:
    """Two calls are « il appelle deux fois »: of the verb that the counted noun comes from, and of that number; a stem
    of three letters says too little."""
    assert is_done_so_often(*_entry_and_said(language, fact, text)) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("Our weavers stop at 7.40 am.", "They stop when 7.40 comes round.", True),
        ("Our weavers stop at 7.05 am.", "They stop when 7.05 comes round.", True),
        ("Our weavers stop at 7.40 am.", "They stop when 7.45 comes round.", False),
        ("Our weavers stop at 7.40 am.", "They stop when 8.40 comes round.", False),
        ("Our weavers stop at 7 am.", "They stop when 420 comes round.", False),
        ("Our weavers stop at 7 am.", "They stop when 7 comes round.", False),
        ("Our weavers stop at 7.40 am.", "They stop at 7.40 am.", False),
        ("Our weavers weave 460.", "They stop when 7.40 comes round.", False),
    ],
)
def test_a_time_is_known_without_its_preposition(fact: str, text: str, follows: bool) -> None:
    """“When 7.40 comes round” of “at 7.40”, to the minute; a whole number is no bare time."""
    assert is_bare_time(*_entry_and_said("en", fact, text)) is follows
