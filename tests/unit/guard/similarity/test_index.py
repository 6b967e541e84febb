"""Searching many texts gives what comparing each with each would give."""

from __future__ import annotations

import random

import numpy as np
import pytest

from inedit.guard.similarity import Index, compare, duplicates, postings
from inedit.guard.similarity.postings import Postings
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.runs import holding
from inedit.guard.similarity.shingles import ngrams
from inedit.guard.similarity.source import Source

WORDS = [
    "atelier",
    "pain",
    "matin",
    "four",
    "pâte",
    "levain",
    "croûte",
    "farine",
    "client",
    "quartier",
    "vélo",
    "panier",
    "table",
    "soir",
    "recette",
    "main",
    "lame",
    "feu",
    "le",
    "la",
    "les",
    "un",
    "une",
    "de",
    "du",
    "des",
    "et",
    "en",
    "au",
    "sur",
    "par",
    "pour",
    "avec",
    "sans",
    "dans",
    "qui",
    "que",
    "on",
    "il",
    "elle",
    "ne",
    "pas",
    "plus",
]


def _corpus(count: int, seed: int = 5) -> list[str]:
    """Random sentences over a small vocabulary; every fourth text is an earlier one with words exchanged."""
    dice = random.Random(seed)
    texts: list[str] = []
    for number in range(count):
        if number % 4 == 3:
            words = dice.choice(texts).split()
            for _ in range(dice.randint(1, 12)):
                words[dice.randrange(len(words))] = dice.choice(WORDS)
        else:
            words = [dice.choice(WORDS) for _ in range(dice.randint(6, 70))]
        texts.append(" ".join(words))
    return texts


def test_matches_are_what_brute_force_finds() -> None:
    """The search loses none of the copies that comparing with every text finds, scores included, and invents none."""
    texts = _corpus(70)
    index = Index("fr")
    expected = 0
    for number, text in enumerate(texts):
        brute = {
            str(other): similarity.score
            for other in range(number)
            if (similarity := compare(text, texts[other], language="fr")).copy
        }
        assert {match.piece_id: match.score for match in index.matches(text)} == brute
        expected += len(brute)
        index.add(str(number), text)
    assert expected > 10


def test_matches_come_surest_first_with_the_copied_passage() -> None:
    """The nearest text leads, and its passage can be shown beside ours."""
    index = Index("fr", common=["Pétri à la main depuis 1962, rue des Tanneurs."])
    text = "Chaque matin avant l'aube, Élise ouvre le fournil et range les paniers près de la porte, puis elle attend."
    index.add("near", text.replace("Élise", "Marthe").replace("paniers", "corbeilles"))
    index.add("same", text)
    index.add(
        "other",
        "Un vélo vous livre à midi, où que vous soyez, sans frais et sans attendre un jour de plus.",
    )
    matches = index.matches(text)
    assert [match.piece_id for match in matches] == ["same", "near"]
    assert matches[0].spans[0].of(text) == text.rstrip(".")
    assert matches[1].other_text in text.replace("Élise", "Marthe").replace("paniers", "corbeilles")


def test_supplied_texts_are_no_copies_in_an_index_either() -> None:
    """A claim that every piece must carry does not make two pieces copies."""
    claim = "Notre pain est pétri à la main et cuit au feu de bois depuis 1962, rue des Tanneurs."
    index = Index("fr", common=[claim])
    index.add("one", f"Dix heures de repos, pas une de moins. {claim}")
    assert index.matches(f"Vos voisins en parlent déjà au marché. {claim}") == ()


def test_an_id_is_added_once() -> None:
    """Adding under an id that is there already is a mistake of the caller."""
    index = Index("fr")
    index.add("one", "Un texte.")
    assert "one" in index
    assert len(index) == 1
    with pytest.raises(ValueError, match="'one'"):
        index.add("one", "Un autre texte.")


@pytest.mark.parametrize("text", ["Oui", "Non merci", ""])
def test_texts_of_a_word_or_two_are_found_again(text: str) -> None:
    """The shortest texts have no shingles; they are found by being the same."""
    index = Index("fr")
    index.add("word", text)
    index.add("other", "Peut-être")
    assert [match.piece_id for match in index.matches(text)] == (["word"] if text else [])


def test_a_word_or_two_that_many_texts_say_are_found_again() -> None:
    """A key that the whole archive has tells little, but it is all that such a text has."""
    index = Index("fr")
    for number in range(40):
        index.add(str(number), "Offre d'été" if number % 2 else "Votre panier vous attend chez nous")
    assert len(index.matches("Offre d'été")) == 20
    assert len(index.matches("Votre panier vous attend chez nous")) == 20


def test_a_passage_of_sixteen_words_is_found_among_thousands() -> None:
    """However many other keys a text has, a pasted passage makes it a candidate."""
    dice = random.Random(4)
    vocabulary = [f"{first}{second}" for first in WORDS for second in WORDS[:20]]
    texts = [" ".join(dice.choice(vocabulary) for _ in range(60)) for _ in range(1000)]
    index = Index("fr")
    for number, text in enumerate(texts):
        index.add(str(number), text)
    for number in range(0, 1000, 100):
        words = " ".join(dice.choice(vocabulary) for _ in range(44)).split()
        draft = " ".join([*words[:20], *texts[number].split()[20:36], *words[20:]])
        assert [match.piece_id for match in index.matches(draft)] == [str(number)]
        assert compare(draft, texts[number], language="fr").copy


def test_many_segments_count_as_one() -> None:
    """However the postings were merged, a text that shares all keys comes first."""
    dice = np.random.default_rng(3)
    counted = Postings()
    keys = [np.sort(dice.choice(10_000, 40, replace=False)).astype(np.uint64) for _ in range(300)]
    for number, some in enumerate(keys):
        assert counted.add(some) == number
    assert all(counted.candidates(some)[0] == number for number, some in enumerate(keys))


def test_candidates_are_the_same_however_counts_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the keys that are shared, as in a very long archive, or through all texts: who shares enough, best first."""
    counted, dice = Postings(), np.random.default_rng(2)
    for _ in range(300):
        counted.add(np.unique(dice.integers(0, 400, size=40)).astype(np.uint64))
    asked = np.unique(dice.integers(0, 400, size=40)).astype(np.uint64)
    counted.add(asked)
    found = []
    for all_at_once in (0, 10**6):
        monkeypatch.setattr(postings, "_ALL_AT_ONCE", all_at_once)
        found.append(counted.candidates(asked))
    assert found[0] == found[1]
    assert found[0][0] == 300
    assert len(found[0]) > 10


def test_duplicates_of_a_pile_leave_no_copies_among_the_rest() -> None:
    """Once the duplicates are taken out, hardly two of the texts left are copies; each one names an earlier text."""
    texts = _corpus(60, seed=9)
    found = duplicates(texts, "fr")
    assert all(duplicate.of < duplicate.position for duplicate in found)
    assert all(
        compare(texts[duplicate.position], texts[duplicate.of], language="fr").copy for duplicate in found
    )
    out = {duplicate.position for duplicate in found}
    missed = [
        (one, other)
        for one in range(len(texts))
        for other in range(one)
        if one not in out and compare(texts[one], texts[other], language="fr").copy
    ]
    assert len(found) > 10
    assert len(missed) <= 0.005 * len(found)


def test_a_large_family_from_one_template_is_found() -> None:
    """Two hundred texts that share nearly all of their shingles are duplicates, however common these have become."""
    template = "Cher {}, votre panier de la semaine est prêt dans notre boutique rue {} et vous attend jusqu'au soir."
    texts = [template.format(f"client{n}", f"numéro{n}") for n in range(200)]
    assert len(duplicates(texts, "fr")) == 199


def test_nothing_to_deduplicate() -> None:
    """An empty pile, or one of empty texts, has no duplicates; single words are told by being the same."""
    assert duplicates([], "fr") == []
    assert duplicates(["", ""], "fr") == []
    assert [d.position for d in duplicates(["", "Oui", "oui !", "Non", "Non merci"], "fr")] == [2]


def test_many_texts_are_asked_at_once_which_hold_a_run():
    """The same ones as when each is asked, short and empty texts among them; no run goes from one into the next."""
    dice = np.random.default_rng(1)
    met = 0
    for _ in range(60):
        texts = [dice.integers(0, 6, dice.integers(0, 9)).astype(np.uint64) for _ in range(12)]
        whole = ngrams(np.concatenate(texts), 3)
        runs = np.unique(np.concatenate([dice.choice(whole, 3), dice.integers(0, 9, 2).astype(np.uint64)]))
        alone = {
            number
            for number, words in enumerate(texts)
            if len(Profile(Source(""), words).without(runs)) < len(words)
        }
        assert holding(texts, runs) == alone
        met += len(alone)
    assert met > 60
    assert holding([], runs) == frozenset()
