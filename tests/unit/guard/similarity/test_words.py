"""Words as numbers: the same on every machine, forgiving at their ends, with their kind and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inedit.guard.similarity.normalise import fold
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.words import LONG, MIDDLE, NUMBER, SMALL, cut_words, kinds


def test_the_hash_of_a_word_never_changes() -> None:
    """What an index on disk or another machine would hold: these figures are fixed."""
    assert [hex(word) for word in cut_words("de la toile 1938").words.tolist()] == [
        "0x2f0551309c8ff591",
        "0xe03bf93cc58e0cb9",
        "0x1c345b88b64e5f26",
        "0x889851f846370ff",
    ]


@given(st.text(max_size=120))
def test_words_are_those_between_the_spaces(text: str) -> None:
    """Cutting finds the same words as splitting does, at the same places."""
    folded = fold(text)
    cut = cut_words(folded)
    words = [folded[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)]
    assert words == folded.split()
    again = cut_words(" ".join(words))
    assert again.words.tolist() == cut.words.tolist()


def test_the_kind_of_a_word_is_kept_in_its_hash() -> None:
    """Small words, middling and long ones, and numbers."""
    words = cut_words("de toile draps brodes 1938 2x").words
    assert kinds(words).tolist() == [SMALL, MIDDLE, MIDDLE, LONG, NUMBER, NUMBER]


@pytest.mark.parametrize(
    ("one", "other"),
    [("tissées", "tissée"), ("cousions", "cousions"), ("brodeuses", "brodeuse"), ("Werkstätten", "Werkstatt"),
     ("repairing", "repaired"), ("bordadas", "bordado"), ("lenzuola", "lenzuolo")],
)  # fmt: skip
def test_inflection_makes_no_other_word(one: str, other: str) -> None:
    """Number, gender, case and tense stand at the end of long words, which does not count."""
    assert cut_words(fold(one)).words.tolist() == cut_words(fold(other)).words.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("drap", "draps"), ("lin", "laine"), ("1938", "1939"), ("ab", "ba")]
)
def test_other_words_are_other_words(one: str, other: str) -> None:
    """Short words count whole, and the order of letters counts."""
    assert cut_words(one).words.tolist() != cut_words(other).words.tolist()


def test_sentences_are_cut_where_they_end() -> None:
    """A sentence ends at its mark or line; a fragment of a word or two belongs to what came before."""
    text = "Le lin pousse à Routot. Il boit peu d'eau !\nNous le tissons ici. Oui."
    profile = Profile.of(text)
    assert [profile.span(*sentence).of(text) for sentence in profile.sentences] == [
        "Le lin pousse à Routot",
        "Il boit peu d'eau",
        "Nous le tissons ici. Oui",
    ]


def test_what_is_supplied_is_taken_out_and_places_stay_true() -> None:
    """After taking out a claim, the words left still know where they stand in the text as it was given."""
    claim = "tissé à Gérardmer depuis 1898"
    text = f"Votre drap, {claim}, se répare à vie."
    profile = Profile.of(text).without(Profile.of(claim).distinct_runs)
    assert profile.tokens == ["votre", "drap", "se", "repare", "a", "vie"]
    assert profile.span(0, 2).of(text) == "Votre drap"
    assert profile.span(2, 6).of(text) == "se répare à vie"
