"""What each scope knows of the texts that nobody must copy, made when it is first asked for."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from inedit.archive.known_texts import KnownTexts
from inedit.archive.neighbours import Vector
from inedit.archive.supplied_texts import brand_texts
from inedit.archive.translations import PROTECTED
from inedit.brand.schema import Brand
from inedit.guard.similarity import Index


def _doors() -> defaultdict[tuple[str, str], threading.Lock]:
    return defaultdict(threading.Lock)


@dataclass(slots=True)
class Scopes:
    """The known texts of a brand by language and digest of the encoder, and a door to each."""

    brand: Brand
    encode: Callable[[Sequence[str]], Vector] | None = None
    _known: dict[tuple[str, str], KnownTexts] = field(default_factory=dict, init=False)
    _references: dict[str, Vector] = field(default_factory=dict, init=False)  # by digest of the encoder
    _doors: defaultdict[tuple[str, str], threading.Lock] = field(default_factory=_doors, init=False)

    def door(self, language: str, digest: str) -> threading.Lock:
        """What the drafts of one scope queue for in this process, while those of other scopes pass."""
        return self._doors[language, digest]

    def of(self, language: str, digest: str) -> KnownTexts:
        """The texts of a scope; who asks holds its door."""
        key = (language, digest)
        if key not in self._known:
            self._known[key] = self._protected(language, digest)
        return self._known[key]

    def forget(self, language: str, digest: str) -> None:
        """Read everything again when it is next asked for."""
        self._known.pop((language, digest), None)

    def reference_vectors(self, digest: str) -> Vector | None:
        """The vectors of all protected texts by one encoder, shape (texts, d); None without any, or without it."""
        if self.encode is None or not self.brand.references:
            return None
        if digest not in self._references:
            self._references[digest] = self.encode([reference.text for reference in self.brand.references])
        return self._references[digest]

    def _protected(self, language: str, digest: str) -> KnownTexts:
        """A new index that holds the protected texts of a language."""
        protected = tuple(self.brand.references_in(language))
        vectors = self.reference_vectors(digest)
        positions = [
            position for position, reference in enumerate(self.brand.references) if reference in protected
        ]
        index = Index(language, brand_texts(self.brand, language))
        held = KnownTexts(index, protected, None if vectors is None else vectors[positions])
        for reference in protected:
            held.index.add(f"{PROTECTED}{reference.id}", reference.text)
        return held
