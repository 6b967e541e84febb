"""A pile of texts at once: the same keys, the same pairs as text by text."""

from __future__ import annotations

import random

import numpy as np
import pytest

from fakes.brand import LANGUAGES
from fakes.spoilt import sound_sentences
from inedit.guard.similarity import dedupe
from inedit.guard.similarity.postings import fewer_keys, is_sampled, search_keys
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.words import Hashes

OWNERS = (1 << 22) - 1
SENTENCES = {language: sound_sentences(language)[:60] for language in LANGUAGES}


def _pile(language: str, count: int, seed: int) -> list[str]:
    """Texts of every length, from none to some hundred words, that share sentences."""
    dice, sentences = random.Random(seed), SENTENCES[language]
    made = [" ".join(dice.sample(sentences, dice.choice((1, 1, 2, 4, 9)))) for _ in range(count)]
    brief = [" ".join(dice.choice(sentences).split()[: dice.randint(0, 6)]) for _ in range(count // 2)]
    texts = [*made, *brief, ""]
    dice.shuffle(texts)
    return texts


def _apart(texts: list[str], supplied: Hashes) -> list[set[int]]:
    """The keys of each text by itself, as far as a pile keeps them."""
    return [{int(key) & ~OWNERS for key in search_keys(Profile.of(text, supplied))} for text in texts]


def _supplied(language: str) -> Hashes:
    return supplied_by(SENTENCES[language][:5])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("first", [0, 1000])
def test_a_pile_has_the_keys_that_its_texts_have_one_by_one(language: str, first: int) -> None:
    """Of texts with and without a passage that everybody was given, of two words and of a hundred."""
    texts, supplied = _pile(language, 20, seed=7), _supplied(language)
    entries = dedupe._keys(texts, first, supplied)
    of_each = [
        {int(entry) & ~OWNERS for entry in entries if int(entry) & OWNERS == first + number}
        for number in range(len(texts))
    ]
    assert of_each == _apart(texts, supplied)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 12, 18])
def test_the_pairs_are_those_that_share_enough_keys(language: str, count: int) -> None:
    """Two at least, or all of a text that has but one, and 12 %; by later text, most shared first."""
    texts, supplied = _pile(language, count, seed=count), _supplied(language)
    keys = _apart(texts, supplied)
    sizes = [np.array([len(own)]) for own in keys]
    samples = [np.array([int(is_sampled(np.array(sorted(own), dtype=np.uint64)).sum())]) for own in keys]
    wanted = []
    for later in range(len(texts)):
        for earlier in range(later):
            shared = len(keys[earlier] & keys[later])
            fewer = int(fewer_keys((sizes[earlier], samples[earlier]), (sizes[later], samples[later]))[0])
            if shared and shared >= min(2, fewer) and shared >= 0.12 * fewer:
                often = shared >= 2 or min(len(keys[earlier]), len(keys[later])) < 2
                wanted += [(later, -shared, earlier)] * often
    found = list(dedupe._candidate_pairs(texts, supplied))
    assert found == [(earlier, later) for later, _, earlier in sorted(wanted)]
