"""Where a fact's own words stand in a sentence, and whether they say what the fact says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from inedit.brand.schema import Brand
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.text import stem_of, words
from inedit.model import Span


@dataclass(frozen=True, slots=True)
class Marks:
    """A fact's own words in a sentence or two: where, which stems, which of them are evidence that the brand named."""

    spans: tuple[Span, ...]
    strong: bool
    proofs: frozenset[str]
    stems: frozenset[str]
    enough: int  # stems that prove without evidence

    @property
    def tell(self) -> bool:
        """Whether they are enough to say what the fact says."""
        vouched = bool(self.proofs) and len(self.proofs | self.stems) > 1
        return self.strong or vouched or len(self.stems) >= self.enough

    def joined(self, other: Marks) -> Marks:
        return Marks(
            (*self.spans, *other.spans),
            self.strong or other.strong,
            self.proofs | other.proofs,
            self.stems | other.stems,
            self.enough,
        )


def is_strong(phrase: str, phrases: Sequence[str], language: str) -> bool:
    """Whether an evidence phrase proves by itself: it is not a common word, or the only one."""
    is_name = phrase[:1].isupper() and primary(language) != "de"
    is_quantity = any(character.isdigit() for character in phrase)
    return len(phrases) == 1 or len(words(phrase)) > 1 or is_name or is_quantity


def evidence_for(brand: Brand, insight_id: str, language: str) -> tuple[str, ...]:
    """The words that prove an insight in a language, empty when the brand named none."""
    evidence = brand.insights[insight_id].evidence
    if language in evidence:
        return evidence[language]
    return next((phrases for tag, phrases in evidence.items() if primary(tag) == primary(language)), ())


@lru_cache(maxsize=1024)
def content_stems(text: str, language: str) -> frozenset[str]:
    """Stems of the words that carry meaning: four letters or more, no function words."""
    stop, known = language_profile(language).stop_words, stem_of(language)
    return frozenset(
        [known[word.text] for word in words(text) if len(word.folded) > 3 and word.folded not in stop]
    )
