"""Formulas of correspondence: « I hope this email finds you well », « dans l'attente de votre réponse ».

Business letters on one subject open and close alike whoever writes them. Two texts that seem a copy are looked at again
without what they say by formula.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from inedit.guard.similarity.calibration import SHORT_WORDS
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.words import Hashes


def beyond_formulas(a: Profile, b: Profile, language: str) -> tuple[Profile, Profile] | None:
    """Both texts less the formulas of a language; None when they have none, or fewer than 25 words beside them.

    ``language`` is a BCP 47 tag.
    """
    formulas = _formulas(language.partition("-")[0].lower())
    left_a, left_b = a.without(formulas), b.without(formulas)
    if (left_a is a and left_b is b) or min(len(left_a), len(left_b)) < SHORT_WORDS:
        return None
    return left_a, left_b


@cache
def _formulas(language: str) -> Hashes:
    text = resources.files(__package__).joinpath("formulas.toml").read_text(encoding="utf-8")
    return supplied_by(tomllib.loads(text).get(language, ()))
