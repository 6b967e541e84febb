"""What the brand says of a thing, in one language or in the primary language that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from inedit.brand.schema import Localized, LocalizedList
from inedit.prompting.sandbox import missing_translation


def localized(texts: Mapping[str, str], language: str, what: str) -> str:
    """The wording in a language, or in its primary language; ``what`` names the text in the error else."""
    found = texts.get(language) or texts.get(language.partition("-")[0])
    return found if found is not None else missing_translation(what, language)


def listed(texts: LocalizedList, language: str) -> tuple[str, ...]:
    """The entries of a list in a language, or in its primary language; empty where nothing is written."""
    return texts.get(language) or texts.get(language.partition("-")[0], ())


def optional(texts: Localized, language: str) -> str:
    """The wording in a language, or in its primary language; empty where there is none."""
    return texts.get(language) or texts.get(language.partition("-")[0], "")
