"""What a proof-reader would mark: misspelt words, agreement, elision, words said twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.proofreading.proofread import Marked, proofread
from inedit.guard.nlp.text import fold, words
from inedit.model import Draft, Finding, Severity

CHECK = "language-quality"

_SAID = {
    "spelling": "is a word that no dictionary of the language has",
    "capital": "is written with a capital",
    "twice": "says a word twice",
    "agreement": "does not agree",
    "verb": "has a verb that does not agree, or a form that does not exist",
    "sound": "does not suit the sound of the next word",
    "confused": "is one word taken for another",
}
"""What is said of each kind, after the passage."""


def language_is_clean(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Nothing in the text is misspelt or disagrees; a person decides, since a dictionary does not know every word."""
    return tuple(_language_is_clean(draft, context))


def _language_is_clean(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    for part_id, text, start in model_parts(draft, context):
        for marked in proofread(text, language):
            passage = marked.span.of(text)
            if _own(context.brand).writes(passage, marked):
                continue
            yield Finding(
                CHECK,
                Severity.REVIEW,
                _message(passage, marked),
                marked.span.shifted(start),
                remedy=_remedy(passage, marked, language),
                part=part_id,
            )


def _message(passage: str, marked: Marked) -> str:
    meant = f" Perhaps “{marked.right}”." if marked.right else ""
    return f"“{passage}” {_SAID[marked.kind]}.{meant}"


def _remedy(passage: str, marked: Marked, language: str) -> str:
    if marked.right:
        return remedy(language, "proof_meant", text=passage, right=marked.right)
    return remedy(language, f"proof_{'spelling' if marked.kind == 'spelling' else 'grammar'}", text=passage)


class _Own:
    """What the brand itself writes, in any language: it is not marked."""

    def __init__(self, brand: Brand) -> None:
        texts = tuple(_texts(brand))
        self.words = frozenset(word.folded for text in texts for word in words(text))
        self.all = "\n".join(map(fold, texts))

    def writes(self, passage: str, marked: Marked) -> bool:
        """Whether the brand writes this word, or this passage."""
        if marked.kind in {"spelling", "capital"}:
            return all(word.folded in self.words for word in words(passage))
        return fold(passage) in self.all


@by_identity(maxsize=16)
def _own(brand: Brand) -> _Own:
    return _Own(brand)


def _texts(value: Any) -> Iterator[str]:
    """Every text of the brand's data, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name, None))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _texts(each)
