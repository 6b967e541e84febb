"""The prefilter drops honest texts and loses no copy."""

from __future__ import annotations

import random

import pytest

from inedit.guard.similarity.decision import decide
from inedit.guard.similarity.prefilter import may_copy
from inedit.guard.similarity.profile import Profile

OPENING = "Chers amis du fournil, voici ce que nous avons préparé pour vous cette semaine dans le quartier :"
SYLLABLES = ["ba", "co", "du", "fi", "go", "lu", "ma", "ne", "pi", "ro", "sa", "tu", "vé", "xa", "zo"]
SMALL = ["le", "la", "les", "un", "une", "de", "du", "des", "et", "en", "au", "sur", "par", "ne", "on", "il"]


def _word(dice: random.Random) -> str:
    return dice.choice(SMALL) if dice.random() < 0.4 else "".join(dice.choices(SYLLABLES, k=3))


def _text(dice: random.Random, words: int, vocabulary: list[str]) -> str:
    return " ".join(dice.choice(vocabulary) for _ in range(words))


def _edited(text: str, dice: random.Random) -> str:
    """The text with one to two in five of its words exchanged, dropped or put elsewhere."""
    words = text.split()
    for _ in range(dice.randint(1, 2 * len(words) // 5)):
        at = dice.randrange(len(words))
        words[at : at + 1] = dice.choice([[_word(dice)], [], [words[at], _word(dice)]])
    cut = dice.randrange(len(words))
    return " ".join(words[cut:] + words[:cut])


@pytest.mark.parametrize("opening", ["", OPENING])
def test_no_copy_is_lost_and_hardly_an_honest_text_is_kept(opening: str) -> None:
    """What the decision calls a copy is kept, whether or not both open alike; of others nearly none that does not."""
    dice = random.Random(11)
    vocabulary = [_word(dice) for _ in range(400)]
    copies = kept_honest = honest = 0
    for _ in range(30):
        body = _text(dice, dice.randint(20, 120), vocabulary)
        draft = Profile.of(f"{opening} {body}")
        others = [f"{opening} {_edited(body, dice)}" for _ in range(4)]
        others += [f"{opening} {_text(dice, dice.randint(4, 120), vocabulary)}" for _ in range(12)]
        profiles = [Profile.of(text) for text in others]
        kept = may_copy(draft, [profile.words for profile in profiles], "fr")
        called = {
            number
            for number, other in enumerate(profiles)
            if decide(draft, other, language="fr", copies_only=True).copy
        }
        assert called <= set(kept)
        assert kept == sorted(kept)
        copies += len(called)
        long = {number for number, other in enumerate(profiles) if min(len(other), len(draft)) >= 25}
        honest += len(long - called)
        kept_honest += len((long - called) & set(kept))
    assert copies > 30
    assert opening or kept_honest < 0.1 * honest


def test_many_texts_are_looked_at_in_turns() -> None:
    """A copy is found wherever it stands among thousands of texts."""
    dice = random.Random(12)
    vocabulary = [_word(dice) for _ in range(400)]
    texts = [_text(dice, 40, vocabulary) for _ in range(50)]
    words = [Profile.of(text).words for text in texts] * 60
    draft = Profile.of(_edited(texts[7], random.Random(1)))
    assert {number for number in may_copy(draft, words, "fr") if number % 50 == 7} == set(range(7, 3000, 50))


def test_texts_of_other_calibrations_are_all_kept() -> None:
    """Short texts, texts of hardly a word and none at all are left to the decision."""
    draft = Profile.of("Le pain du matin, livré chez vous.")
    others = [Profile.of(text).words for text in ("", "Oui", "Un vélo dans la cour de la ferme.")]
    assert may_copy(draft, others, "fr") == [0, 1, 2]
    assert may_copy(draft, [], "fr") == []
