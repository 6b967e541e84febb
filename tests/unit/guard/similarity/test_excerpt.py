"""Short texts: excerpts of a longer one, and texts that differ in their figures alone."""

from __future__ import annotations

import random

import pytest

from inedit.guard.similarity import Index, compare
from unit.guard.similarity.texts import TRIOS


@pytest.mark.parametrize("language", TRIOS)
@pytest.mark.parametrize("words", [12, 16, 20, 24, 30])
def test_a_verbatim_excerpt_is_found(language: str, words: int) -> None:
    """In whichever place it stands, both ways round, and no excerpt of the honest text is one."""
    original, same_brief = TRIOS[language].original.split(), TRIOS[language].same_brief
    for start in range(0, len(original) - words, 7):
        excerpt = " ".join(original[start : start + words])
        found = compare(excerpt, TRIOS[language].original, language=language)
        assert found.copy
        assert found.spans_a[0].of(excerpt)
        assert compare(TRIOS[language].original, excerpt, language=language).score == found.score
        assert not compare(excerpt, same_brief, language=language).copy


@pytest.mark.parametrize("language", TRIOS)
def test_a_sentence_reposted_with_a_few_words_of_its_own_is_found(language: str) -> None:
    """Sixteen words of an e-mail and a tag make a social post."""
    excerpt = " ".join(TRIOS[language].original.split()[10:26])
    assert compare(f"{excerpt} … #orval #2026", TRIOS[language].original, language=language).copy


def test_an_excerpt_that_siblings_say_too_is_the_briefs() -> None:
    """What every text of the brief says is nobody's."""
    said = "votre panier de la semaine vous attend à la boutique jusqu'à samedi soir dix-huit heures"
    other = f"{TRIOS['fr'].same_brief} Et {said}, sans frais ni surprise."
    siblings = [f"Bonjour, {said}. {text}" for text in ("Le four est chaud.", "Le pain lève encore.")]
    assert compare(said, other, language="fr").copy
    assert not compare(said, other, language="fr", siblings=siblings).copy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Maison Orval : -20 % sur la parure Aube jusqu'au 12 juin avec le code LIN20, port offert. STOP 36111",
            "Maison Orval : -35 % sur la parure Aube jusqu'au 30 juin avec le code DRAPS35, port offert. STOP 36111",
        ),
        (
            "Your linen set now costs 89.90 instead of 129.90 with the code SUMMER until Friday night",
            "Your linen set now costs 75 instead of 99.50 with the code WINTER until Friday night",
        ),
        (
            "Ihre Bettwäsche kostet jetzt 89,90 Euro statt 129,90 mit dem Code SOMMER bis Freitag",
            "Ihre Bettwäsche kostet jetzt 75 Euro statt 99,50 mit dem Code WINTER24 bis Freitag",
        ),
    ],
)
def test_an_sms_with_another_price_and_code_is_found(one: str, other: str) -> None:
    """Figures and codes are what campaigns exchange."""
    assert compare(one, other, language="fr").copy


def test_an_excerpt_is_found_among_thousands() -> None:
    """The search passes on texts that hold a draft of twelve words, and drafts that hold such a text."""
    dice = random.Random(4)
    syllables = ["ba", "cour", "di", "fel", "gan", "li", "mor", "ni", "pas", "ru", "ser", "to", "vel"]
    vocabulary = ["de", "la", "et", "un"] * 40 + [
        a + b + c for a in syllables for b in syllables for c in syllables
    ]
    texts = [" ".join(dice.choice(vocabulary) for _ in range(60)) for _ in range(2000)]
    index = Index("fr")
    for number, text in enumerate(texts):
        index.add(str(number), text)
    for number in range(0, 2000, 200):
        excerpt = " ".join(texts[number].split()[20:32])
        assert [match.piece_id for match in index.matches(excerpt)] == [str(number)]


def test_a_list_turned_round_is_found() -> None:
    """Items of one to three words in another order; another list under the same heading is none."""
    heading = "Notre panier du mois :"
    items = ["miel de lavande", "huile d'olive", "savon noir", "farine de seigle", "sel gris", "thé des bois"]
    one, other = (f"{heading}\n- " + "\n- ".join(order) for order in (items, [*items[3:], *items[:3]]))
    assert compare(one, other, language="fr").copy
    honest = [*items[:3], "pain d'épices", "vin de noix", "lentilles vertes"]
    assert not compare(one, f"{heading}\n- " + "\n- ".join(honest[::-1]), language="fr").copy
    index = Index("fr")
    index.add("one", one)
    assert [match.piece_id for match in index.matches(other)] == ["one"]
