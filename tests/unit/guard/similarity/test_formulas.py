"""Business letters on one subject are alike by formula; that is no copying."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from inedit.guard.similarity import compare, formulas
from inedit.guard.similarity.formulas import beyond_formulas
from inedit.guard.similarity.profile import Profile

LETTERS = {
    "en": (
        "Dear Ms Hale, I hope this email finds you well. I am writing to confirm our appointment on Tuesday at ten. "
        "Please bring the torn cloth with you. Please let me know if you have any questions or concerns. "
        "I look forward to meeting with you. Thank you for your time and consideration. Kind regards, Tom",
        "Dear Mr Orton, I hope this email finds you well. I am writing to confirm that the parcel has left the weaving "
        "shed by train. Please let me know if you have any questions or concerns. I look forward to meeting with you. "
        "Thank you for your time and consideration. Kind regards, Ann",
    ),
    "fr": (
        "Madame, j'espère que vous allez bien. Je vous écris pour vous confirmer le rendez-vous de mardi, avec la "
        "nappe déchirée. Je reste à votre disposition pour toute information. Dans l'attente de vous rencontrer, "
        "je vous prie d'agréer, Madame, l'expression de mes salutations distinguées.",
        "Monsieur, j'espère que vous allez bien. Je vous écris pour vous confirmer que le colis est parti par le "
        "train de huit heures. Je reste à votre disposition pour toute information. Dans l'attente de vous "
        "rencontrer, je vous prie d'agréer, Monsieur, l'expression de mes salutations distinguées.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LETTERS)
def test_letters_that_share_their_formulas_are_no_copies(language: str) -> None:
    """What is said between greeting and closing decides."""
    one, other = (
        f"{text} {filler}"
        for text, filler in zip(
            LETTERS[language],
            (
                "A neighbour will open the gate, since ours is stuck after the frost of last week and nobody has oil.",
                "Denise packed six towels in brown paper and wrote the address twice because rain had blurred it.",
            ),
            strict=True,
        )
    )
    assert not compare(one, other, language=language).copy
    assert compare(one, one.replace("frost", "storm"), language=language).copy


def test_formulas_are_left_where_there_is_little_else() -> None:
    """A short text, and a language without a list, are compared as they stand."""
    one, other = (Profile.of(text) for text in LETTERS["en"])
    assert beyond_formulas(one, other, "en-GB") is None
    assert beyond_formulas(one, other, "pl") is None


def test_every_language_has_formulas_that_a_run_of_words_can_tell() -> None:
    """A formula has three words at least, else nothing of it is known again."""
    text = resources.files(formulas.__package__).joinpath("formulas.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    assert set(lists) == {"fr", "en", "de", "es", "it"}
    for listed in lists.values():
        assert all(len(Profile.of(formula)) >= 3 for formula in listed)
        assert len(set(listed)) == len(listed)
