"""What the first letters rule out, no comparison finds: a translation, the same lines, an excerpt, other figures."""

from __future__ import annotations

import random

import pytest

from inedit.guard.similarity import compare
from inedit.guard.similarity.foreign import letters_of, may_translate

FRENCH = """L'atelier de Gérardmer lave le lin trois fois à 60 degrés. La nappe en lin coûte 129,90 euros. Denise coud
les ourlets à la main. Le tissu repose une nuit entière. Aucun colorant ne touche la fibre. Les draps sèchent dehors."""
ENGLISH = """The Gérardmer workshop washes the linen three times at 60 degrees. The linen tablecloth costs 129.90 euros.
Denise sews the hems by hand. The cloth rests a whole night. No colorant touches the fibre. The sheets dry outside."""


def said_of(one: str, other: str, cosine: float) -> tuple[bool, bool]:
    """Whether the letters leave it open, and whether it is a copy."""
    letters = (letters_of(text) for text in (one, other))
    return (
        may_translate(*letters, language="fr-en", cosine=cosine),
        compare(one, other, language="fr-en", cosine=cosine).copy,
    )


def test_no_copy_is_ruled_out() -> None:
    """Texts of two languages mixed, turned, cut short, with other figures, near and far by meaning."""
    dice, copies, ruled_out = random.Random(1), 0, 0
    for _ in range(800):
        lines = [dice.choice((FRENCH, ENGLISH)).split(". ") for _ in "ab"]
        one, other = (dice.sample(each, dice.randint(1, len(each))) for each in lines)
        if dice.random() < 0.3:
            other = [line.replace("60", "40").replace("129", "99") for line in reversed(one)]
        if dice.random() < 0.3:
            other = [*other, *one[: dice.randint(0, 3)]]
        maybe, copy = said_of(". ".join(one), ". ".join(other), dice.choice((0.3, 0.5, 0.6, 0.7, 0.9)))
        assert maybe or not copy
        copies, ruled_out = copies + copy, ruled_out + (not maybe)
    assert copies
    assert ruled_out


@pytest.mark.parametrize("short", ["", "a", "Ein Laken"])
def test_texts_of_a_few_words_are_compared(short: str) -> None:
    """They are told by all their letters."""
    assert said_of(short, FRENCH, 0.5)[0]
    assert said_of(short, short, 0.5)[0]


def test_texts_that_are_far_apart_are_not_compared() -> None:
    """Texts on two subjects, as most neighbours in another language are."""
    other = "In winter the potter stacks her bowls near the old stove, since no draught reaches them there."
    assert said_of(FRENCH, other, 0.55) == (False, False)
